# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `chat` part of the API."""

from __future__ import annotations

from typing import Literal, Unpack, overload

from .. import _runtime as rt
from .. import models as m

_CREATE: rt.Operation[m.ChatResponse] = rt.Operation(
    "POST",
    "/chat",
    returns=(rt.json("200", lambda: m.ChatResponse),),
    body=rt.Body("application/json"),
)
_STREAM: rt.StreamOperation[m.ChatStreamEvent | rt.UnknownEvent] = rt.StreamOperation(
    "POST",
    "/chat",
    returns=(rt.json("200", lambda: m.ChatResponse),),
    events=rt.Payloads(lambda: m.ChatStreamEvent, tag="type", sentinel="[DONE]"),
    body=rt.Body("application/json"),
)


class Chat:
    """The `chat` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @overload
    def create(
        self, *, message: str, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.ChatStreamEvent | rt.UnknownEvent]: ...

    @overload
    def create(
        self,
        *,
        message: str,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatResponse: ...

    @overload
    def create(
        self,
        *,
        message: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatResponse | rt.EventStream[m.ChatStreamEvent | rt.UnknownEvent]: ...

    def create(
        self,
        *,
        message: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatResponse | rt.EventStream[m.ChatStreamEvent | rt.UnknownEvent]:
        """``POST /chat``"""
        return self._transport.send_or_stream(
            stream,
            _CREATE,
            _STREAM,
            rt.Arguments(body={"message": message, "stream": stream}),
            **options,
        )

    def stream(
        self, *, message: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.ChatStreamEvent | rt.UnknownEvent]:
        """The answer arrives as a stream.

        ``POST /chat``
        """
        return self._transport.stream(
            _STREAM, rt.Arguments(body={"message": message, "stream": True}), **options
        )


class AsyncChat:
    """The `chat` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @overload
    async def create(
        self, *, message: str, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncEventStream[m.ChatStreamEvent | rt.UnknownEvent]: ...

    @overload
    async def create(
        self,
        *,
        message: str,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatResponse: ...

    @overload
    async def create(
        self,
        *,
        message: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatResponse | rt.AsyncEventStream[m.ChatStreamEvent | rt.UnknownEvent]: ...

    async def create(
        self,
        *,
        message: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.ChatResponse | rt.AsyncEventStream[m.ChatStreamEvent | rt.UnknownEvent]:
        """``POST /chat``"""
        return await self._transport.send_or_stream(
            stream,
            _CREATE,
            _STREAM,
            rt.Arguments(body={"message": message, "stream": stream}),
            **options,
        )

    def stream(
        self, *, message: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.ChatStreamEvent | rt.UnknownEvent]:
        """The answer arrives as a stream.

        ``POST /chat``
        """
        return self._transport.open_stream(
            _STREAM, rt.Arguments(body={"message": message, "stream": True}), **options
        )
