"""`AsyncStreamRequest`: a stream before it is opened, for event loops."""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from types import TracebackType
from typing import Any, TypeVar

import anyio

from .streaming_async import AsyncEventStream
from .uncopied import Uncopied

T_co = TypeVar("T_co", covariant=True)
R = TypeVar("R")


class AsyncStreamRequest(Uncopied, Coroutine[Any, Any, AsyncEventStream[T_co]]):
    """A stream that is about to be opened: by `async with`, by `await`, or by what reads it.

    Each `async with`, and each `await`, sends the request and gives a stream of its own. A loop
    over the request itself reads the stream of the block that it is in; outside of one, it sends
    the request once, and all later loops go on with that stream, which `aclose` releases.
    `collect` and `until_done` read what a loop would, and send the request where none has.

    What runs coroutines, such as `asyncio.create_task`, takes it for one.
    """

    def __init__(self, opens: Callable[[], Coroutine[Any, Any, AsyncEventStream[T_co]]]) -> None:
        self._opens = opens
        self._opening: Coroutine[Any, Any, AsyncEventStream[T_co]] | None = None
        self._has_block = False
        self._of_block: AsyncEventStream[T_co] | None = None
        self._own: AsyncEventStream[T_co] | None = None
        self._turn: anyio.Lock | None = None
        self._is_used = False

    def __await__(self) -> Generator[Any, Any, AsyncEventStream[T_co]]:
        return self._open().__await__()

    def send(self, value: Any, /) -> Any:
        """Go on with opening the stream, as an event loop does."""
        return self._begun().send(value)

    def throw(self, *error: Any) -> Any:
        """Go on with opening the stream, with an error."""
        return self._begun().throw(*error)

    def close(self) -> None:
        """Give up opening the stream as a coroutine; one that is open stays so."""
        self._is_used = True
        if self._opening is not None:
            self._opening.close()

    def __del__(self) -> None:
        if not getattr(self, "_is_used", True):
            message = "A stream was never asked for: use `async with`, `async for` or `await`."
            warnings.warn(message, RuntimeWarning, stacklevel=2, source=self)

    def _begun(self) -> Coroutine[Any, Any, AsyncEventStream[T_co]]:
        if self._opening is None:
            self._opening = self._open()
        return self._opening

    def _open(self) -> Coroutine[Any, Any, AsyncEventStream[T_co]]:
        self._is_used = True
        return self._opens()

    async def __aenter__(self) -> AsyncEventStream[T_co]:
        if self._has_block:  # whichever is left first would close the stream of the other one
            raise RuntimeError("This request has an open block: call again for another stream.")
        self._has_block = True
        try:
            self._of_block = await self._open()
        except BaseException:
            self._has_block = False
            raise
        return self._of_block

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        stream, self._of_block, self._has_block = self._of_block, None, False
        if stream is not None:
            await stream.aclose()

    def collect(self) -> Coroutine[Any, Any, list[T_co]]:
        """All items, once the stream has ended."""
        return self._to_read(AsyncEventStream.collect)

    def until_done(self) -> Coroutine[Any, Any, None]:
        """Read to the end of the stream and keep nothing."""
        return self._to_read(AsyncEventStream.until_done)

    def _to_read(
        self, read: Callable[[AsyncEventStream[T_co]], Coroutine[Any, Any, R]]
    ) -> Coroutine[Any, Any, R]:
        """What reads once it is awaited: of a coroutine that never is, Python itself warns."""
        self._is_used = True
        return self._read(read)

    async def _read(self, read: Callable[[AsyncEventStream[T_co]], Coroutine[Any, Any, R]]) -> R:
        async with self._of_block or self._own or await self._open() as stream:
            return await read(stream)

    async def aclose(self) -> None:
        """Release the connection of the stream that a loop over the request has opened."""
        if self._own is not None:
            await self._own.aclose()

    def __aiter__(self) -> AsyncIterator[T_co]:
        if (stream := self._of_block or self._own) is not None:
            aiter(stream)  # which notes that a loop begins
        return self

    def __anext__(self) -> Coroutine[Any, Any, T_co]:
        self._is_used = True
        stream = self._of_block or self._own
        return self._first() if stream is None else stream.__anext__()

    async def _first(self) -> T_co:
        return await anext(self._of_block or await self._opened())

    async def _opened(self) -> AsyncEventStream[T_co]:
        """The stream of loops over the request: opened once, however many tasks come first."""
        if self._turn is None:
            self._turn = anyio.Lock()
        async with self._turn:
            if self._own is None:
                self._own = await self._open()
                aiter(self._own)
            return self._own
