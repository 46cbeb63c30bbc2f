"""Kinds of data: what is new, and what is malformed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pydantic
import pytest
from typing_extensions import TypeAliasType

import sdkgen_runtime as rt
from runtime.reading import read_chunk
from sdkgen_runtime.kinds import Kinds
from sdkgen_runtime.reader import Reader
from sdkgen_runtime.unions import OneOf, OpenVariant, closed


class Piece(pydantic.BaseModel):
    type: Literal["piece"]
    n: int


class Line(pydantic.BaseModel):
    type: Literal["item"]
    kind: Literal["line"]


class Square(pydantic.BaseModel):
    type: Literal["item"]
    kind_: Literal["square"] = pydantic.Field(alias="kind")


class Loose(pydantic.BaseModel):
    type: str
    size: int


class HalfOpen(pydantic.BaseModel):
    type: Literal["piece"] | Annotated[str, pydantic.Field(min_length=1)]


class Stop(pydantic.BaseModel):
    type: Literal["stop"]


class Opened(pydantic.BaseModel):
    by: Literal["hand"]
    what: Literal["door"]


class Broken(pydantic.BaseModel):
    by: Literal["wind"]
    what: Literal["window"]


class NamelessOne(pydantic.BaseModel):
    kind_: Literal["one"] = pydantic.Field(alias="")


class NamelessTwo(pydantic.BaseModel):
    kind_: Literal["two"] = pydantic.Field(alias="")


Item = TypeAliasType("Item", Annotated[Line | Square | OpenVariant, OneOf(discriminator="kind")])
Nested = Piece | Item
Flat = Annotated[Piece | Line | Square, OneOf(discriminator="kind")]
Apart = Opened | Broken
WithLoose = Annotated[Piece | Stop | Loose, OneOf(discriminator="type")]


@pytest.mark.parametrize(
    ("declared", "tag", "value", "new"),
    [
        (Flat, "kind", {"type": "other"}, "other"),
        (Flat, "kind", {"type": "item", "kind": "circle"}, "circle"),
        (Flat, None, {"type": "other"}, "other"),
        (Flat, None, {"type": "item", "kind": "circle"}, None),  # pieces say nothing of it
        (Flat, "kind", {"type": "piece", "n": "x"}, None),
        (Flat, "kind", {"type": "other", "kind": "line"}, None),  # whatever else is wrong with it
        (Flat, "kind", {"type": 1}, None),
        (Flat, "kind", ["other"], None),
        (Nested, "type", {"type": "other"}, "other"),
        (WithLoose, "type", {"type": "other"}, "other"),
        (WithLoose, None, {"type": "other"}, None),
        (Loose, "type", {"type": "other"}, None),
        (HalfOpen, "type", {"type": "other"}, None),
        (Apart, None, {"by": "hand", "what": "gate"}, "gate"),
        (Apart, "what", {"by": "foot", "what": "gate"}, "gate"),
        (Apart, "what", {"by": "foot", "what": "door"}, None),
        (NamelessOne | NamelessTwo, "", {"": "other"}, "other"),
        (Piece, None, {"type": "other"}, None),
        (Piece, "type", {"type": "other"}, "other"),
        (Piece, "type", {"type": "piece", "n": "x"}, None),
        (str, None, {"type": "other"}, None),
    ],
)
def test_a_constant_that_no_member_has_is_a_new_kind(
    declared: Any, tag: str | None, value: Any, new: str | None
) -> None:
    assert Kinds(lambda: declared, tag).new(value) == new


def test_what_does_not_say_its_kind_may_be_named_by_its_event() -> None:
    kinds = Kinds(lambda: Piece | Stop, "type")
    assert kinds.new({}, "ping") == "ping"
    assert kinds.new({}, "stop") is None
    assert kinds.new({"type": "piece"}, "ping") is None
    assert kinds.new("text", "ping") is None
    assert Kinds(lambda: Piece | Stop, None).new({}, "ping") is None


def test_unions_in_unions_are_closed_too() -> None:
    validator = pydantic.TypeAdapter(closed(Nested)).validator
    assert isinstance(validator.validate_json(b'{"type":"item","kind":"line"}'), Line)
    with pytest.raises(pydantic.ValidationError):
        validator.validate_json(b'{"type":"item","kind":"circle"}')
    assert closed(Item) != Item
    assert closed(Annotated[Piece | OpenVariant, OneOf(discriminator="type")]) is Piece
    assert closed(Piece | str) == Piece | str


def test_a_message_is_not_a_kind() -> None:
    events: Any = rt.Payloads(lambda: Piece | Stop, tag="type")
    unnamed, message, ping = read_chunk(
        Reader(events), b'data: {"n":1}\n\nevent: message\ndata: {}\n\nevent: ping\ndata: {}\n\n'
    )
    assert isinstance(unnamed, rt.EventDecodeError)
    assert isinstance(message, rt.EventDecodeError)
    assert isinstance(ping, rt.UnknownEvent)


@pytest.mark.parametrize("said", ['["stop"]', "{}", "1"])
def test_a_tag_that_is_no_text_ends_nothing(said: str) -> None:
    events: Any = rt.Payloads(lambda: Piece | Stop, tag="type", terminators=("stop",))
    (found,) = read_chunk(Reader(events), f'data: {{"type":{said}}}\n\n'.encode())
    assert isinstance(found, rt.EventDecodeError)


def test_each_union_in_unions_is_looked_at_once() -> None:
    layer: Any = Piece | Stop
    for number in range(60):  # as many paths as a number of eighteen digits has
        layer = TypeAliasType(f"A{number}", layer) | TypeAliasType(f"B{number}", layer)
    assert Kinds(lambda: layer, "type").new({"type": "new"}) == "new"
    assert closed(layer) == layer


class Whole(pydantic.BaseModel):
    data: Annotated[Piece | Stop, OneOf(discriminator="type")]


class OwnEvent(rt.UnknownEvent):
    pass


@pytest.mark.parametrize("cut", [1, 1000])
@pytest.mark.parametrize(
    "events",
    [
        rt.Payloads(lambda: Piece | Stop, tag="type", terminators=("stop",)),
        rt.Envelopes(rt.Variant(lambda: Whole), tag="type", terminators=("stop",)),
        rt.Envelopes(rt.Variant(lambda: Whole), gives="data", tag="type", terminators=("stop",)),
    ],
)
def test_the_kind_of_the_data_may_end_a_stream_of_any_shape(events: Any, cut: int) -> None:
    raw = b'data: {"type":"piece","n":1}\n\ndata: {"type":"new"}\n\ndata: {"type":"stop"}\n\n'
    reader = Reader(events)
    found = [
        one for at in range(0, len(raw), cut) for one in read_chunk(reader, raw[at : at + cut])
    ]
    assert [getattr(one, "name", None) for one in found] == [None, "new", None]
    assert getattr(found[-1], "data", found[-1]) == Stop(type="stop")
    assert reader.complete


def test_unknown_events_are_of_the_class_that_a_package_has_for_them() -> None:
    payloads: Any = rt.Payloads(lambda: Piece | Stop, tag="type", unknown=lambda: OwnEvent)
    (found,) = read_chunk(Reader(payloads), b'data: {"type":"new"}\n\n')
    assert isinstance(found, OwnEvent)
    data: Any = rt.Envelopes(
        rt.Variant(lambda: Whole, ("a",)), gives="data", tag="type", unknown=lambda: OwnEvent
    )
    for event in (b'event: a\ndata: {"type":"new"}\n\n', b"event: b\ndata: 1\n\n"):
        (found,) = read_chunk(Reader(data), event)
        assert isinstance(found, OwnEvent)
