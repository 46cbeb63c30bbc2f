# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `orders` part of the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from .. import _runtime as rt
from .. import models as m

_PLACE: rt.StreamOperation[m.OrdersPlaceEvent | rt.UnknownEvent] = rt.StreamOperation(
    "POST",
    "/orders",
    events=rt.Envelopes(rt.Variant(lambda: m.OrdersPlaceEvent), tag="kind"),
    resumable=True,
    raises=(rt.json("422", lambda: m.HTTPValidationError),),
    body=rt.Body("application/json"),
)


class Orders:
    """The `orders` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def place(
        self,
        *,
        dishes: Sequence[str],
        last_event_id: str | None | rt.Unset = rt.UNSET,
        table: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.EventStream[m.OrdersPlaceEvent | rt.UnknownEvent]:
        """Place Order.

        Order, and follow what the kitchen does.

        ``POST /orders``
        """
        return self._transport.stream(
            _PLACE,
            rt.Arguments(
                header={"last-event-id": last_event_id}, body={"dishes": dishes, "table": table}
            ),
            **options,
        )


class AsyncOrders:
    """The `orders` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def place(
        self,
        *,
        dishes: Sequence[str],
        last_event_id: str | None | rt.Unset = rt.UNSET,
        table: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncStreamRequest[m.OrdersPlaceEvent | rt.UnknownEvent]:
        """Place Order.

        Order, and follow what the kitchen does.

        ``POST /orders``
        """
        return self._transport.open_stream(
            _PLACE,
            rt.Arguments(
                header={"last-event-id": last_event_id}, body={"dishes": dishes, "table": table}
            ),
            **options,
        )
