"""Connections are released in event loops, also where the task that does it is cancelled."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final, NoReturn

import httpx
import pytest

import sdkgen_runtime as rt
from runtime.clients import Client, connected
from servers.scripted import Hold, ScriptedServer, chunk, stream_head

pytestmark = pytest.mark.anyio

EVENT: Final = b"data: 1\n\n"
STREAM: Final = rt.StreamOperation[int]("GET", "/", events=rt.Payloads(lambda: int))
WHOLE: Final = rt.Operation[int]("GET", "/", returns=(rt.json("200", lambda: int),))
FILE: Final = rt.Operation[Any]("GET", "/", returns=(rt.binary("200"),))

TICKS: Final = 12
"""Turns of the loop that are enough for each of what is done here."""


class Body(httpx.AsyncByteStream):
    """A body whose end takes some turns of the loop."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.closing = asyncio.Event()
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.data

    async def aclose(self) -> None:
        self.closing.set()
        for _ in range(4):
            await asyncio.sleep(0)
        self.closed = True


async def _leave(client: Client) -> None:
    async with await client.stream(STREAM) as items:
        async for _ in items:
            break


async def _read_stream(client: Client) -> None:
    await (await client.stream(STREAM)).collect()


async def _send(client: Client) -> None:
    await client.send(WHOLE)


async def _send_in_vain(client: Client) -> None:
    with pytest.raises(rt.APIError):
        await client.send(WHOLE)


async def _refuse(client: Client) -> None:
    def refuse(_: object) -> NoReturn:
        raise LookupError

    with pytest.raises(LookupError):
        await client.stream(STREAM, on_response=refuse)


async def _download(client: Client) -> None:
    await (await client.transport.download(FILE, rt.Arguments())).read()


async def _download_in_part(client: Client) -> None:
    async with await client.transport.download(FILE, rt.Arguments()):
        pass


EVENTS: Final = {"content-type": "text/event-stream"}
JSON: Final = {"content-type": "application/json"}
BYTES: Final = {"content-type": "application/octet-stream"}
GZIP: Final = {"content-encoding": "gzip"}


@pytest.mark.parametrize(
    ("do", "status", "fields", "data"),
    [
        (_leave, 200, EVENTS, EVENT),
        (_leave, 200, EVENTS | GZIP, gzip.compress(EVENT)),
        (_read_stream, 200, EVENTS, EVENT),
        (_read_stream, 200, EVENTS | GZIP, gzip.compress(EVENT)),
        (_refuse, 200, EVENTS, EVENT),
        (_send, 200, JSON, b"1"),
        (_send_in_vain, 404, JSON, b"{}"),
        (_send_in_vain, 200, EVENTS, EVENT),
        (_download, 200, BYTES, b"a"),
        (_download_in_part, 200, BYTES, b"a"),
    ],
    ids=range(10),
)
async def test_a_task_that_is_cancelled_while_it_closes_leaves_nothing_open(
    do: Callable[[Client], Awaitable[None]], status: int, fields: dict[str, str], data: bytes
) -> None:
    for ticks in range(TICKS):
        body = Body(data)
        response = httpx.Response(status, headers=fields, stream=body)
        http = httpx.AsyncClient(transport=httpx.MockTransport(lambda _, found=response: found))
        task = asyncio.ensure_future(do(Client("async", "http://slow", http_client=http)))
        await body.closing.wait()
        await _turn(ticks)
        task.cancel()
        await asyncio.wait([task])
        await _turn(TICKS)
        assert body.closed, ticks


async def test_a_task_that_is_cancelled_while_it_leaves_a_stream_holds_no_connection() -> None:
    with ScriptedServer([stream_head(), chunk(EVENT), Hold()]) as server:
        async with connected("async", server) as client:
            for ticks in range(TICKS):
                begun = asyncio.Event()

                async def leave(begun: asyncio.Event = begun) -> None:
                    async with await client.stream(STREAM) as items:
                        async for _ in items:
                            begun.set()
                            break

                task = asyncio.ensure_future(leave())
                await begun.wait()
                await _turn(ticks)
                task.cancel()
                await asyncio.wait([task])
            await _turn(TICKS)
            pool = client.transport.client._transport._pool
            assert pool.connections == []
            server.wait_until_released()


async def _turn(ticks: int) -> None:
    for _ in range(ticks):
        await asyncio.sleep(0)
