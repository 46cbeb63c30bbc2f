"""Ending a blocked read from another thread: what deadlines of synchronous streams need."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any, Self

import httpx

from .streaming import Deadlines


def read_in_time(
    response: httpx.Response, chunks: Iterator[bytes], deadlines: Deadlines
) -> Iterator[bytes]:
    """The chunks, as long as they keep the deadlines.

    Raises:
        StreamTimeoutError: A deadline has passed.
    """
    cutoff: Cutoff | None = None
    first = False
    try:
        while (seconds := deadlines.seconds_left()) is not None:
            if seconds <= 0:
                raise deadlines.missed()
            if cutoff is None or cutoff.is_spent or first != deadlines.wait_for_first_event:
                if cutoff is not None:
                    cutoff.cancel()
                first = deadlines.wait_for_first_event
                cutoff = Cutoff(response, seconds)
            try:
                with cutoff:
                    chunk = next(chunks, None)
            except httpx.RequestError:
                if not cutoff.passed:
                    raise
                chunk = None
            if cutoff.passed:
                raise deadlines.missed()
            if chunk is None:
                return
            yield chunk
    finally:
        if cutoff is not None:
            cutoff.cancel()
    yield from chunks


def interrupt(response: httpx.Response) -> None:
    """End a read of a response that another thread is blocked in: to close it does not."""
    if (found := _socket_of(response)) is not None:
        _shut_down(found)


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
        self._timer = threading.Timer(max(0.0, seconds), self._cut)
        self._timer.daemon = True
        self._timer.start()

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
        self._timer.cancel()
        self.__exit__()

    def _cut(self) -> None:
        with self._lock:
            self.is_spent = True
            if self._is_reading:
                self._end()

    def _end(self) -> None:
        self.passed = True
        if self._socket is not None:
            _shut_down(self._socket)


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
