"""A lost stream that can be resumed is asked for again, from its last event on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

import anyio
import anyio.lowlevel
import httpx
import pydantic
import pytest

import sdkgen_runtime as rt
from runtime.clients import Client, connected
from sdkgen_runtime import retry
from sdkgen_runtime.calls import Call
from servers.scripted import (
    PATIENCE,
    Fin,
    Hold,
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


STREAM: Final = rt.StreamOperation[Piece](
    "GET", "/log", events=rt.Payloads(lambda: Piece), resumable=True
)
ENDED: Final = rt.StreamOperation[Piece](
    "GET", "/log", events=rt.Payloads(lambda: Piece, sentinel="[DONE]"), resumable=True
)
LAST: Final = rt.StreamOperation[Piece](
    "GET", "/log", events=rt.Payloads(lambda: Piece, terminators=("last",)), resumable=True
)
PLAIN: Final = rt.StreamOperation[Piece]("GET", "/log", events=rt.Payloads(lambda: Piece))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "_FIRST_RESUMPTION", 0.01)


def event(n: int, id_: str | None = None) -> bytes:
    line = "" if id_ is None else f"id: {id_}\n"
    return f'{line}data: {{"n":{n}}}\n\n'.encode()


def lost(*events: bytes) -> list[Any]:
    return [stream_head(), *map(chunk, events), Reset()]


async def numbers(items: Any) -> list[int]:
    return [item.n async for item in items]


async def test_a_stream_goes_on_where_it_was_lost(serve: Serve, connect: Connect) -> None:
    server = serve(lost(event(1, "a"), event(2, "b")), stream(event(3, "c")))
    seen: list[Exception] = []
    async with connect(server) as client:
        items = await client.stream(STREAM, on_resume=seen.append)
        assert await numbers(items) == [1, 2, 3]
        assert (items.last_event_id, items.stats.reconnects) == ("c", 1)
    assert "last-event-id" not in server.requests[0].headers
    assert server.requests[1].headers["last-event-id"] == "b"
    (failure,) = seen
    assert isinstance(failure, rt.StreamInterruptedError)


async def test_each_resumption_sends_one_id_in_the_place_of_the_one_before(
    serve: Serve, connect: Connect
) -> None:
    server = serve(lost(event(1, "a")), lost(event(2, "b")), stream(event(3, "c")))
    arguments = rt.Arguments(header={"last-event-id": "0"})
    async with connect(server) as client:
        assert await numbers(await client.stream(STREAM, arguments)) == [1, 2, 3]
    sent = [
        [line for line in one.raw.splitlines() if line.lower().startswith(b"last-event-id:")]
        for one in server.requests
    ]
    assert [len(lines) for lines in sent] == [1, 1, 1]
    assert [one.headers["last-event-id"] for one in server.requests] == ["0", "a", "b"]


async def test_with_an_event_loop_what_is_told_of_a_resumption_may_wait(serve: Serve) -> None:
    server = serve(lost(event(1, "a")), stream(event(2, "b")))
    seen: list[Exception] = []

    async def tell(failure: Exception) -> None:
        await anyio.lowlevel.checkpoint()
        seen.append(failure)

    async with connected("async", server) as client:
        items = await client.stream(STREAM, on_resume=tell)
        assert await numbers(items) == [1, 2]
    assert [type(failure) for failure in seen] == [rt.StreamInterruptedError]


@pytest.mark.parametrize("error", [httpx.ConnectError("mine"), rt.APIConnectionError("mine")])
@pytest.mark.parametrize("begun", [lost(event(1, "a")), stream(event(1, "a"))])
async def test_what_a_hook_raises_reaches_the_caller(
    error: Exception, begun: list[Any], serve: Serve, connect: Connect
) -> None:
    server = serve(begun, stream(event(2, "b")))
    calls: list[object] = []

    def fail(said: object) -> None:
        calls.append(said)
        raise error

    async with connect(server) as client:
        items = await client.stream(ENDED, on_resume=fail)
        assert (await anext(items)).n == 1
        with pytest.raises(type(error), match="mine") as raised:
            await anext(items)
    assert raised.value is error
    assert (len(calls), len(server.requests)) == (1, 1)
    server.wait_until_released()


@pytest.mark.parametrize("error", [httpx.ConnectError("mine"), rt.APIConnectionError("mine")])
@pytest.mark.parametrize(
    "begun", [lost(), lost(event(1, "a")), stream(b'event: error\ndata: {"status":503}\n\n')]
)
async def test_what_a_hook_raises_of_a_further_answer_reaches_the_caller(
    error: Exception, begun: list[Any], serve: Serve, connect: Connect
) -> None:
    server = serve(begun, stream(event(2, "b")))
    calls: list[object] = []

    def fail(response: object) -> None:
        calls.append(response)
        if len(calls) > 1:
            raise error

    async with connect(server) as client:
        items = await client.stream(ENDED, on_response=fail)
        with pytest.raises(type(error), match="mine") as raised:
            await numbers(items)
    assert raised.value is error
    assert (len(calls), len(server.requests)) == (2, 2)
    server.wait_until_released()


async def test_no_one_is_told_of_a_resumption_that_is_none(serve: Serve, connect: Connect) -> None:
    server = serve(lost(b"retry: 5000\n\n", event(1, "a")))
    seen: list[Exception] = []
    async with connect(server) as client:
        timeout = rt.Timeout(total=2)
        items = await client.stream(STREAM, on_resume=seen.append, timeout=timeout)
        with pytest.raises(rt.StreamInterruptedError):
            await items.collect()
    assert seen == []


async def test_a_stream_that_stops_before_its_declared_end_goes_on(
    serve: Serve, connect: Connect
) -> None:
    server = serve(stream(event(1, "a")), stream(event(2, "b"), b"data: [DONE]\n\n"))
    async with connect(server) as client:
        assert await numbers(await client.stream(ENDED)) == [1, 2]
    assert len(server.requests) == 2


async def test_events_that_were_given_are_not_given_again(serve: Serve, connect: Connect) -> None:
    server = serve(
        lost(event(1, "a"), event(2, "b")),
        stream(event(1, "a"), event(2, "b"), event(3, "c"), event(4, "c")),
    )
    async with connect(server) as client:
        # Within one response, a server may give events of one id.
        assert await numbers(await client.stream(STREAM)) == [1, 2, 3, 4]


async def test_an_event_that_did_not_fit_is_not_raised_again(
    serve: Serve, connect: Connect
) -> None:
    misfit = b"id: b\ndata: {}\n\n"
    server = serve(lost(event(1, "a"), misfit), stream(misfit, event(3, "c")))
    async with connect(server) as client:
        items = await client.stream(STREAM)
        assert (await anext(items)).n == 1
        with pytest.raises(rt.EventDecodeError):
            await anext(items)
        assert await numbers(items) == [3]


async def test_an_id_that_is_too_long_to_be_remembered_tells_nothing(
    serve: Serve, connect: Connect
) -> None:
    long = event(1, "a" * 2000)
    server = serve(lost(long, event(2, "b")), stream(long, event(2, "b"), event(3, "c")))
    async with connect(server) as client:
        assert await numbers(await client.stream(STREAM)) == [1, 2, 1, 3]


async def test_an_id_that_several_events_had_tells_none_of_them(
    serve: Serve, connect: Connect
) -> None:
    server = serve(
        lost(event(1, "m"), event(2, "m")),
        stream(event(3, "m"), event(4, "m"), b"data: [DONE]\n\n"),
        stream(event(3, "m"), event(4, "m"), b"data: [DONE]\n\n"),
    )
    async with connect(server) as client:
        assert await numbers(await client.stream(ENDED)) == [1, 2, 3, 4]


REFUSED: Final = stream(b'id: 1\nevent: error\ndata: {"status":503}\n\n')


async def test_ids_of_a_try_that_gave_nothing_are_forgotten(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.01)
    given = event(1, "1"), event(2, "2")
    server = serve(REFUSED, lost(*given), stream(*given, event(3, "3")), REFUSED, stream(event(4)))
    async with connect(server) as client:
        assert await numbers(await client.stream(STREAM)) == [1, 2, 3]
        items = await client.stream(STREAM)
        assert await numbers(items) == [4]
        assert items.last_event_id == ""


async def test_the_first_event_of_a_try_that_gave_nothing_is_not_that_of_the_stream(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.01)
    server = serve(REFUSED, [stream_head(), Hold()])
    timeout = rt.Timeout(first_event=0.3, idle=PATIENCE)
    async with connect(server, timeout=timeout, max_retries=1) as client:
        items = await client.stream(STREAM)
        with pytest.raises(rt.StreamTimeoutError, match=r"No event came within 0\.3 seconds"):
            await numbers(items)


async def test_the_head_of_a_further_try_is_waited_for_no_longer_than_the_first_event(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.01)
    waits: list[float] = []
    before = Call.before_try

    def noted(call: Call[Any], request: httpx.Request) -> None:
        before(call, request)
        waits.append(request.extensions["timeout"]["read"])

    monkeypatch.setattr(Call, "before_try", noted)
    timeout = rt.Timeout(first_event=PATIENCE, read=2 * PATIENCE)
    async with connect(serve(REFUSED, stream(event(1))), timeout=timeout) as client:
        assert await numbers(await client.stream(STREAM)) == [1]
    assert len(waits) == 2
    assert max(waits) <= PATIENCE


async def test_ends_and_errors_count_whatever_their_id(serve: Serve, connect: Connect) -> None:
    server = serve(
        lost(event(1, "a")),
        stream(event(1, "a"), b"id: a\ndata: [DONE]\n\n"),
        lost(event(1, "a")),
        stream(event(1, "a"), b'event: error\nid: a\ndata: {"error":{"code":429}}\n\n'),
        lost(event(1, "a")),
        stream(event(1, "a"), b'event: last\nid: a\ndata: {"n":2}\n\n'),
    )
    async with connect(server) as client:
        assert await numbers(await client.stream(ENDED)) == [1]
        with pytest.raises(rt.RateLimitError):
            await numbers(await client.stream(ENDED))
        assert await numbers(await client.stream(LAST)) == [1, 2]
    assert len(server.requests) == 6


async def test_thousands_of_events_are_not_given_again(serve: Serve, connect: Connect) -> None:
    events = [event(n, str(n)) for n in range(3000)]
    server = serve(lost(b"".join(events)), stream(b"".join(events), event(3000, "3000")))
    async with connect(server) as client:
        assert await numbers(await client.stream(STREAM)) == list(range(3001))


class Beat(pydantic.BaseModel):
    id: str | None = None
    data: int | None = None


async def test_events_without_data_are_not_given_again(serve: Serve, connect: Connect) -> None:
    operation = rt.StreamOperation[Beat](
        "GET", "/log", events=rt.Envelopes(rt.Variant(lambda: Beat, ("beat",))), resumable=True
    )
    beat = b"event: beat\nid: 2\n\n"
    server = serve(lost(b"event: beat\nid: 1\ndata: 1\n\n", beat), stream(beat))
    async with connect(server) as client:
        items = await (await client.stream(operation)).collect()
    assert items == [Beat(id="1", data=1), Beat(id="2")]


async def test_an_async_stream_may_be_closed_by_who_is_told_of_its_loss(serve: Serve) -> None:
    server = serve(lost(LONG, event(1, "a")), stream(event(2, "b")))
    async with connected("async", server) as client:
        opened: list[Any] = []

        async def close(_: object) -> None:
            await opened[0].aclose()

        opened.append(await client.stream(STREAM, on_resume=close))
        with anyio.fail_after(10):
            assert await numbers(opened[0]) == [1]
    assert len(server.requests) == 1


LONG: Final = b"retry: 20000\n\n"


def test_closing_a_stream_ends_its_wait_to_be_resumed(serve: Serve) -> None:
    server = serve(lost(LONG, event(1, "a")), stream(event(2, "b")))
    waits, found = threading.Event(), list[int]()

    def read(items: rt.EventStream[Piece]) -> None:
        found.extend(item.n for item in items)

    transport = Client("sync", server.url).transport
    items = transport.stream(STREAM, rt.Arguments(), on_resume=lambda _: waits.set())
    thread = threading.Thread(target=read, args=[items], daemon=True)
    thread.start()
    assert waits.wait(10)
    items.close()
    thread.join(10)
    assert not thread.is_alive()
    assert (found, len(server.requests)) == ([1], 1)
    transport.close()


async def test_closing_an_async_stream_ends_its_wait_to_be_resumed(serve: Serve) -> None:
    server = serve(lost(LONG, event(1, "a")), stream(event(2, "b")))
    waits, found = anyio.Event(), list[int]()

    async def read(items: rt.AsyncEventStream[Piece]) -> None:
        found.extend(await numbers(items))

    async with connected("async", server) as client:
        items = await client.stream(STREAM, on_resume=lambda _: waits.set())
        with anyio.fail_after(10):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(read, items)
                await waits.wait()
                await items.aclose()
    assert (found, len(server.requests)) == ([1], 1)


@pytest.mark.parametrize("begun", [lost(), lost(event(1, "a"))])
async def test_closing_an_async_stream_ends_its_wait_for_a_further_answer(
    begun: list[Any], serve: Serve
) -> None:
    server = serve(begun, [Hold()])
    patient = rt.Timeout(read=10 * PATIENCE, idle=10 * PATIENCE)
    async with connected("async", server, timeout=patient) as client:
        items = await client.stream(STREAM)

        async def close() -> None:
            await anyio.to_thread.run_sync(server.wait_until, has_been_asked_again, "a request")
            await items.aclose()

        with anyio.fail_after(PATIENCE):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(close)
                assert len(await numbers(items)) == len(begun) - 2
        server.wait_until_released()


def has_been_asked_again(server: ScriptedServer) -> bool:
    return len(server.requests) == 2


async def test_a_stream_whose_wait_to_be_resumed_is_cancelled_does_not_seem_complete(
    serve: Serve,
) -> None:
    server = serve(lost(LONG, event(1, "a")), stream(event(2, "b")))
    async with connected("async", server) as client:
        with anyio.CancelScope() as scope:
            items = await client.stream(STREAM, on_resume=lambda _: scope.cancel())
            async for item in items:
                assert item.n == 1
        assert scope.cancelled_caught
        with pytest.raises(rt.StreamInterruptedError, match="cancelled"):
            await anext(items)


async def test_a_client_that_is_closed_resumes_nothing(serve: Serve, connect: Connect) -> None:
    server = serve(lost(event(1, "a")), stream(event(2, "b")))
    async with connect(server) as client:

        def close(_: object) -> object:
            if client.kind == "sync":
                return client.transport.close()
            return client.transport.aclose()

        items = await client.stream(STREAM, on_resume=close)
        with pytest.raises(rt.StreamInterruptedError):
            await numbers(items)
    assert len(server.requests) == 1


@pytest.mark.parametrize("media_type", [None, "application/json"])
async def test_204_ends_the_stream(media_type: str | None, serve: Serve, connect: Connect) -> None:
    server = serve(lost(event(1, "a")), [head("204 No Content", media_type=media_type)])
    async with connect(server) as client:
        assert await numbers(await client.stream(ENDED)) == [1]


@pytest.mark.parametrize("begun", [event(1, "a"), b": ping\n\n", b"data: x"])
async def test_what_is_no_stream_is_none_when_it_is_asked_for_again(
    begun: bytes, serve: Serve, connect: Connect
) -> None:
    page = b"<html>"
    server = serve(lost(begun), [head(media_type=None), page, Fin()])
    async with connect(server) as client:
        items = await client.stream(STREAM)
        with pytest.raises(rt.APIResponseValidationError, match=f"and {len(page)} bytes"):
            await numbers(items)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("operation", "first"),
    [(PLAIN, event(1, "a")), (STREAM, event(1)), (STREAM, event(1, "a" * 2000))],
    ids=["no", "no id", "an id too long to be sent back"],
)
async def test_a_stream_that_cannot_be_resumed_is_interrupted(
    operation: Any, first: bytes, serve: Serve, connect: Connect
) -> None:
    server = serve(lost(first), stream(event(2)))
    async with connect(server) as client:
        items = await client.stream(operation)
        with pytest.raises(rt.StreamInterruptedError) as raised:
            await numbers(items)
    assert raised.value.events_seen == 1
    assert len(server.requests) == 1


async def test_no_one_is_told_of_a_resumption_after_an_id_that_no_header_can_carry(
    serve: Serve, connect: Connect
) -> None:
    server = serve(lost(event(1, "a\x01")), stream(event(2)))
    seen: list[Exception] = []
    async with connect(server) as client:
        items = await client.stream(STREAM, on_resume=seen.append)
        with pytest.raises(rt.StreamInterruptedError) as raised:
            await numbers(items)
    assert raised.value.last_event_id == "a\x01"
    assert (seen, len(server.requests)) == ([], 1)


async def test_who_wants_no_retries_gets_no_resuming(serve: Serve, connect: Connect) -> None:
    server = serve(lost(event(1, "a")), stream(event(2)))
    async with connect(server) as client:
        items = await client.stream(STREAM, max_retries=0)
        with pytest.raises(rt.StreamInterruptedError):
            await numbers(items)
    assert len(server.requests) == 1


async def test_resuming_without_progress_ends(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_FIRST_RESUMPTION", 0.001)
    server = serve(lost(event(1, "a")), *[lost(b": nothing\n\n")] * 9)
    async with connect(server) as client:
        items = await client.stream(STREAM)
        with pytest.raises(rt.StreamInterruptedError):
            await numbers(items)
    assert len(server.requests) == 1 + retry._MOST_RESUMPTIONS


async def test_progress_earns_new_tries(serve: Serve, connect: Connect) -> None:
    scripts = [lost(event(n, str(n))) for n in range(retry._MOST_RESUMPTIONS + 3)]
    server = serve(*scripts, [head("204 No Content", media_type=None)])
    async with connect(server) as client:
        found = await numbers(await client.stream(STREAM))
    assert found == list(range(retry._MOST_RESUMPTIONS + 3))


async def test_silence_is_resumed_from(serve: Serve, connect: Connect) -> None:
    silent = [stream_head(), chunk(event(1, "a")), Hold()]
    server = serve(silent, stream(event(2, "b")))
    async with connect(server) as client:
        items = await client.stream(STREAM, timeout=rt.Timeout(idle=0.1))
        assert await numbers(items) == [1, 2]


async def test_a_server_that_refuses_to_go_on_says_so(serve: Serve, connect: Connect) -> None:
    server = serve(lost(event(1, "a")), answer(b'{"message":"gone"}', "404 Not Found"))
    async with connect(server) as client:
        items = await client.stream(STREAM)
        with pytest.raises(rt.NotFoundError, match="gone"):
            await numbers(items)


async def test_an_error_that_the_server_reports_is_not_resumed_from(
    serve: Serve, connect: Connect
) -> None:
    report = b'event: error\ndata: {"message":"no","status":500}\n\n'
    server = serve([stream_head(), chunk(event(1, "a") + report), Hold()])
    async with connect(server) as client:
        items = await client.stream(STREAM)
        with pytest.raises(rt.InternalServerError):
            await numbers(items)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("fruitless", "asked", "expected"),
    [(0, None, 1.0), (1, None, 2.0), (0, 250, 0.25), (2, 250, 1.0), (0, 10**9, 30.0), (5, 0, None)],
)
def test_the_server_s_wish_is_honoured_within_bounds(
    fruitless: int, asked: int | None, expected: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_FIRST_RESUMPTION", 1.0)
    waits = [retry.resumption_delay(fruitless, asked) for _ in range(20)]
    if expected is None:
        assert {*waits} == {None}
    else:
        assert all(wait is not None and expected <= wait <= 1.25 * expected for wait in waits)
        assert len({*waits}) > 1, "clients that lost their streams together come back together"


async def test_a_wait_that_the_server_asked_for_counts_before_the_first_event_too(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_LONGEST_RESUMPTION", 0.02)
    asked: list[int | None] = []
    after_failure = retry.Tries.after_failure

    def noted(tries: retry.Tries, wait: int | None = None) -> float | None:
        asked.append(wait)
        return after_failure(tries, wait)

    monkeypatch.setattr(retry.Tries, "after_failure", noted)
    server = serve(lost(b"retry: 3000\n\n"), stream(event(1)))
    async with connect(server) as client, await client.stream(PLAIN) as opened:
        assert await numbers(opened) == [1]
    assert asked == [3000]
