"""Fern's extension for streams: what it may be, and what is wrong with it."""

from __future__ import annotations

import pytest

from generator.lower.lowering import HEAD, lowered, only_operation
from sdkgen.ir import api
from sdkgen.ir.types import Named


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
    assert isinstance(stream.content, api.Payloads)
    assert stream.content.type == Named("Chunk")


def test_an_item_schema_is_that_of_the_items() -> None:
    described, _ = lowered(_document("{format: sse}", "text/event-stream", "itemSchema"))
    stream = only_operation(described).stream
    assert stream is not None
    assert isinstance(stream.content, api.Payloads)
    assert stream.content.type == Named("Chunk")


def test_what_is_declared_as_events_is_no_lines_of_json() -> None:
    described, _ = lowered(_document("{format: json}", "text/event-stream"))
    stream = only_operation(described).stream
    assert stream is not None
    assert stream.framing == "sse"


@pytest.mark.parametrize("said", ["false", "null"])
def test_without_it_there_is_no_stream(said: str) -> None:
    described, found = lowered(_document(said))
    assert (only_operation(described).stream, found) == (None, [])


@pytest.mark.parametrize(
    ("said", "message", "hint", "column"),
    [
        ("sse", "`x-fern-streaming` is neither `true` nor an object.", "true, or {fo", 25),
        ("[sse]", "`x-fern-streaming` is neither `true` nor an object.", "true, or {fo", 25),
        ("{format: SSE}", "`format` is 'SSE', and can be `sse` or `json`.", "sse", 34),
        ("{format: text}", "`format` is 'text', and can be `sse` or `json`.", "sse", 34),
        (
            "{terminator: [DONE]}",
            "`terminator` is ['DONE'], which is no text.",
            "terminator: '",
            38,
        ),
        ("{terminator: 1}", "`terminator` is 1, which is no text.", "terminator: '[DONE]'", 38),
        ("{resumable: yes}", "`resumable` is 'yes', which is no boolean.", "resumable: true", 37),
        ("{response-stream: Chunk}", "`response-stream` is no schema.", "response-stream: {$", 43),
        (
            "{response: {$ref: '#/components/schemas/Chat'}}",
            "`response`: there is nothing at `#/components/schemas/Chat`.",
            "response: {$ref",
            36,
        ),
    ],
)
def test_a_wrong_value_is_an_error_with_its_place(
    said: str, message: str, hint: str, column: int
) -> None:
    _, (found,) = lowered(_document(said))
    assert (found.code, found.message) == ("Stream/BadExtension", message)
    assert str(found.location) == f"test.yaml:8:{column}"
    assert str(found.hint).startswith(f"Write `{hint}")
