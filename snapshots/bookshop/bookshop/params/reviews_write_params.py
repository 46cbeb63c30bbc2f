# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `books.reviews.write`."""

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class ReviewsWriteParamsBase(TypedDict, total=False):
    """The arguments of `books.reviews.write` but for `stream`."""

    book_id: Required[str]
    text: Required[str]
    stars: int


class ReviewsWriteParamsNonStreaming(ReviewsWriteParamsBase, total=False):
    """For the whole answer."""

    stream: Literal[False]


class ReviewsWriteParamsStreaming(ReviewsWriteParamsBase):
    """For the answer as a stream."""

    stream: Required[Literal[True]]


ReviewsWriteParams = ReviewsWriteParamsNonStreaming | ReviewsWriteParamsStreaming
