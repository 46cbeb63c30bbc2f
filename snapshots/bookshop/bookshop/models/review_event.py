# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel
from .review import Review


class ReviewEvent(SDKModel):
    """How the judging goes."""

    id: str | None = None
    data: Review
