# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The clients of Selam."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import httpx

from . import _runtime as rt
from ._version import __version__

if TYPE_CHECKING:
    from .resources.chat import AsyncChat, Chat

_API = rt.Api(
    "selam",
    __version__,
    servers=(rt.Server("https://api.selam.example/v1"),),
    schemes=(rt.Scheme("bearer", "bearer", env="SELAM_API_KEY", argument="api_key"),),
)


class Selam:
    """A client of Selam, for threads."""

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
            api_key: The `bearer` credential. Taken from SELAM_API_KEY where it is not given.
            base_url: Where the API is served. https://api.selam.example/v1 unless given.
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
        return f"<Selam {self._transport!r}>"

    @cached_property
    def chat(self) -> Chat:
        """The `chat` part of the API."""
        from .resources.chat import Chat

        return Chat(self._transport)

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


class AsyncSelam:
    """A client of Selam, for event loops."""

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
            api_key: The `bearer` credential. Taken from SELAM_API_KEY where it is not given.
            base_url: Where the API is served. https://api.selam.example/v1 unless given.
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
        return f"<AsyncSelam {self._transport!r}>"

    @cached_property
    def chat(self) -> AsyncChat:
        """The `chat` part of the API."""
        from .resources.chat import AsyncChat

        return AsyncChat(self._transport)

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
