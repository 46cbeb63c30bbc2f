"""Clients in event loops of trio's: in one after the other, and in several at once."""

from __future__ import annotations

import gc
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

import anyio
import httpx
import pytest
import trio

import sdkgen_runtime as rt
from servers.scripted import PATIENCE, Hold, Pause, ScriptedServer, answer, chunk, stream_head

Serve = Callable[..., ScriptedServer]

STREAM: Final = rt.StreamOperation[int]("GET", "/", events=rt.Payloads(lambda: int))
WHOLE: Final = rt.Operation[int]("GET", "/", returns=(rt.json("200", lambda: int),))
FILE: Final = rt.Operation[Any]("GET", "/", returns=(rt.binary("200", "text/event-stream"),))
OPEN: Final = [stream_head(), chunk(b"data: 1\n\n"), Hold()]


def client(server: ScriptedServer) -> rt.AsyncTransport:
    api = rt.Api("parley", "1", (rt.Server(server.url),))
    timeout = rt.Timeout(read=PATIENCE, idle=PATIENCE)
    return rt.AsyncTransport(api, credentials={}, base_url=None, timeout=timeout)


@pytest.mark.filterwarnings("ignore:unclosed")  # what the first loops had, which are no more
def test_a_client_works_in_one_loop_after_the_other(serve: Serve) -> None:
    server = serve(answer(b"1"))
    transport = client(server)
    for _ in range(3):
        assert trio.run(transport.send, WHOLE, rt.Arguments()) == 1
    assert server.total == 3
    assert len(transport._clients) == 1

    async def twice() -> None:
        for _ in range(2):
            assert await transport.send(WHOLE, rt.Arguments()) == 1
        await transport.aclose()

    trio.run(twice)
    assert server.total == 4
    gc.collect()
    server.wait_until_released()


def test_a_client_works_in_several_loops_at_once(serve: Serve) -> None:
    events = [step for n in range(3) for step in (chunk(b"data: %d\n\n" % n), Pause(0.001))]
    server = serve([stream_head(), *events, b"0\r\n\r\n"])
    transport = client(server)
    found: list[list[int]] = []

    async def read() -> None:
        for _ in range(10):
            async with transport.open_stream(STREAM, rt.Arguments()) as items:
                found.append(await items.collect())
        await transport.aclose()

    threads = [threading.Thread(target=trio.run, args=[read], daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert found == [[0, 1, 2]] * 30
    server.wait_until_released()


@pytest.mark.filterwarnings("ignore:unclosed")
def test_a_stream_does_not_seem_complete_in_another_loop(serve: Serve) -> None:
    transport = client(serve(OPEN))
    opened: list[rt.AsyncEventStream[int]] = []

    async def begin() -> None:
        opened.append(await transport.stream(STREAM, rt.Arguments()))
        assert await anext(opened[0]) == 1

    trio.run(begin)
    for _ in range(2):
        with pytest.raises(rt.StreamInterruptedError, match="its event loop has ended"):
            trio.run(opened[0].collect)
    gc.collect()


@pytest.mark.filterwarnings("ignore:Async generator")  # trio says so of the HTTP library's
def test_what_is_collected_ends_no_loop_however_its_release_fails() -> None:
    class Broken(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"data: 1\n\n"
            await anyio.sleep_forever()

        async def aclose(self) -> None:
            raise LookupError

    def respond(_: httpx.Request) -> httpx.Response:
        fields = {"content-type": "text/event-stream"}
        return httpx.Response(200, headers=fields, stream=Broken())

    async def leave() -> int:
        api = rt.Api("parley", "1", (rt.Server("http://memory"),))
        async with httpx.AsyncClient(transport=httpx.MockTransport(respond)) as http:
            transport = rt.AsyncTransport(api, credentials={}, base_url=None, http_client=http)
            opened = await transport.stream(STREAM, rt.Arguments())
            found = await anext(opened)
            with pytest.warns(ResourceWarning, match="left before its end"):
                del opened
            await anyio.sleep(0.01)
        return found

    assert trio.run(leave) == 1


@pytest.mark.parametrize("what", ["stream", "download"])
def test_what_is_collected_releases_its_connection(serve: Serve, what: str) -> None:
    server = serve(OPEN)
    transport = client(server)

    async def leave() -> None:
        opened: Any = (
            await transport.stream(STREAM, rt.Arguments())
            if what == "stream"
            else await transport.download(FILE, rt.Arguments())
        )
        with pytest.warns(ResourceWarning, match="left before its end"):
            del opened
        await anyio.to_thread.run_sync(server.wait_until_released)
        await transport.aclose()

    trio.run(leave)
