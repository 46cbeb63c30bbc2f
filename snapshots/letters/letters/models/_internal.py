# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from .._runtime.model import SDKModel
from .._runtime.unions import OneOf
from .address import Address
from .text import Text
from .unknown_variant import UnknownVariant


class Enclosure(SDKModel):
    type: Literal["enclosure"] = "enclosure"
    parts: list[Part]
    """What is in it, other enclosures perhaps."""
    back: Address | None = None
    """Where it goes if nobody is there; the server knows a place."""


Part = TypeAliasType(
    "Part", Annotated[Text | Enclosure | UnknownVariant, OneOf(discriminator="type")]
)


Enclosure.model_rebuild()
