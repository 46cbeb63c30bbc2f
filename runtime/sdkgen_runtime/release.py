"""Releasing connections, for threads, wherever the interpreter happens to be.

A finalizer may run in the middle of anything, a handler of a signal too, and so may the end of a
`with` block, if it is in a generator that nobody goes on with. Where that is in the HTTP library,
which holds the lock of its pool, who waits for that lock in the same thread waits for ever.
"""

from __future__ import annotations

import _thread
import contextlib
import os
import queue
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, Final

import httpx

_LOCKING: Final = "httpcore"
"""The half of the HTTP library that has locks; of what the other half calls, much is no library."""

_LIBRARY: Final = ("httpx", _LOCKING)

_IDLE_SECONDS: Final = 10.0
"""How long the thread that releases waits for more to release, before it ends."""

_reading: Final[dict[httpx.Response, Iterator[bytes]]] = {}
"""What reads a response. The generators of the HTTP library take its lock when they are finalized,
and are not while they are here."""


def keep(response: httpx.Response, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Keep what reads a response from being finalized, until that is released.

    Not where a transport of the caller's reads for it: what that knows would be kept for ever, if
    the response is left, and might be the very thing that is to release it.
    """
    if _package(type(getattr(response.stream, "_stream", None)).__module__) in _LIBRARY:
        _reading[response] = chunks
    return chunks


def release(response: httpx.Response, chunks: Iterator[bytes] | None = None) -> None:
    """Release the connection of a response, and end what reads it; may be called again."""

    def close() -> None:
        reading: Any = _reading.pop(response, chunks)
        response.close()
        if reading is not None:
            with contextlib.suppress(ValueError):  # another thread reads: it will see the end
                reading.close()

    elsewhere(close)


def elsewhere(close: Callable[[], object]) -> None:
    """Close something: at once, or in another thread where this one may hold the library's lock."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if _package(frame.f_globals.get("__name__")) == _LOCKING:
            _closer.add(close)
            return
        frame = frame.f_back
    close()


def _package(module: object) -> str:
    return module.partition(".")[0] if isinstance(module, str) else ""


class _Closer:
    """Closes what others may not, in one thread, however much there is."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew, without a thread: after a fork it is the parent's, as what it had."""
        self._left: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self._is_running = False

    def add(self, close: Callable[[], object]) -> None:
        """Have something closed, soon. Waits for nothing, nor takes a lock."""
        self._left.put(close)
        if not self._is_running:  # two threads at once do no harm
            self._is_running = True
            try:
                _thread.start_new_thread(self._run, ())
            except RuntimeError:  # there is none to be had: the next one will do it all
                self._is_running = False

    def _run(self) -> None:
        while self._is_running or not self._left.empty():
            try:
                close = self._left.get(timeout=_IDLE_SECONDS)
            except queue.Empty:
                self._is_running = False
                continue  # to what may have come since, from who saw it run
            with contextlib.suppress(BaseException):  # nobody waits for it, but for the others
                close()
            del close  # and with it the response


_closer: Final = _Closer()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_closer.reset)
