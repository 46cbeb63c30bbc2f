"""`EventStream`: the lifecycle of a stream, for threads."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import chain
from types import TracebackType
from typing import Any, Final, Literal, Self, TypeVar, cast

import httpx

from . import errors
from .alarms import Quietly, raise_if_alarm
from .cutoff import Cutoff, Interruptible, read_in_time
from .events import NOTHING, REFUSALS, ServerSentEvent, Signal
from .options import Timeout
from .reader import Reader
from .release import keep, release
from .streaming import DRAIN_BYTES, DRAIN_SECONDS, BaseStream

T_co = TypeVar("T_co", covariant=True)

_IN_USE: Final = ("generator already executing",)
"""What CPython says to who asks a generator that another thread waits for, at that very moment:
a look at the generator would come later."""

Pause = Callable[[float], bool]
"""Waits some seconds; False where there is no one any more who waits."""


class EventStream(BaseStream[T_co]):
    """The items of a stream, as they arrive.

    To be used in a `for` loop, best inside a `with` block, which releases the connection
    however the block is left::

        with client.chat.create(prompt="...") as stream:
            for event in stream:
                ...

    Raises, while it is read:
        StreamInterruptedError: The connection was lost.
        StreamTimeoutError: The server fell silent, or a deadline passed.
        StreamTruncatedError: The stream ended without its declared end.
        EventDecodeError: An event does not fit its model; reading can go on.
        APIError: The server reported an error in the stream, as the class of that error.
    """

    def __init__(
        self,
        response: httpx.Response,
        reader: Reader[T_co],
        timeout: Timeout,
        reopen: Callable[[errors.APIError, Pause], httpx.Response | None],
    ) -> None:
        super().__init__(response, reader, timeout)
        self._reopen = reopen
        self._is_over = threading.Event()
        self._process = os.getpid()
        # Which of several loops reads what arrives: the one that was the last to ask.
        self._turn: object = None
        self._attach(response)

    def __iter__(self) -> Iterator[T_co]:
        # An exception ends a generator, but not this: the loop can go on after one.
        return chain.from_iterable(chain(self._beginning(), iter(self._next_batch, None)))

    def __next__(self) -> T_co:
        if self._is_left:
            self._raise_if_left()
        return next(chain.from_iterable(iter(self._next_batch, None)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            try:
                self._warn()
            finally:
                # What is left of the interpreter at its exit cannot close it in good order, nor
                # need it: the connection ends with the process.
                if not sys.is_finalizing():
                    self.close()

    def events(self) -> Iterator[tuple[T_co, ServerSentEvent]]:
        """The items, each with the event that it came from."""
        self._reader.take_with_care()
        # Unlike a generator, this goes on after an `EventDecodeError`.
        return map(self._reader.with_event, self)

    def collect(self) -> list[T_co]:
        """All items that are still to come, once the stream has ended."""
        return list(self)

    def until_done(self) -> None:
        """Read to the end of the stream and keep nothing."""
        for _ in self:
            pass

    def close(self) -> None:
        """Release the connection. May be called again, and from any place in a loop."""
        self._leave()
        self._close()

    def _close(self) -> None:
        if self._forget():
            self._is_over.set()
            self._detach()

    def _beginning(self) -> Iterator[Iterator[T_co]]:
        """Nothing, before the first items of a loop: one that has begun ends with the stream."""
        self._raise_if_left()
        yield from ()

    def _next_batch(self) -> Iterator[T_co] | None:
        """The items that can be had with the least waiting; None at the end."""
        reader = self._reader
        try:
            if reader.waiting:
                # An exception of this iterator does not end the loop over the batches.
                return cast("Iterator[T_co]", iter(self._next_with_care, NOTHING))
            if not (reader.complete or self._closed):
                return self._arrivals()
            self._drain()
        except BaseException as error:
            self._note_cut(error, in_use=False)
            self._close()
            raise
        self._close()
        self._raise_if_cut()
        return None

    def _arrivals(self) -> Iterator[T_co]:
        """The items of chunks as they come, up to one that has something else in it.

        A loop that is left loses nothing with it: what it has not taken is the reader's. All is
        done in this one generator: each more that an item passes through costs as much again.
        """
        reader = self._reader
        receive = reader.receive
        turn = self._turn = object()
        try:
            try:
                while True:
                    try:
                        yield from reader.plain.items
                    except REFUSALS:
                        reader.put_back()
                    if self._turn is not turn or reader.waiting or reader.complete:
                        return
                    for chunk in self._chunks:
                        item = receive(chunk)
                        if item is NOTHING:
                            break
                        yield item
                        if self._turn is not turn:
                            return
                    else:
                        break
            except httpx.RequestError as error:
                self._recover_from_loss(error)
                return
            except Exception as error:
                if self._closed:
                    raise_if_alarm(error)
                    return  # by another thread: what it left of the response may fail in any way
                raise
            # Not above: what a hook of the caller's raises there is no loss.
            self._end_of_response()
        except GeneratorExit:
            raise
        except BaseException as error:
            self._note_cut(error, in_use=error.args == _IN_USE)
            self._close()
            raise

    def _recover_from_loss(self, error: httpx.RequestError) -> None:
        """Send the request again, if nothing was given yet; else raise the stream's error."""
        raise_if_alarm(error)
        if self._closed:  # by another thread
            return
        self._reader.lose()
        failure = self._lost(error)
        if not self._again(failure):
            raise failure from error

    def _end_of_response(self) -> None:
        """Close the stream, unless there is more of it to take or to ask for."""
        if self._closed:
            return
        try:
            self._reader.end()
        except errors.StreamTruncatedError as failure:
            if not self._again(failure):
                raise
        else:
            if not self._reader.waiting:
                self._close()

    def _next_with_care(self) -> T_co | Literal[Signal.NOTHING]:
        """The next item of the events that wait; `Signal.NOTHING` where none is left."""
        try:
            return self._reader.take()
        except errors.EventDecodeError:
            raise
        except errors.APIError as failure:
            try:
                if not self._again(failure):
                    raise
            except BaseException as error:
                self._note_cut(error, in_use=False)
                self._close()
                raise
        return NOTHING

    def _again(self, failure: errors.APIError) -> bool:
        """Send the request again, if it has a try left, and no one has closed the stream."""
        self._detach()
        response = self._reopen(failure, self._pause)
        if response is None:
            return self._closed  # by another thread: there is nothing to be said of the failure
        self._reader.restart()
        self._attach(response)
        self._stop_if_told()
        if self._closed:  # meanwhile
            self._detach()
        return True

    def _pause(self, seconds: float) -> bool:
        """Wait, unless the stream is closed; whether it is still open."""
        return not self._is_over.wait(seconds)

    def _attach(self, response: httpx.Response) -> None:
        self.response = self._reader.response = response
        self._body = Interruptible(response)
        # Without a content coding, the bytes need not pass through httpx's decoders, unless a
        # hook of the HTTP client's has read them.
        encoded = "content-encoding" in response.headers or response.is_stream_consumed
        source: Any = response.iter_bytes() if encoded else response.stream
        chunks: Iterator[bytes] = iter(source)
        if self._deadlines.seconds_left() is not None:
            chunks = read_in_time(response, chunks, self._deadlines)
        self._chunks = keep(response, chunks)

    def lose_client(self) -> None:
        """Let who reads know that no bytes will come any more: the client is being closed."""
        self._has_client = False
        self._wake()

    def _wake(self) -> None:
        """Let another thread that waits for bytes know that none will come any more."""
        # After a fork, the thread and its socket are the parent's.
        if getattr(self._chunks, "gi_running", False) and os.getpid() == self._process:
            self._body.interrupt()

    def _detach(self) -> None:
        self._wake()
        release(self.response, self._chunks)

    def _drain(self) -> None:
        """Read what little may follow the end, so that the connection can be used again."""
        if self._closed or self._reader.abrupt or self.response.http_version == "HTTP/2":
            return  # over HTTP/2, closing a stream leaves the connection as it is
        cutoff, left = Cutoff(self.response, DRAIN_SECONDS), DRAIN_BYTES
        try:
            # The items are all there: how the connection ends is of no interest.
            with Quietly(), cutoff:
                for chunk in self._chunks:
                    left -= len(chunk)
                    if left < 0 or cutoff.passed:
                        break
        finally:
            cutoff.cancel()
