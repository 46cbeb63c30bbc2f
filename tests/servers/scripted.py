"""An HTTP server that does, to the byte, what a script says.

A connection is given one script for each request it makes, or for all that is left of it.
A script is a list of steps: bytes are sent as they are, in one piece; the other steps are
below. What the server saw (raw requests, connections, which of them are open) can be asked
and waited for, so that no test has to sleep.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

PATIENCE: Final = 10.0
"""Seconds after which a wait of a test is a failure of it."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is sent for so many seconds, or until the client has gone."""

    seconds: float


@dataclass(slots=True)
class Gate:
    """Nothing is sent until the test opens the gate."""

    _event: threading.Event = field(default_factory=threading.Event)

    def open(self) -> None:
        self._event.set()

    def wait(self) -> None:
        self._event.wait(PATIENCE)


class Fin:
    """The connection is closed in good order."""


class Reset:
    """The connection is torn down: the client sees ECONNRESET."""


class Hold:
    """The connection stays open, and nothing more is sent, until the client closes it."""


Step = bytes | Pause | Gate | Fin | Reset | Hold
Script = Sequence[Step]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came."""

    raw: bytes
    connection: int

    @property
    def line(self) -> str:
        return self.raw.partition(b"\r\n")[0].decode()

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]

    @property
    def headers(self) -> dict[str, str]:
        lines = self.raw.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
        pairs = (line.partition(":") for line in lines)
        return {name.lower(): value.strip() for name, _, value in pairs}

    @property
    def body(self) -> bytes:
        body = self.raw.partition(b"\r\n\r\n")[2]
        return _dechunked(body) if "transfer-encoding" in self.headers else body


class ScriptedServer:
    """Answers the n-th request with the n-th script; the last one answers all that follow."""

    def __init__(self, *scripts: Script) -> None:
        self.scripts = list(scripts)
        self.requests: list[Request] = []
        self.total = 0
        self._latest: object = None
        self._open: dict[int, socket.socket] = {}
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        # A listener that is only closed may leave its accept() waiting for ever.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._changed:
            for connection in self._open.values():
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a thread of the server is left"

    @property
    def open(self) -> int:
        """How many connections are open."""
        with self._changed:
            return len(self._open)

    def counted(self) -> int:
        """How many connections came, those included that have not been accepted yet."""
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            own = last.getsockname()
            self.wait_until(lambda server: server._latest == own, "all are accepted in turn")
            return self.total - 1

    def wait_until(self, condition: Callable[[ScriptedServer], bool], what: str) -> None:
        """Wait for what the server should come to see."""
        with self._changed:
            done = self._changed.wait_for(lambda: condition(self), PATIENCE)
        assert done, f"{what}: {len(self._open)} open, {self.total} in all"

    def wait_until_released(self) -> None:
        """Wait until the client holds no connection."""
        self.wait_until(lambda server: not server._open, "no connection is held")

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, client = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._changed:
                self.total += 1
                self._latest = client
                number = self.total
                self._open[number] = connection
                self._changed.notify_all()
            self._start(self._serve, number, connection)

    def _serve(self, number: int, connection: socket.socket) -> None:
        try:
            for raw in _requests(connection):
                with self._changed:
                    script = self.scripts[min(len(self.requests), len(self.scripts) - 1)]
                    self.requests.append(Request(raw, number))
                    self._changed.notify_all()
                for step in script:
                    if not self._take(step, connection):
                        return
        except OSError:
            pass  # the client has gone
        finally:
            connection.close()
            with self._changed:
                del self._open[number]
                self._changed.notify_all()

    def _take(self, step: Step, connection: socket.socket) -> bool:
        """Whether the connection goes on."""
        match step:
            case bytes():
                connection.sendall(step)
            case Pause(seconds):
                return not _client_left(connection, seconds)
            case Gate():
                step.wait()
            case Hold():
                _client_left(connection, None)
                return False
            case Fin():
                return False
            case Reset():
                linger = struct.pack("ii", 1, 0)  # on, for no time: RST in place of FIN
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                return False
        return not self._stopping.is_set()


def _client_left(connection: socket.socket, seconds: float | None) -> bool:
    """Whether the client closes within the time given."""
    connection.settimeout(seconds)
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except TimeoutError:
        return False
    finally:
        connection.settimeout(None)


def _requests(connection: socket.socket) -> Iterator[bytes]:
    """The requests of a connection, one after the other, until the client closes it."""
    buffer = b""
    while True:
        while (length := _length(buffer)) is None:
            more = connection.recv(65536)
            if not more:
                return
            buffer += more
        yield buffer[:length]
        buffer = buffer[length:]


def _length(buffer: bytes) -> int | None:
    """Where the first request in the buffer ends; None where it is not all there."""
    head, found, body = buffer.partition(b"\r\n\r\n")
    if not found:
        return None
    start = len(head) + 4
    fields = head.lower()
    if b"\r\ntransfer-encoding: chunked" in fields:
        end = 0 if body.startswith(b"0\r\n\r\n") else body.find(b"\r\n0\r\n\r\n") + 2
        return None if end == 1 else start + end + 5
    _, found, rest = fields.partition(b"\r\ncontent-length:")
    end = start + (int(rest.split(b"\r\n")[0]) if found else 0)
    return end if len(buffer) >= end else None


def _dechunked(body: bytes) -> bytes:
    out = b""
    while True:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return out
        out, body = out + body[:length], body[length + 2 :]


# What scripts are made of.


def head(
    status: str = "200 OK", media_type: str | None = "text/event-stream", *fields: str
) -> bytes:
    """The head of an answer; its body ends with the connection unless a field says else."""
    lines = [f"HTTP/1.1 {status}", *fields]
    if media_type is not None:
        lines.append(f"Content-Type: {media_type}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def stream_head(*fields: str) -> bytes:
    """The head of a stream in chunks."""
    return head("200 OK", "text/event-stream", "Transfer-Encoding: chunked", *fields)


def chunk(data: bytes) -> bytes:
    """A chunk of a body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


LAST_CHUNK: Final = b"0\r\n\r\n"


def answer(
    body: bytes, status: str = "200 OK", media_type: str = "application/json", *fields: str
) -> list[Step]:
    """A whole answer, after which the connection can be used again."""
    return [head(status, media_type, f"Content-Length: {len(body)}", *fields) + body]


def stream(*chunks: bytes, fields: Sequence[str] = ()) -> list[Step]:
    """A whole stream, each chunk sent on its own, which ends in good order."""
    return [stream_head(*fields), *map(chunk, chunks), LAST_CHUNK]
