"""What does not fit is taken as it came where a client is lenient, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

import pydantic
import pytest
from typing_extensions import TypeAliasType

import sdkgen_runtime as rt
from runtime.reading import read_chunk
from sdkgen_runtime.lenient import accept
from sdkgen_runtime.model import SDKModel
from sdkgen_runtime.reader import Oddities, Reader
from sdkgen_runtime.unions import OneOf, OpenVariant
from servers.scripted import ScriptedServer, answer, stream

pytestmark = pytest.mark.anyio

Serve = Callable[..., ScriptedServer]
Connect = Callable[..., Any]


class Leg(SDKModel):
    length: int
    unit: str = pydantic.Field(default="cm", alias="u")


class Nameless(SDKModel):
    field_: Leg = pydantic.Field(alias="")
    other: int


class Cat(SDKModel):
    kind: Literal["cat"]
    legs: list[Leg] = pydantic.Field(default=[])


class Dog(SDKModel):
    kind: Literal["dog"]
    legs: list[Leg] = pydantic.Field(default=[])
    friends: dict[str, Leg] | None = None


class Pets(pydantic.RootModel[list[Cat]]):
    pass


Pet = Annotated[Cat | Dog, pydantic.Field(discriminator="kind")]


NamedPet = TypeAliasType("NamedPet", Pet)


def test_what_fits_is_validated() -> None:
    assert accept(Cat, {"kind": "cat", "legs": [{"length": "3"}]}) == Cat(
        kind="cat", legs=[Leg(length=3)]
    )


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        (Cat, {"kind": "cat", "legs": [{"length": "long", "u": 5}, {"length": 3}], "new": 1}),
        (Cat, {"kind": "cat", "legs": None}),
        (Cat, [1]),
        (Pet, {"kind": "dog", "legs": [{"length": None}], "friends": {"a": {"length": "x"}}}),
        (Pet, {"kind": "fish", "legs": []}),
        (list[Cat], [{"kind": "cat"}, {"kind": "dog"}, 7]),
        (Pets, [{"kind": "cow"}]),
        (Cat | list[Cat] | None, [{"kind": "cow"}]),
        (Nameless | Leg, {"": {"length": 3}, "other": "x"}),
        (Cat, {"kind": "cow", "_fields_set": ["x"], "model_config": {}}),
        (dict[str, Leg], {"a": {"length": 3}, "b": {"length": "x"}}),
        (dict[str, Leg], [1]),
    ],
)
def test_what_does_not_fit_is_sent_back_as_it_came(declared: Any, value: Any) -> None:
    accepted = accept(declared, value)
    adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(Any)
    dumped = adapter.dump_python(accepted, by_alias=True, exclude_unset=True, warnings="none")
    assert dumped == value


def test_the_parts_that_fit_are_models() -> None:
    dog = accept(Pet, {"kind": "dog", "legs": [{"length": 3}, {"length": "x", "u": "m"}]})
    assert isinstance(dog, Dog)
    assert dog.legs[0] == Leg(length=3)
    length: Any = dog.legs[1].length
    assert (length, dog.legs[1].unit) == ("x", "m")
    assert dog.friends is None
    for declared in (dict[str, Leg], dict[str, Leg] | None):
        legs = accept(declared, {"a": {"length": 3}, "b": {"length": "x"}})
        assert (legs["a"], legs["b"].length) == (Leg(length=3), "x")
    (cow,) = accept(Pets, [{"kind": "cow"}]).root
    assert (type(cow), cow.kind) == (Cat, "cow")
    (cow,) = accept(Cat | list[Cat] | None, [{"kind": "cow"}])
    assert (type(cow), cow.kind) == (Cat, "cow")
    nameless = accept(Leg | Nameless, {"": {"length": 3}, "other": "x"})
    assert nameless.field_ == Leg(length=3)


@pytest.mark.parametrize("declared", [NamedPet, NamedPet | Leg | None, list[NamedPet]])
def test_a_union_with_a_name_is_one(declared: Any) -> None:
    dog: Any = {"kind": "dog", "legs": [{"length": "x"}]}
    accepted = accept(declared, [dog] if declared == list[NamedPet] else dog)
    accepted = accepted[0] if isinstance(accepted, list) else accepted
    assert isinstance(accepted, Dog)
    assert isinstance(accepted.legs[0], Leg)


class Bolt(SDKModel):
    kind: Literal["bolt"] | None = None
    length: int


class Nut(SDKModel):
    kind: Literal["nut"] | None = None
    length: int


class Fresh(OpenVariant):
    pass


def test_a_member_of_a_union_is_the_one_whose_tag_there_is() -> None:
    declared = Annotated[Bolt | Nut | Fresh, OneOf(discriminator="kind")]
    found = accept(declared, {"kind": "nut", "length": "long"})
    assert (type(found), found.length) == (Nut, "long")
    assert type(accept(list[declared], [{"kind": "nail", "length": "long"}, 1])[0]) is Fresh


class Table(SDKModel):
    legs: list[Leg] = pydantic.Field(default=[])


def test_a_member_of_a_union_is_none_whose_constant_is_contradicted() -> None:
    misfit = {"kind": "table", "legs": [{"length": "long"}]}
    assert type(accept(Cat | Table, misfit)) is Table
    assert type(accept(Cat | Table, {**misfit, "kind": "cat"})) is Cat


def test_a_required_property_that_is_missing_is_none() -> None:
    leg = accept(Leg, {"u": "m"})
    assert (leg.length, leg.unit) == (None, "m")


def test_what_nobody_declared_was_set_like_all_else() -> None:
    misfit = accept(Leg, {"length": "x", "new": 1})
    assert misfit.model_fields_set == accept(Leg, {"length": 3, "new": 1}).model_fields_set


# A client's options.

CAT: Final = rt.Operation[Cat]("GET", "/cat", returns=(rt.json("200", lambda: Cat),))
CATS: Final = rt.StreamOperation[Cat](
    "GET", "/cats", events=rt.Payloads(lambda: Cat, sentinel="[DONE]")
)
MISFIT: Final = '{"kind":"cat","legs":[{"length":"x"}]}'


async def test_an_answer_that_does_not_fit_is_taken_where_a_client_is_lenient(
    serve: Serve, connect: Connect
) -> None:
    server = serve(*[answer(MISFIT.encode())] * 2)
    async with connect(server, lenient=True) as client:
        cat = await client.send(CAT)
        assert (type(cat), cat.legs[0].length) == (Cat, "x")
        with pytest.raises(rt.APIResponseValidationError) as caught:
            await client.send(CAT, lenient=False)
    assert caught.value.body == {"kind": "cat", "legs": [{"length": "x"}]}


async def test_an_answer_that_is_no_json_is_an_error_all_the_same(
    serve: Serve, connect: Connect
) -> None:
    async with connect(serve(answer(b"{oops")), lenient=True) as client:
        with pytest.raises(rt.APIResponseValidationError):
            await client.send(CAT)


async def test_an_event_that_does_not_fit_is_taken_where_a_client_is_lenient(
    serve: Serve, connect: Connect
) -> None:
    script = stream(f"data: {MISFIT}\n\ndata: {{oops\n\ndata: [DONE]\n\n".encode())
    async with connect(serve(script), lenient=True) as client:
        opened = await client.stream(CATS)
        items = aiter(opened)
        assert (await anext(items)).legs[0].length == "x"
        with pytest.raises(rt.EventDecodeError):
            await anext(items)
        assert await opened.collect() == []


async def test_events_that_do_not_fit_are_skipped_and_counted(
    serve: Serve, connect: Connect
) -> None:
    script = stream(f'data: {MISFIT}\n\ndata: {{"kind":"cat"}}\n\ndata: [DONE]\n\n'.encode())
    async with connect(serve(script), on_decode_error="skip") as client:
        opened = await client.stream(CATS)
        assert await opened.collect() == [Cat(kind="cat")]
    assert (opened.stats.events, opened.stats.skipped) == (1, 1)


class Meow(SDKModel):
    event: Literal["meow"]
    data: Cat


MEOWS: Final = rt.StreamOperation[Meow | rt.UnknownEvent](
    "GET", "/meows", events=rt.Envelopes(rt.Variant(lambda: Meow, ("meow",)))
)
NEW: Final = b'event: purr\ndata: 1\n\nevent: meow\ndata: {"kind":"cat"}\n\n'


@pytest.mark.parametrize(("on_unknown_event", "skipped"), [("give", 0), ("skip", 1)])
async def test_unknown_events_are_given_or_skipped(
    serve: Serve, connect: Connect, on_unknown_event: str, skipped: int
) -> None:
    async with connect(serve(stream(NEW)), on_unknown_event=on_unknown_event) as client:
        opened = await client.stream(MEOWS)
        given = [item.event for item in await opened.collect()]
    assert given == ["<unknown>", "meow"][skipped:]
    assert opened.stats.skipped == skipped


async def test_unknown_events_are_errors_where_a_client_says_so(
    serve: Serve, connect: Connect
) -> None:
    async with connect(serve(stream(NEW)), on_unknown_event="raise") as client:
        opened = await client.stream(MEOWS)
        items = aiter(opened)
        with pytest.raises(rt.EventDecodeError, match=r"'purr'.*not declared"):
            await anext(items)
        assert [item.event async for item in items] == ["meow"]


@pytest.mark.parametrize("gives", ["event", "data"])
def test_whole_events_that_do_not_fit_are_taken(gives: Literal["event", "data"]) -> None:
    events: rt.Envelopes[Any] = rt.Envelopes(rt.Variant(lambda: Meow, ("meow",)), gives=gives)
    reader = Reader(events, oddities=Oddities(lenient=True))
    (item,) = read_chunk(reader, f"event: meow\ndata: {MISFIT}\n\n".encode())
    cat = item if gives == "data" else item.data
    assert (type(cat), cat.legs[0].length) == (Cat, "x")


class Hiss(SDKModel):
    event: Literal["hiss"]
    data: Cat
    id: str | None = None
    retry: int | None = None


def test_a_whole_event_that_does_not_fit_has_its_other_fields() -> None:
    events: rt.Envelopes[Any] = rt.Envelopes(rt.Variant(lambda: Hiss, ("hiss",)))
    reader = Reader(events, oddities=Oddities(lenient=True))
    (hiss,) = read_chunk(reader, f"event: hiss\nid: 7\nretry: 5\ndata: {MISFIT}\n\n".encode())
    assert (type(hiss), hiss.event, hiss.id, hiss.retry) == (Hiss, "hiss", "7", 5)


class Single(SDKModel):
    data: Cat


ANY_EVENT: rt.Envelopes[Any] = rt.Envelopes(rt.Variant(lambda: Single))
PETS: rt.Payloads[Any] = rt.Payloads(lambda: Pet, tag="kind")


@pytest.mark.parametrize("events", [rt.Payloads(lambda: Cat), ANY_EVENT, PETS])
def test_events_of_a_type_that_nobody_declared_are_skipped_if_they_do_not_fit(
    events: rt.Payloads[Any] | rt.Envelopes[Any],
) -> None:
    reader = Reader(events, oddities=Oddities(unknown="skip"))
    cat = b'data: {"kind":"cat"}\n\n'
    assert len(read_chunk(reader, b"event: ping\ndata: []\n\nevent: new\n" + cat + cat)) == 2
    assert (reader.stats.skipped, reader.given) == (1, 2)


@pytest.mark.parametrize(
    ("events", "sent", "known"),
    [
        (rt.Payloads(lambda: Cat), b"event: ping\n", False),
        (rt.Payloads(lambda: Cat), b"event: message\n", True),
        (rt.Payloads(lambda: Cat), b"", True),
        (rt.Payloads(lambda: Cat, terminators=("last",)), b"event: last\n", True),
        (PETS, b"event: cat\n", True),
        (rt.Envelopes(rt.Variant(lambda: Meow, ("meow",))), b"event: meow\n", True),
    ],
)
def test_an_event_that_does_not_fit_is_never_skipped_for_a_type_that_is_declared(
    events: rt.Payloads[Any] | rt.Envelopes[Any], sent: bytes, *, known: bool
) -> None:
    choices: tuple[Literal["give", "skip"], ...] = ("give", "skip")
    for unknown in choices[: 1 + known]:
        reader = Reader(events, oddities=Oddities(unknown=unknown))
        (error,) = read_chunk(reader, sent + b"data: []\n\n")
        assert isinstance(error, rt.EventDecodeError)
        assert ('on_unknown_event="skip" leaves them out' in str(error)) is not known
