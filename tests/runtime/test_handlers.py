"""Handlers: the first that matches an event decides what becomes of it."""

from __future__ import annotations

from typing import Any

import pydantic
import pytest

import sdkgen_runtime as rt
from runtime.reading import read_chunk
from sdkgen_runtime.events import NotPlainError
from sdkgen_runtime.reader import Reader


class Piece(pydantic.BaseModel):
    n: int


class Whole(pydantic.BaseModel):
    event: str
    data: Piece | None = None


FALLTHROUGH = rt.Handler("yield")


def read(
    text: str, *handlers: rt.Handler, events: Any = None, cut: int | None = None
) -> tuple[list[Any], Reader[Any]]:
    """The items of a stream, errors among them; and its reader."""
    reader: Reader[Any] = Reader(events or rt.Payloads(lambda: Piece, handlers=handlers))
    found: list[Any] = []
    raw = text.encode()
    size = cut or len(raw)
    for start in range(0, len(raw), size):
        if reader.complete:
            break
        found += read_chunk(reader, raw[start : start + size])
    return found, reader


@pytest.mark.parametrize("cut", [None, 1])
def test_done_ends_the_stream_and_ignores_the_rest(cut: int | None) -> None:
    handlers = (rt.Handler("done", data_starts_with="[DONE"), FALLTHROUGH)
    items, reader = read('data: {"n":1}\n\ndata: [DONE]!\n\ndata: {"n":2}\n\n', *handlers, cut=cut)
    assert items == [Piece(n=1)]
    assert (reader.complete, reader.abrupt) == (True, False)


def test_a_stream_that_stops_before_it_is_done_is_truncated() -> None:
    handlers = (rt.Handler("done", data_starts_with="[DONE]"), FALLTHROUGH)
    _, reader = read('data: {"n":1}\n\n', *handlers)
    with pytest.raises(rt.StreamTruncatedError, match=r"\[DONE\]"):
        reader.end()


def test_break_ends_the_stream_at_once() -> None:
    handlers = (rt.Handler("break", event_types=("fatal_error",)), FALLTHROUGH)
    items, reader = read('data: {"n":1}\n\nevent: fatal_error\ndata: {"n":2}\n\n', *handlers)
    assert items == [Piece(n=1)]
    assert (reader.complete, reader.abrupt) == (True, True)


def test_continue_passes_over_events_of_any_of_its_types() -> None:
    handlers = (rt.Handler("continue", event_types=("ping", "heartbeat")), FALLTHROUGH)
    text = 'event: ping\ndata: x\n\nevent: heartbeat\ndata: x\n\nevent: other\ndata: {"n":1}\n\n'
    items, _ = read(text, *handlers)
    assert items == [Piece(n=1)]


def test_error_raises_what_the_whole_data_says() -> None:
    handlers = (rt.Handler("error", event_types=("failure",)), FALLTHROUGH)
    text = 'event: failure\ndata: {"message":"slow down","code":429}\n\n'
    ((error,), _) = read(text, *handlers)
    assert isinstance(error, rt.RateLimitError)
    assert "slow down" in str(error)
    assert error.in_stream


@pytest.mark.parametrize("handle", ["error", "yield"])
def test_an_error_property_raises_what_it_says(handle: Any) -> None:
    handlers = (rt.Handler(handle, error_property="failure"), FALLTHROUGH)
    text = 'data: {"n":1,"failure":{"message":"gone","type":"not_found"}}\n\n'
    ((error,), _) = read(text, *handlers)
    assert isinstance(error, rt.NotFoundError)
    assert error.body == {"message": "gone", "type": "not_found"}


@pytest.mark.parametrize("value", ["null", '""', "false", "{}"])
def test_an_error_property_that_is_empty_is_no_error(value: str) -> None:
    handlers = (rt.Handler("yield", error_property="error"),)
    items, _ = read(f'data: {{"n":1,"error":{value}}}\n\n', *handlers)
    assert items == [Piece(n=1)]


def test_null_matches_events_without_an_event_line_alone() -> None:
    handlers = (rt.Handler("continue", event_types=(None,)), FALLTHROUGH)
    text = 'data: {"n":1}\n\nevent: message\ndata: {"n":2}\n\n'
    assert read(text, *handlers)[0] == [Piece(n=2)]


@pytest.mark.parametrize("more", ["", "id: 1\n"])  # an event with an id is no plain one
def test_all_conditions_of_a_handler_have_to_hold(more: str) -> None:
    both = rt.Handler("continue", data_starts_with='{"n":1', event_types=("a",))
    events = ('event: a\ndata: {"n":1}', 'event: b\ndata: {"n":1}', 'event: a\ndata: {"n":2}')
    text = "".join(f"{more}{one}\n\n" for one in events)
    assert read(text, both, FALLTHROUGH)[0] == [Piece(n=1), Piece(n=2)]


def test_the_first_handler_that_matches_decides() -> None:
    handlers = (FALLTHROUGH, rt.Handler("done", data_starts_with="{"))
    items, reader = read('data: {"n":1}\n\n', *handlers)
    assert items == [Piece(n=1)]
    assert not reader.complete


def test_an_event_that_no_handler_matches_is_passed_over() -> None:
    handlers = (rt.Handler("yield", event_types=("piece",)),)
    text = 'event: piece\ndata: {"n":1}\n\ndata: {"n":2}\n\n'
    assert read(text, *handlers)[0] == [Piece(n=1)]


