"""Servers: where an API and its operations are served, and what their variables are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics, Location
from sdkgen.ir.api import Server, Variable
from sdkgen.lower import names
from sdkgen.lower.environments import Environments
from sdkgen.source.document import Document
from sdkgen.text.pointers import escape

_TEMPLATE: Final = re.compile(r"\{([^{}]+)\}")
_SCHEME: Final = re.compile(r"^[A-Za-z]+(?=://)")
_NOISE: Final = frozenset(
    {"a", "an", "the", "our", "this", "is", "for", "api", "server", "url", "endpoint"}
    | {"base", "environment", "host"}
)
_NAMES: Final = ("name", "x-speakeasy-server-id", "x-fern-server-name")
"""What a server is called: by OpenAPI 3.2, and by those whose documents are older."""
_DEFAULT: Final = [{"url": "/"}]
"""Where an API is served whose document does not say it (OpenAPI 3.1, section 4.8.1)."""
_MOST_WORDS: Final = 3
"""Words of a description that is still a name."""


class Servers:
    """The servers of a document.

    Args:
        document: The document.
        config: May say where the document comes from, and where the API is served.
        taken: The arguments that clients have already.
        diagnostics: Takes what is found.
    """

    def __init__(
        self, document: Document, config: Config, taken: Iterable[str], diagnostics: Diagnostics
    ) -> None:
        self._document = document
        self._config = config
        self._configured = [{"name": name, "url": url} for name, url in config.environments.items()]
        self._environments = Environments(document, diagnostics)
        self._diagnostics = diagnostics
        self._taken = frozenset(taken)
        self._origin = next(
            (
                one
                for one in (config.document_url, document.root.get("$self"), document.source)
                if isinstance(one, str) and one.startswith(("https://", "http://"))
            ),
            None,
        )

    def of_api(self) -> tuple[Server, ...]:
        """Those of the whole API that can be reached, the first of them the default."""
        if self._configured:
            return _named(self._servers(self._configured, self._of_configuration))
        found = self._servers(self._environments.of_api()) or self._listed("", _DEFAULT)
        usable = [one for one in found if not _is_relative(one.url)]
        if not usable:
            self._warn_of_relative(found)
        return _named(usable)

    def of_operation(self, pointer: str) -> tuple[Server, ...]:
        """Those of an operation or else of its path, if one of them has its own."""
        path = pointer.rpartition("/")[0]
        chosen = self._servers(self._environments.of_operation(pointer))
        return _named(self._listed(pointer) or self._listed(path) or chosen)

    def _listed(self, pointer: str, default: Sequence[Any] = ()) -> list[Server]:
        """The servers that an object lists, or those that it has if it lists none."""
        listed = self._document.mapping_at(pointer).get("servers") or default

        def locate(index: int) -> Location:
            return self._document.locate(f"{pointer}/servers/{index}/url")

        return self._servers(listed if isinstance(listed, list) else (), locate)

    def _of_configuration(self, index: int) -> Location:
        name = self._configured[index]["name"]
        return self._config.locate(f"/environments/{escape(name)}")

    def _servers(
        self, said: Iterable[Any], locate: Callable[[int], Location] | None = None
    ) -> list[Server]:
        """Those that can be called, each once."""
        found = {}
        for index, one in enumerate(said):
            url = one.get("url") if isinstance(one, dict) else None
            if not isinstance(url, str) or not url.strip():
                continue
            if wrong := _why_not(url):
                self._diagnostics.warning(
                    "Servers/Url",
                    f"The server `{url}` is left out: {wrong}.",
                    locate(index) if locate is not None else None,
                    hint="Write a URL that paths can follow: https://api.example.com/v1",
                )
                continue
            server = self._server(url, one)
            found[server.url] = server
        return list(found.values())

    def _server(self, url: str, said: Mapping[str, Any]) -> Server:
        if self._origin is not None and _is_relative(url):
            url = urljoin(self._origin, url)  # OpenAPI 3.1, section 4.8.5
        elif url.startswith("//"):  # the scheme alone is the document's (RFC 3986, section 4.2)
            url = f"https:{url}"
        described = said.get("variables")
        variables = described if isinstance(described, dict) else {}
        description = said.get("description")
        return Server(
            _SCHEME.sub(lambda found: found[0].lower(), url).rstrip("/") or "/",
            next((name for key in _NAMES if isinstance(name := said.get(key), str)), ""),
            description if isinstance(description, str) else None,
            tuple(
                self._variable(one, argument, variables.get(one))
                for one, argument in self._arguments(_TEMPLATE.findall(url)).items()
            ),
        )

    def _arguments(self, variables: Sequence[str]) -> dict[str, str]:
        """The client's arguments for the variables of a URL: those of credentials are taken."""
        found: dict[str, str] = {}
        # The one that is spelled like its argument keeps that.
        for name in sorted({*variables}, key=lambda one: (names.snake(one) != one, one)):
            argument = names.client_argument(name)
            while argument in self._taken:
                argument = f"server_{argument}"
            while argument in found.values():
                argument += "_"
            found[name] = argument
        return {name: found[name] for name in dict.fromkeys(variables)}

    def _variable(self, name: str, argument: str, said: Any) -> Variable:
        said = said if isinstance(said, dict) else {}
        values = said.get("enum")
        default, description = said.get("default"), said.get("description")
        return Variable(
            name,
            argument,
            default if isinstance(default, str) else None,
            tuple(one for one in values if isinstance(one, str))
            if isinstance(values, list)
            else (),
            description if isinstance(description, str) else None,
        )

    def _warn_of_relative(self, found: list[Server]) -> None:
        first = found[0].url if found else "/"
        # `.` is the folder of the document, and `./v1` is in it (RFC 3986, section 5.2.4).
        end = urlsplit(urljoin("https://localhost/", first)).path.rstrip("/")
        given = f"a `base_url` that ends in `{end}`" if end else "that folder's URL as `base_url`"
        if first != "/":
            self._diagnostics.warning(
                "Servers/Relative",
                f"The server `{first}` is relative to where the document is served, which is not "
                f"known here: users have to give {given}.",
                self._document.locate("/servers/0/url"),
                hint="Write the whole URL: https://..., or `document_url: https://...` in "
                "sdkgen.yaml.",
            )


