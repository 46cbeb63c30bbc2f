"""What the items of a stream are: from an event's name and data to a value.

A document declares its streams in many ways; what is left of them here are three
kinds of `Events`: `Envelopes` (the item is the whole event, a model with `event`,
`data`, `id` and `retry`), `Payloads` (the item is the event's data) and `RawEvents`.

Decoding has two gears. `loads` has, by event type, what makes an item of bare data, and
refuses anything out of the ordinary; `decode` then takes that event with all the rules.
"""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, NoReturn, TypedDict, TypeVar, Unpack

import pydantic_core

from .handlers import Handler, shortcut
from .jsontext import json_or_text, lacking, read_json

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """An event as the server sent it (WHATWG HTML, section 9.2.6).

    Attributes:
        event: The event's type; ``message`` where the server names none.
        data: The data, line by line as sent.
        id: The last event id, which persists from event to event.
        retry: Milliseconds that the server asks to wait before reconnecting.
    """

    event: str = "message"
    data: str = ""
    id: str = ""
    retry: int | None = None

    def json(self) -> Any:
        """The data, read as JSON.

        Raises:
            ValueError: The data is not JSON.
        """
        return read_json(self.data)


@dataclass(frozen=True, slots=True)
class UnknownEvent:
    """An event of a kind that the API's document does not declare.

    Servers add kinds of events. They reach you as this, and end nothing.

    Attributes:
        name: The event's type, as the server named it.
        raw: The event as it came.
        event: Never the type of a declared event, so that `event.event == "..."` narrows
            to one model.
        type: The same, for events that are told apart by a `type` in their data.
    """

    name: str
    raw: ServerSentEvent
    event: Literal["<unknown>"] = field(default="<unknown>", init=False, repr=False)
    type: Literal["<unknown>"] = field(default="<unknown>", init=False, repr=False)

    @property
    def data(self) -> str:
        """The data, as it came."""
        return self.raw.data


class Signal(enum.Enum):
    """What an event means where it is not an item."""

    HEARTBEAT = enum.auto()
    """A sign of life without content."""
    NOTHING = enum.auto()
    """By the standard, no event at all."""
    END = enum.auto()
    """The sentinel: the stream is complete."""
    BREAK = enum.auto()
    """The stream is over, and what may follow is not waited for."""
    ERROR = enum.auto()
    """The server reports a failure."""


NOTHING: Final = Signal.NOTHING
"""The same, for where every event passes: enumerations are slow to look members up."""


@dataclass(slots=True)  # not frozen: that takes three times as long to make
class Received:
    """An event, its data still in bytes, on its way to become an item."""

    name: str
    data: bytes | None
    id: str
    retry: int | None
    is_named: bool = True
    """Whether it has an `event:` line."""

    @property
    def text(self) -> str:
        """The data as text. Invalid UTF-8 becomes U+FFFD and never ends a stream."""
        return (self.data or b"").decode("utf-8", "replace")

    def as_sent(self) -> ServerSentEvent:
        """The event for a user's eyes."""
        return ServerSentEvent(self.name, self.text, self.id, self.retry)


class NotPlainError(Exception):
    """An event may be something else than an item: `Events.decode` is to be asked."""


REFUSALS: Final = (pydantic_core.ValidationError, NotPlainError)
"""How the quick way says that an event is not for it."""

MESSAGE: Final = "message"
"""What an event is called that has no type of its own (WHATWG HTML, section 9.2.6)."""

_TYPE: Final = "type"
"""Where data says of what kind it is, if the document does not say where."""

_MOST_NAMES: Final = 256
"""Event types that are remembered. A server may invent a new one for each event."""


class Loads(dict[bytes, Callable[[bytes], Any]]):
    """By event type, what makes an item of an event's data, where that is all there is to it.

    Each raises one of the `REFUSALS` for data that may be something else than an item.
    """

    def __init__(self, find: Callable[[bytes], Callable[[bytes], Any] | None]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, name: bytes) -> Callable[[bytes], Any]:
        load = self._find(name) or refuse
        if len(self) < _MOST_NAMES:
            self[name] = load
        return load


def refuse(_data: bytes) -> NoReturn:
    """Take no event for a plain item."""
    raise NotPlainError


class About(TypedDict, total=False):
    """What is known of a stream's events, whatever its items are.

    Attributes:
        sentinel: The data that says that the stream is complete; never an item.
        terminators: Event types after which the stream is complete; they are items.
        tag: The member of the data that tells kinds of it apart. Where an event has no `event:`
            line, it is what terminators are compared with: `type`, where there is no such member.
        handlers: What to do with events, tried in order; none for the standard's way.
        unknown: Gives the class of events of unknown kinds, where it has more than `UnknownEvent`.
    """

    sentinel: str
    terminators: Iterable[str]
    tag: str
    handlers: Sequence[Handler]
    unknown: Callable[[], type[UnknownEvent]]


