# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from datetime import date

from .._runtime.model import SDKModel


class StampParam(SDKModel):
    cents: int
    on: date | None = None
