"""Calls that are no streams: what is sent, what comes back, and what of it may be shown."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

import anyio
import httpx
import pydantic
import pytest

import sdkgen_runtime as rt
from runtime.clients import TOKEN, Client
from servers.scripted import (
    PATIENCE,
    Fin,
    Hold,
    Pause,
    Reset,
    Script,
    ScriptedServer,
    answer,
    chunk,
    head,
    stream_head,
)

pytestmark = pytest.mark.anyio

Serve = Callable[..., ScriptedServer]
Connect = Callable[..., Any]


class Reply(pydantic.BaseModel):
    id: str


class Problem(pydantic.BaseModel):
    message: str


REPLY: Final = rt.Operation[Reply](
    "GET",
    "/replies/{id}",
    returns=(rt.json("200", lambda: Reply),),
    raises=(rt.json("422", lambda: Problem), rt.json("default", lambda: Problem)),
)
CREATE: Final = rt.Operation[Reply | None](
    "POST",
    "/replies",
    returns=(rt.json("200", lambda: Reply), rt.empty("204")),
    body=rt.Body("application/json"),
)
DELETE: Final = rt.Operation[None]("DELETE", "/replies", returns=(rt.empty("204"),))
TEXT: Final = rt.Operation[str]("GET", "/text", returns=(rt.text("2XX", "text/*"),))
ANY_JSON: Final = rt.Operation[Any]("GET", "/x", returns=(rt.json("200", lambda: Any),))
UPLOAD: Final = rt.Operation[None](
    "POST", "/upload", returns=(rt.empty("204"),), body=rt.Body("application/octet-stream")
)
FORM: Final = rt.Operation[None](
    "POST", "/upload", returns=(rt.empty("204"),), body=rt.Body("multipart/form-data")
)

ID: Final = rt.Arguments(path={"id": "1"})
OK: Final = answer(b'{"id":"1"}')
NO_CONTENT: Final[Script] = [head("204 No Content", None)]
UNAVAILABLE: Final = answer(b"", "503 Service Unavailable")


# Results.


async def test_a_json_answer_is_the_declared_model(serve: Serve, connect: Connect) -> None:
    server = serve(answer(b'{"id":"1"}', "200 OK", "application/json; charset=utf-8"))
    async with connect(server) as client:
        assert await client.send(REPLY, ID) == Reply(id="1")
    assert server.requests[0].line == "GET /replies/1 HTTP/1.1"
    assert server.requests[0].headers["accept"] == "application/json"


async def test_an_answer_without_a_body_is_none_where_that_is_declared(
    serve: Serve, connect: Connect
) -> None:
    # Whatever the status: where there may be nothing, nothing is not of another type.
    server = serve(NO_CONTENT, answer(b"", "202 Accepted", "text/html"))
    async with connect(server) as client:
        assert await client.send(CREATE) is None
        assert await client.send(CREATE) is None


async def test_success_may_have_several_statuses_with_a_type_each(
    serve: Serve, connect: Connect
) -> None:
    operation = rt.Operation[Reply | Problem | str](
        "GET",
        "/x",
        returns=(rt.json("200", lambda: Reply), rt.json("202", lambda: Problem), rt.text("2XX")),
    )
    async with connect(serve(OK)) as client:
        assert await client.send(operation) == Reply(id="1")
    async with connect(serve(answer(b'{"message":"later"}', "202 Accepted"))) as client:
        assert await client.send(operation) == Problem(message="later")
    async with connect(serve(answer(b"text", "299 Odd", "text/plain"))) as client:
        assert await client.send(operation) == "text"


@pytest.mark.parametrize(
    ("status", "kind"),
    # RFC 9110, section 15: what is outside of 100 to 599 is like a 5xx.
    [("799 Odd", rt.InternalServerError), ("418 Teapot", rt.APIStatusError)],
)
async def test_a_status_that_nobody_has_registered_is_an_error_with_the_default_s_body(
    serve: Serve, connect: Connect, status: str, kind: type[rt.APIStatusError]
) -> None:
    async with connect(serve(answer(b'{"message":"odd"}', status)), max_retries=0) as client:
        with pytest.raises(rt.APIStatusError, match="odd") as caught:
            await client.send(REPLY, ID)
    assert type(caught.value) is kind
    assert caught.value.status_code == int(status[:3])
    assert caught.value.body == Problem(message="odd")


async def test_text_comes_as_it_is(serve: Serve, connect: Connect) -> None:
    server = serve(answer("grün".encode(), "201 Created", "text/markdown"))
    async with connect(server) as client:
        assert await client.send(TEXT) == "grün"


async def test_what_an_operation_without_a_result_answers_does_not_matter(
    serve: Serve, connect: Connect
) -> None:
    server = serve(answer(b'{"deleted":true}'))
    async with connect(server) as client:
        assert await client.send(DELETE) is None


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (NO_CONTENT, "a 204 response of type none"),
        (answer(b""), "a body that does not fit"),
        (answer(b'{"id":1}'), r"string \(at id\)"),
        (answer(b"<html>", media_type="text/html"), "text/html, which is not declared; it begins"),
        (answer(b"{}", "206 Partial Content"), "a 206 response"),
    ],
)
async def test_an_answer_that_is_not_declared_is_an_error_never_another_value(
    serve: Serve, connect: Connect, script: Script, found: str
) -> None:
    server = serve(script)
    async with connect(server) as client:
        with pytest.raises(rt.APIResponseValidationError, match=found) as caught:
            await client.send(REPLY, ID)
    assert caught.value.response is not None
    assert len(server.requests) == 1


# Errors by status.

STATUSES: Final = {
    400: rt.BadRequestError,
    401: rt.AuthenticationError,
    403: rt.PermissionDeniedError,
    404: rt.NotFoundError,
    409: rt.ConflictError,
    418: rt.APIStatusError,
    422: rt.UnprocessableEntityError,
    429: rt.RateLimitError,
    499: rt.APIStatusError,
    500: rt.InternalServerError,
    599: rt.InternalServerError,
    999: rt.InternalServerError,
}


@pytest.mark.parametrize(("status", "kind"), STATUSES.items())
async def test_an_error_status_has_its_class(
    serve: Serve, connect: Connect, status: int, kind: type[rt.APIStatusError]
) -> None:
    server = serve(answer(b'{"message":"no"}', f"{status} Odd"))
    async with connect(server, max_retries=0) as client:
        with pytest.raises(kind, match=rf"{status} Odd: no") as caught:
            await client.send(REPLY, ID)
    assert type(caught.value) is kind
    assert caught.value.status_code == status
    assert caught.value.body == Problem(message="no")


async def test_an_error_body_that_does_not_fit_is_given_raw(serve: Serve, connect: Connect) -> None:
    for body, read in ((b'{"detail":"x"}', {"detail": "x"}), (b"oops", "oops")):
        server = serve(answer(body, "422 No"))
        async with connect(server) as client:
            with pytest.raises(rt.UnprocessableEntityError) as caught:
                await client.send(REPLY, ID)
        assert caught.value.body == read


@pytest.mark.parametrize("fields", [(), ("Content-Encoding: gzip",)])
@pytest.mark.parametrize("status", ["422 No", "206 Partial"])
async def test_the_response_of_an_error_has_its_text(
    serve: Serve, connect: Connect, status: str, fields: tuple[str, ...]
) -> None:
    said = b'{"detail":"x"}'
    body = gzip.compress(said) if fields else said
    server = serve(answer(body, status, "application/json", "X-Request-Id: r1", *fields))
    async with connect(server) as client:
        with pytest.raises(rt.APIError) as caught:
            await client.send(REPLY, ID)
    response = caught.value.response
    assert response is not None
    assert (response.content, response.text) == (said, said.decode())
    assert response.json() == caught.value.body == {"detail": "x"}
    assert response.read() == said
    assert response.is_closed
    assert (response.status_code, response.reason_phrase) == (int(status[:3]), status[4:])
    assert (response.headers["x-request-id"], response.http_version) == ("r1", "HTTP/1.1")
    assert response.elapsed.total_seconds() > 0


async def test_a_missing_credential_is_hinted_at(serve: Serve, connect: Connect) -> None:
    server = serve(answer(b'{"message":"Who?"}', "401 Unauthorized"))
    async with connect(server, credentials={}) as client:
        said = r"^401 Unauthorized: Who\?\. No credential was given: pass .* PARLEY_TOKEN"
        with pytest.raises(rt.AuthenticationError, match=said):
            await client.send(REPLY, ID)
    assert "authorization" not in server.requests[0].headers


async def test_a_redirect_is_not_followed_and_names_its_place(
    serve: Serve, connect: Connect
) -> None:
    other = serve(OK)
    place = f"Location: {other.url}/elsewhere?api_key=abc"
    server = serve(answer(b"", "307 Temporary Redirect", "text/plain", place))
    async with connect(server) as client:
        with pytest.raises(rt.APIStatusError, match=r"redirected to .*/elsewhere") as caught:
            await client.send(REPLY, ID)
    assert "abc" not in str(caught.value)
    assert other.requests == []


async def test_a_client_that_follows_redirects_does_not_follow_them_here(serve: Serve) -> None:
    other = serve(OK)
    server = serve(answer(b"", "307 Go", "text/plain", f"Location: {other.url}/"))
    with httpx.Client(follow_redirects=True) as http:
        client = Client("sync", server.url, http_client=http)
        with pytest.raises(rt.APIStatusError, match="redirected"):
            await client.send(REPLY, ID)
    async with httpx.AsyncClient(follow_redirects=True) as http_of_loop:
        client = Client("async", server.url, http_client=http_of_loop)
        with pytest.raises(rt.APIStatusError, match="redirected"):
            await client.send(REPLY, ID)
    assert other.requests == []


async def test_a_redirect_without_a_place_is_an_error_too(serve: Serve, connect: Connect) -> None:
    server = serve([head("304 Not Modified", None), Fin()])
    async with connect(server) as client:
        with pytest.raises(rt.APIStatusError, match="304 Not Modified"):
            await client.send(REPLY, ID)


async def test_the_status_counts_though_the_error_body_breaks_off(
    serve: Serve, connect: Connect
) -> None:
    server = serve([head("404 Not Found", "text/plain", "Content-Length: 9"), b"x", Reset()])
    async with connect(server) as client:
        with pytest.raises(rt.NotFoundError):
            await client.send(REPLY, ID)
    assert len(server.requests) == 1


async def test_an_error_body_is_read_within_bounds(serve: Serve, connect: Connect) -> None:
    much = b"x" * 300_000
    server = serve([head("404 Not Found", "text/plain"), *[much] * 8, Hold()])
    start = time.monotonic()
    async with connect(server) as client:
        with pytest.raises(rt.NotFoundError) as caught:
            await client.send(REPLY, ID)
        assert time.monotonic() - start < PATIENCE / 2, "it did not wait for the end"
        assert len(caught.value.body) == 2**20
        assert len(str(caught.value)) < 600
        server.wait_until_released()


# Connections.


async def test_a_refused_connection_is_an_error_of_the_connection(
    serve: Serve, connect: Connect
) -> None:
    server = serve(OK)
    server.__exit__()
    async with connect(server) as client:
        with pytest.raises(rt.APIConnectionError, match=r"No answer from 127.0.0.1") as caught:
            await client.send(REPLY, ID)
    assert caught.value.request is not None
    assert not isinstance(caught.value, rt.APITimeoutError)
    server.__init__(OK)  # type: ignore[misc] # so that the fixture has one to stop
    server.__enter__()


async def test_a_server_that_is_silent_is_a_timeout(serve: Serve, connect: Connect) -> None:
    server = serve([Hold()])
    async with connect(server, max_retries=0) as client:
        with pytest.raises(rt.APITimeoutError, match=r"read timeout"):
            await client.send(REPLY, ID, timeout=0.1)
    server.wait_until_released()


async def test_a_client_that_was_passed_in_stays_open(serve: Serve) -> None:
    server = serve(OK)
    with httpx.Client() as http:
        client = Client("sync", server.url, http_client=http)
        await client.send(REPLY, ID)
        await client.close()
        assert not http.is_closed


async def test_the_repr_of_a_transport_shows_where_it_calls() -> None:
    shown = repr(Client("sync", "https://x.example/v1/").transport)
    assert shown == "<Transport https://x.example/v1>"


# Retries.


@pytest.mark.parametrize(
    "failure",
    [
        UNAVAILABLE,
        answer(b"", "408 Request Timeout"),
        answer(b"", "409 Conflict"),
        answer(b"", "429 Too Many Requests", "text/plain", "Retry-After: 0"),
        answer(b"", "429 Too Many Requests", "text/plain", "retry-after-ms: 20"),
        answer(b"", "599 Odd"),
        [Reset()],
        [Fin()],
        [head("200 OK", "application/json", "Content-Length: 99"), b"{", Fin()],
    ],
)
async def test_what_may_pass_is_tried_again_with_the_same_key(
    serve: Serve, connect: Connect, failure: Script
) -> None:
    server = serve(failure, failure, OK)
    async with connect(server) as client:
        assert await client.send(CREATE, rt.Arguments(body={"a": 1})) == Reply(id="1")
    assert len(server.requests) == 3
    assert {request.body for request in server.requests} == {b'{"a":1}'}
    assert len({request.headers["idempotency-key"] for request in server.requests}) == 1


async def test_two_calls_have_two_keys_and_a_get_has_none(serve: Serve, connect: Connect) -> None:
    server = serve(OK)
    async with connect(server) as client:
        await client.send(CREATE)
        await client.send(CREATE)
        await client.send(REPLY, ID)
    first, second, third = (request.headers for request in server.requests)
    assert first["idempotency-key"] != second["idempotency-key"]
    assert "idempotency-key" not in third


async def test_a_client_that_is_closed_tries_nothing_again(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(UNAVAILABLE)
    clients = Client("sync", server.url), Client("async", server.url)

    async def close(_: float) -> None:
        await clients[1].close()

    # In the wait for the next try.
    monkeypatch.setattr(time, "sleep", lambda _: clients[0].transport.close())
    monkeypatch.setattr(anyio, "sleep", close)
    for client in clients:
        with pytest.raises(rt.APIConnectionError, match="closed while a call waited"):
            await client.send(REPLY, ID)
    assert len(server.requests) == 2


async def test_as_many_tries_as_the_call_says(serve: Serve, connect: Connect) -> None:
    server = serve(UNAVAILABLE)
    async with connect(server) as client:
        for retries in (0, 1, 3):
            with pytest.raises(rt.InternalServerError):
                await client.send(REPLY, ID, max_retries=retries)
    assert len(server.requests) == 1 + 2 + 4


async def test_what_will_not_pass_is_not_tried_again(serve: Serve, connect: Connect) -> None:
    too_long = answer(b"", "429 Too Many Requests", "text/plain", "Retry-After: 3600")
    for failure in (answer(b"", "400 Bad Request"), answer(b"", "404 Not Found"), too_long):
        server = serve(failure)
        async with connect(server) as client:
            with pytest.raises(rt.APIStatusError):
                await client.send(REPLY, ID)
        assert len(server.requests) == 1


async def test_an_abandoned_try_is_closed(serve: Serve, connect: Connect) -> None:
    refusal = [stream_head().replace(b"200 OK", b"503 No"), chunk(b"data: {}\n\n"), Hold()]
    server = serve(refusal, OK)
    async with connect(server) as client:
        await client.send(REPLY, ID)
        server.wait_until(lambda server: len(server._open) == 1, "the first try is closed")


# Bodies that are more than bytes.


async def test_a_file_is_sent_from_where_it_stands_at_each_try(
    serve: Serve, connect: Connect
) -> None:
    server = serve(UNAVAILABLE, NO_CONTENT)
    file = io.BytesIO(b"skipped" + b"content" * 20_000)
    file.seek(len(b"skipped"))
    async with connect(server) as client:
        await client.send(UPLOAD, rt.Arguments(body=file))
    assert [request.body for request in server.requests] == [b"content" * 20_000] * 2
    assert server.requests[0].headers["content-length"] == "140000"
    assert server.requests[0].headers["content-type"] == "application/octet-stream"


class Pipe(io.BytesIO):
    """A file that can be read once."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation


