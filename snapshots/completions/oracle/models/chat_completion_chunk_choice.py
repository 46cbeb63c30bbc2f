# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel
from .chat_completion_chunk_choice_delta import ChatCompletionChunkChoiceDelta


class ChatCompletionChunkChoice(SDKModel):
    delta: ChatCompletionChunkChoiceDelta
    finish_reason: str | None = None
