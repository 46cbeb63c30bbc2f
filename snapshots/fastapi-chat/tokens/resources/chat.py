# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `chat` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m

_STREAM: rt.StreamOperation[m.ChatStreamEvent | rt.UnknownEvent] = rt.StreamOperation(
    "GET",
    "/chat/stream",
    events=rt.Envelopes(
        rt.Variant(lambda: m.TokenEvent, ("token",), data="text"),
        rt.Variant(lambda: m.DoneEvent, ("done",), data="text"),
        terminators=("done",),
    ),
)


class Chat:
    """The `chat` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def stream(
        self, *, prompt: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.ChatStreamEvent | rt.UnknownEvent]:
        """Server-sent events endpoint for streaming.

        ``GET /chat/stream``
        """
        return self._transport.stream(_STREAM, rt.Arguments(query={"prompt": prompt}), **options)


class AsyncChat:
    """The `chat` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def stream(
        self, *, prompt: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.ChatStreamEvent | rt.UnknownEvent]:
        """Server-sent events endpoint for streaming.

        ``GET /chat/stream``
        """
        return self._transport.open_stream(
            _STREAM, rt.Arguments(query={"prompt": prompt}), **options
        )
