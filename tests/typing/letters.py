"""Checked, not run: a dict in the place of a model is as a model would be, or it is an error."""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from datetime import date
from typing import assert_type

from letters import Letters, models
from letters.params import AddressParam, PartParam, StampParam


def dicts_and_models_are_taken_in_the_same_place(client: Letters) -> None:
    text = models.Text(type="text", text="Dear")
    address = models.Address(id="1", street="Elm")
    client.letters.send(to={"street": "Elm", "str": 1, "door-code": "12"}, parts=[])
    client.letters.send(to=address, parts=[text, {"type": "text", "text": "Jane"}])
    client.letters.send(to={"street": "Elm"}, parts=[{"type": "enclosure", "parts": [text]}])
    client.letters.send(
        to=address,
        parts=[{"type": "enclosure", "parts": [{"type": "enclosure", "parts": []}]}],
        copies={"blind": {"street": "Oak"}, "open": address},
        stamp={"cents": 80, "on": date(2024, 2, 29)},
    )
    client.letters.send(to=address, parts=[text], stamp=None, notes={"urgent": True, "mood": 1})


def what_is_gathered_has_a_type(client: Letters) -> None:
    parts: list[PartParam] = [models.Text(type="text", text="Dear")]
    parts.append({"type": "text", "text": "Jane", "tone": "kind"})
    to: AddressParam = {"street": "Elm"}
    stamp: StampParam = {"cents": 80}
    client.letters.send(to=to, parts=parts, stamp=stamp)


def a_key_that_is_wrong_is_an_error(client: Letters) -> None:
    client.letters.send(to={"street": "Elm", "sreet": "Elm"}, parts=[])  # type: ignore[arg-type]
    client.letters.send(to={}, parts=[])  # type: ignore[arg-type]
    client.letters.send(to={"street": "Elm"}, parts=[{"type": "text", "txt": ""}])  # type: ignore[list-item]


def a_key_that_requests_do_not_have_is_an_error(client: Letters) -> None:
    client.letters.send(to={"street": "Elm", "id": "1"}, parts=[])  # type: ignore[arg-type]


def a_value_that_is_wrong_is_an_error(client: Letters) -> None:
    client.letters.send(to={"street": 1}, parts=[])  # type: ignore[arg-type]
    client.letters.send(to={"street": "Elm"}, parts=[{"type": "tex", "text": ""}])  # type: ignore[list-item]
    client.letters.send(to={"street": "Elm"}, parts=[], stamp={"cents": "80"})  # type: ignore[arg-type]
    client.letters.send(to={"street": "Elm"}, parts=[], copies={"a": {"street": 1}})  # type: ignore[dict-item]
    nested = {"type": "enclosure", "parts": [{"type": "text"}]}
    client.letters.send(to={"street": "Elm"}, parts=[nested])  # type: ignore[list-item]


def a_member_of_a_union_is_told_apart_by_its_tag_though_there_may_be_new_ones(
    client: Letters,
) -> None:
    letter = client.letters.send(to={"street": "Elm"}, parts=[])
    for part in letter.parts or []:
        if part.type == "text":
            assert_type(part, models.Text)
        elif part.type == "enclosure":
            assert_type(part, models.Enclosure)
        else:
            assert_type(part, models.UnknownVariant)
    if letter.carried_by and letter.carried_by.kind_of == "rider":
        assert_type(letter.carried_by, models.Rider)


def what_may_be_new_cannot_be_taken_for_what_is_known(client: Letters) -> None:
    letter = client.letters.send(to={"street": "Elm"}, parts=[])
    _ = letter.parts[0].text  # type: ignore[index, union-attr]


def what_came_can_be_sent_back(client: Letters) -> None:
    letter = client.letters.send(to={"street": "Elm"}, parts=[])
    client.letters.send(to=letter.to, parts=letter.parts or [])
