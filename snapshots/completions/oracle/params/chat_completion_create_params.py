# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `chat.completions.create`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required

from typing_extensions import TypedDict

from .. import models as m
from .. import params as p


class ChatCompletionCreateParamsBase(TypedDict, total=False):
    """The arguments of `chat.completions.create` but for `stream`."""

    model: Required[str]
    messages: Required[Sequence[m.Message | p.MessageParam]]


class ChatCompletionCreateParamsNonStreaming(ChatCompletionCreateParamsBase, total=False):
    """For the whole answer."""

    stream: Literal[False]


class ChatCompletionCreateParamsStreaming(ChatCompletionCreateParamsBase):
    """For the answer as a stream."""

    stream: Required[Literal[True]]


ChatCompletionCreateParams = (
    ChatCompletionCreateParamsNonStreaming | ChatCompletionCreateParamsStreaming
)
