from __future__ import annotations

from typing import Annotated

import pydantic
import pytest

import sdkgen_runtime as rt
from sdkgen_runtime.events import NOTHING, Signal
from sdkgen_runtime.reader import Reader
from sdkgen_runtime.request import Framing

RAW = b"event: x\nid: 1\nretry: 5\ndata: a\n\nid: 2\n\n"


def test_events_that_need_care_wait_and_count_when_they_are_taken() -> None:
    reader = Reader(rt.RawEvents())
    assert reader.receive(RAW) is NOTHING
    assert (len(reader.waiting), reader.given, reader.last_event_id) == (2, 0, "")
    assert reader.take() == reader.event == rt.ServerSentEvent("x", "a", "1", 5)
    assert (reader.given, reader.last_event_id, reader.retry) == (1, "1", 5)
    assert reader.take() is Signal.NOTHING
    assert (reader.given, reader.last_event_id) == (1, "2")


def test_plain_events_count_when_they_are_taken() -> None:
    reader: Reader[int] = Reader(rt.Payloads(lambda: int))
    assert reader.receive(b"data: 1\n\ndata: 2\n\nda") is NOTHING
    assert (reader.given, next(reader.plain.items)) == (0, 1)
    assert (reader.given, reader.stats.events) == (1, 1)
    assert ([*reader.plain.rest()], [*reader.plain.items]) == ([b"2"], [2])
    assert ([*reader.plain.rest()], reader.next_plain()) == ([], NOTHING)
    assert reader.receive(b"ta: 3\n") is NOTHING
    assert reader.receive(b"\n") == 3
    assert (reader.given, reader.stats.events, reader.stats.bytes) == (3, 3, 27)


def test_no_event_is_decoded_before_it_is_taken() -> None:
    decoded: list[int] = []

    def note(value: int) -> int:
        decoded.append(value)
        return value

    noted = Annotated[int, pydantic.AfterValidator(note)]
    reader: Reader[int] = Reader(rt.Payloads(lambda: noted))
    reader.receive(b"".join(b"data: %d\n\n" % n for n in range(1000)))
    assert decoded == []
    assert [next(reader.plain.items), next(reader.plain.items)] == decoded == [0, 1]
    assert [*reader.plain.items] == [*range(2, 1000)]


@pytest.mark.parametrize("name", ["", "event: x\n"])
def test_an_event_that_is_refused_is_taken_with_care_in_its_place(name: str) -> None:
    reader: Reader[int] = Reader(rt.Payloads(lambda: int))
    data = ("1", "", "3")
    assert reader.receive("".join(f"{name}data: {n}\n\n" for n in data).encode()) is NOTHING
    assert (reader.next_plain(), len(reader.waiting)) == (1, 0)
    assert (reader.next_plain(), len(reader.waiting)) == (NOTHING, 1)
    assert (reader.given, reader.take(), reader.stats.heartbeats) == (1, NOTHING, 1)
    assert (reader.next_plain(), reader.next_plain(), reader.given) == (3, NOTHING, 2)


@pytest.mark.parametrize("name", ["", "event: x\n"])
@pytest.mark.parametrize("second", ["2", ""])
def test_plain_events_can_be_taken_with_care(name: str, second: str) -> None:
    reader: Reader[int] = Reader(rt.Payloads(lambda: int))
    data = ("0", "1", second, "3")
    reader.receive("".join(f"{name}data: {n}\n\n" for n in data).encode())
    assert reader.next_plain() == 0
    reader.take_with_care()
    assert (reader.given, reader.next_plain()) == (1, NOTHING)
    expected = [(int(one), one) for one in ("1", second, "3") if one]
    assert [(reader.take(), reader.event.data) for _ in expected] == expected
    assert (reader.take(), reader.given) == (NOTHING, 1 + len(expected))


def test_events_that_another_thread_has_taken_or_dropped_are_none() -> None:
    reader = Reader(rt.RawEvents())
    reader.receive(RAW)
    reader.drop()
    assert reader.take() is Signal.NOTHING


@pytest.mark.parametrize("name", ["", "event: x\n"])
def test_dropped_events_end_a_loop_over_them(name: str) -> None:
    reader: Reader[int] = Reader(rt.Payloads(lambda: int))
    reader.receive("".join(f"{name}data: {n}\n\n" for n in (1, 2, 3)).encode())
    items = reader.plain.items
    assert next(items) == 1
    reader.drop()
    assert (list(items), reader.next_plain(), reader.given) == ([], NOTHING, 1)


def test_a_new_response_begins_anew_and_counts_on() -> None:
    reader: Reader[int] = Reader(rt.Payloads(lambda: int, sentinel="[DONE]"))
    reader.receive(b": a\n\ndata: [DONE]\n\nid: 9\n\n")
    assert reader.take() is NOTHING
    assert (reader.complete, len(reader.waiting)) == (True, 0)
    reader.receive(b"da")
    reader.restart()
    assert reader.receive(b": b\n\ndata: 1\n\n") == 1
    assert (reader.stats.comments, reader.stats.reconnects, reader.complete) == (2, 1, False)


def test_an_end_that_is_declared_is_missed() -> None:
    reader: Reader[int] = Reader(
        rt.Payloads(lambda: int, sentinel="[DONE]", terminators=("b", "a"))
    )
    reader.receive(b"data: 1\n\nrest")
    with pytest.raises(rt.StreamTruncatedError, match=r"\(\[DONE\] or a or b\), after 1 events"):
        reader.end()
    assert reader.stats.discarded == 4


def test_times_and_gaps_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    monkeypatch.setattr("sdkgen_runtime.reader._now", lambda: now)
    reader = Reader(rt.RawEvents(), started=99.0)
    for now in (101.0, 105.0, 106.0):
        reader.receive(b": a\n\n" if now < 106 else RAW)
    assert reader.stats.largest_gap == 4.0
    assert reader.stats.time_to_first_event == 7.0
    assert reader.elapsed() == 7.0


def test_the_first_event_may_be_a_last_line_without_its_end() -> None:
    reader: Reader[int] = Reader(rt.Payloads(lambda: int), framing="jsonl")
    assert (reader.receive(b"1"), reader.stats.time_to_first_event) == (NOTHING, None)
    reader.end()
    assert reader.stats.time_to_first_event is not None


def test_an_end_that_is_not_declared_is_named_where_it_does_not_fit() -> None:
    reader: Reader[int] = Reader(rt.Payloads(lambda: int))
    reader.receive(b"data: 1\n\ndata: [DONE]\n\n")
    assert (reader.next_plain(), reader.next_plain()) == (1, NOTHING)
    with pytest.raises(rt.EventDecodeError, match="but is not declared to end this one"):
        reader.take()


@pytest.mark.parametrize("framing", ["jsonl", "json-seq"])
def test_a_line_s_event_shows_its_text_without_its_end(framing: Framing) -> None:
    reader: Reader[int] = Reader(rt.Payloads(lambda: int), framing=framing)
    reader.take_with_care()
    mark = b"" if framing == "jsonl" else b"\x1e"
    assert reader.receive(mark + b" 1\r\n" + mark + b"x\n") is Signal.NOTHING
    assert reader.take() == 1
    assert reader.event.data == "1"
    with pytest.raises(rt.EventDecodeError) as caught:
        reader.take()
    assert caught.value.body == "x"
