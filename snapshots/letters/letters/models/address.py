# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from builtins import str as str_aliased
from typing import Annotated

from pydantic import Field

from .._runtime.model import SDKModel


class Address(SDKModel):
    """Where somebody lives."""

    id: str_aliased
    street: str_aliased
    str: int | None = None
    """A key that is the name of a type."""
    door_code: Annotated[str_aliased | None, Field(alias="door-code")] = None
