"""Both kinds of client behind one face, so that a rule of both is one test.

The face is the asynchronous one. The synchronous client blocks the event loop while it
waits, which does no harm: the server has threads of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, Final, Generic, Literal, TypeVar

import anyio
import httpx

import sdkgen_runtime as rt
from servers.scripted import PATIENCE, ScriptedServer

T = TypeVar("T")

TOKEN: Final = "sk-secret-4f1d"  # noqa: S105 - no secret, but looked for where none may be
SCHEMES: Final = (rt.Scheme("token", "bearer", env="PARLEY_TOKEN"),)

Kind = Literal["sync", "async"]


class SlowToClose(httpx.AsyncByteStream):
    """A body that never comes, and whose end takes a moment."""

    def __init__(self) -> None:
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await anyio.sleep_forever()
        yield b""

    async def aclose(self) -> None:
        await anyio.sleep(0.01)
        self.closed = True


class _Iterator(Generic[T]):
    def __init__(self, items: Iterator[T]) -> None:
        self._items = items

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        for item in self._items:
            return item
        raise StopAsyncIteration


class SyncStream(Generic[T]):
    """An `EventStream` with the face of an `AsyncEventStream`."""

    def __init__(self, stream: rt.EventStream[T]) -> None:
        self.stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def __repr__(self) -> str:
        return repr(self.stream)

    def __aiter__(self) -> AsyncIterator[T]:
        return _Iterator(iter(self.stream))

    async def __anext__(self) -> T:
        try:
            return next(self.stream)
        except StopIteration:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> SyncStream[T]:
        self.stream.__enter__()
        return self

    async def __aexit__(self, *about: object) -> None:
        self.stream.close()

    def events(self) -> AsyncIterator[tuple[T, rt.ServerSentEvent]]:
        return _Iterator(self.stream.events())

    async def collect(self) -> list[T]:
        return self.stream.collect()

    async def until_done(self) -> None:
        self.stream.until_done()

    async def close(self) -> None:
        self.stream.close()


class Client:
    """A transport of either kind."""

    def __init__(self, kind: Kind, base_url: str, **settings: Any) -> None:
        self.kind = kind
        schemes = settings.pop("schemes", SCHEMES)
        settings = {
            "credentials": {"token": TOKEN},
            "base_url": None,
            "timeout": rt.Timeout(read=PATIENCE, idle=PATIENCE),  # a test must not hang
            "max_retries": 2,
            "http_client": None,
            **settings,
        }
        api = rt.Api("parley", "1.2.3", (rt.Server(base_url),), schemes)
        self.transport: Any = (rt.Transport if kind == "sync" else rt.AsyncTransport)(
            api, **settings
        )

    async def send(self, operation: rt.Operation[T], *args: Any, **options: Any) -> T:
        arguments = args[0] if args else rt.Arguments()
        result = self.transport.send(operation, arguments, **options)
        value: T = result if self.kind == "sync" else await result
        return value

    async def stream(
        self, operation: rt.StreamOperation[T], *args: Any, **options: Any
    ) -> rt.AsyncEventStream[T]:
        arguments = args[0] if args else rt.Arguments()
        opened = self.transport.stream(operation, arguments, **options)
        # The face is the same, and that is all that the tests look at.
        stream: Any = SyncStream(opened) if self.kind == "sync" else await opened
        opened_stream: rt.AsyncEventStream[T] = stream
        return opened_stream

    async def close(self) -> None:
        if self.kind == "sync":
            self.transport.close()
        else:
            await self.transport.aclose()


@asynccontextmanager
async def connected(kind: Kind, server: ScriptedServer, **settings: Any) -> AsyncIterator[Client]:
    client = Client(kind, server.url, **settings)
    try:
        yield client
    finally:
        await client.close()
