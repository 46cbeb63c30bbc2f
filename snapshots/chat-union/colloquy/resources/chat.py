# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `chat` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m

_CREATE: rt.StreamOperation[m.ChatStream | rt.UnknownEvent] = rt.StreamOperation(
    "POST",
    "/chat",
    events=rt.Envelopes(
        rt.Variant(lambda: m.HeartbeatEvent, ("ping",), data=None),
        rt.Variant(lambda: m.ChatEvent, ("completion",)),
    ),
    body=rt.Body("application/json"),
)


class Chat:
    """The `chat` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def create(
        self, *, prompt: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.ChatStream | rt.UnknownEvent]:
        """Answer a prompt, with signs of life.

        ``POST /chat``
        """
        return self._transport.stream(_CREATE, rt.Arguments(body={"prompt": prompt}), **options)


class AsyncChat:
    """The `chat` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def create(
        self, *, prompt: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.ChatStream | rt.UnknownEvent]:
        """Answer a prompt, with signs of life.

        ``POST /chat``
        """
        return self._transport.open_stream(
            _CREATE, rt.Arguments(body={"prompt": prompt}), **options
        )
