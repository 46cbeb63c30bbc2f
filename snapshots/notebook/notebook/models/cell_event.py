# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypeAliasType

from .._runtime.unions import OneOf
from .cell_ended import CellEnded
from .cell_printed import CellPrinted

CellEvent = TypeAliasType(
    "CellEvent", Annotated[CellPrinted | CellEnded, OneOf(discriminator="cellEvent")]
)
