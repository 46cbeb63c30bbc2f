# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `feeds` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m

_REPLACE: rt.Operation[str] = rt.Operation(
    "POST",
    "/feeds/{id}",
    returns=(rt.xml("200", "application/atom+xml"),),
    body=rt.Body("text/xml"),
)
_GET: rt.Operation[str] = rt.Operation(
    "GET", "/feeds/{id}", returns=(rt.xml("200"),), raises=(rt.xml("404"),)
)
_CHECK: rt.Operation[m.Job] = rt.Operation(
    "PUT", "/feeds/{id}", returns=(rt.json("200", lambda: m.Job),), body=rt.Body("application/json")
)


class Feeds:
    """The `feeds` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def replace(
        self, id: str, *, body: str | rt.Content, **options: Unpack[rt.RequestOptions]
    ) -> str:
        """The answer is XML, as text.

        Args:
            body: The new feed. XML, as text or bytes.

        ``POST /feeds/{id}``
        """
        return self._transport.send(_REPLACE, rt.Arguments(path={"id": id}, body=body), **options)

    def get(self, id: str, **options: Unpack[rt.RequestOptions]) -> str:
        """Get a feed.

        The answer is XML, as text.

        ``GET /feeds/{id}``
        """
        return self._transport.send(_GET, rt.Arguments(path={"id": id}), **options)

    def check(self, id: str, *, state: str, **options: Unpack[rt.RequestOptions]) -> m.Job:
        """``PUT /feeds/{id}``"""
        return self._transport.send(
            _CHECK, rt.Arguments(path={"id": id}, body={"state": state}), **options
        )


class AsyncFeeds:
    """The `feeds` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def replace(
        self, id: str, *, body: str | rt.Content, **options: Unpack[rt.RequestOptions]
    ) -> str:
        """The answer is XML, as text.

        Args:
            body: The new feed. XML, as text or bytes.

        ``POST /feeds/{id}``
        """
        return await self._transport.send(
            _REPLACE, rt.Arguments(path={"id": id}, body=body), **options
        )

    async def get(self, id: str, **options: Unpack[rt.RequestOptions]) -> str:
        """Get a feed.

        The answer is XML, as text.

        ``GET /feeds/{id}``
        """
        return await self._transport.send(_GET, rt.Arguments(path={"id": id}), **options)

    async def check(self, id: str, *, state: str, **options: Unpack[rt.RequestOptions]) -> m.Job:
        """``PUT /feeds/{id}``"""
        return await self._transport.send(
            _CHECK, rt.Arguments(path={"id": id}, body={"state": state}), **options
        )
