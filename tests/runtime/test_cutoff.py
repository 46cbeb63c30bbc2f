"""The one thread that watches the deadlines of all synchronous streams."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import httpx
import pytest

import sdkgen_runtime as rt
from sdkgen_runtime import cutoff
from sdkgen_runtime.cutoff import Cutoff
from servers.scripted import PATIENCE, Hold, ScriptedServer, chunk, stream, stream_head

LONG = 600.0


class Network:
    """What the HTTP library shows of a connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def get_extra_info(self, _: str) -> socket.socket:
        return self._connection


def _connection() -> Iterator[socket.socket]:
    """One that nothing comes over."""
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE)
    with ours, theirs:
        yield ours


connection = pytest.fixture(_connection)
other = pytest.fixture(_connection)


def response(connection: socket.socket) -> httpx.Response:
    known = {"network_stream": Network(connection), "http_version": b"HTTP/1.1"}
    return httpx.Response(200, extensions=known)


def watching() -> set[threading.Thread]:
    return {one for one in threading.enumerate() if one.name == "stream deadlines"}


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> set[threading.Thread]:
    """The threads that watch for other tests, and for packages with runtimes of their own."""
    monkeypatch.setattr(cutoff, "_watch", cutoff._Watch())
    return watching()


def cut_short(connection: socket.socket) -> bool:
    """Whether a read that gets nothing is ended by its deadline."""
    with Cutoff(response(connection), 0.05) as deadline:
        assert connection.recv(1) == b""
    deadline.cancel()
    return deadline.passed


def test_a_deadline_ends_a_read_that_is_blocked(connection: socket.socket) -> None:
    assert cut_short(connection)


@pytest.mark.parametrize("seconds", [LONG, 1e300])  # the latter is longer than threads can wait
def test_a_deadline_is_kept_beside_one_that_is_far_away(
    connection: socket.socket, other: socket.socket, seconds: float
) -> None:
    far = Cutoff(response(other), seconds)
    assert cut_short(connection)
    far.cancel()
    assert not far.is_spent


def test_a_deadline_outside_of_a_read_ends_nothing(
    connection: socket.socket, other: socket.socket
) -> None:
    early = Cutoff(response(connection), 0)
    assert cut_short(other)  # later than the first
    assert (early.is_spent, early.passed) == (True, False)
    connection.send(b"x")


def test_one_thread_watches_for_all(
    serve: Callable[..., ScriptedServer], others: set[threading.Thread]
) -> None:
    operation = rt.StreamOperation[object](
        "GET", "/", events=rt.Payloads(lambda: object, sentinel="[DONE]")
    )
    server = serve(*[stream(b"data: 1\n\ndata: [DONE]\n\n")] * 5)
    api = rt.Api("parley", "1", (rt.Server(server.url),))
    with httpx.Client() as http_client:
        transport = rt.Transport(api, credentials={}, base_url=None, http_client=http_client)
        for _ in range(5):
            with transport.stream(operation, rt.Arguments()) as items:
                assert items.collect() == [1]
            assert len(watching() - others) == 1
    assert server.total == 1


def test_the_thread_ends_when_there_is_nothing_to_watch_and_begins_again(
    connection: socket.socket, others: set[threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutoff, "_IDLE_SECONDS", 0.01)
    Cutoff(response(connection), 0.01).cancel()
    for thread in watching() - others:
        thread.join(PATIENCE)
    assert watching() <= others
    assert cut_short(connection)


FORKED = """
import os, sys
sys.path[:0] = sys.argv[1:]
from runtime.test_cutoff import LONG, Cutoff, cut_short, response, socket, watching

ours, theirs = socket.socketpair()
far = Cutoff(response(theirs), LONG)
assert len(watching()) == 1
child = os.fork()
if child == 0:
    os._exit(0 if cut_short(ours) else 1)
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork processes")
def test_deadlines_are_kept_after_a_fork() -> None:
    ran = subprocess.run([sys.executable, "-c", FORKED, *sys.path], timeout=PATIENCE, check=False)
    assert ran.returncode == 0


LEFT = """
import sys
sys.path[:0] = sys.argv[3:]
import sdkgen_runtime as rt

class Cycle:
    def __init__(self, held):
        self.held, self.me = held, self

api = rt.Api("parley", "1", (rt.Server(sys.argv[1]),))
transport = rt.Transport(api, credentials={}, base_url=None)
if sys.argv[2] == "download":
    operation = rt.Operation("GET", "/", returns=(rt.binary("200", "text/event-stream"),))
    held = transport.download(operation, rt.Arguments())
else:
    operation = rt.StreamOperation("GET", "/", events=rt.Payloads(lambda: int))
    held = transport.stream(operation, rt.Arguments(), timeout=rt.Timeout(total=600))
    assert next(held) == 1
if sys.argv[2] == "cycle":
    held = Cycle(held)
"""


@pytest.mark.parametrize("what", ["stream", "cycle", "download"])
def test_a_program_ends_whatever_it_has_left_open(
    what: str, serve: Callable[..., ScriptedServer]
) -> None:
    server = serve([stream_head(), chunk(b"data: 1\n\n"), Hold()])
    for _ in range(3):  # the thread may have been stopped at any place
        command = [sys.executable, "-c", LEFT, server.url, what, *sys.path]
        ran = subprocess.run(command, timeout=PATIENCE, check=False)
        assert ran.returncode == 0
