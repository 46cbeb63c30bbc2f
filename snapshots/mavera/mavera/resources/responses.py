# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `responses` part of the API."""

from __future__ import annotations

from typing import Literal, Unpack, overload

from .. import _runtime as rt
from .. import models as m

_CREATE: rt.Operation[m.Response] = rt.Operation(
    "POST",
    "/responses",
    returns=(rt.json("200", lambda: m.Response),),
    body=rt.Body("application/json"),
    security=(("bearer",),),
)
_STREAM: rt.StreamOperation[m.ResponseEvent | rt.UnknownEvent] = rt.StreamOperation(
    "POST",
    "/responses",
    returns=(rt.json("200", lambda: m.Response),),
    events=rt.Payloads(lambda: m.ResponseEvent, tag="type", terminators=("response.completed",)),
    body=rt.Body("application/json"),
    security=(("bearer",),),
)


class Responses:
    """The `responses` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @overload
    def create(
        self, *, model: str, input: str, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.ResponseEvent | rt.UnknownEvent]: ...

    @overload
    def create(
        self,
        *,
        model: str,
        input: str,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Response: ...

    @overload
    def create(
        self,
        *,
        model: str,
        input: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Response | rt.EventStream[m.ResponseEvent | rt.UnknownEvent]: ...

    def create(
        self,
        *,
        model: str,
        input: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Response | rt.EventStream[m.ResponseEvent | rt.UnknownEvent]:
        """Respond.

        ``POST /responses``
        """
        return self._transport.send_or_stream(
            stream,
            _CREATE,
            _STREAM,
            rt.Arguments(body={"model": model, "input": input, "stream": stream}),
            **options,
        )

    def stream(
        self, *, model: str, input: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.ResponseEvent | rt.UnknownEvent]:
        """Respond.

        The answer arrives as a stream.

        ``POST /responses``
        """
        return self._transport.stream(
            _STREAM, rt.Arguments(body={"model": model, "input": input, "stream": True}), **options
        )


class AsyncResponses:
    """The `responses` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @overload
    async def create(
        self, *, model: str, input: str, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncEventStream[m.ResponseEvent | rt.UnknownEvent]: ...

    @overload
    async def create(
        self,
        *,
        model: str,
        input: str,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Response: ...

    @overload
    async def create(
        self,
        *,
        model: str,
        input: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Response | rt.AsyncEventStream[m.ResponseEvent | rt.UnknownEvent]: ...

    async def create(
        self,
        *,
        model: str,
        input: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Response | rt.AsyncEventStream[m.ResponseEvent | rt.UnknownEvent]:
        """Respond.

        ``POST /responses``
        """
        return await self._transport.send_or_stream(
            stream,
            _CREATE,
            _STREAM,
            rt.Arguments(body={"model": model, "input": input, "stream": stream}),
            **options,
        )

    def stream(
        self, *, model: str, input: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.ResponseEvent | rt.UnknownEvent]:
        """Respond.

        The answer arrives as a stream.

        ``POST /responses``
        """
        return self._transport.open_stream(
            _STREAM, rt.Arguments(body={"model": model, "input": input, "stream": True}), **options
        )
