"""Streams in several hands, streams that nobody reads for a while, and closing in between."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import time
import weakref
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any, Final

import anyio
import httpx
import pydantic
import pytest

import sdkgen_runtime as rt
from runtime.clients import TOKEN, Client, connected
from sdkgen_runtime import retry
from servers.scripted import (
    LAST_CHUNK,
    PATIENCE,
    Gate,
    Hold,
    Pause,
    Reset,
    ScriptedServer,
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


class Whole(pydantic.BaseModel):
    data: Piece


PIECES: Final = rt.StreamOperation[Piece](
    "GET", "/log", events=rt.Payloads(lambda: Piece, sentinel="[DONE]")
)
RESUMABLE: Final = rt.StreamOperation[Piece](
    "GET", "/log", events=rt.Payloads(lambda: Piece), resumable=True
)
WHOLE: Final = rt.Operation[Piece]("GET", "/log", returns=(rt.json("200", lambda: Piece),))
DONE: Final = b"data: [DONE]\n\n"


def event(*numbers: int) -> bytes:
    return b"".join(b'data: {"n":%d}\n\n' % n for n in numbers)


class Chunks(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers with a stream in just these chunks, which no socket could promise."""

    class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __init__(self, chunks: Sequence[bytes]) -> None:
            self.chunks = chunks

        def __iter__(self) -> Iterator[bytes]:
            yield from self.chunks

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for one in self.chunks:
                yield one

    def __init__(self, *chunks: bytes) -> None:
        self.chunks = chunks

    def handle_request(self, _: httpx.Request) -> httpx.Response:
        fields = {"content-type": "text/event-stream"}
        return httpx.Response(200, headers=fields, stream=Chunks.Body(self.chunks))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


def _client(kind: Any, *chunks: bytes) -> Client:
    transport: Any = Chunks(*chunks)
    http = (httpx.Client if kind == "sync" else httpx.AsyncClient)(transport=transport)
    return Client(kind, "http://chunks", http_client=http)


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    "chunks",
    [
        [event(1), event(2, 3), event(4), event(5, 6) + DONE],
        [event(1), event(2) + DONE],
        [event(1, 2, 3, 4, 5) + DONE],
        [event(0), event(*range(1, 200)), event(*range(200, 300)) + DONE],
        [event(1), b"id: 7\n" + event(2), event(3), event(4), DONE],
    ],
    ids=range(5),
)
async def test_loops_over_one_stream_share_its_items_in_their_order(
    kind: str, chunks: list[bytes]
) -> None:
    items = await _client(kind, *chunks).stream(PIECES)
    expected = await (await _client(kind, *chunks).stream(PIECES)).collect()
    found = []
    async for item in items:
        found.append(item)
        if (other := await anext(items, None)) is not None:
            found.append(other)
        async for another in items:
            found.append(another)
            break
    assert found == expected
    assert items.stats.events == len(expected)


async def test_a_loop_ends_where_another_one_has_met_the_end(
    serve: Serve, connect: Connect
) -> None:
    events: rt.Payloads[Piece] = rt.Payloads(lambda: Piece, terminators=("last",))
    operation = rt.StreamOperation[Piece]("GET", "/log", events=events)
    last = event(1) + event(2) + b"event: last\n" + event(3)
    server = serve([stream_head(), chunk(last), chunk(event(4)), Hold()])
    async with connect(server) as client, await client.stream(operation) as items:
        found = []
        async for item in items:
            found.append(item.n)
            async for other, sent in items.events():
                found.append(other.n)
                if sent.event == "last":
                    break
        assert found == [1, 2, 3]


@pytest.mark.parametrize("kind", ["sync", "async"])
async def test_events_go_on_after_one_that_does_not_fit(kind: str) -> None:
    chunks = [event(1), b"data: {}\n\n", event(2), DONE]
    pairs = (await _client(kind, *chunks).stream(PIECES)).events()
    found: list[Any] = []
    while True:
        try:
            found.append((await anext(pairs))[0].n)
        except rt.EventDecodeError as error:
            found.append(error.index)
        except StopAsyncIteration:
            break
    assert found == [1, 1, 2]


