# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing_extensions import TypeAliasType

Value = TypeAliasType("Value", str | list[str] | dict[str, str])
"""The three kinds of values that styles tell apart."""
