"""The servers that generated packages talk to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from servers import fastapi_app, starlette_app
from servers.uvicorn_server import running


@pytest.fixture(scope="session")
def starlette_url() -> Iterator[str]:
    with running(starlette_app.app) as url:
        yield url


@pytest.fixture(scope="session")
def fastapi_url() -> Iterator[str]:
    with running(fastapi_app.app) as url:
        yield url
