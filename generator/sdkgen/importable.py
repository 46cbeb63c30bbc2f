"""Names by which a package can be imported, and what to write instead of those that cannot."""

from __future__ import annotations

import keyword
import re
import sys
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9]+")

TAKEN: Final = sys.stdlib_module_names | {
    *("httpx", "anyio", "certifi", "h11", "httpcore", "idna", "sniffio"),
    *("pydantic", "annotated_types", "pydantic_core", "typing_extensions", "typing_inspection"),
}
"""What is there wherever a package of ours is: Python's modules, and those of what it needs."""


def is_name(text: str) -> bool:
    """Whether a text is an identifier that Python has no use for of its own."""
    return _NAME.fullmatch(text) is not None and not keyword.iskeyword(text)


def why_not(name: str) -> str | None:
    """Why nothing can be imported by a name; None where something can."""
    if not is_name(name):
        return "it is not a Python name"
    return "it would hide the module of that name" if name in TAKEN else None


def instead(name: str) -> str | None:
    """The nearest name that can be taken; None where nothing is near."""
    near = _NOT_IN_NAMES.sub("_", name).strip("_")
    if near and why_not(near):
        near = f"{near}_api"
    return None if why_not(near) else near
