from __future__ import annotations

import itertools
import sys
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.whatwg import Event, EventSource
from sdkgen_runtime.blocks import NamedEvents, RawEvent
from sdkgen_runtime.sse import Decoder, EventTooLargeError

RECORDINGS = Path(__file__).parents[2].parent / "shared" / "recordings"


def decode(*chunks: bytes, max_event_bytes: int = 2**26) -> list[bytes | RawEvent]:
    """The events of the chunks, as given."""
    decoder = Decoder(max_event_bytes=max_event_bytes)
    events: list[bytes | RawEvent] = []
    for chunk in chunks:
        events += decoder.feed(chunk)
    decoder.close()
    return events


def bare(data: bytes) -> RawEvent:
    return RawEvent(b"", data, None, None)


def raw(events: Iterable[bytes | RawEvent]) -> list[RawEvent]:
    """The events without the distinction that only speed needs."""
    return [bare(event) if isinstance(event, bytes) else event for event in events]


def interpret(chunks: Iterable[bytes]) -> EventSource:
    """What an event source makes of the decoder's events."""
    source = EventSource()
    for event in raw(decode(*chunks)):
        if event.id is not None:
            source.last_event_id = event.id.decode(errors="replace")
        if event.retry is not None:
            source.settled_reconnection_time = event.retry
        if event.data is not None:
            source.events.append(
                Event(
                    event.event.decode(errors="replace") or "message",
                    event.data.decode(errors="replace"),
                    source.last_event_id,
                    source.settled_reconnection_time,
                )
            )
    return source


def state(source: EventSource) -> tuple[object, ...]:
    return source.events, source.last_event_id, source.settled_reconnection_time


def expected(stream: bytes) -> EventSource:
    source = EventSource()
    source.interpret(stream)
    return source


def pieces(stream: bytes, size: int) -> Iterator[bytes]:
    return (stream[at : at + size] for at in range(0, len(stream), size))


def cut_at(stream: bytes, places: Iterable[int]) -> list[bytes]:
    edges = [0, *sorted(places), len(stream)]
    return [stream[start:end] for start, end in itertools.pairwise(edges)]


# --- Against the standard's algorithm ----------------------------------------

PIECES = [
    *(b"\n", b"\r", b"\r\n", b"\n\n", b"\r\r", b"\r\n\r\n", b"\n\n\n", b"\n\r", b"\r\r\n"),
    *(b"data", b"data:", b"data: ", b"data:  ", b"data: x", b"data:x", b"data: {}", b" data: x"),
    *(b"data: x\n\n", b"data: x\r\n\r\n", b"data:x\n\n", b"data: x\ndata: y\n\n", b"data: data: x"),
    *(b"event: e\ndata: x\n\n", b"event:e\ndata:x\n\n", b"event: \ndata: x\n\n", b"event: e\n\n"),
    *(b"event", b"event:", b"event: ", b"event: e", b"event: e\xff", b"\ndata: x", b"\nevent: f"),
    *(b": comment", b":", b": data: x", b"x", b" ", b"unknown: x", b"DATA: x", b"data : x"),
    *(b"id", b"id:", b"id: ", b"id: 1", b"id: a\0b", b"id:\0", b"id: \xff", b"id: 2\n\n"),
    *(
        b"retry",
        b"retry: ",
        b"retry: 10",
        b"retry: 1x",
        b"retry: -1",
        b"retry:\xd9\xa3",
        b"retry: 007",
    ),
    *(
        b"\xef\xbb\xbf",
        b"\xef",
        b"\xbb",
        b"\xbf",
        b"\xef\xbb",
        b"\0",
        b"\xff",
        b"\xe2\x82",
        b"\xc3",
    ),
    *(b"\xe2\x80\xa8", b"\xc2\x85", b"\x85", b"\x0b", b"\x0c", b"\x1c", "\N{SNOWMAN}".encode()),
]
STREAMS = st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join)
# A stream of nothing but frames is what the short ways are for.
FRAMES = [
    *(b"data: 1\n\n", b"data: 2\n\n", b"data:3\n\n", b"data:  4\n\n", b"data: \n\n", b"data:\n\n"),
    *(
        b"data: 5\ndata: 6\n\n",
        b"data\n\n",
        b": c\n\n",
        b"\n",
        b"id: 7\ndata: 8\n\n",
        b"data: \r9\n\n",
    ),
    *(b"event: a\ndata: 1\n\n", b"event: b\ndata: 2\n\n", b"event:c\ndata:3\n\n", b"event: d\n\n"),
    *(
        b"event: e\ndata: 1\ndata: 2\n\n",
        b"data: 1\nevent: f\n\n",
        b"event: g\nevent: h\ndata: 4\n\n",
    ),
    # Long ones are read another way than short ones, and so is what comes with them.
    *(b"data: %d\n\n" % 10**999, b"data:%d\n\n" % 10**999, b"data:\t10\n\n", b"datas: 11\n\n"),
]
FRAME_STREAMS = st.builds(
    lambda frames, end: b"".join(frames).replace(b"\n", end),
    st.lists(st.sampled_from(FRAMES), max_size=8),
    st.sampled_from([b"\n", b"\r\n", b"\r"]),
)


