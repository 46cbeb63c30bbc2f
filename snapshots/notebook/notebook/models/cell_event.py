# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType

from .cell_ended import CellEnded
from .cell_printed import CellPrinted

CellEvent = TypeAliasType(
    "CellEvent", Annotated[CellPrinted | CellEnded, Field(discriminator="type")]
)