async def test_a_file_that_can_be_read_once_is_sent_once(serve: Serve, connect: Connect) -> None:
    server = serve(UNAVAILABLE)
    async with connect(server) as client:
        with pytest.raises(rt.InternalServerError):
            await client.send(UPLOAD, rt.Arguments(body=Pipe(b"once")))
        with pytest.raises(rt.InternalServerError):
            await client.send(FORM, rt.Arguments(body={"file": Pipe(b"once")}))
    assert len(server.requests) == 2
    assert server.requests[0].body == b"once"
    assert server.requests[0].headers["transfer-encoding"] == "chunked"


async def test_a_generator_is_sent_once(serve: Serve) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"a"
        yield b"b"

    server = serve(UNAVAILABLE)
    client = Client("async", server.url)
    with pytest.raises(rt.InternalServerError):
        await client.send(UPLOAD, rt.Arguments(body=pieces()))
    await client.close()
    assert [request.body for request in server.requests] == [b"ab"]
    for_threads = Client("sync", server.url)
    with pytest.raises(ValueError, match="only be sent by the asynchronous client"):
        await for_threads.send(UPLOAD, rt.Arguments(body=pieces()))
    await for_threads.close()
    assert len(server.requests) == 1


async def test_paths_and_named_files_are_uploaded(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"from disk")
    server = serve(NO_CONTENT)
    async with connect(server) as client:
        await client.send(UPLOAD, rt.Arguments(body=path))
        await client.send(UPLOAD, rt.Arguments(body=("b.txt", b"named")))
        await client.send(FORM, rt.Arguments(body={"file": path, "note": "n", "n": [1, 2]}))
    first, second, third = server.requests
    assert (first.body, second.body) == (b"from disk", b"named")
    assert third.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="file"; filename="a.txt"' in third.body
    assert b"from disk" in third.body
    assert third.body.count(b'name="n"') == 2


