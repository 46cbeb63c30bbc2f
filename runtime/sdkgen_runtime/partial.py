"""Structured output that is still arriving: the value that a JSON text is so far."""

from __future__ import annotations

import contextlib
from typing import Any

import pydantic_core


def partial_json(text: str | bytes) -> Any:
    """What there is of a JSON text whose end has not arrived.

    Values that are complete are given, and strings as far as they go; a member without its
    value is left out. ``partial_json('{"city": "Par')`` is ``{"city": "Par"}``; of nothing at
    all, of white space, or of ``tr``, there is `None`. What comes after a complete value is not
    looked at.

    Raises:
        ValueError: No JSON begins as the text does.
    """
    data = text.encode() if isinstance(text, str) else text
    if not data.strip():
        return None
    try:
        return _from_partial(data)
    except ValueError:
        # Of scalars, pydantic takes a beginning in collections alone.
        with contextlib.suppress(ValueError):
            if _from_partial(b'{"":' + data) == {}:
                return None
        raise


def _from_partial(data: bytes) -> Any:
    return pydantic_core.from_json(data, allow_partial="trailing-strings")
