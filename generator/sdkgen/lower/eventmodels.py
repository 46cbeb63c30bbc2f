"""The models of events: their four fields, the types that they have, and what they are called."""

from __future__ import annotations

from typing import Final

from sdkgen.ir.streams import EventVariant
from sdkgen.ir.types import Choice, Field, Model, Primitive, TypeRef
from sdkgen.lower import names
from sdkgen.lower.alternatives import Alternative
from sdkgen.lower.eventcheck import FIELDS, EventCheck
from sdkgen.lower.eventdata import Data, EventData
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
    ) -> EventVariant:
        """One kind of events of a stream; defines its model.

        Args:
            alternative: The schema, which has been checked to describe an event.
            hint: What it is called if its type does not say more.
            several: Whether the stream has other kinds.
            as_json: Whether all data is JSON, whatever the schema says.
        """
        shape = alternative.shape
        assert shape is not None, "an event has been checked to be an object"  # noqa: S101
        types = self._types(alternative, shape, several=several)
        key = self._key(alternative, types, hint)
        if several or len({*types} - {_MESSAGE}) == 1:
            hint = _event_name(hint.removesuffix("Event"), self._called(shape, types))
        if alternative.whole:
            hint = self._schemas.hints.said(alternative.pointer) or hint
        name = self._schemas.name_of(key, hint)
        data = self._data_of(shape, name)
        if data is not None and as_json:
            data = data.as_json()
        if not several:
            self._check.warn_of_quoted(shape, as_json=as_json)
        fields = []
        for wire, found in shape.properties.items():
            if wire == "data" and data is not None:
                type_ = data.type
            elif wire == "event" and types:
                type_ = Choice(types)
            elif wire in FIELDS:
                type_ = self._field_type(wire, found, name)
            else:
                continue
            required = wire in shape.required or (wire == "event" and bool(types))
            said = found.schema if isinstance(found.schema, dict) else {}
            fields.append(Field(wire, type_, required, said.get("description")))
        self._schemas.define(key, Model(name, tuple(fields), shape.description))
        return EventVariant(name, types, None if data is None else data.kind)

    def types_said(self, alternative: Alternative) -> tuple[str, ...]:
        """The event types that are an event's: those that its schema names, or a discriminator."""
        shape = alternative.shape
        event = None if shape is None else shape.properties.get("event")
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

    def _data_of(self, shape: Shape, owner: str) -> Data | None:
        """How the data of an event is read; None where it has none."""
        found = shape.properties.get("data")
        return None if found is None else self._data.of(found, names.pascal(f"{owner}_data"))

    def _called(self, shape: Shape, types: tuple[str, ...]) -> str:
        """What tells an event from others: its type, or else its data, if that is one text."""
        if types:
            return types[0]
        text = (self._data.only_text(shape) or "").lower()  # `[DONE]` is no acronym
        return text if names.words(text) else _MESSAGE

    def _key(self, alternative: Alternative, types: tuple[str, ...], hint: str) -> str:
        """Under which pointer an event's model stands."""
        if not alternative.whole:  # it is not the whole of a definition, but one of its own
            return f"{alternative.pointer}#{'/'.join(map(escape, (hint, *types)))}"
        # The types may be a discriminator's, and those of two streams differ.
        if self._types_of.setdefault(alternative.pointer, types) == types:
            return alternative.pointer
        return f"{alternative.pointer}#{'/'.join(map(escape, types)) or hint}"

    def _types(self, alternative: Alternative, shape: Shape, *, several: bool) -> tuple[str, ...]:
        """The types that an event may have, in a stream that may have several kinds."""
        types = self.types_said(alternative)
        if not several and {*types} == {_MESSAGE}:
            return ()  # what any event is that has no type
        if not several and len(types) > 1 and "event" not in shape.required:
            return tuple(dict.fromkeys((*types, _MESSAGE)))
        return types

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
