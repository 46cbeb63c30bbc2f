"""From the bytes of a stream to its items, without I/O: what both kinds of stream share."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar, cast

import pydantic

from . import errors, streamerrors
from .blocks import Batch, RawEvent
from .eventids import EventIds
from .events import (
    MESSAGE,
    NOTHING,
    REFUSALS,
    Events,
    NotPlainError,
    Received,
    ServerSentEvent,
    Signal,
    UnknownEvent,
    refuse,
)
from .lines import JSON_SPACE, LineDecoder
from .plain import PlainEvents
from .redact import with_body
from .request import Framing
from .sse import Decoder, EventTooLargeError
from .stats import StreamStats

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

_now: Final = time.monotonic
MAX_EVENT_BYTES: Final = 64 * 2**20

_NEW_TYPE: Final = '; events of this type are not declared: on_unknown_event="skip" leaves them out'


@dataclass(frozen=True, slots=True)
class Oddities:
    """What is done with events that the API's document does not expect.

    Attributes:
        lenient: Whether one that does not fit is taken as it came, if it is JSON at all.
        unknown: What becomes of one of a kind that is not declared.
        undecodable: What becomes of one that does not fit.
    """

    lenient: bool = False
    unknown: Literal["give", "skip", "raise"] = "give"
    undecodable: Literal["raise", "skip"] = "raise"


class Reader(Generic[T]):
    """Turns the chunks of a stream into its items.

    Items come in two ways. The events of a chunk that have no more to say than their item are
    `plain`. All others are `waiting`, and `take` gives them one by one: an id, an error or the end
    of the stream counts when its turn comes, not before. What is waiting comes before what is left
    of the plain ones: it is one of them that was refused, and `put_back`.

    Attributes:
        plain: The events that there is no more to be said about than their items.
        waiting: The events to `take`.
        complete: Whether the declared end of the stream was seen.
        last_event_id: The id of the last event that was given.
        retry: Milliseconds that the server last asked to wait before reconnecting.
        abrupt: Whether what may follow the end is not waited for.
        fruitless: How often the request was sent again, the last times without an event.
        response: The response, for errors.
    """

    def __init__(
        self,
        events: Events[T],
        *,
        started: float | None = None,
        framing: Framing = "sse",
        oddities: Oddities | None = None,
        max_event_bytes: int = MAX_EVENT_BYTES,
        conceal: Callable[[str], str] = str,
        declared: Callable[[int | None, Any], Any] = lambda _status, body: body,
    ) -> None:
        self.plain: PlainEvents[T] = PlainEvents()
        self.waiting: deque[bytes | RawEvent] = deque()
        self.complete = False
        self.last_event_id = ""
        self.retry: int | None = None
        self.abrupt = False
        self.fruitless = 0
        self.response: httpx.Response | None = None
        self._events = events
        self._oddities = oddities or Oddities()
        self._loads = events.loads
        # Whether events may be ready, or all have to be taken one by one: for the sake of
        # `event`, or of an id that they would have to show.
        self._is_quick = True
        self._is_careful = False
        self._load: Callable[[bytes], T] = events.loads[b""]
        self._given = 0  # without the plain ones
        self._given_before = 0
        self._event = Received(MESSAGE, None, "", None)
        self._stats = StreamStats()
        # Of this response: whether there was no event yet, and what was seen before it.
        self._is_eventless = True
        self._seen_before = StreamStats()
        self._started = time.monotonic() if started is None else started
        self._last_sign = time.monotonic()
        self._conceal = conceal
        self._declared = declared
        self._framing: Framing = framing
        self._max_event_bytes = max_event_bytes
        self._decoder = self._new_decoder()
        self._feed: Callable[[bytes], Batch] = self._decoder.feed
        self._ids = EventIds()

    @property
    def given(self) -> int:
        """How many events have been given, as items or as errors in their place."""
        return self._given + self.plain.taken

    @property
    def stats(self) -> StreamStats:
        """What was seen so far."""
        self._stats.events = self.given
        self._stats.comments += self._decoder.comments
        self._stats.discarded += self._decoder.discarded
        self._decoder.comments = self._decoder.discarded = 0
        return self._stats

    @property
    def has_begun(self) -> bool:
        """Whether the first event was there."""
        return self._stats.time_to_first_event is not None

    @property
    def has_received(self) -> bool:
        """Whether there were any bytes."""
        return self._stats.bytes > 0

    @property
    def event(self) -> ServerSentEvent:
        """The event that `take` gave last."""
        return self._event.as_sent()

    def with_event(self, item: T) -> tuple[T, ServerSentEvent]:
        """The item that `take` gave last, and its event."""
        return item, self.event

    def restart(self) -> None:
        """Begin with a new response: nothing of the old one is left."""
        self.drop()
        self.complete = False
        stats = self.stats
        stats.reconnects += 1
        self.fruitless = self.fruitless + 1 if self.given == self._given_before else 1
        self._given_before = self.given
        if self.given:
            self._ids.resume()
        else:  # all is asked for anew, not what comes after an id
            stats.time_to_first_event = None
            self._ids.clear()
            self.last_event_id = ""
            self._choose_way()
        self._is_eventless = True
        self._seen_before = replace(stats)
        self._decoder = self._new_decoder()
        self._feed = self._decoder.feed
        self._last_sign = time.monotonic()

    def receive(self, chunk: bytes) -> T | Literal[Signal.NOTHING]:
        """The item that a chunk completes, if it is one alone; see `plain` and `waiting` else.

        Raises:
            StreamError: An event is larger than the stream allows.
        """
        stats = self._stats
        now = _now()
        gap = now - self._last_sign
        self._last_sign = now
        if gap > stats.largest_gap:
            stats.largest_gap = gap
        stats.bytes += len(chunk)
        try:
            batch = self._feed(chunk)
        except EventTooLargeError as error:
            raise streamerrors.too_large(error, self.context()) from error
        if not batch:
            return NOTHING
        if self._is_eventless and _has_event(batch):
            self._note_event(now)
        if len(batch) == 1:
            # What a network in real time gives, the short way.
            event = batch[0]
            try:
                item = self._load(event) if isinstance(event, bytes) else self._load_named(event)
            except REFUSALS:
                self.waiting.append(event)
                return NOTHING
            self._given += 1
            return item
        self._begin(batch)
        return NOTHING

    def _note_event(self, now: float) -> None:
        """Note that the response has an event, or the first of the stream."""
        self._is_eventless = False
        if self._stats.time_to_first_event is None:
            self._stats.time_to_first_event = now - self._started

    def _choose_way(self) -> None:
        needs_id = bool(self.last_event_id) and self._events.shows_id
        self._is_quick = not (self._is_careful or needs_id)
        self._load = self._loads[b""] if self._is_quick else refuse

    def _load_named(self, event: RawEvent) -> T:
        name, data, id_, retry = event
        if data is None or id_ is not None or retry is not None or not self._is_quick:
            raise NotPlainError
        item: T = self._loads[name](data)
        return item

    def _begin(self, batch: Batch) -> None:
        if not (self._is_quick and self.plain.begin(batch, self._loads)):
            self.waiting.extend(batch)

    def next_plain(self) -> T | Literal[Signal.NOTHING]:
        """The item of the next plain event; `Signal.NOTHING` where none is left, or it waits."""
        try:
            for item in self.plain.items:
                return item
        except REFUSALS:
            self.put_back()
        return NOTHING

    def put_back(self) -> None:
        """Let the plain event that was refused just now wait, as the next one to be taken."""
        self.waiting.append(self.plain.refused())

    def take_with_care(self) -> None:
        """From now on, give all events one by one, for the sake of `event`."""
        self._is_careful = True
        self._choose_way()
        self.waiting.extend(self.plain.rest())
        self.plain.drop()

    def drop(self) -> None:
        """Forget the events that have not been given."""
        self.waiting.clear()
        self.plain.drop()

    def take(self) -> T | Literal[Signal.NOTHING]:
        """The next item of the events that wait; `Signal.NOTHING` where none is left.

        Raises:
            EventDecodeError: An event does not fit; the next one can be taken.
            APIError: An event is the server's report of an error.
        """
        while self.waiting:
            try:
                raw = self.waiting.popleft()
            except IndexError:
                break  # another thread was quicker, or has closed the stream
            item = self._meaning(raw)
            if not isinstance(item, Signal):
                return item
        return NOTHING

    def _meaning(self, raw: bytes | RawEvent) -> T | Signal:
        event = self._event = self._received(raw)
        ends = self._events.ends_with(event)
        if not isinstance(raw, bytes) and raw.id:
            if self._ids.was_given(event.id) and not ends and self._is_item(event):
                return NOTHING  # given before the stream was resumed
            if event.data is not None:
                self._ids.give(event.id)
        has_changed = bool(self.last_event_id) is not bool(event.id)
        self.last_event_id = event.id
        if has_changed:
            self._choose_way()
        if event.retry is not None:
            self.retry = event.retry
        if ends:
            self._end_here()
        item = self._decoded(event)
        if not isinstance(item, Signal):
            self._given += 1
            if event.data is None and not isinstance(raw, bytes) and raw.id:
                self._ids.give(event.id)
        elif item is Signal.HEARTBEAT:
            self._stats.heartbeats += 1
        elif item in (Signal.END, Signal.BREAK):
            self.abrupt = item is Signal.BREAK
            self._end_here()
        elif item is Signal.ERROR:
            raise streamerrors.reported(
                self._events.failure(event),
                self.context(event),
                conceal=self._conceal,
                declared=self._declared,
            )
        return item

    def _is_item(self, event: Received) -> bool:
        """Whether an event is one that is given, and neither an end nor a failure."""
        try:
            item = self._events.decode(event)
        except pydantic.ValidationError:
            return True  # an error is given in its place
        return item not in (Signal.END, Signal.BREAK, Signal.ERROR)

    def _decoded(self, event: Received) -> T | Signal:
        try:
            item = self._events.decode(event)
        except pydantic.ValidationError as error:
            if self._oddities.lenient:
                with contextlib.suppress(ValueError):
                    return self._events.accept(event)
            is_new = event.is_named and not self._events.knows(event.name)
            if self._oddities.undecodable == "raise" and not (
                is_new and self._oddities.unknown == "skip"
            ):
                why = errors.misfit(error) + (_NEW_TYPE if is_new else "")
                raise self._undecodable(event, why) from error
            self._stats.skipped += 1
            return NOTHING
        if isinstance(item, UnknownEvent) and self._oddities.unknown != "give":
            if self._oddities.unknown == "raise":
                raise self._undecodable(event, "it is of a kind that is not declared")
            self._stats.skipped += 1
            return NOTHING
        # An unknown event is one of the items that the stream's type names.
        return cast("T | Signal", item)

    def lose(self) -> None:
        """Note that the response is lost.

        Raises:
            StreamError: That is of no interest: an event is larger than the stream allows.
        """
        try:
            self._decoder.raise_if_spent()
        except EventTooLargeError as error:
            raise streamerrors.too_large(error, self.context()) from error

    def end(self) -> None:
        """Note that the response has no more bytes.

        Raises:
            StreamTruncatedError: A declared end was not seen.
            StreamError: An event is larger than the stream allows.
            APIResponseValidationError: Of no media type, it was no stream at all.
        """
        try:
            last = self._decoder.close()
        except EventTooLargeError as error:
            raise streamerrors.too_large(error, self.context()) from error
        is_cut_short = self._decoder.discarded > 0
        if last:
            self._note_event(_now())
            self.waiting.extend(last)
        elif is_cut_short and self._says_nothing():
            size = self._stats.bytes - self._seen_before.bytes
            raise streamerrors.no_stream(size, self.context())
        elif self._events.declares_end and not self.complete:
            raise streamerrors.truncated(self._events.declared_end, self.context())

    def _says_nothing(self) -> bool:
        """Whether nothing of a stream has come, in a response that does not say to be one."""
        seen = not self._is_eventless or self.stats.comments > self._seen_before.comments
        return (
            not seen and self.response is not None and "content-type" not in self.response.headers
        )

    def elapsed(self) -> float:
        """Seconds since the call began."""
        return time.monotonic() - self._started

    def context(self, event: Received | None = None) -> dict[str, Any]:
        """What every error of a stream says of its circumstances.

        The body of a stream may still arrive, and is not kept: in an error, the response has the
        data of the event that the error is about, if there is one.
        """
        data = b"" if event is None or event.data is None else event.data
        response = None
        if self.response is not None:
            response = with_body(self.response, data)
            response.encoding = "utf-8"  # always (WHATWG HTML, section 9.2.5)
        return {
            "request": response.request if response is not None else None,
            "response": response,
            "events_seen": self.given,
            "last_event_id": self.last_event_id,
        }

    def _end_here(self) -> None:
        """Whatever follows the end of the stream is not a part of it."""
        self.complete = True
        self.drop()

    def _received(self, raw: bytes | RawEvent) -> Received:
        if isinstance(raw, bytes):
            data = raw if self._framing == "sse" else raw.strip(JSON_SPACE)
            return Received(MESSAGE, data, self.last_event_id, None, is_named=False)
        id_ = self.last_event_id if raw.id is None else raw.id.decode("utf-8", "replace")
        name = raw.event.decode("utf-8", "replace") or MESSAGE
        return Received(name, raw.data, id_, raw.retry, is_named=bool(raw.event))

    def _undecodable(self, event: Received, why: str) -> errors.EventDecodeError:
        error = streamerrors.undecodable(event, why, self.context(event), conceal=self._conceal)
        self._given += 1
        return error

    def _new_decoder(self) -> Decoder | LineDecoder:
        if self._framing == "sse":
            return Decoder(max_event_bytes=self._max_event_bytes)
        return LineDecoder(self._framing, max_event_bytes=self._max_event_bytes)


def _has_event(batch: Batch) -> bool:
    """Whether there is more than blocks without data, which are none (WHATWG HTML, 9.2.6)."""
    return any(isinstance(one, bytes) or one.data is not None for one in batch)
