# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `beta.runs` part of the API."""

from __future__ import annotations

from typing import Literal, Unpack, overload

from .. import _runtime as rt
from .. import models as m

_CREATE: rt.Operation[m.Run] = rt.Operation(
    "POST",
    "/v1/runs?beta=true",
    returns=(rt.json("200", lambda: m.Run),),
    body=rt.Body("application/json"),
)
_STREAM: rt.StreamOperation[m.CellEvent | m.UnknownEvent] = rt.StreamOperation(
    "POST",
    "/v1/runs?beta=true",
    returns=(rt.json("200", lambda: m.Run),),
    events=rt.Payloads(
        lambda: m.CellEvent,
        tag="cellEvent",
        unknown=lambda: m.UnknownEvent,
        terminators=("cell.ended",),
    ),
    body=rt.Body("application/json"),
)


class BetaRuns:
    """The `beta.runs` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @overload
    def create(
        self, *, notebook: str, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.CellEvent | m.UnknownEvent]: ...

    @overload
    def create(
        self,
        *,
        notebook: str,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run: ...

    @overload
    def create(
        self,
        *,
        notebook: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run | rt.EventStream[m.CellEvent | m.UnknownEvent]: ...

    def create(
        self,
        *,
        notebook: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run | rt.EventStream[m.CellEvent | m.UnknownEvent]:
        """Run a notebook, the new way.

        ``POST /v1/runs?beta=true``
        """
        return self._transport.send_or_stream(
            stream,
            _CREATE,
            _STREAM,
            rt.Arguments(body={"notebook": notebook, "stream": stream}),
            **options,
        )

    def stream(
        self, *, notebook: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.CellEvent | m.UnknownEvent]:
        """Run a notebook, the new way.

        The answer arrives as a stream.

        ``POST /v1/runs?beta=true``
        """
        return self._transport.stream(
            _STREAM, rt.Arguments(body={"notebook": notebook, "stream": True}), **options
        )


class AsyncBetaRuns:
    """The `beta.runs` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @overload
    async def create(
        self, *, notebook: str, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncEventStream[m.CellEvent | m.UnknownEvent]: ...

    @overload
    async def create(
        self,
        *,
        notebook: str,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run: ...

    @overload
    async def create(
        self,
        *,
        notebook: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run | rt.AsyncEventStream[m.CellEvent | m.UnknownEvent]: ...

    async def create(
        self,
        *,
        notebook: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run | rt.AsyncEventStream[m.CellEvent | m.UnknownEvent]:
        """Run a notebook, the new way.

        ``POST /v1/runs?beta=true``
        """
        return await self._transport.send_or_stream(
            stream,
            _CREATE,
            _STREAM,
            rt.Arguments(body={"notebook": notebook, "stream": stream}),
            **options,
        )

    def stream(
        self, *, notebook: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.CellEvent | m.UnknownEvent]:
        """Run a notebook, the new way.

        The answer arrives as a stream.

        ``POST /v1/runs?beta=true``
        """
        return self._transport.open_stream(
            _STREAM, rt.Arguments(body={"notebook": notebook, "stream": True}), **options
        )
