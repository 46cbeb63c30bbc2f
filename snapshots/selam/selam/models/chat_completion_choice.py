# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel
from .chat_message import ChatMessage


class ChatCompletionChoice(SDKModel):
    index: int
    message: ChatMessage
    finish_reason: str | None = None
