# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType

from .done_event import DoneEvent
from .token_event import TokenEvent

ChatStreamEvent = TypeAliasType(
    "ChatStreamEvent", Annotated[TokenEvent | DoneEvent, Field(discriminator="event")]
)
