"""Bytes to server-sent events, after WHATWG HTML: no I/O, no text, no JSON.

The grammar is section 9.2.5, the algorithm section 9.2.6, "Interpreting an event
stream" (https://html.spec.whatwg.org/multipage/server-sent-events.html). The
standard goes line by line. What follows is the theory of getting the same events
with a handful of calls into C a chunk, however many events are in it.

* A line end is one byte. CRLF and CR become LF in each chunk that has a CR at all,
  before anything else looks. A CR that ends a chunk is a line end there and then;
  the LF that may come next belongs to it and is dropped when it does. So nothing is
  ever waited for, and all later stages know LF alone.

* A blank line is the only state that matters. An event is given at a blank line and
  all buffers are empty after it, so a chunk is cut at its *last* blank line: what is
  before is a run of whole blocks, to be read in any order and by any means, which is
  what `blocks` does; what is after is held, unread. It is looked at again when a blank
  line has come, once: time is linear in the bytes, whatever their cut.
"""

import re
from typing import Final

from .blocks import Batch, comments_in, cut, events_alike, events_of, one_frame

_BOM: Final = b"\xef\xbb\xbf"
_LF: Final = 0x0A
_CR: Final = 0x0D

_find_lone_cr: Final = re.compile(rb"\r(?!\n)").search


class EventTooLargeError(Exception):
    """An event has more bytes than the decoder was told to hold."""

    def __init__(self, limit: int, pending: int) -> None:
        super().__init__(limit, pending)
        self.limit = limit
        self.pending = pending

    def __str__(self) -> str:
        return (
            f"an event of the stream is too large: {self.pending} bytes have come without"
            f" the blank line that ends it, and max_event_bytes is {self.limit}"
        )


class Decoder:
    """Takes the bytes of one event stream in any cut, and gives its events.

    For every way of cutting a stream, the same events are given, each as soon as its
    last byte is in. A decoder is for one connection: make a new one to reconnect.

    Args:
        max_event_bytes: The most bytes of a block, with all its lines (comments too)
            and their ends as one byte each. It bounds what is held in memory. A block
            beyond it raises `EventTooLargeError`, after the events before it were
            given; from then on the decoder is spent and raises for whatever it is fed.

    Attributes:
        comments: Comment lines seen, counted when their block ends.
        discarded: Bytes of the unfinished last event, line ends as one byte each;
            known after `close`.
    """

    __slots__ = ("_held", "_limit", "_optional", "_optional_seen", "comments", "discarded")

    def __init__(self, *, max_event_bytes: int = 64 * 2**20) -> None:
        self.comments = 0
        self.discarded = 0
        self._limit = max_event_bytes
        # What has come since the last blank line, in whole or not. Never starts with LF.
        # A bytearray, since that grows in place: pieces in a list cost 50 bytes each.
        self._held = bytearray()
        # What is to be dropped if it comes next: first the BOM, later the LF after a CR
        # at the end of a chunk; and how much of it has come.
        self._optional = _BOM
        self._optional_seen = b""

    def feed(self, chunk: bytes) -> Batch:
        """Give the events that ``chunk`` completes.

        They are of one kind. All are ``bytes`` where each event's block has one data
        line and no event, id or retry line: each is then the data itself, without the
        space after the colon. Else they are `RawEvent`, perhaps in columns.

        A block without data is given, as a `RawEvent`, only for the event, id or retry
        it has.

        Raises:
            EventTooLargeError: See ``max_event_bytes``.
        """
        # One frame in one chunk is what a network in real time gives.
        if not self._held and not self._optional and len(chunk) <= self._limit:
            frame: Batch | None = None
            if chunk[-2:] == b"\n\n":
                if chunk[:6] == b"data: ":  # of one frame, the commonest: no call for it
                    data = chunk[6:-2]
                    if _LF not in data and _CR not in data:
                        return [data]
                frame = one_frame(chunk, -2, b"\ndata: ")
            elif chunk[-4:] == b"\r\n\r\n":
                frame = one_frame(chunk, -4, b"\r\ndata: ")
            if frame is not None:
                return frame
        return self._feed(chunk)

    def close(self) -> None:
        """End the stream: the unfinished event is dropped, as the standard wants it.

        Raises:
            EventTooLargeError: The last chunk had one behind other events.
        """
        self.raise_if_spent()
        rest = bytes(self._held) + self._optional_seen
        self.discarded = len(rest)
        self.comments += comments_in(rest)
        self._held = bytearray()
        self._optional_seen = b""

    def _feed(self, chunk: bytes) -> Batch:
        self.raise_if_spent()
        if self._optional:
            chunk = self._without_optional(chunk)
        if _CR in chunk:
            chunk = self._with_lf(chunk)
        end = self._end_of_blocks(chunk)
        if not end:
            self._held += chunk
            self.raise_if_spent()
            return []
        blocks = self._take(chunk, end)
        events = events_alike(blocks)
        if events is None:
            self.comments += comments_in(blocks)
            events = events_of(blocks)
        if not events:
            self.raise_if_spent()
        return events

    def raise_if_spent(self) -> None:
        """Raise what `feed` raises for whatever comes, if there was an event beyond the limit.

        Raises:
            EventTooLargeError: See ``max_event_bytes``.
        """
        if len(self._held) > self._limit:
            raise EventTooLargeError(self._limit, len(self._held))

    def _without_optional(self, chunk: bytes) -> bytes:
        seen = self._optional_seen + chunk
        if self._optional.startswith(seen) and seen != self._optional:
            self._optional_seen = seen
            return b""
        chunk = seen.removeprefix(self._optional)
        self._optional = self._optional_seen = b""
        return chunk

    def _with_lf(self, chunk: bytes) -> bytes:
        if chunk.endswith(b"\r"):
            self._optional = b"\n"
        if _find_lone_cr(chunk):
            return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        # The same for CRLF alone, fifteen times faster.
        return chunk.replace(b"\r", b"")

    def _end_of_blocks(self, chunk: bytes) -> int:
        """Where the last blank line ends, which may have begun with a held LF; 0 if none."""
        if _LF not in chunk:
            return 0
        last = chunk.rfind(b"\n\n")
        if last >= 0:
            return last + 2
        at_line_start = not self._held or self._held.endswith(b"\n")
        return 1 if at_line_start and chunk.startswith(b"\n") else 0

    def _take(self, chunk: bytes, end: int) -> bytes:
        """The whole blocks: what is held and the chunk up to ``end``. Holds the rest."""
        if self._held:
            blocks = b"".join((self._held, memoryview(chunk)[:end]))
            self._held = bytearray(chunk[end:])
        else:
            blocks = chunk[:end]
            self._held += chunk[end:]
        if len(blocks) <= self._limit:
            return blocks
        for start, stop in cut(blocks):
            if stop - start > self._limit:
                self._held = bytearray(blocks[start:stop])
                return blocks[:start]
        return blocks
