"""The switch between a whole answer and a stream: which argument it is, and which value asks.

It is a boolean, or an argument one of whose values asks for the stream (``stream_format: sse``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from sdkgen.ir import api
from sdkgen.ir.types import (
    Choice,
    Model,
    Named,
    Primitive,
    TypeRef,
    Value,
    distinct,
    leaves_of,
    union,
)
from sdkgen.lower.plans import StreamPlan
from sdkgen.lower.schemas import Schemas

_VALUE: Final = "sse"
"""What asks for server-sent events, by inference."""


class Switches:
    """Finds the switches of operations."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas

    def find(
        self, plan: StreamPlan, parameters: Iterable[api.Parameter], *, dual: bool
    ) -> api.Switch | None:
        """The argument that asks for the stream, if there is one.

        Args:
            plan: How the operation streams.
            parameters: Its arguments.
            dual: Whether it has another answer, too.
        """
        known = list(parameters)
        for one in known:
            if one.wire == plan.switch and self.can_be(one.type, plan.switch_value):
                return self._switch(one, plan.switch_value)
        is_open = plan.switch is not None and plan.switch_at is None
        if not (is_open and dual and plan.framing == _VALUE):
            return None
        asking = [one for one in known if _VALUE in self.choices(one.type)]
        return self._switch(asking[0], _VALUE) if len(asking) == 1 else None

    def can_be(self, type_: TypeRef, value: bool | str) -> bool:
        """Whether an argument of a type asks for a stream with a value."""
        members = set(self._members(type_))
        if value is not True:
            choices = self.choices(type_)  # an enumeration is open, but no one asks beyond it
            return value in choices or (Primitive.STRING in members and not choices)
        # JSON Schema's `enum` may say what `boolean` says.
        return any(one is True for one in self.choices(type_)) or (
            Primitive.BOOLEAN in members and members <= {Primitive.BOOLEAN, Primitive.NONE}
        )

    def choices(self, type_: TypeRef) -> tuple[Value, ...]:
        """The values that a type lists."""
        listed = [one for one in self._members(type_) if isinstance(one, Choice)]
        return distinct(value for one in listed for value in one.values)

    def is_within(self, type_: TypeRef, name: str) -> bool:
        """Whether an object that a value may be has a property that could ask for a stream."""
        named = [one for one in self._members(type_) if isinstance(one, Named)]
        models = [self._schemas.defined(one.name) for one in named]
        return any(
            field.name == name and self.can_be(field.type, True)
            for model in models
            if isinstance(model, Model)
            for field in model.fields
        )

    def _switch(self, parameter: api.Parameter, value: bool | str) -> api.Switch:
        is_boolean = Primitive.BOOLEAN in self._members(parameter.type)
        if (parameter.required and is_boolean) or parameter.assumed is True:
            # Who asks for nothing gets the whole answer, whatever the server makes of its absence.
            parameter = replace(parameter, required=False, default=False)
        values = (False,) if is_boolean else self.choices(parameter.type)
        left = tuple(one for one in values if Choice((one,)) != Choice((value,)))
        others: list[TypeRef] = [Choice(left)] if left else []
        if Primitive.NONE in self._members(parameter.type):
            others.append(Primitive.NONE)
        if not others and self.choices(parameter.type):
            parameter = replace(parameter, required=False)  # for the whole, there is none to give
        return api.Switch(parameter, value, union(*others) if others else None)

    def _members(self, type_: TypeRef) -> Iterator[TypeRef]:
        """What a value of a type may be, names and unions resolved."""
        return leaves_of(type_, self._schemas.known)