@settings(max_examples=1500)
@given(STREAMS | FRAME_STREAMS, st.data())
def test_every_stream_in_every_cut_gives_what_the_standard_gives(
    stream: bytes, data: st.DataObject
) -> None:
    places = data.draw(st.lists(st.integers(0, len(stream)), max_size=8))
    want = state(expected(stream))
    assert state(interpret([stream])) == want
    assert state(interpret(cut_at(stream, places))) == want
    assert state(interpret(pieces(stream, 1))) == want


HANDWRITTEN = [
    b"",
    b"\xef\xbb\xbf",
    b"\xef\xbb\xbfdata: 1\n\n",
    b"\xef\xbb\xbf\xef\xbb\xbfdata: 1\n\ndata: 2\n\n",
    b"\xef\xbbdata: 1\n\ndata: 2\n\n",
    b"data: 1\n\n\xef\xbb\xbfdata: 2\n\n\xef\xbb\xbf",
    b"data: 1\n\ndata: 2\n\ndata: 3",
    b"data: 1\r\n\r\ndata: 2\r\n\r\ndata: 3\r\n",
    b"data: 1\r\rdata: 2\r\rdata: 3\r",
    b"data: 1\n\rdata: 2\r\n\rdata: 3\r\r\ndata: 4\n\r\n",
    b"\n\n\ndata: 1\n\n\n\ndata: 2\n\r\n\r\r\n\n",
    b"data:1\n\ndata:  2\n\ndata\n\ndata:\n\ndata: \n\n",
    b"data: a\ndata: b\ndata\ndata:\ndata:  c\n\ndata: d\n\n",
    b"event: a\ndata: 1\n\nevent: b\ndata: 2\n\n",
    b"event: a\r\ndata: 1\r\n\r\nevent: b\r\ndata: 2\r\n\r\n",
    b"event: a\ndata: 1\ndata: 2\n\nevent: b\n\ndata: 3\n\n",
    b"event: a\nevent:\ndata: 1\n\ndata: 2\nevent: c\n\n",
    b"id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\nid: x\0\ndata: d\n\nid: 2\n\ndata: e\n\nid: 3\n",
    b"retry: 5\n\ndata: a\n\nretry: x\nretry: 1 \nretry:\ndata: b\n\n",
    b"data: b\n\nretry: 007\ndata: c\n\nretry: 9\n",
    b": hi\n\ndata: a\n\n: x\ndata: b\n:\n\nfoo: bar\nbaz\ndata: c\n\n",
    b"data: \xe2\x80\xa8\xc2\x85\x0b\x0c\x1c\n\n",
    b"data: \xff\xe2\x82\n\nevent: \xc3\ndata: \xed\xa0\x80\n\n",
]


@pytest.mark.parametrize("stream", HANDWRITTEN)
def test_every_cut_in_two_or_three_and_byte_by_byte_gives_what_the_standard_gives(
    stream: bytes,
) -> None:
    want = state(expected(stream))
    for places in itertools.combinations_with_replacement(range(len(stream) + 1), 2):
        assert state(interpret(cut_at(stream, places))) == want
    assert state(interpret(pieces(stream, 1))) == want


def recordings() -> list[Path]:
    return sorted(RECORDINGS.glob("*.sse"))


