# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `chat.completions.create`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required

from typing_extensions import TypedDict

from .. import models as m
from .. import params as p


class ChatCompletionRequestParamsBase(TypedDict, total=False):
    """The arguments of `chat.completions.create` but for `stream`."""

    model: Required[str]
    messages: Required[Sequence[m.ChatMessage | p.ChatMessageParam]]


class ChatCompletionRequestParamsNonStreaming(ChatCompletionRequestParamsBase, total=False):
    """For the whole answer."""

    stream: Literal[False]


class ChatCompletionRequestParamsStreaming(ChatCompletionRequestParamsBase):
    """For the answer as a stream."""

    stream: Required[Literal[True]]


ChatCompletionRequestParams = (
    ChatCompletionRequestParamsNonStreaming | ChatCompletionRequestParamsStreaming
)
