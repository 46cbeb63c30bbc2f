"""Where the values of a JSON text are, without a look at those that nobody asks for."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sdkgen.text.pointers import tokens
from sdkgen.text.positions import Lines, Place, Positions

if TYPE_CHECKING:
    from collections.abc import Iterator

_end_of_space: Final = re.compile(r"[ \t\n\r]*").match
# Reads a value to find its end: in C, which is faster than any scanner for it in Python.
_read_value: Final = json.JSONDecoder(strict=False).raw_decode

Members = dict[str, tuple[int, int]]
"""Where each key of a map is, and its value; the items of a list have none but their value."""


class JsonPositions(Positions):
    """The places of the values of a text that has been read, and is JSON.

    Of each collection on the way to a value, the members are looked up once.

    Args:
        source: The name of the text, as diagnostics show it.
        text: The text.
        members: Those that are known, by where their collections begin.
    """

    def __init__(self, source: str, text: str, members: dict[int, Members]) -> None:
        super().__init__(source)
        self._text = text
        self._members = members

    def _place(self, pointer: str) -> Place | None:
        key = value = after_space(self._text, 0)
        for token in tokens(pointer):
            if value not in self._members:
                self._members[value] = dict(self._members_at(value))
            if (found := self._members[value].get(token)) is None:
                return None
            key, value = found
        return self._lines.locate(key), self._lines.locate(value)

    def _members_at(self, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
        opening = self._text[at]
        if opening not in "[{":
            return
        at, length = after_space(self._text, at + 1), 0
        while self._text[at] not in "]}":
            key = at
            if opening == "{":
                name, at = _read_value(self._text, at)
                at = after_space(self._text, after_space(self._text, at) + 1)
            else:
                name = str(length)
            yield name, (key, at)
            length += 1
            at = after_space(self._text, _read_value(self._text, at)[1])
            if self._text[at] == ",":
                at = after_space(self._text, at + 1)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)


def after_space(text: str, at: int) -> int:
    """The next place of a text that has no white space (RFC 8259, section 2)."""
    found = _end_of_space(text, at)
    return at if found is None else found.end()
