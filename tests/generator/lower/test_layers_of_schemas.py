"""What strangers may multiply: schemas in layers, in circles, and by the thousand."""

from __future__ import annotations

from typing import Final

import pytest

from generator.lower.lowering import lowered, only_stream, stream_document
from sdkgen.diagnostics import DocumentError
from sdkgen.ir.streams import DataKind, Envelopes, EventStream, Payloads
from sdkgen.ir.types import Alias, Field, ListOf, Model, Named, Primitive, Union
from sdkgen.lower import alternatives
from sdkgen.lower.alternatives import MAX_MEMBERS

LAYERS: Final = 60
"""Twice as many ways with each: more than could ever be gone."""

EVENT: Final = "{type: object, properties: {data: {type: object, properties: {a: {}}}}}"


def _layers(layer: str, last: str) -> str:
    """Schemas ``T0``, ``T1`` and so on, where ``%s`` is a reference to the next one."""
    schemas = [
        layer.replace("%s", f"{{$ref: '#/components/schemas/T{at + 1}'}}").replace("%d", str(at))
        for at in range(LAYERS)
    ]
    lines = [f"    T{at}: {schema}\n" for at, schema in enumerate([*schemas, last])]
    return "components:\n  schemas:\n" + "".join(lines)


def _stream_of(schema: str, components: str) -> EventStream:
    described, _ = lowered(stream_document(schema) + components)
    return only_stream(described)


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf", "allOf"])
@pytest.mark.parametrize(
    "layer",
    ["{KEY: [%s, %s]}", "{KEY: [%s, {KEY: [%s]}]}", "{properties: {id: {}}, KEY: [%s, %s]}"],
)
def test_layers_of_what_is_named_twice_are_gone_through_once(keyword: str, layer: str) -> None:
    components = _layers(layer.replace("KEY", keyword), EVENT)
    content = _stream_of("$ref: '#/components/schemas/T0'", components).content
    assert isinstance(content, Envelopes)
    assert len(content.variants) == 1


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf", "allOf"])
@pytest.mark.parametrize("layer", ["{KEY: [%s, %s]}", "{KEY: [%s, {KEY: [%s]}]}"])
@pytest.mark.parametrize(
    ("last", "kind"),
    [("{type: string}", DataKind.TEXT), ("{type: object}", DataKind.JSON)],
)
def test_layers_of_data_are_gone_through_once(
    keyword: str, layer: str, last: str, kind: DataKind
) -> None:
    content = _stream_of(
        "type: object\nproperties: {data: {$ref: '#/components/schemas/T0'}}",
        _layers(layer.replace("KEY", keyword), last),
    ).content
    assert isinstance(content, Envelopes)
    assert [one.data for one in content.variants] == [kind]


IN_A_ROW: Final = 2000
"""Twice as many as Python has frames (`sys.getrecursionlimit`)."""

LINKS: Final = {
    "a property": '{"properties": {"a": %s}}',
    "items": '{"type": "array", "items": %s}',
    "values": '{"additionalProperties": %s}',
    "a member": '{"oneOf": [%s, {"required": ["k"], "properties": {"k": {"const": "%d"}}}]}',
    "a part": '{"allOf": [%s, {"properties": {"p%d": {}}}]}',
    "a part of text": '{"allOf": [%s, {"type": "string"}]}',
    "another name": '{"allOf": [%s]}',
    "a reference": "%s",
}
"""How one schema may lead to the next."""


def _row(link: str, last: str) -> dict[str, Model | Alias]:
    """What is defined for schemas that lead each to the next."""
    schemas = [
        f'"T{at}": '
        + link.replace("%s", f'{{"$ref": "#/components/schemas/T{at + 1}"}}').replace("%d", str(at))
        for at in range(IN_A_ROW)
    ]
    schema = '{"schema": {"$ref": "#/components/schemas/T0"}}'
    answer = f'{{"200": {{"description": "o", "content": {{"application/json": {schema}}}}}}}'
    described, diagnostics = lowered(
        '{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, '
        f'"paths": {{"/a": {{"get": {{"operationId": "get", "responses": {answer}}}}}}}, '
        f'"components": {{"schemas": {{{", ".join(schemas)}, "T{IN_A_ROW}": {last}}}}}}}'
    )
    assert diagnostics == []
    return dict(described.definitions)


@pytest.mark.parametrize("kind", LINKS)
def test_a_row_of_schemas_may_be_longer_than_python_s_stack_is_high(kind: str) -> None:
    found = _row(LINKS[kind], '{"properties": {"end": {}}}')
    if kind == "a part":
        assert len(_names(found["T0"])) == IN_A_ROW + 1
    elif kind in ("another name", "a reference"):
        assert found == {f"T{IN_A_ROW}": Model(f"T{IN_A_ROW}", (Field("end", Primitive.ANY),))}
    else:
        assert f"T{IN_A_ROW}" in found


def _names(definition: Model | Alias) -> list[str]:
    assert isinstance(definition, Model)
    return [field.name for field in definition.fields]


def test_a_row_of_schemas_may_lead_back_to_its_beginning() -> None:
    found = _row(LINKS["items"], '{"type": "array", "items": {"$ref": "#/components/schemas/T0"}}')
    assert found[f"T{IN_A_ROW}"] == Alias(f"T{IN_A_ROW}", ListOf(Named("T0")))
    assert found["T0"] == Alias("T0", ListOf(Named("T1")))


