"""Releasing connections in event loops, whatever becomes of the task that does it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import TYPE_CHECKING, Any

import anyio
import httpx

if TYPE_CHECKING:
    import asyncio

_closing: set[asyncio.Task[None]] = set()
"""What is being released: tasks need an owner."""


class ProtectedBody(httpx.AsyncByteStream):
    """The body of a response, whose connection is released once that has begun.

    The HTTP library begins it once and marks the response as closed: who is cancelled then leaves
    a connection that counts as active, until its client is closed.
    """

    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self._body = body

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._body)

    async def aclose(self) -> None:
        """Release the connection."""
        await finish(self._body.aclose)


def protected(response: httpx.Response) -> httpx.Response:
    """A response that is closed to the end, also by the HTTP library itself."""
    if isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = ProtectedBody(response.stream)
    return response


async def finish(close: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do what releases a connection, to its end, also where this task is being cancelled.

    A shield of anyio's does not hold off `asyncio.Task.cancel`: there it is done in another task.
    """
    if running_loop() is None:
        with anyio.CancelScope(shield=True):
            await close()
        return
    import asyncio

    if asyncio.current_task() in _closing:
        await close()
        return
    task = _start(close)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        with anyio.CancelScope(shield=True):
            await asyncio.wait([task])
        raise


def _start(close: Callable[[], Coroutine[Any, Any, None]]) -> asyncio.Task[None]:
    import asyncio

    _closing.add(task := asyncio.ensure_future(close()))
    task.add_done_callback(_closing.discard)
    return task


def close_later(loop: asyncio.AbstractEventLoop | None, response: httpx.Response) -> None:
    """Release the connection of a response from a finalizer."""
    if loop is not None:
        with contextlib.suppress(RuntimeError):  # the loop is closed, and all with it
            loop.call_soon_threadsafe(_start, response.aclose)


def running_loop() -> asyncio.AbstractEventLoop | None:
    """The loop that runs now; None where it is another library's."""
    # It takes long to import, and who runs a loop of it has done so.
    if "asyncio" not in sys.modules:
        return None
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
