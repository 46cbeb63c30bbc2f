"""`AsyncEventStream`: the lifecycle of a stream, for event loops."""

from __future__ import annotations

import contextlib
import math
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from types import TracebackType
from typing import Any, Generic, Literal, Self, TypeVar, cast

import anyio
import httpx

from . import errors
from .alarms import raise_if_alarm
from .closing import close_later, finish, running_loop
from .events import NOTHING, REFUSALS, ServerSentEvent, Signal
from .options import Timeout
from .reader import Reader
from .streaming import DRAIN_BYTES, DRAIN_SECONDS, BaseStream, Deadlines

T_co = TypeVar("T_co", covariant=True)

UntilClosed = Callable[[], anyio.CancelScope]
"""Gives a block that is left where there is no one any more who waits."""


class AsyncEventStream(BaseStream[T_co]):
    """The items of a stream, as they arrive.

    To be used in an `async for` loop, best inside an `async with` block, which releases the
    connection however the block is left. Raises what `EventStream` raises.
    """

    def __init__(
        self,
        response: httpx.Response,
        reader: Reader[T_co],
        timeout: Timeout,
        reopen: Callable[[errors.APIError, UntilClosed], Awaitable[httpx.Response | None]],
        client: httpx.AsyncClient,
    ) -> None:
        super().__init__(response, reader, timeout)
        self._reopen = reopen
        self._client = client
        self._asking: anyio.CancelScope | None = None
        self._plain = reader.plain
        # How many items had been given when the first loop began.
        self._begun_at = math.inf
        self._loop = running_loop()
        self._attach(response)

    def __aiter__(self) -> AsyncIterator[T_co]:
        self._raise_if_left()
        self._begun_at = min(self._begun_at, self._reader.given)
        return self

    async def __anext__(self) -> T_co:
        try:
            try:
                for item in self._plain.items:
                    return item
            except REFUSALS:
                self._reader.put_back()
            reader = self._reader
            if self._is_left:
                self._raise_unless_looping()
            while reader.waiting or not (reader.complete or self._closed):
                if reader.waiting:
                    found = await self._next_with_care()
                else:
                    # What is raised elsewhere may be an exception of the caller's hook.
                    try:
                        found = reader.receive(await anext(self._chunks))
                    except StopAsyncIteration:
                        await self._end_of_response()
                        continue
                    except httpx.RequestError as error:
                        await self._recover_from_loss(error)
                        continue
                if found is NOTHING:
                    found = reader.next_plain()
                if found is not NOTHING:
                    return found
            await self._drain()
        except errors.EventDecodeError:
            raise
        except BaseException as error:
            self._note_cut(error, in_use=getattr(self._chunks, "ag_running", False))
            await self._close()
            raise
        await self._close()
        self._raise_if_cut()
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
        if not getattr(self, "_closed", True):
            try:
                self._warn()
            finally:
                self._close_later()

    def _close_later(self) -> None:
        """Release the connection: a finalizer cannot wait, and may run in any thread."""
        self._closed = True
        close_later(self._loop, self.response)

    def events(self) -> AsyncIterator[tuple[T_co, ServerSentEvent]]:
        """The items, each with the event that it came from."""
        self._reader.take_with_care()
        return _WithEvents(aiter(self), self._reader)

    async def collect(self) -> list[T_co]:
        """All items that are still to come, once the stream has ended."""
        return [item async for item in self]

    async def until_done(self) -> None:
        """Read to the end of the stream and keep nothing."""
        async for _ in self:
            pass

    async def aclose(self) -> None:
        """Release the connection. May be called again, and from any place in a loop."""
        self._leave()
        await self._close()

    def _raise_unless_looping(self) -> None:
        """A loop that has begun ends with its stream: it looks like a call for one more item."""
        if self._reader.given <= self._begun_at:
            self._raise_if_left()

    async def _close(self) -> None:
        if self._forget():
            if self._asking is not None:
                self._asking.cancel()
            await self._detach()

    close = aclose

    async def _recover_from_loss(self, error: httpx.RequestError) -> None:
        """Send the request again, if nothing was given yet; else raise the stream's error."""
        raise_if_alarm(error)
        if self._closed:  # by another task
            return
        self._reader.lose()
        self._has_client = not self._client.is_closed
        failure = self._lost(error)
        if not await self._again(failure):
            raise failure from error

    async def _end_of_response(self) -> None:
        """Close the stream, unless there is more of it to take or to ask for."""
        if self._closed:
            return
        if self._loop is not running_loop():
            self._is_cut_short = True  # the end of a loop ends what is read in it
            self._raise_if_cut()
        try:
            self._reader.end()
        except errors.StreamTruncatedError as failure:
            if not await self._again(failure):
                raise
        else:
            if not self._reader.waiting:
                await self._close()

    async def _next_with_care(self) -> T_co | Literal[Signal.NOTHING]:
        """The next item of the events that wait; `Signal.NOTHING` where none is left."""
        try:
            return self._reader.take()
        except errors.EventDecodeError:
            raise
        except errors.APIError as failure:
            if not await self._again(failure):
                raise
        return NOTHING

    async def _again(self, failure: errors.APIError) -> bool:
        """Send the request again, if it has a try left, and no one has closed the stream."""
        await self._detach()
        response = await self._reopen(failure, self._until_closed)
        if response is None:
            return self._closed  # by another task: there is nothing to be said of the failure
        self._reader.restart()
        self._attach(response)
        self._stop_if_told()
        if self._closed:  # meanwhile
            await self._detach()
        return True

    def _until_closed(self) -> anyio.CancelScope:
        """What ends a block where the stream is closed, by another task: who asks again waits."""
        self._asking = anyio.CancelScope()
        if self._closed:  # before there was someone to be told
            self._asking.cancel()
        return self._asking

    def _attach(self, response: httpx.Response) -> None:
        self.response = self._reader.response = response
        # Without a content coding, the bytes need not pass through httpx's decoders, unless a
        # hook of the HTTP client's has read them.
        encoded = "content-encoding" in response.headers or response.is_stream_consumed
        source: Any = response.aiter_bytes() if encoded else response.stream
        self._chunks: AsyncIterator[bytes] = aiter(source)
        if self._deadlines.seconds_left() is not None:
            self._chunks = _read_in_time(self._chunks, self._deadlines)

    async def _detach(self) -> None:
        await finish(self._release)

    async def _release(self) -> None:
        await self.response.aclose()
        with contextlib.suppress(RuntimeError):  # another task is reading: it will see the end
            await cast("AsyncGenerator[bytes]", self._chunks).aclose()

    async def _drain(self) -> None:
        """Read what little may follow the end, so that the connection can be used again."""
        if self._closed or self._reader.abrupt or self.response.http_version == "HTTP/2":
            return  # over HTTP/2, closing a stream leaves the connection as it is
        left = DRAIN_BYTES
        try:
            with anyio.move_on_after(DRAIN_SECONDS):
                async for chunk in self._chunks:
                    left -= len(chunk)
                    if left < 0:
                        break
        except (httpx.RequestError, errors.StreamTimeoutError) as error:
            raise_if_alarm(error)  # else the items are all there: how it ends is no matter


class _WithEvents(Generic[T_co]):
    """The items of a stream, each with the event that it came from.

    Unlike a generator, it goes on after an `EventDecodeError`.
    """

    def __init__(self, items: AsyncIterator[T_co], reader: Reader[T_co]) -> None:
        self._items = items
        self._reader = reader

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> tuple[T_co, ServerSentEvent]:
        return self._reader.with_event(await anext(self._items))


async def _read_in_time(chunks: AsyncIterator[bytes], deadlines: Deadlines) -> AsyncIterator[bytes]:
    """The chunks, as long as they keep the deadlines.

    Raises:
        StreamTimeoutError: A deadline has passed.
    """
    while True:
        seconds = deadlines.seconds_left()
        if seconds is not None and seconds <= 0:  # what is there already is given without a wait
            raise deadlines.missed()
        chunk: bytes | None = None
        with anyio.move_on_after(seconds) as limit:  # not `fail_after`: others raise its error too
            chunk = await anext(chunks, None)
        if limit.cancelled_caught:
            raise deadlines.missed()
        if chunk is None:
            return
        yield chunk
