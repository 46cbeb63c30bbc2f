"""Forms whose fields are parts: `multipart/form-data` (RFC 7578, OpenAPI 3.1 section 4.8.14.4)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from .mediatypes import is_json
from .params import header_value, headers
from .request import UNSET, Body
from .styles import DELIMITERS, json_text, parts, text
from .uploads import Named, Source, Stream, guessed, is_file, is_several, source
from .values import jsonable_at

_ESCAPES: Final = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""WHATWG HTML, "multipart/form-data encoding algorithm": what would end a name."""
_OURS: Final = {
    "content-disposition": "its field and its file name",
    "content-type": "the media type in the file's tuple",
}
"""The headers of a part that are made here, and of what (OpenAPI 3.1, section 4.8.15.1)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form.

    Attributes:
        filename: None for a field that is no file.
        media_type: None for text, for which nothing needs to be said (RFC 7578, section 4.4).
        headers: What else its head says.
    """

    name: str
    content: bytes | Source
    filename: str | None = None
    media_type: str | None = None
    headers: httpx.Headers = field(default_factory=httpx.Headers)

    def head(self, boundary: str) -> bytes:
        """What stands before the content."""
        disposition = f'form-data; name="{self.name.translate(_ESCAPES)}"'
        if self.filename is not None:
            disposition += f'; filename="{self.filename.translate(_ESCAPES)}"'
        lines = [f"--{boundary}", f"Content-Disposition: {disposition}"]
        if self.media_type is not None:
            lines.append(f"Content-Type: {header_value('Content-Type', self.media_type)}")
        lines += [f"{name.decode()}: {value.decode()}" for name, value in self.headers.raw]
        return "\r\n".join([*lines, "", ""]).encode()


def multipart(media_type: str, members: Mapping[str, Any], body: Body) -> tuple[str, Stream]:
    """A form with a part for each field and file: its media type, and its bytes.

    Raises:
        OSError: There is no such file, or it may not be read.
        TypeError: A file was opened as text.
        ValueError: A value cannot be sent in its style.
    """
    boundary = secrets.token_hex(16)
    segments: list[bytes | Source] = []
    for name, value in members.items():
        if value is not UNSET and value is not None:
            for part in _field(name, value, body):
                segments += [part.head(boundary), part.content, b"\r\n"]
    segments.append(f"--{boundary}--\r\n".encode())
    return f"{media_type}; boundary={boundary}", Stream(segments)


def _field(name: str, value: Any, body: Body) -> Iterator[Part]:
    """The parts of one field: in its style where it has one, else an array item by item."""
    style = body.styles.get(name)
    declared, said = body.parts.get(name), body.headers.get(name, {})
    if style is not None and not is_file(value):
        # Nothing is encoded here: a comma between items is one in them, too.
        delimiter = DELIMITERS.get(style.name, ",")
        for part in parts(name, value, style, bare="" if style.explode else delimiter):
            content = delimiter.join(map(str, part.texts)).encode()
            yield Part(name if part.key is None else part.key, content, headers=_headers(said))
        return
    for item in value if is_several(value) else [value]:
        if item is not UNSET and item is not None:
            written = _file if is_file(item) else _value
            yield written(name, item, declared, said)


def _headers(*given: Mapping[str, str]) -> httpx.Headers:
    """Headers of a part: of those that are given twice, in whatever case, the last.

    Raises:
        ValueError: One is made of something else, or could not stay in its place.
    """
    found = httpx.Headers()
    for one in given:
        for name in one:
            if name.lower() in _OURS:
                raise ValueError(f"The {name} of a part is made of {_OURS[name.lower()]}.")
        found.update(headers(one, {}))
    return found


def _file(name: str, value: Any, declared: str | None, said: Mapping[str, str]) -> Part:
    file = Named.of(value)
    allowed = [one.strip() for one in (declared or "").split(",") if one.strip()]
    media_type = file.media_type or guessed(file.name, allowed)
    found = _headers(said, file.headers)
    return Part(name, source(file.content), file.name, media_type, found)


def _value(name: str, value: Any, declared: str | None, said: Mapping[str, str]) -> Part:
    """A field that is no file: text, or JSON for what has members (§4.8.15.1)."""
    plain = jsonable_at(name, value)
    media_type = declared and declared.partition(",")[0].strip()
    if media_type is None and isinstance(plain, Mapping | list):
        media_type = "application/json"
    written = json_text(plain) if media_type is not None and is_json(media_type) else text(plain)
    return Part(name, written.encode(), media_type=media_type, headers=_headers(said))
