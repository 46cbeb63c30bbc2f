# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The models: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .chat_response import ChatResponse as ChatResponse
    from .chat_stream_event import ChatStreamEvent as ChatStreamEvent
    from .finish import Finish as Finish
    from .log_entry import LogEntry as LogEntry
    from .text_piece import TextPiece as TextPiece

_MODULES = {
    "ChatResponse": "chat_response",
    "ChatStreamEvent": "chat_stream_event",
    "Finish": "finish",
    "LogEntry": "log_entry",
    "TextPiece": "text_piece",
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
