"""A server that keeps every request as it came in, to the byte."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from servers.uvicorn_server import running


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as it was on the wire.

    Attributes:
        path: The path, as it was sent: still percent-encoded.
        query: Likewise, without the question mark.
        headers: Names in lower case, in their order.
        chunks: The body, in the pieces in which it reached the application.
    """

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    chunks: tuple[bytes, ...]

    @property
    def body(self) -> bytes:
        """The whole body."""
        return b"".join(self.chunks)

    def header(self, name: str) -> str | None:
        """The value of a header that came once; None where it did not come."""
        values = [value for known, value in self.headers if known == name]
        assert len(values) <= 1, f"{name} came more than once"
        return values[0] if values else None


@dataclass(slots=True)
class Recorder:
    """An ASGI application that answers 204, or what `answers` has next, and remembers.

    Attributes:
        url: Where it is served.
        requests: What has come in, the last at the end.
        answers: Statuses to answer with before all is well again.
    """

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def last(self) -> Request:
        """The last request."""
        return self.requests[-1]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Take one request."""
        if scope["type"] != "http":
            return
        chunks, more = [], True
        while more:
            message = await receive()
            chunks.append(message.get("body", b""))
            more = message.get("more_body", False)
        request = Request(
            scope["method"],
            scope["raw_path"].decode("latin-1"),
            scope["query_string"].decode("latin-1"),
            tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"]),
            tuple(filter(None, chunks)),
        )
        self.requests.append(request)
        status, body = await self.answer(request)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": body})

    async def answer(self, request: Request) -> tuple[int, bytes]:
        """What a request is answered with; `Recorder` gives all the same."""
        del request
        return (self.answers.pop(0) if self.answers else 204), b""


R = TypeVar("R", bound=Recorder)


@contextlib.contextmanager
def recording(recorder: R) -> Iterator[R]:
    """A recorder, served."""
    with running(recorder) as url:
        recorder.url = url
        yield recorder
