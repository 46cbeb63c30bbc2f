# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel


class Text(SDKModel):
    type: Literal["text"] = "text"
    text: str
    tone: Literal["kind", "angry"] | str | None = None
