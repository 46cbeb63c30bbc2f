# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of arguments, for code that gathers them before it calls."""

from .chat_completion_request_params import (
    ChatCompletionRequestParams,
    ChatCompletionRequestParamsNonStreaming,
    ChatCompletionRequestParamsStreaming,
)

__all__ = [
    "ChatCompletionRequestParams",
    "ChatCompletionRequestParamsNonStreaming",
    "ChatCompletionRequestParamsStreaming",
]
