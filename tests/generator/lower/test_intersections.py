"""What `allOf` makes of objects and unions: the union of members that each are the object, too."""

from __future__ import annotations

import textwrap

import pytest

from generator.lower.lowering import lowered, only_operation, only_stream, stream_document
from sdkgen.ir.streams import Envelopes, Payloads
from sdkgen.ir.types import Alias, Definitions, Model, Named, Union, optional

BASE, KINDS, A, B = (
    f"{{$ref: '#/components/schemas/{name}'}}" for name in ("Base", "Kinds", *"AB")
)

COMPONENTS = f"""
components:
  schemas:
    Base: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}
    Kinds:
      oneOf: [{A}, {B}]
      discriminator:
        propertyName: kind
        mapping: {{a: '#/components/schemas/A', b: '#/components/schemas/B'}}
    A: {{type: object, required: [kind], properties: {{kind: {{type: string}}, text: {{}}}}}}
    B: {{type: object, required: [kind], properties: {{kind: {{type: string}}, url: {{}}}}}}
"""

MEMBERS = {"WholeA": ["id", "kind", "text"], "WholeB": ["id", "kind", "url"]}


def _definitions(components: str, wanted: str = "Whole") -> Definitions:
    """The definitions that come of an answer of a component."""
    described, found = lowered(
        f"""
paths:
  /a:
    get:
      operationId: get
      responses:
        '200':
          description: ok
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/{wanted}'}}}}}}
"""
        + COMPONENTS
        + textwrap.indent(components, "    ")
    )
    assert found == []
    return described.definitions


def _fields(definitions: Definitions) -> dict[str, list[str]]:
    return {
        name: [field.name for field in one.fields]
        for name, one in definitions.items()
        if isinstance(one, Model)
    }


@pytest.mark.parametrize(
    "schema",
    [
        f"{{allOf: [{BASE}, {{oneOf: [{A}, {B}]}}]}}",
        f"{{allOf: [{BASE}, {{anyOf: [{A}, {B}]}}]}}",
        f"{{allOf: [{{oneOf: [{A}, {B}]}}, {BASE}]}}",
        f"{{allOf: [{BASE}, {KINDS}]}}",
        f"{{allOf: [{KINDS}], properties: {{id: {{type: string}}}}}}",
        f"{{allOf: [{{allOf: [{BASE}, {{oneOf: [{A}, {B}]}}]}}, {{type: object}}]}}",
        f"{{allOf: [{BASE}, {{allOf: [{KINDS}]}}]}}",
        f"{{allOf: [{BASE}], oneOf: [{A}, {B}]}}",
    ],
)
def test_an_object_and_a_union_are_the_union_of_members_with_the_object(schema: str) -> None:
    definitions = _definitions(f"Whole: {schema}\n")
    whole = definitions["Whole"]
    assert isinstance(whole, Alias)
    # What a discriminator says of a schema holds for that schema with more to it.
    assert whole.type == Union((Named("WholeA"), Named("WholeB")), "kind", is_open=True)
    assert _fields(definitions) == {
        "WholeA": ["id", "kind", "text"],
        "WholeB": ["id", "kind", "url"],
    }


def test_an_object_that_says_nothing_more_leaves_the_union_as_it_is() -> None:
    definitions = _definitions(f"Whole: {{allOf: [{{type: object}}, {KINDS}]}}\n")
    assert _fields(definitions).keys() == {"A", "B"}


def test_of_several_unions_none_takes_the_object_away() -> None:
    other = "{oneOf: [{properties: {x: {}}}, {properties: {y: {}}}]}"
    definitions = _definitions(f"Whole: {{allOf: [{KINDS}, {other}, {BASE}]}}\n")
    assert _fields(definitions) == {
        "WholeA": ["id", "kind", "text"],
        "WholeB": ["id", "kind", "url"],
    }


def test_members_that_extend_their_own_union_extend_the_object_beside_it() -> None:
    parent = f"""
Parent:
  allOf: [{BASE}]
  properties: {{kind: {{type: string}}}}
  oneOf: [{{$ref: '#/components/schemas/One'}}, {{$ref: '#/components/schemas/Other'}}]
One: {{allOf: [{{$ref: '#/components/schemas/Parent'}}, {{properties: {{one: {{}}}}}}]}}
Other: {{allOf: [{{$ref: '#/components/schemas/Parent'}}, {{properties: {{other: {{}}}}}}]}}
"""
    assert _fields(_definitions(parent, "One")) == {"One": ["id", "kind", "one"]}
    third = "Third: {allOf: [{$ref: '#/components/schemas/One'}, {properties: {third: {}}}]}\n"
    assert _fields(_definitions(parent + third, "Third")) == {
        "Third": ["id", "kind", "one", "third"]
    }


