"""Binary answers: read as they arrive, and released however that ends."""

from __future__ import annotations

import contextlib
import gc
import inspect
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Never

import anyio
import httpx
import pytest

import sdkgen_runtime as rt
from runtime.clients import TOKEN, Client, SlowToClose
from sdkgen_runtime import downloads, release
from servers.scripted import PATIENCE, Fin, Gate, Hold, Script, ScriptedServer, answer, chunk, head

pytestmark = pytest.mark.anyio

Serve = Callable[..., ScriptedServer]
Connect = Callable[..., Any]

FILE: Final = rt.Operation[Never](
    "GET", "/file", returns=(rt.binary("200"), rt.binary("206", "image/*"))
)
BINARY: Final = "application/octet-stream"
WHOLE: Final = answer(b"whole", "200 OK", BINARY)
CUT: Final[Script] = [head("200 OK", BINARY, "Content-Length: 10"), b"half", Fin()]


async def _download(client: Client, **options: Any) -> Any:
    return await _settled(client.transport.download(FILE, rt.Arguments(), **options))


async def _settled(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value


async def _pieces(client: Client, found: Any) -> list[bytes]:
    return list(found) if client.kind == "sync" else [piece async for piece in found]


def _files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def _mode(path: Path) -> int:
    return path.stat().st_mode


async def test_all_bytes_are_read_once_and_given_again(serve: Serve, connect: Connect) -> None:
    async with connect(serve(WHOLE)) as client:
        found = await _download(client)
        assert await _settled(found.read()) == b"whole"
        assert await _settled(found.read()) == b"whole"
        assert (found.status_code, found.headers["content-type"]) == (200, BINARY)
        assert repr(found) == f"<{type(found).__name__} [200] closed>"
        assert TOKEN not in str(found.response.request.headers)


async def test_nothing_is_read_before_it_is_asked_for(serve: Serve, connect: Connect) -> None:
    async with connect(serve(CUT)) as client:
        found = await _download(client)
        await _settled(found.close())
        with pytest.raises(ValueError, match="read or closed already"):
            await _settled(found.read())


async def test_the_pieces_come_in_a_loop(serve: Serve, connect: Connect) -> None:
    server = serve(
        [
            head("200 OK", BINARY, "Transfer-Encoding: chunked"),
            chunk(b"one"),
            chunk(b"two"),
            chunk(b""),
        ]
    )
    async with connect(server) as client:
        found = await _download(client)
        assert b"".join(await _pieces(client, found)) == b"onetwo"
        assert found.response.is_closed
        with pytest.raises(ValueError, match="read or closed already"):
            await _pieces(client, found)


async def test_a_file_is_written(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    async with connect(serve(WHOLE)) as client:
        found = await _download(client)
        await _settled(found.write_to(tmp_path / "file.bin"))
    assert _files(tmp_path) == {"file.bin": b"whole"}


async def test_a_file_is_there_as_a_whole_or_not_at_all(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    async with connect(serve(CUT)) as client:
        found = await _download(client)
        with pytest.raises(rt.APIConnectionError, match="lost after 4 bytes"):
            await _settled(found.write_to(tmp_path / "file.bin"))
        assert found.response.is_closed
    assert _files(tmp_path) == {}


@pytest.mark.parametrize("script", [WHOLE, CUT])
async def test_no_other_file_is_touched(
    serve: Serve, connect: Connect, tmp_path: Path, script: Script
) -> None:
    others = {"file.bin.part": b"mine", ".file.bin.part": b"mine"}
    for name, content in others.items():
        (tmp_path / name).write_bytes(content)
    async with connect(serve(script)) as client:
        found = await _download(client)
        with contextlib.suppress(rt.APIConnectionError):
            await _settled(found.write_to(tmp_path / "file.bin"))
    assert _files(tmp_path) == others | ({"file.bin": b"whole"} if script is WHOLE else {})


async def test_a_failure_leaves_the_file_that_was_there(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    (tmp_path / "file.bin").write_bytes(b"before")
    async with connect(serve(CUT)) as client:
        found = await _download(client)
        with pytest.raises(rt.APIConnectionError):
            await _settled(found.write_to(tmp_path / "file.bin"))
    assert _files(tmp_path) == {"file.bin": b"before"}


async def test_a_file_is_for_whom_other_new_files_are(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    (tmp_path / "other.bin").write_bytes(b"")
    async with connect(serve(WHOLE)) as client:
        found = await _download(client)
        await _settled(found.write_to(tmp_path / "file.bin"))
    assert _mode(tmp_path / "file.bin") == _mode(tmp_path / "other.bin")


async def test_a_file_may_have_the_longest_name(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    name = "n" * 255
    async with connect(serve(WHOLE)) as client:
        found = await _download(client)
        await _settled(found.write_to(tmp_path / name))
    assert _files(tmp_path) == {name: b"whole"}


async def test_a_file_that_cannot_be_written_releases_the_connection(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    async with connect(serve(WHOLE)) as client:
        found = await _download(client)
        with pytest.raises(FileNotFoundError):
            await _settled(found.write_to(tmp_path / "nowhere" / "file.bin"))
        assert found.response.is_closed


async def test_a_lost_connection_is_an_error_of_ours(serve: Serve, connect: Connect) -> None:
    async with connect(serve(CUT, CUT)) as client:
        with pytest.raises(rt.APIConnectionError, match="lost after 4 bytes") as caught:
            await _settled((await _download(client)).read())
        assert caught.value.request is not None
        with pytest.raises(rt.APIConnectionError):
            await _pieces(client, await _download(client))


async def test_leaving_the_block_releases_the_connection(serve: Serve, connect: Connect) -> None:
    async with connect(serve(WHOLE)) as client:
        found = await _download(client)
        if client.kind == "sync":
            with found:
                pass
        else:
            async with found:
                pass
        assert found.response.is_closed


async def test_an_answer_that_is_collected_warns_and_releases_the_connection(
    serve: Serve, connect: Connect
) -> None:
    server = serve([head("200 OK", BINARY, "Content-Length: 10"), b"half", Hold()])
    async with connect(server) as client:
        held = [await _download(client)]
        with pytest.warns(ResourceWarning, match="was left before its end"):
            held.clear()
        gc.collect()
        for _ in range(100):  # the loop does what a finalizer cannot
            await anyio.sleep(0.001)
        server.wait_until_released()


async def test_cancelling_does_not_cut_the_release_of_an_answer_short() -> None:
    body = SlowToClose()
    headers = {"content-type": BINARY}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, stream=body))
    async with httpx.AsyncClient(transport=transport) as http:
        found = await _download(Client("async", "http://x", http_client=http))
        with anyio.move_on_after(0.01):
            await found.read()
    assert body.closed


async def test_errors_and_what_is_not_declared_raise_in_the_call(
    serve: Serve, connect: Connect
) -> None:
    html = answer(b"<html>", "200 OK", "text/html")
    async with connect(serve(answer(b"{}", "404 Not Found"), html)) as client:
        with pytest.raises(rt.NotFoundError):
            await _download(client)
        with pytest.raises(rt.APIResponseValidationError, match="200 response of type text/html"):
            await _download(client)


async def test_what_is_closed_while_it_is_read_does_not_look_whole(
    serve: Serve, connect: Connect
) -> None:
    server = serve([head("200 OK", BINARY, "Content-Length: 10"), b"half", Hold()])
    async with connect(server) as client:
        found = await _download(client)
        pieces = found.iter_bytes()
        assert await _next(pieces) == b"half"
        await _settled(found.close())
        with pytest.raises((ValueError, rt.APIConnectionError)):
            await _next(pieces)


async def test_what_is_closed_when_all_of_it_has_come_is_whole(
    serve: Serve, connect: Connect
) -> None:
    async with connect(serve(WHOLE)) as client:
        found = await _download(client)
        pieces = found.iter_bytes()
        assert await _next(pieces) == b"whole"
        await _settled(found.close())
        assert await _rest(pieces) == []


@pytest.mark.parametrize("read", ["read", "write_to", "iter_bytes"])
def test_who_waits_for_bytes_is_told_that_another_thread_has_closed_the_answer(
    serve: Serve, tmp_path: Path, read: str
) -> None:
    server = serve([head("200 OK", BINARY, "Content-Length: 10"), b"half", Hold()])
    failures: list[BaseException] = []
    with httpx.Client() as http:
        found: Any = Client("sync", server.url, http_client=http).transport.download(
            FILE, rt.Arguments()
        )

        def wait() -> None:
            try:
                arguments = [tmp_path / "file"] if read == "write_to" else []
                for _ in getattr(found, read)(*arguments) or ():
                    pass
            except (ValueError, rt.APIError) as error:
                failures.append(error)

        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        while thread.is_alive() and not found.response.num_bytes_downloaded:
            time.sleep(0.001)
        found.close()
        thread.join(PATIENCE)
        assert not thread.is_alive()
    (failure,) = failures
    assert isinstance(failure, ValueError), repr(failure)
    assert str(failure) == "This answer has been read or closed already."
    assert _files(tmp_path) == {}


@pytest.mark.parametrize("read", ["read", "write_to", "iter_bytes"])
def test_the_end_of_a_connection_that_was_closed_is_not_that_of_the_answer(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: str
) -> None:
    """Where who reads sees the end before the response is closed, too."""
    server = serve([head("200 OK", BINARY, "Connection: close"), b"half", Hold()])
    failures: list[BaseException] = []

    def wait() -> None:
        arguments = [tmp_path / "file"] if read == "write_to" else []
        with pytest.raises(ValueError, match="read or closed already") as caught:
            [*getattr(found, read)(*arguments)]
        failures.append(caught.value)

    def last(response: httpx.Response) -> None:
        if threading.current_thread() is not thread:
            thread.join(PATIENCE)
        release.release(response)

    with httpx.Client() as http:
        found: Any = Client("sync", server.url, http_client=http).transport.download(
            FILE, rt.Arguments()
        )
        monkeypatch.setattr(downloads, "release", last)
        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        while thread.is_alive() and not found.response.num_bytes_downloaded:
            time.sleep(0.001)
        found.close()
    assert len(failures) == 1
    assert _files(tmp_path) == {}
    for again in (found.read, found.iter_bytes().__next__):
        with pytest.raises(ValueError, match="read or closed already"):
            again()


@pytest.mark.parametrize("coding", [[], ["Content-Encoding: identity"]])
def test_closing_what_has_just_come_to_its_end_cuts_no_other_call(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, coding: list[str]
) -> None:
    """The connection is used again before who reads has been told that it was the end."""
    gate = Gate()
    server = serve(answer(b"whole", "200 OK", BINARY, *coding), [gate, *answer(b'"fine"')])
    close, at_end, go_on = httpx.Response.close, threading.Event(), threading.Event()

    def held(response: httpx.Response) -> None:
        close(response)
        if threading.current_thread() is reader:
            at_end.set()
            go_on.wait(PATIENCE)

    other = rt.Operation[Any]("GET", "/", returns=(rt.json("200", lambda: Any),))
    answers: list[Any] = []
    with httpx.Client() as http:
        transport = Client("sync", server.url, http_client=http).transport
        found = transport.download(FILE, rt.Arguments())
        monkeypatch.setattr(httpx.Response, "close", held)
        reader = threading.Thread(target=lambda: answers.append(found.read()), daemon=True)
        reader.start()
        assert at_end.wait(PATIENCE)
        caller = threading.Thread(
            target=lambda: answers.append(transport.send(other, rt.Arguments(), max_retries=0)),
            daemon=True,
        )
        caller.start()
        server.wait_until(lambda seen: len(seen.requests) == 2, "the other call has come")
        found.close()
        gate.open()
        caller.join(PATIENCE)
        go_on.set()
        reader.join(PATIENCE)
    assert answers == ["fine", b"whole"]
    assert server.total == 1


async def _rest(pieces: Any) -> list[bytes]:
    return [one async for one in pieces] if hasattr(pieces, "__anext__") else [*pieces]


async def _next(pieces: Any) -> Any:
    return await anext(pieces) if hasattr(pieces, "__anext__") else next(pieces)
