"""From an event's name and data to a value, at once or with care: both give the same."""

from __future__ import annotations

import datetime as dt
import json
import threading
from typing import Annotated, Any, Literal

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sdkgen_runtime as rt
from runtime.reading import read_chunk
from sdkgen_runtime.events import Events, Received, Signal
from sdkgen_runtime.reader import Reader


class Piece(pydantic.BaseModel):
    n: int


class Completion(pydantic.BaseModel):
    event: Literal["completion"]
    data: Piece


class Note(pydantic.BaseModel):
    event: Literal["note"]
    id: str | None = None
    retry: int | None = None
    data: str


class Ping(pydantic.BaseModel):
    event: Literal["ping"] = "ping"
    id: str | None = None
    data: Piece | None = None


class Stop(pydantic.BaseModel):
    event: Literal["stop"] = "stop"


class Single(pydantic.BaseModel):
    data: Piece


class Sparse(pydantic.BaseModel):
    data: Piece | None = None


class Aliased(pydantic.BaseModel):
    event_: str = pydantic.Field(alias="event")
    id_: str | None = pydantic.Field(default=None, alias="id")
    data_: Piece = pydantic.Field(alias="data")


class Pieces(pydantic.BaseModel):
    pieces: list[Piece]


class Deep(pydantic.BaseModel):
    data: Pieces


class Loose(pydantic.BaseModel, extra="allow"):
    text: str | None = None


class Cat(pydantic.BaseModel):
    type: Literal["cat"]


class Dog(pydantic.BaseModel):
    type: Literal["dog"]


Pet = Annotated[Cat | Dog, pydantic.Field(discriminator="type")]


class Petting(pydantic.BaseModel):
    event: Literal["pet"]
    data: Pet


UNION: Events[Any] = rt.Envelopes(
    rt.Variant(lambda: Completion, ("completion",)),
    rt.Variant(lambda: Note, ("note",), data="text"),
    rt.Variant(lambda: Ping, ("ping",)),
    rt.Variant(lambda: Stop, ("stop",), data=None),
    rt.Variant(lambda: Petting, ("pet",)),
    sentinel="[DONE]",
)


def outcome(events: Events[Any], data: str | None, name: str = "message", id_: str = "") -> Any:
    raw = None if data is None else data.encode()
    return events.decode(Received(name, raw, id_, None))


def read(events: Events[Any], *chunks: bytes, careful: bool) -> list[Any]:
    """What a reader gives of the chunks, errors as their text."""
    reader = Reader(events)
    if careful:
        reader.take_with_care()
    given: list[Any] = []
    for chunk in chunks:
        if reader.complete:
            break
        for item in read_chunk(reader, chunk):
            is_error = isinstance(item, rt.APIError)
            given.append(f"{type(item).__name__}: {item}" if is_error else item)
    return [*given, reader.complete, reader.last_event_id, reader.given]


# The kinds of data.


@pytest.mark.parametrize("text", ["10", "null", '{"a":1}', "", " x", '"quoted"'])
def test_text_is_never_read_as_json(text: str) -> None:
    assert outcome(rt.Payloads(lambda: str, "text"), text) == text
    assert outcome(UNION, text, "note") == Note(event="note", data=text)
    chunk = f"data: {text}\n\n".encode()
    assert read(rt.Payloads(lambda: str, "text"), chunk, careful=False)[0] == text


def test_text_has_the_type_that_is_declared() -> None:
    assert outcome(rt.Payloads(lambda: dt.date, "text"), "2026-01-02") == dt.date(2026, 1, 2)
    with pytest.raises(pydantic.ValidationError):
        outcome(rt.Payloads(lambda: Literal["a"], "text"), "b")


@pytest.mark.parametrize(
    ("data", "value"), [('{"n":1}', Piece(n=1)), ("[DONE", "[DONE"), ('{"m":1}', '{"m":1}')]
)
def test_either_is_text_where_the_data_is_no_json_or_does_not_fit(data: str, value: Any) -> None:
    assert outcome(rt.Payloads(lambda: Piece | str, "either"), data) == value


