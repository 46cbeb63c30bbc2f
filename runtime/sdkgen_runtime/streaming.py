"""The lifecycle of a stream: `EventStream` for threads, `AsyncEventStream` for event loops.

The two differ in how they wait and in nothing else; what they read is the `Reader`'s
business. Errors of the HTTP library end here: users see the classes of `errors`.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Mapping
from itertools import chain
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

import anyio
import httpx

from . import errors
from .events import ServerSentEvent
from .reader import Deliveries, Reader, StreamStats
from .request import Timeout

T = TypeVar("T")

DRAIN_BYTES: Final = 64 * 1024
DRAIN_SECONDS: Final = 0.05
"""What a finished stream may still send, and how long that may take, for its connection to be
worth keeping."""

MAX_EVENT_BYTES: Final = 64 * 1024 * 1024


class _Stream(Generic[T]):
    """What both kinds of stream know, and what they decide alike."""

    def __init__(self, response: httpx.Response, reader: Reader[T], timeout: Timeout) -> None:
        self.response = response
        self._reader = reader
        self._timeout = timeout
        self._ready: Iterator[T] = iter(())
        self._closed = False

    def __repr__(self) -> str:
        state = "closed" if self._closed else "open"
        return f"<{type(self).__name__} [{self.status_code}] {state}>"

    @property
    def status_code(self) -> int:
        """The status of the answer."""
        return self.response.status_code

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the answer."""
        return self.response.headers

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, to be quoted to its operators."""
        return errors.request_id(self.response.headers)

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
        self._reader.count_comments()
        return self._reader.stats

    def _retryable(self, batch: Iterator[T]) -> errors.APIError | None:
        """The error that a stream begins with, if the same request may well succeed."""
        if self._reader.stats.events or not isinstance(batch, Deliveries):
            return None
        failure = batch.first_error
        return failure if isinstance(failure, errors.APIStatusError) else None

    def _lost(self, error: httpx.RequestError) -> errors.StreamError:
        """The error of the stream for an error of the HTTP library."""
        context = self._reader.context()
        seen = f"after {context['events_seen']} events"
        error.request = context["request"]
        if isinstance(error, httpx.TimeoutException):
            return errors.StreamTimeoutError(
                f"The stream was silent for {self._timeout.idle:g} seconds, {seen}.", **context
            )
        reason = str(error) or type(error).__name__
        return errors.StreamInterruptedError(f"The connection was lost {seen}: {reason}", **context)

    def _late(self) -> errors.StreamTimeoutError:
        """The error for a deadline that has passed."""
        context = self._reader.context()
        if self._waits_for_first_event and self._timeout.first_event is not None:
            what = f"No event came within {self._timeout.first_event:g} seconds."
        else:
            what = f"The stream took longer than {self._timeout.total:g} seconds in all."
        return errors.StreamTimeoutError(what, **context)

    @property
    def _waits_for_first_event(self) -> bool:
        return self._reader.stats.time_to_first_event is None

    def _seconds_left(self) -> float | None:
        """Seconds until the next deadline; None where there is none."""
        elapsed = self._reader.elapsed()
        limits = [self._timeout.total]
        if self._waits_for_first_event:
            limits.append(self._timeout.first_event)
        return min((limit - elapsed for limit in limits if limit is not None), default=None)

    def _forget(self) -> bool:
        """Note that the stream is closed; whether it was open."""
        was_open = not self._closed
        self._closed = True
        self._ready = iter(())
        return was_open

    def _warn_if_open(self) -> bool:
        if getattr(self, "_closed", True):
            return False
        warnings.warn(
            f"{self!r} was left before its end. Use it in a `with` block, or close it.",
            ResourceWarning,
            source=self,
            stacklevel=2,
        )
        return True


class EventStream(_Stream[T]):
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
        reader: Reader[T],
        timeout: Timeout,
        reopen: Callable[[errors.APIError], httpx.Response | None],
    ) -> None:
        super().__init__(response, reader, timeout)
        self._reopen = reopen
        self._cutoff: _Cutoff | None = None
        self._attach(response)

    def __iter__(self) -> Iterator[T]:
        # Each item passes through C alone: a batch is a list's iterator.
        return chain.from_iterable(iter(self._next_batch, None))

    def __next__(self) -> T:
        for item in self:
            return item
        raise StopIteration

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
        if self._warn_if_open():
            self.close()

    def events(self) -> Iterator[tuple[T, ServerSentEvent]]:
        """The items, each with the event that it came from.

        Begin with it: items that another loop has under way have no event to show.
        """
        self._reader.careful = True
        for item in self:
            yield item, self._reader.event or ServerSentEvent()

    def collect(self) -> list[T]:
        """All items that are still to come, once the stream has ended."""
        return list(self)

    def until_done(self) -> None:
        """Read to the end of the stream and keep nothing."""
        for _ in self:
            pass

    def close(self) -> None:
        """Release the connection. May be called again, and from any place in a loop."""
        if self._forget():
            self._detach()

    def _next_batch(self) -> Iterator[T] | None:
        if self._ready.__length_hint__():  # type: ignore[attr-defined] # both kinds have it
            return self._ready  # what a loop that was left has not taken
        if self._closed:
            return None
        try:
            batch = self._receive()
        except BaseException:
            self.close()
            raise
        if batch is None:
            self.close()
        else:
            self._ready = batch
        return batch

    def _receive(self) -> Iterator[T] | None:
        reader = self._reader
        while not reader.complete:
            try:
                chunk = next(self._chunks, None)
            except httpx.RequestError as error:
                failure = self._failure(error)
                if self._reader.stats.events or not self._again(failure):
                    raise failure from error
                continue
            if chunk is None:
                if self._cutoff is not None and self._cutoff.passed:
                    raise self._late()
                reader.end()
                return None
            batch = reader.receive(chunk)
            if batch is not None:
                if self._cutoff is not None:
                    self._watch()
                failure_first = self._retryable(batch)
                if failure_first is None or not self._again(failure_first):
                    return batch
        self._drain()
        return None

    def _failure(self, error: httpx.RequestError) -> errors.StreamError:
        late = self._cutoff is not None and self._cutoff.passed
        return self._late() if late else self._lost(error)

    def _again(self, failure: errors.APIError) -> bool:
        """Send the request again, if it has a try left."""
        self._detach()
        response = self._reopen(failure)
        if response is None:
            return False
        self._reader.stats.reconnects += 1
        self._reader.restart()
        self._attach(response)
        return True

    def _attach(self, response: httpx.Response) -> None:
        self.response = self._reader.response = response
        # Without a content coding, the bytes need not pass through httpx's decoders.
        encoded = "content-encoding" in response.headers
        source: Any = response.iter_bytes() if encoded else response.stream
        self._chunks: Iterator[bytes] = iter(source)
        self._watch()

    def _detach(self) -> None:
        if self._cutoff is not None:
            self._cutoff.cancel()
            self._cutoff = None
        self.response.close()

    def _watch(self) -> None:
        """Set the clock for the next deadline, if there is one."""
        if self._cutoff is not None:
            self._cutoff.cancel()
        seconds = self._seconds_left()
        self._cutoff = None if seconds is None else _Cutoff(self.response, seconds)

    def _drain(self) -> None:
        """Read what little may follow the end, so that the connection can be used again."""
        if self.response.http_version == "HTTP/2":
            return  # a stream of its own: closing it leaves the connection as it is
        cutoff, left = _Cutoff(self.response, DRAIN_SECONDS), DRAIN_BYTES
        try:
            for chunk in self._chunks:
                left -= len(chunk)
                if left < 0 or cutoff.passed:
                    break
        except httpx.RequestError:
            pass  # the items are all there: how the connection ends is of no interest
        finally:
            cutoff.cancel()


class AsyncEventStream(_Stream[T]):
    """The items of a stream, as they arrive.

    To be used in an `async for` loop, best inside an `async with` block, which releases the
    connection however the block is left. Raises what `EventStream` raises.
    """

    def __init__(
        self,
        response: httpx.Response,
        reader: Reader[T],
        timeout: Timeout,
        reopen: Callable[[errors.APIError], Awaitable[httpx.Response | None]],
    ) -> None:
        super().__init__(response, reader, timeout)
        self._reopen = reopen
        self._has_deadline = timeout.total is not None or timeout.first_event is not None
        self._attach(response)

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        for item in self._ready:
            return item
        while (batch := await self._next_batch()) is not None:
            for item in batch:
                return item
        raise StopAsyncIteration

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __del__(self) -> None:
        if self._warn_if_open():
            self._closed = True
            # A finalizer cannot wait; the loop, if it still runs, can.
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                return
            _closing.add(task := loop.create_task(self.response.aclose()))
            task.add_done_callback(_closing.discard)

    async def events(self) -> AsyncIterator[tuple[T, ServerSentEvent]]:
        """The items, each with the event that it came from.

        Begin with it: items that another loop has under way have no event to show.
        """
        self._reader.careful = True
        async for item in self:
            yield item, self._reader.event or ServerSentEvent()

    async def collect(self) -> list[T]:
        """All items that are still to come, once the stream has ended."""
        return [item async for item in self]

    async def until_done(self) -> None:
        """Read to the end of the stream and keep nothing."""
        async for _ in self:
            pass

    async def aclose(self) -> None:
        """Release the connection. May be called again, and from any place in a loop."""
        if self._forget():
            await self._detach()

    close = aclose

    async def _next_batch(self) -> Iterator[T] | None:
        if self._closed:
            return None
        try:
            batch = await self._receive()
        except BaseException:
            await self.aclose()
            raise
        if batch is None:
            await self.aclose()
        else:
            self._ready = batch
        return batch

    async def _receive(self) -> Iterator[T] | None:
        reader = self._reader
        while not reader.complete:
            try:
                chunk = await (
                    self._next_chunk_in_time() if self._has_deadline else anext(self._chunks, None)
                )
            except httpx.RequestError as error:
                failure = self._lost(error)
                if self._reader.stats.events or not await self._again(failure):
                    raise failure from error
                continue
            if chunk is None:
                reader.end()
                return None
            batch = reader.receive(chunk)
            if batch is not None:
                failure_first = self._retryable(batch)
                if failure_first is None or not await self._again(failure_first):
                    return batch
        await self._drain()
        return None

    async def _next_chunk_in_time(self) -> bytes | None:
        try:
            with anyio.fail_after(self._seconds_left()):
                return await anext(self._chunks, None)
        except TimeoutError:
            raise self._late() from None

    async def _again(self, failure: errors.APIError) -> bool:
        """Send the request again, if it has a try left."""
        await self._detach()
        response = await self._reopen(failure)
        if response is None:
            return False
        self._reader.stats.reconnects += 1
        self._reader.restart()
        self._attach(response)
        return True

    def _attach(self, response: httpx.Response) -> None:
        self.response = self._reader.response = response
        # Without a content coding, the bytes need not pass through httpx's decoders.
        encoded = "content-encoding" in response.headers
        source: Any = response.aiter_bytes() if encoded else response.stream
        self._chunks: AsyncIterator[bytes] = aiter(source)

    async def _detach(self) -> None:
        # Also where the task is being cancelled: the connection must not be left behind.
        with anyio.CancelScope(shield=True):
            await self.response.aclose()

    async def _drain(self) -> None:
        """Read what little may follow the end, so that the connection can be used again."""
        if self.response.http_version == "HTTP/2":
            return  # a stream of its own: closing it leaves the connection as it is
        left = DRAIN_BYTES
        try:
            with anyio.move_on_after(DRAIN_SECONDS):
                async for chunk in self._chunks:
                    left -= len(chunk)
                    if left < 0:
                        break
        except httpx.RequestError:
            pass  # the items are all there: how the connection ends is of no interest


_closing: set[asyncio.Task[None]] = set()
"""Connections being closed for streams that were collected: tasks need an owner."""


class AsyncStreamRequest(Generic[T]):
    """A stream that is about to be opened: by `async with`, or by `await`."""

    def __init__(self, opens: Callable[[], Awaitable[AsyncEventStream[T]]]) -> None:
        self._open = opens
        self._stream: AsyncEventStream[T] | None = None

    def __await__(self) -> Generator[Any, Any, AsyncEventStream[T]]:
        return self._open().__await__()

    async def __aenter__(self) -> AsyncEventStream[T]:
        self._stream = await self._open()
        return self._stream

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._stream is not None:
            await self._stream.aclose()


class _Cutoff:
    """Ends, from another thread, a read that would outlast a deadline.

    The HTTP library reads its timeouts when a body begins, and a deadline may come closer
    while a body is being read. Shutting the socket down is what ends a blocked read.
    """

    def __init__(self, response: httpx.Response, seconds: float) -> None:
        self.passed = False
        network: Any = response.extensions.get("network_stream")
        self._socket: socket.socket | None = (
            network.get_extra_info("socket") if network is not None else None
        )
        self._timer = threading.Timer(max(0.0, seconds), self._cut)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        self._timer.cancel()

    def _cut(self) -> None:
        self.passed = True
        if self._socket is not None:
            with contextlib.suppress(OSError):  # closed meanwhile
                self._socket.shutdown(socket.SHUT_RDWR)


def is_event_stream(headers: Mapping[str, str]) -> bool:
    """Whether an answer is an event stream. One that does not say what it is may be."""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type in ("", "text/event-stream")
