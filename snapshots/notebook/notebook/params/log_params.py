# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `runs.log`."""

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class LogParamsBase(TypedDict, total=False):
    """The arguments of `runs.log` but for `stream`."""

    run_id: Required[str]


class LogParamsNonStreaming(LogParamsBase, total=False):
    """For the whole answer."""

    stream: Literal[False]


class LogParamsStreaming(LogParamsBase):
    """For the answer as a stream."""

    stream: Required[Literal[True]]


LogParams = LogParamsNonStreaming | LogParamsStreaming