def test_empty_data_is_a_heartbeat_only_where_json_is_expected() -> None:
    assert outcome(rt.Payloads(lambda: Piece), "") is Signal.HEARTBEAT
    assert outcome(rt.Payloads(lambda: str, "text"), "") == ""
    assert outcome(rt.Envelopes(rt.Variant(lambda: Single)), "") is Signal.HEARTBEAT
    assert outcome(UNION, "", "completion") is Signal.HEARTBEAT
    assert outcome(UNION, "", "ping") == Ping()
    # What is of any type is not told from a sign of life by its type.
    assert outcome(rt.Envelopes(rt.Variant(lambda: Sparse)), "") is Signal.HEARTBEAT


def test_a_block_without_data_is_an_event_only_where_data_is_optional() -> None:
    assert outcome(rt.Payloads(lambda: Piece), None) is Signal.NOTHING
    assert outcome(rt.Payloads(lambda: Piece), None, "error") is Signal.NOTHING
    assert outcome(rt.RawEvents(), None) is Signal.NOTHING
    assert outcome(UNION, None, "completion") is Signal.NOTHING
    assert outcome(UNION, None, "new") is Signal.NOTHING
    assert outcome(UNION, None, "ping", "7") == Ping(id="7")
    assert outcome(UNION, None, "stop") == Stop()


def test_a_model_without_data_takes_none() -> None:
    assert outcome(UNION, "whatever", "stop") == Stop()


# What is no item.


@pytest.mark.parametrize("data", ["[DONE]", " [DONE]\t"])
@pytest.mark.parametrize(
    "events",
    [
        rt.Payloads(lambda: Any, sentinel=" [DONE] "),
        rt.Payloads(lambda: str, "text", sentinel="[DONE]"),
        rt.RawEvents(sentinel="[DONE]"),
        UNION,
    ],
)
def test_a_sentinel_is_the_end_whatever_white_space_is_around_it(
    events: Events[Any], data: str
) -> None:
    assert outcome(events, data) is Signal.END
    for careful in (False, True):
        chunk = f"data: {data}\n\ndata: 1\n\n".encode()
        assert read(events, chunk, careful=careful)[:-1] == [True, ""]


@pytest.mark.parametrize("data", [b"null", b" null "])
def test_a_sentinel_may_be_json_that_would_fit(data: bytes) -> None:
    events = rt.Payloads[Any](lambda: Any, sentinel="null")
    assert read(events, b"data: 1\n\ndata: %b\n\n" % data, careful=False) == [1, True, "", 1]


def test_an_error_is_an_item_only_where_it_is_declared_by_name() -> None:
    assert outcome(rt.Payloads(lambda: Any), "{}", "error") is Signal.ERROR
    assert outcome(UNION, "{}", "error") is Signal.ERROR
    assert outcome(rt.Envelopes(rt.Variant(lambda: Single)), '{"n":1}', "error") is Signal.ERROR
    declared: Events[Any] = rt.Envelopes(rt.Variant(lambda: Single, ("error",)))
    assert outcome(declared, '{"n":1}', "error") == Single(data=Piece(n=1))
    assert outcome(rt.RawEvents(), "{}", "error") == rt.ServerSentEvent("error", "{}")


def test_an_error_member_is_a_report_only_where_the_data_does_not_fit() -> None:
    assert outcome(rt.Payloads(lambda: Piece), '{"error":{}}') is Signal.ERROR
    assert outcome(rt.Payloads(lambda: Piece), '{"n":1,"error":{}}') == Piece(n=1)
    with pytest.raises(pydantic.ValidationError):
        outcome(rt.Payloads(lambda: Piece), '{"error":null}')


@pytest.mark.parametrize("text", [rb"\ud83d", rb"\uDE00", b"\xff"])
@pytest.mark.parametrize("careful", [False, True])
def test_half_a_character_hides_no_end_no_failure_and_no_kind(
    text: bytes, *, careful: bool
) -> None:
    pets: Events[Any] = rt.Payloads(lambda: Pet, tag="type", terminators=("cat",))
    (end, is_complete, *_) = read(
        pets, b'data: {"type":"cat","t":"%b"}\n\n' % text, careful=careful
    )
    assert (end, is_complete) == (Cat(type="cat"), True)
    found = []
    for data in (b'{"type":"fish","t":"%b"}', b'{"error":{"message":"%b","code":429}}'):
        found += read_chunk(Reader(pets), b"data: %b\n\n" % (data % text))
    chunk = b'event: error\ndata: {"message":"%b","code":429}\n\n' % text
    found += read_chunk(Reader(pets), chunk)
    handlers = (rt.Handler("yield", error_property="failure"),)
    loose: Events[Any] = rt.Payloads(lambda: dict[str, Any], handlers=handlers)
    chunk = b'data: {"failure":{"message":"%b","code":429}}\n\n' % text
    found += read_chunk(Reader(loose), chunk)
    unknown, *failures = found
    assert isinstance(unknown, rt.UnknownEvent)
    assert unknown.name == "fish"
    assert [type(one) for one in failures] == [rt.RateLimitError] * 3
    assert ["\ufffd" in str(one) for one in failures] == [True] * 3


