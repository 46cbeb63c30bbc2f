"""Ending a blocked read from another thread: for deadlines, and for `close`."""

from __future__ import annotations

import contextlib
import math
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any, Final, Self

import httpx

from .streaming import Deadlines

_IDLE_SECONDS: Final = 10.0
"""How long the thread that watches the clock waits for another deadline, before it ends."""


def read_in_time(
    response: httpx.Response, chunks: Iterator[bytes], deadlines: Deadlines
) -> Iterator[bytes]:
    """The chunks, as long as they keep the deadlines.

    Raises:
        StreamTimeoutError: A deadline has passed.
    """
    cutoff: Cutoff | None = None
    first = False
    limits = response.request.extensions.get("timeout", {})
    idle = limits.get("read")
    try:
        while (seconds := deadlines.seconds_left()) is not None:
            if seconds <= 0:
                raise deadlines.missed()
            if cutoff is None or cutoff.is_spent or first != deadlines.awaits_first_event:
                if cutoff is not None:
                    cutoff.cancel()
                first = deadlines.awaits_first_event
                cutoff = Cutoff(response, seconds)
            is_nearer = False
            if response.http_version == "HTTP/2":  # which looks at the limit before each wait
                is_nearer = idle is None or seconds < idle
                limits["read"] = seconds if is_nearer else idle
            lost: httpx.RequestError | None = None
            chunk: bytes | None = None
            try:
                with cutoff:
                    chunk = next(chunks, None)
            except httpx.RequestError as error:
                lost = error
            is_late = is_nearer and isinstance(lost, httpx.ReadTimeout)
            if cutoff.passed or is_late or (lost is not None and deadlines.are_missed):
                raise deadlines.missed()
            if lost is not None:
                raise lost
            if chunk is None:
                return
            yield chunk
    finally:
        limits["read"] = idle
        if cutoff is not None:
            cutoff.cancel()
    yield from chunks


class Interruptible(httpx.SyncByteStream):
    """The body of a response, whose reading another thread can end: to close it does not.

    It is put in the body's place, to see when that is closed: then the connection may be in use
    for something else, and must be left alone.
    """

    def __init__(self, response: httpx.Response) -> None:
        body: Any = response.stream
        self._body = body
        self._stream = getattr(body, "_stream", None)  # as httpx's own has it, for `release.keep`
        self._socket = _socket_of(response)
        # A handler of a signal may interrupt in the midst of what is done under it.
        self._lock = threading.RLock()
        self._is_closed = False
        response.stream = self

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """Close the body, whose connection may be used again."""
        with self._lock:
            self._is_closed = True
        self._body.close()

    def interrupt(self) -> None:
        """End the reading, if it has not come to an end by itself."""
        with self._lock:
            if self._socket is not None and not self._is_closed:
                _shut_down(self._socket)


class Cutoff:
    """Ends the reading of a response that would outlast a deadline.

    The HTTP library reads its timeouts when a body begins, and each is for a single wait: it
    has nothing for a deadline that comes closer. Shutting the socket down ends a blocked read.

    What is read is read in a `with` block: a deadline that passes outside of one ends nothing.

    Attributes:
        passed: Whether the deadline has passed during a read.
        is_spent: Whether it has passed at all.
    """

    def __init__(self, response: httpx.Response, seconds: float) -> None:
        self.passed = False
        self.is_spent = False
        self._socket = _socket_of(response)
        # Held while shutting down: once `cancel` has returned, the connection may be in use
        # for something else and must be left alone.
        self._lock = threading.Lock()
        self._is_reading = False
        _watch.start(self, time.monotonic() + seconds)

    def __enter__(self) -> Self:
        with self._lock:
            self._is_reading = True
            if self.is_spent:  # in the moment between the looks of the clock
                self._end()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_reading = False

    def cancel(self) -> None:
        """Let the reading go on; `passed` stays as it is."""
        if sys.is_finalizing():
            return  # the thread that watches the clock is no more, and may have left its locks
        _watch.stop(self)
        self.__exit__()

    def cut(self) -> None:
        """Note that the deadline has passed, and end the read that goes on."""
        with self._lock:
            self.is_spent = True
            if self._is_reading:
                self._end()

    def _end(self) -> None:
        self.passed = True
        if self._socket is not None:
            _shut_down(self._socket)


class _Watch:
    """Watches the clock for all cutoffs, in one thread: to start one takes longer than a call."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew, without a thread: after a fork it is gone, and may have left its lock."""
        self._changed = threading.Condition()
        self._due: dict[Cutoff, float] = {}
        self._is_running = False
        self._wakes_at = math.inf

    def start(self, cutoff: Cutoff, moment: float) -> None:
        with self._changed:
            self._due[cutoff] = moment
            if not self._is_running:
                threading.Thread(target=self._run, name="stream deadlines", daemon=True).start()
                self._is_running = True  # not before: there may be no more threads to be had
            elif moment < self._wakes_at:
                self._changed.notify()

    def stop(self, cutoff: Cutoff) -> None:
        with self._changed:
            self._due.pop(cutoff, None)

    def _run(self) -> None:
        while (passed := self._wait()) is not None:
            for cutoff in passed:
                cutoff.cut()

    def _wait(self) -> list[Cutoff] | None:
        """The cutoffs whose moment has come; None if for long there was none to watch."""
        with self._changed:
            while True:
                now = time.monotonic()
                # Of a copy: a finalizer may stop another one in the middle of this.
                passed = [one for one, moment in self._due.copy().items() if moment <= now]
                for one in passed:
                    self._due.pop(one, None)
                if passed:
                    return passed
                self._wakes_at = min(self._due.values(), default=now + _IDLE_SECONDS)
                # No thread can wait longer than the latter: some centuries.
                told = self._changed.wait(min(self._wakes_at - now, threading.TIMEOUT_MAX))
                if not (told or self._due):
                    self._is_running = False
                    return None


_watch: Final = _Watch()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_watch.reset)


def _shut_down(found: socket.socket) -> None:
    with contextlib.suppress(OSError):  # closed meanwhile
        found.shutdown(socket.SHUT_RDWR)


def _socket_of(response: httpx.Response) -> socket.socket | None:
    """The socket that is this response's alone; None where others share it, or there is none."""
    network: Any = response.extensions.get("network_stream")
    if network is None or response.http_version == "HTTP/2":
        return None
    found: socket.socket | None = network.get_extra_info("socket")
    return found
