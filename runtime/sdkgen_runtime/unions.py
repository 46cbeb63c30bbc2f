"""Unions that servers may add members to, after the API's document was written."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Any, Final, get_args, get_origin

import pydantic
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .errors import DECLARED
from .model import SDKModel

_NEW: Final = "<new>"


class OpenVariant(SDKModel):
    """A member of a union that the API's document does not declare, with all its properties.

    It is sent back as it came.
    """


class OneOf:
    """What a union's members are told apart by (OpenAPI 3.1, section 4.8.25).

    It stands beside them, the last of which is an `OpenVariant`:
    `Annotated[Cat | Dog | UnknownVariant, OneOf(discriminator="type")]`. An object that says to be
    none of the others becomes that one, whatever else it has. One that says to be one of the
    others has to be like it.

    Args:
        discriminator: The attribute that has a value of its own in each member.
    """

    def __init__(self, *, discriminator: str) -> None:
        self._discriminator = discriminator

    def declared(self, members: Sequence[Any]) -> Any:
        """The union of the declared members alone."""
        declared = tuple(one for one in members if not _is_open(one))
        union: Any = functools.reduce(operator.or_, declared)
        return Annotated[union, pydantic.Field(discriminator=self._discriminator)]

    def __get_pydantic_core_schema__(
        self, union: Any, handler: pydantic.GetCoreSchemaHandler
    ) -> CoreSchema:
        """The declared members, and the open one for what is meant to be none of them."""
        members = get_args(union)
        (variant,) = filter(_is_open, members)
        undeclared = core_schema.no_info_before_validator_function(
            _Undeclared(members, self._discriminator), handler.generate_schema(variant)
        )
        declared = handler.generate_schema(self.declared(members))
        return core_schema.union_schema(
            [(declared, DECLARED), (undeclared, _NEW)], mode="left_to_right"
        )


class _Undeclared:
    """Lets pass what says to be none of the declared members of a union."""

    def __init__(self, members: Sequence[Any], discriminator: str) -> None:
        self._members = members
        self._discriminator = discriminator

    def __call__(self, value: Any) -> Any:
        if not (_is_open(type(value)) or self._says_so(value)):
            raise PydanticCustomError("declared", "This is no new member of the union")
        return value

    def _says_so(self, value: Any) -> bool:
        if not isinstance(value, dict):
            return False
        tag = next((value[key] for key in self._keys if key in value), None)
        return isinstance(tag, str) and tag not in self._tags

    # Not looked up before they are needed: models that have each other are not finished before.

    @cached_property
    def _fields(self) -> list[pydantic.fields.FieldInfo]:
        return [
            one.model_fields[self._discriminator]
            for one in self._members
            if hasattr(one, "model_fields") and not _is_open(one)
        ]

    @cached_property
    def _keys(self) -> list[str]:
        aliases = [field.alias for field in self._fields if field.alias is not None]
        return [*dict.fromkeys(aliases), self._discriminator]

    @cached_property
    def _tags(self) -> frozenset[object]:
        return frozenset(tag for field in self._fields for tag in get_args(field.annotation))


def closed(declared: Any) -> Any:
    """A type; if it is a union with an open member, without that."""
    value = getattr(declared, "__value__", declared)  # of an alias
    if get_origin(value) is Annotated:
        union, *about = get_args(value)
        for one in about:
            if isinstance(one, OneOf):
                return one.declared(get_args(union))
    return declared


def _is_open(member: Any) -> bool:
    return isinstance(member, type) and issubclass(member, OpenVariant)
