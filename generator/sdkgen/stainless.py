"""`stainless.yml` in the words of `sdkgen.yaml`.

Resources and streaming have the same words in both, and stay where they are: findings keep their
places. What the rest says of a Python SDK is said anew; all else is left to be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sdkgen.text import Text
from sdkgen.text.limits import shown
from sdkgen.text.pointers import child, escape
from sdkgen.text.positions import MovedPositions, Positions

if TYPE_CHECKING:
    from sdkgen.diagnostics import Diagnostics

_SIGNS: Final = frozenset({"organization", "targets", "edition", "client_settings", "readme"})
_NAME: Final = re.compile(r"(?:^|[/\\.])stainless\.ya?ml$")
_LANGUAGE: Final = "python"
_COMPONENTS: Final = "#/components/schemas"
_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_NO_WORD: Final = re.compile(r"\W+")

_IMMATERIAL: Final = _SIGNS | {
    *("codeflow", "settings"),
    *("deduplicate", "skip_test_reason", "standalone_api"),
}
"""Settings of other languages, of a service, of tests and of the look of names."""

_INSTEAD: Final = {
    "openapi": "change the document itself: transforms of it are not made",
    "pagination": "methods give pages as the document has them",
    "paginated": "methods give pages as the document has them",
    "unspecified_endpoints": "they are methods, by the names that the document gives them",
    "unwrap_response_fields": "methods give answers as the document has them",
    "query_settings": "say `style` and `explode` of each parameter in the document",
}

_OPTIONS: Final = "/client_settings/opts"
_MOVED: Final = {
    "package": "/targets/python/package_name",
    "distribution": "/targets/python/project_name",
    "client": "/organization/name",
    "example": "/readme/example_requests/headline/endpoint",
    "credentials": _OPTIONS,
}
"""Where a `stainless.yml` has what is said anew."""

_WHOLE: Final = "value"
"""The role of an option that is a whole credential."""
_PAIR: Final = "clients take both as one argument: a tuple, or text with a colon between the two"
_GRANT: Final = "clients have an argument of their own for it"
_INSTEAD_OF_PARTS: Final = {
    **dict.fromkeys(("username", "password"), _PAIR),
    **dict.fromkeys(("client_id", "client_secret"), _GRANT),
}
"""By the other roles, what to do about options that have them."""

Data = dict[str, Any]


def is_one(text: Text) -> bool:
    """Whether a configuration is written for Stainless: by its name, or by what only that has."""
    if not isinstance(text.data, dict):
        return False
    return _NAME.search(text.name) is not None or not _SIGNS.isdisjoint(text.data)


@dataclass(frozen=True, slots=True)
class Unread:
    """What a configuration says that decides nothing here: one warning for a setting.

    Args:
        positions: Where the settings stand.
        diagnostics: Takes the warnings.
    """

    positions: Positions
    diagnostics: Diagnostics
    _told: set[str] = field(default_factory=set)

    def setting(self, pointer: str, name: str) -> None:
        """Take a setting that there is none of here."""
        if name not in _IMMATERIAL:
            self.tell(pointer, f"`{name}`", _INSTEAD.get(name))

    def tell(self, pointer: str, what: str, instead: str | None = None) -> None:
        """Take something else that decides nothing, and what to do instead."""
        if what not in self._told:
            self._told.add(what)
            message = f"{what} is of Stainless alone, and decides nothing here"
            place = self.positions.locate(pointer, key=True)
            self.diagnostics.warning("Config/NotRead", message, place, hint=instead)


def reworded(text: Text, unread: Unread) -> Text:
    """The same configuration as an `sdkgen.yaml` would have it, and what else it says.

    Args:
        text: What the file says.
        unread: Takes what there is nothing of here.
    """
    data: Data = text.data
    options = _mapping(_mapping(data.get("client_settings")).get("opts"))
    credentials = _credentials(options, unread)
    said = {
        "package": _package(_python(data).get("package_name")),
        "distribution": _python(data).get("project_name"),
        "client": _class(_mapping(data.get("organization")).get("name")),
        "example": _example(_mapping(data.get("readme"))),
        "credentials": {
            scheme: _credential(name, options[name]) for scheme, name in credentials.items()
        },
    }
    said = {key: value for key, value in said.items() if value}
    # A `package` of its own is from an older edition, and says what `targets` says.
    found = {key: value for key, value in data.items() if key != "package"} | said
    _tell_of_settings(data, unread)
    if isinstance(found.get("resources"), dict):
        found["resources"] = _resources(found["resources"], "/resources", unread)
    if ignored := _ignored(data):
        known = {
            code: _is_known(what) if isinstance(what, list | dict) else what
            for code, what in ignored.items()
        }
        found["diagnostics"] = {**found["diagnostics"], "ignored": known}
    moved = {f"/{key}": _MOVED[key] for key in said} | _moved(credentials)
    return Text(text.name, found, MovedPositions(text.positions, moved))


def skipped(text: Text) -> Iterator[str]:
    """The endpoints of methods that are not for Python, as they are written."""
    return _skipped(_mapping(text.data.get("resources")))


def known_in_places(text: Text) -> Iterator[str]:
    """The codes of findings that are to be ignored in some places only."""
    for code, said in _ignored(text.data).items():
        listed = said if isinstance(said, list) and not _is_known(said) else ()
        if any(isinstance(one, str) or "location" in _mapping(one) for one in listed):
            yield code


def _tell_of_settings(data: Data, unread: Unread) -> None:
    """Name what a client, or its answers, would have had and has not."""
    client = _mapping(data.get("client_settings"))
    for name in client:
        if name != "opts":
            unread.setting(f"/client_settings/{escape(name)}", name)
    if "package" in data and "package_name" not in _python(data):
        unread.tell("/package", "`package`", "say `package_name` of `targets.python`")
    if _mapping(data.get("settings")).get("unwrap_response_fields"):
        unread.setting("/settings/unwrap_response_fields", "unwrap_response_fields")


def _package(said: Any) -> str | None:
    return said.replace("-", "_") if isinstance(said, str) else None


def _class(said: Any) -> str | None:
    words = _WORD.findall(said) if isinstance(said, str) else []
    name = "".join(word[0].upper() + word[1:] for word in words)
    return name if name.isidentifier() else None


def _ignored(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(_mapping(data.get("diagnostics")).get("ignored"))


def _is_known(said: Any) -> bool:
    """Whether findings of a code are to be ignored, wherever they are.

    Args:
        said: Places and languages, with reasons.
    """
    listed = said if isinstance(said, list) else ()
    return any(_mapping(one).get("target") == _LANGUAGE for one in listed)


def _example(readme: Mapping[str, Any]) -> Any:
    return _mapping(_mapping(readme.get("example_requests")).get("headline")).get("endpoint")


def _credentials(options: Mapping[str, Any], unread: Unread) -> dict[str, str]:
    """By security schemes, the options that are their credentials; all others are named."""
    found: dict[str, list[str]] = {}
    for name, option in options.items():
        auth = _mapping(_mapping(option).get("auth"))
        scheme, role = auth.get("security_scheme"), auth.get("role") or _WHOLE
        if not isinstance(scheme, str):
            unread.tell(_option(name), f"`{name}`, an option that is no credential,")
        elif role == _WHOLE:
            found.setdefault(scheme, []).append(name)
        else:
            what = f"`{name}`, a part of the credential `{scheme}`,"
            unread.tell(_option(name), what, _INSTEAD_OF_PARTS.get(str(role)))
    for scheme, names in found.items():
        for name in names if len(names) > 1 else ():
            what = f"`{name}`, one of several options for the credential `{scheme}`,"
            unread.tell(_option(name), what, "keep one of them, or say the `role` of each")
    return {scheme: names[0] for scheme, names in found.items() if len(names) == 1}


def _option(name: str) -> str:
    """Where an option of clients stands."""
    return f"{_OPTIONS}/{escape(name)}"


def _credential(name: str, option: Mapping[str, Any]) -> Data:
    """The client's argument, and the environment variable that an option is read from."""
    env = option.get("read_env")
    return {"argument": _NO_WORD.sub("_", name).strip("_"), **({"env": env} if env else {})}


