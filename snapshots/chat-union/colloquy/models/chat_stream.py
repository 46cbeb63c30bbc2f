# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypeAliasType

from .._runtime.unions import OneOf
from .chat_event import ChatEvent
from .heartbeat_event import HeartbeatEvent

ChatStream = TypeAliasType(
    "ChatStream", Annotated[HeartbeatEvent | ChatEvent, OneOf(discriminator="event")]
)
"""An event of an answer under way."""
