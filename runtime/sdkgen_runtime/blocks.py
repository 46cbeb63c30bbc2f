"""Whole blocks of a stream to events, after WHATWG HTML, section 9.2.6: a run of them at a time.

Line ends are LF alone, and each block ends with a blank line. (`sse` sees to that.)

Servers write the same few lines over and over. Where each block of a run has as many lines as
the first one, the lines are a table: a row a block, a column a field. A column is read as a
whole, if it is one field throughout. A run of blocks that are all ``data: ...`` can also be split
at what stands between the values: where no part has a line end any more, every line of the run
was one that was split at. Anything else is read field by field, for what may turn out to be the
same in other words: comments between, one block in another order.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import repeat
from operator import itemgetter
from typing import Final, NamedTuple

_LF: Final = 0x0A
_CR: Final = 0x0D

# Linear in whatever text: nothing in it can be tried twice.
_find_fields: Final = re.compile(rb"([^:\n]*):? ?(.*)\n").finditer

# Bytes of a block up to which it is faster split off, by a search that looks at each byte, than
# read in lines, which are found by memchr and copied twice.
_SHORT: Final = 900

# Names that are looked at first: mostly, no others follow.
_SAMPLE: Final = 16

# A list of blank lines takes eight times the bytes of them.
_MOST_BYTES_AS_LINES: Final = 2**20

# "Only ASCII digits" has no bound, int() has: quadratic in time, and a ValueError
# beyond a limit that an application may lower to 640 digits. No one waits so long.
_MAX_RETRY_DIGITS: Final = 100


class RawEvent(NamedTuple):
    """A block of the stream, its bytes as received.

    Nothing is decoded and nothing is checked to be UTF-8: who wants text decodes with
    ``errors="replace"``, which is the standard's UTF-8 decode. (LF and CR are never a
    part of another character, so the order of cutting and decoding is immaterial.)

    A line that the standard tells to ignore (an id with NUL, a retry that is not all
    digits, an unknown field) counts as not being there.
    """

    event: bytes
    """The event's name; empty without an event line, or with an empty one: "message"."""
    data: bytes | None
    """The data lines, joined with LF; ``None`` without any: then it is no event by the
    standard, but its id and retry count."""
    id: bytes | None
    """``None`` without an id line; an empty one resets the last event id."""
    retry: int | None
    """Milliseconds, from a retry line."""


# A named tuple's own constructor is written in Python and takes twice the time.
_new_tuple: Final = tuple.__new__


class NamedEvents:
    """A run of events that have data each, perhaps a name, and no more: in columns.

    It is what a list of their `RawEvent`s would be, for a third of the time.
    """

    __slots__ = ("data", "names")

    def __init__(self, names: list[bytes], data: list[bytes]) -> None:
        self.names = names
        self.data = data

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, index: int) -> RawEvent:
        return RawEvent(self.names[index], self.data[index], None, None)

    def __iter__(self) -> Iterator[RawEvent]:
        return map(self.__getitem__, range(len(self)))

    def clear(self) -> None:
        """Let go of all events, also in the midst of an iteration over them."""
        self.names.clear()
        self.data.clear()


Batch = list[bytes] | list[RawEvent] | NamedEvents
"""Events of one kind. Bare bytes are the data of an event that has nothing else."""


def events_alike(blocks: bytes) -> Batch | None:
    """The events of blocks that are all of one form, if it is a common one, without comments."""
    events: Batch | None = None
    first = blocks.find(b"\n\n")
    if first == len(blocks) - 2:
        events = one_frame(blocks, first, b"\ndata: ")
    elif first > 0:
        is_bare = blocks[:6] == b"data: "
        if not (is_bare and first < _SHORT) and len(blocks) <= _MOST_BYTES_AS_LINES:
            events = _table(BytesIO(blocks).readlines())
        if is_bare and events is None:
            events = _bare(blocks)
    return events


def events_of(blocks: bytes) -> Batch:
    """The events of whatever blocks."""
    read = [_read_block(blocks, start, stop) for start, stop in cut(blocks)]
    events = [event for event in read if event is not None]
    bare = [event for event in events if isinstance(event, bytes)]
    if len(bare) == len(events):
        return bare
    return _in_columns(
        [
            RawEvent(b"", event, None, None) if isinstance(event, bytes) else event
            for event in events
        ]
    )


def comments_in(text: bytes) -> int:
    """How many lines of a text are comments."""
    return text.startswith(b":") + text.count(b"\n:")


def one_frame(chunk: bytes, end: int, data_line: bytes) -> Batch | None:
    """The event of a chunk that has nothing else, up to its blank line at ``end``.

    (``in`` with an int is one memchr; with bytes it is eight times slower, here.)
    """
    if chunk[:6] == b"data: ":
        data = chunk[6:end]
        if _LF not in data and _CR not in data:
            return [data]
    elif chunk[:7] == b"event: ":
        name, found, data = chunk[7:end].partition(data_line)
        if found and not (_LF in data or _CR in data or _LF in name or _CR in name):
            return [_new_tuple(RawEvent, (name, data, None, None))]
    return None


