# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `transcripts.create`."""

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class TranscriptParamsBase(TypedDict, total=False):
    """The arguments of `transcripts.create` but for `mode`."""

    sound: Required[str]


class TranscriptParamsNonStreaming(TranscriptParamsBase, total=False):
    """For the whole answer."""

    mode: Required[Literal["whole"] | None]


class TranscriptParamsStreaming(TranscriptParamsBase):
    """For the answer as a stream."""

    mode: Required[Literal["live"]]


TranscriptParams = TranscriptParamsNonStreaming | TranscriptParamsStreaming
