# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The clients of Larynx."""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

import httpx

from . import _runtime as rt
from ._version import __version__

if TYPE_CHECKING:
    from .resources.speech import AsyncSpeech, Speech
    from .resources.transcripts import AsyncTranscripts, Transcripts

_API = rt.Api("larynx", __version__, schemes=(rt.Scheme("api_key", "bearer"),))


class Larynx:
    """A client of Larynx, for threads."""

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str | None = None,
        http_client: httpx.Client | None = None,
        **options: Unpack[rt.ClientOptions],
    ) -> None:
        """Set up a client; nothing is sent yet.

        Args:
            api_key: The API declares no credential; one that is given is sent as a bearer token.
            base_url: Where the API is served.
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
        return f"<Larynx {self._transport!r}>"

    @cached_property
    def speech(self) -> Speech:
        """The `speech` part of the API."""
        from .resources.speech import Speech

        return Speech(self._transport)

    @cached_property
    def transcripts(self) -> Transcripts:
        """The `transcripts` part of the API."""
        from .resources.transcripts import Transcripts

        return Transcripts(self._transport)

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


class AsyncLarynx:
    """A client of Larynx, for event loops."""

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str | None = None,
        http_client: httpx.AsyncClient | None = None,
        **options: Unpack[rt.ClientOptions],
    ) -> None:
        """Set up a client; nothing is sent yet.

        Args:
            api_key: The API declares no credential; one that is given is sent as a bearer token.
            base_url: Where the API is served.
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
        return f"<AsyncLarynx {self._transport!r}>"

    @cached_property
    def speech(self) -> AsyncSpeech:
        """The `speech` part of the API."""
        from .resources.speech import AsyncSpeech

        return AsyncSpeech(self._transport)

    @cached_property
    def transcripts(self) -> AsyncTranscripts:
        """The `transcripts` part of the API."""
        from .resources.transcripts import AsyncTranscripts

        return AsyncTranscripts(self._transport)

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
