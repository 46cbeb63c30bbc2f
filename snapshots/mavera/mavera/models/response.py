# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel
from .response_usage import ResponseUsage


class Response(SDKModel):
    id: str
    output_text: str | None = None
    usage: ResponseUsage | None = None
