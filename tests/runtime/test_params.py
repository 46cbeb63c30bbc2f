from __future__ import annotations

import datetime as dt
import enum
import io
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pydantic
import pytest

from sdkgen_runtime import UNSET, Style
from sdkgen_runtime.params import (
    Location,
    cookie_header,
    expand_path,
    header_value,
    headers,
    query_string,
)
from sdkgen_runtime.values import jsonable

EXPLODED, JOINED = Style("form", explode=True), Style("form", explode=False)


class Colour(enum.Enum):
    RED = "red"


class Name(str):
    __slots__ = ()


class Point(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="allow", populate_by_name=True)
    kind: Literal["point"] = "point"
    x: int | None = None
    label: str | None = pydantic.Field(default=None, alias="the-label")


class Points(pydantic.RootModel[list[Point]]):
    pass


VALUES = [
    ("a b", "a%20b"),
    ("a/b?c#d&e=f;g", "a%2Fb%3Fc%23d%26e%3Df%3Bg"),
    ("%2e%2e", "%252e%252e"),
    ("grün\u2028", "gr%C3%BCn%E2%80%A8"),
    ("\0", "%00"),
    ("a\r\nb", "a%0D%0Ab"),
    (True, "true"),
    (False, "false"),
    (7, "7"),
    (1.5, "1.5"),
    (Colour.RED, "red"),
    (Name("n"), "n"),
    (dt.date(2026, 1, 2), "2026-01-02"),
    (dt.datetime(2026, 1, 2, 3, tzinfo=dt.UTC), "2026-01-02T03%3A00%3A00Z"),
    (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
]


@pytest.mark.parametrize(("value", "written"), VALUES)
def test_every_value_is_escaped_wherever_it_stands(value: Any, written: str) -> None:
    assert expand_path("/x/{id}/y", {"id": value}, {}) == f"/x/{written}/y"
    assert query_string({"q": value}, {}) == f"q={written}"
    assert query_string({"q": [value, value]}, {}) == f"q={written}&q={written}"
    assert cookie_header({"c": value}, {}) == f"c={written}"


def test_names_are_escaped_too() -> None:
    assert query_string({"a[b]&c": 1}, {}) == "a%5Bb%5D%26c=1"


@pytest.mark.parametrize("value", ["", ".", "..", None, UNSET, [], {}])
def test_a_path_argument_that_makes_another_path_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="another path"):
        expand_path("/x/{id}/y", {"id": value}, {})


def test_dots_that_come_together_are_refused() -> None:
    with pytest.raises(ValueError, match="another path"):
        expand_path("/x/{a}{b}/y", {"a": ".", "b": "."}, {})
    assert expand_path("/x/{a}.json", {"a": ".."}, {}) == "/x/...json"


def test_dots_and_slashes_in_a_value_stay_in_their_place() -> None:
    assert expand_path("/x/{id}", {"id": "../admin"}, {}) == "/x/..%2Fadmin"


@pytest.mark.parametrize("value", ["a\r\nEvil: 1", "a\nb", "\0", "grün", "\x7f"])
def test_a_header_refuses_what_it_cannot_carry(value: str) -> None:
    with pytest.raises(ValueError, match=r"header 'X' has the character U\+") as caught:
        headers({"X": value}, {})
    assert value not in str(caught.value)


