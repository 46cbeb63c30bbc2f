# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel


class Thought(SDKModel):
    kind: Literal["thought"] = "thought"
    thought: str
