# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from typing_extensions import TypeAliasType

Mode = TypeAliasType("Mode", str | Literal["whole", "live"] | None)
"""How to go about it; others may come."""
