"""What a stream has seen: counts, and times."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class StreamStats:
    """What a stream has seen so far. Times are seconds from the call on.

    Attributes:
        time_to_headers: Until the head of the answer was there.
        time_to_first_event: Until the first event was there.
        largest_gap: The longest silence between two arrivals of bytes.
        events: Events that were given: as items, or as errors in their place.
        bytes: Bytes received.
        comments: Comment lines, which servers send as signs of life.
        heartbeats: Events with empty data where JSON is expected.
        skipped: Events that were left out, as the client was told to.
        discarded: Bytes of unfinished events: of the last one, or where a record of JSON broke off.
        reconnects: How often the request was sent again.
    """

    time_to_headers: float | None = None
    time_to_first_event: float | None = None
    largest_gap: float = 0.0
    events: int = 0
    bytes: int = 0
    comments: int = 0
    heartbeats: int = 0
    skipped: int = 0
    discarded: int = 0
    reconnects: int = 0
