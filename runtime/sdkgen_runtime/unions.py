"""Unions of objects that a property tells apart, to which servers may add members."""

from __future__ import annotations

import functools
import operator
import sys
from collections.abc import Sequence
from types import NoneType, SimpleNamespace, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import pydantic
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .errors import TAGGED
from .kinds import members
from .model import SDKModel
from .values import wire_name

_OTHERS: Final = "<others>"
_NEW: Final = "<new>"


class OpenVariant(SDKModel):
    """A member of a union that the API's document does not declare, with all its properties.

    It is sent back as it came.
    """

    def _said(self, name: str) -> Any:
        """A property, by its name on the wire; what is not there is no attribute."""
        try:
            return (self.model_extra or {})[name]
        except KeyError:
            raise AttributeError(name) from None


class OneOf:
    """What tells the members of a union apart (OpenAPI 3.1, section 4.8.25).

    It stands beside them: `Annotated[Cat | Dog | UnknownVariant, OneOf(discriminator="type")]`.
    An object becomes a member whose tag it has: the only value of that property, or one of its
    only values. If there is none, it becomes a member that need not have a tag, if it is like one;
    or else the `OpenVariant` of the union, if it has one, whatever else is in the object.

    Args:
        discriminator: The property, by its name on the wire.
    """

    def __init__(self, *, discriminator: str) -> None:
        self._discriminator = discriminator

    def __get_pydantic_core_schema__(
        self, union: Any, handler: pydantic.GetCoreSchemaHandler
    ) -> CoreSchema:
        """The members in the order in which they are tried."""
        tagged: dict[str, list[CoreSchema]] = {}
        others: list[CoreSchema] = []
        opens: list[CoreSchema] = []
        keys = [self._discriminator]
        for member in get_args(union):
            if member is NoneType:
                continue
            schema = handler.generate_schema(member)
            if _is_open(member):
                opens.append(schema)
                continue
            attribute, tags, always = _tags(member, self._discriminator)
            keys += [attribute] if attribute not in keys else []
            for tag in tags:
                tagged.setdefault(tag, []).append(schema)
            others += [] if always else [schema]
        paths: list[list[str | int]] = [[key] for key in keys]
        by_tag = core_schema.tagged_union_schema(
            {tag: _any_of(schemas) for tag, schemas in tagged.items()},
            paths if len(keys) > 1 else keys[0],
        )
        choices: list[CoreSchema | tuple[CoreSchema, str]] = [(by_tag, TAGGED)]
        if others:
            choices.append((_any_of(others), _OTHERS))
        is_new = _NewTag(keys, frozenset(tagged))
        for schema in opens:
            new = core_schema.no_info_before_validator_function(is_new, schema)
            choices.append((new, _NEW))
        found = core_schema.union_schema(choices, mode="left_to_right")
        return core_schema.nullable_schema(found) if NoneType in get_args(union) else found


def closed(declared: Any) -> Any:
    """A type, without the `OpenVariant`s of the unions that it is, also in one another."""
    return _closed(declared, {})


def _closed(declared: Any, known: dict[int, Any]) -> Any:
    if id(declared) not in known:  # an alias may be in many others
        known[id(declared)] = declared
        known[id(declared)] = _without_open(declared, known)
    return known[id(declared)]


def _without_open(declared: Any, known: dict[int, Any]) -> Any:
    value = _value(declared)
    union, *about = get_args(value) if get_origin(value) is Annotated else (value,)
    if get_origin(union) not in (Union, UnionType):
        return declared
    members = get_args(union)
    kept = [_closed(one, known) for one in members if not _is_open(one)]
    if len(kept) == len(members) and all(map(operator.is_, kept, members)):
        return declared
    found = functools.reduce(operator.or_, kept)
    if len(kept) == 1:  # there is nothing to be told apart
        about = [one for one in about if not isinstance(one, OneOf)]
    return Annotated[(found, *about)] if about else found


def _value(declared: Any) -> Any:
    """What an alias stands for, in types; it may name some that its module has further down."""
    if not hasattr(declared, "__value__"):
        return declared
    names = vars(sys.modules[declared.__module__])
    holder = SimpleNamespace(__annotations__={"value": declared.__value__})
    return get_type_hints(holder, names, include_extras=True)["value"]


class _NewTag:
    """Lets objects pass whose tag no member has."""

    def __init__(self, keys: Sequence[str], tags: frozenset[str]) -> None:
        self._keys = keys
        self._tags = tags

    def __call__(self, value: Any) -> Any:
        if not _is_open(type(value)):
            tag = self._tag_of(value) if isinstance(value, dict) else None
            if not isinstance(tag, str) or tag in self._tags:
                raise PydanticCustomError("no_new_tag", "This is no new member of the union")
        return value

    def _tag_of(self, value: dict[str, Any]) -> Any:
        return next((value[key] for key in self._keys if key in value), None)


def _tags(member: Any, wire: str) -> tuple[str, tuple[str, ...], bool]:
    """What a member says of the property that tells it apart.

    Returns:
        Its attribute; its tags, if it has any; and whether an object must have one of them.
    """
    fields = getattr(member, "model_fields", {})
    for attribute, field in fields.items():
        if wire_name(attribute, field) == wire:
            types = [*members(field.annotation)]
            literals = [one for one in types if get_origin(one) is Literal]
            if all(one is NoneType or one in literals for one in types):
                tags = tuple(tag for one in literals for tag in get_args(one))
                return attribute, tags, NoneType not in types
    return wire, (), False


def _any_of(schemas: list[CoreSchema]) -> CoreSchema:
    return schemas[0] if len(schemas) == 1 else core_schema.union_schema([*schemas])


def _is_open(member: Any) -> bool:
    return isinstance(member, type) and issubclass(member, OpenVariant)
