"""Streams over HTTP/2, where many share one connection: it is not to be cut for one of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

import sdkgen_runtime as rt
from sdkgen_runtime.cutoff import Cutoff
from servers import hypercorn_server
from servers.scripted import PATIENCE, Hold, ScriptedServer, Step

TICKS: Final = rt.StreamOperation[Any]("GET", "/ticks", events=rt.Payloads(lambda: int))


over: Final[list[str]] = []
"""What the server is done with."""


async def ticks(request: Request) -> StreamingResponse:
    """So many numbers, and then nothing more."""
    count = int(request.query_params["count"])

    async def numbers() -> AsyncIterator[str]:
        for number in range(count):
            yield f"data: {number}\n\n"
        await asyncio.sleep(PATIENCE)
        over.append("silence")

    return StreamingResponse(numbers(), media_type="text/event-stream")


@pytest.fixture
def client() -> Iterator[rt.Transport]:
    over.clear()
    with (
        hypercorn_server.running(Starlette(routes=[Route("/ticks", ticks)])) as url,
        httpx.Client(http1=False, http2=True) as http,
    ):
        api = rt.Api("parley", "1", (rt.Server(url),))
        yield rt.Transport(api, credentials={}, base_url=None, http_client=http)


def silent(client: rt.Transport, count: int, timeout: rt.Timeout) -> rt.EventStream[int]:
    arguments = rt.Arguments(query={"count": count})
    return client.stream(TICKS, arguments, timeout=timeout, max_retries=0)


def test_the_limit_of_a_whole_stream_holds_while_the_server_is_silent(
    client: rt.Transport,
) -> None:
    with silent(client, 2, rt.Timeout(total=1, idle=None)) as stream:
        assert stream.response.http_version == "HTTP/2"
        assert [next(stream), next(stream)] == [0, 1]
        with pytest.raises(rt.StreamTimeoutError, match=r"longer than 1 seconds in all"):
            next(stream)
    assert over == []


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (rt.Timeout(first_event=1, idle=None), "No event came within 1 seconds"),
        (rt.Timeout(total=1, idle=PATIENCE), "longer than 1 seconds in all"),
    ],
)
def test_a_limit_is_told_from_silence_however_late_the_clock_is_looked_at(
    client: rt.Transport, limits: rt.Timeout, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cutoff, "cut", lambda _: None)
    with (
        silent(client, 0, limits) as stream,
        pytest.raises(rt.StreamTimeoutError, match=said),
    ):
        next(stream)
    assert over == []


def test_the_limit_of_the_first_event_is_none_of_those_that_follow(client: rt.Transport) -> None:
    with (
        silent(client, 0, rt.Timeout(first_event=1, idle=None)) as stream,
        pytest.raises(rt.StreamTimeoutError, match=r"No event came within 1 seconds"),
    ):
        next(stream)
    assert over == []
    with silent(client, 1, rt.Timeout(first_event=PATIENCE / 2, idle=0.3)) as stream:
        assert next(stream) == 0
        with pytest.raises(rt.StreamTimeoutError, match=r"silent for 0\.3 seconds"):
            next(stream)


SETTINGS: Final = b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"
LARGER_BY_NOTHING: Final = b"\x00\x00\x04\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"
"""A frame that makes a window larger."""
LESS_THAN_A_SETTING: Final = b"\x00\x00\x05\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"


def _ask(url: str, *, http2: bool = True, **options: Any) -> None:
    with httpx.Client(http1=not http2, http2=http2) as http:
        api = rt.Api("parley", "1", (rt.Server(url),))
        client = rt.Transport(api, credentials={}, base_url=None, http_client=http)
        client.stream(TICKS, rt.Arguments(), **{"max_retries": 0, **options})


@pytest.mark.parametrize("frame", [LARGER_BY_NOTHING, LESS_THAN_A_SETTING])
def test_what_a_server_sends_against_the_protocol_is_not_laid_to_the_request(
    frame: bytes,
) -> None:
    with ScriptedServer([SETTINGS, frame, Hold()]) as server:
        with pytest.raises(rt.APIConnectionError, match=r"^No answer from 127\.0\.0\.1: "):
            _ask(server.url)


def test_nor_where_the_call_is_made_in_the_place_of_another_one() -> None:
    with (
        ScriptedServer([b"no HTTP\r\n\r\n", Hold()]) as first,
        ScriptedServer([SETTINGS, LARGER_BY_NOTHING, Hold()]) as second,
    ):
        try:
            _ask(first.url, http2=False)
        except rt.APIConnectionError:
            with pytest.raises(rt.APIConnectionError, match=r"^No answer from 127\.0\.0\.1: "):
                _ask(second.url)


def test_it_may_be_sent_again_then() -> None:
    broken: list[Step] = [SETTINGS, LARGER_BY_NOTHING, Hold()]
    with ScriptedServer(broken, broken) as server:
        with pytest.raises(rt.APIConnectionError):
            _ask(server.url, max_retries=1)
        assert server.total == 2


def test_a_request_that_cannot_be_sent_is_not_laid_to_the_server() -> None:
    with ScriptedServer([SETTINGS, Hold()]) as server:
        with pytest.raises(rt.APIConnectionError, match=r"cannot be sent: Invalid value for TE"):
            _ask(server.url, extra_headers={"TE": "gzip"}, max_retries=1)
        assert server.counted() == 1
