# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from .._runtime.model import SDKModel
from .._runtime.unions import OneOf
from .served import Served
from .started import Started


class OrdersPlaceEvent(SDKModel):
    data: Annotated[Started | Served, OneOf(discriminator="kind")]
    event: str | None = None
    id: str | None = None
    retry: int | None = None
