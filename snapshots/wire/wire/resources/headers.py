# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `headers` part of the API."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from .. import _runtime as rt
from .. import models as m
from .. import params as p

_SEND: rt.Operation[None] = rt.Operation(
    "GET",
    "/headers",
    returns=(rt.empty("204"),),
    styles={
        ("header", "X-Exploded"): rt.Style("simple", explode=True),
        ("header", "X-Json"): rt.Style("json"),
    },
)


class Headers:
    """The `headers` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def send(
        self,
        *,
        x_simple: m.Value | rt.Unset = rt.UNSET,
        x_exploded: m.Value | rt.Unset = rt.UNSET,
        x_json: m.Search | p.SearchParam | rt.Unset = rt.UNSET,
        x_flag: bool | rt.Unset = rt.UNSET,
        x_moment: datetime | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``GET /headers``"""
        return self._transport.send(
            _SEND,
            rt.Arguments(
                header={
                    "X-Simple": x_simple,
                    "X-Exploded": x_exploded,
                    "X-Json": x_json,
                    "X-Flag": x_flag,
                    "X-Moment": x_moment,
                }
            ),
            **options,
        )


class AsyncHeaders:
    """The `headers` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def send(
        self,
        *,
        x_simple: m.Value | rt.Unset = rt.UNSET,
        x_exploded: m.Value | rt.Unset = rt.UNSET,
        x_json: m.Search | p.SearchParam | rt.Unset = rt.UNSET,
        x_flag: bool | rt.Unset = rt.UNSET,
        x_moment: datetime | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``GET /headers``"""
        return await self._transport.send(
            _SEND,
            rt.Arguments(
                header={
                    "X-Simple": x_simple,
                    "X-Exploded": x_exploded,
                    "X-Json": x_json,
                    "X-Flag": x_flag,
                    "X-Moment": x_moment,
                }
            ),
            **options,
        )
