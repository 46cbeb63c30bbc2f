# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The clients of Wire."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import httpx

from . import _runtime as rt
from ._version import __version__

if TYPE_CHECKING:
    from .resources.bodies import AsyncBodies, Bodies
    from .resources.cookies import AsyncCookies, Cookies
    from .resources.feeds import AsyncFeeds, Feeds
    from .resources.files import AsyncFiles, Files
    from .resources.headers import AsyncHeaders, Headers
    from .resources.paths import AsyncPaths, Paths
    from .resources.queries import AsyncQueries, Queries

_API = rt.Api(
    "wire",
    __version__,
    servers=(rt.Server("https://wire.example.com"),),
    schemes=(rt.Scheme("api_key", "bearer"),),
)


class Wire:
    """A client of Wire, for threads."""

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        http_client: httpx.Client | None = None,
        **options: Unpack[rt.ClientOptions],
    ) -> None:
        """Set up a client; nothing is sent yet.

        Args:
            api_key: The API declares no credential; one that is given is sent as a bearer token.
            base_url: Where the API is served. https://wire.example.com unless given.
            http_client: An `httpx.Client` to send with, which stays yours to close.
            options: How calls are made, by keyword, here or in each call: `timeout` (seconds for
                every single wait, or a `Timeout`), `max_retries`, `lenient` and others.
        """
        self._transport = rt.Transport(
            _API,
            credentials={"api_key": api_key},
            base_url=base_url,
            http_client=http_client,
            **options,
        )

    def __repr__(self) -> str:
        return f"<Wire {self._transport!r}>"

    @cached_property
    def bodies(self) -> Bodies:
        """The `bodies` part of the API."""
        from .resources.bodies import Bodies

        return Bodies(self._transport)

    @cached_property
    def cookies(self) -> Cookies:
        """The `cookies` part of the API."""
        from .resources.cookies import Cookies

        return Cookies(self._transport)

    @cached_property
    def feeds(self) -> Feeds:
        """The `feeds` part of the API."""
        from .resources.feeds import Feeds

        return Feeds(self._transport)

    @cached_property
    def files(self) -> Files:
        """The `files` part of the API."""
        from .resources.files import Files

        return Files(self._transport)

    @cached_property
    def headers(self) -> Headers:
        """The `headers` part of the API."""
        from .resources.headers import Headers

        return Headers(self._transport)

    @cached_property
    def paths(self) -> Paths:
        """The `paths` part of the API."""
        from .resources.paths import Paths

        return Paths(self._transport)

    @cached_property
    def queries(self) -> Queries:
        """The `queries` part of the API."""
        from .resources.queries import Queries

        return Queries(self._transport)

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


class AsyncWire:
    """A client of Wire, for event loops."""

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        http_client: httpx.AsyncClient | None = None,
        **options: Unpack[rt.ClientOptions],
    ) -> None:
        """Set up a client; nothing is sent yet.

        Args:
            api_key: The API declares no credential; one that is given is sent as a bearer token.
            base_url: Where the API is served. https://wire.example.com unless given.
            http_client: An `httpx.AsyncClient` to send with, which stays yours to close.
            options: How calls are made, by keyword, here or in each call: `timeout` (seconds for
                every single wait, or a `Timeout`), `max_retries`, `lenient` and others.
        """
        self._transport = rt.AsyncTransport(
            _API,
            credentials={"api_key": api_key},
            base_url=base_url,
            http_client=http_client,
            **options,
        )

    def __repr__(self) -> str:
        return f"<AsyncWire {self._transport!r}>"

    @cached_property
    def bodies(self) -> AsyncBodies:
        """The `bodies` part of the API."""
        from .resources.bodies import AsyncBodies

        return AsyncBodies(self._transport)

    @cached_property
    def cookies(self) -> AsyncCookies:
        """The `cookies` part of the API."""
        from .resources.cookies import AsyncCookies

        return AsyncCookies(self._transport)

    @cached_property
    def feeds(self) -> AsyncFeeds:
        """The `feeds` part of the API."""
        from .resources.feeds import AsyncFeeds

        return AsyncFeeds(self._transport)

    @cached_property
    def files(self) -> AsyncFiles:
        """The `files` part of the API."""
        from .resources.files import AsyncFiles

        return AsyncFiles(self._transport)

    @cached_property
    def headers(self) -> AsyncHeaders:
        """The `headers` part of the API."""
        from .resources.headers import AsyncHeaders

        return AsyncHeaders(self._transport)

    @cached_property
    def paths(self) -> AsyncPaths:
        """The `paths` part of the API."""
        from .resources.paths import AsyncPaths

        return AsyncPaths(self._transport)

    @cached_property
    def queries(self) -> AsyncQueries:
        """The `queries` part of the API."""
        from .resources.queries import AsyncQueries

        return AsyncQueries(self._transport)

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
