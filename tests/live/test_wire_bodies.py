"""Bodies on the wire: JSON, forms, text and bytes, and what the `Content-Type` says of them.

Parts and files are in `test_wire_files.py`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import inspect
import io
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from live.conftest import Send

JSON = "application/json"

JSON_BODIES = [
    pytest.param("json", {"text": "ü"}, '{"text":"ü"}', id="members"),
    pytest.param("json", {"text": "t", "parent": None}, '{"text":"t","parent":null}', id="null"),
    pytest.param(
        "json",
        {"text": "t", "at": dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "range": {"from": 1}},
        '{"text":"t","at":"2026-01-02T00:00:00Z","range":{"from":1}}',
        id="date-time and object",
    ),
    pytest.param("json", {"text": "t", "secret": "s"}, '{"text":"t","secret":"s"}', id="writeOnly"),
    pytest.param("required", {}, "{}", id="required, without any member"),
    pytest.param("union", {"body": {"to": 2}}, '{"to":2}', id="union"),
    pytest.param("array", {"body": [{"from": 1}, {"to": 2}]}, '[{"from":1},{"to":2}]', id="array"),
    pytest.param("array", {"body": []}, "[]", id="empty array"),
    pytest.param("primitive", {"body": "a"}, '"a"', id="text"),
    pytest.param("primitive", {"body": 1}, "1", id="number"),
    pytest.param("primitive", {"body": None}, "null", id="null alone"),
]


@pytest.mark.parametrize(("method", "arguments", "written"), JSON_BODIES)
def test_a_json_body_is_written(
    send: Send, method: str, arguments: dict[str, Any], written: str
) -> None:
    sent = send(f"bodies.{method}", **arguments)
    assert (sent.header("content-type"), sent.body) == (JSON, written.encode())
    assert sent.header("content-length") == str(len(written.encode()))


def test_models_are_bodies_by_the_names_that_the_api_knows(
    send: Send, sdk: Callable[[str], ModuleType]
) -> None:
    models = sdk("wire/openapi.yaml").models
    body = models.Search.model_validate({"range": {"from": 1}, "tags": ["a"]})
    assert send("bodies.union", body=body).body == b'{"tags":["a"],"range":{"from":1}}'


def test_other_json_says_what_it_is(send: Send) -> None:
    sent = send("bodies.patch", to=1)
    assert (sent.header("content-type"), sent.body) == ("application/merge-patch+json", b'{"to":1}')


@pytest.mark.parametrize("method", ["optional", "array", "bytes"])
def test_an_optional_body_that_is_not_given_is_none(send: Send, method: str) -> None:
    sent = send(f"bodies.{method}")
    assert (sent.header("content-type"), sent.body) == (None, b"")


def test_an_optional_body_that_is_given_is_sent(send: Send) -> None:
    sent = send("bodies.optional", text="")
    assert (sent.header("content-type"), sent.body) == (JSON, b'{"text":""}')


def test_what_is_read_only_is_no_argument(sdk: Callable[[str], ModuleType]) -> None:
    with sdk("wire/openapi.yaml").Wire() as client:
        names = inspect.signature(client.bodies.json).parameters
    assert [*names] == ["text", "secret", "at", "range", "parent", "options"]


FORMS = [
    # WHATWG URL, section 5.2
    pytest.param({"text": "a b&c=d*-._~ü"}, "text=a+b%26c%3Dd*-._%7E%C3%BC", id="text"),
    pytest.param({"text": ""}, "text=", id="empty text"),
    pytest.param({"flag": True}, "flag=true", id="boolean"),
    # OpenAPI 3.1, section 4.8.14.3: arrays exploded, objects as JSON
    pytest.param({"tags": ["a", "b c"]}, "tags=a&tags=b+c", id="array"),
    pytest.param({"json": {"from": 1}}, "json=%7B%22from%22%3A1%7D", id="object"),
    # OpenAPI 3.1, section 4.8.15.1
    pytest.param({"joined": ["a", "b,c"]}, "joined=a,b%2Cc", id="explode: false"),
    pytest.param({"pipes": ["a", "b"]}, "pipes=a%7Cb", id="pipeDelimited"),
    pytest.param(
        {"deep": {"name": "n", "range": {"to": 1}}},
        "deep%5Bname%5D=n&deep%5Brange%5D%5Bto%5D=1",
        id="deepObject",
    ),
    pytest.param({"exploded": {"from": 1, "to": 2}}, "from=1&to=2", id="form of an object"),
    pytest.param({"json_tags": ["a"]}, "json_tags=%5B%22a%22%5D", id="contentType JSON"),
    pytest.param({"reserved": "a/b?c&d"}, "reserved=a/b?c%26d", id="allowReserved"),
    pytest.param({"text": "1", "tags": ["2"]}, "text=1&tags=2", id="several fields"),
]


@pytest.mark.parametrize(("arguments", "written"), FORMS)
def test_a_form_is_written_by_its_encoding(
    send: Send, arguments: dict[str, Any], written: str
) -> None:
    sent = send("bodies.form", **arguments)
    assert sent.header("content-type") == "application/x-www-form-urlencoded"
    assert sent.body.decode() == written


def _generated() -> Iterator[bytes]:
    yield from (b"gene", b"rated")


async def _awaited() -> AsyncIterator[bytes]:
    for piece in (b"awa", b"ited"):
        yield piece


BYTES: list[Any] = [
    pytest.param(lambda _: b"\x00raw", b"\x00raw", "4", id="bytes"),
    pytest.param(lambda path: path, b"disk", "4", id="path"),
    pytest.param(lambda path: path.open("rb"), b"disk", "4", id="open file"),
    pytest.param(lambda _: io.BytesIO(b"memory"), b"memory", "6", id="file in memory"),
    pytest.param(lambda path: ("n.bin", path), b"disk", "4", id="named"),
    pytest.param(lambda _: [b"a", b"b"], b"ab", None, id="pieces"),
    pytest.param(lambda _: _generated(), b"generated", None, id="generator"),
]


@pytest.mark.parametrize(("make", "written", "length"), BYTES)
def test_bytes_come_from_wherever_they_are(
    send: Send, tmp_path: Path, make: Callable[[Path], Any], written: bytes, length: str | None
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"disk")
    body = make(path)
    with contextlib.closing(body) if hasattr(body, "close") else contextlib.nullcontext():
        sent = send("bodies.bytes", body=body)
    assert (sent.header("content-type"), sent.body) == ("application/octet-stream", written)
    # RFC 9112, section 6: a length where it is known, else chunks.
    assert sent.header("content-length") == length
    assert sent.header("transfer-encoding") == (None if length else "chunked")


def test_an_asynchronous_iterable_needs_an_event_loop(
    send: Send, request: pytest.FixtureRequest
) -> None:
    if request.node.callspec.params["send"] == "threads":
        with pytest.raises(ValueError, match="asynchronous client"):
            send("bodies.bytes", body=_awaited())
    else:
        assert send("bodies.bytes", body=_awaited()).body == b"awaited"


@pytest.mark.parametrize(
    ("value", "said"),
    [(io.StringIO("text"), "binary mode"), ({"a": 1}, "no bytes")],
)
def test_what_has_no_bytes_is_refused(send: Send, value: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        send("bodies.bytes", body=value)


IMAGES: list[Any] = [
    pytest.param(b"x", {}, "image/png", id="the first"),
    pytest.param(("a.jpeg", b"x"), {}, "image/jpeg", id="by name"),
    pytest.param(("a", b"x", "image/webp"), {}, "image/webp", id="as the file says"),
    pytest.param(b"x", {"Content-Type": "image/jpeg"}, "image/jpeg", id="as the call says"),
]


@pytest.mark.parametrize(("body", "headers", "media_type"), IMAGES)
def test_of_several_types_of_bytes_the_file_decides(
    send: Send, body: Any, headers: dict[str, str], media_type: str
) -> None:
    sent = send("bodies.images", body=body, extra_headers=headers)
    assert (sent.header("content-type"), sent.body) == (media_type, b"x")


@pytest.mark.parametrize(
    ("method", "media_type"), [("text", "text/markdown"), ("xml", "application/xml")]
)
@pytest.mark.parametrize("body", ["<a>ü</a>", "<a>ü</a>".encode()])
def test_text_goes_as_it_is(send: Send, method: str, media_type: str, body: Any) -> None:
    sent = send(f"bodies.{method}", body=body)
    assert (sent.header("content-type"), sent.body) == (media_type, "<a>ü</a>".encode())


SEVERAL: list[Any] = [
    pytest.param({}, {}, JSON, b'{"prompt":"p"}', id="JSON first"),
    pytest.param(
        {"image": "https://x"}, {}, JSON, b'{"prompt":"p","image":"https://x"}', id="text"
    ),
    pytest.param(
        {},
        {"Content-Type": "application/x-www-form-urlencoded"},
        "application/x-www-form-urlencoded",
        b"prompt=p",
        id="as the call says",
    ),
]


@pytest.mark.parametrize(("arguments", "headers", "media_type", "written"), SEVERAL)
def test_of_several_media_types_the_best_is_sent(
    send: Send, arguments: dict[str, Any], headers: dict[str, str], media_type: str, written: bytes
) -> None:
    sent = send("bodies.several", prompt="p", **arguments, extra_headers=headers)
    assert (sent.header("content-type"), sent.body) == (media_type, written)


def test_members_that_no_document_has_are_added(send: Send) -> None:
    assert send("bodies.form", text="t", extra_body={"new": [1]}).body == b"text=t&new=1"
    assert send("bodies.optional", extra_body={"new": 1}).body == b'{"new":1}'
