# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The clients of Vault."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, Unpack

import httpx

from . import _runtime as rt
from ._version import __version__

if TYPE_CHECKING:
    from .resources.granted import AsyncGranted, Granted
    from .resources.keys import AsyncKeys, Keys
    from .resources.places import AsyncPlaces, Places

_API = rt.Api(
    "vault",
    __version__,
    servers=(
        rt.Server(
            "https://{region}.vault.example.com/v1",
            "production",
            variables=(rt.Variable("region", "eu", values=("eu", "us")),),
        ),
        rt.Server(
            "http://127.0.0.1:{port}/{basePath}",
            "local",
            variables=(
                rt.Variable("port", "8080"),
                rt.Variable("basePath", "v1", argument="base_path"),
            ),
        ),
    ),
    others=("backup",),
    schemes=(
        rt.Scheme("token", "bearer", env="VAULT_TOKEN"),
        rt.Scheme("login", "basic", env="VAULT_LOGIN"),
        rt.Scheme("header_key", "key", env="VAULT_HEADER_KEY", key="X-Vault-Key"),
        rt.Scheme("query_key", "key", env="VAULT_QUERY_KEY", place="query", key="vault key"),
        rt.Scheme("cookie_key", "key", env="VAULT_COOKIE_KEY", place="cookie", key="vault_session"),
        rt.Scheme("signature", "http", env="VAULT_SIGNATURE", prefix="Signature"),
        rt.Scheme(
            "oauth",
            "bearer",
            env="VAULT_OAUTH",
            grant=rt.ClientCredentials(
                "oauth/token",
                scopes=("read", "write"),
                env=("VAULT_CLIENT_ID", "VAULT_CLIENT_SECRET"),
            ),
        ),
    ),
)


class Vault:
    """A client of Vault, for threads."""

    def __init__(
        self,
        *,
        token: str | None = None,
        login: rt.Secret | None = None,
        header_key: str | None = None,
        query_key: str | None = None,
        cookie_key: str | None = None,
        signature: str | None = None,
        oauth: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        scopes: Sequence[str] | None = None,
        token_url: str | None = None,
        server: Literal["production", "local", "backup"] | None = None,
        region: Literal["eu", "us"] | None = None,
        port: str | None = None,
        base_path: str | None = None,
        shelf: Literal["one", "two"] | None = None,
        base_url: str | None = None,
        http_client: httpx.Client | None = None,
        **options: Unpack[rt.ClientOptions],
    ) -> None:
        """Set up a client; nothing is sent yet.

        Args:
            token: The key to most of it. Taken from VAULT_TOKEN where it is not given.
            login: The `login` credential. A pair of a user name and a password, or `user:password`.
                Taken from VAULT_LOGIN where it is not given.
            header_key: The `header_key` credential. Taken from VAULT_HEADER_KEY where it is not
                given.
            query_key: The `query_key` credential. Taken from VAULT_QUERY_KEY where it is not given.
            cookie_key: The `cookie_key` credential. Taken from VAULT_COOKIE_KEY where it is not
                given.
            signature: The `signature` credential. Taken from VAULT_SIGNATURE where it is not given.
            oauth: The `oauth` credential. Taken from VAULT_OAUTH where it is not given.
            client_id: Who asks for access tokens, where none is given. Taken from VAULT_CLIENT_ID
                where it is not given.
            client_secret: The secret that belongs to `client_id`. Taken from VAULT_CLIENT_SECRET
                where it is not given.
            scopes: What the tokens are to be good for. read write unless given.
            token_url: Where tokens are asked for. oauth/token unless given.
            server: Which server to use, the first unless given: `production`
                (https://{region}.vault.example.com/v1), `local`
                (http://127.0.0.1:{port}/{basePath}), `backup` (http://127.0.0.1:{port}/{shelf}).
            region: Where the vault is. eu unless given.
            port: A part of the server's URL. 8080 unless given.
            base_path: A part of the server's URL. v1 unless given.
            shelf: A part of the server's URL. one unless given.
            base_url: Where the API is served. https://eu.vault.example.com/v1 unless given.
            http_client: An `httpx.Client` to send with, which stays yours to close.
            options: How calls are made, by keyword, here or in each call: `timeout` (seconds for
                every single wait, or a `Timeout`), `max_retries`, `lenient` and others.
        """
        self._transport = rt.Transport(
            _API,
            credentials={
                "token": token,
                "login": login,
                "header_key": header_key,
                "query_key": query_key,
                "cookie_key": cookie_key,
                "signature": signature,
                "oauth": rt.OAuth(
                    oauth, client_id, client_secret, scopes=scopes, token_url=token_url
                ),
            },
            base_url=base_url,
            server=server,
            variables={"region": region, "port": port, "base_path": base_path, "shelf": shelf},
            http_client=http_client,
            **options,
        )

    def __repr__(self) -> str:
        return f"<Vault {self._transport!r}>"

    @cached_property
    def granted(self) -> Granted:
        """The `granted` part of the API."""
        from .resources.granted import Granted

        return Granted(self._transport)

    @cached_property
    def keys(self) -> Keys:
        """The `keys` part of the API."""
        from .resources.keys import Keys

        return Keys(self._transport)

    @cached_property
    def places(self) -> Places:
        """The `places` part of the API."""
        from .resources.places import Places

        return Places(self._transport)

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


