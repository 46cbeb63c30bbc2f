# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypeAliasType

from .._runtime.unions import OneOf
from .symbols_watch_halt_event import SymbolsWatchHaltEvent
from .symbols_watch_notice_event import SymbolsWatchNoticeEvent
from .symbols_watch_price_event import SymbolsWatchPriceEvent

SymbolsWatchEvent = TypeAliasType(
    "SymbolsWatchEvent",
    Annotated[
        SymbolsWatchPriceEvent | SymbolsWatchNoticeEvent | SymbolsWatchHaltEvent,
        OneOf(discriminator="event"),
    ],
)
