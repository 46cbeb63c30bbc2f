"""Fern's extension for streams: what it may be, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lower.lowering import HEAD, lowered, only_operation
from sdkgen import source
from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics, Severity
from sdkgen.ir import api
from sdkgen.ir.streams import DataKind, Envelopes, Payloads
from sdkgen.ir.types import Model, Named, Primitive, TypeRef, optional
from sdkgen.lower import lower


def _document(said: str, media_type: str = "application/json", schema: str = "schema") -> str:
    return f"""{HEAD}paths:
  /chat:
    post:
      operationId: create
      tags: [chat]
      x-fern-streaming: {said}
      responses:
        '200':
          description: The answer.
          content:
            {media_type}: {{{schema}: {{$ref: '#/components/schemas/Chunk'}}}}
components:
  schemas:
    Chunk: {{type: object, properties: {{text: {{type: string}}}}}}
"""


@pytest.mark.parametrize(
    ("said", "framing", "media_types"),
    [
        ("true", "jsonl", ("application/json",)),
        ("{format: json}", "jsonl", ("application/json",)),
        ("{format: sse}", "sse", ()),
    ],
)
def test_the_declared_answer_is_the_schema_of_the_items(
    said: str, framing: str, media_types: tuple[str, ...]
) -> None:
    described, found = lowered(_document(said))
    stream = only_operation(described).stream
    assert stream is not None
    assert (stream.framing, stream.media_types, found) == (framing, media_types, [])
    assert isinstance(stream.content, Payloads)
    assert stream.content.type == Named("Chunk")


def test_an_item_schema_is_that_of_the_items() -> None:
    described, _ = lowered(_document("{format: sse}", "text/event-stream", "itemSchema"))
    stream = only_operation(described).stream
    assert stream is not None
    assert isinstance(stream.content, Payloads)
    assert stream.content.type == Named("Chunk")


@pytest.mark.parametrize(
    ("said", "media_type", "framing"),
    [
        ("{format: json}", "text/event-stream", "jsonl"),
        ("{format: sse}", "application/x-jsonl", "sse"),
    ],
)
def test_a_format_says_how_a_stream_is_read_whatever_it_is_declared_as(
    said: str, media_type: str, framing: str
) -> None:
    described, (warning,) = lowered(_document(said, media_type))
    stream = only_operation(described).stream
    assert stream is not None
    assert (stream.framing, stream.media_types) == (framing, (media_type,))
    assert stream.item == Named("Chunk")
    assert (warning.code, warning.severity) == ("Stream/Contradiction", Severity.WARNING)
    assert f"declared as `{media_type}`" in warning.message
    assert str(warning.location) == "test.yaml:8:34"


@pytest.mark.parametrize(
    ("said", "media_type", "framing"),
    [
        ("true", "text/event-stream", "sse"),
        ("{format: sse}", "text/event-stream", "sse"),
        ("{format: json}", "application/x-ndjson", "jsonl"),
        ("{format: json}", "application/json-seq", "json-seq"),
    ],
)
def test_without_a_contradiction_the_media_type_says_it(
    said: str, media_type: str, framing: str
) -> None:
    described, found = lowered(_document(said, media_type))
    stream = only_operation(described).stream
    assert stream is not None
    assert (stream.framing, stream.media_types, found) == (framing, (), [])


@pytest.mark.parametrize(
    ("format_", "media_types"),
    [("format: json,", ("application/json",)), ("", ("application/json",)), ("format: sse,", ())],
)
def test_lines_that_an_argument_asks_for_may_be_called_what_the_document_has(
    format_: str, media_types: tuple[str, ...]
) -> None:
    said = f"{{{format_} stream-condition: $request.stream, response-stream: {{type: integer}}}}"
    body = "{content: {application/json: {schema: {properties: {stream: {type: boolean}}}}}}"
    document = _document(said).replace("tags:", f"requestBody: {body}\n      tags:")
    described, found = lowered(document)
    operation = only_operation(described)
    assert operation.stream is not None
    assert (operation.stream.item, operation.stream.media_types) == (
        Primitive.INTEGER,
        media_types,
    )
    assert operation.switch is not None
    assert ([one.type for one in operation.returns], found) == ([Named("Chunk")], [])


BYTES = [
    ("application/octet-stream", "{type: string, format: binary}"),
    ("application/octet-stream", "{type: string}"),
    ("audio/mpeg", "{}"),
    ("'*/*'", "{type: string, format: binary}"),
]


def _answer(said: str, content: str) -> str:
    declared = "application/json: {schema: {$ref: '#/components/schemas/Chunk'}}"
    return _document(said).replace(declared, content)


@pytest.mark.parametrize(("media_type", "schema"), BYTES)
def test_bytes_are_no_stream_of_items_and_come_in_pieces_anyway(
    media_type: str, schema: str
) -> None:
    described, found = lowered(_answer("true", f"{media_type}: {{schema: {schema}}}"))
    operation = only_operation(described)
    assert operation.stream is None
    assert [one.kind for one in operation.returns] == [api.Kind.BINARY]
    assert found == []


@pytest.mark.parametrize("said", ["{format: sse}", "{stream-condition: $request.stream}"])
def test_what_is_said_of_bytes_and_is_not_so_is_warned_of(said: str) -> None:
    described, (warning,) = lowered(_answer(said, "audio/mpeg: {}"))
    operation = only_operation(described)
    assert (operation.stream, operation.returns[0].kind) == (None, api.Kind.BINARY)
    assert (warning.code, warning.severity) == ("Stream/NoItems", Severity.WARNING)
    assert "POST /chat answers with bytes (`audio/mpeg`)" in warning.message
    assert str(warning.location) == "test.yaml:8:7"


@pytest.mark.parametrize(
    ("said", "content", "item"),
    [
        ("true", "application/octet-stream: {schema: {type: integer}}", Primitive.INTEGER),
        ("true", "application/octet-stream: {itemSchema: {type: integer}}", Primitive.INTEGER),
        ("{response-stream: {type: integer}}", "audio/mpeg: {}", Primitive.INTEGER),
        ("{format: sse}", "'*/*': {schema: {}}", Primitive.ANY),
    ],
)
def test_where_items_are_described_there_are_some(said: str, content: str, item: TypeRef) -> None:
    described, found = lowered(_answer(said, content))
    stream = only_operation(described).stream
    assert stream is not None
    assert (stream.item, found) == (item, [])


def test_bytes_beside_the_items_are_not_taken_for_them() -> None:
    content = "{audio/mpeg: {}, application/json: {schema: {type: integer}}}"
    described, (warning,) = lowered(_answer("true", content))
    stream = only_operation(described).stream
    assert stream is not None
    assert (stream.item, stream.media_types) == (Primitive.INTEGER, ("application/json",))
    assert (warning.code, "`audio/mpeg` is left out" in warning.message) == (
        "Response/MediaType",
        True,
    )


UNION = """
components:
  schemas:
    Chunk:
      oneOf:
        - {title: Beat, type: object, required: [event], properties: {event: {const: beat}}}
        - title: Text
          type: object
          required: [event, data]
          properties: {event: {const: text}, data: {type: string}%s}
      discriminator: {propertyName: event%s}
