# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `letters` part of the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from .. import _runtime as rt
from .. import models as m
from .. import params as p

_SEND: rt.Operation[m.Letter] = rt.Operation(
    "POST",
    "/letters",
    returns=(rt.json("200", lambda: m.Letter),),
    body=rt.Body("application/json"),
)


class LettersResource:
    """The `letters` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def send(
        self,
        *,
        to: m.Address | p.AddressParam,
        parts: Sequence[p.PartParam],
        copies: Mapping[str, m.Address | p.AddressParam] | rt.Unset = rt.UNSET,
        stamp: m.StampParam | p.StampParam | None | rt.Unset = rt.UNSET,
        notes: m.Notes | p.NotesParam | Mapping[str, Any] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Letter:
        """Send a letter.

        Args:
            copies: Who else gets it, by kind.

        ``POST /letters``
        """
        return self._transport.send(
            _SEND,
            rt.Arguments(
                body={"to": to, "parts": parts, "copies": copies, "stamp": stamp, "notes": notes}
            ),
            **options,
        )


class AsyncLettersResource:
    """The `letters` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def send(
        self,
        *,
        to: m.Address | p.AddressParam,
        parts: Sequence[p.PartParam],
        copies: Mapping[str, m.Address | p.AddressParam] | rt.Unset = rt.UNSET,
        stamp: m.StampParam | p.StampParam | None | rt.Unset = rt.UNSET,
        notes: m.Notes | p.NotesParam | Mapping[str, Any] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Letter:
        """Send a letter.

        Args:
            copies: Who else gets it, by kind.

        ``POST /letters``
        """
        return await self._transport.send(
            _SEND,
            rt.Arguments(
                body={"to": to, "parts": parts, "copies": copies, "stamp": stamp, "notes": notes}
            ),
            **options,
        )
