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

Loop = Any
"""An event loop of asyncio's, the token of one of trio's, or None: other libraries have theirs."""

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
    if not _is_asyncio(running_loop()):
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


def close_later(loop: Loop, response: httpx.Response) -> None:
    """Release the connection of a response from a finalizer."""
    with contextlib.suppress(RuntimeError):  # the loop has ended, and all with it
        if _is_asyncio(loop):
            loop.call_soon_threadsafe(_start, response.aclose)
        elif loop is not None:
            loop.run_sync_soon(_start_in_trio, response.aclose)


def _start_in_trio(close: Callable[[], Coroutine[Any, Any, None]]) -> None:
    async def finish() -> None:
        with contextlib.suppress(Exception):  # it would end the whole loop
            await close()

    sys.modules["trio"].lowlevel.spawn_system_task(finish)


def running_loop() -> Loop:
    """The loop that runs now, or what stands for one of trio's; None where it is another's."""
    # Both take long to import, and who runs a loop of theirs has done so.
    if (trio := sys.modules.get("trio")) is not None:
        # As a guest, trio runs in a loop of asyncio's: then this is about the task that runs.
        with contextlib.suppress(AttributeError, RuntimeError):  # being imported; not running
            trio.lowlevel.current_task()
            return trio.lowlevel.current_trio_token()
    if "asyncio" not in sys.modules:
        return None
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def has_ended(loop: Loop) -> bool:
    """Whether a loop is no more."""
    if loop is None:
        return False
    if _is_asyncio(loop):
        return bool(loop.is_closed())
    try:
        loop.run_sync_soon(bool)
    except RuntimeError:
        return True
    return False


def _is_asyncio(loop: Loop) -> bool:
    return hasattr(loop, "call_soon_threadsafe")