def test_an_object_that_may_be_null_and_more_is_one_model() -> None:
    nullable = "Nullable: {anyOf: [{type: object, properties: {n: {}}}, {type: 'null'}]}\n"
    whole = "Whole: {allOf: [{$ref: '#/components/schemas/Nullable'}, {properties: {more: {}}}]}\n"
    holder = "Holder: {properties: {whole: {$ref: '#/components/schemas/Whole'}}}\n"
    definitions = _definitions(nullable + whole + holder, "Holder")
    assert _fields(definitions)["Whole"] == ["more", "n"]
    found = definitions["Holder"]
    assert isinstance(found, Model)
    assert found.fields[0].type == optional(Named("Whole"))


@pytest.mark.parametrize("members", ["[{$ref: '#/components/schemas/Whole'}]", "[{type: 'null'}]"])
def test_a_union_of_nothing_else_leaves_the_object_as_it_is(members: str) -> None:
    definitions = _definitions(f"Whole: {{properties: {{a: {{}}}}, oneOf: {members}}}\n")
    assert _fields(definitions) == {"Whole": ["a"]}


def test_unions_beside_each_other_that_share_members_are_models_of_their_own() -> None:
    both = ", ".join(f"{{allOf: [{KINDS}, {{properties: {{{one}: {{}}}}}}]}}" for one in "xy")
    definitions = _definitions(f"Whole: {{properties: {{w: {{oneOf: [{both}]}}}}}}\n")
    models = [one for name, one in _fields(definitions).items() if name != "Whole"]
    assert sorted(models) == [
        ["x", "kind", "text"],
        ["x", "kind", "url"],
        ["y", "kind", "text"],
        ["y", "kind", "url"],
    ]


def test_members_without_a_name_are_called_after_what_only_one_of_them_has() -> None:
    one = "{required: [k], properties: {k: {enum: [%s]}, %s: {}}}"
    whole = f"Whole: {{allOf: [{BASE}, {{oneOf: [{one % ('t', 'x')}, {one % ('e', 'y')}]}}]}}\n"
    assert _fields(_definitions(whole)) == {
        "WholeWithX": ["id", "k", "x"],
        "WholeWithY": ["id", "k", "y"],
    }


def test_a_body_is_a_union_with_an_object_and_no_list_of_arguments() -> None:
    schema = f"{{allOf: [{BASE}, {{properties: {{n: {{}}}}, oneOf: [{A}, {B}]}}]}}"
    described, found = lowered(
        f"""
paths:
  /a:
    post:
      operationId: send
      requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}
      responses: {{}}
"""
        + COMPONENTS
    )
    assert found == []
    operation = only_operation(described)
    assert operation.parameters == ()
    assert operation.body is not None
    assert operation.body.whole is not None
    assert isinstance(operation.body.whole.type, Union)
    models = [one for one in _fields(described.definitions).values() if one]
    assert sorted(map(sorted, models)) == [
        ["id", "kind", "n", "text"],
        ["id", "kind", "n", "url"],
    ]


DATA = f"{{allOf: [{BASE}, {{oneOf: [{A}, {B}]}}]}}"


@pytest.mark.parametrize(
    ("schema", "media"),
    [(f"properties: {{data: {DATA}}}", ""), (DATA, "x-sdkgen-sse-schema: data")],
)
def test_the_data_of_events_is_a_union_with_an_object(schema: str, media: str) -> None:
    described, found = lowered(stream_document(schema, media) + COMPONENTS)
    assert found == []
    stream = only_stream(described)
    assert isinstance(stream.content, Envelopes | Payloads)
    assert stream.content.tag == "kind"
    fields = [one for one in _fields(described.definitions).values() if "kind" in one]
    assert sorted(fields) == [["id", "kind", "text"], ["id", "kind", "url"]]


def test_events_are_a_union_with_an_object() -> None:
    described, found = lowered(
        stream_document("$ref: '#/components/schemas/Whole'")
        + """
components:
  schemas:
    Whole:
      allOf:
        - {properties: {id: {type: string}}}
        - {allOf: [{$ref: '#/components/schemas/Events'}]}
    Events:
      oneOf:
        - {properties: {event: {const: a}, data: {type: string}}}
        - {properties: {event: {const: b}, data: {type: string}}}
"""
    )
    assert found == []
    stream = only_stream(described)
    assert stream.item == Named("Whole")
    assert _fields(described.definitions) == {
        "WholeAEvent": ["id", "event", "data"],
        "WholeBEvent": ["id", "event", "data"],
    }
