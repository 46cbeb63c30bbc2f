"""The ids of a stream's events: which were given before the stream was resumed."""

from __future__ import annotations

from collections import Counter, deque
from typing import Final

_MOST: Final = 10_000
"""Ids that are remembered: a stream may be endless."""

LONGEST_ID: Final = 1024
"""Characters of an id that is remembered, or sent back; a longer one could be megabytes."""


class EventIds:
    """Knows the events that a server sends again, by their ids."""

    def __init__(self) -> None:
        self._given: deque[str] = deque(maxlen=_MOST)
        self._before: frozenset[str] = frozenset()

    def give(self, id_: str) -> None:
        """Note that an event with an id was given."""
        if len(id_) <= LONGEST_ID:
            self._given.append(id_)

    def resume(self) -> None:
        """From now on, events may come again; no event by an id that several of them had."""
        self._before = frozenset(one for one, n in Counter(self._given).items() if n == 1)

    def clear(self) -> None:
        """Forget all: the stream begins anew."""
        self._given.clear()
        self._before = frozenset()

    def was_given(self, id_: str) -> bool:
        """Whether the event of an id was given before the stream was resumed."""
        return id_ in self._before
