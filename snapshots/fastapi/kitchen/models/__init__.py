# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The models: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bell_ring_event import BellRingEvent as BellRingEvent
    from .dish import Dish as Dish
    from .dishes_watch_event import DishesWatchEvent as DishesWatchEvent
    from .http_validation_error import HTTPValidationError as HTTPValidationError
    from .orders_place_event import OrdersPlaceEvent as OrdersPlaceEvent
    from .served import Served as Served
    from .started import Started as Started
    from .validation_error import ValidationError as ValidationError

_MODULES = {
    "BellRingEvent": "bell_ring_event",
    "Dish": "dish",
    "DishesWatchEvent": "dishes_watch_event",
    "HTTPValidationError": "http_validation_error",
    "OrdersPlaceEvent": "orders_place_event",
    "Served": "served",
    "Started": "started",
    "ValidationError": "validation_error",
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
