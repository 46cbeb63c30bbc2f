"""Unions that a property tells apart, in what the generator of models wrote of them.

That one knows nothing of the property: of its own discriminators, pydantic allows for less than
documents have. Here, the runtime's `OneOf` is put beside the members. Where new members are kept,
the generator of models is told of one more member, and the module that it wrote of it is replaced.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sdkgen.emit.code import Code, Either, Group, layout, literal
from sdkgen.emit.render import render
from sdkgen.emit.written import Written
from sdkgen.ir.types import (
    UNKNOWN_EVENT,
    UNKNOWN_VARIANT,
    Alias,
    Definitions,
    Model,
    TypeRef,
    Union,
    types_in,
)

_TAG: Final = "<unknown>"
"""What type checkers take the discriminator of an `UnknownVariant` for."""


def open_discriminators(definitions: Definitions) -> list[str]:
    """What tells the members of open unions apart; nothing where no union is open."""
    types = (type_ for one in definitions.values() for type_ in types_in(one))
    unions = (one for one in types if isinstance(one, Union) and one.is_open)
    return sorted({one.discriminator for one in unions if one.discriminator is not None})


def schema(discriminators: Sequence[str]) -> dict[str, Any]:
    """The schema of what is told apart by some properties, and is none of what is known."""
    tag = {"type": "string", "enum": [_TAG]}
    return {
        "type": "object",
        "properties": dict.fromkeys(discriminators, tag),
        "required": [*discriminators],
    }


def module(name: str, written: Written, header: str) -> str:
    """The module of new members or events, after the one that the generator of models wrote."""
    found = [*_attributes(written, written.classes[name])]
    template = {UNKNOWN_VARIANT: "variant.py", UNKNOWN_EVENT: "unknown.py"}[name]
    return render(template, header, {"name": name, "tag": _TAG, "attributes": found})


def told_apart(written: Written, found: Iterable[Model | Alias]) -> dict[ast.stmt, str]:
    """The statements of unions in some definitions of a module, with what tells them apart."""
    changes: dict[ast.stmt, str] = {}
    for one in found:
        changes.update(_fields(written, one) if isinstance(one, Model) else _alias(written, one))
    if changes:
        written.imports["", "typing"].add("Annotated")
        written.imports["..", "_runtime.unions"].add("OneOf")
    return changes


def _attributes(written: Written, found: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """The attributes of a class, each with its name on the wire if that is another."""
    for one in found.body:
        if isinstance(one, ast.AnnAssign):
            said = [part for part in ast.walk(one.annotation) if isinstance(part, ast.keyword)]
            wire = "".join(written.source(part.value) for part in said if part.arg == "alias")
            yield written.source(one.target), wire


def _alias(written: Written, alias: Alias) -> Iterator[tuple[ast.stmt, str]]:
    """The statement of a union that has a name, and what is to be in its place."""
    if _discriminator(alias.type) is not None:
        statement, type_ = written.aliases[alias.name]
        union = _annotated(written, alias.type, type_)
        call = Group("TypeAliasType(", [literal(alias.name), union], ")")
        yield statement, layout(call, 0, f"{alias.name} = ")


def _fields(written: Written, model: Model) -> Iterator[tuple[ast.stmt, str]]:
    """The statements of a model's unions, each with what is to be in its place."""
    body = written.classes[model.name].body
    attributes = [one for one in body if isinstance(one, ast.AnnAssign)]
    for field, one in zip(model.fields, attributes, strict=True):
        if _discriminator(field.type) is not None:
            default = "" if one.value is None else f" = {written.source(one.value)}"
            code = _annotated(written, field.type, one.annotation)
            yield one, layout(code, 1, f"{written.source(one.target)}: ", default)


def _annotated(written: Written, type_: TypeRef, union: ast.expr) -> Group:
    about: list[ast.expr] = []
    match union:
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([union, *about])):
            pass
    either: Code
    match union:
        case ast.Subscript(ast.Name("Union"), ast.Tuple(members)):
            either = Group("Union[", [*map(written.source, members)], "]")
        case _:
            either = Either("", [*map(written.source, _members(union))])
    items = [either, *map(written.source, about)]
    items.append(f"OneOf(discriminator={literal(_discriminator(type_))})")
    return Group("Annotated[", items, "]")


def _members(union: ast.expr) -> list[ast.expr]:
    """The members of a union, in their order: `a | b | c` is `a | b`, and `c`."""
    members = []
    while isinstance(union, ast.BinOp):
        members.append(union.right)
        union = union.left
    return [union, *reversed(members)]


def _discriminator(type_: TypeRef) -> str | None:
    return type_.discriminator if isinstance(type_, Union) else None
