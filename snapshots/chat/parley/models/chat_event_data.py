# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel


class ChatEventData(SDKModel):
    content: str
    """The piece's text."""
    model: Literal["parley-small", "parley-large"] | str | None = None
    created: int | None = None
    """When it was written, in seconds of Unix time."""
