# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The clients of Bookshop."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import httpx

from . import _runtime as rt
from ._version import __version__

if TYPE_CHECKING:
    from .resources.books import AsyncBooks, Books
    from .resources.service import AsyncService, Service

_API = rt.Api(
    "bookshop",
    __version__,
    servers=(
        rt.Server(
            "https://{region}.bookshop.example/api", variables=(rt.Variable("region", "eu"),)
        ),
    ),
    schemes=(rt.Scheme("key", "key", env="BOOKSHOP_API_KEY", key="X-Api-Key", argument="api_key"),),
)


class Bookshop:
    """A client of Bookshop, for threads."""

    def __init__(
        self,
        *,
        api_key: str | None = None,
        region: str | None = None,
        base_url: str | None = None,
        http_client: httpx.Client | None = None,
        **options: Unpack[rt.ClientOptions],
    ) -> None:
        """Set up a client; nothing is sent yet.

        Args:
            api_key: The `key` credential. Taken from BOOKSHOP_API_KEY where it is not given.
            region: A part of the server's URL. eu unless given.
            base_url: Where the API is served. https://eu.bookshop.example/api unless given.
            http_client: An `httpx.Client` to send with, which stays yours to close.
            options: How calls are made, by keyword, here or in each call: `timeout` (seconds for
                every single wait, or a `Timeout`), `max_retries`, `lenient` and others.
        """
        self._transport = rt.Transport(
            _API,
            credentials={"key": api_key},
            base_url=base_url,
            variables={"region": region},
            http_client=http_client,
            **options,
        )

    def __repr__(self) -> str:
        return f"<Bookshop {self._transport!r}>"

    @cached_property
    def books(self) -> Books:
        """What is on the shelves."""
        from .resources.books import Books

        return Books(self._transport)

    @cached_property
    def service(self) -> Service:
        """The `service` part of the API."""
        from .resources.service import Service

        return Service(self._transport)

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


class AsyncBookshop:
    """A client of Bookshop, for event loops."""

    def __init__(
        self,
        *,
        api_key: str | None = None,
        region: str | None = None,
        base_url: str | None = None,
        http_client: httpx.AsyncClient | None = None,
        **options: Unpack[rt.ClientOptions],
    ) -> None:
        """Set up a client; nothing is sent yet.

        Args:
            api_key: The `key` credential. Taken from BOOKSHOP_API_KEY where it is not given.
            region: A part of the server's URL. eu unless given.
            base_url: Where the API is served. https://eu.bookshop.example/api unless given.
            http_client: An `httpx.AsyncClient` to send with, which stays yours to close.
            options: How calls are made, by keyword, here or in each call: `timeout` (seconds for
                every single wait, or a `Timeout`), `max_retries`, `lenient` and others.
        """
        self._transport = rt.AsyncTransport(
            _API,
            credentials={"key": api_key},
            base_url=base_url,
            variables={"region": region},
            http_client=http_client,
            **options,
        )

    def __repr__(self) -> str:
        return f"<AsyncBookshop {self._transport!r}>"

    @cached_property
    def books(self) -> AsyncBooks:
        """What is on the shelves."""
        from .resources.books import AsyncBooks

        return AsyncBooks(self._transport)

    @cached_property
    def service(self) -> AsyncService:
        """The `service` part of the API."""
        from .resources.service import AsyncService

        return AsyncService(self._transport)

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
