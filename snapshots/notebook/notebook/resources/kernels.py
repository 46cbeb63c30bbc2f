# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `kernels` part of the API."""

from __future__ import annotations

from typing import Literal, Unpack, overload

from .. import _runtime as rt
from .. import models as m

_PULL: rt.Operation[m.Progress] = rt.Operation(
    "POST",
    "/v1/kernels/pull",
    returns=(rt.json("200", lambda: m.Progress),),
    body=rt.Body("application/json"),
)
_STREAM: rt.StreamOperation[m.Progress] = rt.StreamOperation(
    "POST",
    "/v1/kernels/pull",
    returns=(rt.json("200", lambda: m.Progress),),
    events=rt.Payloads(lambda: m.Progress),
    framing="jsonl",
    media_types=("application/json",),
    body=rt.Body("application/json"),
)


class Kernels:
    """The `kernels` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @overload
    def pull(
        self, *, kernel: str, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.Progress]: ...

    @overload
    def pull(
        self,
        *,
        kernel: str,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Progress: ...

    @overload
    def pull(
        self,
        *,
        kernel: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Progress | rt.EventStream[m.Progress]: ...

    def pull(
        self,
        *,
        kernel: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Progress | rt.EventStream[m.Progress]:
        """Make a kernel available.

        ``POST /v1/kernels/pull``
        """
        return self._transport.send_or_stream(
            stream,
            _PULL,
            _STREAM,
            rt.Arguments(body={"kernel": kernel, "stream": stream}),
            **options,
        )

    def stream(
        self, *, kernel: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.Progress]:
        """Make a kernel available.

        The answer arrives as a stream.

        ``POST /v1/kernels/pull``
        """
        return self._transport.stream(
            _STREAM, rt.Arguments(body={"kernel": kernel, "stream": True}), **options
        )


class AsyncKernels:
    """The `kernels` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @overload
    async def pull(
        self, *, kernel: str, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncEventStream[m.Progress]: ...

    @overload
    async def pull(
        self,
        *,
        kernel: str,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Progress: ...

    @overload
    async def pull(
        self,
        *,
        kernel: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Progress | rt.AsyncEventStream[m.Progress]: ...

    async def pull(
        self,
        *,
        kernel: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Progress | rt.AsyncEventStream[m.Progress]:
        """Make a kernel available.

        ``POST /v1/kernels/pull``
        """
        return await self._transport.send_or_stream(
            stream,
            _PULL,
            _STREAM,
            rt.Arguments(body={"kernel": kernel, "stream": stream}),
            **options,
        )

    def stream(
        self, *, kernel: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.Progress]:
        """Make a kernel available.

        The answer arrives as a stream.

        ``POST /v1/kernels/pull``
        """
        return self._transport.open_stream(
            _STREAM, rt.Arguments(body={"kernel": kernel, "stream": True}), **options
        )