# Which model.


def test_the_type_of_an_event_chooses_its_model() -> None:
    assert outcome(UNION, '{"n":1}', "completion") == Completion(
        event="completion", data=Piece(n=1)
    )
    assert outcome(UNION, '{"type":"dog"}', "pet").data == Dog(type="dog")


@pytest.mark.parametrize("careful", [False, True])
def test_an_event_without_a_type_is_a_message(*, careful: bool) -> None:
    events: Events[Any] = rt.Envelopes(
        rt.Variant(lambda: Single, ("message",)), rt.Variant(lambda: Completion, ("completion",))
    )
    chunk = b'data: {"n":1}\n\nevent: completion\ndata: {"n":2}\n\nevent:\ndata: {"n":3}\n\n'
    first, second, third, *_ = read(events, chunk, careful=careful)
    assert (first, third) == (Single(data=Piece(n=1)), Single(data=Piece(n=3)))
    assert isinstance(second, Completion)


def test_models_of_one_type_are_tried_in_their_order() -> None:
    both: Events[Any] = rt.Envelopes(
        rt.Variant(lambda: Single, ("x",)), rt.Variant(lambda: Note, ("x", "note"), data="text")
    )
    assert outcome(both, '{"n":1}', "x") == Single(data=Piece(n=1))
    with pytest.raises(pydantic.ValidationError):
        outcome(both, "text", "x")
    either: Events[Any] = rt.Envelopes(
        rt.Variant(lambda: Petting, ("pet",)), rt.Variant(lambda: Aliased, ("pet",))
    )
    assert outcome(either, '{"type":"dog"}', "pet") == Petting(event="pet", data=Dog(type="dog"))
    assert outcome(either, '{"n":1}', "pet").data_ == Piece(n=1)


def test_of_models_that_all_do_not_fit_the_one_that_came_closest_says_why() -> None:
    for order in (1, -1):
        variants = (rt.Variant(lambda: Note, ("x",), "text"), rt.Variant(lambda: Deep, ("x",)))
        events: Events[Any] = rt.Envelopes(*variants[::order])
        with pytest.raises(pydantic.ValidationError) as caught:
            outcome(events, '{"pieces":[{"n":"one"}]}', "x")
        assert caught.value.errors()[0]["loc"] == ("pieces", 0, "n")


@pytest.mark.parametrize(
    ("name", "data"), [("new", "{}"), ("message", "{}"), ("pet", '{"type":"fish"}')]
)
def test_what_the_document_does_not_declare_is_an_unknown_event(name: str, data: str) -> None:
    unknown = outcome(UNION, data, name, "7")
    assert unknown == rt.UnknownEvent(name, rt.ServerSentEvent(name, data, "7"))


@pytest.mark.parametrize(
    ("events", "data"),
    [
        (UNION, '{"error":{"status":500}}'),
        (rt.Payloads(lambda: Pet, tag="type"), '{"type":"error","error":{"status":500}}'),
        (rt.Payloads(lambda: Pet, tag="type"), '{"type":"error"}'),
        (rt.Payloads(lambda: Pet), '{"error":{"status":500}}'),
    ],
)
def test_a_failure_may_be_reported_without_an_event_type(events: Events[Any], data: str) -> None:
    found = events.decode(Received("message", data.encode(), "", None, is_named=False))
    assert found is Signal.ERROR


@pytest.mark.parametrize("line", ["", "event: message\n", "event:\n"])
def test_a_message_is_an_event_without_a_type_of_its_own(line: str) -> None:
    events: Events[Any] = rt.Payloads(lambda: dict, tag="type", terminators=("stop",))
    found = read(events, f'{line}data: {{"type":"stop"}}\n\n'.encode(), careful=False)
    assert found == [{"type": "stop"}, True, "", 1]