@pytest.mark.parametrize("space", ["", " ", "  ", "\t"])
@pytest.mark.parametrize("cut", [None, 1])
def test_white_space_before_data_is_not_how_it_begins(space: str, cut: int | None) -> None:
    handlers = (rt.Handler("done", data_starts_with=" [DONE]"), FALLTHROUGH)
    text = f'data: {{"n":1}}\n\ndata: {{"n":2}}\n\ndata:{space}[DONE]\n\ndata: {{"n":3}}\n\n'
    items, reader = read(text, *handlers, cut=cut)
    assert (items, reader.complete) == ([Piece(n=1), Piece(n=2)], True)


def test_an_event_whose_data_is_optional_is_a_handler_s_to_decide_about() -> None:
    handlers = (
        rt.Handler("continue", event_types=("ping",)),
        rt.Handler("break", event_types=("stop",)),
        FALLTHROUGH,
    )
    events: Any = rt.Envelopes(rt.Variant(lambda: Whole), handlers=handlers)
    text = "event: ping\n\nevent: note\n\nid: 1\n\nevent: stop\n\nevent: note\n\n"
    items, reader = read(text, events=events)
    assert items == [Whole(event="note"), Whole(event="message")]
    assert (reader.complete, reader.abrupt) == (True, True)


def test_a_block_without_data_that_is_no_event_is_decided_about_by_its_type_alone() -> None:
    handlers = (
        rt.Handler("yield", event_types=("piece", None)),
        rt.Handler("done", event_types=("stop",)),
        rt.Handler("error"),
    )
    text = 'event: ping\n\nid: 1\n\nevent: piece\n\nevent: piece\ndata: {"n":1}\n\nevent: stop\n\n'
    items, reader = read(text, *handlers)
    assert (items, reader.complete) == ([Piece(n=1)], True)


def test_an_error_event_is_an_item_where_a_handler_says_so() -> None:
    assert read('event: error\ndata: {"n":1}\n\n', FALLTHROUGH)[0] == [Piece(n=1)]


def test_handlers_decide_for_whole_events_too() -> None:
    events: rt.Envelopes[Any] = rt.Envelopes(
        rt.Variant(lambda: Whole),
        handlers=(rt.Handler("continue", event_types=("ping",)), FALLTHROUGH),
    )
    text = 'event: ping\ndata: {"n":1}\n\nevent: piece\ndata: {"n":2}\n\n'
    items, _ = read(text, events=events)
    assert items == [Whole(event="piece", data=Piece(n=2))]


def test_items_may_be_the_data_of_events_alone() -> None:
    events: rt.Envelopes[Any] = rt.Envelopes(rt.Variant(lambda: Whole, ("piece",)), gives="data")
    text = 'event: piece\ndata: {"n":2}\n\nevent: new\ndata: 1\n\n'
    items, _ = read(text, events=events)
    assert items[0] == Piece(n=2)
    assert isinstance(items[1], rt.UnknownEvent)


@pytest.mark.parametrize(
    ("handlers", "name", "data", "taken"),
    [
        ((FALLTHROUGH,), "", '{"n":1}', True),
        ((rt.Handler("done", data_starts_with="[D"), FALLTHROUGH), "", '{"n":1}', True),
        ((rt.Handler("done", data_starts_with="{"), FALLTHROUGH), "", '{"n":1}', False),
        ((rt.Handler("yield", error_property="error"),), "", '{"n":1}', True),
        ((rt.Handler("yield", error_property="error"),), "", '{"n":1,"error":1}', False),
        ((rt.Handler("yield", error_property="error"),), "", r'{"n":1,"err\u006Fr":1}', False),
        ((rt.Handler("yield", error_property="error"),), "", r'{"n":1,"x":"\n\u00e9"}', True),
        ((rt.Handler("yield", error_property="\u00e9"),), "", '{"n":1}', True),
        ((rt.Handler("yield", error_property="\u00e9"),), "", '{"n":1,"\u00e9":1}', False),
        ((rt.Handler("yield", error_property="\u00e9"),), "", r'{"n":1,"\u00e9":1}', False),
        ((rt.Handler("error", event_types=("error",)), FALLTHROUGH), "", '{"n":1}', True),
        ((rt.Handler("error", event_types=("error",)), FALLTHROUGH), "x", '{"n":1}', True),
        ((rt.Handler("error", event_types=("error",)), FALLTHROUGH), "error", '{"n":1}', False),
        ((rt.Handler("continue", event_types=(None,)), FALLTHROUGH), "", '{"n":1}', False),
        ((rt.Handler("continue", event_types=(None,)), FALLTHROUGH), "x", '{"n":1}', True),
        ((rt.Handler("continue"),), "", '{"n":1}', False),
    ],
)
def test_an_event_is_plain_where_no_handler_can_have_a_say(
    handlers: tuple[rt.Handler, ...], name: str, data: str, taken: bool
) -> None:
    load = rt.Payloads(lambda: Piece, handlers=handlers).loads[name.encode()]
    if taken:
        assert load(data.encode()) == Piece(n=1)
    else:
        with pytest.raises(NotPlainError):
            load(data.encode())
