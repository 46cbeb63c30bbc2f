"""Where in a text the value behind a JSON pointer begins.

An index is made from a stream of events, a few per value, so that every syntax
(YAML, JSON) needs only to say what it meets and where. It is made on first use:
a document without findings never pays for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from sdkgen.diagnostics import Location
from sdkgen.text.pointers import ancestors, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

EventKind = Literal["map", "list", "scalar", "end"]
Event = tuple[EventKind, str, int, int]
"""What begins (or ends) at a line and column, counted from 1; the text matters for keys only."""


_FIRST: Final = (1, 1)


_Place = tuple[tuple[int, int], tuple[int, int]]
"""Where the key begins that a value stands under, and where the value does."""


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    prefix: str
    is_map: bool
    length: int = 0
    key: tuple[str, int, int] | None = None


@dataclass
class Positions:
    """Where the values of one text are.

    Attributes:
        source: The name of the text, as diagnostics show it.
        events: Gives what begins and ends where; called once, when the first position is wanted.
    """

    source: str
    events: Callable[[], Iterable[Event]] = field(repr=False)

    def locate(self, pointer: str, *, key: bool = False) -> Location:
        """The place of the value (or of its key); of the nearest ancestor that the text has."""
        for known in ancestors(pointer):
            if place := self._index.get(known):
                return Location(self.source, *place[not key])
        return Location(self.source, *_FIRST)

    @cached_property
    def _index(self) -> dict[str, _Place]:
        index: dict[str, _Place] = {}
        stack: list[_Open] = []
        for kind, text, line, column in self.events():
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