@pytest.mark.parametrize("kind", ["sync", "async"])
async def test_a_body_that_a_hook_has_read_is_read_again(kind: str) -> None:
    client = _client(kind, event(1), event(2), DONE)

    async def read(response: httpx.Response) -> None:
        await response.aread()

    hook = httpx.Response.read if kind == "sync" else read
    client.transport.client.event_hooks = {"response": [hook]}
    assert await (await client.stream(PIECES)).collect() == [Piece(n=1), Piece(n=2)]


# Time.


async def test_the_limit_of_the_first_event_is_none_for_who_reads_slowly(
    serve: Serve, connect: Connect
) -> None:
    server = serve([stream_head(), chunk(event(1)), Pause(0.5), chunk(event(2) + DONE), Hold()])
    async with connect(server, timeout=rt.Timeout(first_event=0.2)) as client:
        items = await client.stream(PIECES)
        assert await anext(items) == Piece(n=1)
        await anyio.sleep(0.3)
        threading.Event().wait(0.3)
        assert await items.collect() == [Piece(n=2)]


async def test_a_first_event_that_is_there_may_be_read_late(serve: Serve, connect: Connect) -> None:
    server = serve(stream(event(1) + DONE))
    async with connect(server, timeout=rt.Timeout(first_event=0.2)) as client:
        items = await client.stream(PIECES)
        threading.Event().wait(0.3)
        assert await items.collect() == [Piece(n=1)]


async def test_comments_without_end_put_the_first_event_off_for_nobody(
    serve: Serve, connect: Connect
) -> None:
    drip = [step for _ in range(200) for step in (chunk(b":\n\n"), Pause(0.02))]
    server = serve([stream_head(), *drip, chunk(event(1) + DONE), Hold()])
    async with connect(server, timeout=rt.Timeout(first_event=0.5), max_retries=0) as client:
        items = await client.stream(PIECES)
        with pytest.raises(rt.StreamTimeoutError, match=r"0\.5 seconds"):
            await anext(items)


async def test_a_block_that_is_no_event_is_not_the_first_one(
    serve: Serve, connect: Connect
) -> None:
    server = serve([stream_head(), chunk(b"retry: 3000\n\n"), Hold()])
    async with connect(server, timeout=rt.Timeout(first_event=0.5), max_retries=0) as client:
        items = await client.stream(PIECES)
        with pytest.raises(rt.StreamTimeoutError, match=r"0\.5 seconds"):
            await anext(items)
        assert items.stats.time_to_first_event is None


