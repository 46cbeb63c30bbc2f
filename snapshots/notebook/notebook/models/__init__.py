# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The models: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cell_ended import CellEnded as CellEnded
    from .cell_event import CellEvent as CellEvent
    from .cell_printed import CellPrinted as CellPrinted
    from .output import Output as Output
    from .progress import Progress as Progress
    from .run import Run as Run
    from .run_ended_event import RunEndedEvent as RunEndedEvent
    from .run_event import RunEvent as RunEvent
    from .run_started_event import RunStartedEvent as RunStartedEvent
    from .unknown_event import UnknownEvent as UnknownEvent

_MODULES = {
    "CellEnded": "cell_ended",
    "CellEvent": "cell_event",
    "CellPrinted": "cell_printed",
    "Output": "output",
    "Progress": "progress",
    "Run": "run",
    "RunEndedEvent": "run_ended_event",
    "RunEvent": "run_event",
    "RunStartedEvent": "run_started_event",
    "UnknownEvent": "unknown_event",
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
