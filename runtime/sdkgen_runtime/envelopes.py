"""Items that are whole events: models of `event`, `data`, `id` and `retry`, told apart by type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Unpack

import pydantic

from .events import About, Events, Received, Signal, T_co, UnknownEvent
from .kinds import Kinds
from .lenient import accept
from .payloads import (
    DataKind,
    accept_data,
    closed,
    decode_data,
    hides_report,
    instead,
    is_report,
    quick_loader,
)
from .request import LazyType
from .values import wire_name


@dataclass(frozen=True, slots=True)
class Variant:
    """One kind of event of a stream whose items are whole events.

    Attributes:
        find: Gives the event's model.
        names: The event types that are this model; none for any type.
        data: How the data is read; None where the model has no data.
    """

    find: Callable[[], Any]
    names: tuple[str, ...] = ()
    data: DataKind | None = "json"


class _Envelope:
    """Builds the model of one variant."""

    def __init__(self, variant: Variant, tag: str | None) -> None:
        self.model: type[pydantic.BaseModel] = variant.find()
        self._whole: LazyType[Any] = LazyType(lambda: self.model)
        self.kind: DataKind | None = variant.data
        self.names = variant.names
        fields = {wire_name(name, field): field for name, field in self.model.model_fields.items()}
        self.has = frozenset(fields)
        self.data_optional = "data" not in fields or not fields["data"].is_required()
        self.kinds = Kinds(lambda: None, None)
        if "data" in fields:
            self.shape: LazyType[Any] = LazyType(lambda: closed(_type_of(fields["data"])))
            self.kinds = Kinds(lambda: self.shape.type, tag)

    @property
    def build(self) -> Callable[[dict[str, Any]], Any]:
        """From wire names and values to the model."""
        # Parts that are models already are taken as they are, not validated again.
        build: Callable[[dict[str, Any]], Any] = self._whole.validator.validate_python
        return build

    def load_for(self, name: str) -> Callable[[bytes], Any] | None:
        """What makes the model of the data of an event of this type, which has nothing else."""
        load = quick_loader(self.kind, self.shape, name) if self.kind is not None else None
        if load is None:
            return None
        build, make = self.build, load
        if "event" in self.has:
            return lambda data: build({"event": name, "data": make(data)})
        return lambda data: build({"data": make(data)})

    def decode(self, event: Received) -> Any:
        """The model, or what else the event means."""
        values: dict[str, Any] = {"event": event.name}
        if event.id:
            values["id"] = event.id
        if event.retry is not None:
            values["retry"] = event.retry
        if self.kind is not None and event.data is not None:
            if event.data or self.kind != "json":
                values["data"] = decode_data(event, self.kind, self.shape)
            elif not (self.names and self.data_optional):
                return Signal.HEARTBEAT
        elif event.data is None and not self.data_optional:
            return Signal.NOTHING
        return self.build({key: value for key, value in values.items() if key in self.has})

    def accept(self, event: Received, *, gives_data: bool) -> Any:
        """The model of an event that does not fit, or its data.

        Raises:
            ValueError: The data is not JSON, and is to be.
        """
        data = accept_data(event, self.kind, self.shape) if self.kind is not None else None
        if gives_data:
            return data
        values = {"event": event.name, "data": data, "id": event.id, "retry": event.retry}
        return accept(self.model, {key: values[key] for key in values if key in self.has})


class Envelopes(Events[T_co]):
    """The items are whole events, told apart by their type."""

    def __init__(
        self,
        *variants: Variant,
        gives: Literal["event", "data"] = "event",
        **about: Unpack[About],
    ) -> None:
        super().__init__(**about)
        self._gives_data = gives == "data"
        self._variants = variants

    @cached_property
    def _envelopes(self) -> tuple[_Envelope, ...]:
        """All variants. Their models are imported when the first event comes."""
        return tuple(_Envelope(one, self.tag) for one in self._variants)

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[_Envelope]]:
        # Complete before another thread can see it: threads may come together.
        found: dict[str, list[_Envelope]] = {}
        for envelope in self._envelopes:
            for name in envelope.names:
                found.setdefault(name, []).append(envelope)
        return found

    @cached_property
    def _of_any_name(self) -> Sequence[_Envelope]:
        return [one for one in self._envelopes if not one.names]

    @property
    def shows_id(self) -> bool:
        """Whether one of the models has an `id`."""
        return any("id" in one.has for one in self._envelopes)

    def knows(self, name: str) -> bool:
        """Whether there is a model of a type, or of data of that kind."""
        known = super().knows(name) or name in self._by_name
        return known or any(one.kinds.has(name) for one in self._envelopes)

    def load_for(self, name: str) -> Callable[[bytes], T_co] | None:
        """The model of this type, if there is exactly one."""
        candidates = self._candidates(name)
        if len(candidates) != 1:
            return None
        envelope = candidates[0]
        if self._gives_data:
            return quick_loader(envelope.kind, envelope.shape, name) if envelope.kind else None
        return envelope.load_for(name)

    def decode_item(self, event: Received) -> T_co | UnknownEvent | Signal:
        """The event, as the model of its type."""
        candidates = self._candidates(event.name)
        if not candidates:
            if event.data is None:
                return Signal.NOTHING
            if self._is_error(event) or is_report(event):
                return Signal.ERROR
            return self._unknown(event.name, event)
        item = self._first_that_fits(candidates, event)
        if isinstance(item, Signal | UnknownEvent):
            return item
        # An event without data has nothing to be given, where its data is what is given.
        data = getattr(item, "data", Signal.NOTHING)
        if not self.handlers and hides_report(event, data):
            return Signal.ERROR
        return data if self._gives_data else item

    def accept(self, event: Received) -> T_co:
        """The event, as the model of its type, or its data."""
        envelope = self._candidates(event.name)[-1]
        item: T_co = envelope.accept(event, gives_data=self._gives_data)
        return item

    def _first_that_fits(
        self, candidates: Sequence[_Envelope], event: Received
    ) -> T_co | UnknownEvent | Signal:
        depths = []
        for candidate in candidates:
            try:
                item: T_co | Signal = candidate.decode(event)
            except pydantic.ValidationError as error:
                depths.append(_depth(error))
            else:
                return item
        found = [instead(event, one.kinds) for one in candidates]
        if None in found:
            # Once more, for the error of the one that came closest. (To keep errors would keep
            # the frames that they were raised in, and the stream with them.)
            closest: T_co | Signal = candidates[depths.index(max(depths))].decode(event)
            return closest
        name = found[-1]
        return self._unknown(name, event) if isinstance(name, str) else Signal.ERROR

    def _candidates(self, name: str) -> Sequence[_Envelope]:
        # An error is an item only where the document says so by name.
        others = [] if name == "error" and not self.handlers else self._of_any_name
        return self._by_name.get(name, others)


def _depth(error: pydantic.ValidationError) -> int:
    """How far within a value its first misfit is."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return len(first["loc"])


def _type_of(field: pydantic.fields.FieldInfo) -> Any:
    """The type of a field, without what belongs to its place in a model: alias and default."""
    about = list(field.metadata)
    if field.discriminator is not None:
        about.append(pydantic.Field(discriminator=field.discriminator))
    return Annotated[(field.annotation, *about)] if about else field.annotation
