"""The servers that generated packages talk to."""

from __future__ import annotations

import asyncio
import runpy
from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from servers import dialects_app, fastapi_app, starlette_app
from servers.recording import Recorder, Request, recording
from servers.uvicorn_server import running


@pytest.fixture(scope="session")
def starlette_url() -> Iterator[str]:
    with running(starlette_app.app) as url:
        yield url


@pytest.fixture(scope="session")
def fastapi_url() -> Iterator[str]:
    with running(fastapi_app.app) as url:
        yield url


@pytest.fixture(scope="session")
def dialects_url() -> Iterator[str]:
    with running(dialects_app.app) as url:
        yield url


@pytest.fixture
def run_script(tmp_path: Path) -> Callable[[str], dict[str, Any]]:
    """Runs a program as a script; gives what it has defined."""

    def run(program: str) -> dict[str, Any]:
        script = tmp_path / "program.py"
        script.write_text(program, encoding="utf-8")
        return runpy.run_path(str(script), run_name="__main__")

    return run


@pytest.fixture(scope="session")
def recorder() -> Iterator[Recorder]:
    with recording(Recorder()) as served:
        yield served


Send = Callable[..., Request]


@pytest.fixture(params=["threads", "event loops"])
def send(
    request: pytest.FixtureRequest, sdk: Callable[[str], ModuleType], recorder: Recorder
) -> Send:
    """Calls a method of the package for `specs/wire`, and gives the request that came of it.

    The method is named from the client on: `send("queries.send", count=1)`. Each test that
    asks for it runs with both kinds of client.
    """
    module = sdk("wire/openapi.yaml")

    def in_a_thread(method: str, *args: Any, **kwargs: Any) -> Request:
        with module.Wire(base_url=recorder.url) as client:
            reduce(getattr, method.split("."), client)(*args, **kwargs)
        return recorder.last

    def in_a_loop(method: str, *args: Any, **kwargs: Any) -> Request:
        async def call() -> None:
            async with module.AsyncWire(base_url=recorder.url) as client:
                await reduce(getattr, method.split("."), client)(*args, **kwargs)

        asyncio.run(call())
        return recorder.last

    return in_a_thread if request.param == "threads" else in_a_loop
