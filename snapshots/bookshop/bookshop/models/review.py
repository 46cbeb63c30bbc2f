# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from .._runtime.model import SDKModel
from .._runtime.unions import OneOf
from .person import Person
from .robot import Robot
from .unknown_variant import UnknownVariant


class Review(SDKModel):
    id: str
    text: str
    by: Annotated[Person | Robot | UnknownVariant | None, OneOf(discriminator="kind")] = None
