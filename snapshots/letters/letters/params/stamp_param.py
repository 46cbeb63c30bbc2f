# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from datetime import date
from typing import Required

from typing_extensions import TypedDict


class StampParam(TypedDict, total=False):
    """`StampParam` as a dict."""

    cents: Required[int]
    on: date
