# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The models: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .messages_stream_debug import MessagesStreamDebug as MessagesStreamDebug
    from .musing import Musing as Musing
    from .reply import Reply as Reply
    from .turn import Turn as Turn
    from .unknown_event import UnknownEvent as UnknownEvent

_MODULES = {
    "MessagesStreamDebug": "messages_stream_debug",
    "Musing": "musing",
    "Reply": "reply",
    "Turn": "turn",
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
