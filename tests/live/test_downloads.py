"""Generated methods of binary answers: read bit by bit, to a file, and never kept as a whole."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from servers.uvicorn_server import running

CONTENT: Final = bytes(range(256)) * 1024
PIECE: Final = 10_000


async def file(request: Request) -> Response:
    """A file in pieces; or text, JSON that nobody declared, or no file at all."""
    match request.path_params["id"]:
        case "text":
            return PlainTextResponse("Plain.")
        case "json":
            return JSONResponse({"id": "json"})
        case "none":
            return JSONResponse({"message": "no such file"}, 404)
    pieces = (CONTENT[at : at + PIECE] for at in range(0, len(CONTENT), PIECE))
    return StreamingResponse(
        pieces,
        media_type="application/octet-stream",
        headers={"X-Request-Id": "r1", "X-Size": str(len(CONTENT))},
    )


async def preview(request: Request) -> Response:
    """A picture, that it is not ready yet, none, or a lie; nothing of it without being asked."""
    assert request.headers["accept"] == "image/png, text/plain, application/json"
    match request.path_params["id"]:
        case "later":
            return JSONResponse({"state": "queued"}, 202)
        case "none":
            return Response(status_code=204)
        case "wrong":
            return JSONResponse({"size": "big"}, 202)
        case "cut":
            return Response(b"{", 202, {"Content-Length": "2"}, "application/json")
    return Response(CONTENT, media_type="image/png")


async def asked(request: Request) -> Response:
    """What was asked for, and nothing else."""
    match request.headers["accept"]:
        case "application/json":
            return JSONResponse({"size": 3})
        case "audio/wav":
            return Response(b"sound", media_type="audio/wav")
    return Response(status_code=406)


ROUTES: Final = [
    Route("/files/{id}/preview", preview),
    Route("/files/{id}/details", asked),
    Route("/files/{id}/sample", asked),
    Route("/files/{id:path}", file),
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(Starlette(routes=ROUTES)) as url:
        yield url


@pytest.fixture
def wire(sdk: Callable[[str], ModuleType]) -> ModuleType:
    return sdk("wire/openapi.yaml")


def in_a_loop(wire: ModuleType, url: str, use: Callable[[Any], Awaitable[Any]]) -> Any:
    """What comes of using a client for event loops."""

    async def main() -> Any:
        async with wire.AsyncWire(base_url=url) as client:
            return await use(client)

    return asyncio.run(main())


def test_a_file_is_written(wire: ModuleType, url: str, tmp_path: Path) -> None:
    with wire.Wire(base_url=url) as client, client.files.content("a/b") as answer:
        answer.write_to(tmp_path / "file.bin")
    assert (tmp_path / "file.bin").read_bytes() == CONTENT


def test_a_file_is_written_by_an_event_loop(wire: ModuleType, url: str, tmp_path: Path) -> None:
    async def write(client: Any) -> None:
        async with await client.files.content("1") as answer:
            await answer.write_to(tmp_path / "file.bin")

    in_a_loop(wire, url, write)
    assert (tmp_path / "file.bin").read_bytes() == CONTENT


def test_it_comes_in_pieces(wire: ModuleType, url: str) -> None:
    with wire.Wire(base_url=url) as client, client.files.content("1") as answer:
        assert not answer.response.is_stream_consumed
        pieces = list(answer)
    assert (b"".join(pieces), len(pieces) > 1) == (CONTENT, True)


def test_it_comes_in_pieces_in_an_event_loop(wire: ModuleType, url: str) -> None:
    async def read(client: Any) -> list[bytes]:
        async with await client.files.content("1") as answer:
            assert not answer.response.is_stream_consumed
            return [piece async for piece in answer]

    pieces = in_a_loop(wire, url, read)
    assert (b"".join(pieces), len(pieces) > 1) == (CONTENT, True)


def test_text_is_bytes_here_too(wire: ModuleType, url: str) -> None:
    with wire.Wire(base_url=url) as client:
        assert client.files.content("text").read() == b"Plain."

    async def read(client: Any) -> bytes:
        answer = await client.files.content("text")
        found: bytes = await answer.read()
        return found

    assert in_a_loop(wire, url, read) == b"Plain."


@pytest.mark.parametrize(
    ("name", "error"), [("json", "APIResponseValidationError"), ("none", "NotFoundError")]
)
def test_another_answer_is_an_error_of_the_call(
    wire: ModuleType, url: str, name: str, error: str
) -> None:
    with wire.Wire(base_url=url) as client, pytest.raises(getattr(wire, error)):
        client.files.content(name)
    with pytest.raises(getattr(wire, error)):
        in_a_loop(wire, url, lambda client: client.files.content(name))


def test_where_the_server_decides_what_is_no_bytes_is_a_value(wire: ModuleType, url: str) -> None:
    with wire.Wire(base_url=url) as client:
        with client.files.preview("1") as answer:
            assert not answer.response.is_stream_consumed
            assert answer.read() == CONTENT
        assert client.files.preview("later") == wire.models.Job(state="queued")
        assert client.files.preview("none") is None
        raw = wire.raw(client.files.preview, "later")
        assert (raw.status_code, raw.parsed.state) == (202, "queued")


def test_where_the_server_decides_an_event_loop_has_values_too(wire: ModuleType, url: str) -> None:
    async def read(client: Any) -> list[Any]:
        async with await client.files.preview("1") as answer:
            assert not answer.response.is_stream_consumed
            found = await answer.read()
        raw = await wire.async_raw(client.files.preview, "later")
        return [found, raw.parsed, await client.files.preview("none")]

    assert in_a_loop(wire, url, read) == [CONTENT, wire.models.Job(state="queued"), None]


@pytest.mark.parametrize(
    ("name", "error"), [("wrong", "APIResponseValidationError"), ("cut", "APIConnectionError")]
)
def test_a_value_beside_bytes_is_read_in_the_call(
    wire: ModuleType, url: str, name: str, error: str
) -> None:
    with wire.Wire(base_url=url) as client, pytest.raises(getattr(wire, error)):
        client.files.preview(name, max_retries=0)
    with pytest.raises(getattr(wire, error)):
        in_a_loop(wire, url, lambda client: client.files.preview(name, max_retries=0))


def test_of_json_and_bytes_in_one_response_typed_json_is_asked_for(
    wire: ModuleType, url: str
) -> None:
    details = wire.models.Details(size=3)
    with wire.Wire(base_url=url) as client:
        assert client.files.details("1") == details
        assert client.files.sample("1").read() == b"sound"

    async def read(client: Any) -> list[Any]:
        return [await client.files.details("1"), await (await client.files.sample("1")).read()]

    assert in_a_loop(wire, url, read) == [details, b"sound"]


def test_its_headers_are_there_before_it_is_read(wire: ModuleType, url: str) -> None:
    with wire.Wire(base_url=url) as client:
        raw = wire.raw(client.files.content, "1")
        assert (raw.request_id, raw.header("X-Size", int)) == ("r1", len(CONTENT))
        assert raw.parsed.read() == CONTENT

    async def read(client: Any) -> Any:
        raw = await wire.async_raw(client.files.content, "1")
        return raw.request_id, raw.header("X-Size", int), await raw.parsed.read()

    assert in_a_loop(wire, url, read) == ("r1", len(CONTENT), CONTENT)
