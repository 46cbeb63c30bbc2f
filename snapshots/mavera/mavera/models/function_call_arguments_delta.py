# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel


class FunctionCallArgumentsDelta(SDKModel):
    type: Literal["response.function_call_arguments.delta"] = (
        "response.function_call_arguments.delta"
    )
    delta: str
    """A fragment of the arguments' JSON."""
