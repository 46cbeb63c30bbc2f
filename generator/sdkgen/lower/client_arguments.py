"""The arguments of a client for its credentials: no two alike, whatever the document calls them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sdkgen.ir.api import ClientCredentials, SecurityScheme


def arguments_of(schemes: Iterable[SecurityScheme]) -> Iterable[str]:
    """All arguments that clients take for credentials."""
    for scheme in schemes:
        yield scheme.argument
        if scheme.grant is not None:
            grant = scheme.grant
            yield from (*grant.arguments, grant.scopes_argument, grant.url_argument)


def told_apart(schemes: Sequence[SecurityScheme]) -> tuple[SecurityScheme, ...]:
    """The same schemes: of arguments that would have one name, all but one get an underscore.

    Which of them does not depend on the order of the schemes.
    """
    used: set[str] = set()

    def free(name: str) -> str:
        while name in used:
            name += "_"
        used.add(name)
        return name

    by_name = sorted(schemes, key=lambda one: one.name)
    arguments = {one.name: free(one.argument) for one in by_name}
    grants = {one.name: one.grant and _renamed(one.grant, free) for one in by_name}
    return tuple(
        replace(one, argument=arguments[one.name], grant=grants[one.name]) for one in schemes
    )


def _renamed(grant: ClientCredentials, rename: Callable[[str], str]) -> ClientCredentials:
    id_, secret = map(rename, grant.arguments)
    return replace(
        grant,
        arguments=(id_, secret),
        scopes_argument=rename(grant.scopes_argument),
        url_argument=rename(grant.url_argument),
    )
