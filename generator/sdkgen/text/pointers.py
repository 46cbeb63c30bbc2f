"""JSON pointers (RFC 6901)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_POSITION: Final = re.compile("0|[1-9][0-9]*")
"""The position of an item (RFC 6901 §4): -1, +1, 01 and 1_0, which Python reads, are none."""


def escape(token: str) -> str:
    """A key as one reference token of a JSON pointer (RFC 6901 §3)."""
    if "~" in token or "/" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


@lru_cache(maxsize=1 << 15)
def tokens(pointer: str) -> tuple[str, ...]:
    """The keys that a JSON pointer passes, unescaped (RFC 6901 §4); ``""`` passes none."""
    keys = pointer.split("/")[1:]
    if "~" in pointer:
        keys = [token.replace("~1", "/").replace("~0", "~") for token in keys]
    return tuple(keys)


def of(keys: Iterable[str | int]) -> str:
    """The JSON pointer that passes keys and positions (RFC 6901 §3)."""
    return "".join(f"/{escape(str(key))}" for key in keys)


def ancestors(pointer: str) -> Iterator[str]:
    """A pointer, its parent, and so on to the root."""
    yield pointer
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


def child(parent: str, pointer: str) -> str | None:
    """The key under which a value stands right below another; None where it does not."""
    below = pointer.removeprefix(f"{parent}/")
    return None if below == pointer or "/" in below else tokens(f"/{below}")[0]


def position(token: str) -> int:
    """Which item of an array a token is.

    Raises:
        ValueError: No position is written like that (RFC 6901 §4).
    """
    if not _POSITION.fullmatch(token):
        raise ValueError(token)
    return int(token)


def get(root: Any, pointer: str) -> Any:
    """The value behind a pointer.

    Raises:
        KeyError: There is none; the argument is the pointer.
    """
    value = root
    for token in tokens(pointer):
        try:
            value = value[position(token) if isinstance(value, list) else token]
        except (LookupError, TypeError, ValueError):
            raise KeyError(pointer) from None
    return value
