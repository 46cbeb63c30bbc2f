# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `speech.create`."""

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class SpeechRequestParamsBase(TypedDict, total=False):
    """The arguments of `speech.create` but for `stream_format`."""

    input: Required[str]


class SpeechRequestParamsNonStreaming(SpeechRequestParamsBase, total=False):
    """For the whole answer."""

    stream_format: Literal["audio"]


class SpeechRequestParamsStreaming(SpeechRequestParamsBase):
    """For the answer as a stream."""

    stream_format: Required[Literal["sse"]]


SpeechRequestParams = SpeechRequestParamsNonStreaming | SpeechRequestParamsStreaming
