"""Where in the one tree the objects of other files go, and under which name."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sdkgen.source.grammar import SECTIONS
from sdkgen.text import pointers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# What a component may be called (OpenAPI 3.1 §4.8.7.1).
_NOT_A_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")


class Target(NamedTuple):
    """What a reference names: an object in a file."""

    file: str
    pointer: str


class Chosen(NamedTuple):
    """A place in the tree; `is_new` where the object has yet to be put there."""

    pointer: str
    is_new: bool


def choose(
    root: Mapping[str, Any],
    kinds: Mapping[Target, str],
    homes: Mapping[Target, str],
    value: Callable[[Target], Any],
) -> dict[Target, Chosen]:
    """A place for every object of other files that no other such object contains.

    Args:
        root: The tree, with the components that it has of its own.
        kinds: The objects that references name, and what they are.
        homes: Those that a component, or a path, of the tree is nothing but a reference to.
        value: The object itself.
    """
    chosen: dict[Target, Chosen] = {}
    wanted: dict[tuple[str, str], list[Target]] = defaultdict(list)
    for target in sorted(kinds):
        if _is_inside_another(target, kinds):
            continue
        if target in homes:
            chosen[target] = Chosen(homes[target], is_new=True)
        else:
            wanted[SECTIONS[kinds[target]], _name(target)].append(target)
    components = _mapping(root.get("components"))
    taken = {(section, name) for section in components for name in _mapping(components[section])}
    taken |= wanted.keys()
    for (section, name), targets in wanted.items():
        own = _mapping(components.get(section)).get(name)
        rivals = [own] if own is not None else []
        rivals += [value(target) for target in targets]
        if _are_same(rivals):
            for index, target in enumerate(targets):
                chosen[target] = Chosen(_component(section, name), own is None and index == 0)
            continue
        for target in targets:
            free = next(name for name in _longer(target) if (section, name) not in taken)
            taken.add((section, free))
            chosen[target] = Chosen(_component(section, free), is_new=True)
    return chosen


def _is_inside_another(target: Target, kinds: Mapping[Target, str]) -> bool:
    above = list(pointers.ancestors(target.pointer))[1:]
    return any(Target(target.file, ancestor) in kinds for ancestor in above)


def _name(target: Target) -> str:
    """The last key of the pointer, or what the file is called."""
    last = pointers.tokens(target.pointer)[-1:] or [PurePosixPath(target.file).stem]
    return _NOT_A_NAME.sub("_", last[0])


def _longer(target: Target) -> Iterator[str]:
    """Names with ever more of the path in front, then with numbers."""
    name = _name(target)
    path = PurePosixPath(target.file.partition("://")[2] or target.file)
    parts = [part for part in path.with_suffix("").parts if part not in ("..", "/")]
    if not target.pointer:
        parts.pop()
    for part in reversed(parts):
        name = f"{_NOT_A_NAME.sub('_', part)}_{name}"
        yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def _are_same(values: list[Any]) -> bool:
    """Whether all are one object, written out more than once.

    What has references may be equal in letters and yet mean something else in each file.
    """
    return len(values) == 1 or (
        all(value == values[0] for value in values[1:]) and not _refers(values[0])
    )


def _refers(value: Any) -> bool:
    if isinstance(value, dict):
        return "$ref" in value or any(_refers(child) for child in value.values())
    return isinstance(value, list) and any(_refers(child) for child in value)


def _component(section: str, name: str) -> str:
    return f"/components/{section}/{pointers.escape(name)}"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
