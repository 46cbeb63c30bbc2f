# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `keys` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt

_BEARER: rt.Operation[None] = rt.Operation(
    "GET", "/bearer", returns=(rt.empty("204"),), security=(("token",),)
)
_BASIC: rt.Operation[None] = rt.Operation(
    "GET", "/basic", returns=(rt.empty("204"),), security=(("login",),)
)
_HEADER: rt.Operation[None] = rt.Operation(
    "GET", "/header", returns=(rt.empty("204"),), security=(("header_key",),)
)
_QUERY: rt.Operation[None] = rt.Operation(
    "GET", "/query", returns=(rt.empty("204"),), security=(("query_key",),)
)
_COOKIE: rt.Operation[None] = rt.Operation(
    "GET", "/cookie", returns=(rt.empty("204"),), security=(("cookie_key",),)
)
_DIGEST: rt.Operation[None] = rt.Operation(
    "GET", "/digest", returns=(rt.empty("204"),), security=(("signature",),)
)
_OPEN: rt.Operation[None] = rt.Operation("GET", "/open", returns=(rt.empty("204"),), security=())
_OPTIONAL: rt.Operation[None] = rt.Operation(
    "GET", "/optional", returns=(rt.empty("204"),), security=(("header_key",), ())
)
_COMBINED: rt.Operation[None] = rt.Operation(
    "GET",
    "/combined",
    returns=(rt.empty("204"),),
    security=(("header_key", "query_key"), ("token",), ("login",)),
)
_CERTIFICATE: rt.Operation[None] = rt.Operation(
    "GET", "/certificate", returns=(rt.empty("204"),), security=(("header_key",),)
)


class Keys:
    """The `keys` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def bearer(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /bearer``"""
        return self._transport.send(_BEARER, rt.Arguments(), **options)

    def basic(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /basic``"""
        return self._transport.send(_BASIC, rt.Arguments(), **options)

    def header(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /header``"""
        return self._transport.send(_HEADER, rt.Arguments(), **options)

    def query(
        self, *, page: int | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``GET /query``"""
        return self._transport.send(_QUERY, rt.Arguments(query={"page": page}), **options)

    def cookie(
        self, *, theme: str | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``GET /cookie``"""
        return self._transport.send(_COOKIE, rt.Arguments(cookie={"theme": theme}), **options)

    def digest(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /digest``"""
        return self._transport.send(_DIGEST, rt.Arguments(), **options)

    def open(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /open``"""
        return self._transport.send(_OPEN, rt.Arguments(), **options)

    def optional(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /optional``"""
        return self._transport.send(_OPTIONAL, rt.Arguments(), **options)

    def combined(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /combined``"""
        return self._transport.send(_COMBINED, rt.Arguments(), **options)

    def certificate(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /certificate``"""
        return self._transport.send(_CERTIFICATE, rt.Arguments(), **options)


class AsyncKeys:
    """The `keys` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def bearer(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /bearer``"""
        return await self._transport.send(_BEARER, rt.Arguments(), **options)

    async def basic(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /basic``"""
        return await self._transport.send(_BASIC, rt.Arguments(), **options)

    async def header(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /header``"""
        return await self._transport.send(_HEADER, rt.Arguments(), **options)

    async def query(
        self, *, page: int | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``GET /query``"""
        return await self._transport.send(_QUERY, rt.Arguments(query={"page": page}), **options)

    async def cookie(
        self, *, theme: str | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``GET /cookie``"""
        return await self._transport.send(_COOKIE, rt.Arguments(cookie={"theme": theme}), **options)

    async def digest(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /digest``"""
        return await self._transport.send(_DIGEST, rt.Arguments(), **options)

    async def open(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /open``"""
        return await self._transport.send(_OPEN, rt.Arguments(), **options)

    async def optional(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /optional``"""
        return await self._transport.send(_OPTIONAL, rt.Arguments(), **options)

    async def combined(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /combined``"""
        return await self._transport.send(_COMBINED, rt.Arguments(), **options)

    async def certificate(self, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /certificate``"""
        return await self._transport.send(_CERTIFICATE, rt.Arguments(), **options)
