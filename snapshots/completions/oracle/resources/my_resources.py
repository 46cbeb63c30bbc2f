# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `my_resources` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m

_STREAM_DATA: rt.StreamOperation[m.StreamChunk] = rt.StreamOperation(
    "POST",
    "/stream",
    events=rt.Payloads(
        lambda: m.StreamChunk,
        handlers=(
            rt.Handler("done", data_starts_with="[DONE]"),
            rt.Handler("error", event_types=("error",)),
            rt.Handler("continue", event_types=("ping", "heartbeat")),
            rt.Handler("yield", error_property="error"),
        ),
    ),
    body=rt.Body("application/json"),
    security=(("bearer",),),
)


class MyResources:
    """The `my_resources` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def stream_data(
        self, *, topic: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.StreamChunk]:
        """Write without end.

        ``POST /stream``
        """
        return self._transport.stream(_STREAM_DATA, rt.Arguments(body={"topic": topic}), **options)


class AsyncMyResources:
    """The `my_resources` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def stream_data(
        self, *, topic: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.StreamChunk]:
        """Write without end.

        ``POST /stream``
        """
        return self._transport.open_stream(
            _STREAM_DATA, rt.Arguments(body={"topic": topic}), **options
        )
