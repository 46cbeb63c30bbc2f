# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .._runtime.model import SDKModel


class SymbolsWatchHaltEvent(SDKModel):
    event: Literal["halt"] = "halt"
    data: datetime | None = None
    id: str | None = None
    retry: int | None = None
