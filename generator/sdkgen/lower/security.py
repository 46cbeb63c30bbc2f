"""Credentials and servers: how a client of the API is to be set up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin

from sdkgen.ir.api import SecurityScheme
from sdkgen.lower import names
from sdkgen.source.document import Document

_API_KEY = "api_key"
_PLAIN: Final = re.compile(r"(Key|Token)[-_]?Auth$", re.IGNORECASE)


def schemes(document: Document, client: str) -> tuple[SecurityScheme, ...]:
    """The credentials that the API knows. One is called `api_key`; several, after their schemes.

    An API that declares none may still ask for one: then it is a bearer token, if given.
    """
    declared = document.root.get("components", {}).get("securitySchemes", {})
    known = [
        (name, scheme)
        for name in declared
        if (scheme := _resolved(document, name)) and scheme.get("type") != "mutualTLS"
    ]
    if not known:
        return (
            SecurityScheme(
                _API_KEY,
                _API_KEY,
                None,
                "bearer",
                "header",
                "Authorization",
                "The API declares no credential; one that is given is sent as a bearer token.",
            ),
        )
    return tuple(_scheme(name, scheme, client, alone=len(known) == 1) for name, scheme in known)


def _resolved(document: Document, name: str) -> Mapping[str, Any]:
    key = name.replace("~", "~0").replace("/", "~1")
    value = document.resolve(f"/components/securitySchemes/{key}").value
    return value if isinstance(value, dict) else {}


def _scheme(name: str, scheme: Mapping[str, Any], client: str, *, alone: bool) -> SecurityScheme:
    argument = _API_KEY if alone else names.argument(_PLAIN.sub(r"\1", name))
    # An API whose name ends so needs no second API before its key.
    words = names.words(client)
    owner = "_".join(words[:-1] if words[-1:] == ["api"] and len(words) > 1 else words)
    env = names.environment_variable(owner, argument)
    description = scheme.get("description")
    said = description if isinstance(description, str) else None
    if scheme.get("type") == "apiKey":
        place = scheme.get("in")
        return SecurityScheme(
            name,
            argument,
            env,
            "key",
            place if place in ("query", "cookie") else "header",
            str(scheme.get("name", "Authorization")),
            said,
        )
    # What OAuth 2.0 and OpenID Connect end in is a bearer token too (RFC 6750).
    basic = scheme.get("type") == "http" and str(scheme.get("scheme")).lower() == "basic"
    return SecurityScheme(
        name,
        argument,
        env,
        "basic" if basic else "bearer",
        "header",
        "Authorization",
        said,
    )


def requirement(
    own: Any, document: Document, known: tuple[SecurityScheme, ...]
) -> tuple[tuple[str, ...], ...] | None:
    """The alternatives of schemes that an operation asks for; None where nothing is said.

    Where a credential is optional, one that was given is used all the same.
    """
    listed = document.root.get("security") if own is None else own
    if not isinstance(listed, list):
        return None
    supported = {scheme.name for scheme in known}
    alternatives = [
        tuple(one) for one in listed if isinstance(one, dict) and supported.issuperset(one)
    ]
    return tuple(sorted(dict.fromkeys(alternatives), key=lambda one: not one)) if listed else ()


def base_url(servers: Any, source: str) -> str | None:
    """The first server's URL, its variables at their defaults; None where it is not known.

    A relative one counts from where the document is (OpenAPI 3.1, section 4.8.5).
    """
    if not isinstance(servers, list) or not servers or not isinstance(servers[0], dict):
        return None
    url = servers[0].get("url")
    if not isinstance(url, str):
        return None
    variables = servers[0].get("variables")
    for name, variable in (variables if isinstance(variables, dict) else {}).items():
        default = variable.get("default") if isinstance(variable, dict) else None
        if isinstance(default, str):
            url = url.replace(f"{{{name}}}", default)
    if source.startswith("https://"):
        url = urljoin(source, url)
    return url.rstrip("/") if url.startswith(("https://", "http://")) else None