# Arguments and options.


async def test_options_add_to_the_request(serve: Serve, connect: Connect) -> None:
    server = serve(OK)
    async with connect(server) as client:
        await client.send(
            CREATE,
            rt.Arguments(body={"a": 1}, header={"X-A": "1", "X-B": rt.UNSET}, cookie={"c": "1"}),
            extra_headers={"X-A": "2", "Authorization": "mine"},
            extra_query={"q": ["x", "y"]},
            extra_body={"b": 2},
        )
    request = server.requests[0]
    assert request.target == "/replies?q=x&q=y"
    assert request.headers["x-a"] == "2"
    assert "x-b" not in request.headers
    assert request.headers["authorization"] == "mine"
    assert request.headers["cookie"] == "c=1"
    assert request.body == b'{"a":1,"b":2}'


async def test_a_query_in_the_path_is_kept(serve: Serve, connect: Connect) -> None:
    server = serve(OK)
    operation = rt.Operation[Reply]("GET", "/x?beta=true", returns=REPLY.returns)
    async with connect(server) as client:
        await client.send(operation, rt.Arguments(query={"a": 1}))
    assert server.requests[0].target == "/x?beta=true&a=1"


async def test_an_operation_may_be_served_elsewhere(serve: Serve, connect: Connect) -> None:
    server, other = serve(OK), serve(OK)
    elsewhere = rt.Server(f"{other.url}/v2/")
    operation = rt.Operation[Reply]("GET", "/x", returns=REPLY.returns, servers=(elsewhere,))
    async with connect(server) as client:
        await client.send(operation)
    assert other.requests[0].target == "/v2/x"


