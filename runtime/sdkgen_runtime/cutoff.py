"""Ending a blocked read from another thread: what deadlines of synchronous streams need."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx

from .streaming import Deadlines


def read_in_time(
    response: httpx.Response, chunks: Iterator[bytes], deadlines: Deadlines, seconds: float
) -> Iterator[bytes]:
    """The chunks, as long as they keep the deadlines, of which the first is in `seconds`.

    Raises:
        StreamTimeoutError: A deadline has passed.
    """
    first = deadlines.wait_for_first_event
    cutoff = Cutoff(response, seconds)
    try:
        while True:
            try:
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
            if first and not deadlines.wait_for_first_event:
                cutoff.cancel()
                break
    finally:
        cutoff.cancel()
    left = deadlines.seconds_left()
    yield from chunks if left is None else read_in_time(response, chunks, deadlines, left)


class Cutoff:
    """Ends the reading of a response that would outlast a deadline.

    The HTTP library reads its timeouts when a body begins, and each is for a single wait: it
    has nothing for a deadline that comes closer. Shutting the socket down ends a blocked read.

    Attributes:
        passed: Whether the deadline has passed.
    """

    def __init__(self, response: httpx.Response, seconds: float) -> None:
        self.passed = False
        self._socket = _socket_of(response)
        # Held while shutting down: once `cancel` has returned, the connection may be in use
        # for something else and must be left alone.
        self._lock = threading.Lock()
        self._cancelled = False
        self._timer = threading.Timer(max(0.0, seconds), self._cut)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        """Let the reading go on; `passed` stays as it is."""
        self._timer.cancel()
        with self._lock:
            self._cancelled = True

    def _cut(self) -> None:
        with self._lock:
            if self._cancelled:
                return
            self.passed = True
            if self._socket is not None:
                with contextlib.suppress(OSError):  # closed meanwhile
                    self._socket.shutdown(socket.SHUT_RDWR)


def _socket_of(response: httpx.Response) -> socket.socket | None:
    """The socket that is this response's alone; None where others share it, or there is none."""
    network: Any = response.extensions.get("network_stream")
    if network is None or response.http_version == "HTTP/2":
        return None
    found: socket.socket | None = network.get_extra_info("socket")
    return found
