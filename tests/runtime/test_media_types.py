"""Under which media types streams are read, and what is said of those of another kind."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any, Final

import pydantic
import pytest

import sdkgen_runtime as rt
from servers.scripted import ScriptedServer, answer

pytestmark = pytest.mark.anyio

Serve = Callable[..., ScriptedServer]
Connect = Callable[..., Any]


class Piece(pydantic.BaseModel):
    n: int


EVENTS: Final = rt.StreamOperation[Piece]("GET", "/chat", events=rt.Payloads(lambda: Piece))
LINES: Final = dataclasses.replace(EVENTS, framing="jsonl")
RECORDS: Final = dataclasses.replace(EVENTS, framing="json-seq")
NO_EVENTS: Final = "instead of server-sent events (text/event-stream)"


@pytest.mark.parametrize(
    "media_type",
    [
        *("application/jsonl", "application/x-ndjson", "application/jsonlines", "text/jsonl"),
        *("application/x-jsonl", "application/json-lines", "application/nd-json", "text/x-ndjson"),
        *("application/x-json-stream", "application/x-ldjson", "application/stream+json"),
        *("application/vnd.acme.v1+ndjson", "Application/JSONLines; charset=utf-8"),
    ],
)
async def test_lines_of_json_are_read_under_each_of_their_names(
    serve: Serve, connect: Connect, media_type: str
) -> None:
    server = serve(answer(b'{"n":1}\n{"n":2}\n', media_type=media_type))
    async with connect(server) as client, await client.stream(LINES) as items:
        assert await items.collect() == [Piece(n=1), Piece(n=2)]


@pytest.mark.parametrize("media_type", ["application/json-seq", "application/geo+json-seq"])
async def test_a_json_text_sequence_is_read_under_a_suffix_too(
    serve: Serve, connect: Connect, media_type: str
) -> None:
    server = serve(answer(b'\x1e{"n":1}\n', media_type=media_type))
    async with connect(server) as client, await client.stream(RECORDS) as items:
        assert await items.collect() == [Piece(n=1)]


@pytest.mark.parametrize(
    ("operation", "media_type", "message"),
    [
        (
            LINES,
            "text/event-stream",
            "server-sent events (text/event-stream) instead of lines of JSON (application/jsonl)",
        ),
        (
            EVENTS,
            "application/x-ndjson; charset=utf-8",
            f"lines of JSON (application/x-ndjson) {NO_EVENTS}",
        ),
        (
            EVENTS,
            "application/json-seq",
            f"a JSON text sequence (application/json-seq) {NO_EVENTS}",
        ),
        (EVENTS, "application/json", "a body of type application/json instead of a stream"),
        (LINES, "image/jsonl", "a body of type image/jsonl instead of a stream"),
        (LINES, "application/geo+json", "a body of type application/geo+json instead of a stream"),
    ],
)
async def test_a_stream_of_another_kind_is_an_error_that_names_both(
    serve: Serve,
    connect: Connect,
    operation: rt.StreamOperation[Piece],
    media_type: str,
    message: str,
) -> None:
    server = serve(answer(b'data: {"n":1}\n\n', media_type=media_type))
    async with connect(server) as client:
        with pytest.raises(rt.APIResponseValidationError, match=re.escape(message)):
            await client.stream(operation)
