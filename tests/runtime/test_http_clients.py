"""The HTTP client behind a client: its own, or one that was passed in."""

from __future__ import annotations

import asyncio
import threading
import traceback
from collections.abc import Callable, Generator
from typing import Any, Final

import httpx
import pytest
from fastapi import FastAPI

import sdkgen_runtime as rt
from runtime.clients import TOKEN, Client, Kind
from sdkgen_runtime import retry
from servers.scripted import (
    PATIENCE,
    Hold,
    Pause,
    Script,
    ScriptedServer,
    answer,
    chunk,
    stream,
    stream_head,
)
from servers.uvicorn_server import running

pytestmark = pytest.mark.anyio

Serve = Callable[..., ScriptedServer]
Connect = Callable[..., Any]

OK: Final = answer(b"1")
HELD: Final[Script] = [stream_head(), chunk(b"data: 1\n\n"), Hold()]
COUNT: Final = rt.Operation[int]("GET", "/count?v=1", returns=(rt.json("200", lambda: int),))
TICKS: Final = rt.StreamOperation[int]("GET", "/ticks", events=rt.Payloads(lambda: int))


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> Kind:
    kind: Kind = request.param
    return kind


def http_client(kind: Kind, **settings: Any) -> Any:
    return httpx.Client(**settings) if kind == "sync" else httpx.AsyncClient(**settings)


async def close(http: Any) -> None:
    http.close() if isinstance(http, httpx.Client) else await http.aclose()


async def test_parameters_of_the_http_client_go_beside_those_of_the_call(
    serve: Serve, kind: Kind
) -> None:
    server = serve(OK)
    http = http_client(kind, params={"trace": "a b", "limit": "9"})
    client = Client(kind, server.url, http_client=http)
    arguments = rt.Arguments(query={"limit": 2})
    assert await client.send(COUNT, arguments, extra_query={"z": "ü"}) == 1
    await close(http)
    assert server.requests[0].target == "/count?v=1&limit=2&z=%C3%BC&trace=a+b"


async def test_the_error_of_an_answer_that_was_there_as_a_whole_has_its_text(kind: Kind) -> None:
    said = "é".encode("latin-1")
    respond = httpx.MockTransport(lambda _: httpx.Response(404, content=said))
    http = http_client(kind, transport=respond, default_encoding="latin-1")
    with pytest.raises(rt.NotFoundError) as caught:
        await Client(kind, "http://memory", http_client=http).send(COUNT, rt.Arguments())
    await close(http)
    assert caught.value.response is not None
    assert caught.value.response.text == "é"


async def test_variables_of_a_server_choose_it_though_the_http_client_has_a_base_url(
    kind: Kind,
) -> None:
    http = http_client(kind, base_url="https://mine.example/v2")
    region = rt.Variable("region", "us", ("us", "eu"))
    api = rt.Api("parley", "1", (rt.Server("https://{region}.example", "", (region,)),))
    made: Any = rt.Transport if kind == "sync" else rt.AsyncTransport
    settings = {"credentials": {}, "base_url": None, "http_client": http}
    assert "https://eu.example" in repr(made(api, variables={"region": "eu"}, **settings))
    assert "https://mine.example/v2" in repr(made(api, variables={"region": None}, **settings))
    await close(http)


@pytest.mark.parametrize(
    ("base_url", "server", "expected"),
    [
        (None, None, "https://mine.example/v2/count?v=1"),
        ("https://given.example/v3", None, "https://given.example/v3/count?v=1"),
        (None, "eu", "https://eu.example/count?v=1"),
    ],
)
async def test_the_base_url_of_the_http_client_counts_where_no_other_is_chosen(
    kind: Kind, base_url: str | None, server: str | None, expected: str
) -> None:
    asked: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=1)

    transport = httpx.MockTransport(respond)
    http = http_client(kind, transport=transport, base_url="https://mine.example/v2")
    api = rt.Api(
        "parley", "1", (rt.Server("https://us.example"), rt.Server("https://eu.example", "eu"))
    )
    made: Any = rt.Transport if kind == "sync" else rt.AsyncTransport
    client = made(api, credentials={}, base_url=base_url, server=server, http_client=http)
    sent = client.send(COUNT, rt.Arguments())
    assert (sent if kind == "sync" else await sent) == 1
    await close(http)
    assert str(asked[0].url) == expected


@pytest.mark.parametrize(
    ("own", "options", "read"),
    [(2.5, {}, 2.5), (None, {}, None), (2.5, {"timeout": 7}, 7), (5.0, {}, 600.0)],
    ids=["its own", "none at all", "an option goes before it", "that of httpx is no choice"],
)
async def test_an_http_client_with_a_timeout_keeps_it(
    serve: Serve, kind: Kind, own: float | None, options: dict[str, Any], read: float | None
) -> None:
    seen: list[float | None] = []

    def note(request: httpx.Request) -> None:
        seen.append(request.extensions["timeout"]["read"])

    async def note_in_a_loop(request: httpx.Request) -> None:
        note(request)

    hooks = {"request": [note if kind == "sync" else note_in_a_loop]}
    http = http_client(kind, timeout=own, event_hooks=hooks)
    api = rt.Api("parley", "1", (rt.Server(serve(OK).url),))
    made: Any = rt.Transport if kind == "sync" else rt.AsyncTransport
    transport = made(api, credentials={}, base_url=None, http_client=http, **options)
    sent = transport.send(COUNT, rt.Arguments())
    assert (sent if kind == "sync" else await sent) == 1
    await close(http)
    assert seen == [read]


