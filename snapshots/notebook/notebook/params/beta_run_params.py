# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `beta.runs.create`."""

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class BetaRunParamsBase(TypedDict, total=False):
    """The arguments of `beta.runs.create` but for `stream`."""

    notebook: Required[str]


class BetaRunParamsNonStreaming(BetaRunParamsBase, total=False):
    """For the whole answer."""

    stream: Literal[False]


class BetaRunParamsStreaming(BetaRunParamsBase):
    """For the answer as a stream."""

    stream: Required[Literal[True]]


BetaRunParams = BetaRunParamsNonStreaming | BetaRunParamsStreaming
