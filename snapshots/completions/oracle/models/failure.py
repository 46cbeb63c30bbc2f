# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel
from .failure_error import FailureError


class Failure(SDKModel):
    error: FailureError
