"""The shapes in which documents declare streams, each to the one representation."""

from __future__ import annotations

import pytest

from generator.lower.lowering import lowered, only_operation, only_stream, stream_document
from sdkgen.config import Config, Streaming
from sdkgen.diagnostics import Diagnostic, Severity
from sdkgen.ir.api import Kind
from sdkgen.ir.streams import (
    DataKind,
    Envelopes,
    EventStream,
    EventVariant,
    Payloads,
    RawEvents,
    Terminator,
)
from sdkgen.ir.types import Alias, Choice, Model, Named, Primitive, TypeRef, Union, optional, union

ENVELOPE = """
    type: object
    required: [data]
    properties:
      data: {type: object, properties: {content: {type: string}}}
"""


def _data_of(schema: str, media: str = "") -> tuple[DataKind | None, TypeRef]:
    """How the data of an envelope is read, and what it is."""
    document = stream_document(
        f"type: object\nproperties:\n  data: {schema}" if schema else "type: object", media
    )
    described, _ = lowered(document)
    content = only_stream(described).content
    assert isinstance(content, Envelopes)
    model = described.definitions[content.variants[0].model]
    assert isinstance(model, Model)
    (field,) = model.fields
    return content.variants[0].data, field.type


def test_an_object_with_event_fields_is_an_envelope() -> None:
    described, found = lowered(stream_document(ENVELOPE))
    stream = only_stream(described)
    assert stream.content == Envelopes((EventVariant("ChatCreateEvent", (), DataKind.JSON),))
    assert stream.item == Named("ChatCreateEvent")
    assert not stream.may_be_unknown
    assert found == []


@pytest.mark.parametrize("keyword", ["schema", "itemSchema"])
@pytest.mark.parametrize("union_keyword", ["oneOf", "anyOf"])
def test_a_union_of_envelopes_is_told_apart_by_event(keyword: str, union_keyword: str) -> None:
    described, _ = lowered(
        stream_document(
            f"""
            {union_keyword}:
              - {{type: object, properties: {{event: {{const: a}}, data: {{type: string}}}}}}
              - {{type: object, properties: {{event: {{enum: [b]}}, id: {{type: string}}}}}}
              - {{type: object, properties: {{event: {{enum: [c, d]}}}}}}
            """,
            keyword=keyword,
        )
    )
    stream = only_stream(described)
    assert isinstance(stream.content, Envelopes)
    assert [(one.names, one.data) for one in stream.content.variants] == [
        (("a",), DataKind.TEXT),
        (("b",), None),
        (("c", "d"), None),
    ]
    assert stream.may_be_unknown
    alias = described.definitions["ChatCreateEvent"]
    assert isinstance(alias, Alias)
    assert isinstance(alias.type, Union)
    assert alias.type.members == (
        Named("ChatCreateAEvent"),
        Named("ChatCreateBEvent"),
        Named("ChatCreateCEvent"),
    )


def test_a_discriminator_s_mapping_names_the_events() -> None:
    described, _ = lowered(
        """
        paths:
          /chat:
            post:
              tags: [chat]
              responses:
                '200':
                  description: ok
                  content:
                    text/event-stream:
                      schema: {$ref: '#/components/schemas/Stream'}
        components:
          schemas:
            Stream:
              oneOf:
                - {$ref: '#/components/schemas/A'}
                - {$ref: '#/components/schemas/B'}
              discriminator:
                propertyName: event
                mapping:
                  first: '#/components/schemas/A'
                  second: '#/components/schemas/B'
                  third: B
            A: {type: object, properties: {event: {type: string}, data: {type: string}}}
            B: {type: object, properties: {event: {type: string}, data: {type: integer}}}
        """
    )
    stream = only_stream(described)
    assert isinstance(stream.content, Envelopes)
    assert [(one.model, one.names) for one in stream.content.variants] == [
        ("A", ("first",)),
        ("B", ("second", "third")),
    ]
    assert stream.item == Named("Stream")
    first = described.definitions["A"]
    assert isinstance(first, Model)
    assert first.fields[0].type == Choice(("first",))


@pytest.mark.parametrize(
    ("media", "type_"),
    [
        ("itemSchema: {type: string}", Primitive.STRING),
        ("schema: {}", Primitive.ANY),
        ("example: 1", Primitive.ANY),
    ],
)
def test_lines_are_json_whatever_is_said_of_it(media: str, type_: TypeRef) -> None:
    document = stream_document("{}", media).replace("text/event-stream", "application/jsonl")
    document = document.replace("              schema:\n                {}\n", "")
    described, _ = lowered(document)
    stream = only_stream(described)
    assert (stream.framing, stream.item) == ("jsonl", type_)
    assert stream.content == Payloads(type_, DataKind.JSON)


@pytest.mark.parametrize("media_type", ["application/x-ndjson", "application/json-seq"])
@pytest.mark.parametrize("schema", ["{type: string}", "{type: string, format: binary}"])
def test_lines_of_a_text_are_json_of_any_type_which_is_said(media_type: str, schema: str) -> None:
    document = stream_document(schema).replace("text/event-stream", media_type)
    described, (warning,) = lowered(document)
    stream = only_stream(described)
    assert stream.content == Payloads(Primitive.ANY, DataKind.JSON)
    assert (stream.item, stream.may_be_unknown) == (Primitive.ANY, False)
    assert (warning.code, warning.severity) == ("Stream/UndescribedItems", Severity.WARNING)
    assert str(warning.location) == "test.yaml:13:15"
    assert "`itemSchema`" in (warning.hint or "")


@pytest.mark.parametrize(
    ("schema", "keyword", "type_"),
    [
        ("{type: string}", "itemSchema", Primitive.STRING),
        ("{type: integer}", "schema", Primitive.INTEGER),
        (
            "{type: string, contentMediaType: application/json, contentSchema: {type: integer}}",
            "schema",
            Primitive.INTEGER,
        ),
    ],
)
def test_lines_whose_items_are_described_are_no_surprise(
    schema: str, keyword: str, type_: TypeRef
) -> None:
    document = stream_document(schema, keyword=keyword)
    described, found = lowered(document.replace("text/event-stream", "application/x-ndjson"))
    assert (only_stream(described).item, found) == (type_, [])


def test_a_discriminator_s_mapping_is_that_of_its_own_stream() -> None:
    described, found = lowered(
        """
        paths:
          /one: {get: {tags: [one], operationId: a, responses: {'200': {description: ok, content:
            {text/event-stream: {schema: {$ref: '#/components/schemas/One'}}}}}}}
          /other: {get: {tags: [other], operationId: b, responses: {'200': {description: ok,
            content: {text/event-stream: {schema: {$ref: '#/components/schemas/Other'}}}}}}}
          /same: {get: {tags: [same], operationId: c, responses: {'200': {description: ok, content:
            {text/event-stream: {schema: {$ref: '#/components/schemas/One'}}}}}}}
          /plain: {get: {tags: [plain], operationId: d, responses: {'200': {description: ok,
            content: {text/event-stream: {schema: {$ref: '#/components/schemas/A'}}}}}}}
        components:
          schemas:
            One:
              oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
              discriminator: {propertyName: event, mapping: {first: A, second: B}}
            Other:
              oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
              discriminator: {propertyName: event, mapping: {uno: A, due: B}}
            A: {type: object, properties: {event: {type: string}, data: {type: string}}}
            B: {type: object, properties: {event: {type: string}, data: {type: integer}}}
        """
    )
    types = []
    for operation in (resource.operations[0] for resource in described.resources):
        assert operation.stream is not None
        assert isinstance(operation.stream.content, Envelopes)
        model = described.definitions[operation.stream.content.variants[0].model]
        assert isinstance(model, Model)
        types.append((model.name, operation.stream.content.variants[0].names, model.fields[0].type))
    assert types == [
        ("A", ("first",), Choice(("first",))),
        ("OtherUnoEvent", ("uno",), Choice(("uno",))),
        ("PlainDEvent", (), Primitive.STRING),
        ("A", ("first",), Choice(("first",))),
    ]
    assert found == []


