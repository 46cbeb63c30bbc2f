"""The imports that a module's code needs, read from the code."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from sdkgen.emit.code import IN_NAMES, NAME_ENDS, import_line, import_order


def imports_for(code: str, *, extra: Mapping[str, object]) -> Iterable[str]:
    """The lines that import what a module's code uses of the standard library.

    Args:
        code: Annotations and statements that were made here, so that each name means one thing.
        extra: Names of `typing`, and whether the module uses them.
    """
    plain = without_strings(code)
    standard = ["import builtins"] if "builtins." in plain else []
    collections = [
        name for name in ("Mapping", "Sequence") if re.search(rf"(?<![{IN_NAMES}]){name}\[", plain)
    ]
    if collections:
        standard.append(f"from collections.abc import {', '.join(collections)}")
    # Not where it is the name of an argument or of an attribute.
    moments = [
        name
        for name in ("date", "datetime")
        if re.search(rf"(?<![{IN_NAMES}.]){name}{NAME_ENDS}(?! *[:=])", plain)
    ]
    if moments:
        standard.append(f"from datetime import {', '.join(moments)}")
    if extra.get("cached_property"):
        standard.append("from functools import cached_property")
    used: dict[str, object] = {
        "Any": re.search(rf"(?<![{IN_NAMES}])Any{NAME_ENDS}", plain),
        "Literal": "Literal[" in plain,
        "Never": "[Never]" in plain,
        "Unpack": "Unpack[" in plain,
        **{name: wanted for name, wanted in extra.items() if name != "cached_property"},
    }
    typing = sorted((name for name, wanted in used.items() if wanted), key=import_order)
    if typing:
        standard.append(f"from typing import {', '.join(typing)}")
    yield from standard


_OWN: Final = {"rt": "_runtime", "m": "models", "p": "params"}


def own_imports(code: str) -> Iterable[str]:
    """The lines that import what a module's code uses of its own package.

    Args:
        code: As `imports_for` takes it.
    """
    plain = without_strings(code)
    for name, module in _OWN.items():
        if re.search(rf"\b{name}\.", plain):
            yield f"from .. import {module} as {name}"


def arranged(imports: Mapping[tuple[str, str], Iterable[str]]) -> str:
    """Imports of names as isort arranges them.

    Args:
        imports: The names, by the dots and the name of their module.
    """
    ordered = sorted(imports, key=lambda one: (_group(*one), -len(one[0]), import_order(one[1])))
    groups = groupby(ordered, key=lambda one: _group(*one))
    return "\n\n".join(
        "\n".join(import_line("".join(one), imports[one], 0) for one in group)
        for _, group in groups
    )


def _group(dots: str, module: str) -> int:
    """The future, the standard library, other packages, this one."""
    if dots:
        return 3
    top = module.partition(".")[0]
    return 0 if top == "__future__" else 1 if top in sys.stdlib_module_names else 2


def without_strings(code: str) -> str:
    """Code in which every string is empty: what stands in one is no name."""
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", '""', code)
