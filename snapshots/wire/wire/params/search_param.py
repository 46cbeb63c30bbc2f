# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from .. import models as m
from . import range_param


class SearchParam(TypedDict, total=False):
    """`Search` as a dict."""

    name: str
    flag: bool
    tags: Sequence[str]
    range: m.Range | range_param.RangeParam
    ranges: Sequence[m.Range | range_param.RangeParam]
