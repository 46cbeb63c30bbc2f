"""Forms of parts on the wire (RFC 7578), and files that are read while they are sent."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from live.conftest import Send
from servers.recording import Recorder, Request


def parts_of(sent: Request) -> list[str]:
    """The parts of a body: each with its head, and without what stands between them."""
    match = re.fullmatch(
        r"multipart/[a-z-]+; boundary=([0-9a-f]{32})", sent.header("content-type") or ""
    )
    assert match, sent.header("content-type")
    # RFC 2046, section 5.1.1
    first, *parts, last = f"\r\n{sent.body.decode()}".split(f"\r\n--{match[1]}")
    assert (first, last) == ("", "--\r\n")
    return [part.removeprefix("\r\n") for part in parts]


def field(name: str, content: str, media_type: str | None = None) -> str:
    said = f"\r\nContent-Type: {media_type}" if media_type else ""
    return f'Content-Disposition: form-data; name="{name}"{said}\r\n\r\n{content}'


def file(name: str, filename: str, media_type: str, content: str) -> str:
    disposition = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
    return f"{disposition}\r\nContent-Type: {media_type}\r\n\r\n{content}"


OCTETS = "application/octet-stream"

FIELDS: list[Any] = [
    # RFC 7578, section 4.4: text needs no type.
    pytest.param({"count": 7}, [field("count", "7")], id="integer"),
    pytest.param({"flag": False}, [field("flag", "false")], id="boolean"),
    pytest.param({"day": dt.date(2026, 1, 2)}, [field("day", "2026-01-02")], id="date"),
    # RFC 7578, section 4.3: a part for each item
    pytest.param({"tags": ["a", "b"]}, [field("tags", "a"), field("tags", "b")], id="array"),
    pytest.param({"tags": []}, [], id="empty array"),
    # OpenAPI 3.1, section 4.8.15.1: JSON by default for objects
    pytest.param(
        {"note": {"from": 1}}, [field("note", '{"from":1}', "application/json")], id="object"
    ),
    pytest.param(
        {"notes": [{"from": 1}, {"to": 2}]},
        [
            field("notes", '{"from":1}', "application/json"),
            field("notes", '{"to":2}', "application/json"),
        ],
        id="array of objects",
    ),
    # OpenAPI 3.1, section 4.8.15.1: encoding
    pytest.param({"quoted": "q"}, [field("quoted", '"q"', "application/json")], id="contentType"),
    pytest.param(
        {"markdown": "# m"}, [field("markdown", "# m", "text/markdown")], id="contentType text"
    ),
    pytest.param({"joined": ["a", "b"]}, [field("joined", "a,b")], id="explode: false"),
    pytest.param({"deep": {"from": 1}}, [field("deep[from]", "1")], id="deepObject"),
    # RFC 7578, section 4.2: files have names.
    pytest.param({"file": b"raw"}, [file("file", "upload", OCTETS, "raw")], id="bytes"),
    pytest.param({"file": ("n.txt", b"x")}, [file("file", "n.txt", "text/plain", "x")], id="named"),
    pytest.param(
        {"file": ("n.txt", b"x", "text/x-new")},
        [file("file", "n.txt", "text/x-new", "x")],
        id="named and typed",
    ),
    pytest.param(
        {"files": [b"1", ("2.txt", b"2")]},
        [file("files", "upload", OCTETS, "1"), file("files", "2.txt", "text/plain", "2")],
        id="array of files",
    ),
    pytest.param(
        {"picture": b"x"}, [file("picture", "upload", "image/png", "x")], id="contentMediaType"
    ),
    pytest.param(
        {"either": ("a.jpg", b"x")}, [file("either", "a.jpg", "image/jpeg", "x")], id="one of two"
    ),
    pytest.param(
        {"either": ("a.txt", b"x")},
        [file("either", "a.txt", "image/png", "x")],
        id="neither",
    ),
    # WHATWG HTML, multipart/form-data encoding algorithm
    pytest.param(
        {"file": ('a"\r\nü.bin', b"x", OCTETS)},
        [file("file", "a%22%0D%0Aü.bin", OCTETS, "x")],
        id="a name that would leave its place",
    ),
    pytest.param(
        {"extra_body": {'a"\r\nb': "1"}}, [field("a%22%0D%0Ab", "1")], id="likewise of a field"
    ),
]


@pytest.mark.parametrize(("arguments", "written"), FIELDS)
def test_each_field_is_a_part(send: Send, arguments: dict[str, Any], written: list[str]) -> None:
    sent = send("bodies.parts", text="t", **arguments)
    assert parts_of(sent) == [field("text", "t"), *written]
    assert sent.header("content-length") == str(len(sent.body))


DIGEST = {"X-Digest": "d"}
HEADERS: list[Any] = [
    # OpenAPI 3.1, section 4.8.15.1: headers
    pytest.param(
        {"text": "t"},
        [["X-Constant: a b", "X-Enum: 7", "X-Default: true", "", "t"]],
        id="those that have one value",
    ),
    pytest.param({"pair": ["a", "b"]}, [["X-Constant: c", "", "a,b"]], id="beside a style"),
    pytest.param(
        {"file": ("a", b"x", OCTETS, DIGEST)},
        [[f"Content-Type: {OCTETS}", "X-Constant: c", "X-Digest: d", "", "x"]],
        id="those of a file",
    ),
    pytest.param(
        {"file": ("a", b"x", None, {"x-constant": "e"})},
        [[f"Content-Type: {OCTETS}", "x-constant: e", "", "x"]],
        id="the file's own go first, in whatever case",
    ),
    pytest.param(
        {"files": [("a", b"1", OCTETS, DIGEST), b"2"]},
        [
            [f"Content-Type: {OCTETS}", "X-Digest: d", "", "1"],
            [f"Content-Type: {OCTETS}", "", "2"],
        ],
        id="those of each file alone",
    ),
]


@pytest.mark.parametrize(("arguments", "written"), HEADERS)
def test_a_part_has_its_headers(
    send: Send, arguments: dict[str, Any], written: list[list[str]]
) -> None:
    sent = send("bodies.headed", **arguments)
    assert [part.split("\r\n")[1:] for part in parts_of(sent)] == written
    assert sent.header("content-length") == str(len(sent.body))


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"X-Digest": "a\r\nEvil: 1"}, r"U\+000D"),
        ({"X-Digest": "ü"}, r"U\+00FC"),
        ({"X-Digest\r\nEvil": "1"}, "not the name of a header"),
        ({"content-disposition": "form-data"}, "its field and its file name"),
        ({"Content-Type": "text/html"}, "the media type in the file's tuple"),
    ],
)
def test_no_header_of_a_part_leaves_its_place(
    send: Send, headers: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        send("bodies.headed", file=("a", b"x", None, headers))


def test_a_file_that_is_the_whole_body_has_no_headers_of_a_part(send: Send) -> None:
    with pytest.raises(ValueError, match="extra_headers"):
        send("bodies.bytes", body=("a", b"x", None, DIGEST))


def test_a_path_is_a_file_with_its_name(send: Send, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"disk")
    with path.open("rb") as opened:
        sent = send(
            "bodies.parts", text="t", file=path, files=[opened, ("b.txt", path), io.BytesIO(b"m")]
        )
    assert parts_of(sent)[1:] == [
        file("file", "a.txt", "text/plain", "disk"),
        file("files", "a.txt", "text/plain", "disk"),
        file("files", "b.txt", "text/plain", "disk"),
        file("files", "upload", OCTETS, "m"),
    ]


def test_other_forms_of_parts_say_what_they_are(send: Send) -> None:
    sent = send("bodies.mixed", file=b"x")
    assert (sent.header("content-type") or "").startswith("multipart/mixed; boundary=")
    assert parts_of(sent) == [file("file", "upload", OCTETS, "x")]


def test_of_several_media_types_parts_are_sent_where_there_is_a_file(send: Send) -> None:
    sent = send("bodies.several", prompt="p", image=b"x")
    assert parts_of(sent) == [field("prompt", "p"), file("image", "upload", OCTETS, "x")]


def test_a_call_may_ask_for_parts(send: Send) -> None:
    sent = send("bodies.several", prompt="p", extra_headers={"content-type": "multipart/form-data"})
    assert parts_of(sent) == [field("prompt", "p")]


REFUSED: list[Any] = [
    pytest.param({"joined": ["a,b"]}, ValueError, "','", id="a comma in a joined array"),
    pytest.param(
        {"file": ("n", b"x", "text/plain\r\nEvil: 1")}, ValueError, r"U\+000D", id="a line end"
    ),
    pytest.param({"file": io.StringIO("x")}, TypeError, "binary mode", id="a file of text"),
    pytest.param({"file": Path("/nowhere/at/all")}, FileNotFoundError, "nowhere", id="no file"),
]


@pytest.mark.parametrize(("arguments", "error", "said"), REFUSED)
def test_what_cannot_be_a_part_is_refused(
    send: Send, arguments: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        send("bodies.parts", text="t", **arguments)


BIG = 32 * 1024 * 1024


class Counting(httpx.BaseTransport):
    """Takes requests in the place of a connection, and counts the bytes of their bodies."""

    def __init__(self) -> None:
        self.size = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        self.size = sum(map(len, request.stream))
        assert request.headers["Content-Length"] == str(self.size)
        return httpx.Response(204)


@pytest.mark.parametrize("method", ["parts", "bytes"])
def test_a_file_is_not_read_into_memory(
    sdk: Callable[[str], ModuleType], tmp_path: Path, method: str
) -> None:
    path = tmp_path / "big"
    with path.open("wb") as big:
        big.truncate(BIG)
    arguments = {"text": "t", "file": path} if method == "parts" else {"body": path}
    counting = Counting()
    with sdk("wire/openapi.yaml").Wire(http_client=httpx.Client(transport=counting)) as client:
        tracemalloc.start()
        getattr(client.bodies, method)(**arguments)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert counting.size >= BIG
    assert peak < BIG / 8


REPLAYED: list[Any] = [
    pytest.param(lambda path: path, id="path"),
    pytest.param(lambda path: path.open("rb"), id="open file"),
    pytest.param(lambda _: io.BytesIO(b"disk"), id="file in memory"),
    pytest.param(lambda _: b"disk", id="bytes"),
]


@pytest.mark.parametrize("make", REPLAYED)
@pytest.mark.parametrize("method", ["parts", "bytes"])
def test_a_file_is_sent_again_when_the_call_is_tried_again(
    send: Send, recorder: Recorder, tmp_path: Path, method: str, make: Callable[[Path], Any]
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"disk")
    recorder.answers = [503]
    before = len(recorder.requests)
    content = make(path)
    arguments = {"text": "t", "file": content} if method == "parts" else {"body": content}
    with contextlib.closing(content) if hasattr(content, "close") else contextlib.nullcontext():
        send(f"bodies.{method}", **arguments)
    first, second = recorder.requests[before:]
    assert first.body == second.body
    assert b"disk" in second.body


def test_a_file_is_sent_from_where_it_stands(send: Send) -> None:
    opened = io.BytesIO(b"before,after")
    opened.seek(7)
    assert send("bodies.bytes", body=opened).body == b"after"


def test_what_can_be_read_once_is_sent_once(
    send: Send, recorder: Recorder, sdk: Callable[[str], ModuleType]
) -> None:
    recorder.answers = [503]
    before = len(recorder.requests)
    with pytest.raises(sdk("wire/openapi.yaml").InternalServerError):
        send("bodies.bytes", body=iter([b"once"]))
    assert len(recorder.requests) == before + 1
