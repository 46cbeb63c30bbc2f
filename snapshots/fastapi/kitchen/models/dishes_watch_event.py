# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel
from .dish import Dish


class DishesWatchEvent(SDKModel):
    data: Dish
    event: str | None = None
    id: str | None = None
    retry: int | None = None
