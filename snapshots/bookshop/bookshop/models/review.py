# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .._runtime.model import SDKModel
from .person import Person
from .robot import Robot


class Review(SDKModel):
    id: str
    text: str
    by: Annotated[Person | Robot | None, Field(discriminator="kind")] = None
