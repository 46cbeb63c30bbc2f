# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The models: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .chat_completion import ChatCompletion as ChatCompletion
    from .chat_completion_choice import ChatCompletionChoice as ChatCompletionChoice
    from .chat_completion_chunk import ChatCompletionChunk as ChatCompletionChunk
    from .chat_completion_chunk_choice import ChatCompletionChunkChoice as ChatCompletionChunkChoice
    from .chat_completion_chunk_choice_delta import (
        ChatCompletionChunkChoiceDelta as ChatCompletionChunkChoiceDelta,
    )
    from .chat_message import ChatMessage as ChatMessage

_MODULES = {
    "ChatCompletion": "chat_completion",
    "ChatCompletionChoice": "chat_completion_choice",
    "ChatCompletionChunk": "chat_completion_chunk",
    "ChatCompletionChunkChoice": "chat_completion_chunk_choice",
    "ChatCompletionChunkChoiceDelta": "chat_completion_chunk_choice_delta",
    "ChatMessage": "chat_message",
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
