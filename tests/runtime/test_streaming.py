"""The lifecycle of streams, against a server that does what its script says, to the byte."""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import gzip
import json
import random
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, Literal

import anyio
import httpx
import pydantic
import pytest

import sdkgen_runtime as rt
from runtime.clients import TOKEN, Client, SlowToClose, connected
from servers.scripted import (
    LAST_CHUNK,
    PATIENCE,
    Fin,
    Gate,
    Hold,
    Pause,
    Reset,
    Script,
    ScriptedServer,
    Step,
    answer,
    chunk,
    head,
    stream,
    stream_head,
)

pytestmark = pytest.mark.anyio

Serve = Callable[..., ScriptedServer]
Connect = Callable[..., Any]


class Piece(pydantic.BaseModel):
    n: int
    text: str = ""


class Completion(pydantic.BaseModel):
    event: Literal["completion"]
    id: str | None = None
    data: Piece


class Problem(pydantic.BaseModel):
    message: str


PIECES: Final = rt.StreamOperation[Piece](
    "POST",
    "/chat",
    returns=(rt.json("200", lambda: Piece),),
    raises=(rt.json("422", lambda: Problem),),
    events=rt.Payloads(lambda: Piece, sentinel="[DONE]"),
)
ENDLESS: Final = rt.StreamOperation[Piece]("GET", "/chat", events=rt.Payloads(lambda: Piece))
TERMINATED: Final = rt.StreamOperation[Piece](
    "GET", "/chat", events=rt.Payloads(lambda: Piece, terminators=("done",))
)
TAGGED: Final = rt.StreamOperation[Piece](
    "GET", "/chat", events=rt.Payloads(lambda: Piece, tag="text", terminators=("done",))
)
NAMED: Final = rt.StreamOperation[Completion | rt.UnknownEvent](
    "GET", "/chat", events=rt.Envelopes(rt.Variant(lambda: Completion, ("completion",)))
)
RESUMABLE: Final = rt.StreamOperation[Piece](
    "GET", "/chat", events=rt.Payloads(lambda: Piece), resumable=True
)
LINES: Final = rt.StreamOperation[Piece](
    "GET", "/chat", events=rt.Payloads(lambda: Piece), framing="jsonl", resumable=True
)
RAW: Final = rt.StreamOperation[rt.ServerSentEvent]("GET", "/chat", events=rt.RawEvents())

DONE: Final = b"data: [DONE]\n\n"


def event(n: int, *lines: str) -> bytes:
    return "".join(f"{line}\n" for line in (*lines, f'data: {{"n":{n}}}')).encode() + b"\n"


def numbers(items: Sequence[Any]) -> list[int]:
    return [item.n for item in items]


def open_stream(*chunks: bytes) -> list[Step]:
    """A stream that does not end."""
    return [stream_head(), *map(chunk, chunks), Hold()]


# The call.


@pytest.mark.parametrize(
    "declared",
    [
        rt.empty("200"),
        rt.json("200", lambda: Piece),
        rt.json("200", lambda: Any, "*/*"),  # of any media type, and read as JSON
    ],
)
async def test_a_stream_that_is_not_declared_is_an_error_and_not_read_to_its_end(
    serve: Serve, connect: Connect, declared: Any
) -> None:
    operation = rt.Operation[Any]("GET", "/chat", returns=(declared,))
    server = serve(open_stream(event(1), event(2)))
    async with connect(server) as client:
        with pytest.raises(
            rt.APIResponseValidationError,
            match=r"server-sent events \(text/event-stream\), which this method does not read",
        ):
            await client.send(operation)
    server.wait_until_released()


@pytest.mark.parametrize("said", [b'{"error":"no"}', b"<html>\n\n</html>\n", b'{\n\n"n":1}'])
async def test_200_without_a_media_type_is_never_an_empty_stream(
    serve: Serve, connect: Connect, said: bytes
) -> None:
    server = serve([head(media_type=None), said, Fin()])
    async with connect(server) as client:
        items = await client.stream(ENDLESS)
        with pytest.raises(rt.APIResponseValidationError, match=f"{len(said)} bytes"):
            await items.collect()


@pytest.mark.parametrize("said", [b"", b": ping\n\n", b": ping\n", event(1)])
async def test_200_without_a_media_type_may_be_a_stream(
    serve: Serve, connect: Connect, said: bytes
) -> None:
    server = serve([head(media_type=None), said, Fin()])
    async with connect(server) as client:
        assert len(await (await client.stream(ENDLESS)).collect()) == said.count(b"data")


async def test_a_request_for_a_stream_can_be_looped_over(serve: Serve) -> None:
    server = serve(stream(event(1), event(2), DONE))
    async with connected("async", server) as client:
        opened = client.transport.open_stream(PIECES, rt.Arguments())
        assert server.requests == []
        assert numbers([item async for item in opened]) == [1, 2]
        assert [item async for item in opened] == []  # over, and not asked for again
    assert len(server.requests) == 1
    server.wait_until_released()


async def test_a_request_for_a_stream_can_be_collected_and_read_to_its_end(serve: Serve) -> None:
    server = serve(*[stream(event(1), event(2), DONE)] * 2)
    async with connected("async", server) as client:
        opened = client.transport.open_stream(PIECES, rt.Arguments())
        assert numbers([await anext(opened), *await opened.collect()]) == [1, 2]
        await client.transport.open_stream(PIECES, rt.Arguments()).until_done()
    assert len(server.requests) == 2
    server.wait_until_released()


async def test_a_request_for_a_stream_that_breaks_off_is_not_read_to_its_end(serve: Serve) -> None:
    async with connected("async", serve(stream(event(1)))) as client:
        with pytest.raises(rt.StreamTruncatedError):
            await client.transport.open_stream(PIECES, rt.Arguments()).until_done()


async def test_a_block_that_is_left_closes_the_stream_that_it_opened(serve: Serve) -> None:
    server = serve([stream_head(), chunk(event(1)), Hold()])
    async with connected("async", server) as client:
        async with client.transport.open_stream(PIECES, rt.Arguments()) as items:
            assert numbers([await anext(items)]) == [1]
        server.wait_until_released()
        with pytest.raises(rt.StreamError, match=CLOSED):
            await items.collect()


async def test_a_request_for_a_stream_is_sent_by_each_block_that_it_opens(serve: Serve) -> None:
    server = serve(*[stream(event(1), event(2), DONE)] * 2)
    async with connected("async", server) as client:
        opened = client.transport.open_stream(PIECES, rt.Arguments())
        for _ in range(2):
            async with opened as items:
                assert numbers([item async for item in items]) == [1, 2]
    assert len(server.requests) == 2
    server.wait_until_released()


async def test_what_reads_a_request_for_a_stream_sends_it_once_beside_its_blocks(
    serve: Serve,
) -> None:
    server = serve(*[stream(event(n), event(n + 1), DONE) for n in (1, 3, 5)])
    async with connected("async", server) as client:
        opened = client.transport.open_stream(PIECES, rt.Arguments())
        assert await anext(opened) == Piece(n=1)
        for n in (3, 5):
            async with opened as items:
                assert await anext(items) == Piece(n=n)
                assert numbers(await opened.collect()) == [n + 1]
        assert numbers([item async for item in opened]) == [2]
        assert await opened.collect() == []
    assert len(server.requests) == 3
    server.wait_until_released()


