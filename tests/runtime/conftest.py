from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from runtime.clients import Kind, connected
from sdkgen_runtime import retry
from servers.scripted import Script, ScriptedServer


@pytest.fixture(autouse=True)
def short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come after hundredths of a second."""
    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.01)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def serve() -> Iterator[Callable[..., ScriptedServer]]:
    """Starts a server that follows scripts."""
    with ExitStack() as stack:

        def start(*scripts: Script) -> ScriptedServer:
            return stack.enter_context(ScriptedServer(*scripts))

        yield start


@pytest.fixture(params=["sync", "async"])
def connect(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Makes a client of either kind: ``async with connect(server) as client``."""
    kind: Kind = request.param

    def make(server: ScriptedServer, **settings: Any) -> Any:
        return connected(kind, server, **settings)

    return make
