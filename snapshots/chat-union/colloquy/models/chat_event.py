# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel
from .chat_event_data import ChatEventData


class ChatEvent(SDKModel):
    """A piece of the answer."""

    id: str
    event: Literal["completion"] = "completion"
    data: ChatEventData
