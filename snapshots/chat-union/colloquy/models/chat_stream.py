# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType

from .chat_event import ChatEvent
from .heartbeat_event import HeartbeatEvent

ChatStream = TypeAliasType(
    "ChatStream", Annotated[HeartbeatEvent | ChatEvent, Field(discriminator="event")]
)
"""An event of an answer under way."""