def test_types_that_look_alike_together_are_told_apart() -> None:
    schemas = "".join(
        f"""
            U{n}:
              oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}]
              discriminator: {{propertyName: event, mapping: {{{mapping}, o: B}}}}"""
        for n, mapping in enumerate(("z: A", "x/y: A", "x: A, y: A"))
    )
    paths = "".join(
        f"""
          /u{n}:
            get:
              tags: [u{n}]
              responses:
                '200':
                  description: ok
                  content:
                    text/event-stream: {{schema: {{$ref: '#/components/schemas/U{n}'}}}}"""
        for n in range(3)
    )
    described, _ = lowered(
        f"""
        paths:{paths}
        components:
          schemas:{schemas}
            A: {{type: object, properties: {{event: {{type: string}}, data: {{type: string}}}}}}
            B: {{type: object, properties: {{event: {{type: string}}, data: {{type: integer}}}}}}
        """
    )
    for resource in described.resources:
        stream = resource.operations[0].stream
        assert stream is not None
        assert isinstance(stream.content, Envelopes)
        for variant in stream.content.variants:
            model = described.definitions[variant.model]
            assert isinstance(model, Model)
            assert model.fields[0].type == Choice(variant.names)


def test_a_reference_with_one_of_beside_it_is_what_both_say() -> None:
    described, _ = lowered(
        """
        paths:
          /chat:
            post:
              tags: [chat]
              operationId: create
              responses:
                '200':
                  description: ok
                  content:
                    text/event-stream:
                      itemSchema:
                        $ref: '#/components/schemas/Event'
                        required: [event]
                        oneOf:
                          - properties: {event: {const: text}}
                          - properties:
                              event: {const: json}
                              data:
                                contentMediaType: application/json
                                contentSchema: {type: integer}
        components:
          schemas:
            Event:
              type: object
              properties:
                event: {type: string}
                data: {type: string}
                id: {type: string}
                retry: {type: integer}
        """
    )
    stream = only_stream(described)
    assert isinstance(stream.content, Envelopes)
    assert [(one.names, one.data) for one in stream.content.variants] == [
        (("text",), DataKind.TEXT),
        (("json",), DataKind.JSON),
    ]
    model = described.definitions["ChatCreateJsonEvent"]
    assert isinstance(model, Model)
    assert {field.name: field.type for field in model.fields} == {
        "event": Choice(("json",)),
        "data": Primitive.INTEGER,
        "id": Primitive.STRING,
        "retry": Primitive.INTEGER,
    }


NARROWED = """
    type: object
    properties: {event: {type: string}, data: {type: string}}
    oneOf:
      - properties:
          event: {const: tick}
          data: {contentMediaType: application/json, contentSchema: {type: integer}}
      - properties: {event: {const: note}, data: {contentMediaType: text/plain}}
      - properties: {event: {const: level}, data: {enum: [low, high]}}
      - properties: {data: {contentMediaType: text/plain, const: '[BYE]'}}
"""
"""As TypeSpec writes it, but for the level."""


def test_text_of_which_more_is_said_beside_is_text() -> None:
    described, _ = lowered(stream_document(NARROWED, keyword="itemSchema"))
    content = only_stream(described).content
    assert isinstance(content, Envelopes)
    found = {}
    for variant in content.variants:
        model = described.definitions[variant.model]
        assert isinstance(model, Model)
        found[variant.model] = (variant.names, variant.data, model.fields[1].type)
    text = DataKind.TEXT
    assert found == {
        "ChatCreateTickEvent": (("tick",), DataKind.JSON, Primitive.INTEGER),
        "ChatCreateNoteEvent": (("note",), text, Primitive.STRING),
        "ChatCreateLevelEvent": (
            ("level",),
            text,
            union(Choice(("low", "high")), Primitive.STRING),
        ),
        "ChatCreateByeEvent": ((), text, Choice(("[BYE]",))),
    }


def test_an_event_that_is_always_one_text_is_probably_a_sentinel() -> None:
    _, (found,) = lowered(stream_document(NARROWED, keyword="itemSchema"))
    assert (found.code, found.severity) == ("Stream/SentinelAmongItems", Severity.WARNING)
    assert found.message.endswith(" its data is always `[BYE]`: it is an item.")
    assert (
        found.hint == 'If it ends the stream, write beside the schema:\n  x-sse-sentinel: "[BYE]"'
    )
    assert found.location is not None
    assert found.location.line == 22


MARKED = NARROWED.rstrip() + "\n        x-ms-sse-terminal-event: true\n"


NESTED = """
    oneOf:
      - oneOf:
          - {x-ms-sse-terminal-event: true, properties: {data: {const: '[BYE]'}}}
          - {properties: {event: {const: a}, data: {type: integer}}}
      - {properties: {event: {const: b}, data: {type: integer}}}
"""


@pytest.mark.parametrize(
    ("schema", "media"),
    [(NARROWED, "x-sse-sentinel: ' [BYE]'"), (MARKED, ""), (NESTED, "")],
)
def test_an_event_that_is_the_sentinel_is_no_item(schema: str, media: str) -> None:
    described, found = lowered(stream_document(schema, media, keyword="itemSchema"))
    assert found == []
    stream = only_stream(described)
    assert isinstance(stream.content, Envelopes)
    assert all(one.names for one in stream.content.variants)
    assert stream.may_be_unknown  # for each of the others has a type
    assert (stream.terminator.sentinel or "").strip() == "[BYE]"
    assert not any("Bye" in name for name in described.definitions)


def test_a_declared_sentinel_goes_before_a_marked_one() -> None:
    described, _ = lowered(stream_document(MARKED, "x-sse-sentinel: '[END]'", keyword="itemSchema"))
    stream = only_stream(described)
    assert stream.terminator.sentinel == "[END]"
    assert isinstance(stream.content, Envelopes)
    assert stream.content.variants[-1].model == "ChatCreateByeEvent"


@pytest.mark.parametrize("mark", ["", ", x-ms-sse-terminal-event: true"])
def test_data_that_is_always_empty_is_a_heartbeat_and_no_sentinel(mark: str) -> None:
    described, _ = lowered(
        stream_document(
            f"""
            oneOf:
              - {{properties: {{data: {{const: ''}}}}{mark}}}
              - {{properties: {{event: {{const: m}}, data: {{type: object}}}}}}
            """
        )
    )
    stream = only_stream(described)
    assert stream.terminator == Terminator()
    assert isinstance(stream.content, Envelopes)
    assert len(stream.content.variants) == 2


def test_an_event_with_a_type_that_is_marked_as_the_last_one_is_an_item() -> None:
    described, found = lowered(
        stream_document(
            """
            oneOf:
              - properties: {event: {const: word}, data: {type: string}}
              - {$ref: '#/components/schemas/End', x-ms-sse-terminal-event: true}
            """
        )
        + "components: {schemas: {End: {properties: {event: {const: end}, data: {}}}}}\n"
    )
    assert found == []
    stream = only_stream(described)
    assert isinstance(stream.content, Envelopes)
    assert [one.names for one in stream.content.variants] == [("word",), ("end",)]
    assert stream.terminator == Terminator(None, ("end",))


def test_a_text_without_words_names_no_event() -> None:
    described, _ = lowered(stream_document(NARROWED.replace("[BYE]", "***"), keyword="itemSchema"))
    content = only_stream(described).content
    assert isinstance(content, Envelopes)
    assert content.variants[-1].model == "ChatCreateMessageEvent"


