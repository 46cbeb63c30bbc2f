"""JSON that servers write, read whatever became of its characters on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import pydantic_core

_ESCAPED: Final = re.compile(
    rb"\\(?:u[Dd][89ABab]..\\u[Dd][C-Fc-f]..|(?P<half>u[Dd][89A-Fa-f]..)|.)", re.DOTALL
)


def mended(text: str) -> bytes:
    """JSON in which half a character, as servers cut texts up, stands for U+FFFD.

    (RFC 8259, section 8.2: the grammar allows it. In UTF-8, decoding has replaced it before.)
    """
    return _ESCAPED.sub(lambda found: rb"\ufffd" if found["half"] else found[0], text.encode())


# The short escapes (RFC 8259, section 7).
_SHORT: Final = dict(zip('"\\/\b\f\n\r\t', '"\\/bfnrt', strict=True))


def lacking(strings: Iterable[str]) -> Callable[[bytes], bool]:
    """What tells of a JSON text, by its bytes alone, that none of some strings is in it.

    Each is there as it is, or with an escape of one of its characters: other escapes, of which text
    is full, do not matter.
    """
    plain = tuple(f'"{one}"'.encode() for one in strings)
    characters = {character for one in strings for character in one}
    units = {unit for one in characters for unit in one.encode("utf-16-be").hex(" ", 2).split()}
    escapes = [f"u(?i:{unit})" for unit in units]
    escapes += [re.escape(short) for one, short in _SHORT.items() if one in characters]
    find_escape = re.compile(rf"\\(?:{'|'.join(escapes)})".encode()).search

    def lacks(data: bytes) -> bool:
        for one in plain:
            if one in data:
                return False
        return b"\\" not in data or find_escape(data) is None

    return lacks


def read_json(text: str) -> Any:
    """The value of a JSON text, mended where that is needed.

    Raises:
        ValueError: It is not JSON.
    """
    try:
        return pydantic_core.from_json(text)
    except ValueError:
        return pydantic_core.from_json(mended(text))


def json_or_text(text: str) -> Any:
    """JSON where it is JSON, else the text itself."""
    try:
        return read_json(text)
    except ValueError:
        return text
