# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from .. import models as m
from .. import params as p


class SearchParam(TypedDict, total=False):
    """`Search` as a dict."""

    name: str
    flag: bool
    tags: Sequence[str]
    range: m.Range | p.RangeParam
    ranges: Sequence[m.Range | p.RangeParam]
