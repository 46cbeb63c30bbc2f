"""Items that are whole events: models of `event`, `data`, `id` and `retry`, told apart by type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

import pydantic

from .events import (
    DataKind,
    Events,
    Received,
    Signal,
    T_co,
    UnknownEvent,
    decode_data,
    instead,
)
from .handlers import Handler
from .request import LazyType
from .sse import RawEvent


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


_Quick = tuple[str | None, Callable[[bytes], Any], Callable[[dict[str, Any]], Any]]
"""The event's type, if the model shows it; how its data is read; and how the model is built."""


class _Envelope:
    """Builds the model of one variant."""

    def __init__(self, variant: Variant) -> None:
        self.model: type[pydantic.BaseModel] = variant.find()
        self._whole: LazyType[Any] = LazyType(lambda: self.model)
        self.kind: DataKind | None = variant.data
        self.named = bool(variant.names)
        fields = {field.alias or name: field for name, field in self.model.model_fields.items()}
        self.has = frozenset(fields)
        self.data_optional = "data" not in fields or not fields["data"].is_required()
        if "data" in fields:
            self.shape: LazyType[Any] = LazyType(lambda: _type_of(fields["data"]))

    @property
    def build(self) -> Callable[[dict[str, Any]], Any]:
        """From wire names and values to the model."""
        # Parts that are models already are taken as they are, not validated again.
        build: Callable[[dict[str, Any]], Any] = self._whole.validator.validate_python
        return build

    def quick(self, name: str) -> _Quick | None:
        """What makes an item of data alone, for events that have no more to say."""
        if self.kind != "json":
            return None
        return name if "event" in self.has else None, self.shape.load, self.build

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
            elif not (self.named and self.data_optional):
                return Signal.HEARTBEAT
        elif event.data is None and not self.data_optional:
            return Signal.NOTHING
        return self.build({key: value for key, value in values.items() if key in self.has})


class Envelopes(Events[T_co]):
    """The items are whole events, told apart by their type."""

    def __init__(
        self,
        *variants: Variant,
        gives: Literal["event", "data"] = "event",
        sentinel: str | None = None,
        terminators: Iterable[str] = (),
        handlers: Sequence[Handler] = (),
    ) -> None:
        super().__init__(sentinel=sentinel, terminators=terminators, handlers=handlers)
        self._gives_data = gives == "data"
        self._variants = variants
        self._by_name: dict[str, list[_Envelope]] | None = None
        self._of_any_name: list[_Envelope] = []
        self._shows_id = False
        self._quick: dict[bytes, _Quick] = {}

    def fast(self, events: list[bytes] | list[RawEvent], last_id: str) -> list[T_co] | None:
        """The items of a batch of events that have a type and data, and no more."""
        if not self._is_plain or (last_id and self._shows_id) or self.handlers:
            return None
        if self._gives_data:
            return None
        batch: list[Any] = events
        try:
            # A batch has one kind of elements.
            return self._bare(batch) if type(batch[0]) is bytes else self._named(batch)
        except pydantic.ValidationError:
            return None

    def _bare(self, events: list[bytes]) -> list[T_co] | None:
        quick = self._quick.get(b"") or self._quick_for(b"")
        if quick is None or b"" in events or self.sentinel in events:
            return None
        event, load, build = quick
        if event is None:
            return [build({"data": load(data)}) for data in events]
        return [build({"event": event, "data": load(data)}) for data in events]

    def _named(self, events: list[RawEvent]) -> list[T_co] | None:
        items: list[T_co] = []
        for name, data, id_, retry in events:
            quick = self._quick.get(name) or self._quick_for(name)
            if quick is None or not data or data == self.sentinel:
                return None
            if id_ is not None or retry is not None:
                return None
            event, load, build = quick
            value = {"data": load(data)} if event is None else {"event": event, "data": load(data)}
            items.append(build(value))
        return items

    def decode_item(self, event: Received) -> T_co | UnknownEvent | Signal:
        """The event, as the model of its type."""
        candidates = self._candidates(event.name)
        if not candidates:
            if event.data is None:
                return Signal.NOTHING
            if self._is_error(event):
                return Signal.ERROR
            return UnknownEvent(event.name, event.as_sent())
        item = self._first_that_fits(candidates, event)
        if not self._gives_data or isinstance(item, Signal | UnknownEvent):
            return item
        whole: Any = item
        # Of an event without data, there is nothing to be given.
        return whole.data if hasattr(whole, "data") else Signal.NOTHING

    def _first_that_fits(
        self, candidates: Sequence[_Envelope], event: Received
    ) -> T_co | UnknownEvent | Signal:
        *others, last = candidates
        for candidate in others:
            try:
                item: T_co | Signal = candidate.decode(event)
            except pydantic.ValidationError:
                continue
            return item
        try:
            item = last.decode(event)
        except pydantic.ValidationError as error:
            return instead(event, error)
        return item

    def _candidates(self, name: str) -> Sequence[_Envelope]:
        if self._by_name is None:
            self._by_name = {}
            for variant in self._variants:
                envelope = _Envelope(variant)
                self._shows_id |= "id" in envelope.has
                if not variant.names:
                    self._of_any_name.append(envelope)
                for one in variant.names:
                    self._by_name.setdefault(one, []).append(envelope)
        # An error is an item only where the document says so by name.
        others = [] if name == "error" and not self.handlers else self._of_any_name
        return self._by_name.get(name, others)

    def _quick_for(self, name: bytes) -> _Quick | None:
        """The quick way for events of this type, if there is exactly one and it is safe."""
        text = name.decode("utf-8", "replace") or "message"
        candidates = self._candidates(text)
        if len(candidates) != 1 or text in self.terminators or len(self._quick) >= _MOST_NAMES:
            return None
        quick = candidates[0].quick(text)
        if quick is not None:
            self._quick[name] = quick
        return quick


_MOST_NAMES: Final = 256
"""Event types that are remembered. A server may invent a new one for each event."""


def _type_of(field: pydantic.fields.FieldInfo) -> Any:
    """The type of a field, without what belongs to its place in a model: alias and default."""
    about = list(field.metadata)
    if field.discriminator is not None:
        about.append(pydantic.Field(discriminator=field.discriminator))
    return Annotated[(field.annotation, *about)] if about else field.annotation
