# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import TYPE_CHECKING, Union

from typing_extensions import TypeAliasType

if TYPE_CHECKING:
    from .. import models as m
    from .enclosure_param import EnclosureParam
    from .text_param import TextParam

PartParam = TypeAliasType(
    "PartParam", Union["m.Text", "TextParam", "m.Enclosure", "EnclosureParam", "m.UnknownVariant"]
)
"""What is taken for `Part`."""