def test_a_long_text_is_no_sentinel() -> None:
    for length, codes in ((40, ["Stream/SentinelAmongItems"]), (41, [])):
        document = stream_document(NARROWED.replace("[BYE]", "x" * length), keyword="itemSchema")
        assert [one.code for one in lowered(document)[1]] == codes


@pytest.mark.parametrize("items", ["{type: string}", "{}"])
@pytest.mark.parametrize("media_type", ["text/event-stream", "application/jsonl"])
def test_a_list_of_which_nothing_is_said_is_a_stream_of_which_nothing_is_said(
    items: str, media_type: str
) -> None:
    document = stream_document(f"type: array\nitems: {items}")
    described, found = lowered(document.replace("text/event-stream", media_type))
    stream = only_stream(described)
    assert found == []
    if media_type == "text/event-stream":
        assert stream.content == RawEvents()
    else:
        assert stream.item == (Primitive.ANY if items == "{}" else Primitive.STRING)


def test_a_list_of_events_is_a_stream_of_them() -> None:
    described, _ = lowered(
        stream_document("type: array\nitems: {type: object, properties: {data: {type: string}}}")
    )
    assert isinstance(only_stream(described).content, Envelopes)


def _stream_of(media: str, method: str = "", settings: Streaming | None = None) -> EventStream:
    """The stream of a document that says so much of it, in one line each."""
    described, found = lowered(
        f"""
        paths:
          /chat:
            post:
              operationId: create
              tags: [chat]
              {method}
              responses: {{'200': {{description: ok, content: {{{media}}}}}}}
        components:
          schemas:
            Event: {{type: object, properties: {{data: {{$ref: '#/components/schemas/Chunk'}}}}}}
            Chunk: {{type: object, properties: {{text: {{type: string}}}}}}
        """,
        Config(streaming=settings or Streaming()),
    )
    assert found == []
    return only_stream(described)


CHUNK = "schema: {$ref: '#/components/schemas/Chunk'}"
EVENT = "{$ref: '#/components/schemas/Event'}"


def test_a_stream_of_events_is_the_same_however_it_is_declared() -> None:
    expected = _stream_of(f"text/event-stream: {{schema: {EVENT}}}")
    assert expected.item == Named("Event")
    for said in (
        f"itemSchema: {EVENT}",
        f"schema: {{type: array, items: {EVENT}}}",
        f"schema: {{oneOf: [{EVENT}]}}",
    ):
        assert _stream_of(f"text/event-stream: {{{said}}}").content == expected.content


def test_a_stream_of_payloads_is_the_same_however_it_is_declared() -> None:
    expected = _stream_of(f"text/event-stream: {{x-sdkgen-sse-schema: data, {CHUNK}}}")
    assert expected.content == Payloads(Named("Chunk"), DataKind.JSON)
    media = f"text/event-stream: {{{CHUNK}}}"
    assert _stream_of(media, settings=Streaming(schema="data")) == expected
    assert _stream_of(media, "x-fern-streaming: {format: sse}") == expected
    in_json = f"application/json: {{{CHUNK}}}"
    assert _stream_of(in_json, "x-fern-streaming: {format: sse}") == expected
    of_events = _stream_of(f"text/event-stream: {{schema: {EVENT}}}")
    said = f"text/event-stream: {{x-sdkgen-sse-schema: event, schema: {EVENT}}}"
    assert _stream_of(said, "x-fern-streaming: {format: sse}") == of_events


@pytest.mark.parametrize(
    "schema", ["{}", "type: string", "type: [string, 'null']", "description: Whatever."]
)
def test_no_schema_or_a_bare_string_gives_raw_events(schema: str) -> None:
    described, found = lowered(stream_document(schema))
    stream = only_stream(described)
    assert (stream.content, stream.item) == (RawEvents(), None)
    assert found == []


@pytest.mark.parametrize("config", [Config(), Config(streaming=Streaming(schema="data"))])
def test_a_string_that_is_declared_to_be_data_is_data_whatever_declares_it(config: Config) -> None:
    media = "" if config.streaming.schema else "x-sdkgen-sse-schema: data"
    text, _ = lowered(stream_document("type: string", media), config)
    content = Payloads(Primitive.STRING, DataKind.TEXT)
    assert only_stream(text).content == content
    schema = "{type: string, contentMediaType: application/json, contentSchema: {type: integer}}"
    json, _ = lowered(stream_document(schema, media), config)
    content = Payloads(Primitive.INTEGER, DataKind.JSON)
    assert only_stream(json).content == content


@pytest.mark.parametrize("schema", ["{}", "type: string"])
@pytest.mark.parametrize("media", ["", "\nx-sdkgen-sse-schema: data"])
def test_all_data_is_json_where_that_is_said_though_nothing_else_is(
    schema: str, media: str
) -> None:
    described, found = lowered(stream_document(schema, f"x-sdkgen-sse-data: json{media}"))
    assert only_stream(described).content == Payloads(Primitive.ANY, DataKind.JSON)
    assert found == []


def test_a_stream_without_any_schema_gives_raw_events() -> None:
    document = stream_document("x", "").replace("schema:", "x-nothing:")
    assert only_stream(lowered(document)[0]).content == RawEvents()


@pytest.mark.parametrize(
    ("schema", "kind", "type_"),
    [
        ("{type: string}", DataKind.TEXT, Primitive.STRING),
        (
            "{type: [string, 'null']}",
            DataKind.TEXT,
            union(Primitive.STRING, Primitive.NONE),
        ),
        ("{type: integer}", DataKind.JSON, Primitive.INTEGER),
        ("{}", DataKind.JSON, Primitive.ANY),
        (
            "{type: string, contentMediaType: application/json}",
            DataKind.JSON,
            Primitive.ANY,
        ),
        (
            "{type: string, contentMediaType: application/json, contentSchema: {type: string}}",
            DataKind.JSON,
            Primitive.STRING,
        ),
        (
            "{oneOf: [{type: string}, {type: integer}]}",
            DataKind.EITHER,
            union(Primitive.STRING, Primitive.INTEGER),
        ),
        (
            "{anyOf: [{type: integer}, {type: 'null'}]}",
            DataKind.JSON,
            union(Primitive.INTEGER, Primitive.NONE),
        ),
    ],
)
def test_data_is_text_where_it_is_a_string_and_json_else(
    schema: str, kind: DataKind, type_: TypeRef
) -> None:
    assert _data_of(schema) == (kind, type_)


def test_data_that_is_declared_to_be_json_is() -> None:
    assert _data_of("{type: string}", "x-sdkgen-sse-data: json") == (
        DataKind.JSON,
        Primitive.ANY,
    )


def test_a_field_that_no_event_has_is_an_error_on_its_line_with_two_ways_out() -> None:
    document = stream_document(
        """
        type: object
        properties:
          data: {type: string}
          usage: {type: integer}
        """
    )
    described, (found,) = lowered(document)
    assert described.resources == ()
    assert (found.code, found.severity) == ("Stream/UnknownField", Severity.ERROR)
    line = document.splitlines().index("                  usage: {type: integer}") + 1
    assert str(found.location) == f"test.yaml:{line}:19"
    assert "`usage`" in found.message
    assert found.hint is not None
    assert "put it under `data`" in found.hint
    assert "x-sdkgen-sse-schema: data" in found.hint
    assert "streaming: {schema: data}" in found.hint


@pytest.mark.parametrize(
    ("foreign", "named"),
    [
        ("a, b, c", "`a`, `b`, `c` too."),
        ("a, b, c, d", "`a`, `b`, `c` and another too."),
        ("a, b, c, d, e", "`a`, `b`, `c` and 2 others too."),
    ],
)
def test_the_first_foreign_fields_are_named_and_the_rest_are_counted(
    foreign: str, named: str
) -> None:
    properties = ", ".join(f"{name}: {{}}" for name in ("data", *foreign.split(", ")))
    _, (found,) = lowered(stream_document(f"type: object\nproperties: {{{properties}}}"))
    assert f"this schema has {named}" in found.message


