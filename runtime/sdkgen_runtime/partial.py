"""Structured output that is still arriving: the value that a JSON text is so far."""

from __future__ import annotations

from typing import Any

import pydantic_core


def partial_json(text: str | bytes) -> Any:
    """What there is of a JSON text whose end has not arrived.

    Values that are complete are given, and strings as far as they go; a member without its
    value is left out. ``partial_json('{"city": "Par')`` is ``{"city": "Par"}``; of nothing at
    all, or of white space, there is `None`. What comes after a complete value is not looked at.

    Raises:
        ValueError: No JSON begins as the text does.
    """
    if not text.strip():
        return None
    return pydantic_core.from_json(text, allow_partial="trailing-strings")
