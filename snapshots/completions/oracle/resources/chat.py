# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `chat` part of the API."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .. import _runtime as rt

if TYPE_CHECKING:
    from .chat_completions import AsyncChatCompletions, ChatCompletions


class Chat:
    """The `chat` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @cached_property
    def completions(self) -> ChatCompletions:
        """The `chat.completions` part of the API."""
        from .chat_completions import ChatCompletions

        return ChatCompletions(self._transport)


class AsyncChat:
    """The `chat` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @cached_property
    def completions(self) -> AsyncChatCompletions:
        """The `chat.completions` part of the API."""
        from .chat_completions import AsyncChatCompletions

        return AsyncChatCompletions(self._transport)