async def test_the_stream_of_a_loop_over_a_request_can_be_closed(serve: Serve) -> None:
    server = serve([stream_head(), chunk(event(1)), Hold()])
    async with connected("async", server) as client:
        opened = client.transport.open_stream(PIECES, rt.Arguments())
        await opened.aclose()  # nothing, as yet
        assert numbers([item async for item in opened if await opened.aclose() is None]) == [1]
        server.wait_until_released()
        with pytest.raises(rt.StreamError, match=CLOSED):
            await anext(aiter(opened))
    assert len(server.requests) == 1


async def test_a_request_for_a_stream_can_be_collected_again_after_a_failure(serve: Serve) -> None:
    server = serve([stream_head(), chunk(event(1)), Reset()], stream(event(2), DONE))
    async with connected("async", server, max_retries=0) as client:
        opened = client.transport.open_stream(PIECES, rt.Arguments())
        with pytest.raises(rt.StreamInterruptedError):
            await opened.collect()
        assert numbers(await opened.collect()) == [2]


async def test_a_request_for_a_stream_that_two_tasks_read_is_sent_once(serve: Serve) -> None:
    server = serve(stream(event(1), event(2), DONE))
    async with connected("async", server) as client:
        opened = client.transport.open_stream(PIECES, rt.Arguments())
        found = await asyncio.gather(anext(opened), anext(opened), return_exceptions=True)
        # One may have its item before the other begins to wait, or is told of it.
        assert found[0] == Piece(n=1)
        assert found[1] == Piece(n=2) or "waits for the next event" in str(found[1])
        await opened.until_done()
    assert len(server.requests) == 1
    server.wait_until_released()


@pytest.mark.parametrize("read", ["collect", "until_done"])
async def test_what_reads_a_request_in_its_block_reads_the_stream_of_the_block(
    serve: Serve, read: str
) -> None:
    server = serve(stream(event(1), DONE), stream(event(2), DONE))
    async with connected("async", server) as client:
        request = client.transport.open_stream(PIECES, rt.Arguments())
        async with request as items:
            await getattr(request, read)()
            assert [item async for item in items] == []
    assert len(server.requests) == 1


async def test_a_request_for_a_stream_has_one_block_at_a_time(serve: Serve) -> None:
    server = serve(answer(b"", "404 Not Found"), stream(event(1), DONE))
    async with connected("async", server) as client:
        opened = client.transport.open_stream(PIECES, rt.Arguments())
        with pytest.raises(rt.NotFoundError):
            await opened.__aenter__()
        async with opened as items:
            with pytest.raises(RuntimeError, match="has an open block"):
                await opened.__aenter__()
            assert numbers([item async for item in items]) == [1]
    assert len(server.requests) == 2
    server.wait_until_released()


async def test_a_request_for_a_stream_is_a_coroutine_to_what_runs_those(serve: Serve) -> None:
    server = serve(*[stream(event(1), event(2), DONE)] * 2, [Hold()])
    async with connected("async", server) as client:

        def request() -> rt.AsyncStreamRequest[Piece]:
            opened: rt.AsyncStreamRequest[Piece]
            opened = client.transport.open_stream(PIECES, rt.Arguments())
            return opened

        task = asyncio.create_task(request())
        assert numbers(await (await task).collect()) == [1, 2]
        first, _ = await asyncio.gather(request(), asyncio.sleep(0))
        assert numbers(await first.collect()) == [1, 2]

        never_begun = asyncio.create_task(request())
        never_begun.cancel()
        waits = asyncio.create_task(request())
        await asyncio.sleep(0.1)
        waits.cancel()
        for task in (never_begun, waits):
            with pytest.raises(asyncio.CancelledError):
                await task
        request().close()
    assert len(server.requests) == 3
    server.wait_until_released()


@pytest.mark.parametrize("read", ["collect", "until_done", "__anext__"])
async def test_a_task_that_is_cancelled_before_it_reads_a_stream_is_not_warned_of(
    serve: Serve, read: str
) -> None:
    server = serve([Hold()])
    async with connected("async", server) as client:
        opened = client.transport.open_stream(PIECES, rt.Arguments())
        task = asyncio.create_task(getattr(opened, read)())
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert server.requests == []


async def test_what_is_asked_of_a_request_is_read_from_its_block_also_if_that_comes_later(
    serve: Serve,
) -> None:
    server = serve(stream(event(1), event(2), DONE))
    async with connected("async", server) as client:
        opened = client.transport.open_stream(PIECES, rt.Arguments())
        asked = anext(opened)
        async with opened:
            assert numbers([await anext(opened), await asked]) == [1, 2]
    assert len(server.requests) == 1


async def test_a_request_for_a_stream_that_nobody_opens_is_told_of(serve: Serve) -> None:
    async with connected("async", serve([Hold()])) as client:
        with pytest.warns(RuntimeWarning, match="never asked for: use `async with`"):
            client.transport.open_stream(PIECES, rt.Arguments())
        with pytest.warns(RuntimeWarning, match="was never awaited"):
            client.transport.open_stream(PIECES, rt.Arguments()).collect()


async def test_a_call_reads_the_status_and_sends_what_a_stream_asks_for(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(event(1), DONE, fields=["X-Request-Id: r1"]))
    async with connect(server) as client, await client.stream(PIECES) as items:
        assert items.status_code == 200
        assert items.request_id == "r1"
        assert items.headers["content-type"] == "text/event-stream"
        assert items.stats.time_to_headers > 0
    headers = server.requests[0].headers
    assert headers["accept"] == "text/event-stream"
    assert headers["user-agent"] == "parley/1.2.3"
    assert headers["authorization"] == f"Bearer {TOKEN}"


async def test_an_error_status_raises_in_the_call_with_the_typed_body(
    serve: Serve, connect: Connect
) -> None:
    server = serve(answer(b'{"message":"too long"}', "422 Unprocessable Entity"))
    async with connect(server) as client:
        with pytest.raises(rt.UnprocessableEntityError, match=r"422.*too long") as caught:
            await client.stream(PIECES)
    assert caught.value.body == Problem(message="too long")
    assert not caught.value.in_stream


@pytest.mark.parametrize("declared", ["application/json", "text/event-stream", None])
@pytest.mark.parametrize("end", [(b"\n\n", Hold()), (Fin(),)])  # which breaks off
async def test_an_error_that_is_itself_a_stream_gives_the_error_of_its_first_event(
    serve: Serve, connect: Connect, declared: str | None, end: Sequence[Step]
) -> None:
    raises = (rt.json("404", lambda: Problem, declared),) if declared is not None else ()
    said = b': ping\n\nevent: error\ndata: {"message":"no such model"}'
    server = serve([head("404 Not Found"), said, *end])
    start = time.monotonic()
    async with connect(server) as client:
        with pytest.raises(rt.NotFoundError, match="no such model") as caught:
            await client.stream(dataclasses.replace(PIECES, raises=raises))
    said_in_it = {"message": "no such model"}
    assert caught.value.body == (Problem(**said_in_it) if declared else said_in_it)
    assert time.monotonic() - start < PATIENCE / 2, "it did not wait for the end"
    server.wait_until_released()


