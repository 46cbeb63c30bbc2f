"""Types as Python annotations, for what comes out of a call and for what goes into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sdkgen.emit.code import literal
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

_NAMES: Final[Mapping[Primitive, str]] = {
    Primitive.ANY: "Any",
    Primitive.NONE: "None",
    Primitive.STRING: "str",
    Primitive.INTEGER: "int",
    Primitive.NUMBER: "float",
    Primitive.BOOLEAN: "bool",
    Primitive.DATETIME: "datetime",
    Primitive.DATE: "date",
    Primitive.BINARY: "bytes",
}


@dataclass(frozen=True, slots=True)
class Annotations:
    """Writes annotations for one module.

    Attributes:
        definitions: What the names mean.
        shadowed: Built-in types that the module's class has members of the same name as.
    """

    definitions: Definitions
    shadowed: frozenset[str] = frozenset()

    def output(self, type_: TypeRef) -> str:
        """For a value that a call returns."""
        match type_:
            case Primitive():
                return self._builtin(_NAMES[type_])
            case Choice(values):
                return f"Literal[{', '.join(literal(value) for value in values)}]"
            case Named(name):
                return f"m.{name}"
            case ListOf(item):
                return f"{self._builtin('list')}[{self.output(item)}]"
            case MapOf(value):
                return f"{self._builtin('dict')}[{self._builtin('str')}, {self.output(value)}]"
            case Union(members):
                return " | ".join(dict.fromkeys(self.output(one) for one in members))

    def input(self, type_: TypeRef) -> str:
        """For a value that a call takes: anything that is written alike will do."""
        match type_:
            case Primitive.BINARY:
                return "rt.File"
            case Named() if self._has_models(type_, frozenset()):
                return self._model_input(type_)
            case ListOf(item):
                return f"Sequence[{self.input(item)}]"
            case MapOf(value):
                return f"Mapping[{self._builtin('str')}, {self.input(value)}]"
            case Union(members):
                parts = [part for one in members for part in self.input(one).split(" | ")]
                if "[" in "".join(parts):
                    parts = [self.input(one) for one in members]
                return " | ".join(dict.fromkeys(parts))
        return self.output(type_)

    def _model_input(self, type_: Named) -> str:
        definition = self.definitions[type_.name]
        if isinstance(definition, Alias) and isinstance(definition.type, ListOf):
            return self.input(definition.type)
        return f"m.{type_.name} | Mapping[{self._builtin('str')}, Any]"

    def _has_models(self, type_: TypeRef, seen: frozenset[str]) -> bool:
        match type_:
            case Named(name):
                definition = self.definitions[name]
                return isinstance(definition, Model) or (
                    name not in seen and self._has_models(definition.type, seen | {name})
                )
            case ListOf(item) | MapOf(item):
                return self._has_models(item, seen)
            case Union(members):
                return any(self._has_models(one, seen) for one in members)
        return False

    def _builtin(self, name: str) -> str:
        return f"builtins.{name}" if name in self.shadowed else name