async def test_a_call_may_go_elsewhere(serve: Serve, connect: Connect) -> None:
    server, other = serve(OK), serve(OK)
    async with connect(server) as client:
        await client.send(REPLY, ID, base_url=f"{other.url}/v3/")
        with pytest.raises(ValueError, match="has to begin with https"):
            await client.send(REPLY, ID, base_url="ftp://a.example")
    assert other.requests[0].target == "/v3/replies/1"


@pytest.mark.parametrize(
    "arguments",
    [
        rt.Arguments(path={"id": ""}),
        rt.Arguments(path={"id": ".."}),
        rt.Arguments(path={"id": rt.UNSET}),
        rt.Arguments(path={"id": "x" * 70_000}),
        rt.Arguments(path={"id": "1"}, header={"X": "a\r\nEvil: 1"}),
        rt.Arguments(path={"id": "1"}, header={"X\r\nEvil": "1"}),
    ],
)
async def test_arguments_that_cannot_be_sent_are_refused_before_anything_is_sent(
    serve: Serve, connect: Connect, arguments: rt.Arguments
) -> None:
    server = serve(OK)
    async with connect(server) as client:
        with pytest.raises(ValueError, match=r"."):
            await client.send(REPLY, arguments)
    assert server.total == 0


async def test_cookies_of_the_server_do_not_displace_those_of_the_call(
    serve: Serve, connect: Connect
) -> None:
    cookies = "Set-Cookie: s=1\r\nSet-Cookie: session=theirs"
    server = serve(answer(b'{"id":"1"}', "200 OK", "application/json", cookies))
    scheme = rt.Scheme("token", "key", place="cookie", key="session")
    async with connect(server, schemes=(scheme,)) as client:
        await client.send(REPLY, ID)
        await client.send(REPLY, ID)
    first, second = (request.headers["cookie"] for request in server.requests)
    assert (first, second) == (f"session={TOKEN}", f"s=1; session={TOKEN}")