@pytest.mark.skipif(not recordings(), reason=f"no recorded streams in {RECORDINGS}")
@pytest.mark.parametrize("recording", recordings(), ids=lambda path: path.stem)
def test_recorded_streams_give_what_the_standard_gives(recording: Path) -> None:
    stream = recording.read_bytes()
    want = state(expected(stream))
    assert expected(stream).events
    for size in (len(stream), 1, 7, 1024):
        assert state(interpret(pieces(stream, size))) == want
    crlf = stream.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    for size in (len(crlf), 1, 7, 1024):
        assert state(interpret(pieces(crlf, size))) == want


# --- Lines -------------------------------------------------------------------


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_end_at_lf_crlf_and_cr(end: bytes) -> None:
    assert decode(b"data: 1" + end * 2 + b"data: 2" + end * 2) == [b"1", b"2"]


@pytest.mark.parametrize(
    "character",
    ["\N{LINE SEPARATOR}", "\N{NEXT LINE}", "\v", "\f", "\x1c", "\N{PARAGRAPH SEPARATOR}"],
)
def test_lines_end_at_nothing_else(character: str) -> None:
    text = f"a{character}b".encode()
    assert decode(b"data: " + text + b"\n\n") == [text]
    assert decode(b"id: 1\ndata: " + text + b"\n\n") == [RawEvent(b"", text, b"1", None)]


def test_a_final_cr_is_not_waited_upon() -> None:
    decoder = Decoder()
    assert decoder.feed(b"data: 1\r\r") == [b"1"]
    assert decoder.feed(b"data: 2\r\n\r") == [b"2"]


def test_the_lf_of_a_cut_crlf_is_no_line_of_its_own() -> None:
    decoder = Decoder()
    assert decoder.feed(b"data: 1\r") == []
    assert decoder.feed(b"") == []
    assert decoder.feed(b"\n") == []
    assert decoder.feed(b"data: 2\r") == []
    assert raw(decoder.feed(b"\ndata: 3\r\n\r")) == [bare(b"1\n2\n3")]
    assert decoder.feed(b"\ndata: 4\n\n") == [b"4"]
    # A blank line after a line whose CRLF was cut is one all the same.
    assert decoder.feed(b"data: 5\r") == []
    assert decoder.feed(b"\n\n") == [b"5"]


def test_an_lf_after_a_final_cr_and_other_bytes_ends_a_line() -> None:
    assert decode(b"data: 1\r", b"data: 2\r", b"data: 3\n\n") == [bare(b"1\n2\n3")]
    assert decode(b"data: 1\r\r", b"data: 2\n\n", b"\ndata: 3\n\n") == [b"1", b"2", b"3"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 100])
def test_one_bom_at_the_start_is_dropped_in_any_cut(size: int) -> None:
    stream = b"\xef\xbb\xbfdata: 1\n\n"
    assert decode(*pieces(stream, size)) == [b"1"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 100])
@pytest.mark.parametrize(
    "stream",
    [
        b"\xef\xbb\xbf\xef\xbb\xbfdata: 1\n\n",
        b"\n\xef\xbb\xbfdata: 1\n\n",
        b"\xef\xbbdata: 1\n\n",
        b"\xefdata: 1\n\n",
        b"\xef\xbb\xbf\n\xef\xbb\xbfdata: 1\n\n",
    ],
)
def test_any_other_bom_and_a_part_of_one_belong_to_the_line(stream: bytes, size: int) -> None:
    assert decode(*pieces(stream, size)) == []


def test_a_bom_after_the_first_frame_is_data() -> None:
    frame = b"data: 1\n\n"
    assert decode(frame, b"\xef\xbb\xbf" + frame, frame) == [b"1", b"1"]


