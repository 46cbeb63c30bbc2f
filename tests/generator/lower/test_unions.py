"""Which unions keep members that nobody declared: those that answers have inside."""

from __future__ import annotations

import pytest

from generator.lower.lowering import lowered
from sdkgen.ir.types import Alias, Definitions, ListOf, Model, Named, TypeRef, Union, types_in

PETS = """
components:
  schemas:
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Toy: {oneOf: [{$ref: '#/components/schemas/Ball'}, {$ref: '#/components/schemas/Bone'}]}
    Cat: {type: object, required: [kind, toy], properties: {kind: {const: cat},
      toy: {$ref: '#/components/schemas/Toy'}}}
    Dog: {type: object, required: [kind], properties: {kind: {const: dog},
      pups: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    Ball: {type: object, required: [kind], properties: {kind: {const: ball}}}
    Bone: {type: object, required: [kind], properties: {kind: {const: bone}}}
"""
REQUEST = """
      requestBody:
        content: {application/json: {schema: {type: object, properties: {
          pet: {$ref: '#/components/schemas/Pet'}}}}}
      responses: {'204': {description: ok}}
"""


def _open(operation: str) -> list[str]:
    """The aliases, and the fields of models, that are open unions."""
    described, _ = lowered(f"paths:\n  /pets:\n    post:{operation}{PETS}")
    found = []
    for name, one in described.definitions.items():
        types: dict[str, TypeRef] = {name: one.type} if isinstance(one, Alias) else {}
        if isinstance(one, Model):
            types = {f"{name}.{field.name}": field.type for field in one.fields}
        found += [at for at, type_ in types.items() if isinstance(type_, Union) and type_.is_open]
    return found


def _answer(schema: str, media_type: str = "application/json", keyword: str = "schema") -> str:
    return f"""
      operationId: get
      responses:
        '200': {{description: ok, content: {{{media_type}: {{{keyword}: {schema}}}}}}}
"""


def test_unions_that_answers_have_inside_are_open_however_deep() -> None:
    inside = "{type: object, properties: {pets: {type: array, items: {$ref: %s}}}}"
    assert _open(_answer(inside % "'#/components/schemas/Pet'")) == ["Pet", "Toy"]
    assert _open(_answer("{$ref: '#/components/schemas/Cat'}")) == ["Toy"]


def test_unions_that_requests_alone_have_stay_closed() -> None:
    assert _open(REQUEST) == []


def test_what_a_failure_says_is_an_answer() -> None:
    failure = _answer("{$ref: '#/components/schemas/Pet'}").replace("200", "400")
    assert _open(failure) == ["Pet", "Toy"]


def test_the_data_of_an_event_stays_closed_and_what_is_in_it_is_open() -> None:
    toy = "{$ref: '#/components/schemas/Toy'}"
    assert _open(_answer(toy, "application/jsonl", "itemSchema")) == []
    # A dog has pups, each of which may be of a new kind.
    pet = "{$ref: '#/components/schemas/Pet'}"
    assert _open(_answer(pet, "application/jsonl", "itemSchema")) == ["Pet", "Toy"]


def test_the_data_of_a_whole_event_stays_closed_and_what_is_in_it_is_open() -> None:
    event = """{type: object, required: [data], properties: {id: {type: string}, data: {anyOf: [
          {$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Ball'}]}}}"""
    assert _open(_answer(event, "text/event-stream", "itemSchema")) == ["Toy"]


def test_a_union_that_nothing_tells_apart_has_no_new_members() -> None:
    either = "{anyOf: [{$ref: '#/components/schemas/Cat'}, {type: string}]}"
    assert _open(_answer(f"{{type: object, properties: {{a: {either}}}}}")) == ["Toy"]


ONE = """
components:
  schemas:
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}
    Base: {type: object, properties: {kind: {type: string}},
      discriminator: {propertyName: kind, mapping: {bird: '#/components/schemas/Bird'}}}
    Bird: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {wings: {type: integer}}}]}
    Cat: {type: object, required: [kind], properties: {kind: {const: cat}}}
"""