async def test_another_media_type_is_an_error_with_the_head_of_the_body(
    serve: Serve, connect: Connect
) -> None:
    server = serve(answer(b"<html>Sign in</html>", media_type="text/html"))
    async with connect(server) as client:
        with pytest.raises(rt.APIResponseValidationError, match=r"text/html.*<html>Sign") as caught:
            await client.stream(PIECES)
    assert caught.value.body == "<html>Sign in</html>"


async def test_declared_json_in_place_of_a_stream_is_an_error_with_the_parsed_body(
    serve: Serve, connect: Connect
) -> None:
    server = serve(answer(b'{"n":7}'))
    async with connect(server) as client:
        with pytest.raises(rt.APIResponseValidationError, match="application/json") as caught:
            await client.stream(PIECES)
    assert caught.value.body == Piece(n=7)


async def test_another_media_type_whose_body_breaks_off_is_an_error_all_the_same(
    serve: Serve, connect: Connect
) -> None:
    server = serve([head("200 OK", "text/html", "Content-Length: 99"), b"<html>", Reset()])
    async with connect(server) as client:
        with pytest.raises(rt.APIResponseValidationError, match="text/html"):
            await client.stream(PIECES)


# Bytes to items.

CUT: Final = (
    b"\xef\xbb\xbfdata: "
    + '{"n":1,"text":"grün 🎈"}'.encode()
    + b"\r\n\r\n: ping\r\n\r\nevent: x\r\ndata: "
    + b'{"n":2}\r\rdata:{"n":\ndata: 3}\n\ndata: [DONE]\r\n\r\n'
)


@pytest.mark.parametrize("size", [1, 2, 3, 5, len(CUT)])
async def test_every_cut_gives_the_same_items(serve: Serve, connect: Connect, size: int) -> None:
    chunks = [CUT[at : at + size] for at in range(0, len(CUT), size)]
    server = serve(stream(*chunks))
    async with connect(server) as client, await client.stream(PIECES) as items:
        got = await items.collect()
    assert got == [Piece(n=1, text="grün 🎈"), Piece(n=2), Piece(n=3)]
    # The LF of the last CRLF belongs to what is drained.
    assert items.stats.bytes in (len(CUT) - 1, len(CUT))
    assert items.stats.events == 3
    assert items.stats.comments == 1


async def test_an_event_is_given_as_soon_as_its_last_byte_is_in(
    serve: Serve, connect: Connect
) -> None:
    gate = Gate()
    first = b'data: {"n":1}\r\r'
    server = serve([stream_head(), chunk(first), gate, chunk(event(2) + DONE), LAST_CHUNK])
    async with connect(server) as client, await client.stream(PIECES) as items:
        assert await anext(items) == Piece(n=1)
        gate.open()
        assert await items.collect() == [Piece(n=2)]


async def test_a_stream_with_a_content_coding_is_decoded(serve: Serve, connect: Connect) -> None:
    coded = gzip.compress(event(1) + event(2) + DONE)
    chunks = [coded[at : at + 7] for at in range(0, len(coded), 7)]
    server = serve(stream(*chunks, fields=["Content-Encoding: gzip"]))
    async with connect(server) as client, await client.stream(PIECES) as items:
        assert numbers(await items.collect()) == [1, 2]


async def test_a_broken_content_coding_is_an_error_of_the_stream(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(b"no gzip at all", fields=["Content-Encoding: gzip"]))
    async with connect(server, max_retries=0) as client:
        items = await client.stream(PIECES)
        with pytest.raises(rt.StreamInterruptedError):
            await items.collect()


