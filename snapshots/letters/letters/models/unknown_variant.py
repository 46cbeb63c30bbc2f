# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from .._runtime.unions import OpenVariant


class UnknownVariant(OpenVariant):
    """
    A member of a union that the API's document does not declare, with all its properties.

    It is sent back as it came. What tells it apart from the others has the value that the server
    gave it; type checkers are told of one that no other has, so that comparisons narrow.
    """

    if TYPE_CHECKING:
        kind_of: ClassVar[Literal["<unknown>"]]
        type: ClassVar[Literal["<unknown>"]]
    else:
        kind_of = property(lambda self: self._said("kind-of"))
