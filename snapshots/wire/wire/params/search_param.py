# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from .. import models as m
    from .range_param import RangeParam


class SearchParam(TypedDict, total=False):
    """`Search` as a dict."""

    name: str
    flag: bool
    tags: Sequence[str]
    range: m.Range | RangeParam
    ranges: Sequence[m.Range | RangeParam]