class Events(ABC, Generic[T_co]):
    """How the events of a stream become items of type `T_co`.

    Attributes:
        loads: The quick way for events that have data, no id and no retry.
    """

    def __init__(self, **about: Unpack[About]) -> None:
        sentinel = about.get("sentinel")
        self.sentinel = None if sentinel is None else sentinel.strip().encode()
        self.terminators = frozenset(about.get("terminators", ()))
        self.tag = about.get("tag")
        self.handlers = tuple(about.get("handlers", ()))
        self._find_unknown = about.get("unknown", lambda: UnknownEvent)
        self.loads = Loads(self._find_load)

    @property
    def declares_end(self) -> bool:
        """Whether a stream that just stops is a truncated one."""
        done = any(handler.handle == "done" for handler in self.handlers)
        return done or self.sentinel is not None or bool(self.terminators)

    @property
    def declared_end(self) -> str:
        """How the stream says that it is complete, in words."""
        ends = [] if self.sentinel is None else [self.sentinel.decode()]
        ends += sorted(self.terminators)
        for handler in self.handlers:
            if handler.handle == "done":
                types = [name or MESSAGE for name in handler.event_types or ()]
                ends.append(handler.data_starts_with or " or ".join(types))
        return " or ".join(dict.fromkeys(ends))

    @property
    def shows_id(self) -> bool:
        """Whether an item shows the last event id, which persists from event to event."""
        return False

    def knows(self, name: str) -> bool:
        """Whether events of a type are declared, as far as types are."""
        return name == MESSAGE or name in self.terminators

    def ends_with(self, event: Received) -> bool:
        """Whether a stream is complete with an event: its type says so, or else its data's."""
        is_one = event.name in self.terminators
        if event.name != MESSAGE or not self.terminators or (is_one and self.tag is None):
            return is_one
        found = json_or_text(event.text)
        said = found.get(self.tag or _TYPE) if isinstance(found, dict) else None
        return isinstance(said, str) and said in self.terminators

    @abstractmethod
    def load_for(self, name: str) -> Callable[[bytes], T_co] | None:
        """What makes an item of the data of events of a type; None where `decode` is needed.

        Raises, when it is called:
            pydantic.ValidationError: The data is no item, as far as one can see.
        """

    def _find_load(self, raw_name: bytes) -> Callable[[bytes], T_co] | None:
        name = raw_name.decode("utf-8", "replace")
        load = self.load_for(name or MESSAGE)
        if load is None or (name or MESSAGE) in self.terminators:
            return None
        if self.handlers:
            short = shortcut(self.handlers, name or None)
            if short is None:
                return None
            if short.unless_prefix or short.lacks_error is not None:
                load = guarded(load, short.takes)
        if self.sentinel is not None and fits(load, self.sentinel):
            load = guarded(load, lambda data: data.strip() != self.sentinel)
        if (name or MESSAGE) == MESSAGE and self.terminators:
            load = guarded(load, lacking(self.terminators))
        return load

    @abstractmethod
    def decode_item(self, event: Received) -> T_co | UnknownEvent | Signal:
        """The item that an event is.

        Raises:
            pydantic.ValidationError: The data does not fit.
        """

    @abstractmethod
    def accept(self, event: Received) -> T_co:
        """The item that an event is which does not fit, as far as it does.

        Raises:
            ValueError: The data is not JSON, and is to be.
        """

    def decode(self, event: Received) -> T_co | UnknownEvent | Signal:
        """The item that an event is, or what else the event means.

        Raises:
            pydantic.ValidationError: The data does not fit.
        """
        if event.data is not None and event.data.strip() == self.sentinel:
            return Signal.END
        if self.handlers and (decided := self._decided(event)) is not None:
            return decided
        return self.decode_item(event)

    def _decided(self, event: Received) -> Signal | None:
        """What the handlers make of an event; None where it is an item."""
        handler = self._handler(event)
        if handler is None or handler.handle == "continue":
            return Signal.NOTHING
        if handler.handle == "yield":
            return Signal.ERROR if handler.failure(event.data or b"") is not None else None
        return {"done": Signal.END, "break": Signal.BREAK, "error": Signal.ERROR}[handler.handle]

    def _handler(self, event: Received) -> Handler | None:
        name, data = event.name if event.is_named else None, event.data or b""
        matching = (one for one in self.handlers if one.matches(name, data))
        if event.data is None and isinstance(self.decode_item(event), Signal):
            # No event, by the standard: only who knows its type by name has a say.
            matching = (one for one in matching if one.event_types is not None and name is not None)
        return next(matching, None)

    def failure(self, event: Received) -> Any:
        """What an event says that is a report of a failure."""
        handler = self._handler(event)
        found = handler.failure(event.data or b"") if handler is not None else None
        return json_or_text(event.text) if found is None else found

    def _unknown(self, name: str, event: Received) -> UnknownEvent:
        """An event of an unknown kind, as an item."""
        return self._find_unknown()(name, event.as_sent())

    def _is_error(self, event: Received) -> bool:
        """Whether an event is an error by its type, where no one has decided otherwise."""
        return event.name == "error" and not self.handlers


def guarded(load: Callable[[bytes], T], takes: Callable[[bytes], bool]) -> Callable[[bytes], T]:
    """The quick way, for data that is no special one."""

    def checked(data: bytes) -> T:
        if not takes(data):
            raise NotPlainError
        return load(data)

    return checked


def fits(load: Callable[[bytes], object], data: bytes) -> bool:
    """Whether data is taken for an item."""
    try:
        load(data)
    except REFUSALS:
        return False
    return True


class RawEvents(Events[ServerSentEvent]):
    """The items are the events themselves: the document says nothing of their data."""

    @property
    def shows_id(self) -> bool:
        """An event always does."""
        return True

    def load_for(self, name: str) -> Callable[[bytes], ServerSentEvent]:
        """The event, of which there is nothing but its type and its data."""
        return lambda data: ServerSentEvent(name, data.decode("utf-8", "replace"))

    def decode_item(self, event: Received) -> ServerSentEvent | Signal:
        """The event as sent."""
        return Signal.NOTHING if event.data is None else event.as_sent()

    def accept(self, event: Received) -> ServerSentEvent:
        """The event as sent."""
        return event.as_sent()
