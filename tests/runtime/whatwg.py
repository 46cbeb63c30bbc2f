"""The standard's algorithm, word for word and slowly: what the decoder is held against.

WHATWG HTML, section 9.2.6, "Interpreting an event stream". The stream is taken as a
whole and each paragraph of the section is a statement here; nothing is clever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# 9.2.5: end-of-line = ( cr lf / cr / lf )
_END_OF_LINE = re.compile("\r\n|\r|\n")


@dataclass(frozen=True)
class Event:
    """What is dispatched, and the reconnection time as it is then."""

    type: str
    data: str
    last_event_id: str
    retry: int | None


@dataclass
class EventSource:
    """The state that outlives an event."""

    last_event_id: str = ""
    reconnection_time: int | None = None
    # Not of the standard, which obeys a retry line at once: the reconnection time as of
    # the last blank line, which is when a decoder that gives whole blocks can know it.
    settled_reconnection_time: int | None = None
    events: list[Event] = field(default_factory=list)

    _data: str = ""
    _event_type: str = ""
    _last_event_id_buffer: str = ""

    def interpret(self, stream: bytes) -> None:
        # "Streams must be decoded using the UTF-8 decode algorithm", which "strips one
        # leading UTF-8 Byte Order Mark (BOM), if any".
        text = stream.decode("utf-8", errors="replace")
        text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        # "Once the end of the file is reached, any pending data must be discarded": what
        # follows the last line end is no line, and no dispatch() comes after the loop.
        *lines, _ = _END_OF_LINE.split(text)
        for line in lines:
            self._interpret_line(line)

    def _interpret_line(self, line: str) -> None:
        # > If the line is empty (a blank line): dispatch the event, as defined below.
        if not line:
            self._dispatch()
        # > If the line starts with a U+003A COLON character (:): ignore the line.
        elif line[0] == ":":
            pass
        # "If the line contains a U+003A COLON character (:): collect the characters on
        # the line before the first colon, and let field be that string. Collect the
        # characters after, and let value be that string. If value starts with a U+0020
        # SPACE character, remove it from value."
        elif ":" in line:
            name, value = line.split(":", 1)
            if value[:1] == " ":
                value = value[1:]
            self._process_field(name, value)
        # "Otherwise: using the whole line as the field name, and the empty string as the
        # field value."
        else:
            self._process_field(line, "")

    def _process_field(self, name: str, value: str) -> None:
        if name == "event":
            # "Set the event type buffer to the field value."
            self._event_type = value
        elif name == "data":
            # "Append the field value to the data buffer, then append a single LF."
            self._data += value
            self._data += "\n"
        elif name == "id":
            # "If the field value does not contain U+0000 NULL, then set the last event
            # ID buffer to the field value. Otherwise, ignore the field."
            if "\0" not in value:
                self._last_event_id_buffer = value
        elif name == "retry" and value and all(digit in "0123456789" for digit in value):
            # "If the field value consists of only ASCII digits, then interpret it as an
            # integer in base ten, and set the reconnection time to that integer."
            self.reconnection_time = int(value)
        # And "otherwise the field is ignored".

    def _dispatch(self) -> None:
        self.settled_reconnection_time = self.reconnection_time
        # 1. "Set the last event ID string to the value of the last event ID buffer. The
        #    buffer does not get reset."
        self.last_event_id = self._last_event_id_buffer
        # 2. "If the data buffer is an empty string, set the data buffer and the event
        #    type buffer to the empty string and return."
        if self._data == "":
            self._event_type = ""
            return
        # 3. "If the data buffer's last character is LF, then remove it."
        data = self._data[:-1] if self._data[-1] == "\n" else self._data
        # 4.-5. "Initialize the type to message ... If the event type buffer has a value
        #    other than the empty string, change the type to it."
        event_type = self._event_type if self._event_type != "" else "message"
        # 6. "Set the data buffer and the event type buffer to the empty string."
        self._data = self._event_type = ""
        # 7. Dispatch.
        self.events.append(Event(event_type, data, self.last_event_id, self.reconnection_time))
