"""The plain events of a chunk, decoded a slice at a time.

One item a turn costs each turn the time until the processor has the other's code at hand again; a
chunk's worth of items at once falls out of its caches. A slice is between the two, and no more
than one is decoded in vain for who leaves the loop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from operator import call, length_hint
from typing import Any, Final, Generic, TypeVar

from .events import REFUSALS
from .sse import Batch, NamedEvents, RawEvent

T = TypeVar("T")

_call: Final[Any] = call

_LENGTH: Final = 64

_NONE: Final[Iterator[Any]] = iter(())


class Slices(Generic[T]):
    """Turns the plain events of one chunk after the other into items.

    How many an iterator has left, `length_hint` tells exactly for those over lists.

    Attributes:
        ready: Items. They end where all events are forgotten, also for who is in their middle.
        are_left: Whether there are events to be decoded.
    """

    def __init__(self) -> None:
        self.ready: Iterator[T] = _NONE
        self.are_left = False
        self._items: list[T] = []
        # All events of the chunk; the data of those to be decoded, and what decodes it.
        self._batch: Batch = []
        self._column: Iterator[bytes] = _NONE
        self._decoding: Iterator[T] = _NONE
        self._refused = 0
        self._ends_refused = False
        self._taken_before = 0

    @property
    def taken(self) -> int:
        """How many items have been taken, of all chunks."""
        left = length_hint(self._column) + length_hint(self.ready)
        return self._taken_before + len(self._batch) - left - self._refused

    def begin(self, batch: Batch, loads: Mapping[bytes, Callable[[bytes], T]]) -> bool:
        """Take on the events of a chunk, after all those before; whether they are plain.

        Args:
            batch: The events.
            loads: What makes items of data, by the name of the event.
        """
        if isinstance(batch, NamedEvents):
            by_event = [*map(loads.__getitem__, batch.names)]
            self._column = iter(batch.data)
            alike = by_event.count(by_event[0]) == len(by_event)
        elif isinstance(batch[0], bytes):
            plain: Any = batch
            by_event, alike = [loads[b""]], True
            self._column = iter(plain)
        else:
            return False
        if alike:
            self._decoding = map(by_event[0], self._column)
        else:
            self._decoding = map(_call, by_event, self._column)
        self._taken_before += len(self._batch) - self._refused
        self._batch, self.are_left = batch, True
        self._refused, self._ends_refused = 0, False
        return True

    def more(self) -> bytes | RawEvent | None:
        """Make items `ready` of events that are left, up to one that turns out not plain.

        Returns:
            That event, which comes after the items.
        """
        # The slice before is let go of first: the next one then takes its place in the caches.
        items = self._items = []
        self._ends_refused = False
        try:
            # What came before something is raised is in the list.
            items.extend(islice(self._decoding, _LENGTH))
        except REFUSALS:
            self._ends_refused = True
            self._refused += 1
        self.ready = iter(items)
        left = length_hint(self._column)
        self.are_left = left > 0
        return self._batch[len(self._batch) - left - 1] if self._ends_refused else None

    def rest(self) -> tuple[list[bytes | RawEvent], list[bytes | RawEvent]]:
        """The events whose items are ready, and those that come after all that was decoded."""
        batch = self._batch
        decoded = len(batch) - length_hint(self._column)
        plain = decoded - self._ends_refused
        return (
            [batch[at] for at in range(plain - length_hint(self.ready), plain)],
            [batch[at] for at in range(decoded, len(batch))],
        )

    def drop(self) -> None:
        """Forget all events."""
        self._taken_before = self.taken
        self._items.clear()
        self._batch.clear()
        self._batch, self._column, self.ready, self._decoding = [], _NONE, _NONE, _NONE
        self._refused, self._ends_refused, self.are_left = 0, False, False
