"""Unions that servers add members to."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

import pydantic
import pytest
from typing_extensions import TypeAliasType

import sdkgen_runtime as rt
from runtime.reading import read_chunk
from sdkgen_runtime.errors import misfit
from sdkgen_runtime.events import Events
from sdkgen_runtime.model import SDKModel
from sdkgen_runtime.reader import Reader
from sdkgen_runtime.unions import OneOf, OpenVariant


class Other(OpenVariant):
    pass


class Cat(SDKModel):
    kind: Annotated[Literal["cat"], pydantic.Field(alias="kind-of")] = "cat"
    lives: int


class Dog(SDKModel):
    kind: Annotated[Literal["dog"], pydantic.Field(alias="kind-of")] = "dog"
    pups: list[Pet] | None = None


Pet = TypeAliasType("Pet", Annotated[Cat | Dog | Other, OneOf(discriminator="kind-of")])

Dog.model_rebuild()


class Home(SDKModel):
    pet: Annotated[Cat | Dog | Other | None, OneOf(discriminator="kind-of")] = None


PET: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(Pet)


def test_an_object_of_a_new_kind_is_kept_whole_at_any_depth() -> None:
    said = {"kind-of": "dog", "pups": [{"kind-of": "fox", "tail": [1]}, {"kind-of": "dog"}]}
    dog = PET.validate_python(said)
    assert [type(pup) for pup in dog.pups] == [Other, Dog]
    assert dog.pups[0].tail == [1]
    assert PET.dump_python(dog, by_alias=True, exclude_unset=True) == said
    assert PET.validate_python(dog) == dog == Dog(pups=dog.pups)


def test_none_is_none_where_it_may_be() -> None:
    assert Home.model_validate_json(b'{"pet":null}').pet is None
    assert type(Home.model_validate_json(b'{"pet":{"kind-of":"fox"}}').pet) is Other


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('{"kind-of":"cat"}', "Field required (at pet.cat.lives)"),
        ('{"kind-of":"dog","pups":[{"kind-of":"cat"}]}', "(at pet.dog.pups.0.cat.lives)"),
        ('{"lives":9}', "Unable to extract tag using discriminator 'kind-of' | 'kind' (at pet)"),
        ('{"kind-of":1}', "does not match any of the expected tags: 'cat', 'dog' (at pet)"),
        ("[]", "Input should be an object (at pet)"),
    ],
)
def test_what_is_of_a_known_kind_or_of_none_has_to_fit(said: str, why: str) -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        Home.model_validate_json(f'{{"pet":{said}}}')
    assert misfit(caught.value).endswith(why)


class Whole(SDKModel):
    data: Annotated[Cat | Dog | Other, OneOf(discriminator="kind-of")]


@pytest.mark.parametrize(
    "events", [rt.Payloads(lambda: Pet), rt.Envelopes(rt.Variant(lambda: Whole))]
)
def test_an_event_of_a_new_kind_is_an_unknown_event(events: Events[Any]) -> None:
    (unknown,) = read_chunk(Reader(events), b'data: {"kind-of":"fox"}\n\n')
    assert isinstance(unknown, rt.UnknownEvent)
    assert unknown.raw.json() == {"kind-of": "fox"}
    (item,) = read_chunk(Reader(events), b'data: {"kind-of":"dog","pups":[{"kind-of":"fox"}]}\n\n')
    dog: Any = item.data if isinstance(item, Whole) else item
    assert [type(pup) for pup in dog.pups] == [Other]


Plant = TypeAliasType(
    "Plant", Annotated[Union["Branch", "Leaf", Other], OneOf(discriminator="kind-of")]
)


class Leaf(SDKModel):
    kind: Annotated[Literal["leaf"], pydantic.Field(alias="kind-of")] = "leaf"


class Branch(SDKModel):
    kind: Annotated[Literal["branch"], pydantic.Field(alias="kind-of")] = "branch"
    parts: list[Plant]


class Garden(SDKModel):
    data: Plant


@pytest.mark.parametrize(
    "events", [rt.Payloads(lambda: Plant), rt.Envelopes(rt.Variant(lambda: Garden), gives="data")]
)
def test_events_may_be_of_a_union_whose_members_come_after_it(events: Events[Any]) -> None:
    said = '{"kind-of":"branch","parts":[{"kind-of":"leaf"},{"kind-of":"root"}]}'
    text = f'data: {said}\n\ndata: {{"kind-of":"root"}}\n\n'
    branch, unknown = read_chunk(Reader(events), text.encode())
    assert [type(part) for part in branch.parts] == [Leaf, Other]
    assert isinstance(unknown, rt.UnknownEvent)


class Fish(SDKModel):
    kind: Literal["fish", "eel"]
    fins: int | None = None


class Bird(SDKModel):
    kind: Literal["bird"] | None = None
    wings: int


class Bat(SDKModel):
    kind: Literal["bat", "bird"] = "bat"
    ears: int


Mixed = TypeAliasType(
    "Mixed", Annotated[Fish | Bird | Bat | str | Other, OneOf(discriminator="kind")]
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('{"kind":"eel"}', Fish(kind="eel")),
        ('{"wings":2}', Bird(wings=2)),
        ('{"kind":"bird","wings":2}', Bird(kind="bird", wings=2)),
        ('{"kind":"bird","ears":2}', Bat(kind="bird", ears=2)),
        ('"none"', "none"),
        ('{"kind":"bee","wings":4}', Other.model_validate({"kind": "bee", "wings": 4})),
    ],
    ids=["several tags", "a tag left out", "a shared tag", "the other one", "text", "a new tag"],
)
def test_members_may_have_several_tags_or_shared_ones_or_none(said: str, expected: object) -> None:
    adapter: pydantic.TypeAdapter[object] = pydantic.TypeAdapter(Mixed)
    found = adapter.validate_json(said)
    assert (type(found), found) == (type(expected), expected)
    assert adapter.dump_json(found, exclude_unset=True).decode() == said


def test_what_tells_members_apart_may_have_an_empty_name() -> None:
    class Left(SDKModel):
        field_: Annotated[Literal["left"], pydantic.Field(alias="")]

    class Right(SDKModel):
        field_: Annotated[Literal["right"], pydantic.Field(alias="")]

    adapter: pydantic.TypeAdapter[object] = pydantic.TypeAdapter(
        Annotated[Left | Right | Other, OneOf(discriminator="")]
    )
    kinds = [type(adapter.validate_python({"": said})) for said in ("left", "right", "up")]
    assert kinds == [Left, Right, Other]


def test_tags_may_have_names_of_their_own() -> None:
    stinging = TypeAliasType("stinging", Literal["bee", "wasp"])

    class Bee(SDKModel):
        kind: stinging | Literal["ant"]
        wings: int

    adapter: pydantic.TypeAdapter[object] = pydantic.TypeAdapter(
        Annotated[Bee | Bat | Other, OneOf(discriminator="kind")]
    )
    found = [adapter.validate_python({"kind": kind, "wings": 4}) for kind in ("wasp", "ant", "fly")]
    assert [type(one) for one in found] == [Bee, Bee, Other]
    with pytest.raises(pydantic.ValidationError):
        adapter.validate_python({"kind": "wasp"})  # one of a known kind has to be like it


@pytest.mark.parametrize("said", ['{"kind":"bird"}', '{"ears":1}', '{"kind":"fish","fins":"x"}'])
def test_what_is_like_no_member_does_not_fit(said: str) -> None:
    with pytest.raises(pydantic.ValidationError):
        pydantic.TypeAdapter(Mixed).validate_json(said)


def test_an_event_of_a_new_kind_is_unknown_though_members_need_no_tag() -> None:
    events: Events[Any] = rt.Payloads(lambda: Annotated[Fish | Bird, OneOf(discriminator="kind")])
    found = read_chunk(Reader(events), b'data: {"kind":"bee"}\n\ndata: {"wings":2}\n\n')
    assert [type(one) for one in found] == [rt.UnknownEvent, Bird]
