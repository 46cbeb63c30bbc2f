# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `paths` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m
from .. import params as p

_SIMPLE: rt.Operation[None] = rt.Operation("GET", "/simple/{color}/end", returns=(rt.empty("204"),))
_SIMPLE_EXPLODED: rt.Operation[None] = rt.Operation(
    "GET",
    "/simple_exploded/{color}/end",
    returns=(rt.empty("204"),),
    styles={("path", "color"): rt.Style("simple", explode=True)},
)
_LABEL: rt.Operation[None] = rt.Operation(
    "GET",
    "/label/{color}/end",
    returns=(rt.empty("204"),),
    styles={("path", "color"): rt.Style("label", explode=False)},
)
_LABEL_EXPLODED: rt.Operation[None] = rt.Operation(
    "GET",
    "/label_exploded/{color}/end",
    returns=(rt.empty("204"),),
    styles={("path", "color"): rt.Style("label", explode=True)},
)
_MATRIX: rt.Operation[None] = rt.Operation(
    "GET",
    "/matrix/{color}/end",
    returns=(rt.empty("204"),),
    styles={("path", "color"): rt.Style("matrix", explode=False)},
)
_MATRIX_EXPLODED: rt.Operation[None] = rt.Operation(
    "GET",
    "/matrix_exploded/{color}/end",
    returns=(rt.empty("204"),),
    styles={("path", "color"): rt.Style("matrix", explode=True)},
)
_JSON: rt.Operation[None] = rt.Operation(
    "GET",
    "/json/{filter}",
    returns=(rt.empty("204"),),
    styles={("path", "filter"): rt.Style("json")},
)


class Paths:
    """The `paths` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def simple(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /simple/{color}/end``"""
        return self._transport.send(_SIMPLE, rt.Arguments(path={"color": color}), **options)

    def simple_exploded(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /simple_exploded/{color}/end``"""
        return self._transport.send(
            _SIMPLE_EXPLODED, rt.Arguments(path={"color": color}), **options
        )

    def label(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /label/{color}/end``"""
        return self._transport.send(_LABEL, rt.Arguments(path={"color": color}), **options)

    def label_exploded(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /label_exploded/{color}/end``"""
        return self._transport.send(_LABEL_EXPLODED, rt.Arguments(path={"color": color}), **options)

    def matrix(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /matrix/{color}/end``"""
        return self._transport.send(_MATRIX, rt.Arguments(path={"color": color}), **options)

    def matrix_exploded(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /matrix_exploded/{color}/end``"""
        return self._transport.send(
            _MATRIX_EXPLODED, rt.Arguments(path={"color": color}), **options
        )

    def json(self, filter: m.Range | p.RangeParam, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /json/{filter}``"""
        return self._transport.send(_JSON, rt.Arguments(path={"filter": filter}), **options)


class AsyncPaths:
    """The `paths` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def simple(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /simple/{color}/end``"""
        return await self._transport.send(_SIMPLE, rt.Arguments(path={"color": color}), **options)

    async def simple_exploded(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /simple_exploded/{color}/end``"""
        return await self._transport.send(
            _SIMPLE_EXPLODED, rt.Arguments(path={"color": color}), **options
        )

    async def label(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /label/{color}/end``"""
        return await self._transport.send(_LABEL, rt.Arguments(path={"color": color}), **options)

    async def label_exploded(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /label_exploded/{color}/end``"""
        return await self._transport.send(
            _LABEL_EXPLODED, rt.Arguments(path={"color": color}), **options
        )

    async def matrix(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /matrix/{color}/end``"""
        return await self._transport.send(_MATRIX, rt.Arguments(path={"color": color}), **options)

    async def matrix_exploded(self, color: m.Value, **options: Unpack[rt.RequestOptions]) -> None:
        """``GET /matrix_exploded/{color}/end``"""
        return await self._transport.send(
            _MATRIX_EXPLODED, rt.Arguments(path={"color": color}), **options
        )

    async def json(
        self, filter: m.Range | p.RangeParam, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``GET /json/{filter}``"""
        return await self._transport.send(_JSON, rt.Arguments(path={"filter": filter}), **options)