async def test_invalid_utf_8_becomes_u_fffd_and_ends_nothing(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(b'data: {"n":1,"text":"\xff"}\n\n', event(2), DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        assert await items.collect() == [Piece(n=1, text="\ufffd"), Piece(n=2)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (rb"a\ud83d", "a\ufffd"),
        (rb"\uDE00b", "\ufffdb"),
        (rb"\ud83d\ud83d\ude00", "\ufffd\N{GRINNING FACE}"),
        (rb"\\ud83d\ud83d", r"\ud83d" + "\ufffd"),
    ],
)
async def test_half_a_character_in_json_becomes_u_fffd_and_ends_nothing(
    serve: Serve, connect: Connect, text: bytes, read: str
) -> None:
    server = serve(stream(b'data: {"n":1,"text":"%b"}\n\n' % text, event(2), DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        assert await items.collect() == [Piece(n=1, text=read), Piece(n=2)]


async def test_an_event_beyond_the_limit_is_an_error(serve: Serve, connect: Connect) -> None:
    server = serve(open_stream(event(1), b"data: " + b"x" * 200))
    async with connect(server, max_event_bytes=100) as client:
        items = await client.stream(PIECES)
        assert await anext(items) == Piece(n=1)
        with pytest.raises(rt.StreamError, match="max_event_bytes"):
            await anext(items)
        server.wait_until_released()


async def test_an_event_beyond_the_limit_behind_the_last_one_is_an_error(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(event(1) + b"data: " + b"x" * 200))
    async with connect(server) as client:
        items = await client.stream(ENDLESS, max_event_bytes=100)
        assert await anext(items) == Piece(n=1)
        with pytest.raises(rt.StreamError, match="max_event_bytes"):
            await anext(items)


@pytest.mark.parametrize(
    ("operation", "framing"), [(RESUMABLE, "sse"), (LINES, "jsonl")], ids=["sse", "jsonl"]
)
@pytest.mark.parametrize("together", [True, False])
async def test_an_event_beyond_the_limit_is_no_loss_of_the_connection(
    serve: Serve, connect: Connect, operation: Any, framing: str, *, together: bool
) -> None:
    first = event(1, "id: a") if framing == "sse" else b'{"n":1}\n'
    chunks = [first + b"x" * 200] if together else [first, b"x" * 200]
    media_type = "text/event-stream" if framing == "sse" else "application/jsonl"
    begun = head("200 OK", media_type, "Transfer-Encoding: chunked")
    server = serve([begun, *map(chunk, chunks), Fin()])
    async with connect(server, max_event_bytes=100) as client:
        items = await client.stream(operation)
        assert await anext(items) == Piece(n=1)
        with pytest.raises(rt.StreamError, match="max_event_bytes"):
            await anext(items)
    assert len(server.requests) == 1


# What ends a stream.


async def test_the_sentinel_ends_the_stream_and_is_no_item(serve: Serve, connect: Connect) -> None:
    server = serve(stream(event(1), b"data:  [DONE] \n\n", event(9)))
    async with connect(server) as client, await client.stream(PIECES) as items:
        assert numbers(await items.collect()) == [1]


async def test_a_terminator_is_the_last_item(serve: Serve, connect: Connect) -> None:
    server = serve(stream(event(1), event(2, "event: done") + event(9)))
    async with connect(server) as client, await client.stream(TERMINATED) as items:
        assert numbers(await items.collect()) == [1, 2]


async def test_data_without_an_event_type_may_be_of_a_type_that_ends_the_stream(
    serve: Serve, connect: Connect
) -> None:
    first, quoted = b'data: {"n":1,"text":"x"}\n\n', b'data: {"n":2,"text":"done?"}\n\n'
    named = b'event: new\ndata: {"n":3,"text":"done"}\n\n'
    server = serve(stream(first + quoted + named, b'data: {"n":4,"text":"done"}\n\n', event(9)))
    async with connect(server) as client, await client.stream(TAGGED) as items:
        assert numbers(await items.collect()) == [1, 2, 3, 4]


async def test_data_of_one_kind_may_say_by_its_type_that_it_is_the_last(
    serve: Serve, connect: Connect
) -> None:
    last = b'data: {"n":2,"type":"done"}\n\n'
    server = serve(stream(b'data: {"n":1,"type":"delta"}\n\n' + last, event(9)))
    async with connect(server) as client, await client.stream(TERMINATED) as items:
        assert numbers(await items.collect()) == [1, 2]


async def test_a_stream_without_the_type_of_data_that_ends_it_is_truncated(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(event(1)))
    async with connect(server) as client, await client.stream(TAGGED) as items:
        with pytest.raises(rt.StreamTruncatedError, match="done"):
            await items.collect()


async def test_the_connection_is_used_again_after_the_end(serve: Serve, connect: Connect) -> None:
    server = serve(stream(event(1), DONE))
    async with connect(server) as client:
        for _ in range(3):
            async with await client.stream(PIECES) as items:
                assert numbers(await items.collect()) == [1]
        assert (server.total, server.open) == (1, 1)


async def test_the_connection_is_used_again_though_its_end_comes_late(
    serve: Serve, connect: Connect
) -> None:
    server = serve([stream_head(), chunk(event(1) + DONE), Pause(0.01), LAST_CHUNK])
    async with connect(server) as client:
        for _ in range(2):
            async with await client.stream(PIECES) as items:
                await items.until_done()
        assert server.total == 1


async def test_a_stream_that_stays_open_after_the_sentinel_ends_at_once(
    serve: Serve, connect: Connect
) -> None:
    server = serve(open_stream(event(1) + DONE))
    async with connect(server) as client:
        start = time.monotonic()
        items = await client.stream(PIECES)
        assert numbers(await items.collect()) == [1]
        assert time.monotonic() - start < 5
        server.wait_until_released()


async def test_what_follows_the_sentinel_is_drained_within_bounds(
    serve: Serve, connect: Connect
) -> None:
    much = b": " + b"x" * 200_000 + b"\n"
    server = serve([stream_head(), chunk(DONE), *[chunk(much)] * 20, LAST_CHUNK])
    async with connect(server) as client:
        items = await client.stream(PIECES)
        assert await items.collect() == []
        assert items.stats.bytes == len(DONE)
        server.wait_until_released()


async def test_an_end_without_the_declared_end_is_a_truncated_stream(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(event(1, "id: a"), b"data: {"))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        assert await anext(items) == Piece(n=1)
        with pytest.raises(rt.StreamTruncatedError, match=r"\[DONE\].*after 1 events") as caught:
            await anext(items)
        assert items.stats.discarded == len(b"data: {")
    error = caught.value
    assert (error.events_seen, error.last_event_id, error.retryable) == (1, "a", True)


def test_an_end_that_is_declared_twice_is_named_once() -> None:
    done = rt.Handler("done", data_starts_with="[DONE]")
    events = rt.Payloads[Piece](
        lambda: Piece, sentinel="[DONE]", handlers=(done,), terminators=("end",)
    )
    assert events.declared_end == "[DONE] or end"


async def test_an_end_is_normal_where_none_is_declared(serve: Serve, connect: Connect) -> None:
    server = serve(stream(event(1), b"data: {"))
    async with connect(server) as client, await client.stream(ENDLESS) as items:
        assert numbers(await items.collect()) == [1]


@pytest.mark.parametrize("last", [[DONE], [], [Reset()]])
async def test_after_the_end_the_iterator_stays_ended(
    serve: Serve, connect: Connect, last: Script
) -> None:
    steps = [chunk(step) if isinstance(step, bytes) else step for step in last]
    server = serve([stream_head(), chunk(event(1)), *steps, LAST_CHUNK])
    async with connect(server) as client:
        items = await client.stream(PIECES)
        iterator = aiter(items)
        assert await anext(iterator) == Piece(n=1)
        with pytest.raises((StopAsyncIteration, rt.StreamError)):
            await anext(iterator)
        for again in (iterator, items, aiter(items)):
            with pytest.raises(StopAsyncIteration):
                await anext(again)
        assert await items.collect() == []


# Errors on the way.


REPORT: Final = b'{"error": {"type": "overloaded", "message": "Later."}}'


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ([chunk(b"event: error\ndata: " + REPORT + b"\n\n"), Hold()], REPORT.decode()),
        ([chunk("data: né\n\n".encode()), Hold()], "né"),
        ([chunk(event(1)), Reset()], ""),
        ([chunk(event(1)), LAST_CHUNK], ""),
        ([chunk(event(1)), Hold()], ""),
    ],
    ids=["reported", "undecodable", "lost", "truncated", "silent"],
)
async def test_the_response_of_an_error_in_a_stream_has_what_the_error_is_about_for_its_text(
    serve: Serve, connect: Connect, sent: Script, text: str
) -> None:
    kind = "text/event-stream; charset=iso-8859-1"  # which is ignored (WHATWG HTML, 9.2.5)
    start = head("200 OK", kind, "Transfer-Encoding: chunked", "X-Request-Id: r1")
    server = serve([start, *sent])
    async with connect(server, timeout=rt.Timeout(idle=0.1), max_retries=0) as client:
        async with await client.stream(PIECES) as items:
            with pytest.raises(rt.APIError) as caught:
                await items.collect()
    response = caught.value.response
    assert response is not None
    assert (response.text, response.read()) == (text, text.encode())
    assert "content-length" not in response.headers
    assert (response.status_code, caught.value.request_id) == (200, "r1")
    assert response.request is caught.value.request


async def test_a_connection_lost_in_the_middle_is_an_interrupted_stream(
    serve: Serve, connect: Connect
) -> None:
    for drop in (Reset(), Fin()):
        server = serve([stream_head(), chunk(event(1, "id: a")), b"5\r\nda", drop])
        async with connect(server) as client:
            items = await client.stream(PIECES)
            assert await anext(items) == Piece(n=1)
            with pytest.raises(rt.StreamInterruptedError, match="after 1 events") as caught:
                await anext(items)
        error = caught.value
        assert isinstance(error, rt.APIConnectionError)
        assert (error.events_seen, error.last_event_id, error.retryable) == (1, "a", True)
        assert error.request is not None
        assert error.response is not None
        assert len(server.requests) == 1


@pytest.mark.parametrize("how", ["stream", "iterator"])
async def test_malformed_json_raises_and_the_iterator_lives_on(
    serve: Serve, connect: Connect, how: str
) -> None:
    bad = b"id: b\ndata: {oops\n\n"
    server = serve(stream(event(1, "id: a") + bad + event(3) + event(4), DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        iterator = items if how == "stream" else aiter(items)
        assert await anext(iterator) == Piece(n=1)
        with pytest.raises(rt.EventDecodeError, match=r"Event 1 .*JSON") as caught:
            await anext(iterator)
        assert items.last_event_id == "b"
        assert await anext(iterator) == Piece(n=3)
        assert await anext(iterator) == Piece(n=4)
        with pytest.raises(StopAsyncIteration):
            await anext(iterator)
    error = caught.value
    assert (error.index, error.events_seen) == (1, 1)
    assert error.event == rt.ServerSentEvent("message", "{oops", "b", None)
    assert error.body == "{oops"


async def test_data_that_does_not_fit_names_the_place(serve: Serve, connect: Connect) -> None:
    server = serve(stream(b'data: {"n":"x"}\n\n', DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        with pytest.raises(rt.EventDecodeError, match=r"integer.*\(at n\)"):
            await anext(items)


async def test_an_error_event_is_raised_as_the_class_of_its_kind(
    serve: Serve, connect: Connect
) -> None:
    said = b'event: error\ndata: {"error":{"type":"rate_limit_error","message":"slow down"}}\n\n'
    server = serve(open_stream(event(1), said))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        assert await anext(items) == Piece(n=1)
        with pytest.raises(rt.RateLimitError, match="slow down") as caught:
            await anext(items)
        # The stream is over with it, and holds nothing.
        server.wait_until_released()
        assert await items.collect() == []
    error = caught.value
    assert (error.in_stream, error.status_code) == (True, 429)
    assert error.body["error"]["type"] == "rate_limit_error"
    assert len(server.requests) == 1


class Report(pydantic.BaseModel):
    error: dict[str, str]


@pytest.mark.parametrize(
    ("raises", "declared"),
    [
        ((rt.json("429", lambda: Report),), True),
        ((rt.json("4XX", lambda: Report), rt.json("500", lambda: Piece)), True),
        ((rt.json("default", lambda: Report),), True),
        ((rt.json("429", lambda: Piece),), False),  # it says something else
        ((rt.json("500", lambda: Report),), False),
    ],
)
async def test_what_an_error_event_says_is_what_is_declared_for_its_status(
    raises: Any, serve: Serve, connect: Connect, *, declared: bool
) -> None:
    operation = dataclasses.replace(PIECES, raises=raises)
    said = {"error": {"type": "rate_limit_error"}}
    server = serve(stream(event(1), f"event: error\ndata: {json.dumps(said)}\n\n".encode()))
    async with connect(server) as client:
        with pytest.raises(rt.RateLimitError) as caught:
            await (await client.stream(operation)).collect()
    assert caught.value.body == (Report.model_validate(said) if declared else said)


async def test_an_error_without_an_event_type_is_known_by_its_error_member(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(event(1), b'data: {"error":{"message":"odd"}}\n\n'))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        assert await anext(items) == Piece(n=1)
        with pytest.raises(rt.APIError, match="odd") as caught:
            await anext(items)
    assert caught.value.in_stream
    assert not isinstance(caught.value, rt.StreamError)


# Retries.

OVERLOADED: Final = b'event: error\ndata: {"type":"overloaded_error"}\n\n'

BEGINNINGS: Final[dict[str, Script]] = {
    "refusal by status": answer(b"", "503 Service Unavailable"),
    "loss before the head": [Reset()],
    "loss in the head": [b"HTTP/1.1 200 O", Fin()],
    "loss before the first event": [stream_head(), chunk(b": ping\n\nda"), Reset()],
    "error as the first event": open_stream(OVERLOADED),
    "error as the first event, and more behind it": stream(
        b": x\n\n" + OVERLOADED + event(9), DONE
    ),
    "error as the first event, and the end behind it": stream(OVERLOADED + DONE),
    "heartbeat, then an error": open_stream(b"data:\n\n", OVERLOADED),
}


@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS.keys())
async def test_a_stream_is_asked_for_again_until_its_first_item(
    serve: Serve, connect: Connect, beginning: Script
) -> None:
    server = serve(beginning, beginning, stream(event(1), event(2), DONE))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        assert numbers(await items.collect()) == [1, 2]
        assert items.stats.events == 2
    assert len(server.requests) == 3
    keys = {request.headers["idempotency-key"] for request in server.requests}
    assert len(keys) == 1
    server.wait_until_released()


@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS.keys())
async def test_no_try_left_raises_and_holds_nothing(
    serve: Serve, connect: Connect, beginning: Script
) -> None:
    server = serve(beginning)
    async with connect(server, max_retries=1) as client:
        with pytest.raises(rt.APIError):
            await (await client.stream(PIECES)).collect()
        assert len(server.requests) == 2
    server.wait_until_released()


async def test_reconnects_and_comments_are_counted_over_all_tries(
    serve: Serve, connect: Connect
) -> None:
    server = serve([stream_head(), chunk(b": a\n\n"), Reset()], stream(b": b\n\n", event(1), DONE))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        await items.until_done()
        assert (items.stats.reconnects, items.stats.comments) == (1, 2)


async def test_an_error_that_will_not_pass_is_not_tried_again(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(b'event: error\ndata: {"type":"invalid_request_error"}\n\n'))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        with pytest.raises(rt.BadRequestError):
            await items.collect()
    assert len(server.requests) == 1


async def test_nothing_is_tried_again_after_an_event_that_did_not_fit(
    serve: Serve, connect: Connect
) -> None:
    server = serve(open_stream(b"data: {oops\n\n", OVERLOADED))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        with pytest.raises(rt.EventDecodeError):
            await anext(items)
        with pytest.raises(rt.InternalServerError):
            await anext(items)
    assert len(server.requests) == 1


async def test_the_callers_own_exceptions_are_neither_swallowed_nor_retried(
    serve: Serve, connect: Connect
) -> None:
    for mine in (httpx.ReadError("mine"), rt.RateLimitError("mine", status_code=429), KeyError()):
        server = serve(open_stream(event(1)))
        async with connect(server) as client:

            async def read(client: Any = client, mine: BaseException = mine) -> None:
                async with await client.stream(PIECES) as items:
                    async for _ in items:
                        raise mine

            with pytest.raises(type(mine)) as caught:
                await read()
            assert caught.value is mine
            server.wait_until_released()
        assert len(server.requests) == 1


# Timeouts.


async def test_silence_is_a_timeout_of_the_stream(serve: Serve, connect: Connect) -> None:
    server = serve(open_stream(event(1)))
    async with connect(server, timeout=rt.Timeout(read=60, idle=0.1)) as client:
        items = await client.stream(PIECES)
        assert await anext(items) == Piece(n=1)
        with pytest.raises(rt.StreamTimeoutError, match=r"silent for 0.1 seconds") as caught:
            await anext(items)
        server.wait_until_released()
    assert isinstance(caught.value, rt.APITimeoutError)
    assert caught.value.retryable


async def test_comments_are_signs_of_life(serve: Serve, connect: Connect) -> None:
    drip: list[Step] = [step for _ in range(8) for step in (chunk(b": ping\n"), Pause(0.1))]
    server = serve([stream_head(), *drip, chunk(event(1) + DONE), LAST_CHUNK])
    async with connect(server, timeout=rt.Timeout(idle=0.6), max_retries=0) as client:
        items = await client.stream(PIECES)
        assert numbers(await items.collect()) == [1]
        assert 0.05 < items.stats.largest_gap < 0.6
        assert items.stats.comments == 8


async def test_comments_do_not_put_the_first_event_off(serve: Serve, connect: Connect) -> None:
    drip: list[Step] = [step for _ in range(200) for step in (chunk(b": ping\n"), Pause(0.05))]
    server = serve([stream_head(), *drip, Hold()])
    async with connect(server, timeout=rt.Timeout(first_event=0.3)) as client:
        items = await client.stream(PIECES)
        with pytest.raises(rt.StreamTimeoutError, match=r"No event came within 0.3 seconds"):
            await anext(items)
        server.wait_until_released()
    assert len(server.requests) == 1


async def test_the_limit_of_the_first_event_ends_with_it(serve: Serve, connect: Connect) -> None:
    server = serve([stream_head(), chunk(event(1)), Pause(0.4), chunk(event(2) + DONE), LAST_CHUNK])
    async with connect(server, timeout=rt.Timeout(first_event=0.2)) as client:
        items = await client.stream(PIECES)
        assert numbers(await items.collect()) == [1, 2]


async def test_the_head_is_waited_for_no_longer_than_the_first_event(
    serve: Serve, connect: Connect
) -> None:
    server = serve([Hold()])
    for limit in (rt.Timeout(first_event=0.1), rt.Timeout(total=0.1)):
        async with connect(server, timeout=limit) as client:
            with pytest.raises(rt.APITimeoutError):
                await client.stream(PIECES)
    server.wait_until(lambda seen: len(seen.requests) == 2, "both have come")
    server.wait_until_released()


@pytest.mark.parametrize("limit", [rt.Timeout(first_event=1), rt.Timeout(total=1)])
async def test_what_stands_in_a_stream_s_place_is_read_while_there_is_time(
    serve: Serve, connect: Connect, limit: rt.Timeout
) -> None:
    drip: list[Step] = [step for _ in range(150) for step in (chunk(b"no"), Pause(0.05))]
    server = serve([head("400 Bad Request", "text/plain", "Transfer-Encoding: chunked"), *drip])
    async with connect(server, timeout=limit) as client:
        with pytest.raises(rt.BadRequestError) as caught:
            await client.stream(PIECES)
    assert 0 < len(caught.value.body) < 150
    server.wait_until_released()


@pytest.mark.parametrize("first_event", [None, 60])
async def test_the_whole_stream_has_a_limit(
    serve: Serve, connect: Connect, first_event: float | None
) -> None:
    drip: list[Step] = [step for n in range(200) for step in (chunk(event(n)), Pause(0.05))]
    server = serve([stream_head(), *drip, Hold()])
    limits = rt.Timeout(total=0.4, first_event=first_event)
    async with connect(server, timeout=limits) as client:
        items = await client.stream(PIECES)
        with pytest.raises(rt.StreamTimeoutError, match=r"longer than 0.4 seconds in all"):
            await items.collect()
        assert 0 < items.stats.events < 100
        server.wait_until_released()


async def test_the_limit_of_the_whole_stream_holds_for_what_has_come_already(
    serve: Serve, connect: Connect
) -> None:
    server = serve([stream_head(), *[chunk(event(n)) for n in range(200)], Hold()])
    async with connect(server, timeout=rt.Timeout(total=0.4)) as client:
        items = await client.stream(PIECES)

        async def read_slowly() -> None:
            while True:
                await anext(items)
                await asyncio.sleep(0.02)

        with pytest.raises(rt.StreamTimeoutError, match=r"longer than 0.4 seconds in all"):
            await read_slowly()
        assert 0 < items.stats.events < 100


async def test_a_stream_that_keeps_its_deadlines_leaves_a_connection_to_use_again(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(event(1), event(2), DONE))
    async with connect(server, timeout=rt.Timeout(total=60, first_event=60)) as client:
        for _ in range(2):
            items = await client.stream(PIECES)
            assert numbers(await items.collect()) == [1, 2]
        assert server.total == 1


# Releasing the connection.


async def test_leaving_the_block_early_releases_the_connection(
    serve: Serve, connect: Connect
) -> None:
    server = serve(open_stream(event(1)))
    async with connect(server) as client:
        async with await client.stream(PIECES) as items:
            async for _ in items:
                break
        server.wait_until_released()


async def test_closing_inside_the_loop_ends_the_loop(serve: Serve, connect: Connect) -> None:
    server = serve(open_stream(event(1) + event(2) + event(3)))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        seen = []
        async for item in items:
            seen.append(item)
            await items.close()
            await items.close()
        assert numbers(seen) == [1]
        assert "closed" in repr(items)
        server.wait_until_released()


CLOSED: Final = "closed before its end: read it inside of the `with` block"


@pytest.mark.parametrize("begun", [False, True])
async def test_a_stream_that_was_closed_before_its_end_does_not_seem_complete(
    serve: Serve, connect: Connect, *, begun: bool
) -> None:
    server = serve(open_stream(event(1) + event(2), event(3)))
    async with connect(server) as client:
        async with await client.stream(PIECES) as items:
            if begun:
                assert await anext(items) == Piece(n=1)
            later = (item async for item in items)
        await items.close()
        with pytest.raises(rt.StreamError, match=CLOSED) as raised:
            await anext(later)
        assert raised.value.events_seen == int(begun)

        async def read_events() -> None:
            await anext(items.events())

        for read in (items.collect, items.until_done, items.__anext__, read_events) * 2:
            with pytest.raises(rt.StreamError, match=CLOSED):
                await read()
        server.wait_until_released()


async def test_a_loop_in_which_its_stream_is_closed_ends_but_no_other_begins(
    serve: Serve, connect: Connect
) -> None:
    server = serve(open_stream(event(1), event(2)))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        async for item, _ in items.events():
            assert item.n == 1
            await items.close()
        with pytest.raises(rt.StreamError, match=CLOSED):
            await items.collect()


@pytest.mark.parametrize(
    ("operation", "last"),
    [(PIECES, DONE), (TERMINATED, event(1, "event: done")), (ENDLESS, event(1))],
    ids=["sentinel", "terminator", "none"],
)
async def test_a_stream_that_was_closed_after_its_end_is_complete(
    operation: Any, last: bytes, serve: Serve, connect: Connect
) -> None:
    server = serve(stream(last))
    async with connect(server) as client:
        async with await client.stream(operation) as items:
            async for _ in items:
                if operation is TERMINATED:
                    break
        assert await items.collect() == []


async def test_closing_inside_a_loop_with_care_ends_the_loop(
    serve: Serve, connect: Connect
) -> None:
    server = serve(open_stream(event(1, "id: 1") + event(2) + event(3)))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        seen = []
        async for item in items:
            seen.append(item)
            await items.close()
        assert numbers(seen) == [1]
        assert items.last_event_id == "1"
        server.wait_until_released()


async def test_an_exception_inside_the_block_releases_the_connection(
    serve: Serve, connect: Connect
) -> None:
    server = serve(open_stream(event(1)))
    async with connect(server) as client:

        async def read() -> None:
            async with await client.stream(PIECES) as items:
                async for item in items:
                    item.n / 0

        with pytest.raises(ZeroDivisionError):
            await read()
        server.wait_until_released()


@pytest.mark.parametrize("begun", [False, True])
async def test_a_stream_that_is_collected_warns_and_releases_the_connection(
    serve: Serve, connect: Connect, *, begun: bool
) -> None:
    server = serve(open_stream(event(1) + event(2)))
    async with connect(server) as client:
        items = await client.stream(PIECES)
        if begun:
            assert await anext(items) == Piece(n=1)
        with pytest.warns(ResourceWarning, match="left before its end"):
            del items
        for _ in range(100):  # the loop does what a finalizer cannot
            await asyncio.sleep(0.001)
        server.wait_until_released()


async def test_a_stream_that_was_read_to_its_end_does_not_warn(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(event(1), DONE))
    async with connect(server) as client:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            items = await client.stream(PIECES)
            await items.until_done()
            del items
            gc.collect()
        assert not [one for one in caught if one.category is ResourceWarning]


async def test_a_loop_alone_keeps_its_stream_alive(serve: Serve) -> None:
    server = serve(stream(event(1), event(2), event(3), DONE))
    async with connected("sync", server) as client:
        seen = []
        for item in client.transport.stream(PIECES, rt.Arguments()):
            gc.collect()
            seen.append(item)
        assert numbers(seen) == [1, 2, 3]


async def test_cancelling_a_task_that_waits_releases_the_connection(serve: Serve) -> None:
    server = serve(open_stream(event(1)))
    async with connected("async", server) as client:
        got_first = asyncio.Event()

        async def read() -> None:
            async with await client.stream(PIECES) as items:
                async for _ in items:
                    got_first.set()

        task = asyncio.create_task(read())
        await got_first.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        server.wait_until_released()


async def test_cancelling_a_task_without_a_block_releases_the_connection(serve: Serve) -> None:
    server = serve(open_stream(event(1)))
    async with connected("async", server) as client:
        items = await client.stream(PIECES)
        with anyio.move_on_after(0.2):
            await items.collect()
        server.wait_until_released()


async def test_a_stream_of_which_a_wait_was_cancelled_does_not_seem_complete(serve: Serve) -> None:
    server = serve(open_stream(event(1)))
    async with connected("async", server) as client:
        items = await client.stream(ENDLESS)
        assert numbers([await anext(items)]) == [1]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(items), 0.1)
        server.wait_until_released()
        for read in (items.collect, items.until_done, items.__anext__):
            with pytest.raises(rt.StreamInterruptedError, match=r"cancelled, .* after 1 events"):
                await read()


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, LookupError])
def test_a_stream_whose_reading_was_interrupted_does_not_seem_complete(
    interruption: type[BaseException],
) -> None:
    class Interrupted(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield event(1)
            raise interruption

    def respond(request: httpx.Request) -> httpx.Response:
        headers = {"content-type": "text/event-stream"}
        return httpx.Response(200, headers=headers, stream=Interrupted(), request=request)

    http_client = httpx.Client(transport=httpx.MockTransport(respond))
    api = rt.Api("parley", "1", (rt.Server("http://memory"),))
    transport = rt.Transport(api, credentials={}, base_url=None, http_client=http_client)
    items = transport.stream(ENDLESS, rt.Arguments())
    with pytest.raises(interruption):
        list(items)
    for read in (items.collect, items.until_done, items.__next__):
        with pytest.raises(rt.StreamInterruptedError, match=r"cancelled, .* after 1 events"):
            read()


async def test_cancelling_a_task_that_waits_for_the_head_releases_the_connection(
    serve: Serve,
) -> None:
    server = serve([Hold()])
    async with connected("async", server) as client:
        with anyio.move_on_after(0.2):
            await client.stream(PIECES)
        server.wait_until_released()


async def test_cancelling_does_not_cut_the_release_short() -> None:
    body = SlowToClose()
    headers = {"content-type": "text/event-stream"}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, stream=body))
    async with httpx.AsyncClient(transport=transport) as http:
        items = await Client("async", "http://x", http_client=http).stream(PIECES)
        with anyio.move_on_after(0.01):
            await items.collect()
    assert body.closed


