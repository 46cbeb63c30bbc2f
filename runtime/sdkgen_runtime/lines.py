"""Sequential JSON: bytes to the texts of values, without I/O and without JSON.

JSON Lines and NDJSON end a value with a line feed; JSON text sequences (RFC 7464) begin one
with a record separator, and only the next one, or the end, says that a value is complete. The
interface is that of the event stream's decoder, so that one reader serves all.
"""

from __future__ import annotations

from typing import Final

from .sse import EventTooLargeError

_BOM: Final = b"\xef\xbb\xbf"
_SEPARATORS: Final = {"jsonl": b"\n", "json-seq": b"\x1e"}


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
        self._separator = _SEPARATORS[framing]
        self._limit = max_event_bytes
        self._pieces: list[bytes] = []
        self._pending = 0
        self._begun = False

    def feed(self, chunk: bytes) -> list[bytes]:
        """The texts that a chunk completes. White space around them is left: JSON ignores it.

        Raises:
            EventTooLargeError: A text has more bytes than the limit allows.
        """
        if self._separator not in chunk:
            self._keep(chunk)
            return []
        head, _, tail = chunk.rpartition(self._separator)
        texts = self._taken(head).split(self._separator)
        self._keep(tail)
        if not self._begun:
            self._begun = True
            texts[0] = texts[0].removeprefix(_BOM)
        return [text for text in texts if text.strip()]

    def close(self) -> list[bytes]:
        """The last text, which a JSON Lines file need not end with a line feed.

        In a JSON text sequence, a text that has lost its line feed may have lost more
        (RFC 7464, section 2.4): it is dropped, and counted.
        """
        text = self._taken(b"")
        text = text if self._begun else text.removeprefix(_BOM)
        if not text.strip():
            return []
        if self._separator != b"\n" and not text.endswith(b"\n"):
            self.discarded += len(text)
            return []
        return [text]

    def _keep(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._pending += len(piece)
        if self._pending > self._limit:
            raise EventTooLargeError(self._limit, self._pending)

    def _taken(self, last: bytes) -> bytes:
        text = b"".join([*self._pieces, last])
        self._pieces.clear()
        self._pending = 0
        return text