@pytest.mark.parametrize(("name", "member"), [("Pet", "Cat"), ("Base", "Bird")])
def test_a_union_of_one_is_open_where_a_discriminator_is_declared(name: str, member: str) -> None:
    reference = f"{{$ref: '#/components/schemas/{name}'}}"
    pets = _defined_by(_answer(f"{{type: array, items: {reference}}}"), ONE)
    alias = pets[name]
    assert isinstance(alias, Alias)
    assert alias.type == Union((Named(member),), "kind", is_open=True)


@pytest.mark.parametrize(
    "operation",
    [
        REQUEST,
        _answer("{$ref: '#/components/schemas/Pet'}", "application/jsonl", "itemSchema"),
        _answer("{$ref: '#/components/schemas/Plain'}"),
    ],
)
def test_a_union_of_one_is_that_one_where_nothing_new_is_kept(operation: str) -> None:
    plain = (
        "    Plain: {type: object, properties: {p: {oneOf: [{$ref: '#/components/schemas/Cat'}]}}}"
    )
    found = _defined_by(operation, f"{ONE}{plain}\n")
    inside = [type_ for one in found.values() for type_ in types_in(one)]
    assert Named("Cat") in inside
    assert not any(isinstance(one, Union) and len(one.members) == 1 for one in inside)


def _defined_by(operation: str, components: str) -> Definitions:
    """What comes of the schemas that an operation refers to."""
    return lowered(f"paths:\n  /pets:\n    post:{operation}{components}")[0].definitions


def _defined(name: str, components: str) -> Definitions:
    """What comes of schemas, one of which is an answer."""
    return _defined_by(_answer(f"{{$ref: '#/components/schemas/{name}'}}"), components)


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (("a: {const: x}", "a: {const: y}"), "a"),
        # What is constant in some alone may be so by chance, if it is not called like a kind.
        (("a: {const: x}", "a: {const: y}", "a: {type: string}"), None),
        (("type: {const: x}", "type: {const: y}", "type: {type: string}"), "type"),
        # A value that two have still tells them from others.
        (("type: {const: x}", "type: {const: x}", "type: {const: y}"), "type"),
        (("type: {const: x}", "type: {const: x}"), None),
        (
            (
                "type: {const: x}, kind: {const: v}",
                "type: {const: x}, kind: {const: v}",
                "type: {const: y}, kind: {const: w}",
            ),
            "type",
        ),
        # What a value is may stand in a schema of its own, or in several.
        (("a: {$ref: '#/components/schemas/X'}", "a: {const: y}"), "a"),
        (("a: {anyOf: [{$ref: '#/components/schemas/X'}, {const: z}]}", "a: {const: y}"), "a"),
        (("a: {$ref: '#/components/schemas/Text'}", "a: {const: y}"), None),
    ],
)
def test_what_tells_the_members_of_a_union_apart(
    properties: tuple[str, ...], expected: str | None
) -> None:
    schemas = "".join(
        f"    S{at}: {{type: object, properties: {{{one}, own{at}: {{type: string}}}}}}\n"
        for at, one in enumerate(properties)
    )
    members = ", ".join(f"{{$ref: '#/components/schemas/S{at}'}}" for at in range(len(properties)))
    either = f"    Either: {{description: Either., oneOf: [{members}]}}\n"
    named = "    X: {const: x}\n    Text: {type: string}\n"
    found = _defined("Either", f"components:\n  schemas:\n{either}{schemas}{named}")
    assert isinstance(found["Either"], Alias)
    assert isinstance(found["Either"].type, Union)
    assert found["Either"].type.discriminator == expected


def test_a_union_in_a_list_takes_no_name_that_a_schema_has() -> None:
    box = """\
    BoxThing: {type: object, properties: {name: {type: string}}}
    Box: {type: object, properties: {label: {$ref: '#/components/schemas/BoxThing'},
      things: {type: array, items: {oneOf: [
        {$ref: '#/components/schemas/Ball'}, {$ref: '#/components/schemas/Bone'}]}}}}
"""
    found = _defined("Box", f"{PETS}{box}")
    assert isinstance(found["BoxThing"], Model)
    assert isinstance(found["Box"], Model)
    (things,) = (field.type for field in found["Box"].fields if field.name == "things")
    assert isinstance(things, ListOf)
    assert isinstance(things.item, Union)
    assert things.item.discriminator is None
