# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, Required, TypedDict

if TYPE_CHECKING:
    from .. import models as m
    from .address_param import AddressParam
    from .part_param import PartParam


class EnclosureParam(TypedDict, total=False):
    """`Enclosure` as a dict."""

    type: Required[Literal["enclosure"]]
    parts: Required[Sequence[PartParam]]
    back: m.Address | AddressParam