@pytest.mark.parametrize(
    "said",
    [
        *("ende", r"\u0065nde", "schluß", r"schlu\u00df", r"schlu\u00DF", "run/over"),
        *(r"run\/over", r"run\u002Fover", r"\"q\"", r"a\\b", "\N{BELL}", r"\ud83d\uDD14"),
    ],
)
@pytest.mark.parametrize("before", [b"", b"id: 1\ndata: {}\n\n", b"data: {}\n\n"])
def test_a_kind_of_data_ends_a_stream_however_json_writes_it(said: str, before: bytes) -> None:
    events: Events[Any] = rt.Payloads(
        lambda: dict, tag="type", terminators=("stop", json.loads(f'"{said}"'))
    )
    end = f'data: {{"type":"{said}"}}\n\n'.encode()
    for chunks in ([before + end], [before, end]):
        _, *_, is_complete, _, _ = read(events, *chunks, careful=False)
        assert is_complete


@pytest.mark.parametrize("written", [r"error", r"\u0065rror", r"err\u006Fr"])
def test_a_failure_is_reported_however_json_writes_it(written: str) -> None:
    report = f'data: {{"{written}":{{"message":"no","code":429}}}}\n\n'.encode()
    assert isinstance(read_chunk(Reader(rt.Payloads(lambda: Loose)), report)[0], rt.RateLimitError)
    handlers = (rt.Handler("yield", error_property="error"),)
    events: Events[Any] = rt.Payloads(lambda: dict, handlers=handlers)
    assert isinstance(read_chunk(Reader(events), report)[0], rt.RateLimitError)


@pytest.mark.parametrize("careful", [False, True])
def test_a_model_shows_the_id_and_the_wait_that_came_with_its_event(*, careful: bool) -> None:
    found = read(UNION, b"event: note\nid: 7\nretry: 5\ndata: text\n\n", careful=careful)
    assert found[0] == Note(event="note", id="7", retry=5, data="text")


def test_an_unknown_variant_of_a_payload_is_an_unknown_event() -> None:
    assert isinstance(outcome(rt.Payloads(lambda: Pet), '{"type":"fish"}'), rt.UnknownEvent)
    with pytest.raises(pydantic.ValidationError):
        outcome(rt.Payloads(lambda: Pet), "{}")


@pytest.mark.parametrize("careful", [False, True])
def test_an_unknown_variant_has_the_name_of_its_event_or_else_of_its_kind(*, careful: bool) -> None:
    events: Events[Any] = rt.Payloads(lambda: Pet, tag="type")
    chunk = b'data: {"type":"fish"}\n\nevent: pet\ndata: {"type":"fish"}\n\n'
    given = [
        one for one in read(events, chunk, careful=careful) if isinstance(one, rt.UnknownEvent)
    ]
    assert [one.name for one in given] == ["fish", "pet"]


@pytest.mark.parametrize("careful", [False, True])
def test_a_model_is_filled_by_the_names_on_the_wire(*, careful: bool) -> None:
    events: Events[Any] = rt.Envelopes(rt.Variant(lambda: Aliased))
    chunk = b'event: x\ndata: {"n":1}\n\nid: 7\ndata: {"n":2}\n\n'
    first, second, *_ = read(events, chunk, careful=careful)
    assert (first.event_, first.id_, first.data_.n) == ("x", None, 1)
    assert (second.event_, second.id_, second.data_.n) == ("message", "7", 2)


# At once or with care.

BLOCKS = st.sampled_from(
    [
        b'data: {"n":1}\n\n',
        b'event: completion\ndata: {"n":2}\n\n',
        b'event: completion\nid: a\ndata: {"n":3}\n\n',
        b"event: completion\ndata: {oops\n\n",
        b"event: note\nretry: 5\ndata: text\n\n",
        b'event: pet\ndata: {"type":"fish"}\n\n',
        b'event: ping\ndata: {"n":4}\n\n',
        b"event: ping\n\n",
        b"id: b\n\n",
        b"event: stop\ndata: x\n\n",
        b"event: new\ndata: x\n\n",
        b"event: error\ndata: {}\n\n",
        b'data: {"n":"x"}\n\n',
        b'data: {"n":1\xff}\n\n',
        b"data:\n\n",
        b'data: "quoted"\n\n',
        b": comment\n\n",
        b"data: [DONE]\n\n",
    ]
)
KINDS: list[Events[Any]] = [
    UNION,
    rt.Payloads(lambda: Piece, sentinel="[DONE]", terminators=("stop",)),
    rt.Payloads(lambda: dict, tag="n", terminators=("x", "stop")),
    rt.Payloads(lambda: str, "text", sentinel="[DONE]"),
    rt.Payloads(lambda: Piece | str, "either"),
    rt.Envelopes(rt.Variant(lambda: Completion, ("completion",)), terminators=("completion",)),
    rt.Envelopes(rt.Variant(lambda: Single), terminators=("stop",)),
    rt.Envelopes(rt.Variant(lambda: Aliased)),
    rt.RawEvents(sentinel="[DONE]"),
]