async def test_closing_from_another_task_ends_the_iteration(serve: Serve) -> None:
    server = serve(open_stream(event(1)))
    async with connected("async", server) as client:
        items = await client.stream(PIECES)
        assert await anext(items) == Piece(n=1)
        waiting = asyncio.create_task(items.collect())
        await asyncio.sleep(0.05)
        await items.aclose()
        assert await waiting == []
        server.wait_until_released()


async def test_a_stream_is_opened_by_async_with_or_by_await(serve: Serve) -> None:
    server = serve(stream(event(1), DONE))
    async with connected("async", server) as client:
        async with client.transport.open_stream(PIECES, rt.Arguments()) as items:
            assert numbers(await items.collect()) == [1]
        items = await client.transport.open_stream(PIECES, rt.Arguments())
        assert numbers(await items.collect()) == [1]


# What a stream knows.


async def test_an_id_counts_when_its_event_is_given(serve: Serve, connect: Connect) -> None:
    blocks = event(1, "id: a") + b"id: b\n\n" + event(2) + event(3, "id: c") + event(4, "id:")
    server = serve(stream(blocks, DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        seen = [(item.n, items.last_event_id) async for item in items]
    assert seen == [(1, "a"), (2, "b"), (3, "c"), (4, "")]


async def test_an_id_persists_over_chunks(serve: Serve, connect: Connect) -> None:
    server = serve(stream(event(1, "id: a"), event(2), b"id: b\n\n", event(3), DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        seen = [(item.n, items.last_event_id) async for item in items]
    assert seen == [(1, "a"), (2, "a"), (3, "b")]


@pytest.mark.parametrize("together", [True, False])
async def test_an_item_shows_the_last_event_id_however_the_stream_is_cut(
    serve: Serve, connect: Connect, together: bool
) -> None:
    blocks = [event(1, "event: completion", "id: a"), event(2, "event: completion")]
    server = serve(stream(*([b"".join(blocks)] if together else blocks)))
    async with connect(server) as client, await client.stream(NAMED) as items:
        assert [(item.data.n, item.id) async for item in items] == [(1, "a"), (2, "a")]


async def test_the_time_to_wait_before_reconnecting_is_kept(serve: Serve, connect: Connect) -> None:
    server = serve(stream(b"retry: 250\n\n", event(1), b"retry: -5\n\n", event(2), DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        assert items.retry is None
        assert numbers(await items.collect()) == [1, 2]
        assert items.retry == 250


async def test_empty_data_is_a_heartbeat_where_json_is_expected(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(b"data:\n\n", event(1), b"event: ping\ndata\n\n", DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        assert numbers(await items.collect()) == [1]
        assert (items.stats.heartbeats, items.stats.events) == (2, 1)


async def test_an_unknown_event_reaches_the_user(serve: Serve, connect: Connect) -> None:
    server = serve(stream(event(1, "event: completion") + event(2, "event: new", "id: 7")))
    async with connect(server) as client, await client.stream(NAMED) as items:
        first, second = await items.collect()
    assert isinstance(first, Completion)
    assert isinstance(second, rt.UnknownEvent)
    assert second == rt.UnknownEvent("new", rt.ServerSentEvent("new", '{"n":2}', "7"))
    assert (second.event, second.data) == ("<unknown>", '{"n":2}')


async def test_events_gives_each_item_with_its_event(serve: Serve, connect: Connect) -> None:
    server = serve(stream(event(1) + event(2, "event: x", "id: 7", "retry: 5"), event(3), DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        pairs = [pair async for pair in items.events()]
    assert pairs == [
        (Piece(n=1), rt.ServerSentEvent("message", '{"n":1}')),
        (Piece(n=2), rt.ServerSentEvent("x", '{"n":2}', "7", 5)),
        (Piece(n=3), rt.ServerSentEvent("message", '{"n":3}', "7")),
    ]


async def test_events_may_begin_in_the_middle(serve: Serve, connect: Connect) -> None:
    server = serve(stream(event(1) + event(2) + event(3), DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        assert await anext(items) == Piece(n=1)
        pairs = [pair async for pair in items.events()]
        assert [(item.n, raw.data) for item, raw in pairs] == [(2, '{"n":2}'), (3, '{"n":3}')]
        assert items.stats.events == 3


async def test_events_may_begin_in_the_middle_of_a_loop_that_goes_on(
    serve: Serve, connect: Connect
) -> None:
    server = serve(open_stream(event(1) + event(2) + event(3) + DONE))
    seen = []
    async with connect(server) as client, await client.stream(PIECES) as items:
        async for item in items:
            seen.append(item.n)
            if item.n == 1:
                following, raw = await anext(items.events())
                assert (following.n, raw.data) == (2, '{"n":2}')
    assert seen == [1, 3]


async def test_a_loop_that_was_left_is_taken_up_where_it_was(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(event(1) + event(2) + event(3), event(4), DONE))
    async with connect(server) as client, await client.stream(PIECES) as items:
        other = aiter(items)
        async for item in items:
            assert item.n == 1
            break
        assert (await anext(items)).n == 2
        assert (await anext(other)).n == 3
        assert numbers(await items.collect()) == [4]


async def test_raw_events_are_given_as_sent(serve: Serve, connect: Connect) -> None:
    server = serve(stream(b"data: {\ndata\n\n", b"event: a\nid: 1\ndata: null\n\nid: 2\n\n"))
    async with connect(server) as client, await client.stream(RAW) as items:
        assert await items.collect() == [
            rt.ServerSentEvent("message", "{\n"),
            rt.ServerSentEvent("a", "null", "1"),
        ]
        assert items.last_event_id == "2"


async def test_times_are_counted_from_the_call(serve: Serve, connect: Connect) -> None:
    server = serve([Pause(0.05), stream_head(), Pause(0.05), chunk(event(1) + DONE), LAST_CHUNK])
    async with connect(server) as client, await client.stream(PIECES) as items:
        await items.until_done()
        assert items.stats.time_to_headers >= 0.05
        assert 0.1 <= items.stats.time_to_first_event < 5


# No exception of the HTTP library, and no credential, reaches the user.

BROKEN: Final[dict[str, Script]] = {
    "no head": [Fin()],
    "reset": [Reset()],
    "no HTTP": [b"SSH-2.0-OpenSSH_9.6\r\n\r\n", Fin()],
    "status 999": answer(b"", "999 Odd"),
    "no reason": [head("200", "text/event-stream"), event(1), Fin()],
    "bad chunk size": [stream_head(), b"zz\r\n", Fin()],
    "negative length": [head("200 OK", "text/event-stream", "Content-Length: -1"), Fin()],
    "short body": [head("200 OK", "text/event-stream", "Content-Length: 999"), event(1), Fin()],
    "long body": [head("200 OK", "text/event-stream", "Content-Length: 3"), event(1), Fin()],
    "not gzip": stream(b"x", fields=["Content-Encoding: gzip"]),
    "unknown coding": stream(event(1), fields=["Content-Encoding: snappy"]),
    "odd charset": [head("200 OK", "text/event-stream; charset=klingon"), event(1), Fin()],
    "error that breaks off": [head("500 Oops", "text/plain", "Content-Length: 9"), b"x", Reset()],
    "error not gzip": answer(b"x", "400 Bad", "text/plain", "Content-Encoding: gzip"),
    "redirect without a place": answer(b"", "302 Found"),
    "redirect to nowhere": answer(b"", "302 Found", "text/plain", "Location: http://[bad"),
    "not modified": [head("304 Not Modified", None), Fin()],
    "nothing": [head("204 No Content", None), Fin()],
    "huge header": [head("200 OK", None, "X: " + "x" * 200_000), Fin()],
    "binary": [bytes(range(256)), Fin()],
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN.keys())
async def test_whatever_the_server_does_only_our_exceptions_reach_the_user(
    serve: Serve, connect: Connect, script: Script
) -> None:
    server = serve(script)
    async with connect(server, max_retries=1) as client:
        for operation in (PIECES, ENDLESS):
            with suppress(rt.SDKError):
                await (await client.stream(operation)).collect()
    server.wait_until_released()


async def test_answers_with_bytes_changed_at_random_raise_only_our_exceptions(
    serve: Serve, connect: Connect
) -> None:
    chance = random.Random(7)  # noqa: S311 - the same on every run
    whole = stream_head("X-Request-Id: 1") + chunk(event(1) + event(2)) + chunk(DONE) + LAST_CHUNK
    scripts = []
    for _ in range(60):
        answer_bytes = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            answer_bytes[chance.randrange(len(whole))] = chance.randrange(256)
        scripts.append([bytes(answer_bytes[: chance.randint(1, 2 * len(whole))]), Fin()])
    server = serve(*scripts)
    async with connect(server, max_retries=0) as client:
        for _ in scripts:
            with suppress(rt.SDKError):
                async with await client.stream(PIECES) as items:
                    await items.collect()
    server.wait_until_released()
