# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `chat.create`."""

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class ChatCreateParamsBase(TypedDict, total=False):
    """The arguments of `chat.create` but for `stream`."""

    message: Required[str]


class ChatCreateParamsNonStreaming(ChatCreateParamsBase, total=False):
    """For the whole answer."""

    stream: Literal[False]


class ChatCreateParamsStreaming(ChatCreateParamsBase):
    """For the answer as a stream."""

    stream: Required[Literal[True]]


ChatCreateParams = ChatCreateParamsNonStreaming | ChatCreateParamsStreaming