def _is_skipped(said: Any) -> bool:
    """Whether a resource, a method or a model is not for Python."""
    skip, only = _mapping(said).get("skip"), _mapping(said).get("only")
    return (
        skip is True
        or (isinstance(skip, list) and _LANGUAGE in skip)
        or (isinstance(only, list) and _LANGUAGE not in only)
    )


def _skipped(resources: Mapping[str, Any], *, whole: bool = False) -> Iterator[str]:
    """The endpoints of methods that are not for Python.

    Args:
        resources: What may have such methods.
        whole: Whether all that is in them is not for Python.
    """
    for resource in map(_mapping, resources.values()):
        none = whole or _is_skipped(resource)
        for method in _mapping(resource.get("methods")).values():
            endpoint = method.get("endpoint") if isinstance(method, dict) else method
            if isinstance(endpoint, str) and (none or _is_skipped(method)):
                yield endpoint
        yield from _skipped(_mapping(resource.get("subresources")), whole=none)


def _for_python(data: Data) -> Iterator[tuple[str, Any]]:
    """By name, what is for Python, without saying so."""
    for name, said in data.items():
        if not _is_skipped(said):
            yield name, _without_languages(said) if isinstance(said, dict) else said


def _without_languages(said: Data) -> Data:
    return {
        key: value
        for key, value in said.items()
        if key not in ("skip", "only") or not isinstance(value, bool | list)
    }


