# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The models: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .price import Price as Price
    from .symbols_watch_event import SymbolsWatchEvent as SymbolsWatchEvent
    from .symbols_watch_halt_event import SymbolsWatchHaltEvent as SymbolsWatchHaltEvent
    from .symbols_watch_notice_event import SymbolsWatchNoticeEvent as SymbolsWatchNoticeEvent
    from .symbols_watch_price_event import SymbolsWatchPriceEvent as SymbolsWatchPriceEvent

_MODULES = {
    "Price": "price",
    "SymbolsWatchEvent": "symbols_watch_event",
    "SymbolsWatchHaltEvent": "symbols_watch_halt_event",
    "SymbolsWatchNoticeEvent": "symbols_watch_notice_event",
    "SymbolsWatchPriceEvent": "symbols_watch_price_event",
}

if not TYPE_CHECKING:
    __all__ = tuple(_MODULES)

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted(__all__)
