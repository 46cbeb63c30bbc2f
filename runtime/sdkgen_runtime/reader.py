"""From the bytes of a stream to its items, without I/O: what both kinds of stream share."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import pydantic
import pydantic_core

from . import errors
from .events import Events, Received, ServerSentEvent, Signal
from .redact import without_credentials
from .sse import Decoder, EventTooLargeError, RawEvent

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")


@dataclass(slots=True)
class StreamStats:
    """What a stream has seen so far. Times are seconds from the call on.

    Attributes:
        time_to_headers: Until the head of the answer was there.
        time_to_first_event: Until the first event was there.
        largest_gap: The longest silence between two arrivals of bytes.
        events: Events that were decoded into items.
        bytes: Bytes received.
        comments: Comment lines, which servers send as signs of life.
        heartbeats: Events with empty data where JSON is expected.
        discarded: Bytes of an unfinished event at the end.
        reconnects: How often the request was sent again.
    """

    time_to_headers: float | None = None
    time_to_first_event: float | None = None
    largest_gap: float = 0.0
    events: int = 0
    bytes: int = 0
    comments: int = 0
    heartbeats: int = 0
    discarded: int = 0
    reconnects: int = 0


@dataclass(frozen=True, slots=True)
class _Delivery(Generic[T]):
    """An event and what it became: an item, an error in its place, or nothing to be given."""

    event: Received
    item: T | Signal
    error: errors.APIError | None = None


class Deliveries(Generic[T]):
    """The items of a batch in which something needs care, given one by one.

    What giving an item entails (its id becomes the last event id; an error in its place is
    raised) happens when it is given, and an error does not end the iteration.
    """

    def __init__(self, reader: Reader[T], waiting: list[_Delivery[T]]) -> None:
        self._reader = reader
        self._waiting = deque(waiting)

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        while self._waiting:
            delivery = self._waiting.popleft()
            self._reader.give(delivery.event)
            if delivery.error is not None:
                raise delivery.error
            if not isinstance(delivery.item, Signal):
                return delivery.item
        raise StopIteration

    def __length_hint__(self) -> int:
        return len(self._waiting)

    @property
    def first_error(self) -> errors.APIError | None:
        """The error that comes before any item, if there is one."""
        for delivery in self._waiting:
            if delivery.error is not None or not isinstance(delivery.item, Signal):
                return delivery.error
        return None


class Reader(Generic[T]):
    """Turns chunks of one response into batches of items.

    Attributes:
        complete: Whether the declared end of the stream was seen.
        last_event_id: The id of the last event that was given.
        retry: Milliseconds that the server last asked to wait before reconnecting.
        event: The last event that was given with care; see `careful`.
        careful: Whether every event is kept beside its item.
        stats: What was seen so far.
        response: The response, for errors.
    """

    def __init__(self, events: Events[T], *, max_event_bytes: int, started: float) -> None:
        self.complete = False
        self.last_event_id = ""
        self.retry: int | None = None
        self.event: ServerSentEvent | None = None
        self.careful = False
        self.stats = StreamStats()
        self.response: httpx.Response | None = None
        self._events = events
        self._max_event_bytes = max_event_bytes
        self._started = started
        self._id = ""
        self.restart()

    def restart(self) -> None:
        """Begin with a new response: nothing that was unfinished is left."""
        self._decoder = Decoder(max_event_bytes=self._max_event_bytes)
        self._comments = self.stats.comments
        self._last_sign = time.monotonic()

    def receive(self, chunk: bytes) -> Iterator[T] | None:
        """The items that a chunk completes; None where it completes none.

        Raises:
            StreamError: An event is larger than the stream allows.
        """
        stats = self.stats
        now = time.monotonic()
        gap = now - self._last_sign
        self._last_sign = now
        if gap > stats.largest_gap:  # noqa: PLR1730 - a call would double its cost
            stats.largest_gap = gap
        stats.bytes += len(chunk)
        try:
            events = self._decoder.feed(chunk)
        except EventTooLargeError as error:
            raise errors.StreamError(str(error), **self.context()) from error
        if not events:
            return None
        if stats.time_to_first_event is None:
            stats.time_to_first_event = now - self._started
        items = None if self.careful else self._events.fast(events)
        if items is not None:
            stats.events += len(items)
            return iter(items)
        return Deliveries(self, self._with_care(events))

    def end(self) -> None:
        """Note that the response has no more bytes.

        Raises:
            StreamTruncatedError: A declared end was not seen.
        """
        self._decoder.close()
        self.stats.discarded += self._decoder.discarded
        if self._events.declares_end and not self.complete:
            raise errors.StreamTruncatedError(
                "The stream ended before its declared end"
                f" ({self._declared_end()}), after {self.stats.events} events.",
                **self.context(),
            )

    def elapsed(self) -> float:
        """Seconds since the call began."""
        return time.monotonic() - self._started

    def give(self, event: Received) -> None:
        """Note that an event is being given."""
        self.last_event_id = event.id
        if event.retry is not None:
            self.retry = event.retry
        self.event = event.as_sent() if self.careful else None

    def count_comments(self) -> None:
        """Bring the count of comments up to date."""
        self.stats.comments = self._comments + self._decoder.comments

    def context(self) -> dict[str, Any]:
        """What every error of a stream says of its circumstances."""
        response = without_credentials(self.response) if self.response is not None else None
        return {
            "request": response.request if response is not None else None,
            "response": response,
            "events_seen": self.stats.events,
            "last_event_id": self.last_event_id,
        }

    def _with_care(self, events: list[bytes] | list[RawEvent]) -> list[_Delivery[T]]:
        deliveries: list[_Delivery[T]] = []
        for raw in events:
            event = self._received(raw)
            deliveries.append(self._decode(event))
            if event.name in self._events.terminators:
                self.complete = True
            if self.complete:
                break
        return deliveries

    def _decode(self, event: Received) -> _Delivery[T]:
        try:
            # An unknown event is one of the items that the stream's type names.
            item = cast("T | Signal", self._events.decode(event))
        except pydantic.ValidationError as error:
            return _Delivery(event, Signal.ERROR, self._undecodable(event, error))
        match item:
            case Signal.HEARTBEAT:
                self.stats.heartbeats += 1
            case Signal.END:
                self.complete = True
            case Signal.ERROR:
                body = json_or_text(event.text)
                return _Delivery(event, item, self._reported(body))
            case Signal.NOTHING:
                pass
            case _:
                self.stats.events += 1
        return _Delivery(event, item)

    def _received(self, raw: bytes | RawEvent) -> Received:
        if isinstance(raw, bytes):
            return Received("message", raw, self._id, None)
        if raw.id is not None:
            self._id = raw.id.decode("utf-8", "replace")
        name = raw.event.decode("utf-8", "replace") or "message"
        return Received(name, raw.data, self._id, raw.retry)

    def _undecodable(
        self, event: Received, error: pydantic.ValidationError
    ) -> errors.EventDecodeError:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        self.stats.events += 1
        context = self.context()
        context.pop("events_seen")
        failure = errors.EventDecodeError(
            f"Event {self.stats.events - 1} ({event.name!r}) does not fit its model: "
            f"{first['msg']}{f' (at {place})' if place else ''}.",
            event=event.as_sent(),
            index=self.stats.events - 1,
            body=event.text,
            **context,
        )
        failure.__cause__ = error
        return failure

    def _reported(self, body: Any) -> errors.APIError:
        """The error that the server reports, as the class of the HTTP error of that kind."""
        said = errors.message_in(body)
        message = "The server reports an error in the stream" + (f": {said}" if said else ".")
        context = self.context()
        known: dict[str, Any] = {
            "request": context["request"],
            "response": context["response"],
            "body": body,
            "in_stream": True,
        }
        status = errors.status_in(body)
        if status is None:
            return errors.APIError(message, **known)
        return errors.status_error(status)(message, status_code=status, **known)

    def _declared_end(self) -> str:
        ends = [] if self._events.sentinel is None else [self._events.sentinel.decode()]
        return " or ".join([*ends, *sorted(self._events.terminators)])


def json_or_text(text: str) -> Any:
    """JSON where it is JSON, else the text itself."""
    try:
        return pydantic_core.from_json(text)
    except ValueError:
        return text
