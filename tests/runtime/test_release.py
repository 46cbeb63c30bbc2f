"""What is left behind is released by finalizers, which run in the middle of anything.

Here, in the worst place: where the HTTP library holds the lock of its pool.
"""

from __future__ import annotations

import _thread
import gc
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any, Final, Never

import httpcore
import httpx
import pytest

import sdkgen_runtime as rt
from sdkgen_runtime import release, transport_sync
from servers.scripted import PATIENCE, Hold, Script, ScriptedServer, answer, chunk, head

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

Serve = Callable[..., ScriptedServer]

STREAM: Final = rt.StreamOperation[Any]("GET", "/", events=rt.Payloads(lambda: dict[str, int]))
FILE: Final = rt.Operation[Never]("GET", "/", returns=(rt.binary("200"),))
PLAIN: Final = rt.Operation[Any]("GET", "/", returns=(rt.json("200", lambda: Any),))

_EVENTS: Final[Script] = [
    head("200 OK", "text/event-stream", "Transfer-Encoding: chunked"),
    chunk(b'data: {"n": 1}\n\n'),
    Hold(),
]
_BYTES: Final[Script] = [
    head("200 OK", "application/octet-stream", "Content-Length: 10"),
    b"half",
    Hold(),
]


def _stream(transport: rt.Transport) -> Any:
    stream = transport.stream(STREAM, rt.Arguments())
    assert next(stream) == {"n": 1}
    return stream


def _limited_stream(transport: rt.Transport) -> Any:
    stream = transport.stream(STREAM, rt.Arguments(), timeout=rt.Timeout(total=60))
    assert next(stream) == {"n": 1}
    return stream


def _loop(transport: rt.Transport) -> Any:
    items = _stream(transport).events()
    assert isinstance(items, Iterator)
    return items


def _block(transport: rt.Transport) -> Iterator[Any]:
    def items() -> Iterator[Any]:
        with transport.stream(STREAM, rt.Arguments()) as stream:
            yield from stream

    found = items()
    assert next(found) == {"n": 1}
    return found


def _unread_file(transport: rt.Transport) -> Any:
    found: Any = transport.download(FILE, rt.Arguments())
    return found


def _file(transport: rt.Transport) -> Any:
    pieces = iter(_unread_file(transport))
    assert next(pieces) == b"half"
    return pieces


CASES: Final = pytest.mark.parametrize(
    ("script", "open_one"),
    [
        (_EVENTS, _stream),
        (_EVENTS, _limited_stream),
        (_EVENTS, _loop),
        (_EVENTS, _block),
        (_BYTES, _unread_file),
        (_BYTES, _file),
    ],
)


def _transport(server: ScriptedServer, http: httpx.Client | None = None) -> rt.Transport:
    api = rt.Api("parley", "1", (rt.Server(server.url),))
    return rt.Transport(api, credentials={}, base_url=None, http_client=http)


def _forget(one: Any) -> None:
    """Leave a cycle, as an exception that is kept does, for the collector to find."""
    cycle = [one]
    cycle.append(cycle)


@CASES
def test_what_is_collected_under_the_lock_of_the_pool_hangs_nothing(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, script: Script, open_one: Callable[..., Any]
) -> None:
    server = serve(script, answer(b'"fine"'))
    transport = _transport(server)
    found: list[Any] = []
    collected = threading.Event()
    assign = httpcore.ConnectionPool._assign_requests_to_connections
    start = _thread.start_new_thread

    def collect_and_assign(pool: httpcore.ConnectionPool) -> Any:
        gc.collect()
        collected.set()
        return assign(pool)

    def start_late(target: Callable[..., object], arguments: tuple[Any, ...]) -> int:
        def wait() -> None:
            collected.wait(PATIENCE)
            target(*arguments)

        return start(wait, ())

    def call() -> None:
        found.append(transport.send(PLAIN, rt.Arguments()))

    gc.collect()
    gc.disable()
    try:
        _forget(open_one(transport))
        monkeypatch.setattr(
            httpcore.ConnectionPool, "_assign_requests_to_connections", collect_and_assign
        )
        monkeypatch.setattr(_thread, "start_new_thread", start_late)
        thread = threading.Thread(target=call, daemon=True)
        thread.start()
        thread.join(PATIENCE)
    finally:
        gc.enable()
    assert found == ["fine"]
    monkeypatch.undo()
    transport.close()
    server.wait_until_released()


@CASES
def test_what_is_collected_releases_its_connection_and_is_kept_by_nothing(
    serve: Serve, script: Script, open_one: Callable[..., Any]
) -> None:
    server = serve(script)
    seen: list[weakref.ref[httpx.Response]] = []
    http = httpx.Client(event_hooks={"response": [lambda one: seen.append(weakref.ref(one))]})
    with http:
        transport = _transport(server, http)
        _forget(open_one(transport))
        gc.collect()
        server.wait_until_released()
        gc.collect()  # what it has left is found in a second round
        assert [one() for one in seen] == [None]


class _Body(httpx.SyncByteStream):
    """A body that knows who reads it."""

    def __init__(self, inner: httpx.SyncByteStream, seen: list[Any]) -> None:
        self._inner = inner
        self._seen = seen

    def __iter__(self) -> Iterator[bytes]:
        yield from self._inner

    def close(self) -> None:
        self._inner.close()


class _Knowing(httpx.HTTPTransport):
    def __init__(self, seen: list[Any]) -> None:
        super().__init__()
        self._seen = seen

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Body(response.stream, self._seen)
        return response


