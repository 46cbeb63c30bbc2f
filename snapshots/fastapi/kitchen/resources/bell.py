# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `bell` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m

_RING: rt.StreamOperation[m.BellRingEvent] = rt.StreamOperation(
    "GET", "/bell", events=rt.Envelopes(rt.Variant(lambda: m.BellRingEvent, data="text"))
)


class Bell:
    """The `bell` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def ring(self, **options: Unpack[rt.RequestOptions]) -> rt.EventStream[m.BellRingEvent]:
        """Ring.

        Hear the bell, and anything else that the kitchen says.

        ``GET /bell``
        """
        return self._transport.stream(_RING, rt.Arguments(), **options)


class AsyncBell:
    """The `bell` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def ring(self, **options: Unpack[rt.RequestOptions]) -> rt.AsyncStreamRequest[m.BellRingEvent]:
        """Ring.

        Hear the bell, and anything else that the kitchen says.

        ``GET /bell``
        """
        return self._transport.open_stream(_RING, rt.Arguments(), **options)
