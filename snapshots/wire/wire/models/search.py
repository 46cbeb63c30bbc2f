# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel
from .range import Range


class Search(SDKModel):
    name: str | None = None
    flag: bool | None = None
    tags: list[str] | None = None
    range: Range | None = None
    ranges: list[Range] | None = None
