"""Credentials: which ones an API knows, and which its operations ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics, Location, did_you_mean, suggestion
from sdkgen.ir.api import ClientCredentials, SecurityScheme
from sdkgen.lower import names
from sdkgen.lower.client_arguments import arguments_of, told_apart
from sdkgen.lower.security_schemes import Declared
from sdkgen.source.document import Document
from sdkgen.text.pointers import escape

_LONE_KEY: Final = "api_key"
_LONE_BEARER: Final = "access_token"
"""What the credential of an API is called that has but one; the latter with OAuth 2.0."""
_PLAIN: Final = re.compile(r"(Key|Token)[-_]?Auth$", re.IGNORECASE)
"""What a key is for goes without saying."""
_BY_CERTIFICATE: Final = "mutualTLS"
"""Is nothing that a request carries: the HTTP client that is passed in has it."""
_EVERYWHERE: Final = "/security"
"""Where documents and configurations say what operations ask for that do not say it themselves."""

Alternatives = tuple[tuple[str, ...], ...]


def schemes(
    document: Document, config: Config, client: str, diagnostics: Diagnostics
) -> tuple[SecurityScheme, ...]:
    """The credentials that the API knows. A single one has a name of no API, several have theirs.

    An API that declares none may still ask for one: then it is a bearer token, if given.
    """
    declared = Declared.of(document, config)
    replaced = declared.replaced
    known = {
        name: scheme
        for name, scheme in declared.schemes.items()
        if scheme.get("type") != _BY_CERTIFICATE
        and name not in replaced
        and declared.is_sound(name, diagnostics)
    }
    if known or config.credentials:
        lowered = _Schemes(declared, client, known).lowered()
        _check_names(config, lowered, diagnostics)
        return told_apart(lowered)
    said = "The API declares no credential; one that is given is sent as a bearer token."
    return (SecurityScheme(_LONE_KEY, _LONE_KEY, None, "bearer", "header", "Authorization", said),)


def _report_unknown(
    place: Location, name: str, known: Iterable[str], diagnostics: Diagnostics
) -> None:
    """Say that the configuration names a scheme that there is not."""
    diagnostics.error(
        "Config/UnknownName",
        f"There is no security scheme with the name `{name}`.",
        place,
        hint=suggestion(name, known) or "declare it in `security_schemes`",
    )


def _check_names(
    config: Config, known: tuple[SecurityScheme, ...], diagnostics: Diagnostics
) -> None:
    """Say of which credentials that are given names there are none, and which cannot have them."""
    by_name = {scheme.name: scheme for scheme in known}
    for name, given in config.credentials.items():
        pointer = f"/credentials/{escape(name)}"
        place = config.locate(pointer)
        if name not in by_name:
            _report_unknown(place, name, by_name, diagnostics)
        elif given.argument and names.snake(given.argument) in names.CLIENT_ARGUMENTS:
            diagnostics.error(
                "Config/WrongValue",
                f"No credential can have the name `{given.argument}`: clients have it for "
                "something else.",
                config.locate(f"{pointer}/argument"),
                hint=did_you_mean(names.snake(f"{name}_{given.argument}")),
            )
        elif others := _others_called(by_name[name], known):
            diagnostics.error(
                "Config/SameName",
                f"The credential `{others[0]}` is `{by_name[name].argument}` already.",
                place,
                hint="Give one of them another name.",
            )


def _others_called(scheme: SecurityScheme, known: Iterable[SecurityScheme]) -> list[str]:
    """The other credentials that have the argument of one."""
    others = (one for one in known if one is not scheme)
    return [one.name for one in others if scheme.argument in arguments_of((one,))]


@dataclass(frozen=True, slots=True)
class _Schemes:
    """The schemes of a document, and what they are called."""

    declared: Declared
    client: str
    known: Mapping[str, Mapping[str, Any]]

    def lowered(self) -> tuple[SecurityScheme, ...]:
        return tuple(self._scheme(name, scheme) for name, scheme in self.known.items())

    def _scheme(self, name: str, scheme: Mapping[str, Any]) -> SecurityScheme:
        kind, prefix = _kind(scheme)
        argument = self._argument(name)
        given = self.declared.given(name)
        description = scheme.get("description")
        is_key = kind == "key"
        return SecurityScheme(
            name,
            argument,
            given.env or self._env(argument),
            kind,
            place if is_key and (place := scheme.get("in")) in ("query", "cookie") else "header",
            str(scheme["name"]) if is_key else "Authorization",
            description if isinstance(description, str) else None,
            prefix,
            self._grant(name),
        )

    def _argument(self, name: str) -> str:
        if given := self.declared.given(name).argument:
            return names.client_argument(given)
        if len(self.known) == 1:
            is_token = self.known[name].get("type") in ("oauth2", "openIdConnect")
            return _LONE_BEARER if is_token else _LONE_KEY
        plain = {one: _PLAIN.sub(r"\1", one) for one in self.known}
        if len(set(plain.values())) < len(plain):
            plain = {one: one for one in plain}
        told_apart = names.attributes(plain.values())
        return names.client_argument(told_apart.get(plain[name], plain[name]))

    def _env(self, argument: str) -> str:
        # An API whose name ends so needs no second API before its key.
        words = names.words(self.client)
        owner = "_".join(words[:-1] if words[-1:] == ["api"] and len(words) > 1 else words)
        return names.environment_variable(owner, argument)

    def _grant(self, name: str) -> ClientCredentials | None:
        """The client credentials flow of a scheme, where it has one."""
        url = _token_url(self.known[name])
        if url is None:
            return None
        often = sum(_token_url(one) is not None for one in self.known.values())
        clashes = {self._argument(one) for one in self.known} & set(_GRANT)
        prefix = f"{name}_" if often > 1 or clashes else ""
        client_id, secret, scopes, token_url = (names.snake(f"{prefix}{one}") for one in _GRANT)
        return ClientCredentials(
            url,
            tuple(dict.fromkeys(self.declared.scopes(name))),
            (client_id, secret),
            (self._env(client_id), self._env(secret)),
            scopes,
            token_url,
        )


_GRANT: Final = ("client_id", "client_secret", "scopes", "token_url")
"""What a client is given in place of a token."""


def _kind(
    scheme: Mapping[str, Any],
) -> tuple[Literal["bearer", "basic", "http", "key"], str | None]:
    """How a credential is sent, and the name of its scheme of HTTP, if that is a rare one."""
    if scheme.get("type") == "apiKey":
        return "key", None
    if scheme.get("type") == "http":
        match str(scheme["scheme"]).lower():
            case "basic":
                return "basic", None
            case "bearer":
                return "bearer", None
        return "http", str(scheme["scheme"])
    # What OAuth 2.0 and OpenID Connect end in is a bearer token too (RFC 6750).
    return "bearer", None


def _token_url(scheme: Mapping[str, Any]) -> str | None:
    """The token endpoint for client credentials."""
    flows = scheme.get("flows")
    flow = flows.get("clientCredentials") if isinstance(flows, dict) else None
    url = flow.get("tokenUrl") if isinstance(flow, dict) else None
    if not isinstance(url, str) or not url:
        return None
    try:
        return url if urlsplit(url).scheme in ("", "http", "https") else None
    except ValueError:
        return None


class Requirements:
    """What operations ask for."""

    def __init__(
        self,
        document: Document,
        config: Config,
        known: tuple[SecurityScheme, ...],
        diagnostics: Diagnostics,
    ) -> None:
        self._document = document
        self._diagnostics = diagnostics
        self._known = {scheme.name for scheme in known}
        declared = Declared.of(document, config)
        self._declared = declared.schemes
        self._config = config
        self._everywhere = self._alternatives(declared.everywhere, _EVERYWHERE)
        if self._everywhere is None and any(one.operation.security for one in document.operations):
            # Some say what they ask for: the others ask for nothing (OpenAPI 3.1, section 4.8.10).
            self._everywhere = ()

    def of(self, own: Any, pointer: str) -> Alternatives | None:
        """The alternatives of schemes that an operation asks for; None where none says anything.

        Where a credential is optional, one that was given is used all the same.

        Args:
            own: The operation's own `security`; None where it has none.
            pointer: Where that stands.
        """
        return self._everywhere if own is None else self._alternatives(own, pointer)

    def _alternatives(self, listed: Any, pointer: str) -> Alternatives | None:
        if not isinstance(listed, list):
            return None
        found = []
        for index, one in enumerate(listed):
            if not isinstance(one, dict):
                continue
            unknown = [name for name in one if name not in self._declared]
            if unknown:
                self._warn(unknown[0], f"{pointer}/{index}")
            carried = tuple(name for name in one if not self._is_certificate(name))
            if self._known.issuperset(carried):
                found.append(carried)
        return tuple(sorted(dict.fromkeys(found), key=lambda names: not names))

    def _is_certificate(self, name: str) -> bool:
        return self._declared.get(name, {}).get("type") == _BY_CERTIFICATE

    def _warn(self, name: str, pointer: str) -> None:
        if self._config.security is not None and pointer.startswith(f"{_EVERYWHERE}/"):
            _report_unknown(self._config.locate(pointer), name, self._declared, self._diagnostics)
            return
        self._diagnostics.warning(
            "Security/UnknownScheme",
            f"There is no security scheme `{name}`; what asks for it is left out.",
            self._document.locate(pointer),
            hint="Declare it under `components: securitySchemes`.",
        )
