# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class MessageParam(TypedDict, total=False):
    """`Message` as a dict."""

    role: Required[Literal["system", "user", "assistant"] | str]
    content: Required[str]
