"""No name depends on the order of a document, and none is given twice."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lower.lowering import HEAD, lowered
from sdkgen.ir.types import Definitions, Model
from sdkgen.lower.class_names import names_for_components

INLINE = "{type: object, properties: {%s: {type: string}}}"


def _operation(tag: str, identity: str, schema: str) -> str:
    content = f"content: {{application/json: {{schema: {schema}}}}}"
    return (
        f"{{get: {{tags: [{tag}], operationId: {identity}, "
        f"responses: {{'200': {{description: ok, {content}}}}}}}}}"
    )


def _both_ways(paths: list[str], components: str = "") -> Definitions:
    """The definitions of a document, which are the same when its paths are turned round."""
    found = []
    for ordered in (paths, paths[::-1]):
        lines = "".join(f"  {one}\n" for one in ordered)
        described, diagnostics = lowered(f"{HEAD}paths:\n{lines}{components}")
        assert diagnostics == []
        found.append(described.definitions)
    assert found[0] == found[1]
    return found[0]


def _fields(definitions: Definitions) -> dict[str, list[str]]:
    return {
        name: [field.name for field in one.fields]
        for name, one in definitions.items()
        if isinstance(one, Model)
    }


def test_a_name_that_two_ask_for_goes_to_neither() -> None:
    one = f"/a: {_operation('a', 'b_c', INLINE % 'x')}"
    other = f"/b: {_operation('a_b', 'c', INLINE % 'y')}"
    assert _fields(_both_ways([one, other])) == {
        "AGetABCResponse": ["x"],
        "BGetABCResponse": ["y"],
    }


def test_what_is_referred_to_is_named_after_where_it_is() -> None:
    refer = "{$ref: '#/components/schemas/Pet/properties/owner'}"
    paths = [f"/{tag}: {_operation(tag, tag + '_find', refer)}" for tag in ("a", "b")]
    components = f"components: {{schemas: {{Pet: {{properties: {{owner: {INLINE % 'x'}}}}}}}}}"
    assert _fields(_both_ways(paths, components)) == {"PetOwner": ["x"]}


def test_what_is_referred_to_in_a_list_is_named_like_the_list_s_items() -> None:
    refer = "{$ref: '#/components/schemas/Pet/properties/tax/items'}"
    pet = "{$ref: '#/components/schemas/Pet'}"
    paths = [
        f"/a: {_operation('a', 'a_find', refer)}",
        f"/b: {_operation('b', 'b_find', pet)}",
    ]
    tax = f"{{type: array, items: {INLINE % 'x'}}}"
    components = f"components: {{schemas: {{Pet: {{properties: {{tax: {tax}}}}}}}}}"
    assert _fields(_both_ways(paths, components)) == {"Pet": ["tax"], "PetTaxItem": ["x"]}


def test_a_part_of_an_object_lends_its_name_to_its_properties() -> None:
    refer = "{allOf: [{$ref: '#/components/schemas/Pet'}, %s]}"
    paths = [
        f"/{tag}: {_operation(tag, tag + '_find', refer % (INLINE % tag))}" for tag in ("a", "b")
    ]
    components = f"components: {{schemas: {{Pet: {{properties: {{owner: {INLINE % 'x'}}}}}}}}}"
    assert _fields(_both_ways(paths, components)) == {
        "AFindResponse": ["owner", "a"],
        "BFindResponse": ["owner", "b"],
        "PetOwner": ["x"],
    }


@pytest.mark.parametrize("kind", ["parameters", "requestBodies"])
def test_what_operations_share_is_named_after_itself(kind: str) -> None:
    media = "content: {application/json: {schema: %s}}"
    shared = {
        "parameters": f"{{name: filter, in: query, schema: {INLINE % 'x'}}}",
        "requestBodies": "{%s}" % (media % ("{properties: {x: %s}}" % (INLINE % "x"))),
    }
    use = {
        "parameters": "parameters: [{$ref: '#/components/parameters/Wanted'}]",
        "requestBodies": "requestBody: {$ref: '#/components/requestBodies/Wanted'}",
    }
    paths = [
        f"/{tag}: {{put: {{tags: [{tag}], {use[kind]}, responses: {{}}}}}}" for tag in ("a", "b")
    ]
    components = f"components: {{{kind}: {{Wanted: {shared[kind]}}}}}"
    expected: dict[str, Any] = {"parameters": "Wanted", "requestBodies": "WantedX"}
    assert _fields(_both_ways(paths, components)) == {expected[kind]: ["x"]}


def test_members_of_a_union_that_differ_in_words_alone_are_one() -> None:
    one = "{description: %s, type: object, properties: {x: {type: string}}}"
    union = f"{{oneOf: [{one % 'a'}, {one % 'b'}]}}"
    assert _fields(_both_ways([f"/a: {_operation('a', 'find', union)}"])) == {
        "AFindResponse": ["x"]
    }


def test_members_of_a_union_are_told_apart_by_what_only_one_of_them_has() -> None:
    one = "{type: object, required: [a], properties: {a: {type: string}, %s: {type: string}}}"
    union = f"{{oneOf: [{one % 'x'}, {one % 'y'}]}}"
    assert _fields(_both_ways([f"/a: {_operation('a', 'find', union)}"])) == {
        "AFindResponseWithX": ["a", "x"],
        "AFindResponseWithY": ["a", "y"],
    }


def test_members_of_a_union_that_have_nothing_of_their_own_have_names_nevertheless() -> None:
    one = "{type: object, required: [a], properties: {a: {type: %s}}}"
    union = f"{{oneOf: [{one % 'string'}, {one % 'integer'}, {one % 'boolean'}]}}"
    found = _both_ways([f"/a: {_operation('a', 'find', union)}"])
    assert len(_fields(found)) == 3
    assert not any(character.isdigit() for name in found for character in name)


def test_names_that_nothing_tells_apart_have_an_end() -> None:
    one = "{type: object, required: [a], properties: {a: {maxLength: %d}}}"
    union = f"{{oneOf: [{', '.join(one % length for length in range(100))}]}}"
    found = _fields(_both_ways([f"/a: {_operation('a', 'find', union)}"]))
    assert len(found) == 100
    assert max(map(len, found)) <= 80


def test_names_of_components_that_nothing_tells_apart_have_an_end() -> None:
    keys = [f"a{'-' * (40 + count)}" for count in range(100)]
    found = names_for_components(keys, {})
    assert len(set(found.values())) == 100
    assert max(map(len, found.values())) < 100
    assert found == names_for_components(keys[::-1], {})


def test_what_is_recursive_is_so_whoever_comes_first() -> None:
    node, link = (f"{{$ref: '#/components/schemas/{name}'}}" for name in ("Node", "Link"))
    components = (
        f"components: {{schemas: {{Node: {{properties: {{child: {link}}}}}, "
        f"Link: {{description: A node again., allOf: [{node}]}}}}}}"
    )
    paths = [f"/a: {_operation('a', 'a_find', node)}", f"/b: {_operation('b', 'b_find', link)}"]
    assert _fields(_both_ways(paths, components)) == {"Node": ["child"]}


def test_a_definition_to_which_its_union_adds_something_keeps_its_name_in_the_other() -> None:
    members = "{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}"
    pet = f"{{properties: {{name: {{type: string}}}}, oneOf: [{members}]}}"
    cats_and_dogs = f"Cat: {INLINE % 'meow'}, Dog: {INLINE % 'bark'}"
    components = f"components: {{schemas: {{{cats_and_dogs}, Pet: {pet}}}}}"
    paths = [f"/a: {_operation('a', 'find', '{$ref: ' + repr('#/components/schemas/Pet') + '}')}"]
    found = _fields(_both_ways(paths, components))
    assert found == {"PetCat": ["name", "meow"], "PetDog": ["name", "bark"]}
