"""Names for the classes of schemas: components have them already, others need one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from sdkgen.lower import names


def names_for_components(keys: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """The class name of each component by its key, no two alike, whatever the order of the keys.

    Of those that a class name cannot tell apart, the one that is spelled like it keeps it; the
    others are told apart by what the class name has lost.
    """
    found: dict[str, str] = {key: given[key] for key in keys if key in given}
    left = sorted(set(keys) - found.keys())
    for wording in (names.pascal, _with_symbols, _as_model):
        worded = {key: wording(key) for key in left}
        often = Counter(map(str.casefold, worded.values()))
        taken = set(map(str.casefold, found.values()))
        found |= {
            key: name
            for key, name in worded.items()
            if name.casefold() not in taken and (often[name.casefold()] == 1 or key == name)
        }
        left = [key for key in left if key not in found]
    for key in left:
        name = _as_model(key)
        while name.casefold() in map(str.casefold, found.values()):
            name += "Model"
        found[key] = name
    return found


def _with_symbols(key: str) -> str:
    return names.pascal(names.with_symbols(key))


def _as_model(key: str) -> str:
    return f"{_with_symbols(key)}Model"


def last_resort(name: str) -> Iterator[str]:
    """For schemas that differ in nothing but their position in a list."""
    while True:
        name += "Model"
        yield name


def said_in(pointer: str) -> list[str]:
    """The parts of a pointer that are names which the document gives, and no keywords."""
    tokens = pointer.replace("#", "/").split("/")
    return [
        token.replace("~1", " ").replace("~0", "~")
        for before, token in pairwise(tokens)
        if not token.isdigit() and token not in _KEYWORDS and before != "content"
    ]


_KEYWORDS: Final = frozenset(
    {
        *("", "paths", "components", "schemas", "responses", "content", "schema", "properties"),
        *(
            "$defs",
            "definitions",
            "items",
            "oneOf",
            "anyOf",
            "allOf",
            "additionalProperties",
            "itemSchema",
        ),
    }
)
