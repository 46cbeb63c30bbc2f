# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing_extensions import TypedDict


class MessagesStreamDebugParam(TypedDict, total=False):
    """`MessagesStreamDebug` as a dict."""

    level: int