def _resources(data: Data, pointer: str, unread: Unread) -> Data:
    return {
        name: _resource(said, f"{pointer}/{escape(name)}", unread)
        for name, said in _for_python(data)
    }


def _resource(data: Any, pointer: str, unread: Unread) -> Any:
    if not isinstance(data, dict):
        return data
    found = dict(data)
    if isinstance(found.get("models"), dict):
        found["models"] = dict(_models(found["models"], f"{pointer}/models", unread))
    if isinstance(found.get("methods"), dict):
        found["methods"] = dict(_methods(found["methods"], f"{pointer}/methods", unread))
    if isinstance(found.get("subresources"), dict):
        below = f"{pointer}/subresources"
        found["subresources"] = _resources(found["subresources"], below, unread)
    if pointer == "/resources/$client" and found.get("methods"):
        unread.tell(pointer, "`$client`", "its methods are those of a resource, `client`")
    return found


def _models(data: Data, pointer: str, unread: Unread) -> Iterator[tuple[str, Any]]:
    for name, said in _for_python(data):
        model = {"openapi_uri": said} if isinstance(said, str) else _mapping(said)
        schema, kind = model.get("openapi_uri"), model.get("type", "model")
        if kind != "model":
            unread.tell(f"{pointer}/{escape(name)}", f"a model of type {shown(kind)}")
        elif not isinstance(schema, str):
            yield name, said
        elif schema.startswith("#/") and not child(_COMPONENTS, schema):
            unread.tell(f"{pointer}/{escape(name)}", "a model that is no schema of `components`")
        else:
            more = {key: model[key] for key in model if key not in ("type", "openapi_uri")}
            yield name, {"schema": schema, **more}


def _methods(data: Data, pointer: str, unread: Unread) -> Iterator[tuple[str, Any]]:
    for name, said in _for_python(data):
        kind = said.get("type", "http") if isinstance(said, dict) else "http"
        if kind == "http":
            yield name, said
        else:
            unread.tell(f"{pointer}/{escape(name)}", f"a method of type {shown(kind)}")


def _moved(credentials: Mapping[str, str]) -> dict[str, str]:
    """Where a `stainless.yml` has what is said anew of credentials."""
    found: dict[str, str] = {}
    for scheme, name in credentials.items():
        credential, option = f"/credentials/{escape(scheme)}", _option(name)
        found |= {credential: option, f"{credential}/argument": option}
        found[f"{credential}/env"] = f"{option}/read_env"
    return found


def _python(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(_mapping(data.get("targets")).get(_LANGUAGE))


def _mapping(said: Any) -> Mapping[str, Any]:
    return said if isinstance(said, dict) else {}
