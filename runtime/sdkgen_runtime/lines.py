"""Sequential JSON: bytes to the texts of values, without I/O and without JSON.

JSON Lines and NDJSON end a value with a line feed. JSON text sequences (RFC 7464) begin one with a
record separator and end it with a line feed, which may stand inside of it, too: a record is
complete with the line that closes its last bracket, and is given then, not when the next one
begins. The interface is that of the event stream's decoder, so that one reader serves all.
"""

from __future__ import annotations

import re
from typing import Final

from .sse import EventTooLargeError

_BOM: Final = b"\xef\xbb\xbf"
_RECORD: Final = b"\x1e"
# No string of JSON goes on in another line (RFC 8259, section 7).
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"?')


class LineDecoder:
    """Cuts a sequence of JSON texts into its texts.

    Time and memory are linear in the bytes, whatever their cut: what is unfinished is kept in
    pieces, which are joined once.

    Attributes:
        comments: None ever: these formats have no comments.
        discarded: Bytes of an unfinished value at the end, known after `close`.
    """

    def __init__(self, framing: str, *, max_event_bytes: int) -> None:
        self.comments = 0
        self.discarded = 0
        self._has_records = framing == "json-seq"
        self._limit = max_event_bytes
        # The lines of a record that is open, how many brackets it has open, and a part of a line.
        self._lines: list[bytes] = []
        self._depth = 0
        self._pieces: list[bytes] = []
        self._pending = 0
        self._begun = False

    def feed(self, chunk: bytes) -> list[bytes]:
        """The texts that a chunk completes. White space around them is left: JSON ignores it.

        Raises:
            EventTooLargeError: A text has more bytes than the limit allows.
        """
        if not self._has_records:
            return self._texts(chunk)
        *ended, last = chunk.split(_RECORD)
        found = []
        for part in ended:
            found += self._records(part)
            found.append(self._taken())
        found += self._records(last)
        return [text for text in found if text.strip()]

    def close(self) -> list[bytes]:
        """The last text, which a JSON Lines file need not end with a line feed.

        In a JSON text sequence, a text that has lost its line feed may have lost more
        (RFC 7464, section 2.4): it is dropped, and counted.
        """
        text = self._taken()
        if not text.strip():
            return []
        if self._has_records and not text.endswith(b"\n"):
            self.discarded += len(text)
            return []
        return [text]

    def _texts(self, chunk: bytes) -> list[bytes]:
        """The lines that a chunk completes."""
        head, found, tail = chunk.rpartition(b"\n")
        if not found:
            self._keep(chunk)
            return []
        self._pieces.append(head)
        texts = self._taken().split(b"\n")
        self._keep(tail)
        return [text for text in texts if text.strip()]

    def _records(self, part: bytes) -> list[bytes]:
        """The records that are complete with a line of a part of a record."""
        found = []
        *lines, rest = part.split(b"\n")
        for end in lines:
            self._keep(end + b"\n")
            line = b"".join(self._pieces)
            self._pieces.clear()
            self._lines.append(line)
            self._depth += _opened(line)
            if self._depth <= 0:
                found.append(self._taken())
        self._keep(rest)
        return found

    def _keep(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._pending += len(piece)
        if self._pending > self._limit:
            raise EventTooLargeError(self._limit, self._pending)

    def _taken(self) -> bytes:
        """All that is kept."""
        text = b"".join([*self._lines, *self._pieces])
        self._lines.clear()
        self._pieces.clear()
        self._depth = self._pending = 0
        if not self._begun:
            self._begun = True
            text = text.removeprefix(_BOM)
        return text


def _opened(line: bytes) -> int:
    """How many more brackets a line opens than it closes."""
    bare = _STRING.sub(b"", line)
    return sum(map(bare.count, (b"{", b"["))) - sum(map(bare.count, (b"}", b"]")))
