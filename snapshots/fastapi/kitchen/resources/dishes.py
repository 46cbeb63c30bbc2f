# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `dishes` part of the API."""

from __future__ import annotations

from typing import Unpack

from .. import _runtime as rt
from .. import models as m

_WATCH: rt.StreamOperation[m.DishesWatchEvent] = rt.StreamOperation(
    "GET", "/dishes/stream", events=rt.Envelopes(rt.Variant(lambda: m.DishesWatchEvent))
)
_READ: rt.Operation[m.Dish] = rt.Operation(
    "GET",
    "/dishes/{name}",
    returns=(rt.json("200", lambda: m.Dish),),
    raises=(rt.json("422", lambda: m.HTTPValidationError),),
)


class Dishes:
    """The `dishes` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def watch(self, **options: Unpack[rt.RequestOptions]) -> rt.EventStream[m.DishesWatchEvent]:
        """Watch Dishes.

        Follow the dishes as they are made.

        ``GET /dishes/stream``
        """
        return self._transport.stream(_WATCH, rt.Arguments(), **options)

    def read(
        self,
        name: str,
        *,
        portions: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Dish:
        """Read Dish.

        Read about one dish.

        ``GET /dishes/{name}``
        """
        return self._transport.send(
            _READ, rt.Arguments(path={"name": name}, query={"portions": portions}), **options
        )


class AsyncDishes:
    """The `dishes` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def watch(
        self, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.DishesWatchEvent]:
        """Watch Dishes.

        Follow the dishes as they are made.

        ``GET /dishes/stream``
        """
        return self._transport.open_stream(_WATCH, rt.Arguments(), **options)

    async def read(
        self,
        name: str,
        *,
        portions: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Dish:
        """Read Dish.

        Read about one dish.

        ``GET /dishes/{name}``
        """
        return await self._transport.send(
            _READ, rt.Arguments(path={"name": name}, query={"portions": portions}), **options
        )
