"""Schemas to types and definitions."""

from __future__ import annotations

import textwrap
from typing import Final

import pytest

from generator.lower.lowering import lowered, only_operation
from sdkgen.ir.types import (
    Alias,
    Choice,
    Definitions,
    Field,
    ListOf,
    MapOf,
    Model,
    Named,
    Primitive,
    TypeRef,
    Union,
    optional,
    union,
)
from sdkgen.lower.class_names import names_for_components


def _lowered(schema: str, components: str = "") -> tuple[TypeRef, Definitions]:
    """What a schema becomes as the answer of an operation called `Get` of `things`."""
    body = textwrap.indent(textwrap.dedent(schema).strip(), " " * 20)
    others = textwrap.indent(textwrap.dedent(components).strip(), " " * 4)
    described, found = lowered(
        f"""openapi: 3.1.0
info: {{title: Test, version: '1'}}
paths:
  /things/one:
    get:
      tags: [things]
      operationId: get
      responses:
        '200':
          description: ok
          content:
            application/json:
                schema:
{body}
components:
  schemas:
    Unused: {{type: object, properties: {{a: {{type: string}}}}}}
{others}
"""
    )
    assert found == []
    (outcome,) = only_operation(described).returns
    return outcome.type, described.definitions


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: string}", Primitive.STRING),
        ("{type: string, format: date-time}", Primitive.DATETIME),
        ("{type: string, format: date}", Primitive.DATE),
        ("{type: string, format: uuid}", Primitive.STRING),
        ("{type: integer}", Primitive.INTEGER),
        ("{type: number}", Primitive.NUMBER),
        ("{type: boolean}", Primitive.BOOLEAN),
        ("{type: 'null'}", Primitive.NONE),
        ("{}", Primitive.ANY),
        ("true", Primitive.ANY),
        ("{type: [string, 'null']}", optional(Primitive.STRING)),
        ("{type: array, items: {type: string}}", ListOf(Primitive.STRING)),
        ("{type: array}", ListOf(Primitive.ANY)),
        ("{type: object}", MapOf(Primitive.ANY)),
        ("{type: object, additionalProperties: {type: integer}}", MapOf(Primitive.INTEGER)),
        ("{const: 3}", Choice((3,))),
        ("{enum: [one]}", Choice(("one",))),
        ("{anyOf: [{type: integer}, {type: 'null'}]}", optional(Primitive.INTEGER)),
        ("{allOf: [{type: integer}], description: x}", Primitive.INTEGER),
        ("{oneOf: [{type: string}, {type: integer}]}", union(Primitive.STRING, Primitive.INTEGER)),
    ],
)
def test_a_type_without_a_definition(schema: str, expected: TypeRef) -> None:
    type_, definitions = _lowered(schema)
    assert type_ == expected
    assert definitions == {}


_PATTERNS: Final = "patternProperties: {^a: {type: string}, ^b/c~: {type: boolean}, ^d: false}"


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (
            "additionalProperties: {type: integer}",
            union(Primitive.INTEGER, Primitive.STRING, Primitive.BOOLEAN),
        ),
        ("additionalProperties: false", union(Primitive.STRING, Primitive.BOOLEAN)),
        ("additionalProperties: {description: anything}", Primitive.ANY),
        ("description: Others may be anything.", Primitive.ANY),
    ],
)
def test_what_a_mapping_has_is_all_that_its_patterns_and_its_other_properties_are(
    others: str, expected: TypeRef
) -> None:
    type_, _ = _lowered(f"{{type: object, {_PATTERNS}, {others}}}")
    assert type_ == MapOf(expected)


def test_objects_under_patterns_have_names_and_may_be_of_the_mapping_itself() -> None:
    tree = "{$ref: '#/components/schemas/Tree'}"
    one, other = (f"{{type: object, properties: {{{name}: {tree}}}}}" for name in "ab")
    patterns = f"{{^x: {one}, ^y: {other}, ^z: {tree}}}"
    type_, definitions = _lowered(
        tree, f"Tree: {{type: object, patternProperties: {patterns}, additionalProperties: false}}"
    )
    assert type_ == Named("Tree")
    values = union(Named("XTreeValue"), Named("YTreeValue"), Named("Tree"))
    assert definitions["Tree"] == Alias("Tree", MapOf(values))
    assert sorted(definitions) == ["Tree", "XTreeValue", "YTreeValue"]


def test_an_enumeration_stays_open_and_keeps_null() -> None:
    type_, _ = _lowered("{enum: [a, b, null]}")
    assert type_ == Union((Choice(("a", "b")), Primitive.STRING, Primitive.NONE))


@pytest.mark.parametrize(("number", "boolean"), [("0", "false"), ("1", "true")])
def test_a_boolean_is_no_number(number: str, boolean: str) -> None:
    type_, _ = _lowered(f"{{enum: [{number}, {boolean}, {number}]}}")
    assert type_ == Choice((int(number), boolean == "true"))
    assert Choice((int(number),)) != Choice((boolean == "true",))
    both, _ = _lowered(f"{{oneOf: [{{const: {number}}}, {{const: {boolean}}}]}}")
    assert both == union(Choice((int(number),)), Choice((boolean == "true",)))
    assert isinstance(both, Union)


