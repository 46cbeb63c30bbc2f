# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required

from typing_extensions import TypedDict

from .. import models as m
from . import address_param, part_param


class EnclosureParam(TypedDict, total=False):
    """`Enclosure` as a dict."""

    type: Required[Literal["enclosure"]]
    parts: Required[Sequence[part_param.PartParam]]
    back: m.Address | address_param.AddressParam
