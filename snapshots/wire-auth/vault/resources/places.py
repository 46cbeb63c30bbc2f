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
    servers=(rt.Server("http://127.0.0.1:{port}/v2", variables=(rt.Variable("port", "8080"),)),),
)
_RELATIVE: rt.Operation[None] = rt.Operation(
    "PUT", "/elsewhere", returns=(rt.empty("204"),), security=(), servers=(rt.Server("/v3"),)
)
_COPIES: rt.Operation[None] = rt.Operation(
    "GET",
    "/copies",
    returns=(rt.empty("204"),),
    security=(),
    servers=(
        rt.Server(
            "http://127.0.0.1:{port}/main", "production", variables=(rt.Variable("port", "8080"),)
        ),
        rt.Server(
            "http://127.0.0.1:{port}/{shelf}",
            "backup",
            variables=(
                rt.Variable("port", "8080"),
                rt.Variable("shelf", "one", values=("one", "two")),
            ),
        ),
        rt.Server("/near", "local"),
    ),
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

    def copies(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /copies``"""
        return self._transport.send(_COPIES, rt.Arguments(), **options)


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

    async def copies(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /copies``"""
        return await self._transport.send(_COPIES, rt.Arguments(), **options)
