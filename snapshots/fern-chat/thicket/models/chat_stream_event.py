# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType

from .finish import Finish
from .text_piece import TextPiece

ChatStreamEvent = TypeAliasType(
    "ChatStreamEvent", Annotated[TextPiece | Finish, Field(discriminator="type")]
)