@pytest.mark.parametrize(
    ("schemas", "counted"),
    [
        (1, ""),
        (2, "So has another schema of this stream. "),
        (3, "So have 2 more schemas of this stream. "),
    ],
)
def test_where_no_schema_is_that_of_an_event_one_error_is_enough(
    schemas: int, counted: str
) -> None:
    members = "\n".join(f"- {{properties: {{p{at}: {{}}}}}}" for at in range(schemas))
    _, (found,) = lowered(stream_document(f"oneOf:\n{members}"))
    assert f"this schema has `p0` too. {counted}The stream of " in found.message


def test_where_one_schema_is_that_of_an_event_each_of_the_others_is_an_error() -> None:
    members = "\n".join(f"- {{properties: {{{name}: {{}}}}}}" for name in ("data", "a", "b"))
    _, found = lowered(stream_document(f"oneOf:\n{members}"))
    assert [one.code for one in found] == ["Stream/UnknownField"] * 2
    for name, one in zip("ab", found, strict=True):
        assert f"this schema has `{name}` too. The stream of " in one.message


def test_a_foreign_field_is_found_in_a_union_through_references_and_all_of() -> None:
    _, found = lowered(
        """
        paths:
          /chat:
            post:
              tags: [chat]
              responses:
                '200':
                  description: ok
                  content:
                    text/event-stream:
                      schema:
                        oneOf:
                          - {$ref: '#/components/schemas/Good'}
                          - {$ref: '#/components/schemas/Bad'}
        components:
          schemas:
            Good: {type: object, properties: {event: {const: good}}}
            Bad:
              allOf:
                - {$ref: '#/components/schemas/Good'}
                - type: object
                  properties:
                    extra: {type: string}
        """
    )
    (error,) = found
    assert (error.code, str(error.location)) == ("Stream/UnknownField", "test.yaml:25:13")


@pytest.mark.parametrize(
    "schema", ["type: 'null'", "oneOf: [{type: 'null'}]", "$ref: '#/components/schemas/A'"]
)
def test_what_is_nothing_at_all_is_no_event(schema: str) -> None:
    circle = "components: {schemas: {A: {oneOf: [{$ref: '#/components/schemas/A'}]}}}\n"
    _, (found,) = lowered(stream_document(schema) + circle)
    assert (found.code, found.severity) == ("Stream/NotAnEvent", Severity.ERROR)
    assert "POST /chat is left out" in found.message
    assert str(found.location) == "test.yaml:14:17"


def test_events_of_one_schema_have_models_of_their_own_where_their_types_differ() -> None:
    members = "".join(
        f"""
- oneOf: [{{$ref: '#/components/schemas/E'}}]
  discriminator: {{propertyName: event, mapping: {{{type_}: '#/components/schemas/E'}}}}"""
        for type_ in "ab"
    )
    event = "{type: object, properties: {event: {type: string}, data: {type: integer}}}"
    described, _ = lowered(
        stream_document(f"properties: {{id: {{type: string}}}}\noneOf:{members}")
        + f"components: {{schemas: {{E: {event}}}}}\n"
    )
    content = only_stream(described).content
    assert isinstance(content, Envelopes)
    assert [one.names for one in content.variants] == [("a",), ("b",)]
    for one in content.variants:
        model = described.definitions[one.model]
        assert isinstance(model, Model)
        assert {field.name: field.type for field in model.fields}["event"] == Choice(one.names)


@pytest.mark.parametrize(
    "schema",
    [
        "type: object",
        "{type: object, additionalProperties: true, title: Anything}",
        "{type: object, properties: {}, required: []}",
    ],
)
def test_an_object_of_which_nothing_is_said_is_an_event_as_it_is_sent(schema: str) -> None:
    described, (found,) = lowered(stream_document(schema))
    assert only_stream(described).content == RawEvents()
    assert (found.code, found.severity) == ("Stream/UndescribedItems", Severity.WARNING)
    assert found.message.endswith("its schema says no more than that one is an object.")
    assert str(found.location) == "test.yaml:13:15"
    data, found_of_data = lowered(stream_document(schema, "x-sdkgen-sse-schema: data"))
    assert isinstance(only_stream(data).content, Payloads)
    assert found_of_data == []


EMITTER = (
    "components: {schemas: {SseEmitter: {type: object, properties: {timeout: {type: integer}}}}}\n"
)
"""As springdoc exports it."""


def test_the_object_that_spring_sends_events_with_does_not_describe_them() -> None:
    document = stream_document("$ref: '#/components/schemas/SseEmitter'") + EMITTER
    described, (found,) = lowered(document)
    assert only_stream(described).content == RawEvents()
    assert found.code == "Stream/UndescribedItems"
    assert found.message.endswith("its schema is that of the object by which Spring sends them.")
    _, (error,) = lowered(document.replace("{timeout:", "{timeout: {}, text:"))
    assert error.code == "Stream/UnknownField"  # what has more in it is another class


def test_what_spring_declares_no_media_type_for_is_said_to_be_a_stream() -> None:
    document = stream_document("$ref: '#/components/schemas/SseEmitter'") + EMITTER
    described, (found,) = lowered(document.replace("text/event-stream", "'*/*'"))
    assert only_operation(described).stream is None
    assert (found.code, str(found.location)) == ("Stream/Undeclared", "test.yaml:12:13")
    assert "param_discriminator: null, stream_event_model: null" in (found.hint or "")


ITEM = """\
components:
  schemas:
    SseItemOfBeat:
      type: object
      required: [data, eventType]
      properties:
        data: {type: object, required: [rate], properties: {rate: {type: integer}}}
        eventType: {type: [string, 'null']}
        eventId: {type: [string, 'null']}
        reconnectionInterval: {type: [string, 'null'], pattern: '^-?\\d{2}:\\d{2}:\\d{2}$'}
"""
"""As ASP.NET Core exports it."""


def test_an_event_of_dotnet_is_what_is_sent_of_it() -> None:
    document = stream_document("$ref: '#/components/schemas/SseItemOfBeat'") + ITEM
    described, findings = lowered(document)
    assert findings == []
    content = only_stream(described).content
    assert content == Envelopes((EventVariant("ChatCreateEvent", (), DataKind.JSON),))
    model = described.definitions["ChatCreateEvent"]
    assert isinstance(model, Model)
    text = optional(Primitive.STRING)
    assert [(one.name, one.type, one.required) for one in model.fields] == [
        ("data", Named("ChatCreateEventData"), True),
        ("event", text, True),
        ("id", text, False),
    ]


@pytest.mark.parametrize("path", ["/a", "/z"])
def test_an_event_of_dotnet_is_itself_where_it_is_no_event(path: str) -> None:
    whole = f"""\
paths:
  {path}:
    get:
      tags: [last]
      responses:
        '200':
          description: ok
          content:
            application/json: {{schema: {{$ref: '#/components/schemas/SseItemOfBeat'}}}}
"""
    document = stream_document("$ref: '#/components/schemas/SseItemOfBeat'") + ITEM
    described, findings = lowered(document.replace("paths:\n", whole, 1))
    assert findings == []
    model, event = (described.definitions[name] for name in ("SseItemOfBeat", "ChatCreateEvent"))
    assert isinstance(model, Model)
    assert isinstance(event, Model)
    assert [one.name for one in model.fields] == [
        *("data", "eventType", "eventId", "reconnectionInterval")
    ]
    assert [one.name for one in event.fields] == ["data", "event", "id"]