async def test_a_stream_that_a_hook_of_the_http_client_has_read_is_given_all_the_same(
    serve: Serve, kind: Kind
) -> None:
    async def read_in_a_loop(response: httpx.Response) -> None:
        await response.aread()

    hooks = {"response": [httpx.Response.read if kind == "sync" else read_in_a_loop]}
    http = http_client(kind, event_hooks=hooks)
    client = Client(kind, serve(stream(b"data: 1\n\n", b"data: 2\n\n")).url, http_client=http)
    async with await client.stream(TICKS) as ticks:
        assert await ticks.collect() == [1, 2]
    await close(http)


class _Key(httpx.Auth):
    """A program's own way to authenticate requests."""

    def __init__(self, value: str) -> None:
        self._value = value

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["X-Api-Key"] = self._value
        yield request


@pytest.mark.parametrize("place", ["headers", "auth"])
@pytest.mark.parametrize("value", ["{}\n", "{}\x00", "'{}' \"{}\"\r\n"])
async def test_a_header_that_the_http_library_refuses_is_not_shown(
    serve: Serve, kind: Kind, value: str, place: str
) -> None:
    key = value.format(TOKEN, TOKEN)
    own: Any = {"X-Api-Key": key} if place == "headers" else _Key(key)
    http = http_client(kind, **{place: own})
    client = Client(kind, serve().url, http_client=http, credentials={})
    refused = r"^The request to 127\.0\.0\.1 cannot be sent: Illegal header value \*\*\*$"
    with pytest.raises(rt.APIConnectionError, match=refused) as caught:
        await client.send(COUNT)
    await close(http)
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


async def test_without_a_free_connection_a_call_says_so_and_is_not_tried_again(
    serve: Serve, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry.Tries, "after_failure", lambda _: pytest.fail("tried again"))
    http = http_client(kind, limits=httpx.Limits(max_connections=1))
    client = Client(
        kind,
        serve(HELD).url,
        http_client=http,
        timeout=rt.Timeout(pool=0.05),
    )
    async with await client.stream(TICKS) as held:
        assert await anext(held) == 1
        with pytest.raises(rt.APITimeoutError, match="connections of this client are in use"):
            await client.send(COUNT)
    await close(http)


async def test_a_server_that_does_not_speak_tls_is_not_asked_again(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry.Tries, "after_failure", lambda _: pytest.fail("tried again"))
    with running(FastAPI()) as url:
        client = Client(kind, url.replace("http", "HTTPS"))
        with pytest.raises(rt.APIConnectionError, match="SSL"):
            await client.send(COUNT)
        await client.close()


async def test_more_streams_are_open_at_once_than_httpx_has_connections_by_default(
    serve: Serve, connect: Connect
) -> None:
    server = serve(HELD)
    async with connect(server, timeout=rt.Timeout(pool=0.05), max_retries=0) as client:
        opened = [await client.stream(TICKS) for _ in range(101)]
        assert [await anext(one) for one in opened] == [1] * 101
        for one in opened:
            await one.close()


async def test_a_client_that_was_closed_before_its_first_call_is_closed(
    serve: Serve, connect: Connect
) -> None:
    server = serve(OK)
    async with connect(server) as client:
        await client.close()
        with pytest.raises(RuntimeError, match="closed"):
            await client.send(COUNT)
    assert server.total == 0


def test_event_loops_of_several_threads_wait_for_a_token_each(serve: Serve) -> None:
    # The one answer is that of the token endpoint and of the API.
    server = serve([Pause(0.2), *answer(b'{"access_token":"t"}')])
    scheme = rt.Scheme("o", "bearer", grant=rt.ClientCredentials(f"{server.url}/token"))
    api = rt.Api("parley", "1", (rt.Server(server.url),), schemes=(scheme,))
    transport = rt.AsyncTransport(
        api, credentials={"o": rt.OAuth(None, "me", "secret")}, base_url=None
    )
    who = rt.Operation[dict[str, str]](
        "GET", "/me", returns=(rt.json("200", lambda: dict[str, str]),), security=(("o",),)
    )
    found: list[dict[str, str]] = []

    async def ask() -> None:
        found.append(await transport.send(who, rt.Arguments()))
        await transport.aclose()  # the connections of this loop

    threads = [threading.Thread(target=lambda: asyncio.run(ask()), daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert found == [{"access_token": "t"}] * 3


async def test_who_reads_while_the_client_is_closed_is_told_of_that(serve: Serve) -> None:
    server = serve(HELD)
    client = Client("sync", server.url)
    opened = await client.stream(TICKS)
    assert await anext(opened) == 1
    closes = threading.Timer(0.1, client.transport.close)
    closes.start()
    with pytest.raises(rt.StreamInterruptedError, match=r"^The client was closed, after 1 events"):
        await anext(opened)
    closes.join()


async def test_a_method_is_sent_as_the_document_spells_it(kind: Kind) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=len(request.method) if request.method == "linkUp" else 0)

    http = http_client(kind, transport=httpx.MockTransport(respond))
    operation = rt.Operation[int]("linkUp", "/a", returns=(rt.json("200", lambda: int),))
    assert await Client(kind, "http://memory", http_client=http).send(operation) == 6
    await close(http)
