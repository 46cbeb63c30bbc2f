"""From the bytes of a stream to its items, without I/O: what both kinds of stream share."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

import pydantic

from . import errors
from .events import Events, Received, ServerSentEvent, Signal
from .lines import LineDecoder
from .request import Framing
from .sse import Decoder, EventTooLargeError, RawEvent

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

_now: Final = time.monotonic

MAX_EVENT_BYTES: Final = 64 * 2**20

_SLICE: Final = 48
"""Events that become items at once. More of them alive would set off the garbage collector
again and again: with a whole chunk's, it takes a third of the time."""

_MOST_IDS: Final = 1000
"""Event ids that are remembered, to know an event that is sent again."""

LONGEST_ID: Final = 1024
"""Characters of an event id that is remembered, or sent back; a longer one could be megabytes."""


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


class Reader(Generic[T]):
    """Turns the chunks of a stream into its items.

    Items come in two ways. `receive`, and `more` for as long as there are `later` events, give
    items many at once, where each event is an item and has no more to say. Otherwise the events
    wait, and `take` gives them one by one: an id, an error or the end of the stream counts when
    its turn comes, not before.

    Attributes:
        waiting: The events to `take`.
        later: The events of the last chunk that nothing has been made of yet.
        complete: Whether the declared end of the stream was seen.
        last_event_id: The id of the last event that was given.
        retry: Milliseconds that the server last asked to wait before reconnecting.
        careful: Whether all events are to be taken one by one, for the sake of `event`.
        abrupt: Whether what may follow the end is not waited for.
        fruitless: How often the request was sent again, the last times without an event.
        stats: What was seen so far.
        response: The response, for errors.
    """

    def __init__(
        self, events: Events[T], *, started: float | None = None, framing: Framing = "sse"
    ) -> None:
        self.waiting: deque[bytes | RawEvent] = deque()
        self.later: list[bytes] | list[RawEvent] = []
        self.complete = False
        self.last_event_id = ""
        self.retry: int | None = None
        self.careful = False
        self.abrupt = False
        self.fruitless = 0
        self._given_before = 0
        self.stats = StreamStats()
        self.response: httpx.Response | None = None
        self._events = events
        self._started = time.monotonic() if started is None else started
        self._event = Received("message", None, "", None)
        # The events of the last batch: `again_with_care` may ask for them.
        self._batch: list[bytes] | list[RawEvent] = []
        self._framing: Framing = framing
        self._decoder = _decoder(framing)
        self._place = 0  # of the first event for later
        self._feed: Callable[[bytes], list[bytes] | list[RawEvent]] = self._decoder.feed
        # What makes an item of one event's bare data, once it is known to be as simple as that.
        self._load: Callable[[bytes], T] | None = None
        self._sentinel = events.sentinel
        self._last_sign = time.monotonic()
        # The last ids, and those of them that were given before the stream was resumed.
        self._ids: deque[str] = deque(maxlen=_MOST_IDS)
        self._known_ids: frozenset[str] = frozenset()

    @property
    def given(self) -> int:
        """How many events have been given, as items or as errors in their place."""
        return self.stats.events

    @property
    def event(self) -> ServerSentEvent:
        """The event that `take` gave last."""
        return self._event.as_sent()

    def restart(self) -> None:
        """Begin with a new response: nothing of the old one is left."""
        self.count_comments()
        self.drop()
        self.complete = False
        self.stats.reconnects += 1
        self.stats.time_to_first_event = None
        self.fruitless = self.fruitless + 1 if self.given == self._given_before else 1
        self._given_before = self.given
        self._known_ids = frozenset(self._ids)
        self._decoder = _decoder(self._framing)
        self._feed = self._decoder.feed
        self._last_sign = time.monotonic()

    def receive(self, chunk: bytes) -> list[T] | None:
        """The items that a chunk completes, if it is as simple as that; see `waiting`.

        Raises:
            StreamError: An event is larger than the stream allows.
        """
        stats = self.stats
        now = _now()
        gap = now - self._last_sign
        self._last_sign = now
        if gap > stats.largest_gap:
            stats.largest_gap = gap
        stats.bytes += len(chunk)
        try:
            events = self._feed(chunk)
        except EventTooLargeError as error:
            raise self._too_large(error) from error
        if not events:
            return None
        if stats.time_to_first_event is None:
            stats.time_to_first_event = now - self._started
        if len(events) == 1 and self._load is not None:
            # What a network in real time gives, the short way.
            data: Any = events[0]
            if type(data) is bytes and data != self._sentinel:
                try:
                    item = self._load(data)
                except pydantic.ValidationError:
                    self.waiting.extend(events)
                    return None
                stats.events += 1
                return [item]
        if len(events) > _SLICE:
            self.later, self._place = events, 0
            return self.more()
        return self._at_once(events)

    def more(self) -> list[T] | None:
        """Some items of the events for later, if it is as simple as that; see `waiting`."""
        start = self._place
        self._place = end = start + _SLICE
        events = self.later[start:end]
        if end >= len(self.later):
            self.later = []
        return self._at_once(events)

    def _at_once(self, events: list[bytes] | list[RawEvent]) -> list[T] | None:
        items = None if self.careful else self._events.fast(events, self.last_event_id)
        if items is None:
            self.waiting.extend(events)
        else:
            self.stats.events += len(items)
            self._batch = events
            self._load = self._events.load
        return items

    def take_with_care(self) -> None:
        """From now on, give all events one by one, for the sake of `event`."""
        self.careful = True
        self._load = None

    def drop(self) -> None:
        """Forget the events that have not been given."""
        self.waiting.clear()
        self.later = []

    def take(self) -> T | Signal:
        """The next item of the events that wait, or what else the next event means.

        Raises:
            EventDecodeError: The event does not fit; the next one can be taken.
            APIError: The event is the server's report of an error.
        """
        raw = self.waiting.popleft()
        event = self._event = self._received(raw)
        if not isinstance(raw, bytes) and raw.id:
            if event.id in self._known_ids:
                return Signal.NOTHING  # given before the stream was resumed
            if len(event.id) <= LONGEST_ID:
                self._ids.append(event.id)
        self.last_event_id = event.id
        if event.retry is not None:
            self.retry = event.retry
        if event.name in self._events.terminators:
            self._end_here()
        try:
            # An unknown event is one of the items that the stream's type names.
            item = cast("T | Signal", self._events.decode(event))
        except pydantic.ValidationError as error:
            raise self._undecodable(event, error) from error
        if not isinstance(item, Signal):
            self.stats.events += 1
        elif item is Signal.HEARTBEAT:
            self.stats.heartbeats += 1
        elif item in (Signal.END, Signal.BREAK):
            self.abrupt = item is Signal.BREAK
            self._end_here()
        elif item is Signal.ERROR:
            raise self._reported(self._events.failure(event))
        return item

    def again_with_care(self, left: int) -> None:
        """Take the last events of the last batch once more, one by one."""
        self.stats.events -= left
        self.waiting.extendleft(reversed(self._batch[len(self._batch) - left :]))

    def end(self) -> None:
        """Note that the response has no more bytes.

        Raises:
            StreamTruncatedError: A declared end was not seen.
            StreamError: An event is larger than the stream allows.
        """
        try:
            last = self._decoder.close()
        except EventTooLargeError as error:
            raise self._too_large(error) from error
        self.stats.discarded += self._decoder.discarded
        if last:
            self.waiting.extend(last)
        elif self._events.declares_end and not self.complete:
            raise errors.StreamTruncatedError(
                "The stream ended before its declared end"
                f" ({self._events.declared_end}), after {self.stats.events} events.",
                **self.context(),
            )

    def elapsed(self) -> float:
        """Seconds since the call began."""
        return time.monotonic() - self._started

    def count_comments(self) -> None:
        """Bring the count of comments up to date."""
        self.stats.comments += self._decoder.comments
        self._decoder.comments = 0

    def context(self) -> dict[str, Any]:
        """What every error of a stream says of its circumstances."""
        response = self.response
        return {
            "request": response.request if response is not None else None,
            "response": response,
            "events_seen": self.stats.events,
            "last_event_id": self.last_event_id,
        }

    def _end_here(self) -> None:
        """Whatever follows the end of the stream is not a part of it."""
        self.complete = True
        self.drop()

    def _received(self, raw: bytes | RawEvent) -> Received:
        if isinstance(raw, bytes):
            return Received("message", raw, self.last_event_id, None, is_named=False)
        id_ = self.last_event_id if raw.id is None else raw.id.decode("utf-8", "replace")
        name = raw.event.decode("utf-8", "replace") or "message"
        return Received(name, raw.data, id_, raw.retry, is_named=bool(raw.event))

    def _too_large(self, error: EventTooLargeError) -> errors.StreamError:
        return errors.StreamError(f"The stream cannot be read on: {error}.", **self.context())

    def _undecodable(
        self, event: Received, error: pydantic.ValidationError
    ) -> errors.EventDecodeError:
        index = self.stats.events
        context = {**self.context(), "body": event.text, "event": event.as_sent(), "index": index}
        context.pop("events_seen")  # by definition the index
        self.stats.events += 1
        return errors.EventDecodeError(
            f"Event {index} ({event.name!r}) does not fit its model: {errors.misfit(error)}.",
            **context,
        )

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


def _decoder(framing: Framing) -> Decoder | LineDecoder:
    if framing == "sse":
        return Decoder(max_event_bytes=MAX_EVENT_BYTES)
    return LineDecoder(framing, max_event_bytes=MAX_EVENT_BYTES)
