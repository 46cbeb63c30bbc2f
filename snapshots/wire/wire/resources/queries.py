# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `queries` part of the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Unpack

from .. import _runtime as rt
from .. import models as m
from .. import params as p

_SEND: rt.Operation[None] = rt.Operation(
    "GET",
    "/query",
    returns=(rt.empty("204"),),
    styles={
        ("query", "joined"): rt.Style("form", explode=False),
        ("query", "spaces"): rt.Style("spaceDelimited", explode=False),
        ("query", "pipes"): rt.Style("pipeDelimited", explode=False),
        ("query", "deep"): rt.Style("deepObject"),
        ("query", "reserved"): rt.Style("form", explode=True, reserved=True),
        ("query", "reserved_joined"): rt.Style("form", explode=False, reserved=True),
        ("query", "json"): rt.Style("json"),
        ("query", "days"): rt.Style("form", explode=False),
    },
)
_UNDEFINED: rt.Operation[None] = rt.Operation(
    "GET",
    "/undefined",
    returns=(rt.empty("204"),),
    styles={("query", "deep"): rt.Style("deepObject")},
)


class Queries:
    """The `queries` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def send(
        self,
        *,
        form: m.Value | rt.Unset = rt.UNSET,
        joined: m.Value | rt.Unset = rt.UNSET,
        spaces: m.Several | rt.Unset = rt.UNSET,
        pipes: m.Several | rt.Unset = rt.UNSET,
        deep: m.Search | p.SearchParam | rt.Unset = rt.UNSET,
        reserved: m.Value | rt.Unset = rt.UNSET,
        reserved_joined: m.Value | rt.Unset = rt.UNSET,
        json: m.Search | p.SearchParam | rt.Unset = rt.UNSET,
        text: str | rt.Unset = rt.UNSET,
        odd_name: str | rt.Unset = rt.UNSET,
        count: int | rt.Unset = rt.UNSET,
        ratio: float | rt.Unset = rt.UNSET,
        flag: bool | rt.Unset = rt.UNSET,
        day: date | rt.Unset = rt.UNSET,
        moment: datetime | rt.Unset = rt.UNSET,
        order: Literal["up", "down"] | str | rt.Unset = rt.UNSET,
        raw: bytes | rt.Unset = rt.UNSET,
        days: Sequence[date] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``GET /query``"""
        return self._transport.send(
            _SEND,
            rt.Arguments(
                query={
                    "form": form,
                    "joined": joined,
                    "spaces": spaces,
                    "pipes": pipes,
                    "deep": deep,
                    "reserved": reserved,
                    "reserved_joined": reserved_joined,
                    "json": json,
                    "text": text,
                    "odd[name]&": odd_name,
                    "count": count,
                    "ratio": ratio,
                    "flag": flag,
                    "day": day,
                    "moment": moment,
                    "order": order,
                    "raw": raw,
                    "days": days,
                }
            ),
            **options,
        )

    def undefined(
        self,
        *,
        spaces: Sequence[str] | rt.Unset = rt.UNSET,
        pipe: str | rt.Unset = rt.UNSET,
        deep: Sequence[str] | rt.Unset = rt.UNSET,
        labelled: str | rt.Unset = rt.UNSET,
        nested: Sequence[m.Range | p.RangeParam] | rt.Unset = rt.UNSET,
        xml: str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``GET /undefined``"""
        return self._transport.send(
            _UNDEFINED,
            rt.Arguments(
                query={
                    "spaces": spaces,
                    "pipe": pipe,
                    "deep": deep,
                    "labelled": labelled,
                    "nested": nested,
                    "xml": xml,
                }
            ),
            **options,
        )


class AsyncQueries:
    """The `queries` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def send(
        self,
        *,
        form: m.Value | rt.Unset = rt.UNSET,
        joined: m.Value | rt.Unset = rt.UNSET,
        spaces: m.Several | rt.Unset = rt.UNSET,
        pipes: m.Several | rt.Unset = rt.UNSET,
        deep: m.Search | p.SearchParam | rt.Unset = rt.UNSET,
        reserved: m.Value | rt.Unset = rt.UNSET,
        reserved_joined: m.Value | rt.Unset = rt.UNSET,
        json: m.Search | p.SearchParam | rt.Unset = rt.UNSET,
        text: str | rt.Unset = rt.UNSET,
        odd_name: str | rt.Unset = rt.UNSET,
        count: int | rt.Unset = rt.UNSET,
        ratio: float | rt.Unset = rt.UNSET,
        flag: bool | rt.Unset = rt.UNSET,
        day: date | rt.Unset = rt.UNSET,
        moment: datetime | rt.Unset = rt.UNSET,
        order: Literal["up", "down"] | str | rt.Unset = rt.UNSET,
        raw: bytes | rt.Unset = rt.UNSET,
        days: Sequence[date] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``GET /query``"""
        return await self._transport.send(
            _SEND,
            rt.Arguments(
                query={
                    "form": form,
                    "joined": joined,
                    "spaces": spaces,
                    "pipes": pipes,
                    "deep": deep,
                    "reserved": reserved,
                    "reserved_joined": reserved_joined,
                    "json": json,
                    "text": text,
                    "odd[name]&": odd_name,
                    "count": count,
                    "ratio": ratio,
                    "flag": flag,
                    "day": day,
                    "moment": moment,
                    "order": order,
                    "raw": raw,
                    "days": days,
                }
            ),
            **options,
        )

    async def undefined(
        self,
        *,
        spaces: Sequence[str] | rt.Unset = rt.UNSET,
        pipe: str | rt.Unset = rt.UNSET,
        deep: Sequence[str] | rt.Unset = rt.UNSET,
        labelled: str | rt.Unset = rt.UNSET,
        nested: Sequence[m.Range | p.RangeParam] | rt.Unset = rt.UNSET,
        xml: str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``GET /undefined``"""
        return await self._transport.send(
            _UNDEFINED,
            rt.Arguments(
                query={
                    "spaces": spaces,
                    "pipe": pipe,
                    "deep": deep,
                    "labelled": labelled,
                    "nested": nested,
                    "xml": xml,
                }
            ),
            **options,
        )