@given(st.lists(BLOCKS, max_size=8), st.sampled_from(KINDS))
def test_the_same_items_come_at_once_with_care_and_in_any_cut(
    blocks: list[bytes], events: Events[Any]
) -> None:
    stream = b"".join(blocks)
    whole = read(events, stream, careful=True)
    assert read(events, stream, careful=False) == whole
    assert read(events, *blocks, careful=False) == whole


@pytest.mark.parametrize(
    ("events", "block"),
    [
        (rt.Payloads(lambda: Piece, sentinel="[DONE]"), 'data: {"n":1}'),
        (rt.Payloads(lambda: Piece, terminators=("stop",)), 'event: x\ndata: {"n":1}'),
        (rt.Payloads(lambda: Piece, tag="type", terminators=("stop",)), 'data: {"n":1}'),
        (
            rt.Payloads(lambda: dict, tag="type", terminators=("run/over",)),
            r'data: {"type":"over","text":"\n\"\\ud\u00e9\u003c\u0000"}',
        ),
        (rt.Payloads(lambda: Piece, sentinel='{"n":0}'), 'data: {"n":1}'),
        (rt.Payloads(lambda: str, "text", sentinel="[DONE]"), "data: a"),
        (UNION, 'event: completion\ndata: {"n":1}'),
        (UNION, "event: note\ndata: a"),
        (rt.Envelopes(rt.Variant(lambda: Single), gives="data"), 'data: {"n":1}'),
        (rt.RawEvents(sentinel="[DONE]"), "data: a"),
    ],
)
def test_events_without_more_to_say_are_plain(events: Events[Any], block: str) -> None:
    reader = Reader(events)
    reader.receive(f"{block}\n\n{block}\n\n".encode())
    assert (reader.given, len(reader.waiting)) == (0, 0)
    first, second = reader.plain.items
    assert (reader.given, first) == (2, second)


@pytest.mark.parametrize("white", ["", " "])
def test_a_sentinel_that_fits_is_no_item(white: str) -> None:
    events: Events[Any] = rt.Payloads(lambda: Piece, sentinel='{"n":0}')
    chunk = f'data: {{"n":1}}\n\ndata:  {{"n":0}}{white}\n\ndata: {{"n":1}}\n\n'.encode()
    assert read(events, chunk, careful=False) == [Piece(n=1), True, "", 1]


def test_the_names_that_are_remembered_are_bounded() -> None:
    events: Events[Any] = rt.Envelopes(rt.Variant(lambda: Single))
    for number in range(1000):
        chunk = b'event: e%d\ndata: {"n":1}\n\n' % number
        assert read(events, chunk, careful=False)[0] == Single(data=Piece(n=1))
    assert len(events.loads) <= 256


def test_the_data_of_an_event_may_be_read_as_json() -> None:
    assert rt.ServerSentEvent(data='{"a":1}').json() == {"a": 1}
    assert rt.ServerSentEvent(data=r'"a\ud83d"').json() == "a\ufffd"
    with pytest.raises(ValueError, match=r"."):
        rt.ServerSentEvent(data="oops").json()


def test_threads_that_come_together_know_all_kinds_of_events() -> None:
    entered, leave = threading.Event(), threading.Event()

    def slow() -> type[Completion]:
        entered.set()
        assert leave.wait(20)
        return Completion

    events: Events[Any] = rt.Envelopes(
        rt.Variant(slow, ("completion",)), rt.Variant(lambda: Note, ("note",), "text")
    )
    found = []

    def read() -> None:
        found.extend(read_chunk(Reader(events), b"event: note\ndata: a\n\n"))

    threads = [threading.Thread(target=read, daemon=True) for _ in range(2)]
    threads[0].start()
    assert entered.wait(20)
    threads[1].start()
    threads[1].join(0.1)  # the time to go wrong in
    leave.set()
    for thread in threads:
        thread.join(20)
    assert found == [Note(event="note", data="a")] * 2
