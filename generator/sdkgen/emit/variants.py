"""Unions that a property tells apart, in what the generator of models wrote of them.

That one knows nothing of the property: of its own discriminators, pydantic allows for less than
documents have. Here, the runtime's `OneOf` is put beside the members. Where new members are kept,
the generator of models is told of one more member, and the module that it wrote of it is replaced.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sdkgen.emit.code import NAME, Code, Either, Group, layout, literal
from sdkgen.emit.render import render
from sdkgen.ir.types import (
    UNKNOWN_EVENT,
    UNKNOWN_VARIANT,
    Alias,
    Definitions,
    Model,
    TypeRef,
    Union,
)

_TAG: Final = "<unknown>"
"""What type checkers take the discriminator of an `UnknownVariant` for."""

_ATTRIBUTE: Final = re.compile(
    rf'^    ({NAME}): (?:Annotated\[.*Field\(alias=(".*")\)\])?', re.MULTILINE
)
_FUTURE: Final = "from __future__ import annotations\n"


def are_open(definitions: Definitions) -> bool:
    """Whether any union keeps new members."""
    return any(_open_discriminators(definitions))


def open_discriminators(definitions: Definitions) -> list[str]:
    """What tells the members of open unions apart."""
    return sorted(set(_open_discriminators(definitions)))


def schema(discriminators: Sequence[str]) -> dict[str, Any]:
    """The schema of what is told apart by some properties, and is none of what is known."""
    tag = {"type": "string", "enum": [_TAG]}
    return {
        "type": "object",
        "properties": dict.fromkeys(discriminators, tag),
        "required": [*discriminators],
    }


def module(name: str, text: str, header: str) -> str:
    """The module of new members or events, after the one that the generator of models wrote."""
    found = _ATTRIBUTE.findall(text[text.index(f"class {name}(") :])
    template = {UNKNOWN_VARIANT: "variant.py", UNKNOWN_EVENT: "unknown.py"}[name]
    return render(template, header, {"name": name, "tag": _TAG, "attributes": found})


def told_apart(text: str, found: Iterable[Model | Alias]) -> str:
    """A module, the unions of some definitions in it with what tells them apart."""
    written = _Written(text)
    edits: list[tuple[ast.stmt, str]] = []
    for definition in found:
        if isinstance(definition, Model):
            edits += written.fields(definition)
        else:
            edits.append(written.alias(definition))
    lines = text.split("\n")
    for statement, code in sorted(edits, key=lambda edit: -edit[0].lineno):
        lines[statement.lineno - 1 : statement.end_lineno] = [code]
    return "\n".join(lines).replace(_FUTURE, f"{_FUTURE}from typing import Annotated\n", 1)


def is_told_apart(definition: Model | Alias) -> bool:
    """Whether a definition has a union that a property tells apart."""
    return any(_discriminator(type_) is not None for type_ in _types(definition))


class _Written:
    """A module as the generator of models wrote it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._classes: dict[str, ast.ClassDef] = {}
        self._aliases: dict[str, tuple[ast.Assign, ast.expr]] = {}
        for one in ast.parse(text).body:
            match one:
                case ast.ClassDef(name):
                    self._classes[name] = one
                case ast.Assign([ast.Name(name)], ast.Call(args=[_, type_])):
                    self._aliases[name] = one, type_

    def alias(self, alias: Alias) -> tuple[ast.stmt, str]:
        """The statement of a union that has a name, and what is to be in its place."""
        statement, type_ = self._aliases[alias.name]
        union = self._annotated(alias.type, type_)
        call = Group("TypeAliasType(", [literal(alias.name), union], ")")
        return statement, layout(call, 0, f"{alias.name} = ")

    def fields(self, model: Model) -> Iterator[tuple[ast.stmt, str]]:
        """The statements of a model's unions, each with what is to be in its place."""
        written = [one for one in self._classes[model.name].body if isinstance(one, ast.AnnAssign)]
        for field, one in zip(model.fields, written, strict=True):
            if _discriminator(field.type) is not None:
                default = "" if one.value is None else f" = {self._source(one.value)}"
                code = self._annotated(field.type, one.annotation)
                yield one, layout(code, 1, f"{self._source(one.target)}: ", default)

    def _annotated(self, type_: TypeRef, written: ast.expr) -> Group:
        about: list[ast.expr] = []
        match written:
            case ast.Subscript(ast.Name("Annotated"), ast.Tuple([union, *about])):
                written = union
        items: list[Code] = [Either("", [self._source(one) for one in _members(written)])]
        items += [self._source(one) for one in about]
        items.append(f"OneOf(discriminator={literal(_discriminator(type_))})")
        return Group("Annotated[", items, "]")

    def _source(self, node: ast.expr) -> str:
        return ast.get_source_segment(self._text, node) or ""


def _members(written: ast.expr) -> Iterator[ast.expr]:
    """The members of a union, in their order."""
    match written:
        case ast.BinOp(left, ast.BitOr(), right):
            yield from _members(left)
            yield right
        case _:
            yield written


def _open_discriminators(definitions: Definitions) -> Iterator[str]:
    for one in definitions.values():
        for type_ in _types(one):
            if isinstance(type_, Union) and type_.is_open and type_.discriminator is not None:
                yield type_.discriminator


def _types(definition: Model | Alias) -> Iterable[TypeRef]:
    """The types in which a property may tell members apart: those that are not in others."""
    if isinstance(definition, Alias):
        return (definition.type,)
    return (field.type for field in definition.fields)


def _discriminator(type_: TypeRef) -> str | None:
    return type_.discriminator if isinstance(type_, Union) else None
