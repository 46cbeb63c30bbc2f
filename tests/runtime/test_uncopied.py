"""What has a connection is not copied: a copy would share it, and close it."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any, Final, Never

import pytest

import sdkgen_runtime as rt
from runtime.clients import Client, SyncStream
from servers.scripted import ScriptedServer, answer, stream

pytestmark = pytest.mark.anyio

Serve = Callable[..., ScriptedServer]
Connect = Callable[..., Any]

COUNT: Final = rt.Operation[int]("GET", "/count", returns=(rt.json("200", lambda: int),))
TICKS: Final = rt.StreamOperation[int]("GET", "/ticks", events=rt.Payloads(lambda: int))
FILE: Final = rt.Operation[Never]("GET", "/file", returns=(rt.binary("200"),))


def refuse_copies(one: object) -> None:
    for make in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="can be neither pickled nor copied"):
            make(one)


async def test_a_client_has_no_copies_before_its_use_and_after(
    serve: Serve, connect: Connect
) -> None:
    async with connect(serve(answer(b"1"))) as client:
        refuse_copies(client.transport)
        assert await client.send(COUNT) == 1
        refuse_copies(client.transport)


async def test_a_stream_has_no_copies_that_would_close_its_connection(
    serve: Serve, connect: Connect
) -> None:
    async with connect(serve(stream(b"data: 1\n\n", b"data: 2\n\n"))) as client:
        async with await client.stream(TICKS) as items:
            refuse_copies(items.stream if isinstance(items, SyncStream) else items)
            assert await items.collect() == [1, 2]


async def test_a_binary_answer_has_no_copies_that_would_close_its_connection(
    serve: Serve, connect: Connect
) -> None:
    async with connect(serve(answer(b"whole", "200 OK", "application/octet-stream"))) as client:
        found: Any = client.transport.download(FILE, rt.Arguments())
        found = await found if client.kind == "async" else found
        refuse_copies(found)
        whole = found.read()
        assert (await whole if client.kind == "async" else whole) == b"whole"


async def test_a_request_for_a_stream_has_no_copies(serve: Serve) -> None:
    client = Client("async", serve(stream(b"data: 1\n\n")).url)
    request = client.transport.open_stream(TICKS, rt.Arguments())
    refuse_copies(request)
    assert await request.collect() == [1]
    await client.close()
