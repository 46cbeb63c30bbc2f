"""Credentials: which a client has, and how a request carries them.

A credential's value is never part of a `repr`, an error or a URL that an error shows.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from .errors import MissingCredentialError
from .grants import Grant
from .params import header_value

REDACTED: Final = "***"
_LONGER_THAN_WORDS: Final = 6
_COOKIE: Final = re.compile(r"[\x21\x23-\x2B\x2D-\x3A\x3C-\x5B\x5D-\x7E]*")
"""RFC 6265, section 4.1.1: cookie-octet."""

Place = Literal["header", "query", "cookie"]


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """How a client fetches its access tokens itself (RFC 6749, section 4.4).

    Attributes:
        token_url: The token endpoint; relative to the server, if it is no whole URL.
        scopes: What the operations of the API need.
        arguments: The client's arguments for its id and its secret.
        env: The environment variables that stand in for them.
    """

    token_url: str
    scopes: tuple[str, ...] = ()
    arguments: tuple[str, str] = ("client_id", "client_secret")
    env: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """A security scheme (OpenAPI 3.1, section 4.8.27).

    Attributes:
        name: The scheme's name in the API's document.
        kind: Bearer token, HTTP basic, another scheme of HTTP, or a key at a place of the
            API's choice.
        env: The environment variable that stands in for an argument that is not given.
        place: Where a key is sent.
        key: The name of the header, query parameter or cookie that carries a key.
        prefix: The name of another scheme of HTTP (RFC 9110, section 11.1).
        argument: The client's argument for it; the scheme's name where that is "".
        grant: How tokens can be fetched; None where they have to be given.
    """

    name: str
    kind: Literal["bearer", "basic", "http", "key"]
    env: str | None = None
    place: Place = "header"
    key: str = "Authorization"
    prefix: str = ""
    argument: str = ""
    grant: ClientCredentials | None = None

    def how_to_give(self) -> str:
        """The ways to give a credential for it, in words."""
        ways = [_way([self.argument or self.name], [self.env] if self.env else [])]
        if self.grant is not None:
            ways.insert(0, _way(self.grant.arguments, self.grant.env or ()))
        return " or ".join(ways)


def _way(arguments: Sequence[str], env: Sequence[str]) -> str:
    said = " and ".join(f"`{one}`" for one in arguments)
    return f"{said} (or set {' and '.join(env)})" if env else said


Secret = str | tuple[str, str]
"""A token, a key, or the user name and password of HTTP basic (``user:password`` as text)."""


@dataclass(frozen=True, slots=True)
class OAuth:
    """What a client was given for a scheme whose tokens it can fetch itself.

    Attributes:
        token: An access token, which goes before all else.
        client_id: Who asks for tokens.
        client_secret: What proves it.
        scopes: What to ask for, if not what the API's operations need.
        token_url: The token endpoint, if not the document's.
    """

    token: str | None = field(default=None, repr=False)
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    scopes: Sequence[str] | None = None
    token_url: str | None = None


Given = Mapping[str, Secret | OAuth | None]
"""What a client was given, by the names of the schemes."""


class Credentials:
    """The credentials of one client."""

    def __init__(self, schemes: Sequence[Scheme], given: Given) -> None:
        """Take what was given, and the environment's for what was not."""
        self.schemes = {scheme.name: scheme for scheme in schemes}
        self._secrets: dict[str, str] = {}
        self._grants: dict[str, Grant] = {}
        self._is_stranger = True
        for scheme in schemes:
            self._take(scheme, given.get(scheme.name))

    def __repr__(self) -> str:
        return f"Credentials({', '.join(sorted([*self._secrets, *self._grants]))})"

    def _take(self, scheme: Scheme, given: Secret | OAuth | None) -> None:
        """What was given goes before what the environment has, a token before all else."""
        asked = given if isinstance(given, OAuth) else OAuth()
        secret = asked.token if isinstance(given, OAuth) else given
        named = bool(asked.client_id or asked.client_secret)
        plain = _plain(secret, scheme) if secret else ""
        if not plain and not named:
            plain = _from_environment(scheme.env)
        if plain:
            self._secrets[scheme.name] = plain
            self._is_stranger = False
        elif scheme.grant is not None:
            envs = scheme.grant.env or (None, None)
            client_id = (asked.client_id or "").strip() or _from_environment(envs[0])
            client_secret = (asked.client_secret or "").strip() or _from_environment(envs[1])
            if client_id or client_secret:
                self._is_stranger = False
            if client_id and client_secret:
                self._grants[scheme.name] = Grant(
                    asked.token_url or scheme.grant.token_url,
                    client_id,
                    client_secret,
                    scheme.grant.scopes if asked.scopes is None else tuple(asked.scopes),
                )

    def select(
        self,
        alternatives: Iterable[Sequence[str]] | None,
        carried: Container[tuple[str, str]] = (),
        called: str = "This call",
    ) -> list[Scheme]:
        """The schemes to use for an operation: those of the first alternative that can be met.

        Where an API also answers strangers, a credential that was given is sent all the same.
        Where no credential was given at all, the request goes out as it is: a server of one's
        own, or behind a proxy, may not ask for any.

        Args:
            alternatives: The names of the schemes that an operation asks for; None where the
                document leaves it open.
            carried: What the request has without these credentials: places, and names in
                lower case.
            called: The operation, in words.

        Raises:
            MissingCredentialError: None can be met with what was given.
        """
        if alternatives is None:
            return [self.schemes[name] for name in self.schemes if self._has(name)]
        listed = list(alternatives)
        asked = [names for names in listed if names]
        for names in asked:
            if all(map(self._has, names)):
                return [self.schemes[name] for name in names]
        if self._is_stranger or len(asked) < len(listed) or not listed:
            return []
        for names in asked:
            missing = [self.schemes[name] for name in names if not self._has(name)]
            if all((one.place, one.key.lower()) in carried for one in missing):
                return [self.schemes[name] for name in names if self._has(name)]
        raise MissingCredentialError(f"{called} needs a credential: pass {self._ways(asked)}.")

    def _has(self, name: str) -> bool:
        return name in self._secrets or name in self._grants

    def _ways(self, alternatives: Iterable[Sequence[str]]) -> str:
        """How to meet one of some alternatives, in words."""
        return "; or ".join(
            " together with ".join(self.schemes[name].how_to_give() for name in names)
            for names in alternatives
        )

    def hint(self, alternatives: Iterable[Sequence[str]] | None) -> str:
        """What to do about a credential that the server misses."""
        if not self.schemes:
            return ""
        asked = [names for names in alternatives or () if names]
        if not asked and alternatives is not None:
            return " By its document, it asks for no credential: none of the client's was sent."
        if not self._is_stranger:
            return ""
        ways = self._ways(asked or [[name] for name in self.schemes])
        return f" No credential was given: pass {ways}."

    def conceal(self, text: str) -> str:
        """The text without the credentials that a server may have repeated in it."""
        # The longest first: one may be a part of another.
        secrets = sorted(filter(None, self._all_secrets()), key=len, reverse=True)
        return re.sub("|".join(map(_wherever, secrets)), REDACTED, text) if secrets else text

    def _all_secrets(self) -> Iterator[str]:
        for name, secret in self._secrets.items():
            if self.schemes[name].kind == "basic":
                yield secret.partition(":")[2]
                yield _as_basic(secret)
            else:
                yield secret
        for grant in self._grants.values():
            yield from grant.secrets()

    def grant(self, schemes: Iterable[Scheme]) -> Grant | None:
        """What fetches the token that a request is to carry; None where none is fetched."""
        found = (self._grants.get(scheme.name) for scheme in schemes)
        return next((grant for grant in found if grant is not None), None)

    def headers(self, schemes: Iterable[Scheme]) -> dict[str, str]:
        """The header fields that carry the credentials of these schemes; not fetched tokens.

        Raises:
            ValueError: A credential has characters that no header may have.
        """
        return {
            scheme.key: header_value(scheme.key, self._header(scheme))
            for scheme in schemes
            if scheme.place == "header" and scheme.name in self._secrets
        }

    def parameters(self, schemes: Iterable[Scheme]) -> dict[str, str]:
        """The query parameters that carry the credentials of these schemes."""
        return {
            scheme.key: self._secrets[scheme.name] for scheme in schemes if scheme.place == "query"
        }

    def cookies(self, schemes: Iterable[Scheme]) -> list[str]:
        """The cookies that carry the credentials of these schemes: as they are, not encoded.

        Raises:
            ValueError: A credential has characters that no cookie may have.
        """
        cookies = []
        for scheme in schemes:
            if scheme.place == "cookie":
                value = self._secrets[scheme.name]
                if not _COOKIE.fullmatch(value):
                    raise ValueError(
                        f"The credential {scheme.name!r} has characters that a cookie cannot "
                        "carry (RFC 6265, section 4.1.1)."
                    )
                cookies.append(f"{scheme.key}={value}")
        return cookies

    def _header(self, scheme: Scheme) -> str:
        secret = self._secrets[scheme.name]
        match scheme.kind:
            case "bearer":  # RFC 6750, section 2.1
                return f"Bearer {secret}"
            case "basic":  # RFC 7617, section 2
                return f"Basic {_as_basic(secret)}"
            case "http":  # RFC 9110, section 11.4
                return f"{scheme.prefix} {secret}"
        return secret


