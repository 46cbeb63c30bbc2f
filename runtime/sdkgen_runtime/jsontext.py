"""JSON that servers write, read whatever became of its characters on the way."""

from __future__ import annotations

import re
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
