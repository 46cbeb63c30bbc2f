"""Values as text: path, query, header and cookie parameters, and bodies.

The styles are those of OpenAPI 3.1, section 4.8.12.2, which follow RFC 6570. No value can
leave its place: what has a meaning in a path, a query, a header or a cookie is
percent-encoded, and what cannot be encoded there is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import quote

import pydantic
import pydantic_core

from .request import UNSET

Location = Literal["path", "query", "header", "cookie"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a parameter's value is written."""

    name: Literal["form", "simple"]
    explode: bool


DEFAULT_STYLES: Final[Mapping[str, Style]] = {
    "path": Style("simple", explode=False),
    "query": Style("form", explode=True),
    "header": Style("simple", explode=False),
    "cookie": Style("form", explode=True),
}

Styles = Mapping[tuple[str, str], Style]

_PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")
_DOTS: Final = frozenset({".", ".."})
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""RFC 9110, section 5.6.2."""
_NOT_IN_A_HEADER: Final = re.compile(r"[^\t\x20-\x7e]")
"""RFC 9110, section 5.5: visible ASCII; no control characters, line ends above all."""


def expand_path(template: str, values: Mapping[str, Any], styles: Styles) -> str:
    """The path with its arguments in place.

    Raises:
        ValueError: An argument is empty, or would make the path another one.
    """

    def argument(match: re.Match[str]) -> str:
        name = match[1]
        value = values[name]
        pairs = [] if value is UNSET else _pairs(value, _style("path", name, styles))
        text = ",".join("=".join(map(_quoted, pair)) for pair in pairs)
        if not text:
            raise ValueError(
                f"The path argument {name!r} is {value!r}, "
                f"which would make {template!r} another path: give it a value."
            )
        return text

    path = _PLACEHOLDER.sub(argument, template)
    if not _DOTS.isdisjoint(path.split("/")):
        raise ValueError(
            f"The path arguments make {path!r} of {template!r}: a server takes that for another "
            "path, since dots alone mean the parts around them."
        )
    return path


def query_string(values: Mapping[str, Any], styles: Styles) -> str:
    """The query, without its question mark."""
    return "&".join(_named("query", values, styles))


def cookie_header(values: Mapping[str, Any], styles: Styles) -> str:
    """The value of the `Cookie` header (RFC 6265, section 4.2.1)."""
    return "; ".join(_named("cookie", values, styles))


def headers(values: Mapping[str, Any], styles: Styles) -> dict[str, str]:
    """Header parameters as header fields.

    Raises:
        ValueError: A value has characters that no header may have.
    """
    fields: dict[str, str] = {}
    for name, value in values.items():
        if not _TOKEN.fullmatch(name):
            raise ValueError(f"{name!r} is not the name of a header.")
        if value is UNSET or value is None:
            continue
        if pairs := _pairs(value, _style("header", name, styles)):
            fields[name] = header_value(name, ",".join("=".join(pair) for pair in pairs))
    return fields


def header_value(name: str, value: str) -> str:
    """The value, once it is sure that it stays inside its header.

    Raises:
        ValueError: It has characters that no header may have. The message does not repeat it.
    """
    found = _NOT_IN_A_HEADER.search(value)
    if found:
        raise ValueError(
            f"The value of the header {name!r} has the character U+{ord(found[0]):04X}, "
            "which a header cannot carry."
        )
    return value.strip()


def _named(location: Location, values: Mapping[str, Any], styles: Styles) -> Iterator[str]:
    """The ``name=value`` pairs that style `form` gives.

    The commas of an array stay as they are, so that those in its items can be told from them.
    """
    for name, value in values.items():
        if value is UNSET or value is None:
            continue
        style = _style(location, name, styles)
        pairs = [[_quoted(part) for part in pair] for pair in _pairs(value, style)]
        if style.explode:
            yield from ("=".join([_quoted(name), *pair][-2:]) for pair in pairs)
        elif pairs:
            yield f"{_quoted(name)}={','.join(part for pair in pairs for part in pair)}"


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _style(location: Location, name: str, styles: Styles) -> Style:
    return styles.get((location, name), DEFAULT_STYLES[location])


def _pairs(value: Any, style: Style) -> list[list[str]]:
    """A value's parts: a lone text, an array's items, or an object's keys and values.

    Exploded, an object's key and value are one part with two texts (``a=1``); else each
    is a part of its own (``a,1``).
    """
    plain = jsonable(value)
    if isinstance(plain, Mapping):
        members = [[key, _text(member)] for key, member in plain.items() if member is not None]
        return members if style.explode else [[part] for member in members for part in member]
    if isinstance(plain, list):
        return [[_text(item)] for item in plain if item is not None]
    return [[_text(plain)]]


def _text(plain: Any) -> str:
    if plain is True:
        return "true"
    if plain is False:
        return "false"
    if plain is None:
        return ""
    if isinstance(plain, Mapping | list):
        return pydantic_core.to_json(plain).decode()
    return str(plain)


_PLAIN: Final = frozenset({str, int, float, bool})


def jsonable(value: Any) -> Any:
    """The value in JSON's own types, by the names that the API knows.

    Fields of models that were never set and are `None` are left out, as are `UNSET`
    values; fields that always have one value (a discriminator's) are sent.
    """
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, pydantic.RootModel):
        return jsonable(value.root)
    if isinstance(value, pydantic.BaseModel):
        return _model(value)
    if isinstance(value, Mapping):
        return {
            str(jsonable(key)): jsonable(item) for key, item in value.items() if item is not UNSET
        }
    if value is UNSET:
        raise ValueError("UNSET is no value: leave the argument out.")
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [jsonable(item) for item in value if item is not UNSET]
    return pydantic_core.to_jsonable_python(value)


def _model(model: pydantic.BaseModel) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value is not None or name in model.model_fields_set:
            members[field.serialization_alias or field.alias or name] = jsonable(value)
    for name, value in (model.model_extra or {}).items():
        members[name] = jsonable(value)
    return members
