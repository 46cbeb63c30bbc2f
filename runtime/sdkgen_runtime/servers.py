"""Where an API is served: URLs with variables (OpenAPI 3.1, sections 4.8.5 and 4.8.6).

No variable's value leaves its place: what stands for a part of the host or of the path cannot
make the URL one of another host.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")
_IN_HOST: Final = re.compile(r"[A-Za-z0-9._-]+(:[0-9]+)?")
_IN_PATH: Final = re.compile(r"(?!.*(?:^|/)\.{1,2}(?:/|$))[A-Za-z0-9._~/-]*")


@dataclass(frozen=True, slots=True)
class Variable:
    """A part of a server's URL that is open.

    Attributes:
        name: Its name in the URL.
        default: Its value where none is given; None where one has to be.
        values: The values that it may have; any, where there are none.
        argument: The client's argument for it; its name where that is "".
    """

    name: str
    default: str | None = None
    values: tuple[str, ...] = ()
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Server:
    """One place where an API is served.

    Attributes:
        url: Its URL; ``{name}`` stands for a variable.
        name: What it is chosen by, where there are several.
        variables: What is open in the URL.
    """

    url: str
    name: str = ""
    variables: tuple[Variable, ...] = ()

    def at(self, given: Mapping[str, str | None]) -> str:
        """The URL with the values that were given, by the arguments for them.

        Raises:
            ValueError: A value is missing, is none of those that it may be, or would make the
                URL another one.
        """
        known = {variable.name: variable for variable in self.variables}
        start = self.url.find("://")
        slash = self.url.find("/", start + 3)
        path = 0 if start < 0 else slash if slash >= 0 else len(self.url)

        def value(match: re.Match[str]) -> str:
            variable = known.get(match[1], Variable(match[1]))
            found = _value(variable, given)
            if match.start() == 0 and match.end() != start:
                return found  # the whole of a base URL, and checked as that
            fits = _IN_HOST if match.start() < path else _IN_PATH
            if not fits.fullmatch(found):
                raise ValueError(
                    f"The server variable `{variable.argument or variable.name}` is {found!r}, "
                    f"which would make {self.url!r} another URL: pass base_url for that."
                )
            return found

        return _VARIABLE.sub(value, self.url)


def _value(variable: Variable, given: Mapping[str, str | None]) -> str:
    argument = variable.argument or variable.name
    found = given.get(argument)
    if found is None:
        found = variable.default
    if found is None:
        raise ValueError(f"The URL of the server is open: pass `{argument}`, or base_url.")
    if variable.values and found not in variable.values:
        raise ValueError(
            f"The server variable `{argument}` is {found!r}: it has to be one of "
            f"{', '.join(map(repr, variable.values))}."
        )
    return found


@dataclass(frozen=True, slots=True)
class Location:
    """Where one client sends its calls.

    Attributes:
        base_url: Where the API is served.
        variables: What was given for variables, by argument.
        is_given: Whether the user has named the URL: nothing is sent to any other, then.
        server: The name of the server that the user has chosen, if there is one.
    """

    base_url: str
    variables: Mapping[str, str | None]
    is_given: bool
    server: str | None = None

    def of(self, servers: tuple[Server, ...]) -> str:
        """Where an operation is served that has servers of its own: the chosen one, or the first.

        Raises:
            ValueError: As for `Server.at`.
        """
        if not servers:
            return self.base_url
        chosen = next((one for one in servers if one.name == self.server), servers[0])
        url = chosen.at(self.variables)
        if self.is_given and urlsplit(url).netloc:
            return self.base_url
        return checked_base_url(urljoin(f"{self.base_url}/", url))


def locate(
    servers: tuple[Server, ...],
    base_url: str | None,
    server: str | None,
    variables: Mapping[str, str | None],
    others: tuple[str, ...] = (),
) -> Location:
    """Where a client sends its calls: to `base_url`, to the server of that name, or the first.

    Args:
        servers: Those of the API.
        base_url: What goes before all of them.
        server: The name of one.
        variables: What was given for variables, by argument.
        others: Names that only servers of single operations have.

    Raises:
        ValueError: There is no server, or none of that name; or as for `checked_base_url` and
            `Server.at`.
    """
    if base_url:
        return Location(checked_base_url(base_url), variables, is_given=True)
    if server is not None:
        named = [one for one in servers if one.name == server]
        if not named and server not in others:
            known = ", ".join(map(repr, (*(one.name for one in servers), *others)))
            raise ValueError(f"There is no server {server!r}: it has to be one of {known}.")
        servers = (*named, *servers)
    url = servers[0].at(variables) if servers else None
    return Location(checked_base_url(url), variables, is_given=False, server=server)


def checked_base_url(base_url: str | None) -> str:
    """The URL of a server, without a slash at its end.

    Raises:
        TypeError: It is no text.
        ValueError: It is missing, or is no URL that calls can be sent to.
    """
    if not base_url:
        raise ValueError("The API's document names no server: pass base_url.")
    if not isinstance(base_url, str):
        raise TypeError(f"base_url is a {type(base_url).__qualname__}: pass str(base_url).")
    # The message does not repeat what may have a password in it.
    if not base_url.lower().startswith(("https://", "http://")):  # RFC 3986, section 3.1
        raise ValueError("base_url has to begin with https:// or http://.")
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL as error:
        raise ValueError(f"base_url is not a URL: {error}.") from error
    if url.userinfo:  # it would replace what the API wants in `Authorization`, in silence
        raise ValueError(
            "base_url has a user name or a password: pass them to the HTTP client, "
            "http_client=httpx.Client(auth=(user, password)), or as the API's own credentials."
        )
    if not url.host:
        raise ValueError("base_url has no host after its `//`.")
    if "?" in base_url or "#" in base_url:
        raise ValueError("base_url ends before its `?` or `#`: what follows is extra_query's.")
    return base_url.rstrip("/")