def test_what_only_looks_like_an_event_of_dotnet_is_an_error() -> None:
    document = stream_document("$ref: '#/components/schemas/SseItemOfBeat'") + ITEM
    _, (found,) = lowered(document.replace("reconnectionInterval", "interval"))
    assert found.code == "Stream/UnknownField"
    assert "this schema has `eventType`, `eventId`, `interval` too" in found.message


def test_what_is_no_object_is_no_event() -> None:
    _, (found,) = lowered(stream_document("type: integer"))
    assert found.code == "Stream/NotAnEvent"
    assert "this schema, of type `integer`, has none of them." in found.message


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("datas", "data"),
        ("evnt", "event"),
        ("ID", "id"),
        ("usage", None),
        ("datas", None),  # there is a `data` beside it
    ],
)
def test_a_misspelt_field_of_an_event_gets_the_right_word(written: str, meant: str | None) -> None:
    other = "data" if meant != "data" else "event"
    _, (found,) = lowered(
        stream_document(f"type: object\nproperties: {{{other}: {{}}, {written}: {{}}}}")
    )
    advice = f"to be `{meant}`, write that.\n" if meant else "part of what the server sends"
    assert found.code == "Stream/UnknownField"
    assert found.hint is not None
    assert found.hint.startswith(f"If `{written}` is {advice}")


@pytest.mark.parametrize(
    "said",
    [
        "additionalProperties: true",
        "additionalProperties: {type: string}",
        "unevaluatedProperties: true",
        "patternProperties: {'^x-': {type: string}}",
    ],
)
def test_additional_properties_of_an_event_are_a_warning(said: str) -> None:
    described, (found,) = lowered(stream_document(f"{ENVELOPE}\n    {said}"))
    assert (found.code, found.severity) == ("Stream/OpenEvent", Severity.WARNING)
    assert f"`{said.partition(':')[0]}`" in found.message
    assert only_stream(described).item == Named("ChatCreateEvent")


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ("if: {properties: {usage: {type: integer}}}", 35),
        ("then: {properties: {usage: {type: integer}}}", 37),
        ("else: {properties: {usage: {type: integer}}}", 37),
        ("dependentSchemas: {data: {properties: {usage: {type: integer}}}}", 56),
        ("allOf: [{properties: {usage: {type: integer}}}]", 39),
        ("x: 1", None),
    ],
)
def test_a_foreign_field_is_found_wherever_it_is_said(said: str, column: int | None) -> None:
    _, found = lowered(stream_document(f"{ENVELOPE}\n    {said}"))
    assert [one.code for one in found] == ["Stream/UnknownField"] * (column is not None)
    assert [one.location.column for one in found if one.location] == ([column] if column else [])


def test_a_foreign_field_that_is_only_required_is_found() -> None:
    envelope = ENVELOPE.replace("required: [data]", "required: [data, usage]")
    _, (found,) = lowered(stream_document(envelope))
    assert (found.code, str(found.location)) == ("Stream/UnknownField", "test.yaml:15:34")


PAYLOAD = "type: object\nproperties: {choices: {type: array, items: {type: string}}}"


def test_a_payload_is_declared_beside_the_schema() -> None:
    described, found = lowered(stream_document(PAYLOAD, "x-sdkgen-sse-schema: data"))
    stream = only_stream(described)
    assert stream.content == Payloads(Named("ChatCreateEvent"), DataKind.JSON)
    assert stream.item == Named("ChatCreateEvent")
    assert found == []


def test_a_payload_is_declared_for_the_document_and_a_stream_may_differ() -> None:
    config = Config(streaming=Streaming(schema="data"))
    described, _ = lowered(stream_document(PAYLOAD), config)
    assert isinstance(only_stream(described).content, Payloads)
    described, _ = lowered(stream_document(ENVELOPE, "x-sdkgen-sse-schema: event"), config)
    assert isinstance(only_stream(described).content, Envelopes)


def test_a_payload_is_never_guessed() -> None:
    described, (found,) = lowered(stream_document(PAYLOAD))
    assert found.code == "Stream/UnknownField"
    assert described.resources == ()


def test_the_sentinel_comes_from_the_document_before_the_configuration() -> None:
    config = Config(streaming=Streaming(terminator=Terminator(sentinel="[END]", events=())))
    described, _ = lowered(stream_document(ENVELOPE), config)
    assert only_stream(described).terminator == Terminator("[END]", ())
    media = "x-speakeasy-sse-sentinel: '[DONE]'"
    described, _ = lowered(stream_document(ENVELOPE, media), config)
    assert only_stream(described).terminator == Terminator("[DONE]", ())


def test_a_sentinel_that_is_no_text_is_an_error() -> None:
    _, (found,) = lowered(stream_document(ENVELOPE, "x-speakeasy-sse-sentinel: [DONE]"))
    assert found.code == "Stream/BadSentinel"
    assert found.hint == "Write it in quotes: x-speakeasy-sse-sentinel: '[DONE]'"


FASTAPI = """
    type: object
    properties:
      data: {type: string}
      event: {type: string}
      id: {type: string}
      retry: {type: integer, minimum: 0}
"""


def test_what_fastapi_exports_for_an_untyped_stream_is_warned_of() -> None:
    _, (found,) = lowered(stream_document(FASTAPI, keyword="itemSchema"))
    assert (found.code, found.severity) == ("Stream/TextThatMayBeJson", Severity.WARNING)
    told_apart = FASTAPI + "    oneOf: [{properties: {event: {const: a}}}, {properties: {}}]\n"
    assert lowered(stream_document(told_apart, keyword="itemSchema"))[1] == []
    assert "x-sdkgen-sse-data: json" in (found.hint or "")
    _, found_none = lowered(
        stream_document(FASTAPI, "x-sdkgen-sse-data: json", keyword="itemSchema")
    )
    assert found_none == []


NINJA = """
    type: object
    properties: {data: {title: Response, type: string}}
    description: SSE event with JSON data payload
"""


def test_what_django_ninja_exports_for_a_stream_of_text_is_warned_of() -> None:
    _, (found,) = lowered(stream_document(NINJA))
    assert (found.code, found.severity) == ("Stream/TextThatMayBeJson", Severity.WARNING)
    assert "what Django Ninja exports for an event stream of text." in found.message
    assert lowered(stream_document(NINJA, "x-sdkgen-sse-data: json"))[1] == []
    assert lowered(stream_document(NINJA.replace("type: string", "type: integer")))[1] == []


def test_what_an_error_says_that_is_exported_as_a_stream_is_typed() -> None:
    event = "{properties: {event: {const: error}, data: {$ref: '#/components/schemas/Problem'}}}"
    answers = {
        401: "{schema: {$ref: '#/components/schemas/Problem'}}",
        403: f"{{itemSchema: {event}}}",
        404: "{schema: {anyOf: [{$ref: '#/components/schemas/Problem'}, {type: 'null'}]}}",
        405: "{schema: {properties: {data: {properties: {k: {}}}}}}",  # or JSON that has a `data`
        409: "{itemSchema: {properties: {data: {type: string}}}}",
        410: "{schema: {type: string}}",
        423: "{}",
    }
    said = "".join(
        f"        '{status}': {{description: no, content: {{text/event-stream: {one}}}}}\n"
        for status, one in answers.items()
    )
    said += (
        "        '424': {description: no, content: {application/jsonl: {schema: {type: object}}}}\n"
    )
    problem = "components: {schemas: {Problem: {type: object, properties: {code: {}}}}}\n"
    described, found = lowered(stream_document("type: string") + said + problem)
    assert found == []
    assert [(one.status, one.kind, one.type) for one in only_operation(described).raises] == [
        ("401", Kind.JSON, Named("Problem")),
        ("403", Kind.JSON, Named("Problem")),
        ("404", Kind.JSON, optional(Named("Problem"))),
    ]


