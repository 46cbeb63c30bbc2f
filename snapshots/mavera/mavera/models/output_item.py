# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel


class OutputItem(SDKModel):
    kind: Literal["text", "function_call"] | str
    name: str | None = None
