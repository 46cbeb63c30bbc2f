# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .._runtime.model import SDKModel


class Range(SDKModel):
    from_: Annotated[int | None, Field(alias="from")] = None
    to: int | None = None
