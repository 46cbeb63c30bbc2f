# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypeAliasType

from .._runtime.unions import OneOf
from .done_event import DoneEvent
from .token_event import TokenEvent

ChatStreamEvent = TypeAliasType(
    "ChatStreamEvent", Annotated[TokenEvent | DoneEvent, OneOf(discriminator="event")]
)
