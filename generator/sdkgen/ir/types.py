"""The types of an API's values."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final


class Primitive(enum.Enum):
    """A type that needs no definition of its own."""

    ANY = "any"
    NONE = "none"
    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATETIME = "datetime"
    DATE = "date"
    BINARY = "binary"


Value = str | int | bool


def distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    """The values without repetition. To JSON, `true` is not 1, as it is to Python."""
    return tuple({(type(value), value): value for value in values}.values())


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of a fixed set of values."""

    values: tuple[Value, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Choice) and self._typed() == other._typed()

    def __hash__(self) -> int:
        return hash(self._typed())

    def _typed(self) -> tuple[tuple[type, Value], ...]:
        return tuple((type(value), value) for value in self.values)


@dataclass(frozen=True, slots=True)
class Named:
    """A reference to a definition."""

    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """A sequence of items of one type."""

    item: TypeRef


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping from text to values of one type."""

    value: TypeRef


@dataclass(frozen=True, slots=True)
class Union:
    """One of several types.

    Attributes:
        members: At least two, or one where a discriminator is declared: others may come. None of
            them is a union.
        discriminator: The property that tells the members apart, by the name on the wire.
        is_open: Whether objects that the discriminator tells to be none of the members are kept.
    """

    members: tuple[TypeRef, ...]
    discriminator: str | None = None
    is_open: bool = False


UNKNOWN_VARIANT: Final = "UnknownVariant"
"""The model of the objects that open unions keep."""

UNKNOWN_EVENT: Final = "UnknownEvent"
"""The class of events whose data is none of what a union has."""

TypeRef = Primitive | Choice | Named | ListOf | MapOf | Union


@dataclass(frozen=True, slots=True)
class Field:
    """A property of a model, by its name on the wire.

    Attributes:
        attribute: Its name in Python, where the obvious one is that of another property, or where
            Python reads that as another.
        read_only: Whether requests do not have it.
        write_only: Whether responses do not have it.
        may_be_unsaid: Whether requests need not have it, though a discriminator needs it.
    """

    name: str
    type: TypeRef
    required: bool = False
    description: str | None = None
    attribute: str | None = None
    read_only: bool = False
    write_only: bool = False
    may_be_unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """An object with known properties; others are kept.

    Attributes:
        is_open: Whether the document says that there are others.
    """

    name: str
    fields: tuple[Field, ...]
    description: str | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for a type that is no model."""

    name: str
    type: TypeRef
    description: str | None = None


Definitions = Mapping[str, Model | Alias]
"""All definitions that a package needs, by name, in alphabetical order."""


def dict_form(name: str, definitions: Definitions) -> str:
    """The name of a definition's dict form: of what calls take beside a model, or for an alias."""
    is_named_so = name.endswith("Param") and name.removesuffix("Param") not in definitions
    return name if is_named_so else f"{name}Param"


def items_of(type_: TypeRef) -> Iterator[TypeRef]:
    """What a value is one of or, where it may be a list, what its items are."""
    match type_:
        case ListOf(item):
            yield from items_of(item)
        case Union(members):
            for member in members:
                yield from items_of(member)
        case _:
            yield type_


def types_in(definition: Model | Alias) -> Iterable[TypeRef]:
    """What a definition is made of."""
    if isinstance(definition, Alias):
        return (definition.type,)
    return (field.type for field in definition.fields)


def reachable(
    types: Iterable[TypeRef],
    definitions: Definitions,
    inside: Callable[[Model | Alias], Iterable[TypeRef]] = types_in,
) -> set[str]:
    """The definitions that are parts of values of some types.

    Args:
        types: The types.
        definitions: What the names in them mean.
        inside: What to look for in a definition.
    """
    waiting, found = [*types], set[str]()
    while waiting:
        match waiting.pop():
            case Named(name) if name not in found:
                found.add(name)
                waiting += inside(definitions[name])
            case ListOf(part) | MapOf(part):
                waiting.append(part)
            case Union(members):
                waiting += members
    return found


def leaves_of(type_: TypeRef, definitions: Definitions) -> Iterator[TypeRef]:
    """What a value of a type is one of, the members of unions in unions too."""
    waiting, seen = [type_], set[str]()
    while waiting:
        one = waiting.pop()
        found = definitions.get(one.name) if isinstance(one, Named) else None
        if isinstance(one, Union):
            waiting += reversed(one.members)
        elif not isinstance(found, Alias):
            yield one
        elif found.name not in seen:
            seen.add(found.name)
            waiting.append(found.type)


def union(*members: TypeRef, discriminator: str | None = None) -> TypeRef:
    """The union of some types: flat, without repetition, `None` last, `Any` swallowing all."""
    flat: dict[TypeRef, None] = {}
    for member in members:
        flat.update(dict.fromkeys(member.members if isinstance(member, Union) else (member,)))
        if isinstance(member, Union) and member.discriminator and discriminator is None:
            others = [one for one in members if one is not member and one is not Primitive.NONE]
            discriminator = None if others else member.discriminator
    if Primitive.ANY in flat:
        return Primitive.ANY
    if Primitive.NONE in flat and len(flat) > 1:
        del flat[Primitive.NONE]
        flat[Primitive.NONE] = None
    alone = next(iter(flat)) if len(flat) == 1 else None
    if alone is None or (discriminator is not None and isinstance(alone, Named)):
        return Union(tuple(flat), discriminator)
    return alone


def optional(type_: TypeRef) -> TypeRef:
    """The type, or `None`."""
    return union(type_, Primitive.NONE)
