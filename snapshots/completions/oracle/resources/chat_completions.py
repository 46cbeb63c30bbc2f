# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `chat.completions` part of the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Unpack, overload

from .. import _runtime as rt
from .. import models as m
from .. import params as p

_CREATE: rt.Operation[m.ChatCompletion] = rt.Operation(
    "POST",
    "/chat/completions",
    returns=(rt.json("200", lambda: m.ChatCompletion),),
    raises=(rt.json("429", lambda: m.Failure),),
    body=rt.Body("application/json"),
    security=(("bearer",),),
)
_STREAM: rt.StreamOperation[m.ChatCompletionChunk] = rt.StreamOperation(
    "POST",
    "/chat/completions",
    returns=(rt.json("200", lambda: m.ChatCompletion),),
    events=rt.Payloads(
        lambda: m.ChatCompletionChunk,
        handlers=(
            rt.Handler("done", data_starts_with="[DONE]"),
            rt.Handler("error", event_types=("error",)),
            rt.Handler("continue", event_types=("ping", "heartbeat")),
            rt.Handler("yield", error_property="error"),
        ),
    ),
    raises=(rt.json("429", lambda: m.Failure),),
    body=rt.Body("application/json"),
    security=(("bearer",),),
)


class ChatCompletions:
    """The `chat.completions` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @overload
    def create(
        self,
        *,
        model: str,
        messages: Sequence[m.Message | p.MessageParam],
        stream: Literal[True],
        **options: Unpack[rt.RequestOptions],
    ) -> rt.EventStream[m.ChatCompletionChunk]: ...

    @overload
    def create(
        self,
        *,
        model: str,
        messages: Sequence[m.Message | p.MessageParam],
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatCompletion: ...

    @overload
    def create(
        self,
        *,
        model: str,
        messages: Sequence[m.Message | p.MessageParam],
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatCompletion | rt.EventStream[m.ChatCompletionChunk]: ...

    def create(
        self,
        *,
        model: str,
        messages: Sequence[m.Message | p.MessageParam],
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatCompletion | rt.EventStream[m.ChatCompletionChunk]:
        """Answer a conversation.

        Args:
            model: Who answers.
            messages: The conversation so far, oldest first.
            stream: Whether the answer arrives piece by piece.

        ``POST /chat/completions``
        """
        return self._transport.send_or_stream(
            stream,
            _CREATE,
            _STREAM,
            rt.Arguments(body={"model": model, "messages": messages, "stream": stream}),
            **options,
        )

    def stream(
        self,
        *,
        model: str,
        messages: Sequence[m.Message | p.MessageParam],
        **options: Unpack[rt.RequestOptions],
    ) -> rt.EventStream[m.ChatCompletionChunk]:
        """Answer a conversation.

        The answer arrives as a stream.

        Args:
            model: Who answers.
            messages: The conversation so far, oldest first.

        ``POST /chat/completions``
        """
        return self._transport.stream(
            _STREAM,
            rt.Arguments(body={"model": model, "messages": messages, "stream": True}),
            **options,
        )


class AsyncChatCompletions:
    """The `chat.completions` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @overload
    async def create(
        self,
        *,
        model: str,
        messages: Sequence[m.Message | p.MessageParam],
        stream: Literal[True],
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncEventStream[m.ChatCompletionChunk]: ...

    @overload
    async def create(
        self,
        *,
        model: str,
        messages: Sequence[m.Message | p.MessageParam],
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatCompletion: ...

    @overload
    async def create(
        self,
        *,
        model: str,
        messages: Sequence[m.Message | p.MessageParam],
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatCompletion | rt.AsyncEventStream[m.ChatCompletionChunk]: ...

    async def create(
        self,
        *,
        model: str,
        messages: Sequence[m.Message | p.MessageParam],
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatCompletion | rt.AsyncEventStream[m.ChatCompletionChunk]:
        """Answer a conversation.

        Args:
            model: Who answers.
            messages: The conversation so far, oldest first.
            stream: Whether the answer arrives piece by piece.

        ``POST /chat/completions``
        """
        return await self._transport.send_or_stream(
            stream,
            _CREATE,
            _STREAM,
            rt.Arguments(body={"model": model, "messages": messages, "stream": stream}),
            **options,
        )

    def stream(
        self,
        *,
        model: str,
        messages: Sequence[m.Message | p.MessageParam],
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncStreamRequest[m.ChatCompletionChunk]:
        """Answer a conversation.

        The answer arrives as a stream.

        Args:
            model: Who answers.
            messages: The conversation so far, oldest first.

        ``POST /chat/completions``
        """
        return self._transport.open_stream(
            _STREAM,
            rt.Arguments(body={"model": model, "messages": messages, "stream": True}),
            **options,
        )
