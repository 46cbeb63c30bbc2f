"""What a user gets when things go wrong: each row of the runtime's table, with both clients.

A generated package reads from a server that follows its script to the byte. The HTTP client
keeps no idle connections, so that one that is still open afterwards was not released.
"""

from __future__ import annotations

import asyncio
import importlib
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Final

import httpx
import pytest

from packages import ROOT
from servers.scripted import (
    LAST_CHUNK,
    Fin,
    Hold,
    Pause,
    Reset,
    Script,
    ScriptedServer,
    answer,
    chunk,
    head,
    stream,
    stream_head,
)

Sdk = Callable[[str], ModuleType]

DONE: Final = b"data: [DONE]\n\n"
MEBI: Final = 2**20


def said(content: str) -> bytes:
    return b'data: {"content":"%b"}\n\n' % content.encode()


def notice(text: str, id_: str | None = None, event: str = "notice") -> bytes:
    line = "" if id_ is None else f"id: {id_}\n"
    return f"event: {event}\n{line}data: {text}\n\n".encode()


def lost(*chunks: bytes) -> Script:
    return [stream_head(), *map(chunk, chunks), Reset()]


def failure(type_: str) -> bytes:
    return b'event: error\ndata: {"error":{"type":"%b"}}\n\n' % type_.encode()


WHOLE: Final = stream(said("a"), said("b"), DONE)
LIMIT: Final = answer(b"{}", "429 Too Many Requests", "application/json", "Retry-After: 0")
COMMENTS: Final = [step for _ in range(8) for step in (chunk(b": ping\n"), Pause(0.1))]
HUGE: Final = "x" * (16 * MEBI)


@dataclass(frozen=True)
class Fault:
    """What a server does, and what a user gets of it.

    Attributes:
        scripts: The answers, the last of which is given again; none where nobody answers.
        gets: What the items say, and the names of the errors.
        requests: How many requests the server sees.
        document: Whose package reads.
        timeout: The limits of the client, by name.
    """

    scripts: Sequence[Script]
    gets: list[str]
    requests: int = 1
    document: str = "chat/openapi.yaml"
    timeout: dict[str, float] = field(default_factory=dict)


RESUMED: Final = "items-3.2/openapi.yaml"

FAULTS: Final[dict[str, list[Fault]]] = {
    "the connection is refused": [Fault([], ["APIConnectionError"], 0)],
    "the connection is reset before the headers": [
        Fault([[Reset()], [Reset()], WHOLE], ["a", "b"], 3),
        Fault([[Reset()]], ["APIConnectionError"], 3),
    ],
    "429 with `Retry-After`, then success": [Fault([LIMIT, WHOLE], ["a", "b"], 2)],
    "4xx, 5xx": [
        Fault([answer(b"{}", "404 Not Found")], ["NotFoundError"]),
        Fault([answer(b"{}", "422 Unprocessable")], ["UnprocessableEntityError"]),
        Fault([answer(b"{}", "500 Oops")], ["InternalServerError"], 3),
        Fault([LIMIT], ["RateLimitError"], 3),
    ],
    "200 with HTML": [
        Fault([answer(b"<html>", media_type="text/html")], ["APIResponseValidationError"])
    ],
    "200 with JSON": [Fault([answer(b'{"a":1}')], ["APIResponseValidationError"])],
    "200 without a media type, and nothing of a stream": [
        Fault([[head(media_type=None), b'{"a":1}', Fin()]], ["APIResponseValidationError"])
    ],
    "the first event is an error that may pass": [
        Fault([stream(failure("overloaded_error")), WHOLE], ["a", "b"], 2),
        Fault([stream(failure("overloaded_error"))], ["InternalServerError"], 3),
    ],
    "the first event is an error that will not pass": [
        Fault([stream(failure("invalid_request_error"))], ["BadRequestError"])
    ],
    "an error event in the middle": [
        Fault([stream(said("a"), failure("rate_limit_error"), said("b"))], ["a", "RateLimitError"])
    ],
    "the connection is lost in the middle": [
        Fault([lost(said("a"), said("b")[:9]), WHOLE], ["a", "StreamInterruptedError"])
    ],
    "silence": [
        Fault(
            [[stream_head(), chunk(said("a")), Hold()]],
            ["a", "StreamTimeoutError"],
            timeout={"idle": 0.2},
        )
    ],
    "nothing but comments": [
        Fault(
            [[stream_head(), *COMMENTS, chunk(said("a") + DONE), LAST_CHUNK]],
            ["a"],
            timeout={"idle": 0.6},
        ),
        Fault(
            [[stream_head(), *COMMENTS * 20, Hold()]],
            ["StreamTimeoutError"],
            timeout={"first_event": 0.3},
        ),
        Fault(
            [[stream_head(), chunk(said("a")), *COMMENTS * 20, Hold()]],
            ["a", "StreamTimeoutError"],
            timeout={"total": 0.3},
        ),
    ],
    "an end without the declared end": [Fault([stream(said("a"))], ["a", "StreamTruncatedError"])],
    "malformed JSON, or data that does not fit": [
        Fault(
            [stream(said("a"), b"data: {oops\n\n", b'data: {"content":1}\n\n' + said("b"), DONE)],
            ["a", "EventDecodeError", "EventDecodeError", "b"],
        )
    ],
    "an event of an unknown kind": [
        Fault(
            [stream(notice("a"), notice("x", event="party"), notice("b"))],
            ["a", "UnknownEvent party", "b"],
            document=RESUMED,
        )
    ],
    "an event of 16 MiB": [Fault([stream(said("a"), said(HUGE), DONE)], ["a", HUGE])],
    "a line without end": [
        Fault(
            [[stream_head(), chunk(said("a")), *[chunk(b"x" * MEBI)] * 65, Hold()]],
            ["a", "StreamError"],
        )
    ],
    "a stream that can be resumed is lost": [
        Fault(
            [
                lost(notice("a", "1"), notice("b", "2"), notice("c")[:9]),
                stream(notice("b", "2"), notice("c"), notice("d", "4")),
            ],
            ["a", "b", "c", "d"],
            2,
            RESUMED,
        ),
        Fault([lost(notice("a")), WHOLE], ["a", "StreamInterruptedError"], 1, RESUMED),
    ],
    "204, when it is resumed": [
        Fault([lost(notice("a", "1")), [head("204 No Content", None)]], ["a"], 2, RESUMED)
    ],
}