@CASES
def test_what_a_transport_of_the_callers_knows_is_collected_with_it(
    serve: Serve, script: Script, open_one: Callable[..., Any]
) -> None:
    server = serve(script)

    def leave() -> weakref.ref[httpx.Client]:
        seen: list[Any] = []
        http = httpx.Client(transport=_Knowing(seen))
        seen.append(open_one(_transport(server, http)))
        return weakref.ref(http)

    left = leave()
    gc.collect()
    server.wait_until_released()
    gc.collect()  # what it has left is found in a second round
    assert left() is None


def test_one_thread_releases_what_is_left_at_once(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(*[_EVENTS] * 5)
    started: list[object] = []
    start = _thread.start_new_thread

    def count(target: Callable[..., object], arguments: tuple[Any, ...]) -> int:
        started.append(target)
        return start(target, arguments)

    monkeypatch.setattr(release, "_closer", release._Closer())
    with httpx.Client() as http:
        transport = _transport(server, http)
        streams = [_stream(transport) for _ in range(5)]
        monkeypatch.setattr(_thread, "start_new_thread", count)
        for stream in streams:
            _in_library(stream.close)
        server.wait_until_released()
    assert len(started) == 1


def test_what_finds_no_thread_is_released_with_the_next(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(_EVENTS, _EVENTS)
    start = _thread.start_new_thread
    refusals = [RuntimeError("can't start new thread")]

    def refuse(target: Callable[..., object], arguments: tuple[Any, ...]) -> int:
        if refusals:
            raise refusals.pop()
        return start(target, arguments)

    monkeypatch.setattr(release, "_closer", release._Closer())
    with httpx.Client() as http:
        transport = _transport(server, http)
        streams = [_stream(transport), _stream(transport)]
        monkeypatch.setattr(_thread, "start_new_thread", refuse)
        for stream in streams:
            _in_library(stream.close)
        server.wait_until_released()


@pytest.mark.parametrize("name", [None, 1, "httpcore._sync.connection_pool"])
def test_a_stream_is_closed_from_whatever_code(serve: Serve, name: object) -> None:
    server = serve(_EVENTS)
    with httpx.Client() as http:
        _called_from(name, _stream(_transport(server, http)).close)
        server.wait_until_released()


def test_a_client_that_is_closed_under_the_lock_of_the_pool_hangs_nothing(serve: Serve) -> None:
    """As by a handler of a signal, or by a block that is in a generator."""
    server = serve(_EVENTS)
    transport = _transport(server)
    stream = _stream(transport)
    pool: Any = transport.client._transport
    with pool._pool._optional_thread_lock:
        _in_library(transport.close)
    server.wait_until_released()
    with pytest.raises(rt.StreamInterruptedError):
        next(stream)


def test_nothing_is_sent_by_a_client_that_is_not_closed_yet(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(answer(b"1"))
    transport = _transport(server)
    assert transport.send(PLAIN, rt.Arguments()) == 1
    left: list[Callable[[], object]] = []
    monkeypatch.setattr(transport_sync, "elsewhere", left.append)
    transport.close()
    with pytest.raises(RuntimeError, match="client has been closed"):
        transport.send(PLAIN, rt.Arguments())
    assert len(server.requests) == 1
    for close in left:
        close()
    server.wait_until_released()


@pytest.mark.parametrize("name", ["httpx._client", "httpx._transports.wsgi"])
def test_a_client_is_closed_at_once_where_no_lock_is_held(serve: Serve, name: str) -> None:
    """As in an application that an `httpx.WSGITransport` calls."""
    transport = _transport(serve(answer(b"1")))
    assert transport.send(PLAIN, rt.Arguments()) == 1
    _called_from(name, transport.close)
    assert transport.client.is_closed


def test_what_cannot_be_released_keeps_nothing_else_from_it() -> None:
    closed = threading.Event()
    _in_library(lambda: release.elsewhere(sys.exit))
    _in_library(lambda: release.elsewhere(closed.set))
    assert closed.wait(PATIENCE)


def test_a_client_that_is_closed_while_it_is_made_stays_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As by a handler of a signal, which waits for nothing that it has interrupted."""
    transport = rt.Transport(
        rt.Api("test", "1", (rt.Server("http://test.invalid"),)), credentials={}, base_url=None
    )
    make = httpx.Client
    handlers = [transport.close]

    def interrupted(**settings: Any) -> httpx.Client:
        if handlers:
            handlers.pop()()
        return make(**settings)

    monkeypatch.setattr(httpx, "Client", interrupted)
    closing = threading.Thread(target=lambda: transport.client, daemon=True)
    closing.start()
    closing.join(PATIENCE)
    assert not closing.is_alive()
    with pytest.raises(RuntimeError, match="client has been closed"):
        transport.send(PLAIN, rt.Arguments())


def test_a_block_in_the_body_of_a_request_leaves_nothing(serve: Serve) -> None:
    server = serve(_BYTES)
    other = serve(answer(b'"fine"'))
    seen: list[str] = []

    def body() -> Iterator[bytes]:
        with transport.download(FILE, rt.Arguments()) as found:
            seen.append(repr(found))
            yield next(iter(found))
        seen.append(repr(found))

    with httpx.Client() as http:
        transport = _transport(server, http)
        httpx.post(other.url, content=body())
        server.wait_until_released()
    assert seen == ["<BinaryResponse [200] open>", "<BinaryResponse [200] closed>"]


def _in_library(call: Callable[[], object]) -> None:
    """Call something as finalizers and handlers of signals are, in the middle of that."""
    _called_from("httpcore._sync.connection_pool", call)


def _called_from(name: object, call: Callable[[], object]) -> None:
    """Call something from a module of whatever name."""
    FunctionType(_call.__code__, {"__name__": name})(call)


def _call(call: Callable[[], object]) -> None:
    call()
