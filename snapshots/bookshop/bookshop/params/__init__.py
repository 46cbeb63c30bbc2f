# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of arguments, for code that gathers them before it calls."""

from .reviews_write_params import (
    ReviewsWriteParams,
    ReviewsWriteParamsNonStreaming,
    ReviewsWriteParamsStreaming,
)

__all__ = [
    "ReviewsWriteParams",
    "ReviewsWriteParamsNonStreaming",
    "ReviewsWriteParamsStreaming",
]
