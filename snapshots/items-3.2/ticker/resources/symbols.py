# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `symbols` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m

_WATCH: rt.StreamOperation[m.SymbolsWatchEvent | rt.UnknownEvent] = rt.StreamOperation(
    "GET",
    "/symbols/{symbol}/watch",
    events=rt.Envelopes(
        rt.Variant(lambda: m.SymbolsWatchPriceEvent, ("price",)),
        rt.Variant(lambda: m.SymbolsWatchNoticeEvent, ("notice",), data="text"),
        rt.Variant(lambda: m.SymbolsWatchHaltEvent, ("halt",)),
    ),
    resumable=True,
)


class Symbols:
    """The `symbols` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def watch(
        self,
        symbol: str,
        *,
        last_event_id: str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.EventStream[m.SymbolsWatchEvent | rt.UnknownEvent]:
        """Follow a symbol.

        Args:
            symbol: Which symbol, such as `ACME`.
            last_event_id: Where to go on.

        ``GET /symbols/{symbol}/watch``
        """
        return self._transport.stream(
            _WATCH,
            rt.Arguments(path={"symbol": symbol}, header={"Last-Event-ID": last_event_id}),
            **options,
        )


class AsyncSymbols:
    """The `symbols` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def watch(
        self,
        symbol: str,
        *,
        last_event_id: str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncStreamRequest[m.SymbolsWatchEvent | rt.UnknownEvent]:
        """Follow a symbol.

        Args:
            symbol: Which symbol, such as `ACME`.
            last_event_id: Where to go on.

        ``GET /symbols/{symbol}/watch``
        """
        return self._transport.open_stream(
            _WATCH,
            rt.Arguments(path={"symbol": symbol}, header={"Last-Event-ID": last_event_id}),
            **options,
        )
