# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import Model
from .review import Review


class ReviewEvent(Model):
    """How the judging goes."""

    id: str | None = None
    data: Review
