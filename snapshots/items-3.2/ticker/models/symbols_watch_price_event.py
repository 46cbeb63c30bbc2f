# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel
from .price import Price


class SymbolsWatchPriceEvent(SDKModel):
    event: Literal["price"] = "price"
    data: Price | None = None
    id: str | None = None
    retry: int | None = None
