"""Values that stand for any of a type: in READMEs, whose programs type checkers accept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sdkgen.emit.code import Code, Group, Labelled, literal
from sdkgen.ir.types import (
    Alias,
    Choice,
    Definitions,
    ListOf,
    MapOf,
    Model,
    Named,
    Primitive,
    TypeRef,
    Union,
)

_PRIMITIVES: Final = {
    Primitive.ANY: '"..."',
    Primitive.NONE: "None",
    Primitive.STRING: '"..."',
    Primitive.INTEGER: "1",
    Primitive.NUMBER: "1",
    Primitive.BOOLEAN: "True",
    Primitive.DATETIME: "datetime(2026, 1, 31)",
    Primitive.DATE: "date(2026, 1, 31)",
    Primitive.BINARY: 'b"..."',
}

_MOST_PARTS: Final = 30
"""Models may ask for models without end. What is larger is no example."""


class Samples:
    """Makes the values.

    Attributes:
        modules: The classes of Python's `datetime` that they need.
    """

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._left = 0
        self.modules: set[str] = set()

    def of(self, type_: TypeRef) -> Code:
        """A value of a type, with no more than what it has to have; or ``...``."""
        self._left = _MOST_PARTS
        return self._of(type_, frozenset()) or "..."

    def _of(self, type_: TypeRef, within: frozenset[str]) -> Code | None:
        """A value; None where it would be within itself, or is too large.

        Args:
            type_: Its type.
            within: The definitions that it is a part of.
        """
        self._left -= 1
        if self._left < 0:
            return None
        match type_:
            case Named(name):
                return None if name in within else self._defined(name, within | {name})
            case Choice(values):
                return literal(min(values, key=lambda one: len(str(one)) > _MOST_PARTS))
            case Union(members):
                found = (self._of(one, within) for one in members)
                return next((one for one in found if one is not None), None)
            case ListOf(item):
                return _display("[", [self._of(item, within)], "]")
            case MapOf(value):
                sample = self._of(value, within)
                return _display("{", [sample and Labelled('"...": ', sample)], "}")
        if type_ in (Primitive.DATE, Primitive.DATETIME):
            self.modules.add(type_.value)
        return _PRIMITIVES[type_]

    def _defined(self, name: str, within: frozenset[str]) -> Code | None:
        definition = self._definitions.get(name)
        if isinstance(definition, Alias):
            return self._of(definition.type, within)
        return None if definition is None else self._model(definition, within)

    def _model(self, model: Model, within: frozenset[str]) -> Code | None:
        items: list[Code | None] = []
        for field in model.fields:
            if field.required and not (field.read_only or field.may_be_unsaid):
                value = self._of(field.type, within)
                if value is None:
                    return None
                items.append(Labelled(f"{literal(field.name)}: ", value))
        return _display("{", items, "}")


def _display(opening: str, items: Iterable[Code | None], closing: str) -> Code:
    return Group(opening, [one for one in items if one is not None], closing, display=True)