def _plain(secret: object, scheme: Scheme) -> str:
    """A credential as text.

    Raises:
        TypeError: It is none. The message does not repeat it.
    """
    if isinstance(secret, tuple) and all(isinstance(one, str) for one in secret):
        return ":".join(secret)
    if not isinstance(secret, str):
        what = type(secret).__name__
        raise TypeError(f"`{scheme.argument or scheme.name}` has to be text, and is of type {what}")
    # Files and shells leave a line end behind a key, which no header can carry.
    return secret.strip()


def _from_environment(variable: str | None) -> str:
    """What a variable holds; nothing where it is not set, or holds white space alone."""
    return os.environ.get(variable, "").strip() if variable else ""


def _as_basic(secret: str) -> str:
    return base64.b64encode(secret.encode()).decode()


def _wherever(secret: str) -> str:
    """A pattern for a secret; a short one is in many a word, and found by itself alone."""
    pattern = "".join(map(_however, secret))
    if len(secret) >= _LONGER_THAN_WORDS:
        return pattern
    before = r"(?<![^\W_])" if secret[0].isalnum() else ""
    after = r"(?![^\W_])" if secret[-1].isalnum() else ""
    return f"{before}{pattern}{after}"


def _however(character: str) -> str:
    """A pattern for a character as it is, or as URLs and forms have it (RFC 3986, section 2.1)."""
    if character.isascii() and character.isalnum():
        return character
    encoded = "".join(f"%{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))
    form = r"|\+" if character == " " else ""
    return f"(?:{re.escape(character)}|(?i:{encoded}){form})"
