# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Required

from typing_extensions import TypedDict

AddressParam = TypedDict(
    "AddressParam", {"street": "Required[str]", "str": "int", "door-code": "str"}, total=False
)
"""Where somebody lives."""
