# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The clients of Mavera."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import httpx

from . import _runtime as rt
from ._version import __version__

if TYPE_CHECKING:
    from .resources.responses import AsyncResponses, Responses

_API = rt.Api(
    "mavera",
    __version__,
    servers=(rt.Server("https://api.mavera.example/v1"),),
    schemes=(rt.Scheme("bearer", "bearer", env="MAVERA_API_KEY", argument="api_key"),),
)


class Mavera:
    """A client of Mavera, for threads."""

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
            api_key: The `bearer` credential. Taken from MAVERA_API_KEY where it is not given.
            base_url: Where the API is served. https://api.mavera.example/v1 unless given.
            http_client: An `httpx.Client` to send with, which stays yours to close.
            options: How calls are made, by keyword, here or in each call: `timeout` (seconds for
                every single wait, or a `Timeout`), `max_retries`, `lenient` and others.
        """
        self._transport = rt.Transport(
            _API,
            credentials={"bearer": api_key},
            base_url=base_url,
            http_client=http_client,
            **options,
        )

    def __repr__(self) -> str:
        return f"<Mavera {self._transport!r}>"

    @cached_property
    def responses(self) -> Responses:
        """The `responses` part of the API."""
        from .resources.responses import Responses

        return Responses(self._transport)

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


class AsyncMavera:
    """A client of Mavera, for event loops."""

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
            api_key: The `bearer` credential. Taken from MAVERA_API_KEY where it is not given.
            base_url: Where the API is served. https://api.mavera.example/v1 unless given.
            http_client: An `httpx.AsyncClient` to send with, which stays yours to close.
            options: How calls are made, by keyword, here or in each call: `timeout` (seconds for
                every single wait, or a `Timeout`), `max_retries`, `lenient` and others.
        """
        self._transport = rt.AsyncTransport(
            _API,
            credentials={"bearer": api_key},
            base_url=base_url,
            http_client=http_client,
            **options,
        )

    def __repr__(self) -> str:
        return f"<AsyncMavera {self._transport!r}>"

    @cached_property
    def responses(self) -> AsyncResponses:
        """The `responses` part of the API."""
        from .resources.responses import AsyncResponses

        return AsyncResponses(self._transport)

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
