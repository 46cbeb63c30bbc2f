"""What handlers of signals raise while bytes are waited for is the caller's."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, NoReturn

import httpx
import pytest

import sdkgen_runtime as rt
from runtime.clients import Client
from servers.scripted import PATIENCE, Hold, Pause, ScriptedServer, answer, chunk, head, stream_head

if not hasattr(signal, "setitimer"):
    pytest.skip("this system has no alarms", allow_module_level=True)

Serve = Callable[..., ScriptedServer]

STREAM: Final = rt.StreamOperation[int](
    "GET", "/", events=rt.Payloads(lambda: int, sentinel="[DONE]"), resumable=True
)
WHOLE: Final = rt.Operation[int]("GET", "/", returns=(rt.json("200", lambda: int),))
FILE: Final = rt.Operation[Any]("GET", "/", returns=(rt.binary("200"),))

EVENT: Final = b"id: a\ndata: 1\n\n"
SOON: Final = 0.2


@pytest.fixture
def ring() -> Iterator[Callable[..., None]]:
    """Lets a handler be called soon, or soon after a server has a request."""
    before = signal.getsignal(signal.SIGALRM)

    ringing: list[threading.Thread] = []
    main = threading.get_ident()

    def start(handler: Any, server: ScriptedServer | None = None) -> None:
        signal.signal(signal.SIGALRM, handler)
        ringing.append(threading.Thread(target=ring_after, args=(server,)))
        ringing[-1].start()

    def ring_after(server: ScriptedServer | None) -> None:
        until = time.monotonic() + PATIENCE / 2
        while server is not None and not server.requests and time.monotonic() < until:
            time.sleep(SOON / 10)
        time.sleep(SOON)
        signal.pthread_kill(main, signal.SIGALRM)

    yield start
    for one in ringing:
        one.join(PATIENCE)
    signal.signal(signal.SIGALRM, before)


def _read(transport: rt.Transport, **options: Any) -> list[int]:
    with transport.stream(STREAM, rt.Arguments(), **options) as items:
        return items.collect()


def _download(transport: rt.Transport) -> None:
    transport.download(FILE, rt.Arguments()).read()


def _raise(error: Exception, *_: object) -> NoReturn:
    raise error


JSON: Final = head("200 OK", "application/json", "Content-Length: 9")
ERROR: Final = head("500 Error", "application/json", "Content-Length: 9")
BYTES: Final = head("200 OK", "application/octet-stream", "Content-Length: 9")


@pytest.mark.parametrize(
    ("script", "do"),
    [
        ([Hold()], lambda transport: transport.send(WHOLE, rt.Arguments())),
        ([JSON, Hold()], lambda transport: transport.send(WHOLE, rt.Arguments())),
        ([ERROR, Hold()], lambda transport: transport.send(WHOLE, rt.Arguments())),
        ([BYTES, Hold()], _download),
        ([Hold()], _read),
        ([stream_head(), Hold()], _read),
        ([stream_head(), chunk(EVENT), Hold()], _read),
        ([stream_head(), chunk(EVENT), Hold()], partial(_read, timeout=rt.Timeout(total=60))),
    ],
    ids=range(8),
)
@pytest.mark.parametrize("error", [TimeoutError("timed out"), ConnectionError(), LookupError()])
def test_what_a_handler_of_a_signal_raises_reaches_the_caller(
    script: Any, do: Any, error: Exception, serve: Serve, ring: Any
) -> None:
    server = serve(script)
    transport = Client("sync", server.url).transport
    ring(lambda *_: _raise(error), server)
    with pytest.raises(type(error)) as raised:
        do(transport)
    assert raised.value is error
    assert (error.__cause__, error.__context__) == (None, None)
    assert len(server.requests) == 1
    server.wait_until_released()
    transport.close()


def test_a_stream_whose_reading_an_alarm_has_ended_does_not_seem_complete(
    serve: Serve, ring: Any
) -> None:
    server = serve([stream_head(), chunk(EVENT), Hold()])
    transport = Client("sync", server.url).transport
    items = transport.stream(STREAM, rt.Arguments())
    ring(partial(_raise, TimeoutError()))
    with pytest.raises(TimeoutError):
        items.until_done()
    with pytest.raises(rt.StreamInterruptedError, match="after 1 events"):
        next(items)


@pytest.mark.parametrize("error", [TimeoutError("mine"), LookupError()])
def test_an_alarm_that_closes_the_stream_is_heard(
    error: Exception, serve: Serve, ring: Any
) -> None:
    transport = Client("sync", serve([stream_head(), chunk(EVENT), Hold()]).url).transport
    items = transport.stream(STREAM, rt.Arguments())

    def close(*_: object) -> None:
        items.close()
        raise error

    assert next(items) == 1
    ring(close)
    with pytest.raises(type(error)) as raised:
        items.collect()
    assert raised.value is error


def test_an_alarm_is_heard_at_the_very_end(ring: Any) -> None:
    class Late(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"data: [DONE]\n\n"
            ring(partial(_raise, LookupError()))
            threading.Event().wait(2 * SOON)

    fields = {"content-type": "text/event-stream"}
    found = httpx.MockTransport(lambda _: httpx.Response(200, headers=fields, stream=Late()))
    with httpx.Client(transport=found) as http:
        with pytest.raises(LookupError):
            _read(Client("sync", "http://late", http_client=http).transport)


def test_what_fails_after_an_alarm_is_tried_again(serve: Serve, ring: Any) -> None:
    server = serve([Hold()], [Pause(3 * SOON), Hold()], answer(b"1"))
    transport = Client("sync", server.url, timeout=rt.Timeout(read=2 * SOON)).transport
    ring(partial(_raise, TimeoutError("mine")))
    try:
        transport.send(WHOLE, rt.Arguments())
    except TimeoutError:
        assert transport.send(WHOLE, rt.Arguments()) == 1
    assert len(server.requests) == 3
    transport.close()