def test_data_that_is_told_apart_by_a_property_may_be_unknown() -> None:
    described, _ = lowered(
        stream_document(
            """
            type: object
            properties:
              data:
                oneOf:
                  - {type: object, title: A, required: [type], properties: {type: {const: a}}}
                  - {type: object, title: B, required: [type], properties: {type: {const: b}}}
            """
        )
    )
    assert only_stream(described).may_be_unknown


def test_events_may_be_told_apart_by_their_type_and_by_a_property_of_their_data_at_once() -> None:
    described, found = lowered(
        stream_document(
            """
            type: object
            required: [event, data]
            properties:
              event: {type: string, enum: [started, done]}
              data:
                oneOf:
                  - {title: A, type: object, required: [type], properties: {type: {const: started}}}
                  - {title: B, type: object, required: [type], properties: {type: {const: done}}}
            """
        )
    )
    stream = only_stream(described)
    assert stream.content == Envelopes(
        (EventVariant("ChatCreateEvent", ("started", "done"), DataKind.JSON),),
        tag="type",
    )
    assert stream.may_be_unknown
    assert found == []


@pytest.mark.parametrize(
    ("required", "names"), [("event", ("started", "done")), ("", ("started", "done", "message"))]
)
def test_an_event_of_several_types_is_of_no_other(required: str, names: tuple[str, ...]) -> None:
    described, _ = lowered(
        stream_document(
            f"""
            type: object
            required: [{required}]
            properties:
              event: {{type: string, enum: [started, done]}}
              data: {{type: string}}
            """
        )
    )
    stream = only_stream(described)
    assert stream.content == Envelopes((EventVariant("ChatCreateEvent", names, DataKind.TEXT),))
    assert stream.may_be_unknown
    model = described.definitions["ChatCreateEvent"]
    assert isinstance(model, Model)
    assert model.fields[0].type == Choice(names)


@pytest.mark.parametrize(
    ("event", "model", "names"),
    [
        ("{const: a}", "ChatCreateAEvent", ("a",)),
        ("{enum: [a, null]}", "ChatCreateAEvent", ("a", "message")),
        ("{const: message}", "ChatCreateEvent", ()),
    ],
)
def test_the_only_event_is_called_by_its_type_unless_that_is_the_type_of_any(
    event: str, model: str, names: tuple[str, ...]
) -> None:
    described, _ = lowered(
        stream_document(f"type: object\nproperties: {{event: {event}, data: {{type: string}}}}")
    )
    assert only_stream(described).content == Envelopes((EventVariant(model, names, DataKind.TEXT),))


def test_one_of_several_events_may_be_a_message() -> None:
    stream, found = _told_apart("{const: message}", "{const: b}")
    assert isinstance(stream.content, Envelopes)
    assert [one.names for one in stream.content.variants] == [("message",), ("b",)]
    assert found == []


def test_the_type_of_an_event_is_always_there_and_fields_have_their_descriptions() -> None:
    described, _ = lowered(
        stream_document(
            """
            type: object
            properties:
              event: {const: beat, description: Which.}
              data: {type: string, description: What.}
              id: {type: string}
            """
        )
    )
    model = described.definitions["ChatCreateBeatEvent"]
    assert isinstance(model, Model)
    assert [(one.name, one.required, one.description) for one in model.fields] == [
        ("event", True, "Which."),
        ("data", False, "What."),
        ("id", False, None),
    ]


def test_null_is_none_of_several_events() -> None:
    schema = "oneOf: [{type: object, properties: {data: {}}}, {type: 'null'}]"
    described, found = lowered(stream_document(schema))
    assert only_stream(described).content == Envelopes(
        (EventVariant("ChatCreateEvent", (), DataKind.JSON),)
    )
    assert found == []


DUAL = """
    paths:
      /chat:
        post:
          tags: [chat]
          operationId: complete
          %s
          requestBody:
            content:
              application/json:
                schema:
                  type: object
                  properties:
                    stream: {type: boolean}
                    live: {type: boolean}
                    prompt: {type: string}
          responses:
            '200':
              description: ok
              content:
                application/json: {schema: {type: string}}
                text/event-stream: {}
"""


@pytest.mark.parametrize(
    ("extension", "switch"),
    [
        ("", "stream"),
        ("x-speakeasy-sse-overload: true", "stream"),
        ("x-speakeasy-sse-overload: false", None),
        ("x-speakeasy-stream-request-field: live", "live"),
        (
            "x-speakeasy-stream-request-field: live\n          x-speakeasy-sse-overload: true",
            "live",
        ),
        (
            "x-speakeasy-stream-request-field: live\n          x-speakeasy-sse-overload: false",
            None,
        ),
        ("x-fern-streaming: {stream-condition: $request.live}", "live"),
    ],
)
def test_an_operation_that_answers_whole_or_as_a_stream_is_two_methods(
    extension: str, switch: str | None
) -> None:
    described, found = lowered(DUAL % extension)
    operation = only_operation(described)
    assert (operation.name, operation.stream_name) == ("complete", "stream")
    assert (operation.switch and operation.switch.parameter.wire) == switch
    wires = {one.wire for one in operation.parameters}
    assert wires == {"stream", "live", "prompt"} - {switch}
    assert found == []


@pytest.mark.parametrize("place", ["query", "header"])
def test_the_switch_may_be_a_parameter_of_the_query_or_the_headers(place: str) -> None:
    parameters = f"parameters: [{{name: stream, in: {place}, schema: {{type: boolean}}}}]"
    document = (DUAL % parameters).replace("stream: {type: boolean}", "other: {type: boolean}")
    operation = only_operation(lowered(document)[0])
    assert operation.switch is not None
    assert (operation.switch.parameter.wire, operation.switch.parameter.place) == ("stream", place)


def _choosing(schema: str, extension: str = "") -> str:
    return (DUAL % extension).replace("stream: {type: boolean}", f"how: {schema}")


@pytest.mark.parametrize(
    ("schema", "others"),
    [
        ("{type: string, enum: [sse, audio, text]}", Choice(("audio", "text"))),
        ("{type: string, const: sse}", None),
        ("{enum: [audio, sse, null]}", Union((Choice(("audio",)), Primitive.NONE))),
        ("{anyOf: [{type: string}, {enum: [sse]}]}", None),
        ("{$ref: '#/components/schemas/How'}", Choice(("audio",))),
    ],
)
def test_a_value_that_says_sse_is_a_switch(schema: str, others: TypeRef | None) -> None:
    how = "    components: {schemas: {How: {description: How., type: string, enum: [sse, audio]}}}"
    operation = only_operation(lowered(f"{_choosing(schema)}{how}\n")[0])
    assert operation.switch is not None
    assert (operation.switch.parameter.wire, operation.switch.value) == ("how", "sse")
    assert operation.switch.others == others


@pytest.mark.parametrize(
    ("schema", "extension"),
    [
        ("{type: string}", ""),
        ("{type: string, enum: [jsonl, audio]}", ""),
        ("{type: string, enum: [sse, audio]}", "x-speakeasy-sse-overload: false"),
        ("{type: string, enum: [sse, audio]}", "x-speakeasy-stream-request-field: form"),
    ],
)
def test_no_other_argument_is(schema: str, extension: str) -> None:
    assert only_operation(lowered(_choosing(schema, extension))[0]).switch is None


