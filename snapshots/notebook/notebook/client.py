# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The clients of Notebook."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import httpx

from . import _runtime as rt
from ._version import __version__

if TYPE_CHECKING:
    from .resources.beta import AsyncBeta, Beta
    from .resources.kernels import AsyncKernels, Kernels
    from .resources.runs import AsyncRuns, Runs

_API = rt.Api(
    "notebook",
    __version__,
    servers=(rt.Server("https://api.notebook.example"),),
    schemes=(rt.Scheme("api_key", "bearer"),),
)


class Notebook:
    """A client of Notebook, for threads."""

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
            base_url: Where the API is served. https://api.notebook.example unless given.
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
        return f"<Notebook {self._transport!r}>"

    @cached_property
    def beta(self) -> Beta:
        """The `beta` part of the API."""
        from .resources.beta import Beta

        return Beta(self._transport)

    @cached_property
    def kernels(self) -> Kernels:
        """The `kernels` part of the API."""
        from .resources.kernels import Kernels

        return Kernels(self._transport)

    @cached_property
    def runs(self) -> Runs:
        """The `runs` part of the API."""
        from .resources.runs import Runs

        return Runs(self._transport)

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


class AsyncNotebook:
    """A client of Notebook, for event loops."""

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
            base_url: Where the API is served. https://api.notebook.example unless given.
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
        return f"<AsyncNotebook {self._transport!r}>"

    @cached_property
    def beta(self) -> AsyncBeta:
        """The `beta` part of the API."""
        from .resources.beta import AsyncBeta

        return AsyncBeta(self._transport)

    @cached_property
    def kernels(self) -> AsyncKernels:
        """The `kernels` part of the API."""
        from .resources.kernels import AsyncKernels

        return AsyncKernels(self._transport)

    @cached_property
    def runs(self) -> AsyncRuns:
        """The `runs` part of the API."""
        from .resources.runs import AsyncRuns

        return AsyncRuns(self._transport)

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
