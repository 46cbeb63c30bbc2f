# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of arguments: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .address_param import AddressParam as AddressParam
    from .enclosure_param import EnclosureParam as EnclosureParam
    from .notes_param import NotesParam as NotesParam
    from .part_param import PartParam as PartParam
    from .stamp_param import StampParam as StampParam
    from .text_param import TextParam as TextParam

_MODULES = {
    "AddressParam": "address_param",
    "EnclosureParam": "enclosure_param",
    "NotesParam": "notes_param",
    "PartParam": "part_param",
    "StampParam": "stamp_param",
    "TextParam": "text_param",
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
