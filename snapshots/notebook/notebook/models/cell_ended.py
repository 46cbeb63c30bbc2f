# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel


class CellEnded(SDKModel):
    """What tells it from the other is in the mapping alone."""

    type: Literal["cell.ended"] = "cell.ended"
    seconds: float | None = None