async def test_the_limit_of_the_first_event_does_not_keep_a_stream_from_being_resumed(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_FIRST_RESUMPTION", 0.01)
    first = [stream_head(), chunk(b"id: a\n" + event(1)), Pause(0.6), Reset()]
    server = serve(first, [*stream(event(2))[:1], Pause(0.6), *stream(event(2))[1:]])
    async with connect(server, timeout=rt.Timeout(first_event=0.5)) as client:
        items = await client.stream(RESUMABLE)
        assert await items.collect() == [Piece(n=1), Piece(n=2)]
        assert items.stats.time_to_first_event < 0.5


async def test_nothing_is_waited_for_beyond_the_limit_of_the_whole_stream(
    serve: Serve, connect: Connect
) -> None:
    server = serve(answer(b"{}", "429 Slow Down", "application/json", "Retry-After: 30"))
    async with connect(server, timeout=rt.Timeout(total=20)) as client:
        with pytest.raises(rt.RateLimitError):
            await client.stream(PIECES)
    assert len(server.requests) == 1


async def test_no_stream_is_asked_for_again_beyond_its_limit(
    serve: Serve, connect: Connect
) -> None:
    lost = [stream_head(), chunk(b"id: a\nretry: 29000\n" + event(1)), Reset()]
    server = serve(lost)
    async with connect(server, timeout=rt.Timeout(total=20)) as client:
        items = await client.stream(RESUMABLE)
        with pytest.raises(rt.StreamInterruptedError):
            await items.collect()
    assert len(server.requests) == 1


@pytest.mark.parametrize("name", ["connect", "read", "first_event", "idle", "total"])
@pytest.mark.parametrize("seconds", [0, -1, float("nan"), "a"])
def test_a_limit_leaves_time_to_wait(name: str, seconds: Any) -> None:
    with pytest.raises(ValueError, match=rf"^Timeout\({name}={seconds!r}\): seconds to wait"):
        rt.Timeout(**{name: seconds})


@pytest.mark.parametrize("kind", ["sync", "async"])
async def test_a_timeout_that_is_not_the_stream_s_is_not_taken_for_it(kind: Any) -> None:
    mine = TimeoutError("mine")

    class Failing(Chunks.Body):
        def __iter__(self) -> Iterator[bytes]:
            yield event(1)
            raise mine

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for one in self:
                yield one

    fields = {"content-type": "text/event-stream"}
    transport: Any = httpx.MockTransport(
        lambda _: httpx.Response(200, headers=fields, stream=Failing(()))
    )
    http = (httpx.Client if kind == "sync" else httpx.AsyncClient)(transport=transport)
    client = Client(kind, "http://chunks", http_client=http, timeout=rt.Timeout(first_event=5))
    items = await client.stream(PIECES)
    assert await anext(items) == Piece(n=1)
    with pytest.raises(TimeoutError) as raised:
        await anext(items)
    assert raised.value is mine


# Asking again.


async def test_a_failure_in_the_stream_says_with_its_head_how_long_to_wait(
    serve: Serve, connect: Connect
) -> None:
    failed = stream(b'event: error\ndata: {"status":503}\n\n', fields=["Retry-After: 61"])
    server = serve(failed)
    async with connect(server) as client:
        items = await client.stream(PIECES)
        with pytest.raises(rt.InternalServerError):
            await anext(items)
    assert len(server.requests) == 1  # so long is left to the caller


async def test_ids_of_a_try_that_gave_nothing_do_not_count(serve: Serve, connect: Connect) -> None:
    failed = stream(b'id: 1\nevent: error\ndata: {"status":503}\n\n')
    good = stream(b"id: 1\n" + event(1) + b"id: 2\n" + event(2) + DONE)
    server = serve(failed, good)
    async with connect(server) as client:
        items = await client.stream(PIECES)
        assert await items.collect() == [Piece(n=1), Piece(n=2)]
        assert items.last_event_id == "2"


@pytest.mark.parametrize(
    ("sent", "expected"), [("é", "é"), ("日本", "日本"), ("  x ", "x")], ids=["é", "日本", "x"]
)
async def test_an_id_goes_back_in_utf_8_without_space_around_it(
    sent: str, expected: str, serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_FIRST_RESUMPTION", 0.01)
    lost = [stream_head(), chunk(f"id: {sent}\n".encode() + event(1)), Reset()]
    server = serve(lost, lost, stream(event(2)))
    async with connect(server) as client:
        assert len(await (await client.stream(RESUMABLE)).collect()) == 2
    for request in server.requests[1:]:
        assert request.headers["last-event-id"].encode("latin-1").decode() == expected


async def test_a_stream_that_cannot_be_resumed_was_interrupted(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_FIRST_RESUMPTION", 0.01)
    server = serve([stream_head(), chunk(b"id: a\n" + event(1)), Reset()], [Reset()])
    async with connect(server, max_retries=1) as client:
        items = await client.stream(RESUMABLE)
        assert await anext(items) == Piece(n=1)
        with pytest.raises(rt.StreamInterruptedError, match="could not be resumed") as raised:
            await anext(items)
    assert (raised.value.events_seen, raised.value.last_event_id) == (1, "a")
    assert len(server.requests) == 3


async def test_a_stream_of_a_client_that_was_closed_is_lost(serve: Serve, connect: Connect) -> None:
    server = serve([stream_head(), Hold()])
    async with connect(server) as client:
        items = await client.stream(PIECES)
        await client.close()
        with pytest.raises(rt.StreamInterruptedError, match="The client was closed, after 0"):
            await anext(items)


async def test_closing_an_async_client_tells_the_task_that_waits_for_bytes(serve: Serve) -> None:
    server = serve([stream_head(), chunk(event(1)), Hold()])
    async with connected("async", server) as client:
        items = await client.stream(PIECES)
        assert await anext(items) == Piece(n=1)
        waiting = asyncio.create_task(items.collect())
        await asyncio.sleep(0.05)
        await client.close()
        with pytest.raises(rt.StreamInterruptedError, match="The client was closed, after 1"):
            await waiting


# Closing.


def _read_in_thread(items: Any) -> tuple[threading.Thread, list[Any]]:
    """A thread that waits for bytes by now, and the items that it gets."""
    found: list[Any] = []
    reading = threading.Thread(target=lambda: found.extend(items))
    reading.start()
    until = time.monotonic() + PATIENCE
    while not getattr(items._chunks, "gi_running", False):
        assert time.monotonic() < until
        time.sleep(0.01)
    return reading, found


def test_closing_wakes_a_thread_that_waits_for_bytes(serve: Serve) -> None:
    server = serve([stream_head(), chunk(event(1)), Hold()])
    transport = Client("sync", server.url).transport
    items = transport.stream(PIECES, rt.Arguments())
    assert next(items) == Piece(n=1)
    reading, rest = _read_in_thread(items)
    items.close()
    reading.join(PATIENCE)
    assert (reading.is_alive(), rest) == (False, [])
    server.wait_until_released()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork processes")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # of the threads it has
def test_closing_in_a_process_that_was_forked_ends_no_loop_of_its_parent_s(serve: Serve) -> None:
    gate = Gate()
    server = serve([stream_head(), chunk(event(1)), gate, chunk(event(2) + DONE), LAST_CHUNK])
    transport = Client("sync", server.url).transport
    items = transport.stream(PIECES, rt.Arguments())
    assert next(items) == Piece(n=1)
    reading, rest = _read_in_thread(items)
    if (child := os.fork()) == 0:
        try:
            items.close()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    gate.open()
    reading.join(PATIENCE)
    assert rest == [Piece(n=2)]
    transport.close()


@pytest.mark.parametrize(
    "failure", [httpx.StreamClosed(), ValueError("generator already executing"), IndexError()]
)
@pytest.mark.parametrize("given", [[], [event(1)], [event(1) + DONE]], ids=["0", "1", "all"])
def test_closing_ends_the_loop_of_another_thread_however_its_read_fails(
    failure: Exception, given: list[bytes]
) -> None:
    class Closed(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield from given
            closing = threading.Thread(target=items.close)
            closing.start()
            closing.join(PATIENCE)
            raise failure

    fields = {"content-type": "text/event-stream"}
    http = httpx.Client(
        transport=httpx.MockTransport(
            lambda _: httpx.Response(200, headers=fields, stream=Closed())
        )
    )
    transport = Client("sync", "http://chunks", http_client=http).transport
    items = transport.stream(PIECES, rt.Arguments())
    assert items.collect() == [Piece(n=1)] * len(given)


def test_who_asks_while_another_thread_waits_is_told_though_that_goes_on_meanwhile() -> None:
    class Busy:
        """The chunks of a response, as a thread finds them while another one waits for them."""

        def __iter__(self) -> Iterator[bytes]:
            return self

        def __next__(self) -> bytes:
            raise ValueError("generator already executing")

    http = httpx.Client(transport=Chunks(event(1), event(2), DONE))
    items = Client("sync", "http://chunks", http_client=http).transport.stream(
        PIECES, rt.Arguments()
    )
    items._chunks, chunks = Busy(), items._chunks
    with pytest.raises(rt.StreamError, match="waits for the next event"):
        next(items)
    items._chunks = chunks
    assert items.collect() == [Piece(n=1), Piece(n=2)]


def test_closing_the_client_wakes_a_thread_that_waits_for_bytes(serve: Serve) -> None:
    server = serve([stream_head(), chunk(event(1)), Hold()])
    transport = Client("sync", server.url).transport
    items = transport.stream(PIECES, rt.Arguments(), timeout=rt.Timeout(idle=None))
    assert next(items) == Piece(n=1)
    ends: list[type[Exception]] = []

    def read() -> None:
        try:
            items.until_done()
        except rt.StreamError as error:
            ends.append(type(error))

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    transport.close()
    reading.join(PATIENCE)
    assert (reading.is_alive(), ends) == (False, [rt.StreamInterruptedError])
    server.wait_until_released()


@pytest.mark.parametrize("kind", ["sync", "async"])
async def test_closing_while_a_stream_is_asked_for_again_leaves_no_connection(
    kind: Any, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, closed = threading.Event(), threading.Event()

    class Waiting(list[Any]):
        """The steps of the second answer, which is not begun before the stream is closed."""

        def __iter__(self) -> Iterator[Any]:
            asked.set()
            closed.wait(PATIENCE)
            return super().__iter__()

    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.01)
    server = serve([stream_head(), Reset()], Waiting([stream_head(), Hold()]))
    client = Client(kind, server.url)
    items: Any = await client.stream(PIECES)

    async def read() -> None:
        if kind == "sync":
            await anyio.to_thread.run_sync(lambda: found.extend(items.stream))
        else:
            found.extend(await items.collect())

    found: list[Any] = []
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(read)
        assert await anyio.to_thread.run_sync(asked.wait, PATIENCE)
        await items.close()
        closed.set()
    assert found == []
    server.wait_until_released()


# What is not a stream, and what a stream says.


async def test_a_stream_that_nobody_asked_for_is_not_read_to_its_end(
    serve: Serve, connect: Connect
) -> None:
    server = serve([stream_head(), chunk(event(1)), Hold()])
    async with connect(server) as client:
        with pytest.raises(rt.APIResponseValidationError, match="text/event-stream"):
            await client.send(WHOLE)
        server.wait_until_released()


async def test_the_error_of_a_refused_stream_is_that_of_its_first_event(
    serve: Serve, connect: Connect
) -> None:
    body = b'retry: 10\n\nid: 1\n\ndata:\n\ndata: {"error":{"message":"no"}}\n\n'
    server = serve([head("422 No"), body[:12], Pause(0.05), body[12:]])
    async with connect(server) as client:
        with pytest.raises(rt.UnprocessableEntityError, match="no"):
            await client.stream(PIECES)


async def test_what_a_stream_repeats_of_a_credential_is_not_shown(
    serve: Serve, connect: Connect
) -> None:
    report = b'event: error\ndata: {"status":401,"message":"no %s"}\n\n' % TOKEN.encode()
    page = answer(TOKEN.encode(), "200 OK", "text/html")
    server = serve(stream(event(1) + report), page)
    async with connect(server) as client:
        items = await client.stream(PIECES)
        await anext(items)
        with pytest.raises(rt.AuthenticationError) as raised:
            await anext(items)
        assert TOKEN not in f"{raised.value} {raised.value!r}"
        with pytest.raises(rt.APIResponseValidationError) as unexpected:
            await client.stream(PIECES)
        assert TOKEN not in f"{unexpected.value} {unexpected.value!r}"


@pytest.mark.filterwarnings("ignore:unclosed")  # what the first loop had, which is no more
def test_an_async_client_works_in_one_event_loop_after_the_other(
    serve: Callable[..., ScriptedServer],
) -> None:
    server = serve(stream(b'data: {"n":1}\n\n', b"data: [DONE]\n\n"))
    operation = rt.StreamOperation[Any](
        "GET", "/", events=rt.Payloads(lambda: dict[str, int], sentinel="[DONE]")
    )
    api = rt.Api("parley", "1", (rt.Server(server.url),))
    transport = rt.AsyncTransport(api, credentials={}, base_url=None)

    async def read() -> list[Any]:
        async with transport.open_stream(operation, rt.Arguments()) as items:
            return await items.collect()

    async def read_and_close() -> list[Any]:
        try:
            return await read()
        finally:
            await transport.aclose()

    # The connection of the first one is kept for a next call, which does not come in its loop.
    assert asyncio.run(read()) == [{"n": 1}]
    assert asyncio.run(read_and_close()) == [{"n": 1}]
    assert server.total == 2
    gc.collect()
    server.wait_until_released()


async def test_a_task_that_asks_while_another_waits_is_told_and_the_other_goes_on(
    serve: Serve, connect: Connect
) -> None:
    gate = Gate()
    server = serve([stream_head(), gate, chunk(event(1, 2)), chunk(DONE), LAST_CHUNK])
    async with connect(server) as client:
        items = await client.stream(PIECES)
        kind = client.kind

        async def read() -> Any:
            if kind == "async":
                return await items.collect()
            return await anyio.to_thread.run_sync(lambda: list(items.stream))

        found: list[Any] = []

        async def first() -> None:
            found.append(await read())

        async with anyio.create_task_group() as group:
            group.start_soon(first)
            await anyio.sleep(0.1)  # it waits
            for _ in range(2):
                with pytest.raises(rt.StreamError, match="waits for the next event") as caught:
                    await read()
                assert not isinstance(caught.value, rt.StreamInterruptedError)
            gate.open()
        assert found == [[Piece(n=1), Piece(n=2)]]


@pytest.mark.filterwarnings("ignore:unclosed")
def test_a_stream_does_not_seem_complete_in_another_event_loop(
    serve: Callable[..., ScriptedServer],
) -> None:
    server = serve([stream_head(), chunk(event(1)), Hold()])
    api = rt.Api("parley", "1", (rt.Server(server.url),))
    transport = rt.AsyncTransport(api, credentials={}, base_url=None)
    operation = rt.StreamOperation[Any]("GET", "/", events=rt.Payloads(lambda: dict[str, int]))
    opened: list[rt.AsyncEventStream[Any]] = []

    async def begin() -> None:
        opened.append(await transport.stream(operation, rt.Arguments()))
        assert await anext(opened[0]) == {"n": 1}

    asyncio.run(begin())
    for _ in range(2):
        with pytest.raises(rt.StreamInterruptedError, match="its event loop has ended"):
            asyncio.run(opened[0].collect())
    gc.collect()


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    "events",
    [
        rt.Payloads(lambda: Piece),
        rt.Envelopes(rt.Variant(lambda: Whole)),
        rt.Envelopes(rt.Variant(lambda: Whole), gives="data"),
    ],
)
async def test_an_event_that_does_not_fit_keeps_no_stream_alive(kind: str, events: Any) -> None:
    client = _client(kind, event(1), b"data: {oops\n\n", event(2))
    operation = rt.StreamOperation[Any]("GET", "/", events=events)

    async def read() -> weakref.ref[Any]:
        items = await client.stream(operation)
        with pytest.raises(rt.EventDecodeError):
            await items.collect()
        found = weakref.ref(getattr(items, "stream", items))
        await items.close()
        return found

    gc.disable()
    try:
        assert (await read())() is None
    finally:
        gc.enable()