@pytest.mark.parametrize("base_url", [None, "", "example.com", "ftp://x", "http://x:port"])
async def test_a_base_url_that_is_none_is_refused(base_url: str | None) -> None:
    with pytest.raises(ValueError, match="base_url"):
        rt.Transport(
            rt.Api("parley", "1"),
            credentials={},
            base_url=base_url,
        )


# Credentials.

PLACES: Final = {
    "bearer": rt.Scheme("token", "bearer"),
    "basic": rt.Scheme("token", "basic"),
    "header": rt.Scheme("token", "key", place="header", key="X-Parley"),
    "query": rt.Scheme("token", "key", place="query", key="parley"),
    "cookie": rt.Scheme("token", "key", place="cookie", key="sid"),
}
FAILURES: Final[dict[str, Script]] = {
    "status": answer(f'{{"message":"wrong key {TOKEN}"}}'.encode(), "401 Unauthorized"),
    "redirect": answer(b"", "302 Found", "text/plain", "Location: /elsewhere"),
    "unexpected": answer(f"<html>wrong key {TOKEN}".encode(), media_type="text/html"),
    "reset": [Reset()],
    "silence": [Pause(1)],
    "broken stream": [stream_head(), chunk(f"event: {TOKEN}\ndata: {{oops\n\n".encode()), Reset()],
    "lost stream": [stream_head(), Reset()],
    "truncated stream": [head("200 OK", "text/event-stream"), Fin()],
    "error event": [stream_head(), chunk(f"event: error\ndata: {TOKEN}\n\n".encode()), Hold()],
}


