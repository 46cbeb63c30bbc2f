from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Literal

import pydantic
import pytest

from sdkgen_runtime import UNSET, Body
from sdkgen_runtime.bodies import encode
from sdkgen_runtime.mediatypes import is_json
from sdkgen_runtime.uploads import Stream


class Turn(pydantic.BaseModel):
    role: Literal["user"] = "user"
    text: str
    name: str | None = pydantic.Field(default=None, alias="the-name")


def sent(media_type: str | None, value: Any, extra: dict[str, Any] | None = None) -> bytes:
    payload = encode(Body(media_type) if media_type else None, value, extra)
    content = payload.content
    return content if isinstance(content, bytes) else b"".join(content or ())


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/json", True),
        ("Application/JSON; charset=utf-8", True),
        ("application/problem+json", True),
        ("application/jsonl", False),
        ("text/plain", False),
    ],
)
def test_json_is_known_by_its_media_type(media_type: str, *, expected: bool) -> None:
    assert is_json(media_type) is expected


def test_json_has_wire_names_set_fields_and_literal_defaults() -> None:
    value = {"turns": [Turn(text="hi")], "limit": UNSET, "stop": None}
    assert sent("application/json", value) == (
        b'{"turns":[{"role":"user","text":"hi"}],"stop":null}'
    )
    assert encode(Body("application/json"), value).media_type == "application/json"


def test_json_may_be_any_value() -> None:
    assert sent("application/json", "text") == b'"text"'
    assert sent("application/json", None) == b"null"
    assert sent("application/json", [1, "ü"]) == '[1,"ü"]'.encode()
    assert sent("application/json", b'{"raw":1}') == b'{"raw":1}'


def test_no_value_is_no_body() -> None:
    assert encode(Body("application/json"), UNSET).content is None
    assert encode(None, {"a": 1}).content is None


def test_extra_members_are_added_to_objects() -> None:
    assert sent("application/json", {"a": 1}, {"b": 2, "a": 3}) == b'{"a":3,"b":2}'
    assert sent("application/json", Turn(text="t"), {"b": 2}) == (
        b'{"role":"user","text":"t","b":2}'
    )
    assert sent(None, UNSET, {"b": 2}) == b'{"b":2}'


def test_extra_members_of_something_else_are_refused() -> None:
    with pytest.raises(ValueError, match="extra_body"):
        encode(Body("application/json"), [1], {"b": 2})


def test_a_form_is_urlencoded() -> None:
    value = {"a": "x y&z", "b": [1, True, None], "c": None, "d": {"k": 1}, "e": UNSET}
    assert sent("application/x-www-form-urlencoded", value) == (
        b"a=x+y%26z&b=1&b=true&d=%7B%22k%22%3A1%7D"
    )


def test_text_and_bytes_go_as_they_are() -> None:
    assert sent("text/plain", "grün") == "grün".encode()
    assert sent("application/octet-stream", b"\xff") == b"\xff"
    assert sent("application/octet-stream", bytearray(b"\xff")) == b"\xff"
    assert sent("application/octet-stream", memoryview(b"\xff")) == b"\xff"


def test_files_by_path_name_and_handle_go_as_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"disk")
    assert sent("application/octet-stream", path) == b"disk"
    assert sent("application/octet-stream", ("b.bin", b"named")) == b"named"
    stream = encode(Body("application/octet-stream"), io.BytesIO(b"open")).content
    assert isinstance(stream, Stream)
    assert [b"".join(stream), b"".join(stream)] == [b"open", b"open"]


def test_a_multipart_form_has_a_part_a_field_and_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"disk")
    value = {
        "path": path,
        "bytes": b"raw",
        "open": io.BytesIO(b"open"),
        "named": ("n.txt", b"named"),
        "typed": ("t.txt", path, "text/csv"),
        "several": [b"1", b"2"],
        "plain": 7,
        "flag": True,
        "object": Turn(text="t"),
        "unset": UNSET,
        "none": None,
    }
    body = sent("multipart/form-data", value)
    for part in (
        b'name="path"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\ndisk\r\n',
        b'name="bytes"; filename="upload"\r\nContent-Type: application/octet-stream\r\n\r\nraw',
        b'name="open"; filename="upload"\r\nContent-Type: application/octet-stream\r\n\r\nopen',
        b'name="named"; filename="n.txt"\r\nContent-Type: text/plain\r\n\r\nnamed',
        b'name="typed"; filename="t.txt"\r\nContent-Type: text/csv\r\n\r\ndisk',
        b'name="plain"\r\n\r\n7\r\n',
        b'name="flag"\r\n\r\ntrue\r\n',
        b'name="object"\r\nContent-Type: application/json\r\n\r\n{"role":"user","text":"t"}\r\n',
    ):
        assert part in body
    assert body.count(b'name="several"') == 2
    assert b"unset" not in body
    assert b'name="none"' not in body


def test_a_name_cannot_leave_its_part() -> None:
    body = sent("multipart/form-data", {'a"\r\nEvil: 1': ('f"\r\nEvil: 2', b"x")})
    assert b"\r\nEvil" not in body


def test_extra_members_leave_the_files_of_a_form_alone() -> None:
    assert b"raw" in sent("multipart/form-data", {"f": b"raw"}, {"note": "n"})


def test_half_a_character_is_not_sent() -> None:
    with pytest.raises(TypeError, match=r"is text with a lone surrogate, which cannot be sent\.$"):
        encode(Body("application/json"), {"a": "\ud800"})
