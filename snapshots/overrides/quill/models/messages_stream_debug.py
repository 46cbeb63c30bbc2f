# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel


class MessagesStreamDebug(SDKModel):
    level: int | None = None
