# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import ClassVar, Literal

from .. import _runtime as rt


class UnknownEvent(rt.UnknownEvent):
    """
    An event of a kind that the API's document does not declare, among those that other properties
    than `event` and `type` tell apart.

    These never have the value that one of a declared kind has, so that comparisons narrow.
    """

    kind: ClassVar[Literal["<unknown>"]] = "<unknown>"
