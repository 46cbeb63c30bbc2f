"""What both kinds of stream share: what they know, and what they decide without waiting.

`streaming_sync` and `streaming_async` differ in how they wait and in nothing else; what they
read is the `Reader`'s business. Errors of the HTTP library end here: users see the classes
of `errors`.
"""

from __future__ import annotations

from typing import Any, Final, Generic, TypeVar

import httpx

from . import errors
from .answers import Answer
from .options import Timeout
from .reader import Reader
from .stats import StreamStats
from .uncopied import Uncopied

T_co = TypeVar("T_co", covariant=True)

_GRACE: Final = 0.25
"""Seconds that a read is given that is late."""

DRAIN_BYTES: Final = 64 * 1024
DRAIN_SECONDS: Final = 0.05
"""What a finished stream may still send, and how long that may take, for its connection to be
worth keeping."""


class Deadlines:
    """When a stream has to have got how far."""

    def __init__(self, reader: Reader[Any], timeout: Timeout) -> None:
        self._reader = reader
        self._timeout = timeout

    @property
    def awaits_first_event(self) -> bool:
        """Whether the next deadline may be the first event's."""
        return self._timeout.first_event is not None and not self._reader.has_begun

    def seconds_left(self) -> float | None:
        """Seconds until the next deadline; None where there is none."""
        reader = self._reader
        left = self._timeout.left(reader.elapsed(), has_begun=reader.has_begun)
        if left is None or left > 0 or self._is_over or reader.has_received:
            return left
        return _GRACE  # who comes late to read the first event may find it there

    @property
    def are_missed(self) -> bool:
        """Whether one has passed."""
        left = self.seconds_left()
        return left is not None and left <= 0

    @property
    def _is_over(self) -> bool:
        total = self._timeout.total
        return total is not None and self._reader.elapsed() >= total

    def missed(self) -> errors.StreamTimeoutError:
        """The error for a deadline that has passed."""
        if self.awaits_first_event and not self._is_over:
            what = f"No event came within {self._timeout.first_event:g} seconds."
        else:
            what = f"The stream took longer than {self._timeout.total:g} seconds in all."
        return errors.StreamTimeoutError(what, **self._reader.context())


class BaseStream(Uncopied, Answer, Generic[T_co]):
    """The part of a stream that is the same with and without `await`."""

    def __init__(self, response: httpx.Response, reader: Reader[T_co], timeout: Timeout) -> None:
        super().__init__(response)
        self._reader = reader
        self._idle = timeout.idle
        self._deadlines = Deadlines(reader, timeout)
        self._closed = False
        self._is_cut_short = False
        self._is_left = False
        self._has_client = True

    def __repr__(self) -> str:
        state = "closed" if self._closed else "open"
        return f"<{type(self).__name__} [{self.status_code}] {state}>"

    @property
    def last_event_id(self) -> str:
        """The id of the last event that was given; "" where there was none."""
        return self._reader.last_event_id

    @property
    def retry(self) -> int | None:
        """Milliseconds that the server last asked to wait before reconnecting."""
        return self._reader.retry

    @property
    def stats(self) -> StreamStats:
        """What was seen so far."""
        return self._reader.stats

    def _stop_if_told(self) -> None:
        """204 tells who asks again to stop asking (WHATWG HTML, section 9.2.5)."""
        if self.response.status_code == httpx.codes.NO_CONTENT:
            self._reader.complete = True

    def _forget(self) -> bool:
        """Note that the stream is closed; whether it was open."""
        was_open = not self._closed
        self._closed = True
        self._reader.drop()
        return was_open

    def _leave(self) -> None:
        """Note that the user closes the stream, if that is before its end."""
        self._is_left |= not (self._closed or self._reader.complete)

    def _raise_if_left(self) -> None:
        """Do not let a stream seem to be complete whose reading begins when it is closed."""
        if self._is_left:
            raise errors.StreamError(
                "The stream was closed before its end: read it inside of the `with` block.",
                **self._reader.context(),
            )

    def _note_cut(self, error: BaseException, *, in_use: bool) -> None:
        """Note whether the stream ends for a reason that is not its own.

        A task was cancelled, say, or a handler of a signal has raised something.

        Raises:
            StreamError: It does not end: someone else is waiting for what comes next.
        """
        if in_use and isinstance(error, RuntimeError | ValueError):  # of the generator of chunks
            raise errors.StreamError(
                "Someone else waits for the next event of this stream already. Let one task or"
                " thread read it, and hand its items on.",
                **self._reader.context(),
            ) from None
        self._is_cut_short |= not isinstance(error, errors.SDKError)

    def _raise_if_cut(self) -> None:
        """Do not let a stream seem to be complete of which a wait was cancelled."""
        if self._is_cut_short:
            raise errors.StreamInterruptedError(
                "The stream is closed, since the wait for its next event was interrupted or"
                f" cancelled, or its event loop has ended, after {self._reader.given} events. (To"
                " be told of silence, use `Timeout(idle=...)`.)",
                **self._reader.context(),
            )

    def _lost(self, error: httpx.RequestError) -> errors.StreamError:
        """The error of the stream for an error of the HTTP library."""
        context = self._reader.context()
        error.request = context["request"]
        seen = f"after {self._reader.given} events"
        if isinstance(error, httpx.TimeoutException):
            silence = "too long" if self._idle is None else f"for {self._idle:g} seconds"
            return errors.StreamTimeoutError(f"The stream was silent {silence}, {seen}.", **context)
        if not self._has_client:
            return errors.StreamInterruptedError(f"The client was closed, {seen}.", **context)
        reason = str(error) or type(error).__name__
        return errors.StreamInterruptedError(f"The connection was lost {seen}: {reason}", **context)
