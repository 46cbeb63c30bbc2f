"""What open unions keep: the members that a document does not declare.

The generator of models knows closed unions alone. It is told of one more member, which has a tag
like the others; in what it writes, that member's module is replaced, and the runtime's `OneOf`
stands where pydantic's `Field` would refuse all other tags (it has as many letters: lines stay
as they were laid out).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from sdkgen.emit.code import Code, Either, Group, layout
from sdkgen.emit.render import render
from sdkgen.ir.types import (
    UNKNOWN_VARIANT,
    Alias,
    Definitions,
    ListOf,
    MapOf,
    TypeRef,
    Union,
)

TAG: Final = "<unknown>"
"""What type checkers take the discriminator of an `UnknownVariant` for."""

_DISCRIMINATOR: Final = r'(discriminator="\w+")'
_BARE: Final = re.compile(
    rf"(\b{UNKNOWN_VARIANT}(?: \| None)?,\s+)Field\({_DISCRIMINATOR}\)",
)
_WITH_ALIAS: Final = re.compile(
    rf"^    (\w+: )Annotated\[\s*([\w\s|]+ {UNKNOWN_VARIANT}(?: \| None)?),\s+"
    rf'Field\((alias=".*"), {_DISCRIMINATOR}\),?\s*\](.*)$',
    re.MULTILINE,
)
_ATTRIBUTE: Final = re.compile(
    r'^    (\w+): (?:Annotated\[.*Field\(alias=(".*")\)\])?', re.MULTILINE
)
_FROM_PYDANTIC: Final = re.compile(r"^from pydantic import (.*)\n", re.MULTILINE)


def are_open(definitions: Definitions) -> bool:
    """Whether any union is open."""
    return any(_discriminators(definitions))


def schema(definitions: Definitions) -> dict[str, Any]:
    """The schema of what is not declared, where a union is open."""
    found = sorted(set(_discriminators(definitions)))
    tag = {"type": "string", "enum": [TAG]}
    return {"type": "object", "properties": dict.fromkeys(found, tag), "required": found}


def module(text: str, header: str) -> str:
    """The module of what is not declared, after the one that the generator of models wrote."""
    found = _ATTRIBUTE.findall(text[text.index(f"class {UNKNOWN_VARIANT}(") :])
    return render("variant.py", header, {"name": UNKNOWN_VARIANT, "tag": TAG, "attributes": found})


def opened(text: str) -> str:
    """A module, its open unions told apart by `OneOf`."""
    found = _WITH_ALIAS.sub(_beside_alias, _BARE.sub(r"\1OneOf(\2)", text))
    return found if "Field(" in found else _FROM_PYDANTIC.sub(_without_field, found)


def _beside_alias(found: re.Match[str]) -> str:
    name, members, alias, discriminator, default = found.groups()
    types = [one.strip() for one in members.split("|")]
    items: list[Code] = [Either("", types), f"Field({alias})", f"OneOf({discriminator})"]
    return layout(Group("Annotated[", items, "]"), 1, name, default)


def _without_field(found: re.Match[str]) -> str:
    names = [one for one in found[1].split(", ") if one != "Field"]
    return f"from pydantic import {', '.join(names)}\n" if names else ""


def _discriminators(definitions: Definitions) -> Iterator[str]:
    waiting: list[TypeRef] = []
    for one in definitions.values():
        waiting += [one.type] if isinstance(one, Alias) else [field.type for field in one.fields]
    while waiting:
        match waiting.pop():
            case ListOf(item) | MapOf(item):
                waiting.append(item)
            case Union(members, discriminator, is_open):
                waiting += members
                if is_open and discriminator is not None:
                    yield discriminator
