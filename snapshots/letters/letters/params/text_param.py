# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class TextParam(TypedDict, total=False):
    """`Text` as a dict."""

    type: Required[Literal["text"]]
    text: Required[str]
    tone: Literal["kind", "angry"] | str