# --- Fields ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "data"),
    [
        (b"data: x", b"x"),
        (b"data:x", b"x"),
        (b"data:  x", b" x"),
        (b"data:\tx", b"\tx"),
        (b"data: x ", b"x "),
        (b"data: a: b", b"a: b"),
        (b"data: \0", b"\0"),
        (b'data: "data: x"', b'"data: x"'),
    ],
)
@pytest.mark.parametrize(
    "before", [b"", b": read line by line\n\n", b"data: frame\n\n", b"data:x\n\n"]
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_one_space_after_the_colon_is_dropped_and_no_more(
    line: bytes, data: bytes, before: bytes, end: bytes
) -> None:
    assert decode(before + line + end * 2)[-1] == data
    assert decode(before, line + end * 2)[-1] == data


@pytest.mark.parametrize("line", [b"data", b"data:", b"data: "])
@pytest.mark.parametrize("after", [b"", b": read line by line\n\n", b"data: 1\n\n"])
def test_a_data_line_without_value_is_an_event_with_empty_data(line: bytes, after: bytes) -> None:
    assert decode(line + b"\n\n" + after)[0] == b""
    assert decode(b"event: x\n" + line + b"\n\n" + after)[0] == RawEvent(b"x", b"", None, None)


@pytest.mark.parametrize(
    ("block", "data"),
    [
        (b"data: a\ndata: b\n\n", b"a\nb"),
        (b"data: a\ndata\ndata:\ndata:  b\n\n", b"a\n\n\n b"),
        (b"data\ndata\n\n", b"\n"),
        (b"data: a\n: comment\ndata: b\n\n", b"a\nb"),
        (b"data:a\ndata: b\ndata:c\n\n", b"a\nb\nc"),
        (b"data: a\nid: \0\ndata: b\n\n", b"a\nb"),
    ],
)
def test_data_lines_join_with_lf(block: bytes, data: bytes) -> None:
    assert decode(block) == [bare(data)]
    assert decode(block + b"data: x\n\n") == [bare(data), bare(b"x")]
    assert decode(b"event: e\n" + block) == [RawEvent(b"e", data, None, None)]


@pytest.mark.parametrize(
    ("block", "event"),
    [
        (b"id: 1\n\n", RawEvent(b"", None, b"1", None)),
        (b"id\n\n", RawEvent(b"", None, b"", None)),
        (b"retry: 1\n\n", RawEvent(b"", None, None, 1)),
        (b"event: e\n\n", RawEvent(b"e", None, None, None)),
        (b"event\n\n", RawEvent(b"", None, None, None)),
        (b"retry: 2\nid: 1\nevent: e\n\n", RawEvent(b"e", None, b"1", 2)),
    ],
)
def test_a_block_without_data_is_no_event_but_what_it_has_counts(
    block: bytes, event: RawEvent
) -> None:
    assert decode(block) == [event]
    assert decode(block + b"data: x\n\n") == [event, bare(b"x")]
    assert event.data is None


@pytest.mark.parametrize(
    "block", [b"\n", b"\n\n\n", b": c\n\n", b"x: y\n\n", b"x\n\n", b"retry: x\n\n", b"id: \0\n\n"]
)
def test_a_block_with_nothing_to_say_is_not_given(block: bytes) -> None:
    assert decode(block) == []
    assert decode(b"data: 1\n\n" + block + b"data: 2\n\n") == [b"1", b"2"]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (b"event: e", b"e"),
        (b"event:e", b"e"),
        (b"event:  e ", b" e "),
        (b"event", b""),
        (b"event:", b""),
        (b"event: a\nevent: b", b"b"),
        (b"event: a\nevent", b""),
        (b"event: \xff", b"\xff"),
    ],
)
def test_the_last_event_line_names_the_event(lines: bytes, name: bytes) -> None:
    want = RawEvent(name, b"1", None, None)
    assert decode(lines + b"\ndata: 1\n\n") == [want]
    assert decode(b"data: 1\n" + lines + b"\n\n") == [want]
    assert decode(lines + b"\ndata: 1\n\ndata: 2\n\n") == [want, bare(b"2")]


@pytest.mark.parametrize(
    ("lines", "id_"),
    [
        (b"id: 1", b"1"),
        (b"id:1", b"1"),
        (b"id:", b""),
        (b"id", b""),
        (b"id: 1\nid", b""),
        (b"id: 1\nid: 2", b"2"),
        (b"id: 1\nid: 2\0", b"1"),
        (b"id: \xe2\x82\xac", b"\xe2\x82\xac"),
    ],
)
def test_the_last_id_line_without_nul_counts(lines: bytes, id_: bytes) -> None:
    assert decode(lines + b"\ndata: 1\n\n") == [RawEvent(b"", b"1", id_, None)]


def test_an_id_with_nul_is_ignored() -> None:
    assert decode(b"id: a\0b\ndata: 1\n\n") == [b"1"]
    assert decode(b"id: a\0b\nevent: e\ndata: 1\n\n") == [RawEvent(b"e", b"1", None, None)]