def test_an_enumeration_of_numbers_is_a_number_and_an_empty_one_says_nothing() -> None:
    assert _lowered("enum: [1.5, 2, null]")[0] == optional(Primitive.NUMBER)
    assert _lowered("{type: string, enum: []}")[0] is Primitive.STRING


def test_only_what_is_reachable_is_defined() -> None:
    _, definitions = _lowered(
        "{$ref: '#/components/schemas/Used'}",
        "Used: {type: object, properties: {a: {type: string}}}",
    )
    assert definitions == {"Used": Model("Used", (Field("a", Primitive.STRING),))}


def test_a_bare_primitive_gets_no_definition_and_an_enumeration_does() -> None:
    _, definitions = _lowered(
        "{$ref: '#/components/schemas/Used'}",
        """
        Used:
          type: object
          required: [id, kind]
          properties:
            id: {$ref: '#/components/schemas/Id'}
            kind: {$ref: '#/components/schemas/Kind'}
            other: {anyOf: [{$ref: '#/components/schemas/Id'}, {type: 'null'}]}
        Id: {type: string}
        Kind: {type: string, enum: [x, y], description: What it is.}
        """,
    )
    assert definitions["Used"] == Model(
        "Used",
        (
            Field("id", Primitive.STRING, required=True),
            Field("kind", Named("Kind"), required=True),
            Field("other", optional(Primitive.STRING)),
        ),
    )
    assert definitions["Kind"] == Alias(
        "Kind", union(Choice(("x", "y")), Primitive.STRING), "What it is."
    )
    assert set(definitions) == {"Used", "Kind"}


def test_inline_objects_are_named_after_their_owners() -> None:
    type_, definitions = _lowered(
        """
        type: object
        properties:
          choices:
            type: array
            items:
              type: object
              properties:
                delta: {type: object, properties: {a: {type: string}}}
        """
    )
    assert type_ == Named("ThingsGetResponse")
    assert set(definitions) == {
        "ThingsGetResponse",
        "ThingsGetResponseChoice",
        "ThingsGetResponseChoiceDelta",
    }


def test_all_of_is_one_model_with_all_properties() -> None:
    _, definitions = _lowered(
        "{$ref: '#/components/schemas/Both'}",
        """
        Base: {type: object, required: [id], properties: {id: {type: string}}}
        Both:
          allOf:
            - {$ref: '#/components/schemas/Base'}
            - {type: object, required: [n], properties: {n: {type: integer}}}
        """,
    )
    both = definitions["Both"]
    assert isinstance(both, Model)
    assert [(field.name, field.required) for field in both.fields] == [("id", True), ("n", True)]


def test_recursion_ends() -> None:
    _, definitions = _lowered(
        "{$ref: '#/components/schemas/Node'}",
        """
        Node:
          type: object
          properties:
            next: {$ref: '#/components/schemas/Node'}
            tree: {$ref: '#/components/schemas/Tree'}
        Tree: {anyOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Tree'}}]}
        """,
    )
    assert definitions["Tree"] == Alias("Tree", union(Primitive.STRING, ListOf(Named("Tree"))))
    node = definitions["Node"]
    assert isinstance(node, Model)
    assert node.fields[0].type == Named("Node")


TAGGED = """
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator:
        propertyName: kind
        mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}
    Cat: {type: object, properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, properties: {kind: {type: string}}}
"""


def test_a_discriminator_s_mapping_types_the_property_of_each_member() -> None:
    _, definitions = _lowered("{$ref: '#/components/schemas/Pet'}", TAGGED)
    pet = definitions["Pet"]
    assert isinstance(pet, Alias)
    assert pet.type == Union((Named("Cat"), Named("Dog")), "kind", is_open=True)
    cat = definitions["Cat"]
    assert isinstance(cat, Model)
    # A request need not have what only the discriminator needs.
    assert cat.fields[0] == Field("kind", Choice(("cat",)), required=True, may_be_unsaid=True)


def test_a_discriminator_is_found_where_none_is_declared() -> None:
    _, definitions = _lowered(
        "{$ref: '#/components/schemas/Either'}",
        """
        Either: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        A: {type: object, required: [type], properties: {type: {const: a}}}
        B: {type: object, required: [type], properties: {type: {enum: [b]}}}
        """,
    )
    either = definitions["Either"]
    assert isinstance(either, Alias)
    assert either.type == Union((Named("A"), Named("B")), "type", is_open=True)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("required: [type], type: {const: a}", "required: [type], type: {const: b}", "type"),
        ("type: {const: a, default: a}", "type: {const: b, default: b}", "type"),
        ("type: {const: a}, role: {const: x}", "type: {const: a}, role: {const: y}", "role"),
        ("mood: {const: a}", "mood: {const: b}", "mood"),
        ("mood: {const: a}", "mood: {type: string}", None),
        ("type: {const: a}", "type: {const: a}", None),
        ("type: {const: a}", "type: {enum: [b, c]}", None),
    ],
)
def test_what_tells_members_apart_is_what_has_values_of_their_own(
    one: str, other: str, found: str | None
) -> None:
    def model(properties: str) -> str:
        required, _, rest = properties.rpartition("], ")
        return f"{{type: object, {required}{'], ' if required else ''}properties: {{{rest}}}}}"

    _, definitions = _lowered(
        "{$ref: '#/components/schemas/Either'}",
        f"""
        Either: {{anyOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}]}}
        A: {model(one)}
        B: {model(other)}
        """,
    )
    either = definitions["Either"]
    assert isinstance(either, Alias)
    assert isinstance(either.type, Union)
    assert either.type.discriminator == found


