# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `entries` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m

_LIST: rt.StreamOperation[m.Entry] = rt.StreamOperation(
    "GET", "/entries", events=rt.Payloads(lambda: m.Entry), framing="jsonl"
)
_EXPORT: rt.StreamOperation[m.Entry] = rt.StreamOperation(
    "GET", "/entries/export", events=rt.Payloads(lambda: m.Entry), framing="jsonl"
)
_SEQUENCE: rt.StreamOperation[m.Entry] = rt.StreamOperation(
    "GET", "/entries/sequence", events=rt.Payloads(lambda: m.Entry), framing="json-seq"
)


class Entries:
    """The `entries` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def list(self, **options: Unpack[rt.RequestOptions]) -> rt.EventStream[m.Entry]:
        """All entries, a line each.

        ``GET /entries``
        """
        return self._transport.stream(_LIST, rt.Arguments(), **options)

    def export(self, **options: Unpack[rt.RequestOptions]) -> rt.EventStream[m.Entry]:
        """The same, in the older way.

        ``GET /entries/export``
        """
        return self._transport.stream(_EXPORT, rt.Arguments(), **options)

    def sequence(self, **options: Unpack[rt.RequestOptions]) -> rt.EventStream[m.Entry]:
        """The same, with separators (RFC 7464).

        ``GET /entries/sequence``
        """
        return self._transport.stream(_SEQUENCE, rt.Arguments(), **options)


class AsyncEntries:
    """The `entries` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def list(self, **options: Unpack[rt.RequestOptions]) -> rt.AsyncStreamRequest[m.Entry]:
        """All entries, a line each.

        ``GET /entries``
        """
        return self._transport.open_stream(_LIST, rt.Arguments(), **options)

    def export(self, **options: Unpack[rt.RequestOptions]) -> rt.AsyncStreamRequest[m.Entry]:
        """The same, in the older way.

        ``GET /entries/export``
        """
        return self._transport.open_stream(_EXPORT, rt.Arguments(), **options)

    def sequence(self, **options: Unpack[rt.RequestOptions]) -> rt.AsyncStreamRequest[m.Entry]:
        """The same, with separators (RFC 7464).

        ``GET /entries/sequence``
        """
        return self._transport.open_stream(_SEQUENCE, rt.Arguments(), **options)
