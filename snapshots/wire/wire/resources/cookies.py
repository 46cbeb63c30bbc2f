# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `cookies` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m
from .. import params as p

_SEND: rt.Operation[None] = rt.Operation(
    "GET",
    "/cookies",
    returns=(rt.empty("204"),),
    styles={
        ("cookie", "joined"): rt.Style("form", explode=False),
        ("cookie", "plain"): rt.Style("cookie", explode=True),
        ("cookie", "plain_joined"): rt.Style("cookie", explode=False),
        ("cookie", "plain_exploded"): rt.Style("cookie", explode=True),
        ("cookie", "json"): rt.Style("json"),
    },
)


class Cookies:
    """The `cookies` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def send(
        self,
        *,
        session: str | rt.Unset = rt.UNSET,
        joined: m.Value | rt.Unset = rt.UNSET,
        exploded: m.Value | rt.Unset = rt.UNSET,
        plain: str | rt.Unset = rt.UNSET,
        plain_joined: m.Value | rt.Unset = rt.UNSET,
        plain_exploded: m.Value | rt.Unset = rt.UNSET,
        json: m.Search | p.SearchParam | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``GET /cookies``"""
        return self._transport.send(
            _SEND,
            rt.Arguments(
                cookie={
                    "session": session,
                    "joined": joined,
                    "exploded": exploded,
                    "plain": plain,
                    "plain_joined": plain_joined,
                    "plain_exploded": plain_exploded,
                    "json": json,
                }
            ),
            **options,
        )


class AsyncCookies:
    """The `cookies` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def send(
        self,
        *,
        session: str | rt.Unset = rt.UNSET,
        joined: m.Value | rt.Unset = rt.UNSET,
        exploded: m.Value | rt.Unset = rt.UNSET,
        plain: str | rt.Unset = rt.UNSET,
        plain_joined: m.Value | rt.Unset = rt.UNSET,
        plain_exploded: m.Value | rt.Unset = rt.UNSET,
        json: m.Search | p.SearchParam | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``GET /cookies``"""
        return await self._transport.send(
            _SEND,
            rt.Arguments(
                cookie={
                    "session": session,
                    "joined": joined,
                    "exploded": exploded,
                    "plain": plain,
                    "plain_joined": plain_joined,
                    "plain_exploded": plain_exploded,
                    "json": json,
                }
            ),
            **options,
        )
