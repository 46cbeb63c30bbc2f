# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `service` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt

_HEALTH: rt.Operation[dict[str, str]] = rt.Operation(
    "GET", "/status", returns=(rt.json("200", lambda: dict[str, str]),), security=()
)


class Service:
    """The `service` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def health(self, **options: Unpack[rt.RequestOptions]) -> dict[str, str]:
        """Whether all is well.

        ``GET /status``
        """
        return self._transport.send(_HEALTH, rt.Arguments(), **options)


class AsyncService:
    """The `service` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def health(self, **options: Unpack[rt.RequestOptions]) -> dict[str, str]:
        """Whether all is well.

        ``GET /status``
        """
        return await self._transport.send(_HEALTH, rt.Arguments(), **options)
