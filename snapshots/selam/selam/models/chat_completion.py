# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel
from .chat_completion_choice import ChatCompletionChoice


class ChatCompletion(SDKModel):
    id: str
    object: str | None = None
    created: int | None = None
    model: str | None = None
    choices: list[ChatCompletionChoice]
