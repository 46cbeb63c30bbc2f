# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `runs.create`."""

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class RunParamsBase(TypedDict, total=False):
    """The arguments of `runs.create` but for `stream`."""

    notebook: Required[str]


class RunParamsNonStreaming(RunParamsBase, total=False):
    """For the whole answer."""

    stream: Literal[False]


class RunParamsStreaming(RunParamsBase):
    """For the answer as a stream."""

    stream: Required[Literal[True]]


RunParams = RunParamsNonStreaming | RunParamsStreaming
