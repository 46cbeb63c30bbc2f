# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `files` part of the API."""

from __future__ import annotations

from typing import Never, Unpack

from .. import _runtime as rt
from .. import models as m

_CONTENT: rt.Operation[Never] = rt.Operation(
    "GET", "/files/{id}", returns=(rt.binary("200"), rt.text("200"))
)
_PREVIEW: rt.Operation[m.Job | None] = rt.Operation(
    "GET",
    "/files/{id}/preview",
    returns=(
        rt.binary("200", "image/png"),
        rt.text("200"),
        rt.json("202", lambda: m.Job),
        rt.empty("204"),
    ),
)
_DETAILS: rt.Operation[m.Details] = rt.Operation(
    "GET", "/files/{id}/details", returns=(rt.json("200", lambda: m.Details),)
)
_SAMPLE: rt.Operation[Never] = rt.Operation(
    "GET", "/files/{id}/sample", returns=(rt.binary("200", "audio/wav"),)
)


class Files:
    """The `files` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def content(self, id: str, **options: Unpack[rt.RequestOptions]) -> rt.BinaryResponse:
        """``GET /files/{id}``"""
        return self._transport.download(_CONTENT, rt.Arguments(path={"id": id}), **options)

    def preview(
        self, id: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.BinaryResponse | m.Job | None:
        """``GET /files/{id}/preview``"""
        return self._transport.download(_PREVIEW, rt.Arguments(path={"id": id}), **options)

    def details(self, id: str, **options: Unpack[rt.RequestOptions]) -> m.Details:
        """``GET /files/{id}/details``"""
        return self._transport.send(_DETAILS, rt.Arguments(path={"id": id}), **options)

    def sample(self, id: str, **options: Unpack[rt.RequestOptions]) -> rt.BinaryResponse:
        """``GET /files/{id}/sample``"""
        return self._transport.download(_SAMPLE, rt.Arguments(path={"id": id}), **options)


class AsyncFiles:
    """The `files` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def content(
        self, id: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncBinaryResponse:
        """``GET /files/{id}``"""
        return await self._transport.download(_CONTENT, rt.Arguments(path={"id": id}), **options)

    async def preview(
        self, id: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncBinaryResponse | m.Job | None:
        """``GET /files/{id}/preview``"""
        return await self._transport.download(_PREVIEW, rt.Arguments(path={"id": id}), **options)

    async def details(self, id: str, **options: Unpack[rt.RequestOptions]) -> m.Details:
        """``GET /files/{id}/details``"""
        return await self._transport.send(_DETAILS, rt.Arguments(path={"id": id}), **options)

    async def sample(self, id: str, **options: Unpack[rt.RequestOptions]) -> rt.AsyncBinaryResponse:
        """``GET /files/{id}/sample``"""
        return await self._transport.download(_SAMPLE, rt.Arguments(path={"id": id}), **options)
