# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `log` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m

_FOLLOW: rt.StreamOperation[m.LogEntry] = rt.StreamOperation(
    "GET",
    "/log",
    events=rt.Payloads(lambda: m.LogEntry),
    framing="jsonl",
    media_types=("application/json",),
)


class Log:
    """The `log` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def follow(self, **options: Unpack[rt.RequestOptions]) -> rt.EventStream[m.LogEntry]:
        """``GET /log``"""
        return self._transport.stream(_FOLLOW, rt.Arguments(), **options)


class AsyncLog:
    """The `log` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def follow(self, **options: Unpack[rt.RequestOptions]) -> rt.AsyncStreamRequest[m.LogEntry]:
        """``GET /log``"""
        return self._transport.open_stream(_FOLLOW, rt.Arguments(), **options)
