# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `transcripts` part of the API."""

from __future__ import annotations

from typing import Literal, Unpack, overload

from .. import _runtime as rt
from .. import models as m

_CREATE: rt.Operation[m.Transcript] = rt.Operation(
    "POST",
    "/transcripts",
    returns=(rt.json("200", lambda: m.Transcript),),
    body=rt.Body("application/json"),
)
_STREAM: rt.StreamOperation[m.Transcript] = rt.StreamOperation(
    "POST",
    "/transcripts",
    returns=(rt.json("200", lambda: m.Transcript),),
    events=rt.Payloads(lambda: m.Transcript),
    body=rt.Body("application/json"),
)


class Transcripts:
    """The `transcripts` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @overload
    def create(
        self, *, sound: str, mode: Literal["live"], **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.Transcript]: ...

    @overload
    def create(
        self, *, sound: str, mode: Literal["whole"] | None, **options: Unpack[rt.RequestOptions]
    ) -> m.Transcript: ...

    @overload
    def create(
        self, *, sound: str, mode: m.Mode, **options: Unpack[rt.RequestOptions]
    ) -> m.Transcript | rt.EventStream[m.Transcript]: ...

    def create(
        self, *, sound: str, mode: m.Mode, **options: Unpack[rt.RequestOptions]
    ) -> m.Transcript | rt.EventStream[m.Transcript]:
        """Write it down.

        ``POST /transcripts``
        """
        return self._transport.send_or_stream(
            mode == "live",
            _CREATE,
            _STREAM,
            rt.Arguments(body={"sound": sound, "mode": mode}),
            **options,
        )

    def stream(
        self, *, sound: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.Transcript]:
        """Write it down.

        The answer arrives as a stream.

        ``POST /transcripts``
        """
        return self._transport.stream(
            _STREAM, rt.Arguments(body={"sound": sound, "mode": "live"}), **options
        )


class AsyncTranscripts:
    """The `transcripts` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @overload
    async def create(
        self, *, sound: str, mode: Literal["live"], **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncEventStream[m.Transcript]: ...

    @overload
    async def create(
        self, *, sound: str, mode: Literal["whole"] | None, **options: Unpack[rt.RequestOptions]
    ) -> m.Transcript: ...

    @overload
    async def create(
        self, *, sound: str, mode: m.Mode, **options: Unpack[rt.RequestOptions]
    ) -> m.Transcript | rt.AsyncEventStream[m.Transcript]: ...

    async def create(
        self, *, sound: str, mode: m.Mode, **options: Unpack[rt.RequestOptions]
    ) -> m.Transcript | rt.AsyncEventStream[m.Transcript]:
        """Write it down.

        ``POST /transcripts``
        """
        return await self._transport.send_or_stream(
            mode == "live",
            _CREATE,
            _STREAM,
            rt.Arguments(body={"sound": sound, "mode": mode}),
            **options,
        )

    def stream(
        self, *, sound: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.Transcript]:
        """Write it down.

        The answer arrives as a stream.

        ``POST /transcripts``
        """
        return self._transport.open_stream(
            _STREAM, rt.Arguments(body={"sound": sound, "mode": "live"}), **options
        )