@pytest.mark.parametrize("name", ["X\r\nEvil", "X:", "", "X Y", "Grün"])
def test_a_header_has_a_name_that_is_one(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a header"):
        headers({name: "1"}, {})


def test_white_space_around_a_header_is_no_part_of_it() -> None:
    assert header_value("X", " a b\t") == "a b"


def test_what_is_unset_or_none_is_left_out() -> None:
    values: dict[str, Any] = {"a": UNSET, "b": None, "c": [], "d": 0}
    assert query_string(values, {}) == "d=0"
    assert query_string({"c": []}, {("query", "c"): JOINED}) == ""
    assert headers(values, {}) == {"d": "0"}
    assert cookie_header(values, {}) == "d=0"


ARRAY = ["a", "b,c", None]
OBJECT = {"k": "v", "l": "m,n", "none": None}

STYLES = [
    ("query", ARRAY, EXPLODED, "p=a&p=b%2Cc"),
    ("query", ARRAY, JOINED, "p=a,b%2Cc"),
    ("query", OBJECT, EXPLODED, "k=v&l=m%2Cn"),
    ("query", OBJECT, JOINED, "p=k,v,l,m%2Cn"),
    ("path", ARRAY, Style("simple", explode=False), "a,b%2Cc"),
    ("path", ARRAY, Style("simple", explode=True), "a,b%2Cc"),
    ("path", OBJECT, Style("simple", explode=False), "k,v,l,m%2Cn"),
    ("path", OBJECT, Style("simple", explode=True), "k=v,l=m%2Cn"),
    ("header", ["a", "b"], Style("simple", explode=False), "a,b"),
    ("header", {"k": "v"}, Style("simple", explode=False), "k,v"),
    ("header", {"k": "v"}, Style("simple", explode=True), "k=v"),
    ("cookie", ["a", "b"], JOINED, "p=a,b"),
    ("cookie", {"k": 1}, EXPLODED, "k=1"),
]


@pytest.mark.parametrize(("location", "value", "style", "written"), STYLES)
def test_arrays_and_objects_are_written_in_their_style(
    location: Location, value: Any, style: Style, written: str
) -> None:
    styles: dict[tuple[str, str], Style] = {(location, "p"): style}
    match location:
        case "query":
            assert query_string({"p": value}, styles) == written
        case "path":
            assert expand_path("{p}", {"p": value}, styles) == written
        case "header":
            assert headers({"p": value}, styles) == {"p": written}
        case "cookie":
            assert cookie_header({"p": value}, styles) == written


def test_a_part_of_an_array_that_is_no_plain_value_is_json() -> None:
    assert query_string({"p": [{"a": 1}]}, {}) == "p=%7B%22a%22%3A1%7D"


def test_models_are_written_by_the_names_that_the_api_knows() -> None:
    point = Point.model_validate({"label": "l"})
    assert jsonable(point) == {"kind": "point", "the-label": "l"}
    assert jsonable([point]) == [{"kind": "point", "the-label": "l"}]
    assert query_string({"p": point}, {}) == "kind=point&the-label=l"


def test_an_empty_name_is_one() -> None:
    class Nameless(pydantic.BaseModel):
        field_: int = pydantic.Field(alias="")

    assert jsonable(Nameless.model_validate({"": 1})) == {"": 1}


def test_a_field_that_was_set_to_none_is_sent_and_one_that_was_not_is_left_out() -> None:
    assert jsonable(Point(x=None)) == {"kind": "point", "x": None}
    assert jsonable(Point()) == {"kind": "point"}


def test_properties_that_the_document_does_not_know_are_sent_back() -> None:
    assert jsonable(Point.model_validate({"new": Point()})) == {
        "kind": "point",
        "new": {"kind": "point"},
    }


def test_a_model_of_something_else_than_an_object_is_that_else() -> None:
    assert jsonable(Points([Point(x=1)])) == [{"kind": "point", "x": 1}]


def test_mappings_and_collections_are_walked_through() -> None:
    value = {"a": (Point(), UNSET), "b": UNSET, Colour.RED: {1}, "c": b"raw", "d": Name("n")}
    assert jsonable(value) == {"a": [{"kind": "point"}], "red": [1], "c": "raw", "d": "n"}


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (object(), "A value"),
        ([1, object()], "`1`"),
        ({"a": [{}, {"b": object()}]}, "`a.1.b`"),
        (Point.model_validate({"new": object()}), "`new`"),
    ],
)
def test_what_cannot_be_sent_is_named_and_not_shown(value: object, where: str) -> None:
    with pytest.raises(TypeError) as caught:
        jsonable(value)
    assert str(caught.value) == f"{where} is of the type `object`, which cannot be sent."


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (Path("/etc/hostname"), r"a file \(`PosixPath`\)"),
        (io.BytesIO(b"a\nb"), r"a file \(`BytesIO`\)"),
        (b"\xff", "bytes that are not UTF-8"),
    ],
)
def test_what_is_no_text_is_no_member_of_json(value: object, what: str) -> None:
    with pytest.raises(TypeError, match=f"^`a.0` is {what}, which cannot be sent"):
        jsonable({"a": [value]})


def test_bytes_are_text_of_json() -> None:
    assert jsonable([b"a", bytearray(b"b"), memoryview(b"c")]) == ["a", "b", "c"]


class Ratio(float):
    """A number of another library, as those of numpy are."""


@dataclass
class Measured:
    """An object that pydantic knows how to write."""

    value: float


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), Ratio("nan")])
def test_what_is_no_number_of_json_is_not_sent(value: float) -> None:
    with pytest.raises(TypeError, match=rf"^`a\.0` is {value}, which cannot be sent\.$"):
        jsonable({"a": [value]})
    with pytest.raises(TypeError, match=rf"^`a\.0\.value` is {value}, which cannot be sent\.$"):
        jsonable({"a": [Measured(value)]})


def test_numbers_of_other_libraries_are_numbers() -> None:
    assert jsonable([Ratio(0.5), Measured(Ratio(1.5))]) == [0.5, {"value": 1.5}]


def test_what_is_in_itself_cannot_be_sent() -> None:
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(TypeError, match="in itself, or too deep, which cannot be sent"):
        jsonable({"a": circle})


def test_a_parameter_that_cannot_be_sent_is_named() -> None:
    with pytest.raises(TypeError, match=r"`size\.1` is of the type `object`"):
        query_string({"size": [1, object()]}, {})


def test_unset_alone_is_no_value() -> None:
    with pytest.raises(ValueError, match="UNSET"):
        jsonable(UNSET)


@pytest.mark.parametrize("value", ["b; evil=1", ["ok", "b; evil=1"], ["b; evil=1", "ok"]])
def test_no_part_of_a_cookie_begins_another_one(value: Any) -> None:
    styles: dict[tuple[str, str], Style] = {("cookie", "p"): Style("cookie", explode=False)}
    assert cookie_header({"p": ["ok", "b"]}, styles) == "p=ok,b"
    with pytest.raises(ValueError, match="characters that a cookie cannot carry"):
        cookie_header({"p": value}, styles)
