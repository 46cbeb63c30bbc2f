"""Credentials: which a client has, and how a request carries them.

A credential's value is never part of a `repr`, an error or a URL that an error shows.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from .params import header_value

REDACTED: Final = "***"
_SHORTEST_SECRET: Final = 6


@dataclass(frozen=True, slots=True)
class Scheme:
    """A security scheme (OpenAPI 3.1, section 4.8.27).

    Attributes:
        name: The scheme's name in the API's document.
        kind: Bearer token, HTTP basic, or a key at a place of the API's choice.
        env: The environment variable that stands in for an argument that is not given.
        place: Where a key is sent.
        key: The name of the header, query parameter or cookie that carries a key.
    """

    name: str
    kind: Literal["bearer", "basic", "key"]
    env: str | None = None
    place: Literal["header", "query", "cookie"] = "header"
    key: str = "Authorization"


Secret = str | tuple[str, str]
"""A token, a key, or the user name and password of HTTP basic (``user:password`` as text)."""


class Credentials:
    """The credentials of one client."""

    def __init__(self, schemes: Sequence[Scheme], given: Mapping[str, Secret | None]) -> None:
        """Take what was given, and the environment's for what was not."""
        self.schemes = {scheme.name: scheme for scheme in schemes}
        self._secrets: dict[str, str] = {}
        for scheme in schemes:
            secret = given.get(scheme.name) or (os.environ.get(scheme.env) if scheme.env else None)
            if secret:
                # Files and shells leave a line end behind a key, which no header can carry.
                plain = secret.strip() if isinstance(secret, str) else ":".join(secret)
                self._secrets[scheme.name] = plain

    def __repr__(self) -> str:
        return f"Credentials({', '.join(sorted(self._secrets))})"

    def select(self, alternatives: Iterable[Sequence[str]] | None) -> list[Scheme]:
        """The schemes to use for an operation: those of the first alternative that can be met.

        Where an API also answers strangers, a credential that was given is sent all the same.
        Where none can be met the request goes out as it is: it is the server that decides
        what it asks for.
        """
        if alternatives is None:
            return [self.schemes[name] for name in self._secrets]
        for names in alternatives:
            if names and all(name in self._secrets for name in names):
                return [self.schemes[name] for name in names]
        return []

    def hint(self) -> str:
        """What to do about a credential that the server misses."""
        if self._secrets or not self.schemes:
            return ""
        ways = [
            f"set {scheme.env}" if scheme.env else f"give a credential for {scheme.name}"
            for scheme in self.schemes.values()
        ]
        return f" No credential was given: pass one to the client, or {' or '.join(ways)}."

    def conceal(self, text: str) -> str:
        """The text without the credentials that a server may have repeated in it."""
        for name, secret in self._secrets.items():
            basic = self.schemes[name].kind == "basic"
            hidden = secret.partition(":")[2] if basic else secret
            # A shorter one is no secret, and may be a part of any word.
            text = text.replace(hidden, REDACTED) if len(hidden) >= _SHORTEST_SECRET else text
        return text

    def headers(self, schemes: Iterable[Scheme]) -> dict[str, str]:
        """The header fields that carry the credentials of these schemes.

        Raises:
            ValueError: A credential has characters that no header may have.
        """
        return {
            scheme.key: header_value(scheme.key, self._header(scheme))
            for scheme in schemes
            if scheme.place == "header"
        }

    def parameters(
        self, schemes: Iterable[Scheme], place: Literal["query", "cookie"]
    ) -> dict[str, str]:
        """The query parameters or cookies that carry the credentials of these schemes."""
        return {
            scheme.key: self._secrets[scheme.name] for scheme in schemes if scheme.place == place
        }

    def _header(self, scheme: Scheme) -> str:
        secret = self._secrets[scheme.name]
        if scheme.kind == "bearer":  # RFC 6750, section 2.1
            return f"Bearer {secret}"
        if scheme.kind == "basic":  # RFC 7617, section 2
            return "Basic " + base64.b64encode(secret.encode()).decode()
        return secret