"""


@pytest.mark.parametrize(
    ("foreign", "context", "are_events"),
    [
        ("", "", True),
        ("", ", x-fern-discriminator-context: protocol", True),
        ("", ", x-fern-discriminator-context: data", False),
        (", size: {type: integer}", "", False),
    ],
)
@pytest.mark.parametrize("media_type", ["application/json", "text/event-stream"])
def test_a_union_of_nothing_but_events_is_one_unless_it_is_told(
    foreign: str, context: str, media_type: str, *, are_events: bool
) -> None:
    document, _, _ = _document("{format: sse}", media_type).partition("components:\n")
    described, found = lowered(document + UNION % (foreign, context))
    stream = only_operation(described).stream
    assert stream is not None
    assert found == []
    if are_events:
        assert isinstance(stream.content, Envelopes)
        assert [(one.names, one.data) for one in stream.content.variants] == [
            (("beat",), None),
            (("text",), DataKind.TEXT),
        ]
    else:
        assert isinstance(stream.content, Payloads)


@pytest.mark.parametrize(
    ("foreign", "context", "kind"),
    [
        (", size: {type: integer}", "data", Payloads),
        ("", "data", Payloads),
        ("", "protocol", Envelopes),
    ],
)
def test_where_events_are_told_apart_is_obeyed_without_the_rest_of_the_extension(
    foreign: str, context: str, kind: type
) -> None:
    document, _, _ = _document("{format: sse}", "text/event-stream").partition("components:\n")
    alone = "".join(line for line in document.splitlines(True) if "x-fern-streaming" not in line)
    said = f", x-fern-discriminator-context: {context}"
    described, found = lowered(alone + UNION % (foreign, said))
    stream = only_operation(described).stream
    assert stream is not None
    assert isinstance(stream.content, kind)
    assert found == []


@pytest.mark.parametrize(
    ("root", "said", "resumable"),
    [
        ("{resumable: true}", "{format: sse}", True),
        ("{resumable: true}", "true", True),
        ("{resumable: true}", "{format: sse, resumable: false}", False),
        ("{resumable: 1}", "{format: sse}", False),
        ("true", "{format: sse}", False),
    ],
)
def test_all_streams_may_be_said_to_be_resumable(root: str, said: str, *, resumable: bool) -> None:
    described, found = lowered(f"{_document(said)}x-fern-streaming: {root}\n")
    stream = only_operation(described).stream
    assert stream is not None
    assert (stream.resumable, found) == (resumable, [])


@pytest.mark.parametrize("said", ["false", "null"])
def test_without_it_there_is_no_stream(said: str) -> None:
    described, found = lowered(_document(said))
    assert (only_operation(described).stream, found) == (None, [])


@pytest.mark.parametrize(
    ("said", "message", "hint", "column"),
    [
        ("sse", "`x-fern-streaming` is neither `true` nor an object.", "true, or {fo", 25),
        ("[sse]", "`x-fern-streaming` is neither `true` nor an object.", "true, or {fo", 25),
        ("{format: SSE}", '`format` is "SSE", and can be `sse` or `json`.', "sse", 34),
        ("{format: text}", '`format` is "text", and can be `sse` or `json`.', "sse", 34),
        (
            "{terminator: [DONE]}",
            '`terminator` is ["DONE"], which is no text.',
            "terminator: '",
            38,
        ),
        (
            f"{{format: [{'x' * 99}]}}",
            f'`format` is ["{"x" * 38}…, and can be `sse` or `json`.',
            "sse",
            34,
        ),
        ("{terminator: 1}", "`terminator` is 1, which is no text.", "terminator: '[DONE]'", 38),
        ("{resumable: yes}", '`resumable` is "yes", which is no boolean.', "resumable: true", 37),
    ],
)
def test_a_wrong_value_is_an_error_with_its_place(
    said: str, message: str, hint: str, column: int
) -> None:
    _, (found,) = lowered(_document(said))
    assert (found.code, found.message) == ("Stream/BadExtension", message)
    assert str(found.location) == f"test.yaml:8:{column}"
    assert str(found.hint).startswith(f"Write `{hint}")


@pytest.mark.parametrize(
    ("said", "near", "framing"),
    [
        ("ssse", "sse", "sse"),
        ("jsonl", "json", "jsonl"),
        ("JSON", "json", "jsonl"),
        ("text", "sse", "sse"),
    ],
)
def test_a_wrong_format_is_taken_for_the_one_that_it_is_like(
    said: str, near: str, framing: str
) -> None:
    described, (found,) = lowered(_document(f"{{format: {said}}}"))
    stream = only_operation(described).stream
    assert stream is not None
    assert (found.hint, stream.framing) == (f"Write `{near}`.", framing)


@pytest.mark.parametrize("key", ["terminator", "stream-condition"])
def test_a_text_that_is_blank_is_none(key: str) -> None:
    _, (found,) = lowered(_document(f"{{{key}: ' '}}"))
    assert (found.code, found.severity) == ("Stream/BadExtension", Severity.ERROR)
    assert str(found.location) == f"test.yaml:8:{28 + len(key)}"


@pytest.mark.parametrize(
    ("said", "code", "column"),
    [
        ("{response-stream: Chunk}", "Schema/Malformed", 43),
        ("{response-stream: {properties: true}}", "Schema/Malformed", 56),
        ("{response: {$ref: '#/components/schemas/Chat'}}", "Ref/Dangling", 43),
    ],
)
def test_its_schemas_are_checked_like_all_others(said: str, code: str, column: int) -> None:
    described, (found,) = lowered(_document(said))
    assert (found.code, str(found.location)) == (code, f"test.yaml:8:{column}")
    assert only_operation(described).stream is not None


def test_its_schemas_are_read_like_all_others() -> None:
    said = "{response-stream: {type: object, properties: {text: {type: string, nullable: true}}}}"
    described, found = lowered(_document(said).replace("openapi: 3.1.0", "openapi: 3.0.3"))
    stream = only_operation(described).stream
    assert stream is not None
    assert isinstance(stream.content, Payloads)
    assert isinstance(stream.content.type, Named)
    model = described.definitions[stream.content.type.name]
    assert isinstance(model, Model)
    assert model.fields[0].type == optional(Primitive.STRING)
    assert found == []


def test_its_schemas_may_be_in_other_files(tmp_path: Path) -> None:
    said = "{response-stream: {$ref: 'piece.yaml'}}"
    (tmp_path / "api.yaml").write_text(_document(said), "utf-8")
    (tmp_path / "piece.yaml").write_text("type: object\nproperties: {n: {type: integer}}", "utf-8")
    diagnostics = Diagnostics()
    described = lower(source.read(str(tmp_path / "api.yaml"), diagnostics), Config(), diagnostics)
    model = described.definitions["Piece"]
    assert isinstance(model, Model)
    assert [field.name for field in model.fields] == ["n"]
    assert list(diagnostics) == []