def test_what_is_a_part_of_itself_and_no_component_gets_a_name() -> None:
    found = _aliases(
        "    A: {properties: {x: {type: array, items: "
        "{$ref: '#/components/schemas/A/properties/x'}}}}\n"
        "    B: {type: string}\n"
    )
    assert found["AX"] == Alias("AX", ListOf(Named("AX")))


def test_data_that_is_a_union_of_itself_and_others_is_one_of_the_others() -> None:
    circle = "    A: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}\n"
    content = _stream_of(
        "type: object\nproperties: {data: {$ref: '#/components/schemas/A'}}",
        f"components:\n  schemas:\n{circle}",
    ).content
    assert isinstance(content, Envelopes)
    assert [one.data for one in content.variants] == [DataKind.TEXT]


def test_layers_that_multiply_are_refused() -> None:
    distinct = "{oneOf: [%s, {allOf: [%s, {type: object, properties: {p%d: {}}}]}]}"
    with pytest.raises(DocumentError) as caught:
        _stream_of("$ref: '#/components/schemas/T0'", _layers(distinct, EVENT))
    said = str(caught.value)
    assert "Schema/TooManyMembers" in said
    assert f"this union has more than {MAX_MEMBERS:,}" in said
    assert "test.yaml:" in said


def test_layers_that_add_up_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    adding = (
        "{type: object, properties: {a%d: {}}, oneOf: [%s, {type: object, properties: {b%d: {}}}]}"
    )
    layers = _layers(adding, EVENT)
    answer = (
        "paths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: "
        "{schema: {$ref: '#/components/schemas/T0'}}}}}}}}\n"
    )
    described, _ = lowered(answer + layers)
    assert isinstance(described.definitions["T0"], Alias)
    # The n-th layer from below has n members, with n(n + 1)/2 properties: some 40,000 in all.
    monkeypatch.setattr(alternatives, "MAX_PROPERTIES", 20_000)
    with pytest.raises(DocumentError, match=r"Schema/TooManyMembers: .* 20,000 properties"):
        lowered(answer + layers)


def _aliases(components: str) -> dict[str, Model | Alias]:
    described, _ = lowered(
        "paths: {/a: {get: {operationId: get, responses: {'200': {description: o, content:"
        " {application/json: {schema: {type: object, properties: {"
        "a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/B'}}}}}}}}}}\n"
        f"components:\n  schemas:\n{components}"
        "    X: {type: object, properties: {x: {type: string}}}\n"
        "    Y: {type: object, properties: {y: {type: string}}}\n"
    )
    return dict(described.definitions)


def test_a_union_of_itself_and_others_is_one_of_the_others() -> None:
    found = _aliases(
        "    A: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/X'}]}\n"
        "    B: {oneOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/X'}]}\n"
        "    C: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/Y'}]}\n"
    )
    assert found["A"] == Alias("A", Named("X"))
    for name in ("B", "C"):
        one = found[name]
        assert isinstance(one, Alias)
        assert isinstance(one.type, Union)
        assert set(one.type.members) == {Named("X"), Named("Y")}


def test_a_union_that_has_lists_of_itself_stays_as_it_is() -> None:
    found = _aliases(
        "    A: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/A'}}]}\n"
        "    B: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/B'}]}\n"
    )
    assert found["A"] == Alias("A", Union((Primitive.STRING, ListOf(Named("A")))))


def test_members_of_data_are_named_like_those_of_other_unions() -> None:
    members = ", ".join(
        f"{{type: object, properties: {{{name}: {{}}, z: {{}}}}}}" for name in "abc"
    )
    described, _ = lowered(
        stream_document(f"type: object\nproperties: {{data: {{oneOf: [{members}]}}}}")
    )
    data = {name for name in described.definitions if "Data" in name}
    assert data == {
        "ChatCreateEventDataWithA",
        "ChatCreateEventDataWithB",
        "ChatCreateEventDataWithC",
    }


@pytest.mark.parametrize("is_payload", [True, False])
def test_what_tells_layers_of_unions_apart_is_looked_for_once(*, is_payload: bool) -> None:
    both = "{oneOf: [{$ref: '#/components/schemas/A%d'}, {$ref: '#/components/schemas/B%d'}]}"
    lines = [
        f"    {name}{at}: {both.replace('%d', str(at + 1))}\n"
        for at in range(LAYERS)
        for name in "AB"
    ]
    lines += [
        f"    {name}{LAYERS}: {{required: [type], properties: {{type: {{const: {name}}}}}}}\n"
        for name in "AB"
    ]
    data = "$ref: '#/components/schemas/A0'"
    schema = data if is_payload else f"type: object\nproperties: {{data: {{{data}}}}}"
    extra = "x-sdkgen-sse-schema: data" if is_payload else ""
    document = stream_document(schema, extra) + "components:\n  schemas:\n" + "".join(lines)
    stream = only_stream(lowered(document)[0])
    assert isinstance(stream.content, Payloads | Envelopes)
    assert (stream.content.tag, stream.may_be_unknown) == ("type", True)
