# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypeAliasType

from .._runtime.unions import OneOf
from .finish import Finish
from .text_piece import TextPiece

ChatCreateEvent = TypeAliasType(
    "ChatCreateEvent", Annotated[TextPiece | Finish, OneOf(discriminator="type")]
)
