"""The models of events: their four fields, the types that they have, and what they are called."""

from __future__ import annotations

from typing import Final

from sdkgen.ir import api
from sdkgen.ir.types import Choice, Field, Model, Primitive, TypeRef
from sdkgen.lower import names
from sdkgen.lower.alternatives import Alternative
from sdkgen.lower.eventcheck import FIELDS, EventCheck
from sdkgen.lower.eventdata import EventData
from sdkgen.lower.schemas import Schemas
from sdkgen.lower.shapes import Property, Shape
from sdkgen.text.pointers import escape

_MESSAGE: Final = "message"
"""What an event is called that has no type of its own (WHATWG HTML, section 9.2.6)."""


class EventModels:
    """Lowers the schemas of single events."""

    def __init__(self, schemas: Schemas, data: EventData, check: EventCheck) -> None:
        self._schemas = schemas
        self._data = data
        self._check = check
        # By its pointer, of which types an event's schema is where it has its own name.
        self._types_of: dict[str, tuple[str, ...]] = {}

    def variant(
        self, alternative: Alternative, hint: str, *, several: bool, as_json: bool
    ) -> api.EventVariant:
        """One kind of events of a stream; defines its model.

        Args:
            alternative: The schema, which has been checked to describe an event.
            hint: What it is called if its type does not say more.
            several: Whether the stream has other kinds.
            as_json: Whether all data is JSON, whatever the schema says.
        """
        shape = alternative.shape
        assert shape is not None, "an event has been checked to be an object"  # noqa: S101
        types = self._types(alternative, shape.properties.get("event"))
        if not several and {*types} == {_MESSAGE}:
            types = ()  # what any event is that has no type
        elif not several and len(types) > 1 and "event" not in shape.required:
            types = tuple(dict.fromkeys((*types, _MESSAGE)))
        key = self._key(alternative, types, hint)
        is_one = bool(types) and (several or len({*types} - {_MESSAGE}) == 1)
        if is_one or several:
            hint = _event_name(hint.removesuffix("Event"), self._called(shape, types))
        name = self._schemas.name_of(key, hint)
        fields: list[Field] = []
        kind: api.DataKind | None = None
        events_own = {wire: shape.properties[wire] for wire in shape.properties if wire in FIELDS}
        for wire, found in events_own.items():
            required = wire in shape.required
            if wire == "data":
                data = self._data.of(found, names.pascal(f"{name}_data"))
                data = data.as_json() if as_json else data
                if not several:
                    self._check.warn_of_fastapi(shape.properties, found, as_json=as_json)
                kind, type_ = data.kind, data.type
            elif wire == "event" and types:
                type_, required = Choice(types), True
            else:
                type_ = self._field_type(wire, found, name)
            description = (
                found.schema.get("description") if isinstance(found.schema, dict) else None
            )
            fields.append(Field(wire, type_, required, description))
        self._schemas.define(key, Model(name, tuple(fields), shape.description))
        return api.EventVariant(name, types, kind)

    def _called(self, shape: Shape, types: tuple[str, ...]) -> str:
        """What tells an event from others: its type, or else its data, if that is one text."""
        if types:
            return types[0]
        text = (self._data.only_text(shape) or "").lower()  # `[DONE]` is no acronym
        return text if names.words(text) else _MESSAGE

    def _key(self, alternative: Alternative, types: tuple[str, ...], hint: str) -> str:
        """Under which pointer an event's model stands."""
        if not alternative.whole:  # it is not the whole of a definition, but one of its own
            return f"{alternative.pointer}#{hint}"
        # The types may be a discriminator's, and those of two streams differ.
        if self._types_of.setdefault(alternative.pointer, types) == types:
            return alternative.pointer
        return f"{alternative.pointer}#{'/'.join(map(escape, types)) or hint}"

    def _types(self, alternative: Alternative, event: Property | None) -> tuple[str, ...]:
        """The event types that are an event's: those that its schema names, or a discriminator."""
        schema = None if event is None else event.schema
        said = self._schemas.shapes.texts(schema)
        # An event that may have no type is a `message`, then (WHATWG HTML, section 9.2.6).
        named = tuple(dict.fromkeys(_MESSAGE if one is None else one for one in said))
        if alternative.tags:
            own = named if len(said) == 1 else ()
            return tuple(dict.fromkeys((*alternative.tags, *own)))
        if named or event is None or alternative.implied is None:
            return named
        return (alternative.implied,)

    def _field_type(self, wire: str, found: Property, owner: str) -> TypeRef:
        if wire == "retry":
            self._check.warn_of_retry(found)
            return Primitive.INTEGER
        return self._schemas.type_at(found.pointer, names.pascal(f"{owner}_{wire}"))


def _event_name(owner: str, type_: str) -> str:
    """A name for an event of a type, which may say itself whose event it is: `run.started`."""
    said = names.words(owner)
    known = names.words(type_)[: len(said)] == said
    return names.pascal(f"{type_}_event" if known else f"{owner}_{type_}_event")
