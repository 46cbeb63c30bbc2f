"""APIMatic's `x-server-configuration`: environments, each with the same servers under its own URLs.

It stands in `info`; an operation says by `x-server-name` which of the servers it is called on.
(https://docs.apimatic.io/v4/define-validate/spec-extensions/servers-authentication)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sdkgen.diagnostics import Diagnostics, nearest
from sdkgen.source.document import Document

_NAME: Final = "x-server-configuration"
_POINTER: Final = f"/info/{_NAME}"
_SERVER_NAME: Final = "x-server-name"


class Environments:
    """The environments of a document, read as Server Objects; there may be none.

    Args:
        document: The document.
        diagnostics: Takes what is found.
    """

    def __init__(self, document: Document, diagnostics: Diagnostics) -> None:
        self._document = document
        self._diagnostics = diagnostics
        info = document.root.get("info")
        said = info.get(_NAME) if isinstance(info, dict) else None
        said = said if isinstance(said, dict) else {}
        environments = {one["name"]: one for one in _named(said.get("environments"))}
        self._descriptions = {name: one.get("description") for name, one in environments.items()}
        self._urls = {
            name: {server["name"]: server.get("url") for server in _named(one.get("servers"))}
            for name, one in environments.items()
        }
        self._variables = {one["name"]: _described(one) for one in _named(said.get("parameters"))}
        self._default_server = said.get("default-server")
        default = said.get("default-environment")
        if self._urls and default is not None:
            self._put_first(default)

    def of_api(self) -> list[Mapping[str, Any]]:
        """The default server of each environment, the default environment's first."""
        if self._default_server is None or not self._urls:
            return [self._server(one, next(iter(urls), None)) for one, urls in self._urls.items()]
        return self._servers(self._default_server, f"{_POINTER}/default-server")

    def of_operation(self, pointer: str) -> list[Mapping[str, Any]]:
        """The server that an operation names, in each environment; none where it names none."""
        name = self._document.mapping_at(pointer).get(_SERVER_NAME)
        if name is None or not self._urls:
            return []
        return self._servers(name, f"{pointer}/{_SERVER_NAME}")

    def _put_first(self, name: Any) -> None:
        if isinstance(name, str) and name in self._urls:
            self._urls = {name: self._urls[name], **self._urls}
        else:
            self._warn(name, "environment", self._urls, f"{_POINTER}/default-environment")

    def _servers(self, name: Any, pointer: str) -> list[Mapping[str, Any]]:
        found = [
            self._server(environment, name)
            for environment, urls in self._urls.items()
            if isinstance(name, str) and name in urls
        ]
        if not found:
            known = dict.fromkeys(one for urls in self._urls.values() for one in urls)
            self._warn(name, "server", known, pointer)
        return found

    def _server(self, environment: str, name: str | None) -> Mapping[str, Any]:
        return {
            "name": environment,
            "url": self._urls[environment].get(name or ""),
            "description": self._descriptions[environment],
            "variables": self._variables,
        }

    def _warn(self, name: Any, what: str, known: Iterable[str], pointer: str) -> None:
        right = nearest(str(name), known) or next(iter(known), None)
        self._diagnostics.warning(
            f"Servers/Unknown{what.title()}",
            f"`{_NAME}` has no {what} `{name}`.",
            self._document.locate(pointer),
            hint=f"Write `{right}`." if right is not None else f"Add the {what} to it.",
        )


def _named(listed: Any) -> Iterator[dict[str, Any]]:
    """The members of a list that are objects with a name."""
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and isinstance(one.get("name"), str):
            yield one


def _described(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter as the Server Variable Object that it is, whose schema says the most of it."""
    schema = parameter.get("schema")
    return {**parameter, **schema} if isinstance(schema, dict) else parameter