@pytest.mark.parametrize("scheme", PLACES.values(), ids=PLACES.keys())
@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
async def test_no_error_shows_a_credential(
    serve: Serve, connect: Connect, scheme: rt.Scheme, failure: Script
) -> None:
    server = serve(failure)
    secret: Any = ("user", TOKEN) if scheme.kind == "basic" else TOKEN
    stream = rt.StreamOperation[Any](
        "POST", "/", events=rt.Payloads(lambda: Any, sentinel="[DONE]")
    )
    settings = {"schemes": (scheme,), "credentials": {"token": secret}, "max_retries": 0}
    async with connect(server, timeout=0.3, **settings) as client:

        async def call() -> None:
            async with await client.stream(stream) as items:
                await items.collect()

        with pytest.raises(rt.APIError) as caught:
            await call()
        shown = _everything_shown(caught.value)
    carried = server.requests[0].raw.decode()
    hidden = [TOKEN, "dXNlcjpzay1zZWNyZXQtNGYxZA=="]
    assert any(secret in carried for secret in hidden)
    assert not any(secret in shown for secret in hidden)
    assert TOKEN not in repr(client.transport)


def _everything_shown(error: rt.APIError) -> str:
    parts: list[object] = [repr(error), *traceback.format_exception(error)]
    causes: list[Any] = [error, error.__cause__, error.__context__]
    for request in [getattr(cause, "_request", None) for cause in causes] + [error.request]:
        if request is not None:
            parts += [request, request.url, request.headers.raw, vars(request)]
    if response := error.response:
        parts += [response, response.headers.raw, response.request.headers.raw]
        parts += [response.request.url, response.next_request, response.history]
    return "\n".join(str(part) for part in parts)


