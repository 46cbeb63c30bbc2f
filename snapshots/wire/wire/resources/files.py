# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `files` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt

_CONTENT: rt.Operation[bytes] = rt.Operation(
    "GET", "/files/{id}", returns=(rt.binary("200"), rt.text("200"))
)


class Files:
    """The `files` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def content(self, id: str, **options: Unpack[rt.RequestOptions]) -> rt.BinaryResponse:
        """``GET /files/{id}``"""
        return self._transport.download(_CONTENT, rt.Arguments(path={"id": id}), **options)


class AsyncFiles:
    """The `files` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def content(
        self, id: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncBinaryResponse:
        """``GET /files/{id}``"""
        return await self._transport.download(_CONTENT, rt.Arguments(path={"id": id}), **options)
