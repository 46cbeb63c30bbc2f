# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of arguments, for code that gathers them before it calls."""

from .response_request_params import (
    ResponseRequestParams,
    ResponseRequestParamsNonStreaming,
    ResponseRequestParamsStreaming,
)

__all__ = [
    "ResponseRequestParams",
    "ResponseRequestParamsNonStreaming",
    "ResponseRequestParamsStreaming",
]