def test_of_two_arguments_that_could_ask_for_the_stream_none_is_guessed() -> None:
    document = _choosing("{enum: [sse, audio]}")
    other = document.replace("live: {type: boolean}", "also: {enum: [sse, text]}")
    assert only_operation(lowered(document)[0]).switch is not None
    assert only_operation(lowered(other)[0]).switch is None


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("text/event-stream: {}", "application/jsonl: {}"),  # which no one calls `sse`
        ("application/json: {schema: {type: string}}", ""),  # there is no whole answer
    ],
)
def test_a_value_that_says_sse_chooses_between_events_and_another_answer_alone(
    said: str, instead: str
) -> None:
    document = _choosing("{enum: [sse, audio]}").replace(said, instead)
    operation = only_operation(lowered(document)[0])
    assert operation.stream is not None
    assert operation.switch is None


@pytest.mark.parametrize(
    ("schema", "is_one"),
    [("{type: [boolean, 'null']}", True), ("{type: [boolean, string]}", False)],
)
def test_an_argument_that_may_be_more_than_a_boolean_is_no_switch(
    schema: str, *, is_one: bool
) -> None:
    document = (DUAL % "").replace("stream: {type: boolean}", f"stream: {schema}")
    assert (only_operation(lowered(document)[0]).switch is not None) is is_one


@pytest.mark.parametrize(
    ("schema", "default"), [("{const: true}", None), ("{type: boolean}", False)]
)
def test_no_switch_need_be_given_and_what_is_required_is_sent(
    schema: str, *, default: bool | None
) -> None:
    document = (DUAL % "").replace("stream: {type: boolean}", f"stream: {schema}")
    document = document.replace(
        "type: object\n", "type: object\n                  required: [stream]\n"
    )
    switch = only_operation(lowered(document)[0]).switch
    assert switch is not None
    assert (switch.parameter.required, switch.parameter.default) == (False, default)


@pytest.mark.parametrize(
    ("extension", "column"),
    [
        ("x-speakeasy-sse-overload: true", 33),
        ("x-speakeasy-stream-request-field: strem", 41),
        ("x-fern-streaming: {stream-condition: $request.strem}", 44),
    ],
)
def test_a_switch_that_no_argument_is_is_an_error_with_its_place(
    extension: str, column: int
) -> None:
    document = DUAL % extension
    if "overload" in extension:
        document = document.replace("stream: {type: boolean}", "strem: {type: boolean}")
    described, (error,) = lowered(document)
    assert (error.code, error.severity) == ("Streaming/UnknownParameter", Severity.ERROR)
    assert str(error.location) == f"test.yaml:9:{column}"
    assert "did you mean `str" in (error.hint or "")
    assert only_operation(described).switch is None


@pytest.mark.parametrize("sentinel", ["x-speakeasy-sse-sentinel", "x-sse-sentinel"])
def test_a_sentinel_is_declared_beside_the_schema(sentinel: str) -> None:
    described, found = lowered(stream_document(ENVELOPE, f"{sentinel}: '[DONE]'"))
    assert only_stream(described).terminator == Terminator("[DONE]", ())
    assert found == []


@pytest.mark.parametrize(
    ("extension", "allowed"),
    [("x-sdkgen-sse-schema: payload", "`event` or `data`"), ("x-sdkgen-sse-data: text", "`json`")],
)
def test_an_extension_with_a_wrong_value_is_an_error(extension: str, allowed: str) -> None:
    _, (error,) = lowered(stream_document(ENVELOPE, extension))
    assert (error.code, error.severity) == ("Stream/BadExtension", Severity.ERROR)
    assert allowed in error.message


FERN = """
    paths:
      /chat:
        post:
          tags: [chat]
          operationId: complete
          x-fern-streaming: %s
          responses:
            '200':
              description: ok
              content:
                application/json: {schema: {type: object, properties: {text: {type: string}}}}
"""


@pytest.mark.parametrize(
    ("said", "framing", "terminator", "resumable"),
    [
        ("true", "jsonl", None, False),
        ("{format: json}", "jsonl", None, False),
        ("{format: sse}", "sse", None, False),
        ("{format: sse, terminator: '[DONE]'}", "sse", "[DONE]", False),
        ("{format: sse, resumable: true}", "sse", None, True),
    ],
)
def test_fern_s_extension_declares_a_stream_of_what_the_response_describes(
    said: str, framing: str, terminator: str | None, resumable: bool
) -> None:
    described, found = lowered(FERN % said)
    operation = only_operation(described)
    stream = operation.stream
    assert stream is not None
    assert (stream.framing, stream.resumable) == (framing, resumable)
    assert stream.terminator == Terminator(terminator, ())
    assert stream.item == Named("ChatCompleteEvent")
    assert (operation.returns, operation.stream_name) == ((), None)
    assert found == []


def test_two_events_of_one_type_are_reported() -> None:
    event = "{type: object, properties: {event: {const: %s}, data: {type: string}}}"
    schema = "oneOf:\n" + "".join(f"- {event % name}\n" for name in ("a", "b", "a"))
    described, findings = lowered(stream_document(schema))
    (found,) = findings
    assert (found.code, found.severity) == ("Stream/SameType", Severity.WARNING)
    assert found.message.startswith("Another event of this stream has the type `a`: ")
    assert str(found.location) == "test.yaml:17:19"
    content = only_stream(described).content
    assert isinstance(content, Envelopes)
    assert [variant.names for variant in content.variants] == [("a",), ("b",), ("a",)]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("string", "test.yaml:17:27"),
        ("[string, 'null']", "test.yaml:17:27"),
        ("integer", None),
        ("[number, 'null']", None),
    ],
)
def test_a_retry_that_is_said_to_be_no_number_is_reported(said: str, place: str | None) -> None:
    event = f"type: object\nproperties:\n  retry:\n    type: {said}\n  data: {{type: string}}"
    described, findings = lowered(stream_document(event))
    assert [str(one.location) for one in findings] == ([] if place is None else [place])
    assert all(one.code == "Stream/RetryType" for one in findings)
    (model,) = described.definitions.values()
    assert isinstance(model, Model)
    assert model.fields[0].type is Primitive.INTEGER


def _told_apart(first: str, second: str, more: str = "") -> tuple[EventStream, list[Diagnostic]]:
    """A stream of two events, by the schemas of their `event`, which stand on lines 19 and 20."""
    document = stream_document(
        "oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]\n" + more
    )
    document += "components:\n  schemas:\n    K: {type: string, enum: [k]}\n"
    for name, event in (("A", first), ("B", second)):
        document += f"    {name}: {{type: object, properties: {{event: {event}, data: {{}}}}}}\n"
    described, found = lowered(document)
    stream = only_operation(described).stream
    assert stream is not None
    return stream, found


@pytest.mark.parametrize(
    ("event", "types"),
    [
        ("{$ref: '#/components/schemas/K'}", ("k",)),
        ("{allOf: [{$ref: '#/components/schemas/K'}], description: Which.}", ("k",)),
        ("{allOf: [{type: string}, {enum: [a]}]}", ("a",)),
        ("{oneOf: [{const: a}, {const: c}]}", ("a", "c")),
        ("{anyOf: [{const: a}, {type: 'null'}]}", ("a", "message")),
        ("{type: [string, 'null'], enum: [a, null]}", ("a", "message")),
    ],
)
def test_an_event_s_type_is_known_however_it_is_written(event: str, types: tuple[str, ...]) -> None:
    stream, found = _told_apart(event, "{const: b}")
    assert isinstance(stream.content, Envelopes)
    assert [one.names for one in stream.content.variants] == [types, ("b",)]
    assert (stream.may_be_unknown, found) == (True, [])


def test_a_discriminator_without_a_mapping_says_that_names_are_types() -> None:
    stream, found = _told_apart(
        "{type: string}", "{const: b}", "discriminator: {propertyName: event}"
    )
    assert isinstance(stream.content, Envelopes)
    assert [one.names for one in stream.content.variants] == [("A",), ("b",)]
    assert found == []


