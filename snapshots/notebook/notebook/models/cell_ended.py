# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .._runtime.model import SDKModel


class CellEnded(SDKModel):
    """What tells it from the other is in the mapping alone."""

    cell_event: Annotated[Literal["cell.ended"], Field(alias="cellEvent")] = "cell.ended"
    seconds: float | None = None