def test_a_declared_discriminator_without_a_mapping_makes_tags_of_declared_values() -> None:
    _, definitions = _lowered(
        "{$ref: '#/components/schemas/Either'}",
        """
        Either:
          anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
          discriminator: {propertyName: mode}
        A: {type: object, required: [mode], properties: {mode: {enum: [a, aa]}}}
        B: {type: object, required: [mode], properties: {mode: {enum: [b]}}}
        """,
    )
    either, first = definitions["Either"], definitions["A"]
    assert isinstance(either, Alias)
    assert isinstance(first, Model)
    assert either.type == Union((Named("A"), Named("B")), "mode", is_open=True)
    assert first.fields == (Field("mode", Choice(("a", "aa")), required=True),)


def test_a_discriminator_that_members_do_not_have_is_left_out() -> None:
    _, definitions = _lowered(
        "{$ref: '#/components/schemas/Either'}",
        """
        Either:
          oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
          discriminator: {propertyName: type}
        A: {type: object, properties: {x: {type: string}}}
        B: {type: object, properties: {y: {type: string}}}
        """,
    )
    either = definitions["Either"]
    assert isinstance(either, Alias)
    assert either.type == Union((Named("A"), Named("B")), None)


def test_names_that_a_class_name_cannot_tell_apart_spell_out_their_separators() -> None:
    use = """
        type: object
        properties:
          a: {$ref: '#/components/schemas/foo-bar'}
          b: {$ref: '#/components/schemas/FooBar'}
        """
    one = "foo-bar: {type: object, properties: {x: {type: string}}}"
    other = "FooBar: {type: object, properties: {y: {type: string}}}"
    _, forward = _lowered(use, f"{one}\n{other}")
    _, backward = _lowered(use, f"{other}\n{one}")
    assert forward == backward
    assert set(forward) == {"ThingsGetResponse", "FooBar", "FooMinusBar"}


def test_conditions_beside_properties_are_no_alternatives() -> None:
    _, definitions = _lowered(
        """
        type: object
        properties: {a: {type: string}, b: {type: string}}
        anyOf: [{required: [a]}, {required: [b]}]
        """
    )
    assert set(definitions) == {"ThingsGetResponse"}


def test_alternatives_beside_properties_have_them_all() -> None:
    type_, definitions = _lowered(
        """
        type: object
        required: [id]
        properties: {id: {type: string}}
        oneOf:
          - {title: Done, type: object, properties: {result: {type: string}}}
          - {title: Failed, type: object, properties: {error: {type: string}}}
        """
    )
    assert isinstance(type_, Union)
    done = definitions["ThingsGetResponseDone"]
    assert isinstance(done, Model)
    assert [field.name for field in done.fields] == ["id", "result"]


def test_components_have_names_of_their_own_whatever_their_order() -> None:
    keys = ["error", "Error", "foo-bar", "foo_bar", "FooBar", "Name用户", "Name订单", "订单"]
    expected = {
        "error": "ErrorModel",
        "Error": "Error",
        "foo-bar": "FooMinusBar",
        "foo_bar": "FooUnderscoreBar",
        "FooBar": "FooBar",
        "Name用户": "Name用户",
        "Name订单": "Name订单",
        "订单": "订单",
    }
    assert names_for_components(keys, {}) == expected
    assert names_for_components(keys[::-1], {}) == expected


def test_components_that_differ_in_capitals_alone_have_modules_of_their_own() -> None:
    found = names_for_components(["a-b-C", "a-b-c", "A-B-c"], {})
    assert len({name.casefold() for name in found.values()}) == 3


def test_a_long_union_gets_a_name() -> None:
    members = [f"{{type: object, properties: {{{one}: {{type: string}}}}}}" for one in "abcdefg"]
    few, _ = _lowered(f"oneOf: [{', '.join(members[:6])}]")
    assert isinstance(few, Union)
    many, definitions = _lowered(f"oneOf: [{', '.join(members)}, {{type: 'null'}}]")
    assert many == optional(Named("ThingsGetResponse"))
    alias = definitions["ThingsGetResponse"]
    assert isinstance(alias, Alias)
    assert isinstance(alias.type, Union)
    assert len(alias.type.members) == 7
