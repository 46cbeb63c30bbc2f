"""Where in a text the value behind a JSON pointer begins.

It is found out when it is asked for: a document without findings never pays for it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from sdkgen.diagnostics import Location
from sdkgen.text.pointers import ancestors, escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EventKind = Literal["map", "list", "scalar", "end"]
Event = tuple[EventKind, str, int, int]
"""What begins (or ends) at a line and column, counted from 1; the text matters for keys only."""


_FIRST: Final = (1, 1)


Place = tuple[tuple[int, int], tuple[int, int]]
"""Where the key begins that a value stands under, and where the value does: lines and columns."""


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    prefix: str
    is_map: bool
    length: int = 0
    key: tuple[str, int, int] | None = None


class Lines:
    """The lines of a text, for places that are known by how many characters are before them."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def locate(self, at: int) -> tuple[int, int]:
        """The line and the column of a place, as editors count: from 1."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


class Positions(ABC):
    """Where the values of one text are.

    Args:
        source: The name of the text, as diagnostics show it.
    """

    def __init__(self, source: str) -> None:
        self._source = source

    def locate(self, pointer: str, *, key: bool = False) -> Location:
        """The place of the value (or of its key); of the nearest ancestor that the text has."""
        for known in ancestors(pointer):
            if place := self._place(known):
                return Location(self._source, *place[not key])
        return Location(self._source, *_FIRST)

    def origin(self, pointer: str) -> str:
        """The pointer in the text of what is behind a pointer of the data."""
        return pointer

    @abstractmethod
    def _place(self, pointer: str) -> Place | None:
        """The place of a value; None where the text has none."""


class MovedPositions(Positions):
    """Those of data whose parts stood elsewhere in the text.

    Args:
        positions: Where the text has them.
        moved: By the pointer of a part of the data, its pointer in the text.
    """

    def __init__(self, positions: Positions, moved: Mapping[str, str]) -> None:
        super().__init__(positions._source)
        self._positions = positions
        self._moved = moved

    def origin(self, pointer: str) -> str:
        """The pointer in the text of what is behind a pointer of the data."""
        for known in ancestors(pointer):
            if known in self._moved:
                return self._moved[known] + pointer[len(known) :]
        return pointer

    def _place(self, pointer: str) -> Place | None:
        return self._positions._place(self.origin(pointer))


class OverlaidPositions(Positions):
    """Those of data of which parts have come from other texts.

    Args:
        positions: Where the text has the rest.
    """

    def __init__(self, positions: Positions) -> None:
        super().__init__(positions._source)
        self._positions = positions
        self._from: dict[str, tuple[Positions, str]] = {}

    def locate(self, pointer: str, *, key: bool = False) -> Location:
        """The place of the value (or of its key) in the text that it has come from."""
        positions, origin = self.trace(pointer)
        return positions.locate(origin, key=key)

    def _place(self, pointer: str) -> Place | None:
        positions, origin = self.trace(pointer)
        return positions._place(origin)

    def trace(self, pointer: str) -> tuple[Positions, str]:
        """The positions that know the place of a value, and its pointer there."""
        for known in ancestors(pointer) if self._from else ():
            if found := self._from.get(known):
                positions, origin = found
                return positions, origin + pointer[len(known) :]
        return self._positions, pointer

    def put(self, pointer: str, positions: Positions, origin: str) -> None:
        """Note where a value has come from."""
        self._from[pointer] = (positions, origin)

    def forget(self, pointer: str) -> None:
        """Note that there is no such value any more."""
        for known in [one for one in self._from if f"{one}/".startswith(f"{pointer}/")]:
            del self._from[known]

    def forget_item(self, pointer: str, index: int, length: int) -> None:
        """Note that an array has lost an item, and that those after it have moved up.

        Args:
            pointer: The array.
            index: The item's.
            length: The items that there were.
        """
        start = f"{pointer}/"
        later = {at: self.trace(f"{start}{at}") for at in range(index + 1, length)}
        moved: dict[str, tuple[Positions, str]] = {}
        for known, origin in self._from.items():
            at, slash, below = known.removeprefix(start).partition("/")
            if not known.startswith(start) or int(at) < index:
                moved[known] = origin
            elif int(at) > index:
                moved[f"{start}{int(at) - 1}{slash}{below}"] = origin
        moved |= {f"{start}{at - 1}": origin for at, origin in later.items()}
        self._from = moved


class EventPositions(Positions):
    """An index of all places, made of what was met on the way through the text.

    Args:
        source: The name of the text, as diagnostics show it.
        events: What begins and ends where.
    """

    def __init__(self, source: str, events: Sequence[Event]) -> None:
        super().__init__(source)
        self._events = events

    def _place(self, pointer: str) -> Place | None:
        return self._index.get(pointer)

    @cached_property
    def _index(self) -> dict[str, Place]:
        index: dict[str, Place] = {}
        stack: list[_Open] = []
        for kind, text, line, column in self._events:
            if kind == "end":
                stack.pop()
                continue
            top = stack[-1] if stack else None
            if top and top.is_map and top.key is None:
                top.key = (text, line, column)
                continue
            pointer, key = _enter(top, line, column)
            index[pointer] = key, (line, column)
            if kind != "scalar":
                stack.append(_Open(f"{pointer}/", is_map=kind == "map"))
        return index


def _enter(top: _Open | None, line: int, column: int) -> tuple[str, tuple[int, int]]:
    """The pointer of the value that comes next, and the place of its key (or its own)."""
    if top is None:
        return "", (line, column)
    if top.key is None:
        top.length += 1
        return f"{top.prefix}{top.length - 1}", (line, column)
    name, *place = top.key
    top.key = None
    return top.prefix + escape(name), (place[0], place[1])
