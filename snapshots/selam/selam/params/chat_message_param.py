# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Required

from typing_extensions import TypedDict


class ChatMessageParam(TypedDict, total=False):
    """`ChatMessage` as a dict."""

    role: Required[str]
    content: Required[str]
