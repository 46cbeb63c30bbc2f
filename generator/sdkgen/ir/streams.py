"""What arrives event by event: how events become items, and how a stream ends."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final, Literal

from sdkgen.ir.types import TypeRef

Framing = Literal["sse", "jsonl", "json-seq"]


class DataKind(enum.Enum):
    """How the data of an event is read."""

    JSON = "json"
    TEXT = "text"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class EventVariant:
    """One kind of event, as a whole.

    Attributes:
        model: The name of its model.
        names: The event types that are this kind; none for any.
        data: How its data is read; None where it has none.
    """

    model: str
    names: tuple[str, ...]
    data: DataKind | None


@dataclass(frozen=True, slots=True)
class Terminator:
    """How a stream says that it is complete.

    Attributes:
        sentinel: Data that is no item and ends the stream.
        events: Event types after which the stream is complete.
    """

    sentinel: str | None = None
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handler:
    """What to do with the events that it matches; it matches all where nothing is said.

    Attributes:
        handle: What to do.
        data_starts_with: How the data of a matching event begins.
        event_types: The types of matching events; None among them for no `event:` line.
        error_property: The member of the data that, where it is there, is an error.
    """

    handle: Literal["yield", "done", "error", "break", "continue"]
    data_starts_with: str | None = None
    event_types: tuple[str | None, ...] | None = None
    error_property: str | None = None


@dataclass(frozen=True, slots=True)
class Envelopes:
    """The items are whole events, or their data alone where `gives_data`.

    Attributes:
        tag: The member of the data that tells kinds of it apart; None where none does.
    """

    variants: tuple[EventVariant, ...]
    gives_data: bool = False
    tag: str | None = None


_TAGS: Final = ("event", "type", "name", "raw", "data")
"""What any `UnknownEvent` has: the first two tell it from all other items."""


@dataclass(frozen=True, slots=True)
class Payloads:
    """The items are the data of the events.

    Attributes:
        tag: The member of the data that tells kinds of it apart; None where none does.
    """

    type: TypeRef
    data: DataKind
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class RawEvents:
    """The items are events of which nothing is known."""


@dataclass(frozen=True, slots=True)
class EventStream:
    """An answer that arrives event by event.

    Attributes:
        item: The type of the items as users see it.
        may_be_unknown: Whether an item may be of a kind that the document does not declare.
        framing: How events are told apart on the wire.
        media_types: What it may be called beside the names of the framing.
        handlers: What to do with events, tried in order; none for the standard's way.
        resumable: Whether a stream that is lost is asked for again.
    """

    content: Envelopes | Payloads | RawEvents
    item: TypeRef | None
    may_be_unknown: bool
    terminator: Terminator
    framing: Framing = "sse"
    media_types: tuple[str, ...] = ()
    handlers: tuple[Handler, ...] = ()
    resumable: bool = False

    @property
    def own_tag(self) -> str | None:
        """The property that tells items apart, where `UnknownEvent` has nothing of its name."""
        match self.content:
            case Payloads(tag=tag) | Envelopes(gives_data=True, tag=tag):
                is_own = tag is not None and tag.lower() not in _TAGS
                return tag if is_own and self.may_be_unknown else None
        return None
