# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `responses.create`."""

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class ResponseRequestParamsBase(TypedDict, total=False):
    """The arguments of `responses.create` but for `stream`."""

    model: Required[str]
    input: Required[str]


class ResponseRequestParamsNonStreaming(ResponseRequestParamsBase, total=False):
    """For the whole answer."""

    stream: Literal[False]


class ResponseRequestParamsStreaming(ResponseRequestParamsBase):
    """For the answer as a stream."""

    stream: Required[Literal[True]]


ResponseRequestParams = ResponseRequestParamsNonStreaming | ResponseRequestParamsStreaming
