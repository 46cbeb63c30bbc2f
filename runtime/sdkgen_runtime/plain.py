"""The plain events of a chunk, each decoded when it is taken.

To decode some ahead would save a call now and then, but what lives for longer than a turn falls
out of the processor's caches, and is looked at by the garbage collector: for a chunk's worth of
items, that costs as much as the decoding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import call, length_hint
from typing import Any, Final, Generic, TypeVar

from .blocks import Batch, NamedEvents, RawEvent

T = TypeVar("T")

_call: Final[Any] = call

_NONE: Final[Iterator[Any]] = iter(())


class PlainEvents(Generic[T]):
    """Turns the plain events of one chunk after the other into items.

    Attributes:
        items: The items that are left. One of `REFUSALS` is raised in the place of an event that
            turns out not plain, and is to be followed by `refused`; the next items come after it.
            They end where all events are forgotten, also for who is in their middle.
    """

    def __init__(self) -> None:
        self.items: Iterator[T] = _NONE
        self._batch: Batch = []
        # How many of these are left, `length_hint` tells exactly: it is an iterator over a list.
        self._data: Iterator[bytes] = _NONE
        self._refused = 0
        self._taken_before = 0

    @property
    def taken(self) -> int:
        """How many items have been taken, of all chunks."""
        left = length_hint(self._data)
        return self._taken_before + len(self._batch) - left - self._refused

    def begin(self, batch: Batch, loads: Mapping[bytes, Callable[[bytes], T]]) -> bool:
        """Take on the events of a chunk, after all those before; whether they are plain.

        Args:
            batch: The events.
            loads: What makes items of data, by the name of the event.
        """
        if isinstance(batch, NamedEvents):
            names, data = batch.names, iter(batch.data)
        elif isinstance(batch[0], bytes):
            plain: Any = batch
            names, data = [b""], iter(plain)
        else:
            return False
        load_of = {name: loads[name] for name in set(names)}
        alike = set(load_of.values())
        self.items = (
            map(alike.pop(), data)
            if len(alike) == 1
            else map(_call, map(load_of.__getitem__, names), data)
        )
        self._taken_before = self.taken
        self._batch, self._data, self._refused = batch, data, 0
        return True

    def refused(self) -> bytes | RawEvent:
        """The event that has just turned out not plain."""
        self._refused += 1
        return self._batch[len(self._batch) - length_hint(self._data) - 1]

    def rest(self) -> list[bytes | RawEvent]:
        """The events that have not been taken."""
        batch = self._batch
        return [batch[at] for at in range(len(batch) - length_hint(self._data), len(batch))]

    def drop(self) -> None:
        """Forget all events."""
        self._taken_before = self.taken
        self._batch.clear()
        self._batch, self._data, self.items, self._refused = [], _NONE, _NONE, 0