async def test_an_argument_that_there_is_none_of_is_refused_before_anything_is_sent(
    serve: Serve, connect: Connect
) -> None:
    server = serve()
    async with connect(server) as client:
        for call in (
            client.send(DELETE, max_retry=5),
            client.stream(rt.StreamOperation[Any]("GET", "/s", events=rt.RawEvents()), max_retry=5),
        ):
            with pytest.raises(TypeError, match=r"^unexpected keyword argument 'max_retry' \("):
                await call
        assert server.requests == []
        known = "arguments are token, base_url, http_client; options are lenient,"
        with pytest.raises(TypeError, match=rf"'extra_body' \({known}"):  # of calls alone
            Client(client.kind, server.url, extra_body={})


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"on_unknown_event": "ignore"}, "'ignore', and can be one of give, skip, raise"),
        ({"on_decode_error": "give"}, "'give', and can be one of raise, skip"),
        ({"max_retries": "2"}, "'2': a whole number, 0 or more"),
        ({"max_retries": -1}, "-1: a whole number, 0 or more"),
        ({"max_retries": True}, "True: a whole number, 0 or more"),
        ({"max_event_bytes": 0}, "0: a whole number, 1 or more"),
        ({"timeout": "long"}, "'long': seconds to wait, more than 0, or None"),
        ({"timeout": -1}, "-1: seconds to wait, more than 0, or None"),
    ],
)
async def test_an_option_that_says_nothing_is_refused_before_anything_is_sent(
    serve: Serve, connect: Connect, option: dict[str, Any], message: str
) -> None:
    server = serve()
    (name,) = option
    async with connect(server) as client:
        with pytest.raises(ValueError, match=f"^{name} is {message}$"):
            await client.send(DELETE, **option)
        with pytest.raises(ValueError, match=f"^{name} is {message}$"):
            Client(client.kind, server.url, **option)
    assert server.requests == []


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"extra_headers": None}, "NoneType, and has to be a mapping"),
        ({"extra_headers": [("Authorization", TOKEN)]}, "list, and has to be a mapping"),
        ({"extra_query": "page=2"}, "str, and has to be a mapping"),
        ({"extra_body": [1]}, "list, and has to be a mapping"),
        ({"on_response": "print"}, "str, and has to be a function"),
        ({"on_resume": 1}, "int, and has to be a function"),
        ({"lenient": "no"}, "str, and has to be True or False"),
    ],
)
async def test_an_option_of_another_type_is_refused_and_not_shown(
    serve: Serve, connect: Connect, option: dict[str, Any], message: str
) -> None:
    server = serve()
    (name,) = option
    async with connect(server) as client:
        with pytest.raises(TypeError, match=f"^{name} is of type {message}$"):
            await client.send(DELETE, **option)
    assert server.requests == []


