# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of arguments, for code that gathers them before it calls."""

from .chat_completion_create_params import (
    ChatCompletionCreateParams,
    ChatCompletionCreateParamsNonStreaming,
    ChatCompletionCreateParamsStreaming,
)

__all__ = [
    "ChatCompletionCreateParams",
    "ChatCompletionCreateParamsNonStreaming",
    "ChatCompletionCreateParamsStreaming",
]
