"""A generated package, sync and async, against a server that follows its script to the byte."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from packages import generate
from servers.scripted import (
    LAST_CHUNK,
    Fin,
    Gate,
    Hold,
    Pause,
    Reset,
    ScriptedServer,
    Step,
    answer,
    chunk,
    stream_head,
)

Sdk = Callable[[str], ModuleType]
Read = Callable[..., list[str]]

TEXT = "Grüße, 世界 🌍"
EVENT = f'data: {{"content": "{TEXT}"}}'.encode()
DONE = b"data: [DONE]\r\n\r\n"
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def parley(sdk: Sdk) -> ModuleType:
    return sdk("chat/openapi.yaml")


@pytest.fixture(params=["sync", "async"])
def read(request: pytest.FixtureRequest, parley: ModuleType) -> Read:
    """Reads the stream of a scripted server to its end, with either client."""

    def in_thread(server: ScriptedServer, **options: Any) -> list[str]:
        with parley.Parley(base_url=server.url, **options) as client:
            with client.chat.create(prompt="x") as stream:
                return [event.data.content for event in stream]

    async def in_loop(server: ScriptedServer, **options: Any) -> list[str]:
        async with parley.AsyncParley(base_url=server.url, **options) as client:
            async with client.chat.create(prompt="x") as stream:
                return [event.data.content async for event in stream]

    if request.param == "sync":
        return in_thread
    return lambda server, **options: asyncio.run(in_loop(server, **options))


def _cut(stream: bytes, *places: int) -> list[Step]:
    """A whole stream, sent in pieces that end at these places."""
    ends = [*places, len(stream)]
    pieces = [stream[start:end] for start, end in zip([0, *places], ends, strict=True)]
    return [stream_head(), *(chunk(piece) for piece in pieces if piece), LAST_CHUNK]


STREAM = BOM + EVENT + b"\r\n\r\n" + EVENT + b"\r\n\r\n" + DONE


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(1, id="inside the BOM"),
        pytest.param(STREAM.index(b"\r\n") + 1, id="inside CRLF"),
        pytest.param(STREAM.index(b"\r\n") + 2, id="between CRLF and CRLF"),
        pytest.param(STREAM.index("ü".encode()) + 1, id="inside a character of two bytes"),
        pytest.param(STREAM.index("🌍".encode()) + 2, id="inside a character of four bytes"),
        pytest.param(STREAM.index(b"[DO") + 2, id="inside the sentinel"),
    ],
)
def test_the_cut_of_a_stream_does_not_matter(place: int, read: Read) -> None:
    with ScriptedServer(_cut(STREAM, place)) as server:
        assert read(server) == [TEXT, TEXT]


def test_a_stream_may_come_byte_by_byte(read: Read) -> None:
    with ScriptedServer(_cut(STREAM, *range(1, len(STREAM)))) as server:
        assert read(server) == [TEXT, TEXT]


def test_a_delay_is_waited_for(read: Read) -> None:
    late: list[Step] = [stream_head(), chunk(EVENT + b"\n\n"), Pause(0.2), chunk(DONE), LAST_CHUNK]
    with ScriptedServer(late) as server:
        assert read(server) == [TEXT]


def test_an_event_is_given_before_the_next_one_is_sent(parley: ModuleType) -> None:
    gate = Gate()
    script: list[Step] = [stream_head(), chunk(EVENT + b"\n\n"), gate, chunk(DONE), LAST_CHUNK]
    with ScriptedServer(script) as server, parley.Parley(base_url=server.url) as client:
        with client.chat.create(prompt="x") as stream:
            assert next(stream).data.content == TEXT
            gate.open()
            assert list(stream) == []


@pytest.mark.parametrize("drop", [Fin, Reset])
def test_a_drop_in_the_middle_of_an_event_is_an_interruption(
    drop: type[Any], read: Read, parley: ModuleType
) -> None:
    script: list[Step] = [stream_head(), chunk(EVENT + b"\n\n" + EVENT[:9]), drop()]
    with ScriptedServer(script) as server:
        with pytest.raises(parley.StreamInterruptedError) as raised:
            read(server)
    assert raised.value.events_seen == 1
    assert isinstance(raised.value, parley.APIConnectionError)


def test_an_error_status_is_its_error(read: Read, parley: ModuleType) -> None:
    script = answer(b'{"message": "too many words"}', "422 Unprocessable Entity")
    with ScriptedServer(script) as server:
        with pytest.raises(parley.UnprocessableEntityError, match="too many words") as raised:
            read(server, max_retries=0)
    assert raised.value.body == parley.models.Problem(message="too many words")


def test_a_stream_that_stays_open_after_its_sentinel_ends(read: Read) -> None:
    script: list[Step] = [stream_head(), chunk(EVENT + b"\n\n" + DONE), Hold()]
    with ScriptedServer(script) as server:
        started = time.monotonic()
        assert read(server) == [TEXT]
        assert time.monotonic() - started < 5, "the server would have held it for longer"
        server.wait_until_released()


def test_leaving_early_releases_the_connection(parley: ModuleType) -> None:
    script: list[Step] = [stream_head(), chunk((EVENT + b"\n\n") * 3), Hold()]
    with ScriptedServer(script) as server, parley.Parley(base_url=server.url) as client:
        with client.chat.create(prompt="x") as stream:
            for _ in stream:
                break
        server.wait_until_released()


TEXTS = """
openapi: 3.1.0
info: {title: Plain words, version: '1'}
paths:
  /words:
    get:
      responses:
        '200':
          description: ok
          content:
            text/event-stream: {x-sdkgen-sse-schema: data, schema: {type: string}}
"""


def test_data_that_is_text_is_given_as_it_came_though_it_may_look_like_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(TEXTS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module(generate(spec, tmp_path))
    said = ["10", "null", '{"a":1}', '"quoted"', "plain"]
    events = "".join(f"data: {one}\n\n" for one in said).encode()
    with ScriptedServer([stream_head(), chunk(events), LAST_CHUNK]) as server:
        with module.PlainWords(base_url=server.url) as client, client.words.list() as stream:
            assert list(stream) == said