class AsyncVault:
    """A client of Vault, for event loops."""

    def __init__(
        self,
        *,
        token: str | None = None,
        login: rt.Secret | None = None,
        header_key: str | None = None,
        query_key: str | None = None,
        cookie_key: str | None = None,
        signature: str | None = None,
        oauth: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        scopes: Sequence[str] | None = None,
        token_url: str | None = None,
        server: Literal["production", "local", "backup"] | None = None,
        region: Literal["eu", "us"] | None = None,
        port: str | None = None,
        base_path: str | None = None,
        shelf: Literal["one", "two"] | None = None,
        base_url: str | None = None,
        http_client: httpx.AsyncClient | None = None,
        **options: Unpack[rt.ClientOptions],
    ) -> None:
        """Set up a client; nothing is sent yet.

        Args:
            token: The key to most of it. Taken from VAULT_TOKEN where it is not given.
            login: The `login` credential. A pair of a user name and a password, or `user:password`.
                Taken from VAULT_LOGIN where it is not given.
            header_key: The `header_key` credential. Taken from VAULT_HEADER_KEY where it is not
                given.
            query_key: The `query_key` credential. Taken from VAULT_QUERY_KEY where it is not given.
            cookie_key: The `cookie_key` credential. Taken from VAULT_COOKIE_KEY where it is not
                given.
            signature: The `signature` credential. Taken from VAULT_SIGNATURE where it is not given.
            oauth: The `oauth` credential. Taken from VAULT_OAUTH where it is not given.
            client_id: Who asks for access tokens, where none is given. Taken from VAULT_CLIENT_ID
                where it is not given.
            client_secret: The secret that belongs to `client_id`. Taken from VAULT_CLIENT_SECRET
                where it is not given.
            scopes: What the tokens are to be good for. read write unless given.
            token_url: Where tokens are asked for. oauth/token unless given.
            server: Which server to use, the first unless given: `production`
                (https://{region}.vault.example.com/v1), `local`
                (http://127.0.0.1:{port}/{basePath}), `backup` (http://127.0.0.1:{port}/{shelf}).
            region: Where the vault is. eu unless given.
            port: A part of the server's URL. 8080 unless given.
            base_path: A part of the server's URL. v1 unless given.
            shelf: A part of the server's URL. one unless given.
            base_url: Where the API is served. https://eu.vault.example.com/v1 unless given.
            http_client: An `httpx.AsyncClient` to send with, which stays yours to close.
            options: How calls are made, by keyword, here or in each call: `timeout` (seconds for
                every single wait, or a `Timeout`), `max_retries`, `lenient` and others.
        """
        self._transport = rt.AsyncTransport(
            _API,
            credentials={
                "token": token,
                "login": login,
                "header_key": header_key,
                "query_key": query_key,
                "cookie_key": cookie_key,
                "signature": signature,
                "oauth": rt.OAuth(
                    oauth, client_id, client_secret, scopes=scopes, token_url=token_url
                ),
            },
            base_url=base_url,
            server=server,
            variables={"region": region, "port": port, "base_path": base_path, "shelf": shelf},
            http_client=http_client,
            **options,
        )

    def __repr__(self) -> str:
        return f"<AsyncVault {self._transport!r}>"

    @cached_property
    def granted(self) -> AsyncGranted:
        """The `granted` part of the API."""
        from .resources.granted import AsyncGranted

        return AsyncGranted(self._transport)

    @cached_property
    def keys(self) -> AsyncKeys:
        """The `keys` part of the API."""
        from .resources.keys import AsyncKeys

        return AsyncKeys(self._transport)

    @cached_property
    def places(self) -> AsyncPlaces:
        """The `places` part of the API."""
        from .resources.places import AsyncPlaces

        return AsyncPlaces(self._transport)

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
