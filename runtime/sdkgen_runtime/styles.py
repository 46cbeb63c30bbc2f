"""Values as names and texts, before anything is encoded: the styles of parameters and forms.

They are those of OpenAPI 3.1, section 4.8.12.2, which follow RFC 6570, and `cookie` of OpenAPI
3.2, section 4.12.3, which follows RFC 6265. What OpenAPI leaves undefined is settled here:
`deepObject` writes every step down as a pair of brackets, the key of an object or the position in
an array (``a[b][0]=1``); in all other styles an object or an array inside of another is JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from .values import jsonable_at

StyleName = Literal[
    "form",
    "simple",
    "label",
    "matrix",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "json",
    "cookie",
]


@dataclass(frozen=True, slots=True)
class Style:
    """How a value is written.

    Attributes:
        name: A style of OpenAPI; `json` for a value that is JSON text in its place
            (a parameter with `content`).
        explode: Whether each item of an array, each member of an object, stands for itself.
        reserved: Whether characters that have a meaning in URLs, but none in the values of
            a query, are left as they are (`allowReserved`).
    """

    name: StyleName
    explode: bool = False
    reserved: bool = False


DELIMITERS: Final[Mapping[str, str]] = {"spaceDelimited": " ", "pipeDelimited": "|"}
"""What stands between the texts of one part, in all other styles a comma: OpenAPI 3.1.1,
section 4.8.12.3."""


@dataclass(frozen=True, slots=True)
class Part:
    """One name and its texts.

    Attributes:
        key: The name; None for that of the parameter itself.
        texts: What stands behind it; several have the style's delimiter between them.
    """

    key: str | None
    texts: tuple[str | bytes, ...]


def parts(name: str, value: Any, style: Style, bare: str = "") -> Iterator[Part]:
    """What a parameter's value comes to. Nothing for an empty array or object.

    Args:
        name: The parameter's.
        value: What was given for it.
        style: How it is written.
        bare: What stands between the parts of the value, where nothing is encoded.

    Raises:
        ValueError: The style has no way to write the value.
    """
    if isinstance(value, bytes):
        yield Part(None, (value,))
        return
    plain = jsonable_at(name, value)
    if style.name == "json":
        yield Part(None, (json_text(plain),))
    elif style.name == "deepObject" and isinstance(plain, Mapping | list):
        yield from _steps(name, plain)
    elif isinstance(plain, Mapping | list):
        found = list(_items(plain) if isinstance(plain, list) else _members(plain, style))
        for part in found:
            _refuse_delimiters(name, part, bare)
        if style.explode:
            yield from found
        elif found:
            yield Part(None, tuple(one for part in found for one in part.texts))
    else:
        yield Part(None, (text(plain),))


def _items(plain: list[Any]) -> Iterator[Part]:
    return (Part(None, (text(item),)) for item in plain if item is not None)


def _members(plain: Mapping[str, Any], style: Style) -> Iterator[Part]:
    for key, member in plain.items():
        if member is not None:
            yield Part(key, (text(member),)) if style.explode else Part(None, (key, text(member)))


def _refuse_delimiters(name: str, part: Part, bare: str) -> None:
    """No part of a value may pass for two of them."""
    found = {one for one in bare for said in (part.key or "", *part.texts) if one in str(said)}
    if bare and part.key is not None:
        found |= {"="} & set(part.key)
    if found:
        raise ValueError(
            f"A part of {name!r} has the character {min(found)!r}, which stands between the "
            "parts there: no server could tell them apart."
        )


def _steps(name: str, plain: Any) -> Iterator[Part]:
    if plain is None:
        return
    if not isinstance(plain, Mapping | list):
        yield Part(name, (text(plain),))
        return
    for key, below in plain.items() if isinstance(plain, Mapping) else enumerate(plain):
        if not {"[", "]"}.isdisjoint(str(key)):
            raise ValueError(
                f"The key {key!r} of {name!r} has a bracket, which stands between keys: "
                "no server could tell it apart."
            )
        yield from _steps(f"{name}[{key}]", below)


def text(plain: Any) -> str:
    """A plain value as text; JSON, if it is an object or an array."""
    match plain:
        case str():
            return plain
        case True:
            return "true"
        case False:
            return "false"
        case None:
            return ""
    return json_text(plain) if isinstance(plain, Mapping | list) else str(plain)


def json_text(plain: Any, *, ascii_only: bool = False) -> str:
    """A plain value as JSON."""
    return json.dumps(plain, ensure_ascii=ascii_only, separators=(",", ":"))
