# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from typing_extensions import TypeAliasType

Format = TypeAliasType("Format", Literal["hardcover", "paperback", "ebook"] | str)
