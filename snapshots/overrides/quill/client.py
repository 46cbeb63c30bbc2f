# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The clients of Quill."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, Unpack

import httpx

from . import _runtime as rt
from ._version import __version__

if TYPE_CHECKING:
    from .resources.agents import Agents, AsyncAgents

_API = rt.Api(
    "quill",
    __version__,
    servers=(
        rt.Server("https://quill.example", "hosted"),
        rt.Server("http://localhost:8283", "self_hosted"),
    ),
    schemes=(rt.Scheme("api_key", "bearer"),),
)


class Quill:
    """A client of Quill, for threads."""

    def __init__(
        self,
        *,
        api_key: str | None = None,
        server: Literal["hosted", "self_hosted"] | None = None,
        base_url: str | None = None,
        http_client: httpx.Client | None = None,
        **options: Unpack[rt.ClientOptions],
    ) -> None:
        """Set up a client; nothing is sent yet.

        Args:
            api_key: The API declares no credential; one that is given is sent as a bearer token.
            server: Which server to use, the first unless given: `hosted` (https://quill.example),
                `self_hosted` (http://localhost:8283).
            base_url: Where the API is served. https://quill.example unless given.
            http_client: An `httpx.Client` to send with, which stays yours to close.
            options: How calls are made, by keyword, here or in each call: `timeout` (seconds for
                every single wait, or a `Timeout`), `max_retries`, `lenient` and others.
        """
        self._transport = rt.Transport(
            _API,
            credentials={"api_key": api_key},
            base_url=base_url,
            server=server,
            http_client=http_client,
            **options,
        )

    def __repr__(self) -> str:
        return f"<Quill {self._transport!r}>"

    @cached_property
    def agents(self) -> Agents:
        """The `agents` part of the API."""
        from .resources.agents import Agents

        return Agents(self._transport)

    def close(self) -> None:
        """Close the connections. Those of an `http_client` that was passed in stay open."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncQuill:
    """A client of Quill, for event loops."""

    def __init__(
        self,
        *,
        api_key: str | None = None,
        server: Literal["hosted", "self_hosted"] | None = None,
        base_url: str | None = None,
        http_client: httpx.AsyncClient | None = None,
        **options: Unpack[rt.ClientOptions],
    ) -> None:
        """Set up a client; nothing is sent yet.

        Args:
            api_key: The API declares no credential; one that is given is sent as a bearer token.
            server: Which server to use, the first unless given: `hosted` (https://quill.example),
                `self_hosted` (http://localhost:8283).
            base_url: Where the API is served. https://quill.example unless given.
            http_client: An `httpx.AsyncClient` to send with, which stays yours to close.
            options: How calls are made, by keyword, here or in each call: `timeout` (seconds for
                every single wait, or a `Timeout`), `max_retries`, `lenient` and others.
        """
        self._transport = rt.AsyncTransport(
            _API,
            credentials={"api_key": api_key},
            base_url=base_url,
            server=server,
            http_client=http_client,
            **options,
        )

    def __repr__(self) -> str:
        return f"<AsyncQuill {self._transport!r}>"

    @cached_property
    def agents(self) -> AsyncAgents:
        """The `agents` part of the API."""
        from .resources.agents import AsyncAgents

        return AsyncAgents(self._transport)

    async def aclose(self) -> None:
        """Close the connections. Those of an `http_client` that was passed in stay open."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()
