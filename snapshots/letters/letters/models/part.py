# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from ._internal import Part

__all__ = ["Part"]
