"""The plain events of a chunk, decoded a slice at a time.

One item a turn costs each turn the time until the processor has the other's code at hand again; a
chunk's worth of items at once falls out of its caches. A slice is between the two, and no more
than one is decoded in vain for who leaves the loop.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from .events import REFUSALS
from .sse import Batch, NamedEvents, RawEvent

T = TypeVar("T")

_call: Final[Any] = operator.call

_LENGTH: Final = 64


class Slices(Generic[T]):
    """Turns the plain events of one chunk after the other into items.

    Attributes:
        ready: Items. They end where all events are forgotten, also for who is in their middle.
        are_left: Whether there may be more of them, ready or to be decoded.
    """

    def __init__(self) -> None:
        self.ready: Iterator[T] = iter(())
        self.are_left = False
        self._items: list[T] = []
        # All events of the chunk; the data of those to be decoded, and what decodes it.
        self._batch: Batch = []
        self._column: Iterator[bytes] = iter(())
        self._decoding: Iterator[T] = iter(())
        self._refused = 0
        self._ends_refused = False

    @property
    def taken(self) -> int:
        """How many items of the chunk have been taken."""
        return len(self._batch) - _left(self._column) - _left(self.ready) - self._refused

    @property
    def are_ready(self) -> bool:
        """Whether there are items that have not been taken."""
        return _left(self.ready) > 0

    def begin(self, batch: Batch, loads: Mapping[bytes, Callable[[bytes], T]]) -> bool:
        """Take on the events of a chunk; whether they are plain.

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
        self._batch, self.are_left = batch, True
        return True

    def more(self) -> bytes | RawEvent | None:
        """Make more items `ready`, once all are taken: up to an event that turns out not plain.

        Returns:
            That event, which comes after the items.
        """
        items: list[T] = []
        self._ends_refused = False
        try:
            # What came before something is raised is in the list.
            items.extend(islice(self._decoding, _LENGTH))
        except REFUSALS:
            self._ends_refused = True
            self._refused += 1
        self._items, self.ready = items, iter(items)
        if not self._ends_refused:
            self.are_left = bool(items)
            return None
        return self._batch[len(self._batch) - _left(self._column) - 1]

    def rest(self) -> tuple[list[bytes | RawEvent], list[bytes | RawEvent]]:
        """The events whose items are ready, and those that come after all that was decoded."""
        batch = self._batch
        decoded = len(batch) - _left(self._column)
        plain = decoded - self._ends_refused
        return (
            [batch[at] for at in range(plain - _left(self.ready), plain)],
            [batch[at] for at in range(decoded, len(batch))],
        )

    def drop(self) -> None:
        """Forget all events."""
        self._items.clear()
        self._batch.clear()
        self._batch, self._column, self.ready, self._decoding = [], iter(()), iter(()), iter(())
        self._refused, self._ends_refused, self.are_left = 0, False, False


def _left(of_list: Iterator[object]) -> int:
    """How many items an iterator over a list has left."""
    left: int = of_list.__length_hint__()  # type: ignore[attr-defined]
    return left