@pytest.mark.parametrize(
    ("value", "retry"),
    [
        ("0", 0),
        ("3000", 3000),
        ("007", 7),
        ("9" * 100, int("9" * 100)),
        ("", None),
        ("-1", None),
        ("+1", None),
        ("1.5", None),
        ("1_000", None),
        ("10 ", None),
        (" 10", None),
        ("1e3", None),
        ("٣", None),
        ("²", None),
    ],
)
def test_retry_is_of_ascii_digits_only(value: str, retry: int | None) -> None:
    lines = b"retry: " + value.encode() + b"\nevent: e\ndata: 1\n\n"
    assert decode(lines) == [RawEvent(b"e", b"1", None, retry)]


def test_a_retry_of_a_million_digits_is_ignored() -> None:
    assert decode(b"retry: " + b"9" * 10**6 + b"\ndata: 1\n\n") == [b"1"]
    assert decode(b"retry: 5\nretry: " + b"9" * 101 + b"\n\n") == [RawEvent(b"", None, None, 5)]


@pytest.mark.parametrize("digits", [0, 640])
def test_no_retry_reaches_the_limit_of_int(digits: int) -> None:
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(digits)
    try:
        assert decode(b"retry: " + b"9" * 700 + b"\ndata: 1\n\n") == [b"1"]
    finally:
        sys.set_int_max_str_digits(before)


@pytest.mark.parametrize(
    "line", [b"DATA: x", b"data : x", b" data: x", b"dat: x", b"datax: x", b"\xffdata: x", b"x"]
)
def test_unknown_fields_are_ignored(line: bytes) -> None:
    assert decode(line + b"\ndata: 1\n\n") == [b"1"]


def test_the_bytes_are_given_as_received() -> None:
    assert decode(b"event: \xc3\nid: \xe2\x82\ndata: \xff\xfe\n\n") == [
        RawEvent(b"\xc3", b"\xff\xfe", b"\xe2\x82", None)
    ]


# --- Lists -------------------------------------------------------------------


@pytest.mark.parametrize(
    "stream",
    [
        b"data: 1\n\ndata: 2\n\n",
        b"data:1\n\ndata: 2\n\n",
        b"data: 1\r\n\r\ndata: 2\r\n\r\n",
        b": comment\n\ndata: 1\n\n: comment\ndata: 2\n\n",
        b"x: y\ndata: 1\n\n\n\ndata: 2\n\n",
    ],
)
def test_events_of_one_data_line_and_nothing_else_are_given_as_bytes(stream: bytes) -> None:
    assert Decoder().feed(stream) == [b"1", b"2"]


@pytest.mark.parametrize(
    "other", [b"event: e\n", b"event\n", b"id: 1\n", b"id\n", b"retry: 1\n", b"data: 0\n"]
)
def test_a_mixed_list_is_all_raw_events(other: bytes) -> None:
    frame = b"data: 1\n\n"
    for stream in (frame + other + frame, other + frame + frame, frame + frame + other + frame):
        assert {type(event) for event in Decoder().feed(stream)} == {RawEvent}


@pytest.mark.parametrize(
    "block",
    [
        b"event: e\ndata: 1",
        b"event:e\ndata:1",
        b"event:e\ndata: 1",
        b"data: 1\nevent: e",
        b"data:1\nevent:e",
        b": comment\nevent: e\ndata: 1",
        b"event: f\nevent: e\ndata: 1",
        b"event: e\ndata: 1\nx: y",
    ],
)
@pytest.mark.parametrize("other", [b"data: 2", b"data:2\ndata: 3", b"event:f\ndata: 2", b""])
def test_events_of_a_name_and_data_are_given_in_columns(block: bytes, other: bytes) -> None:
    named, more = RawEvent(b"e", b"1", None, None), raw(decode(other + b"\n\n"))
    for blocks, events in (
        ((block, block), (named, named)),
        ((block, other, block), (named, *more, named)),
    ):
        found = Decoder().feed(b"".join(one + b"\n\n" for one in blocks))
        assert type(found) is NamedEvents
        assert tuple(found) == events


