# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .._runtime.model import SDKModel
from .._runtime.unions import OneOf
from ._internal import Part
from .address import Address
from .pigeon import Pigeon
from .rider import Rider
from .unknown_variant import UnknownVariant


class Letter(SDKModel):
    to: Address
    pin: str | None = None
    parts: list[Part] | None = None
    carried_by: Annotated[
        Rider | Pigeon | UnknownVariant | None,
        Field(alias="carried-by"),
        OneOf(discriminator="kind-of"),
    ] = None
    """Who brings it."""
