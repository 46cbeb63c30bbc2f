"""Parameters on the wire: every style, to the byte.

What is expected is what the table of OpenAPI 3.1.1, section 4.8.12.3, says for its own example
values, or, where that leaves it open, RFC 6570. The ids of the cases name their row.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from live.conftest import Send

BLUE = "blue"
ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": "100", "G": "200", "B": "150"}

PATHS = [
    # RFC 6570, section 3.2.2
    pytest.param("simple", BLUE, "blue", id="simple"),
    pytest.param("simple", ARRAY, "blue,black,brown", id="simple array"),
    pytest.param("simple", OBJECT, "R,100,G,200,B,150", id="simple object"),
    pytest.param("simple_exploded", BLUE, "blue", id="simple*"),
    pytest.param("simple_exploded", ARRAY, "blue,black,brown", id="simple* array"),
    pytest.param("simple_exploded", OBJECT, "R=100,G=200,B=150", id="simple* object"),
    # RFC 6570, section 3.2.5
    pytest.param("label", BLUE, ".blue", id="label"),
    pytest.param("label", ARRAY, ".blue,black,brown", id="label array"),
    pytest.param("label", OBJECT, ".R,100,G,200,B,150", id="label object"),
    pytest.param("label_exploded", BLUE, ".blue", id="label*"),
    pytest.param("label_exploded", ARRAY, ".blue.black.brown", id="label* array"),
    pytest.param("label_exploded", OBJECT, ".R=100.G=200.B=150", id="label* object"),
    # RFC 6570, section 3.2.7
    pytest.param("matrix", BLUE, ";color=blue", id="matrix"),
    pytest.param("matrix", "", ";color", id="matrix empty"),
    pytest.param("matrix", ARRAY, ";color=blue,black,brown", id="matrix array"),
    pytest.param("matrix", OBJECT, ";color=R,100,G,200,B,150", id="matrix object"),
    pytest.param("matrix_exploded", BLUE, ";color=blue", id="matrix*"),
    pytest.param("matrix_exploded", "", ";color", id="matrix* empty"),
    pytest.param(
        "matrix_exploded", ARRAY, ";color=blue;color=black;color=brown", id="matrix* array"
    ),
    pytest.param("matrix_exploded", OBJECT, ";R=100;G=200;B=150", id="matrix* object"),
    # RFC 6570, section 3.2.1: all but unreserved characters are percent-encoded.
    pytest.param("simple", "a/b;c?d#e,f", "a%2Fb%3Bc%3Fd%23e%2Cf", id="simple encoded"),
    pytest.param("simple", ["a,b", "ü~"], "a%2Cb,%C3%BC~", id="simple array encoded"),
    pytest.param("label_exploded", ["a/b", "c"], ".a%2Fb.c", id="label* array encoded"),
    pytest.param("matrix_exploded", {"a;b": "c=d"}, ";a%3Bb=c%3Dd", id="matrix* object encoded"),
]


@pytest.mark.parametrize(("style", "value", "written"), PATHS)
def test_a_path_parameter_is_written_in_its_style(
    send: Send, style: str, value: Any, written: str
) -> None:
    assert send(f"paths.{style}", value).path == f"/{style}/{written}/end"


def test_a_path_parameter_with_content_is_json(send: Send) -> None:
    path = send("paths.json", {"from": 1}).path
    assert path == "/json/%7B%22from%22%3A1%7D"


QUERIES = [
    # RFC 6570, section 3.2.8
    pytest.param({"form": BLUE}, "form=blue", id="form*"),
    pytest.param({"form": ""}, "form=", id="form* empty"),
    pytest.param({"form": ARRAY}, "form=blue&form=black&form=brown", id="form* array"),
    pytest.param({"form": OBJECT}, "R=100&G=200&B=150", id="form* object"),
    pytest.param({"form": []}, "", id="form* empty array"),
    pytest.param({"form": ["", "a"]}, "form=&form=a", id="form* array with empty item"),
    pytest.param({"joined": BLUE}, "joined=blue", id="form"),
    pytest.param({"joined": ""}, "joined=", id="form empty"),
    pytest.param({"joined": ARRAY}, "joined=blue,black,brown", id="form array"),
    pytest.param({"joined": OBJECT}, "joined=R,100,G,200,B,150", id="form object"),
    pytest.param({"joined": []}, "", id="form empty array"),
    pytest.param({"joined": ["a,b", "c&d"]}, "joined=a%2Cb,c%26d", id="form array encoded"),
    # OpenAPI 3.1.1, section 4.8.12.3
    pytest.param({"spaces": ARRAY}, "spaces=blue%20black%20brown", id="spaceDelimited array"),
    pytest.param(
        {"spaces": OBJECT}, "spaces=R%20100%20G%20200%20B%20150", id="spaceDelimited object"
    ),
    pytest.param({"pipes": ARRAY}, "pipes=blue%7Cblack%7Cbrown", id="pipeDelimited array"),
    pytest.param({"pipes": OBJECT}, "pipes=R%7C100%7CG%7C200%7CB%7C150", id="pipeDelimited object"),
    pytest.param(
        {"deep": OBJECT}, "deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150", id="deepObject*"
    ),
    # Undefined in OpenAPI: the project's own rule.
    pytest.param(
        {"deep": {"range": {"from": 1, "to": 2}, "tags": ["a", "b"], "flag": False}},
        "deep%5Brange%5D%5Bfrom%5D=1&deep%5Brange%5D%5Bto%5D=2"
        "&deep%5Btags%5D%5B0%5D=a&deep%5Btags%5D%5B1%5D=b&deep%5Bflag%5D=false",
        id="deepObject* nested",
    ),
    pytest.param(
        {"deep": {"ranges": [{"from": 1}, {"to": 2}]}},
        "deep%5Branges%5D%5B0%5D%5Bfrom%5D=1&deep%5Branges%5D%5B1%5D%5Bto%5D=2",
        id="deepObject* objects in array",
    ),
    # OpenAPI 3.1.1, section 4.8.12.4: but for what has a meaning in a query.
    pytest.param(
        {"reserved": ":/?#[]@!$&'()*+,;=%ü"},
        "reserved=:/?%23%5B%5D@!$%26'()*%2B,;=%25%C3%BC",
        id="allowReserved",
    ),
    pytest.param(
        {"reserved_joined": ["a/b", "c,d"]}, "reserved_joined=a/b,c%2Cd", id="allowReserved array"
    ),
    pytest.param(
        {"reserved": {"a=b": "c=d"}}, "a%3Db=c=d", id="allowReserved object: keys are encoded"
    ),
    # OpenAPI 3.1, section 4.8.12.2.3: content
    pytest.param(
        {"json": {"name": "ü&", "tags": ["a"]}},
        "json=%7B%22name%22%3A%22%C3%BC%26%22%2C%22tags%22%3A%5B%22a%22%5D%7D",
        id="content JSON",
    ),
    pytest.param({"text": "a b"}, "text=a%20b", id="content text"),
    # Values of every type
    pytest.param({"odd_name": "1"}, "odd%5Bname%5D%26=1", id="a name is encoded"),
    pytest.param({"count": -7}, "count=-7", id="integer"),
    pytest.param({"ratio": 0.5}, "ratio=0.5", id="number"),
    pytest.param({"flag": True}, "flag=true", id="boolean"),
    pytest.param({"day": dt.date(2026, 1, 2)}, "day=2026-01-02", id="date"),
    pytest.param(
        {"moment": dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)},
        "moment=2026-01-02T03%3A04%3A05Z",
        id="date-time",
    ),
    pytest.param({"order": "up"}, "order=up", id="enumeration"),
    pytest.param({"raw": b"\x00\xff a"}, "raw=%00%FF%20a", id="binary"),
    pytest.param(
        {"days": [dt.date(2026, 1, 2), dt.date(2026, 1, 3)]},
        "days=2026-01-02,2026-01-03",
        id="array of dates",
    ),
    pytest.param({}, "", id="nothing"),
]


@pytest.mark.parametrize(("arguments", "written"), QUERIES)
def test_a_query_parameter_is_written_in_its_style(
    send: Send, arguments: dict[str, Any], written: str
) -> None:
    assert send("queries.send", **arguments).query == written


UNDEFINED = [
    pytest.param({"spaces": ["a", "b c"]}, "spaces=a&spaces=b%20c", id="spaceDelimited*"),
    pytest.param({"pipe": "a|b"}, "pipe=a%7Cb", id="pipeDelimited primitive"),
    pytest.param({"deep": ["a", "b"]}, "deep%5B0%5D=a&deep%5B1%5D=b", id="deepObject* array"),
    pytest.param({"labelled": "a"}, "labelled=a", id="label in a query"),
    pytest.param({"nested": [{"to": 1}]}, "nested=%7B%22to%22%3A1%7D", id="objects in an array"),
    pytest.param({"xml": "<a/>"}, "xml=%3Ca%2F%3E", id="content of another type"),
]


@pytest.mark.parametrize(("arguments", "written"), UNDEFINED)
def test_what_openapi_leaves_undefined_is_written_as_the_findings_say(
    send: Send, arguments: dict[str, Any], written: str
) -> None:
    assert send("queries.undefined", **arguments).query == written


HEADERS = [
    pytest.param("x_simple", BLUE, "blue", id="simple"),
    pytest.param("x_simple", "a, b", "a, b", id="simple with a comma"),
    pytest.param("x_simple", ARRAY, "blue,black,brown", id="simple array"),
    pytest.param("x_simple", OBJECT, "R,100,G,200,B,150", id="simple object"),
    pytest.param("x_exploded", ARRAY, "blue,black,brown", id="simple* array"),
    pytest.param("x_exploded", OBJECT, "R=100,G=200,B=150", id="simple* object"),
    pytest.param("x_json", {"name": "ü\n"}, '{"name":"\\u00fc\\n"}', id="content JSON"),
    pytest.param("x_flag", False, "false", id="boolean"),
    pytest.param(
        "x_moment", dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "2026-01-02T00:00:00Z", id="date-time"
    ),
]


@pytest.mark.parametrize(("name", "value", "written"), HEADERS)
def test_a_header_parameter_is_written_in_its_style(
    send: Send, name: str, value: Any, written: str
) -> None:
    sent = send("headers.send", **{name: value})
    assert sent.header(name.replace("_", "-")) == written


COOKIES = [
    pytest.param({"session": "a;b c"}, "session=a%3Bb%20c", id="form* encoded"),
    pytest.param({"joined": ARRAY}, "joined=blue,black,brown", id="form array"),
    pytest.param({"joined": OBJECT}, "joined=R,100,G,200,B,150", id="form object"),
    # RFC 6265, section 4.2.1: what stands between cookies.
    pytest.param({"exploded": ["a", "b"]}, "exploded=a; exploded=b", id="form* array"),
    pytest.param({"exploded": OBJECT}, "R=100; G=200; B=150", id="form* object"),
    pytest.param({"json": {"flag": True}}, "json=%7B%22flag%22%3Atrue%7D", id="content JSON"),
    pytest.param({"session": "1", "joined": "2"}, "session=1; joined=2", id="several"),
    # OpenAPI 3.2, section 4.12.3: style cookie
    pytest.param({"plain": "a/b?c=d&e%20f"}, "plain=a/b?c=d&e%20f", id="cookie* as it is"),
    pytest.param({"plain": '"quoted"'}, 'plain="quoted"', id="cookie* quoted"),
    pytest.param({"plain": ""}, "plain=", id="cookie* empty"),
    pytest.param({"plain_joined": ARRAY}, "plain_joined=blue,black,brown", id="cookie array"),
    pytest.param({"plain_joined": OBJECT}, "plain_joined=R,100,G,200,B,150", id="cookie object"),
    pytest.param(
        {"plain_exploded": ["a", "b"]},
        "plain_exploded=a; plain_exploded=b",
        id="cookie* array",
    ),
    pytest.param({"plain_exploded": OBJECT}, "R=100; G=200; B=150", id="cookie* object"),
]


@pytest.mark.parametrize(("arguments", "written"), COOKIES)
def test_a_cookie_is_written_in_its_style(
    send: Send, arguments: dict[str, Any], written: str
) -> None:
    assert send("cookies.send", **arguments).header("cookie") == written


REFUSED = [
    pytest.param("queries.send", {"spaces": ["a b"]}, "' '", id="a space in spaceDelimited"),
    pytest.param("queries.send", {"pipes": {"a|b": "c"}}, r"'\|'", id="a pipe in pipeDelimited"),
    pytest.param("queries.send", {"deep": {"a][b": 1}}, "bracket", id="a bracket in deepObject"),
    pytest.param("headers.send", {"x_simple": ["a,b"]}, "','", id="a comma in a header's array"),
    pytest.param("headers.send", {"x_exploded": {"a=b": "c"}}, "'='", id="an = in a header's key"),
    *(
        pytest.param("cookies.send", {"plain": value}, "cannot carry", id=f"{value!r} in a cookie")
        for value in ("a; evil=1", "a\r\nEvil: 1", "a b", "a,b", "a\\b", 'a"', '"', "ü")
    ),
    pytest.param(
        "cookies.send", {"plain_joined": ["a,b"]}, "','", id="a comma in a cookie's array"
    ),
    pytest.param(
        "cookies.send", {"plain_exploded": {"a; b": "c"}}, "name of a cookie", id="a cookie's name"
    ),
    pytest.param("headers.send", {"x_simple": "a\r\nEvil: 1"}, r"U\+000D", id="a line end"),
    pytest.param("paths.simple", {"color": ""}, "another path", id="an empty segment"),
    pytest.param("paths.label", {"color": "."}, "another path", id="dots"),
]


@pytest.mark.parametrize(("method", "arguments", "said"), REFUSED)
def test_a_value_that_would_leave_its_place_is_refused(
    send: Send, method: str, arguments: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        send(method, **arguments)
