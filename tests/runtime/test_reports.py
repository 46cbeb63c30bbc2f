"""Failures that a server reports in an event's place, where anything fits the model of an event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

import sdkgen_runtime as rt
from sdkgen_runtime.events import Events
from sdkgen_runtime.handlers import Handler
from sdkgen_runtime.model import SDKModel
from servers.scripted import ScriptedServer, stream

pytestmark = pytest.mark.anyio

Serve = Callable[..., ScriptedServer]
Connect = Callable[..., Any]


class Loose(SDKModel):
    """What requires nothing of data, so that anything fits."""

    type: str | None = None
    text: str | None = None


class LooseEvent(SDKModel):
    data: Loose


class OpenlyFailing(Loose):
    error: dict[str, str] | None = None


LOOSE: Final[dict[str, Events[Any]]] = {
    "payload": rt.Payloads(lambda: Loose),
    "data": rt.Envelopes(rt.Variant(lambda: LooseEvent), gives="data"),
    "event": rt.Envelopes(rt.Variant(lambda: LooseEvent)),
}


@pytest.mark.parametrize("events", LOOSE.values(), ids=LOOSE)
@pytest.mark.parametrize(
    "report",
    [
        b'{"error":{"message":"odd"}}',
        b'{"error":"odd"}',
        b'{"type":"error","error":{"message":"odd"}}',
        b'{"error":{"message":"odd"},"request_id":"r"}',
    ],
)
async def test_an_error_member_is_an_error_also_where_nothing_is_required_of_data(
    serve: Serve, connect: Connect, events: Events[Any], report: bytes
) -> None:
    server = serve(stream(b'data: {"text":"a"}\n\n', b"data: " + report + b"\n\n"))
    async with connect(server) as client:
        items = await client.stream(rt.StreamOperation("GET", "/", events=events))
        first = await anext(items)
        assert getattr(first, "data", first).text == "a"
        with pytest.raises(rt.APIError, match="odd") as caught:
            await anext(items)
    assert caught.value.in_stream
    assert not isinstance(caught.value, rt.StreamError)


@pytest.mark.parametrize(
    ("said", "events"),
    [
        (b'data: {"text":"a","error":{"message":"odd"}}', LOOSE["payload"]),
        (b'data: {"error":null}', LOOSE["payload"]),
        (b'data: {"text":"the \\"error\\" of it"}', LOOSE["event"]),
        (b'event: e\ndata: {"error":{"message":"odd"}}', LOOSE["data"]),
        (b'data: {"error":{"message":"odd"}}', rt.Payloads(lambda: OpenlyFailing)),
        (b'data: {"error":{"message":"odd"}}', rt.Payloads(lambda: dict[str, Any])),
        (
            b'data: {"error":{"message":"odd"}}',
            rt.Payloads(lambda: Loose, handlers=(Handler("yield"),)),
        ),
    ],
)
async def test_data_that_merely_has_an_error_member_is_an_item(
    serve: Serve, connect: Connect, said: bytes, events: Events[Any]
) -> None:
    server = serve(stream(said + b"\n\n"))
    async with connect(server) as client:
        assert (
            len(
                await (await client.stream(rt.StreamOperation("GET", "/", events=events))).collect()
            )
            == 1
        )