def cut(text: bytes) -> Iterator[tuple[int, int]]:
    """Where each block starts and ends, without the blank lines between them."""
    start = 0
    while start < len(text):
        if text[start] == _LF:
            start += 1
            continue
        stop = text.index(b"\n\n", start) + 1
        yield start, stop
        start = stop + 1


def _read_block(text: bytes, start: int, stop: int) -> bytes | RawEvent | None:
    """Interpret a block line by line, as the standard does."""
    name: bytes | None = None
    data: bytes | bytearray | None = None
    id_: bytes | None = None
    retry: int | None = None
    for line in _find_fields(text, start, stop):
        field, value = line.groups()
        if field == b"data":
            data = value if data is None else _joined(data, value)
        elif field == b"event":
            name = value
        elif field == b"id" and b"\0" not in value:
            id_ = value
        elif field == b"retry" and value.isdigit() and len(value) <= _MAX_RETRY_DIGITS:
            retry = int(value)
    only_data = name is None and id_ is None and retry is None
    if only_data and not isinstance(data, bytearray):
        return data  # of one line, or none at all
    return RawEvent(name or b"", None if data is None else bytes(data), id_, retry)


def _bare(blocks: bytes) -> Batch | None:
    """The events of blocks that are all one or more lines of data, each with a space.

    (From the right, CPython looks for the first byte of what it splits at, LF, which is rare;
    from the left for the last one, and beyond 30,000 bytes it prepares its search anew for each
    part: Objects/stringlib/fastsearch.h.)
    """
    values = blocks.rsplit(b"\n\ndata: ")
    values[0] = values[0][6:]
    values[-1] = values[-1][:-2]
    if _LF not in b"".join(values):
        return values
    # Further data lines, if that is what all the line ends are: joined, and the field's
    # name and the space are gone at each.
    joined = [value.replace(b"\ndata: ", b"\n") for value in values]
    gone = sum(map(len, values)) - sum(map(len, joined))
    if gone == 6 * sum([value.count(b"\n") for value in joined]):
        return NamedEvents([b""] * len(joined), joined)
    return None


def _table(lines: list[bytes]) -> Batch | None:
    """The events of blocks that all have the same fields in the same order, spelled alike.

    Args:
        lines: All lines of the blocks, with their ends.
    """
    height = lines.index(b"\n") + 1
    ends = lines[height - 1 :: height]
    if ends.count(b"\n") < len(ends):
        return None
    columns = [lines[row::height] for row in range(height - 1)]
    at = {column[0].partition(b":")[0]: column for column in columns}
    if len(at) < len(columns) or at.keys() - {b"data", b"event", b"id"}:
        return None
    data = _values(at.get(b"data", []))
    names = _names(at[b"event"]) if b"event" in at else [b""] * len(ends)
    if data is None or names is None:
        return None
    if b"id" not in at:
        return NamedEvents(names, data) if b"event" in at else data
    ids = _values(at[b"id"])
    if ids is None or b"\0" in b"".join(ids):
        return None
    rows = zip(names, data, ids, repeat(None), strict=False)
    return [*map(_new_tuple, repeat(RawEvent), rows)]


def _names(lines: list[bytes]) -> list[bytes] | None:
    """The values of lines that are few: one object for each is found again without a comparison."""
    try:
        return _looked_up(lines, among=lines[:_SAMPLE])
    except KeyError:  # what the sample does not have
        return _looked_up(lines, among=lines)


def _looked_up(lines: list[bytes], among: list[bytes]) -> list[bytes] | None:
    distinct = list(set(among))
    values = _values(distinct)
    if values is None:
        return None
    value_of = dict(zip(distinct, values, strict=True))
    return [*map(value_of.__getitem__, lines)]


def _values(lines: list[bytes]) -> list[bytes] | None:
    """The values of lines of one field, if all have a space after the colon, or all have none."""
    if not lines:
        return None
    field = lines[0].partition(b":")[0]
    # In the order of bytes, the lines with a space come before the second of these, those
    # without before the third; so if the least and the greatest do, all do. (What has a control
    # character after the colon comes before the first.)
    spaced, tight, end = field + b": ", field + b":!", field + b";"
    has_space = lines[0] < tight
    least, beyond = (spaced, tight) if has_space else (tight, end)
    if min(lines) < least or max(lines) >= beyond:
        return None
    return [*map(itemgetter(slice(len(field) + 1 + has_space, -1)), lines)]


def _in_columns(events: list[RawEvent]) -> Batch:
    """In columns, if each of the events has data, and no more than its name besides."""
    if any(data is None or id_ is not None or retry is not None for _, data, id_, retry in events):
        return events
    return NamedEvents([event.event for event in events], [event.data or b"" for event in events])


def _joined(data: bytes | bytearray, line: bytes) -> bytearray:
    """``data``, LF, ``line``: in a bytearray, for events of hundreds of thousands of lines."""
    joined = bytearray(data) if isinstance(data, bytes) else data
    joined += b"\n"
    joined += line
    return joined
