# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .._runtime.model import SDKModel


class Pigeon(SDKModel):
    kind_of: Annotated[Literal["pigeon"], Field(alias="kind-of")] = "pigeon"
    ring: int | None = None
