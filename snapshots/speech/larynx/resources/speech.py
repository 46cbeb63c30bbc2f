# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `speech` part of the API."""

from __future__ import annotations

from typing import Literal, Never, Unpack, overload

from .. import _runtime as rt
from .. import models as m

_CREATE: rt.Operation[Never] = rt.Operation(
    "POST", "/speech", returns=(rt.binary("200"),), body=rt.Body("application/json")
)
_STREAM: rt.StreamOperation[m.Sound] = rt.StreamOperation(
    "POST", "/speech", events=rt.Payloads(lambda: m.Sound), body=rt.Body("application/json")
)


class Speech:
    """The `speech` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @overload
    def create(
        self, *, input: str, stream_format: Literal["sse"], **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.Sound]: ...

    @overload
    def create(
        self,
        *,
        input: str,
        stream_format: Literal["audio"] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.BinaryResponse: ...

    @overload
    def create(
        self,
        *,
        input: str,
        stream_format: Literal["sse", "audio"] | str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.BinaryResponse | rt.EventStream[m.Sound]: ...

    def create(
        self,
        *,
        input: str,
        stream_format: Literal["sse", "audio"] | str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.BinaryResponse | rt.EventStream[m.Sound]:
        """Say it.

        Args:
            input: What to say.
            stream_format: How it comes.

        ``POST /speech``
        """
        return self._transport.download_or_stream(
            stream_format == "sse",
            _CREATE,
            _STREAM,
            rt.Arguments(body={"input": input, "stream_format": stream_format}),
            **options,
        )

    def stream(
        self, *, input: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.Sound]:
        """Say it.

        The answer arrives as a stream.

        Args:
            input: What to say.

        ``POST /speech``
        """
        return self._transport.stream(
            _STREAM, rt.Arguments(body={"input": input, "stream_format": "sse"}), **options
        )


class AsyncSpeech:
    """The `speech` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @overload
    async def create(
        self, *, input: str, stream_format: Literal["sse"], **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncEventStream[m.Sound]: ...

    @overload
    async def create(
        self,
        *,
        input: str,
        stream_format: Literal["audio"] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncBinaryResponse: ...

    @overload
    async def create(
        self,
        *,
        input: str,
        stream_format: Literal["sse", "audio"] | str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncBinaryResponse | rt.AsyncEventStream[m.Sound]: ...

    async def create(
        self,
        *,
        input: str,
        stream_format: Literal["sse", "audio"] | str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncBinaryResponse | rt.AsyncEventStream[m.Sound]:
        """Say it.

        Args:
            input: What to say.
            stream_format: How it comes.

        ``POST /speech``
        """
        return await self._transport.download_or_stream(
            stream_format == "sse",
            _CREATE,
            _STREAM,
            rt.Arguments(body={"input": input, "stream_format": stream_format}),
            **options,
        )

    def stream(
        self, *, input: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.Sound]:
        """Say it.

        The answer arrives as a stream.

        Args:
            input: What to say.

        ``POST /speech``
        """
        return self._transport.open_stream(
            _STREAM, rt.Arguments(body={"input": input, "stream_format": "sse"}), **options
        )
