# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `places` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt

_ELSEWHERE: rt.Operation[None] = rt.Operation(
    "GET",
    "/elsewhere",
    returns=(rt.empty("204"),),
    security=(),
    server=rt.Server("http://127.0.0.1:{port}/v2", variables=(rt.Variable("port", "8080"),)),
)
_RELATIVE: rt.Operation[None] = rt.Operation(
    "PUT", "/elsewhere", returns=(rt.empty("204"),), security=(), server=rt.Server("/v3")
)


class Places:
    """The `places` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def elsewhere(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /elsewhere``"""
        return self._transport.send(_ELSEWHERE, rt.Arguments(), **options)

    def relative(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``PUT /elsewhere``"""
        return self._transport.send(_RELATIVE, rt.Arguments(), **options)


class AsyncPlaces:
    """The `places` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def elsewhere(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /elsewhere``"""
        return await self._transport.send(_ELSEWHERE, rt.Arguments(), **options)

    async def relative(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``PUT /elsewhere``"""
        return await self._transport.send(_RELATIVE, rt.Arguments(), **options)