@pytest.mark.parametrize("late", [b"event: f", b"event:f", b"event:  f", b"event", b"id: 7"])
def test_a_name_that_comes_late_in_a_chunk_is_read_as_any_other(late: bytes) -> None:
    blocks = [b"event: e\ndata: %d\n\n" % number for number in range(40)]
    blocks[30] = late + b"\ndata: 30\n\n"
    found = list(Decoder().feed(b"".join(blocks)))
    assert found == [event for block in blocks for event in raw(decode(block))]


@pytest.mark.parametrize(
    "first",
    [
        b"data: ",
        b"data:",
        b"event: e\ndata: ",
        b"data: 1\nevent:",
        b"id: 7\ndata: ",
        b"data: 1\nid:",
    ],
)
@pytest.mark.parametrize(
    "other",
    [
        *(
            b"data: 1\n",
            b"data:1\n",
            b"data: \n",
            b"data:\n",
            b"data\n",
            b"data:\t1\n",
            b"datas: 1\n",
        ),
        *(b"date: 1\n", b"data!: 1\n", b"event: f\n", b"event:f\n", b"id: 1\n", b": 1\n", b"\n"),
        *(
            b"event: f\ndata: 2\n",
            b"data: 2\nevent: f\n",
            b"event: f\ndata:2\n",
            b"event: f\nid: 2\n",
        ),
        *(b"id: a\0b\ndata: 2\n", b"id\ndata: 2\n", b"data: 2\nid:a\0b\n", b"data: 2\nid:8\n"),
    ],
)
def test_blocks_that_are_alike_but_for_one_are_each_read_as_what_it_is(
    first: bytes, other: bytes
) -> None:
    alike = first + b"%d\n\n" % 10**300
    for stream in (
        alike * 2 + other + b"\n" + alike,
        alike + other + alike,
        alike + (other + b"\n") * 2,
    ):
        assert state(interpret([stream])) == state(expected(stream))


@pytest.mark.parametrize("size", [2**20, 2**22])
def test_a_chunk_of_any_size_is_read(size: int) -> None:
    frame = b"event: e\ndata: %d\n\n" % 10**300
    count = size // len(frame) + 1
    assert raw(decode(frame * count)) == [RawEvent(b"e", b"%d" % 10**300, None, None)] * count
    assert decode(frame + b"\n" * size) == [RawEvent(b"e", b"%d" % 10**300, None, None)]


@pytest.mark.parametrize("shift", range(0, 240, 3))
def test_a_long_chunk_gives_what_its_events_give_alone(shift: int) -> None:
    # Long runs are split in parts: wherever a part ends, it must not be felt.
    short = [b"x" * shift, *[b"%d" % number * 20 for number in range(1000, 2000)]]
    for long in ([], [b"y" * 70_000], [b"y" * 29_000] * 3):
        values = [*short, *long, *short]
        frames = [b"data: " + value + b"\n\n" for value in values]
        assert decode(b"".join(frames)) == values
        frames[-2] = b"data: 1\ndata: 2\n\n"
        values[-2] = b"1\n2"
        assert raw(decode(b"".join(frames))) == [bare(value) for value in values]


@pytest.mark.parametrize("line", [b"event: e", b"event:e", b"data: 1", b"data:1"])
def test_one_of_the_two_lines_twice_is_not_the_two(line: bytes) -> None:
    (event,) = raw(decode(line + b"\n" + line + b"\n\n"))
    want = (b"", b"1\n1") if line.startswith(b"data") else (b"e", None)
    assert event == (*want, None, None)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("block", [b"data: 1", b"event: e\ndata: 1", b"id: 1\ndata: 1\ndata: 2"])
def test_what_is_given_is_of_immutable_bytes(block: bytes, end: bytes) -> None:
    stream = (block + b"\n\n").replace(b"\n", end)
    for size in (1, 5, 100):
        (event,) = raw(decode(*pieces(stream * 1, size)))
        assert type(event) is RawEvent
        assert type(event.event) is type(event.data) is bytes
        assert type(event.id) in (bytes, type(None))


def test_a_whole_event_is_given_with_its_chunk_and_the_rest_is_held() -> None:
    decoder = Decoder()
    assert decoder.feed(b"data: 1\n\ndata: 2\n\nda") == [b"1", b"2"]
    assert decoder.feed(b"ta: 3\n") == []
    assert decoder.feed(b"\n") == [b"3"]
    assert decoder.feed(b"data: 4\n") == []
    assert decoder.feed(b"\ndata: 5\n\ndata: 6") == [b"4", b"5"]
    assert decoder.feed(b"\n\n") == [b"6"]


