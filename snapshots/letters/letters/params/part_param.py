# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Union

from typing_extensions import TypeAliasType

from .. import models as m
from .. import params as p

PartParam = TypeAliasType(
    "PartParam",
    Union["m.Text", "p.TextParam", "m.Enclosure", "p.EnclosureParam", "m.UnknownVariant"],
)
"""What is taken for `Part`."""
