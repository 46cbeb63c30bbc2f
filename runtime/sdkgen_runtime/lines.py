"""Sequential JSON: bytes to the texts of values, without I/O and without JSON.

JSON Lines and NDJSON end a value with a line feed. JSON text sequences (RFC 7464) begin one with a
record separator and end it with a line feed, which may stand inside of it, too: a record is
complete with the line that closes its last bracket, and is given then, not when the next one
begins. The interface is that of the event stream's decoder, so that one reader serves all.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from .sse import EventTooLargeError

_BOM: Final = b"\xef\xbb\xbf"
_RECORD: Final = b"\x1e"
JSON_SPACE: Final = b" \t\r\n"  # what may stand around a text (RFC 8259, section 2)
_SELF_DELIMITED: Final = (b"{", b"[", b'"')
_OPENING: Final = (b"{", b"[")
_CLOSING: Final = (b"}", b"]")
_NO_SIGNS: Final = bytes(set(range(256)) - set(b'"{}[]'))
_AT_A_TIME: Final = 2**16  # signs: lists of parts take many times their bytes


class LineDecoder:
    """Cuts a sequence of JSON texts into its texts.

    Time and memory are linear in the bytes, whatever their cut: what is unfinished is kept in
    pieces, which are joined once.

    Attributes:
        comments: None ever: these formats have no comments.
        discarded: Bytes of unfinished values, that at the end among them after `close`.
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
        # How long a text is that is too long: from then on nothing is kept.
        self._excess = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        """The texts that a chunk completes. White space around them is left: JSON ignores it.

        Raises:
            EventTooLargeError: A text has more bytes than the limit allows. Those before it were
                given; from then on the decoder raises for whatever it is fed.
        """
        self.raise_if_spent()
        texts = self._records_in(chunk) if self._has_records else self._lines_in(chunk)
        found = [text for text in texts if text and not text.isspace()]
        if not found:
            self.raise_if_spent()
        return found

    def close(self) -> list[bytes]:
        """The last text, which need not end with a line feed.

        In a JSON text sequence, one that may have lost more is dropped, and counted.

        Raises:
            EventTooLargeError: The last chunk had one behind others.
        """
        self.raise_if_spent()
        text = self._taken()
        if not text.strip():
            return []
        if self._has_records and (_may_go_on(text) or _is_open(text)):
            self.discarded += len(text)
            return []
        return [text]

    def raise_if_spent(self) -> None:
        """Raise what `feed` raises for whatever comes, if there was a text beyond the limit.

        Raises:
            EventTooLargeError: There was.
        """
        if self._excess:
            raise EventTooLargeError(self._limit, self._excess)

    def _lines_in(self, chunk: bytes) -> list[bytes]:
        """The lines that a chunk completes, with their ends, up to one that is too long."""
        end = chunk.rfind(b"\n") + 1
        if not end:
            self._keep(chunk)
            return []
        received = self._pending + end
        self._pieces.append(chunk[:end])
        joined = self._taken()
        # Three times as fast as bytes.split() by a single byte, which is no memchr.
        lines = BytesIO(joined).readlines()
        if received > self._limit:
            sizes = [*map(len, lines)]
            sizes[0] += received - len(joined)  # with a byte order mark, if there was one
            at = next((at for at, size in enumerate(sizes) if size > self._limit), None)
            if at is not None:
                self._excess = sizes[at]
                return lines[:at]
        self._keep(chunk[end:])
        return lines

    def _records_in(self, chunk: bytes) -> Iterator[bytes]:
        """The records that a chunk completes, up to one that is too long."""
        *ended, last = chunk.split(_RECORD)
        for part in ended:
            yield from self._records(part)
            text = self._taken()
            if _may_go_on(text):
                self.discarded += len(text)
            else:
                yield text
        yield from self._records(last)

    def _records(self, part: bytes) -> Iterator[bytes]:
        """The records that are complete with a line of a part of a record."""
        *lines, rest = part.split(b"\n")
        for end in lines:
            self._keep(end + b"\n")
            line = b"".join(self._pieces)
            self._pieces.clear()
            self._lines.append(line)
            # No string of JSON goes on in another line (RFC 8259, section 7).
            self._depth += _opened(line)[0]
            if self._depth <= 0:
                yield self._taken()
        self._keep(rest)

    def _keep(self, piece: bytes) -> None:
        self._pending += len(piece)
        if self._pending > self._limit:
            self._excess = self._excess or self._pending
        else:
            self._pieces.append(piece)

    def _taken(self) -> bytes:
        """All that is kept; nothing of what is too long."""
        text = b"" if self._excess else b"".join([*self._lines, *self._pieces])
        self._lines.clear()
        self._pieces.clear()
        self._depth = self._pending = 0
        if not self._begun:
            self._begun = True
            text = text.removeprefix(_BOM)
        return text


def _may_go_on(text: bytes) -> bool:
    """Whether a text may have lost its end, and be another value: `12` of `123`.

    Numbers, `true`, `false` and `null` end with white space alone (RFC 7464, section 2.4).
    """
    return text == text.rstrip(JSON_SPACE) and not text.lstrip(JSON_SPACE).startswith(
        _SELF_DELIMITED
    )


def _is_open(text: bytes) -> bool:
    """Whether the end of an object, an array or a string is missing."""
    brackets, string = _opened(text)
    return brackets > 0 or string


def _opened(line: bytes) -> tuple[int, bool]:
    """How many more brackets a line opens than it closes, and whether it ends within a string."""
    signs = line.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _NO_SIGNS)
    brackets, inside = 0, False
    for at in range(0, len(signs), _AT_A_TIME):
        parts = signs[at : at + _AT_A_TIME].split(b'"')
        bare = b"".join(parts[inside::2])
        brackets += sum(map(bare.count, _OPENING)) - sum(map(bare.count, _CLOSING))
        inside ^= len(parts) % 2 == 0
    return brackets, inside
