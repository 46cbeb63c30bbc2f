"""The settings of a client, from which its calls are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import httpx

from .auth import Credentials, Given, Scheme
from .options import ClientOptions, check_options
from .redact import Redaction
from .servers import Server, locate

_NO_CHOICE: Final = httpx.Timeout(5.0)
"""The timeout of an HTTP client that was made without one: too short to wait for a model."""


@dataclass(frozen=True, slots=True)
class Api:
    """The API that a client is for.

    Attributes:
        name: The package's name, for the `User-Agent`.
        version: The package's version, for the `User-Agent`.
        servers: Where the API is served, the first unless another is chosen.
        schemes: The security schemes that it knows.
        others: The names of servers that operations alone have.
    """

    name: str
    version: str
    servers: tuple[Server, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    others: tuple[str, ...] = ()


def check_http_client(given: object, wanted: type, place: str) -> None:
    """Refuse an HTTP client of another kind.

    Args:
        given: The HTTP client, or None.
        wanted: What it has to be.
        place: Where the client is for.

    Raises:
        TypeError: It is something else.
    """
    if given is not None and not isinstance(given, wanted):
        kind = type(given)
        raise TypeError(
            f"http_client is a {kind.__module__}.{kind.__qualname__}, and has to be an "
            f"httpx.{wanted.__name__}: this client is for {place}."
        )


class Caller:
    """One client's settings, from which its calls are made."""

    def __init__(
        self,
        api: Api,
        credentials: Given,
        options: ClientOptions,
        *,
        base_url: str | None,
        server: str | None = None,
        variables: Mapping[str, str | None] | None = None,
        http_client: httpx.Client | httpx.AsyncClient | None = None,
    ) -> None:
        arguments = [one.argument or one.name for one in api.schemes]
        check_options(
            options, ClientOptions.__optional_keys__, [*arguments, "base_url", "http_client"]
        )
        self.api = api
        self.credentials = Credentials(api.schemes, credentials)
        self.redaction = Redaction(api.schemes)
        self.options: ClientOptions = options
        if http_client is not None:
            if server is None and all(one is None for one in (variables or {}).values()):
                base_url = base_url or str(http_client.base_url)
            if http_client.timeout != _NO_CHOICE:
                self.options = {"timeout": http_client.timeout, **options}
        self.location = locate(api.servers, base_url, server, variables or {}, others=api.others)

    def __repr__(self) -> str:
        return self.location.base_url