@pytest.mark.parametrize("end", ["\n", "\x00", "é", "\u201d"])
async def test_a_header_of_a_call_that_cannot_be_sent_is_refused_and_not_shown(
    serve: Serve, connect: Connect, end: str
) -> None:
    server = serve()
    async with connect(server) as client:
        with pytest.raises(ValueError, match="'Authorization' has the character U") as caught:
            await client.send(DELETE, extra_headers={"Authorization": f"Bearer {TOKEN}{end}"})
    assert server.requests == []
    assert TOKEN not in repr([caught.value, caught.value.__cause__, caught.value.__context__])


async def test_no_log_has_a_credential(
    serve: Serve, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    scheme = rt.Scheme("token", "key", place="query", key="key")
    server = serve(answer(b"[]"))
    async with connect(server, schemes=(scheme,), credentials={"token": TOKEN}) as client:
        await client.send(rt.Operation[Any]("GET", "/s", (rt.json("200", lambda: Any),)))
    assert server.requests[0].target == f"/s?key={TOKEN}"
    assert "HTTP Request: GET" in caplog.text
    assert TOKEN not in caplog.text


def test_threads_that_come_together_share_one_http_client(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []

    def slowly(**options: Any) -> httpx.Client:
        time.sleep(0.05)
        made.append(real(**options))
        return made[-1]

    real = httpx.Client
    monkeypatch.setattr(httpx, "Client", slowly)
    transport = Client("sync", "http://nowhere").transport
    together = [threading.Thread(target=lambda: transport.client) for _ in range(4)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert made == [transport.client]
    transport.close()


FORKED = """
import os, sys
sys.path[:0] = sys.argv[2:]
from runtime.test_transport import REPLY, Client, rt

transport = Client("sync", sys.argv[1]).transport
call = lambda: transport.send(REPLY, rt.Arguments(path={"id": "1"}))
call()
transport._making.acquire()  # as by another thread, which is not there after the fork
child = os.fork()
if child == 0:
    os._exit(0 if call().id == "1" else 1)
_, status = os.waitpid(child, 0)
transport._making.release()
call()
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork processes")
def test_processes_that_are_forked_have_connections_of_their_own(serve: Serve) -> None:
    server = serve(OK)
    command = [sys.executable, "-c", FORKED, server.url, *sys.path]
    assert subprocess.run(command, timeout=PATIENCE, check=False).returncode == 0
    assert [request.connection for request in server.requests] == [1, 2, 1]


def test_an_http_client_of_the_other_kind_is_refused_at_once() -> None:
    settings: dict[str, Any] = {"credentials": {}, "base_url": "http://127.0.0.1:1"}
    api = rt.Api("parley", "1", ())
    with pytest.raises(
        TypeError, match=r"is a httpx\.\w*AsyncClient, .* an httpx\.Client: .* threads"
    ):
        rt.Transport(api, http_client=httpx.AsyncClient(), **settings)  # type: ignore[arg-type]
    with (
        httpx.Client() as other,
        pytest.raises(TypeError, match=r"an httpx\.AsyncClient: .* loops"),
    ):
        rt.AsyncTransport(api, http_client=other, **settings)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"http_client is a builtins\.object, and has to be"):
        rt.Transport(api, http_client=object(), **settings)  # type: ignore[arg-type]


def test_cookies_of_the_http_client_go_with_those_of_the_call(serve: Serve) -> None:
    server = serve(OK, OK)
    with httpx.Client(cookies={"mine": "1", "sid": "old"}) as http:
        transport = Client("sync", server.url, http_client=http).transport
        transport.send(REPLY, rt.Arguments(path={"id": "1"}, cookie={"sid": "new"}))
        extra = {"Cookie": "only=1"}
        transport.send(REPLY, rt.Arguments(path={"id": "1"}), extra_headers=extra)
    with_own, alone = (request.headers["cookie"] for request in server.requests)
    assert (with_own, alone) == ("mine=1; sid=new", "only=1")