CASES: Final = [
    pytest.param(fault, id=f"{row} {number}")
    for row, faults in FAULTS.items()
    for number, fault in enumerate(faults, 1)
]


@pytest.fixture
def package(sdk: Sdk, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """The package of a document, which waits for hundredths of a second between tries."""

    def make(document: str) -> ModuleType:
        made = sdk(document)
        retry = importlib.import_module(f"{made.__name__}._runtime.retry")
        monkeypatch.setattr(retry, "_FIRST_DELAY", 0.01)
        monkeypatch.setattr(retry, "_FIRST_RESUMPTION", 0.01)
        return made

    return make


NO_IDLE: Final = httpx.Limits(max_keepalive_connections=0)


@contextmanager
def client_of(package: ModuleType, url: str, **limits: float) -> Iterator[Any]:
    name = next(name for name in ("Parley", "Ticker") if hasattr(package, name))
    timeout = package.Timeout(**{"read": 10, "idle": 10, **limits})
    with httpx.Client(limits=NO_IDLE) as http:
        yield getattr(package, name)(base_url=url, timeout=timeout, http_client=http)


@asynccontextmanager
async def async_client_of(package: ModuleType, url: str, **limits: float) -> AsyncIterator[Any]:
    name = next(name for name in ("AsyncParley", "AsyncTicker") if hasattr(package, name))
    timeout = package.Timeout(**{"read": 10, "idle": 10, **limits})
    async with httpx.AsyncClient(limits=NO_IDLE) as http:
        yield getattr(package, name)(base_url=url, timeout=timeout, http_client=http)


def call(client: Any) -> Any:
    """Asks for the stream of either document."""
    if hasattr(client, "chat"):
        return client.chat.create(prompt="x")
    return client.symbols.watch("A")


def shown(item: Any) -> str:
    if type(item).__name__ == "UnknownEvent":
        return f"UnknownEvent {item.name}"
    return str(getattr(item.data, "content", item.data))


def name_of(package: ModuleType, error: Exception) -> str:
    """The public name of an error; every error that is not one of the package's is raised."""
    name = type(error).__name__
    if getattr(package, name, None) is not type(error):
        raise error
    return name


def read(package: ModuleType, client: Any) -> Iterator[str]:
    try:
        items = call(client)
        while True:
            try:
                yield shown(next(items))
            except StopIteration:
                return
            except package.EventDecodeError as error:
                yield name_of(package, error)
    except Exception as error:  # noqa: BLE001 - what else is raised is looked at
        yield name_of(package, error)


async def read_async(package: ModuleType, client: Any) -> AsyncIterator[str]:
    try:
        items = await call(client)
        while True:
            try:
                yield shown(await anext(items))
            except StopAsyncIteration:
                return
            except package.EventDecodeError as error:
                yield name_of(package, error)
    except Exception as error:  # noqa: BLE001 - as above
        yield name_of(package, error)


@contextmanager
def serving(scripts: Sequence[Script]) -> Iterator[tuple[str, ScriptedServer | None]]:
    if scripts:
        with ScriptedServer(*scripts) as server:
            yield server.url, server
        return
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    yield f"http://127.0.0.1:{port}", None


def check(fault: Fault, gets: list[str], server: ScriptedServer | None) -> None:
    assert gets == fault.gets
    if server is not None:
        assert len(server.requests) == fault.requests
        server.wait_until_released()


@pytest.mark.parametrize("fault", CASES)
def test_a_fault_gives_what_the_table_says(
    fault: Fault, package: Callable[[str], ModuleType]
) -> None:
    made = package(fault.document)
    with serving(fault.scripts) as (url, server), client_of(made, url, **fault.timeout) as client:
        check(fault, list(read(made, client)), server)


@pytest.mark.parametrize("fault", CASES)
def test_a_fault_gives_what_the_table_says_in_event_loops(
    fault: Fault, package: Callable[[str], ModuleType]
) -> None:
    made = package(fault.document)

    async def run() -> None:
        with serving(fault.scripts) as (url, server):
            async with async_client_of(made, url, **fault.timeout) as client:
                check(fault, [one async for one in read_async(made, client)], server)

    asyncio.run(run())


OPEN: Final[Script] = [stream_head(), chunk(said("a") + said("b")), Hold()]


def test_leaving_the_loop_early_releases_the_connection(
    package: Callable[[str], ModuleType],
) -> None:
    made = package("chat/openapi.yaml")
    with ScriptedServer(OPEN) as server, client_of(made, server.url) as client:
        with call(client) as items:
            for _ in items:
                break
        server.wait_until_released()

    async def run() -> None:
        with ScriptedServer(OPEN) as server:
            async with async_client_of(made, server.url) as client:
                async with await call(client) as items:
                    async for _ in items:
                        break
                server.wait_until_released()

    asyncio.run(run())


def test_a_stream_that_is_collected_releases_the_connection(
    package: Callable[[str], ModuleType],
) -> None:
    made = package("chat/openapi.yaml")
    with ScriptedServer(OPEN) as server, client_of(made, server.url) as client:
        items = call(client)
        assert next(items).data.content == "a"
        with pytest.warns(ResourceWarning, match="left before its end"):
            del items
        server.wait_until_released()

    async def run() -> None:
        with ScriptedServer(OPEN) as server:
            async with async_client_of(made, server.url) as client:
                items = await call(client)
                assert (await anext(items)).data.content == "a"
                with pytest.warns(ResourceWarning, match="left before its end"):
                    del items
                for _ in range(100):  # the loop does what a finalizer cannot
                    await asyncio.sleep(0.001)
                server.wait_until_released()

    asyncio.run(run())


@pytest.mark.parametrize("script", [OPEN, [Hold()]], ids=["in the stream", "before it"])
def test_cancelling_the_task_releases_the_connection(
    script: Script, package: Callable[[str], ModuleType]
) -> None:
    made = package("chat/openapi.yaml")

    async def run() -> None:
        with ScriptedServer(script) as server:
            async with async_client_of(made, server.url) as client:

                async def read_all() -> None:
                    async for _ in await call(client):
                        pass

                task = asyncio.create_task(read_all())
                asked = (lambda server: bool(server.requests), "the request came")
                await asyncio.to_thread(server.wait_until, *asked)
                await asyncio.sleep(0.05)
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
                assert task.cancelled()
                server.wait_until_released()

    asyncio.run(run())


def test_every_row_of_the_table_is_tested() -> None:
    text = (ROOT / "runtime" / "README.md").read_text(encoding="utf-8")
    table = text.partition("## What a user gets")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| (.+?) \| (.+) \|$", table, re.MULTILINE)[1:])
    elsewhere = {row for row, what in rows.items() if "connection is released" in what}
    assert rows.keys() == {*FAULTS, *elsewhere}
    assert len(elsewhere) == 3
