# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `granted` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt

_GET: rt.Operation[None] = rt.Operation(
    "GET", "/granted", returns=(rt.empty("204"),), security=(("oauth",),)
)
_CREATE: rt.Operation[None] = rt.Operation(
    "POST",
    "/granted",
    returns=(rt.empty("204"),),
    body=rt.Body("application/octet-stream"),
    security=(("oauth",),),
)
_EITHER: rt.Operation[None] = rt.Operation(
    "GET", "/either", returns=(rt.empty("204"),), security=(("oauth",), ("header_key",))
)


class Granted:
    """The `granted` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def get(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /granted``"""
        return self._transport.send(_GET, rt.Arguments(), **options)

    def create(self, *, body: rt.Content, **options: Unpack[rt.RequestOptions]) -> None:
        """``POST /granted``"""
        return self._transport.send(_CREATE, rt.Arguments(body=body), **options)

    def either(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /either``"""
        return self._transport.send(_EITHER, rt.Arguments(), **options)


class AsyncGranted:
    """The `granted` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def get(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /granted``"""
        return await self._transport.send(_GET, rt.Arguments(), **options)

    async def create(self, *, body: rt.Content, **options: Unpack[rt.RequestOptions]) -> None:
        """``POST /granted``"""
        return await self._transport.send(_CREATE, rt.Arguments(body=body), **options)

    async def either(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /either``"""
        return await self._transport.send(_EITHER, rt.Arguments(), **options)
