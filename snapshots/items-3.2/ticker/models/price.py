# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel


class Price(SDKModel):
    amount: float
    currency: Literal["EUR", "USD", "JPY"] | str
    change: float | None = None
    """Since the day before, where there was one."""
