"""The imports that a module's code needs, read from the code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


def imports_for(code: str, *, extra: Mapping[str, object]) -> Iterable[str]:
    """The lines that import what a module's code uses, in groups parted by empty lines.

    Args:
        code: Annotations and statements that were made here, so that each name means one thing.
        extra: Names of `typing`, and whether the module uses them.
    """
    plain = _without_strings(code)
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
        "Unpack": "Unpack[" in plain,
        **{name: wanted for name, wanted in extra.items() if name != "cached_property"},
    }
    typing = sorted((name for name, wanted in used.items() if wanted), key=_import_order)
    if typing:
        standard.append(f"from typing import {', '.join(typing)}")
    yield from standard
    own = []
    if re.search(r"\brt\.", plain):
        own.append("from .. import _runtime as rt")
    if re.search(r"\bm\.", plain):
        own.append("from .. import models as m")
    if own:
        yield ""
        yield from own


def _import_order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def _without_strings(code: str) -> str:
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", '""', code)