@pytest.mark.parametrize(
    "chunk",
    [
        b"data: 1XdataY: 2\n\n",
        b"data: 1Xdata: 2\n\n",
        b"data: 1XXdata: 2\n\n",
        b"event: eXdata: 1Xid: 2\n\n",
        b"event: e\ndata: 1Xid: 2\n\n",
        b"event: eXid: 2Xdata: 1\n\n",
        b"event: eXid: 2\ndata: 1\n\n",
        b"event: eXXdata: 1\n\n",
        b"event: eX\ndata: 1\n\n",
        b"event: eXevent: f\ndata: 1\n\n",
        b"event: e\ndata:1Xdata: 2\n\n",
        b"event: \n\n",
        b"data: \n\n",
        b"data: 1\n",
        b"event: e\ndata: 1\n",
    ],
)
@pytest.mark.parametrize("inner", [b"\n", b"\r", b"\r\n"])
@pytest.mark.parametrize("outer", [b"\n", b"\r", b"\r\n"])
def test_a_chunk_that_only_looks_like_one_frame_is_read_as_what_it_is(
    chunk: bytes, inner: bytes, outer: bytes
) -> None:
    chunk = chunk.replace(b"\n", outer).replace(b"X", inner)
    chunks = [b"data: 0\n\n", chunk, b"\n\n", chunk]
    assert state(interpret(chunks)) == state(expected(b"".join(chunks)))


# --- The end, and what is counted --------------------------------------------


