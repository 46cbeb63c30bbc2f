# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from datetime import datetime

from .._runtime.model import SDKModel


class Run(SDKModel):
    id: str
    ended_at: datetime | None = None
    """When the run came to its end, if it has."""
