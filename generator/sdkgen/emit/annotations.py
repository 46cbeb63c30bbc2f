"""Types as Python annotations, for what comes out of a call and for what goes into one."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sdkgen.emit.code import literal
from sdkgen.ir import api
from sdkgen.ir.types import (
    UNKNOWN_VARIANT,
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
    dict_form,
    reachable,
    types_in,
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
        homes: The modules by which dict forms are named; "" for the form that is being written.
            Those that have none here are named by their folder.
    """

    definitions: Definitions
    shadowed: frozenset[str] = frozenset()
    homes: Mapping[str, str] = field(default_factory=dict)

    def builtin(self, name: str) -> str:
        """A built-in type, whatever the class has of its name."""
        return f"builtins.{name}" if name in self.shadowed else name

    def output(self, type_: TypeRef) -> str:
        """For a value that a call returns."""
        match type_:
            case Primitive():
                return self.builtin(_NAMES[type_])
            case Choice(values):
                return f"Literal[{', '.join(literal(value) for value in values)}]"
            case Named(name):
                return f"m.{name}"
            case ListOf(item):
                return f"{self.builtin('list')}[{self.output(item)}]"
            case MapOf(value):
                return f"{self.builtin('dict')}[{self.builtin('str')}, {self.output(value)}]"
            case Union(members):
                found = dict.fromkeys(self.output(one) for one in members)
                return " | ".join(_none_last(found, type_))

    def argument(self, parameter: api.Parameter) -> list[str]:
        """For an argument of a method: what is binary is a file where files can be sent."""
        match parameter.place:
            case "body" if parameter.in_parts:
                return self.input(parameter.type, ["rt.File"])
            case "body":
                return self.member(parameter.type)
            case "content":
                return self.input(parameter.type, ["rt.Content"])
        return self.input(parameter.type, [self.builtin("bytes")])

    def input(self, type_: TypeRef, binary: Sequence[str]) -> list[str]:
        """For a value that a call takes: the types of anything that is written alike.

        Args:
            type_: The value's type.
            binary: What is taken for what is binary.
        """
        match type_:
            case Primitive.BINARY:
                return [*binary]
            case Named(name) if self.has_dict_form(name):
                form = dict_form(name, self.definitions)
                home = self.homes.get(form, "p")
                form = f"{home}.{form}" if home else form
                definition = self.definitions[name]
                if not isinstance(definition, Model):
                    return [form]
                others = [f"Mapping[{self.builtin('str')}, Any]"] if definition.is_open else []
                return [f"m.{name}", form, *others]
            case Named(name) if (plain := self._plain_collection(name)) is not None:
                return self.input(plain, binary)
            case ListOf(item):
                return [f"Sequence[{' | '.join(self.input(item, binary))}]"]
            case MapOf(value):
                values = " | ".join(self.input(value, binary))
                return [f"Mapping[{self.builtin('str')}, {values}]"]
            case Union(members):
                found = dict.fromkeys(part for one in members for part in self.input(one, binary))
                return _none_last(found, type_)
        return [self.output(type_)]

    def member(self, type_: TypeRef) -> list[str]:
        """For what is inside an argument: no files can be sent there, bytes are text."""
        return self.input(type_, [self.builtin("bytes"), self.builtin("str")])

    def _plain_collection(self, name: str) -> ListOf | MapOf | None:
        """What a definition is a name for, if that is a list or a mapping of nothing defined."""
        definition = self.definitions[name]
        found = definition.type if isinstance(definition, Alias) else None
        match found:
            case ListOf(Primitive() | Choice()) | MapOf(Primitive() | Choice()):
                return found
        return None

    def has_dict_form(self, name: str) -> bool:
        """Whether dicts are taken for a definition: for a model, and for what it is a part of."""
        parts = reachable(
            [Named(name)],
            self.definitions,
            lambda one: () if isinstance(one, Model) else types_in(one),
        )
        return any(isinstance(self.definitions[part], Model) for part in parts)


def shadowed_by(attributes: Iterable[str]) -> frozenset[str]:
    """The built-in types that a class with these attributes cannot name as usual."""
    return frozenset(name for name in attributes if isinstance(getattr(builtins, name, None), type))


def _none_last(members: Collection[str], union: Union) -> list[str]:
    """The members of a union, with those that are not declared, in the usual order."""
    others = [one for one in members if one != "None"]
    unknown = [f"m.{UNKNOWN_VARIANT}"] if union.is_open else []
    return others + unknown + ["None"] * ("None" in members)
