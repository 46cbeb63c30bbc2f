# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel
from .response import Response


class ResponseCreated(SDKModel):
    type: Literal["response.created"] = "response.created"
    response: Response
