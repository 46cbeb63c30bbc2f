# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel
from ._internal import Part
from .address import Address


class Letter(SDKModel):
    to: Address
    pin: str | None = None
    parts: list[Part] | None = None
