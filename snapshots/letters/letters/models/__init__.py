# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The models: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._internal import Enclosure as Enclosure
    from ._internal import Part as Part
    from .address import Address as Address
    from .letter import Letter as Letter
    from .notes import Notes as Notes
    from .pigeon import Pigeon as Pigeon
    from .rider import Rider as Rider
    from .stamp_param import StampParam as StampParam
    from .text import Text as Text
    from .unknown_variant import UnknownVariant as UnknownVariant

_MODULES = {
    "Address": "address",
    "Enclosure": "_internal",
    "Letter": "letter",
    "Notes": "notes",
    "Part": "_internal",
    "Pigeon": "pigeon",
    "Rider": "rider",
    "StampParam": "stamp_param",
    "Text": "text",
    "UnknownVariant": "unknown_variant",
}

if not TYPE_CHECKING:
    __all__ = tuple(_MODULES)

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted(__all__)
