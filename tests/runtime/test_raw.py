"""An answer as it came: status, headers, request id; and headers read as types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final, Literal

import httpx
import pydantic
import pytest

import sdkgen_runtime as rt
from runtime.clients import TOKEN, connected
from servers.scripted import Hold, ScriptedServer, answer, stream, stream_head

pytestmark = pytest.mark.anyio

Serve = Callable[..., ScriptedServer]
Connect = Callable[..., Any]


class Reply(pydantic.BaseModel):
    n: int


REPLY: Final = rt.Operation[Reply]("GET", "/reply", returns=(rt.json("200", lambda: Reply),))
PIECES: Final = rt.StreamOperation[Reply]("GET", "/pieces", events=rt.Payloads(lambda: Reply))


async def test_an_answer_has_status_headers_and_request_id(serve: Serve, connect: Connect) -> None:
    script = answer(b'{"n":1}', "203 Nearly", "application/json", "X-Request-Id: r1", "X-Total: 7")
    operation = rt.Operation[Reply]("GET", "/", returns=(rt.json("2XX", lambda: Reply),))
    async with connect(serve(script)) as client:
        raw = await rt.async_raw(client.send, operation)
    assert raw.parsed == Reply(n=1)
    assert (raw.status_code, raw.request_id, raw.headers["x-total"]) == (203, "r1", "7")
    assert TOKEN not in repr(raw.response.request.headers)


async def test_an_error_is_raised_all_the_same(serve: Serve, connect: Connect) -> None:
    seen: list[httpx.Response] = []
    async with connect(serve(answer(b"{}", "404 Not Found"))) as client:
        with pytest.raises(rt.NotFoundError):
            await client.send(REPLY, on_response=seen.append)
    assert seen == []


async def test_an_answer_that_does_not_fit_was_there_all_the_same(
    serve: Serve, connect: Connect
) -> None:
    seen: list[httpx.Response] = []
    async with connect(serve(answer(b'{"n":"x"}'))) as client:
        with pytest.raises(rt.APIResponseValidationError):
            await client.send(REPLY, on_response=seen.append)
    assert [one.status_code for one in seen] == [200]


async def test_a_stream_has_its_response_itself(serve: Serve, connect: Connect) -> None:
    async with connect(serve(stream(b'data: {"n":1}\n\n', fields=["X-Total: 7"]))) as client:
        raw = await rt.async_raw(client.stream, PIECES)
        assert raw.header("X-Total", int) == 7
        assert await raw.parsed.collect() == [Reply(n=1)]


HEADERS: Final = httpx.Headers(
    {"X-Total": "7", "X-Last": "true", "X-At": "2026-01-02T03:04:05Z", "X-Ids": "1, 2,3"}
)
RAW: Final = rt.RawResponse(
    None, httpx.Response(200, headers=HEADERS, request=httpx.Request("GET", "http://a"))
)


@pytest.mark.parametrize(
    ("name", "type_", "value"),
    [
        ("x-total", int, 7),
        ("X-Total", str, "7"),
        ("X-Last", bool, True),
        ("X-At", dt.datetime, dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)),
        ("X-Ids", list[int], [1, 2, 3]),
        ("X-Total", Literal["7", "8"], "7"),
        ("X-None", int, None),
    ],
)
def test_headers_are_read_as_types(name: str, type_: Any, value: object) -> None:
    assert RAW.header(name, type_) == value


def test_a_header_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(rt.APIResponseValidationError, match="X-At") as raised:
        RAW.header("X-At", int)
    assert raised.value.body == "2026-01-02T03:04:05Z"


def test_a_method_for_threads_is_not_waited_for() -> None:
    def method(n: int, *, on_response: Callable[[httpx.Response], object]) -> int:
        on_response(RAW.response)
        return n

    method_of_a_client: Callable[[int], int] = method  # type: ignore[assignment]
    raw = rt.raw(method_of_a_client, 3)
    assert (raw.parsed, raw.response) == (3, RAW.response)


async def test_a_method_of_the_other_kind_of_client_is_refused(
    serve: Serve, connect: Connect
) -> None:
    server = serve(answer(b'{"n":1}'), stream(b'data: {"n":1}\n\n'))
    async with connect(server) as client:
        methods = client.transport
        for method, operation in [(methods.send, REPLY), (methods.stream, PIECES)]:
            if client.kind == "async":
                with pytest.raises(TypeError, match=r"is to be awaited: use `await async_raw\("):
                    rt.raw(method, operation, rt.Arguments())
            else:
                with pytest.raises(TypeError, match=r"is not to be awaited: use `raw\("):
                    await rt.async_raw(method, operation, rt.Arguments())
        if client.kind == "async":
            with pytest.raises(TypeError, match=r"`AsyncTransport\.open_stream` is to be awaited"):
                rt.raw(methods.open_stream, PIECES, rt.Arguments())
            assert server.total == 0
        else:
            server.wait_until_released()


async def test_a_hook_of_the_caller_s_sees_the_response_too(serve: Serve, connect: Connect) -> None:
    seen: list[httpx.Response] = []
    async with connect(serve(answer(b'{"n":1}'))) as client:
        raw = await rt.async_raw(client.send, REPLY, on_response=seen.append)
    assert seen == [raw.response]


async def test_a_hook_sees_the_response_of_a_stream_before_it_is_read(
    serve: Serve, connect: Connect
) -> None:
    seen: list[httpx.Response] = []
    async with connect(serve(stream(b'data: {"n":1}\n\n'))) as client:
        opened = await client.stream(PIECES, on_response=seen.append)
        assert (seen, seen[0].is_stream_consumed) == ([opened.response], False)
        assert TOKEN not in repr(seen[0].request.headers)
        assert await opened.collect() == [Reply(n=1)]


async def test_what_a_hook_gives_is_awaited_in_an_event_loop(serve: Serve) -> None:
    seen: list[httpx.Response] = []

    async def hook(response: httpx.Response) -> None:
        seen.append(response)

    async with connected("async", serve(answer(b'{"n":1}'))) as client:
        await client.send(REPLY, on_response=hook)
    assert [one.status_code for one in seen] == [200]


async def test_a_hook_that_fails_leaves_no_connection_behind(
    serve: Serve, connect: Connect
) -> None:
    def hook(response: httpx.Response) -> None:
        raise LookupError(str(response.status_code))

    server = serve([stream_head(), Hold()])
    async with connect(server) as client:
        with pytest.raises(LookupError, match="200"):
            await client.stream(PIECES, on_response=hook)
        server.wait_until_released()
