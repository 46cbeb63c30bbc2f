# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .._runtime.model import SDKModel


class Musing(SDKModel):
    kind: Literal["thought"] = "thought"
    text: Annotated[str, Field(alias="thought")]