@pytest.mark.parametrize(("told_by", "names"), [("event", [("A",), ()]), ("data", [(), ()])])
def test_a_name_is_a_type_where_a_schema_has_one_and_events_are_told_apart_by_type(
    told_by: str, names: list[tuple[str, ...]]
) -> None:
    document = stream_document(
        f"""
        oneOf:
          - {{$ref: '#/components/schemas/A'}}
          - {{type: object, properties: {{event: {{type: string}}, data: {{}}}}}}
        discriminator: {{propertyName: {told_by}}}
        """
    )
    document += "components: {schemas: {A: {properties: {event: {type: string}, data: {}}}}}\n"
    content = only_stream(lowered(document)[0]).content
    assert isinstance(content, Envelopes)
    assert [one.names for one in content.variants] == names


@pytest.mark.parametrize(
    ("inner", "outer", "name"),
    [
        (", mapping: {a: A}", "discriminator: {propertyName: event, mapping: {x: A, b: B}}", "a"),
        ("", "description: Which of them is said further in.", "A"),
    ],
)
def test_the_discriminator_that_is_nearest_to_an_event_says_its_type(
    inner: str, outer: str, name: str
) -> None:
    document = stream_document(
        "oneOf: [{$ref: '#/components/schemas/Inner'}, {$ref: '#/components/schemas/B'}]\n" + outer
    )
    document += f"""\
components:
  schemas:
    Inner:
      oneOf: [{{$ref: '#/components/schemas/A'}}]
      discriminator: {{propertyName: event{inner}}}
    A: {{type: object, properties: {{event: {{type: string}}, data: {{}}}}}}
    B: {{type: object, properties: {{event: {{const: b}}, data: {{}}}}}}
"""
    content = only_stream(lowered(document)[0]).content
    assert isinstance(content, Envelopes)
    assert [one.names for one in content.variants] == [(name,), ("b",)]


def test_a_constant_counts_beside_what_a_mapping_calls_an_event() -> None:
    mapping = "{x: '#/components/schemas/A', b: '#/components/schemas/B'}"
    stream, _ = _told_apart(
        "{const: a}", "{const: b}", f"discriminator: {{propertyName: event, mapping: {mapping}}}"
    )
    assert isinstance(stream.content, Envelopes)
    assert [one.names for one in stream.content.variants] == [("x", "a"), ("b",)]


@pytest.mark.parametrize(
    ("event", "hint"),
    [
        ("{type: string}", "event: {type: string, const: a type of its own}"),
        ("{const: true}", "event: {type: string, const: a type of its own}"),
        ("{const: 1}", "An event's type is text: event: {const: '1'}"),
        ("{enum: [1]}", "An event's type is text: event: {const: '1'}"),
    ],
)
def test_events_that_nothing_tells_apart_are_warned_of(event: str, hint: str) -> None:
    _, found = _told_apart(event, event)
    assert [(one.code, one.hint) for one in found] == [("Stream/NoType", hint)] * 2
    assert [one.location.line for one in found if one.location] == [19, 20]


@pytest.mark.parametrize(("field", "column"), [("event", 40), ("data", 19)])
def test_events_that_nothing_tells_apart_are_warned_of_at_their_event_if_they_have_one(
    field: str, column: int
) -> None:
    members = f"- {{properties: {{{field}: {{}}}}}}\n" * 2
    _, found = lowered(stream_document(f"oneOf:\n{members}"))
    assert [one.code for one in found] == ["Stream/NoType"] * 2
    assert [str(one.location) for one in found] == [
        f"test.yaml:{line}:{column}" for line in (15, 16)
    ]


def test_one_event_may_be_what_all_others_are_not() -> None:
    stream, found = _told_apart("{type: string}", "{const: b}")
    assert isinstance(stream.content, Envelopes)
    assert [one.names for one in stream.content.variants] == [(), ("b",)]
    assert found == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("{allOf: [{type: string}], description: Words.}", DataKind.TEXT),
        ("{allOf: [{allOf: [{type: string}]}]}", DataKind.TEXT),
        ("{allOf: [{type: object}]}", DataKind.JSON),
        ("{type: [string, integer]}", DataKind.EITHER),
        ("{type: [string, 'null']}", DataKind.TEXT),
        ("{anyOf: [{allOf: [{type: string}]}, {type: object}]}", DataKind.EITHER),
    ],
)
def test_data_is_text_wherever_it_is_said(data: str, kind: DataKind) -> None:
    described, found = lowered(stream_document(f"{{type: object, properties: {{data: {data}}}}}"))
    content = only_stream(described).content
    assert isinstance(content, Envelopes)
    assert ([one.data for one in content.variants], found) == ([kind], [])


def test_a_union_in_all_of_is_one_of_events_that_have_more_in_common() -> None:
    schema = """
    allOf:
      - {type: object, properties: {id: {type: string}}, required: [id]}
      - oneOf:
          - {type: object, properties: {event: {const: a}, data: {type: string}}}
          - {type: object, properties: {event: {const: b}, data: {type: integer}}}
    """
    described, found = lowered(stream_document(schema))
    content = only_stream(described).content
    assert isinstance(content, Envelopes)
    assert [one.names for one in content.variants] == [("a",), ("b",)]
    for one in content.variants:
        model = described.definitions[one.model]
        assert isinstance(model, Model)
        assert {field.name for field in model.fields} == {"id", "event", "data"}
    assert found == []


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("x-speakeasy-sse-overload: 'true'", 'is "true"; it has to be `true` or `false`.'),
        ("x-speakeasy-sse-overload: 1", "is 1; it has to be `true` or `false`."),
        (
            "x-speakeasy-stream-request-field: true",
            "is true; it has to be the name of an argument: `stream`.",
        ),
    ],
)
def test_a_switch_of_speakeasy_s_that_is_none_is_an_error(said: str, message: str) -> None:
    document = stream_document("{}").replace("      tags: [chat]\n", f"      {said}\n")
    _, (found,) = lowered(document)
    assert (found.code, found.message) == (
        "Stream/BadExtension",
        f"`{said.split(':', maxsplit=1)[0]}` {message}",
    )
    assert str(found.location) == f"test.yaml:7:{7 + said.index(':') + 2}"


def test_data_and_types_that_go_in_circles_or_layers_come_to_an_end() -> None:
    layers = "".join(
        f"    T{at}: {{anyOf: [{{$ref: '#/components/schemas/T{at + 1}'}}, "
        f"{{$ref: '#/components/schemas/T{at + 1}'}}]}}\n"
        for at in range(40)
    )
    document = stream_document(
        "type: object\nproperties:\n  event: {$ref: '#/components/schemas/T0'}\n"
        "  data: {$ref: '#/components/schemas/A'}"
    )
    document += f"components:\n  schemas:\n{layers}    T40: {{const: a}}\n"
    document += "    A: {allOf: [{$ref: '#/components/schemas/B'}]}\n"
    document += "    B: {allOf: [{$ref: '#/components/schemas/A'}]}\n"
    described, _ = lowered(document)
    content = only_stream(described).content
    assert isinstance(content, Envelopes)
    assert [(one.names, one.data) for one in content.variants] == [(("a",), DataKind.JSON)]


@pytest.mark.parametrize(
    ("tag", "own"),
    [("type", None), ("kind", "kind"), ("@type", "@type"), ("name", None), ("Raw", None)],
)
def test_an_unknown_event_has_the_discriminator_unless_it_has_that_name_already(
    tag: str, own: str | None
) -> None:
    member = (
        "{{title: {0}, type: object, required: ['{1}'], properties: {{'{1}': {{const: {0}}}}}}}"
    )
    members = ", ".join(member.format(one, tag) for one in "ab")
    document = stream_document(f"oneOf: [{members}]", "x-sdkgen-sse-schema: data")
    stream = only_stream(lowered(document)[0])
    assert stream.may_be_unknown
    assert stream.own_tag == own