@pytest.mark.parametrize(
    ("stream", "discarded"),
    [
        (b"", 0),
        (b"data: 1\n\n", 0),
        (b"data: 1\n\n\n", 0),
        (b"data: 1\n", 8),
        (b"data: 1\r\n", 8),
        (b"data: 1\n\ndata: 22", 8),
        (b"data: 1\r\rid: 2\r\nx", 7),
        (b"\xef\xbb\xbf", 0),
        (b"\xef\xbb", 2),
        (b": bye\n", 6),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_an_unfinished_event_is_dropped_and_counted(
    stream: bytes, discarded: int, size: int
) -> None:
    decoder = Decoder()
    events = [event for piece in pieces(stream, size) for event in decoder.feed(piece)]
    assert decoder.discarded == 0
    decoder.close()
    assert events == [b"1"] * stream.count(b"1\n\n") + [b"1"] * stream.count(b"1\r\r")
    assert decoder.discarded == discarded


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("size", [1, 3, 100])
def test_comments_are_counted(end: bytes, size: int) -> None:
    stream = b":\n: a\n\ndata: :\n: b\n: : c\ndata: : d\n\n:e\nx\n: f\n".replace(b"\n", end)
    decoder = Decoder()
    for piece in pieces(stream, size):
        decoder.feed(piece)
    decoder.close()
    assert decoder.comments == 6


# --- Limits ------------------------------------------------------------------

# Each block has 20 bytes, with its line ends and without the blank line.
TWENTY: list[bytes] = [
    b"data: 3456789012345\n",
    b"data:23456789012345\n",
    b"event: 89\ndata: 789\n",
    b"id: 567\ndata: 56789\n",
    b": 34\ndata: 23456789\n",
    b"x: 3456789012345678\n",
]


def until_too_large(
    chunks: Iterable[bytes], max_event_bytes: int
) -> tuple[list[RawEvent], EventTooLargeError | None]:
    """The events given before the decoder raised, and what it raised."""
    decoder = Decoder(max_event_bytes=max_event_bytes)
    events: list[RawEvent] = []
    try:
        for chunk in chunks:
            events += raw(decoder.feed(chunk))
        decoder.close()
    except EventTooLargeError as error:
        return events, error
    return events, None


@pytest.mark.parametrize("block", TWENTY)
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("size", [1, 3, 10, 1000])
def test_a_block_of_more_than_max_event_bytes_raises_in_any_cut(
    block: bytes, end: bytes, size: int
) -> None:
    stream = (b"data: 1\n\n\n" + block + b"\n\n" + block + b"\n" + block).replace(b"\n", end)
    assert until_too_large(pieces(stream, size), 20) == (raw(decode(stream)), None)

    events, error = until_too_large(pieces(stream, size), 19)
    assert events == [bare(b"1")]
    assert error is not None


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_one_frame_in_one_chunk_is_bounded_too(end: bytes) -> None:
    frame = TWENTY[0].replace(b"\n", end) + end
    assert until_too_large([b"data: 1\n\n", frame], 20)[1] is None
    assert until_too_large([b"data: 1\n\n", frame], 19)[1] is not None


@pytest.mark.parametrize("piece", [b"data: x", b"x", b": comment\n", b"data: x\n", b":\r\n"])
def test_what_never_ends_is_bounded(piece: bytes) -> None:
    events, error = until_too_large(itertools.repeat(piece, 1001), 1000)
    assert events == []
    assert error is not None
    assert 1000 < error.pending <= 1000 + len(piece)


def test_blank_lines_are_not_held() -> None:
    decoder = Decoder(max_event_bytes=10)
    for _ in range(100):
        assert decoder.feed(b"\n\r\n\n") == []
    assert decoder.feed(b"\n" * 100 + b"data: 1\n\n") == [b"1"]
    decoder.close()
    assert decoder.discarded == 0


def test_the_events_before_one_that_is_too_large_are_given_first() -> None:
    for rest in (b"data: 4567890123\n\ndata: 3\n\n", b"data: 4567890123"):
        decoder = Decoder(max_event_bytes=10)
        assert decoder.feed(b"data: 1\n\ndata: 2\n\n" + rest) == [b"1", b"2"]
        with pytest.raises(EventTooLargeError):
            decoder.close()
        with pytest.raises(EventTooLargeError):
            decoder.feed(b"")


def test_a_decoder_that_has_raised_is_spent() -> None:
    decoder = Decoder(max_event_bytes=10)
    for chunk in (b"data: 4567890123\n\n", b"\n\n", b"data: 1\n\n", b"x", b""):
        with pytest.raises(EventTooLargeError) as caught:
            decoder.feed(chunk)
        assert caught.value.pending == 17


def test_the_error_says_what_the_limit_is_and_what_has_come() -> None:
    with pytest.raises(EventTooLargeError) as caught:
        Decoder(max_event_bytes=10).feed(b"x" * 12)
    assert (caught.value.limit, caught.value.pending) == (10, 12)
    assert "12 bytes" in str(caught.value)
    assert "max_event_bytes is 10" in str(caught.value)


# --- Memory (time is the benchmark's matter) ---------------------------------

MEBI = 2**20


def one_line() -> bytes:
    return b"data: " + b"x" * (16 * MEBI) + b"\n\n"


def two_fields() -> bytes:
    return b"id: 1\n" + one_line()


def many_lines() -> bytes:
    return (b"data: " + b"x" * 77 + b"\n") * 200_000 + b"\n"


def many_lines_and_an_id() -> bytes:
    return b"id: 1\n" + many_lines()


def many_short_lines() -> bytes:
    return b"id: 1\n" + b"data: xy\n" * 250_000 + b"\n"


@pytest.mark.parametrize(
    "make", [one_line, two_fields, many_lines, many_lines_and_an_id, many_short_lines]
)
@pytest.mark.parametrize("size", [2**16, 2**25], ids=["64 KiB", "one"])
def test_memory_is_at_most_three_times_the_event(make: Callable[[], bytes], size: int) -> None:
    stream = make()
    decoder = Decoder()
    tracemalloc.start()
    try:
        events = [event for piece in pieces(stream, size) for event in decoder.feed(piece)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(events) == 1
    assert peak < 3 * len(stream)


def test_memory_of_many_lines_without_an_event_is_that_of_their_bytes() -> None:
    decoder = Decoder()
    chunk = b"event: e\ndata: 1\n\n" + b"\n" * 2**23
    tracemalloc.start()
    try:
        assert len(decoder.feed(chunk)) == 1
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * len(chunk)


def test_memory_of_tiny_chunks_is_not_that_of_their_number() -> None:
    decoder = Decoder()
    tracemalloc.start()
    try:
        for _ in range(150_000):
            decoder.feed(b"1234567")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * 150_000 * 7
