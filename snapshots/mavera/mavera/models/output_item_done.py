# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Literal

from .._runtime.model import SDKModel
from .output_item import OutputItem


class OutputItemDone(SDKModel):
    type: Literal["response.output_item.done"] = "response.output_item.done"
    item: OutputItem