def _why_not(url: str) -> str | None:
    """Why no path can follow a URL; None where one can, whatever its variables are."""
    try:
        parts = urlsplit(_TEMPLATE.sub("1", url))
        _ = parts.port  # is looked at when it is asked for
    except ValueError as error:
        return f"it is no URL ({error})"
    if "://" in url and parts.scheme not in ("https", "http", ""):
        return f"clients speak HTTP, and not `{parts.scheme}`"
    if parts.scheme and not parts.hostname:
        return "it is no URL (it has no host)"
    return "it has a `?` or `#` in it" if parts.query or parts.fragment else None


def _is_relative(url: str) -> bool:
    return "://" not in url and not url.startswith("{")


def _named(servers: list[Server]) -> tuple[Server, ...]:
    """The same, each with a name of its own: what the document calls it, or where it is."""
    for wording in (_by_name, _by_description, _by_host, _by_url):
        called = [wording(one) for one in servers]
        if all(called) and len(set(called)) == len(called):
            return tuple(replace(one, name=name) for one, name in zip(servers, called, strict=True))
    return tuple(replace(one, name=one.url) for one in servers)


def _by_name(server: Server) -> str:
    return "_".join(names.words(server.name))


def _by_description(server: Server) -> str:
    words = [word for word in names.words(server.description or "") if word not in _NOISE]
    return "_".join(words) if len(words) <= _MOST_WORDS else ""


def _by_host(server: Server) -> str:
    try:
        host = urlsplit(server.url).hostname or ""
    except ValueError:
        return ""
    return "_".join(names.words(host))


def _by_url(server: Server) -> str:
    return "_".join(names.words(server.url.partition("://")[2]))
