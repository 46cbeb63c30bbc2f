"""Runs an ASGI application over HTTP/2, on 127.0.0.1, on a free port, in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config


@contextlib.contextmanager
def running(app: Any) -> Iterator[str]:
    """The application, served to who knows that it is HTTP/2 from the start; gives its URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]  # who serves closes it
    config.graceful_timeout = 0.1
    config.errorlog = None
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def served() -> None:
        over = asyncio.Event()
        started.set_result((asyncio.get_running_loop(), over))
        await serve(app, config, shutdown_trigger=over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(served()), daemon=True)
    thread.start()
    loop, over = started.result(timeout=20)
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(timeout=20)
