# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing_extensions import TypedDict

RangeParam = TypedDict("RangeParam", {"from": "int", "to": "int"}, total=False)
"""`Range` as a dict."""
