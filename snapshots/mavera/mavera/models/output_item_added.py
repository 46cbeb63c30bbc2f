# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel
from .output_item import OutputItem


class OutputItemAdded(SDKModel):
    type: Literal["response.output_item.added"] = "response.output_item.added"
    item: OutputItem
