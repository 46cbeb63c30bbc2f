# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import Model
from .chat_event_data import ChatEventData


class ChatEvent(Model):
    """A piece of the answer."""

    id: str
    event: Literal["completion"] = "completion"
    data: ChatEventData
