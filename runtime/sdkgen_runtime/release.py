"""Releasing connections, for threads, wherever the interpreter happens to be.

A finalizer may run in the middle of anything, and so may the end of a `with` block, if it is in a
generator that nobody goes on with. Where that is in the HTTP library, which holds the lock of its
pool, who waits for that lock in the same thread waits for ever.
"""

from __future__ import annotations

import _thread
import contextlib
import sys
from collections.abc import Generator, Iterator
from types import FrameType
from typing import Final, cast

import httpx

_LIBRARY: Final = ("httpx", "httpcore")

_reading: Final[dict[int, tuple[httpx.Response, Iterator[bytes]]]] = {}
"""What reads a response, by the `id` of that. The generators of the HTTP library take its lock when
they are finalized, and are not while they are here."""


def keep(response: httpx.Response, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Keep what reads a response from being finalized, until it is released."""
    _reading[id(response)] = response, chunks
    return chunks


def release(response: httpx.Response) -> None:
    """Release the connection of a response: at once, or in a thread if this one may hold the lock.

    May be called again.
    """
    if not _is_in_library(sys._getframe()):
        _release(response)
        return
    with contextlib.suppress(RuntimeError):  # there is no thread to be had: its client will do it
        _thread.start_new_thread(_release_quietly, (response,))


def _is_in_library(frame: FrameType | None) -> bool:
    while frame is not None:
        name: str = frame.f_globals.get("__name__", "")
        if name.partition(".")[0] in _LIBRARY:
            return True
        frame = frame.f_back
    return False


def _release(response: httpx.Response) -> None:
    _, chunks = _reading.pop(id(response), (None, None))
    response.close()
    with contextlib.suppress(ValueError):  # another thread is reading: it will see the end
        if chunks is not None:
            cast("Generator[bytes]", chunks).close()


def _release_quietly(response: httpx.Response) -> None:
    with contextlib.suppress(Exception):  # nobody waits for it
        _release(response)
