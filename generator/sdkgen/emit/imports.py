"""The imports that a module's code needs, read from the code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final


def imports_for(code: str, *, extra: Mapping[str, object]) -> Iterable[str]:
    """The lines that import what a module's code uses of the standard library.

    Args:
        code: Annotations and statements that were made here, so that each name means one thing.
        extra: Names of `typing`, and whether the module uses them.
    """
    plain = without_strings(code)
    standard = ["import builtins"] if "builtins." in plain else []
    collections = [name for name in ("Mapping", "Sequence") if re.search(rf"\b{name}\[", plain)]
    if collections:
        standard.append(f"from collections.abc import {', '.join(collections)}")
    # Not where it is the name of an argument or of an attribute.
    moments = [
        name for name in ("date", "datetime") if re.search(rf"(?<![\w.]){name}\b(?! *[:=])", plain)
    ]
    if moments:
        standard.append(f"from datetime import {', '.join(moments)}")
    if extra.get("cached_property"):
        standard.append("from functools import cached_property")
    used: dict[str, object] = {
        "Any": re.search(r"\bAny\b", plain),
        "Literal": "Literal[" in plain,
        "Never": "[Never]" in plain,
        "Unpack": "Unpack[" in plain,
        **{name: wanted for name, wanted in extra.items() if name != "cached_property"},
    }
    typing = sorted((name for name, wanted in used.items() if wanted), key=_import_order)
    if typing:
        standard.append(f"from typing import {', '.join(typing)}")
    yield from standard


_OWN: Final = {"rt": "_runtime", "m": "models", "p": "params"}


def own_imports(code: str, wanted: Collection[str]) -> Iterable[str]:
    """The lines that import what a module's code uses of its own package.

    Args:
        code: As `imports_for` takes it.
        wanted: Which of ``rt``, ``m`` and ``p`` to import, if they are used.
    """
    plain = without_strings(code)
    for name, module in _OWN.items():
        if name in wanted and re.search(rf"\b{name}\.", plain):
            yield f"from .. import {module} as {name}"


def _import_order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def without_strings(code: str) -> str:
    """Code in which every string is empty: what stands in one is no name."""
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", '""', code)
