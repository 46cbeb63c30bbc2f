"""Forms whose fields are parts: `multipart/form-data` (RFC 7578, OpenAPI 3.1 section 4.8.14.4)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .mediatypes import is_json
from .params import header_value
from .request import UNSET, Body
from .styles import DELIMITERS, json_text, parts, text
from .uploads import Named, Source, Stream, guessed, is_file, is_several, source
from .values import jsonable

_ESCAPES: Final = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""WHATWG HTML, "multipart/form-data encoding algorithm": what would end a name."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form.

    Attributes:
        filename: None for a field that is no file.
        media_type: None for text, for which nothing needs to be said (RFC 7578, section 4.4).
    """

    name: str
    content: bytes | Source
    filename: str | None = None
    media_type: str | None = None

    def head(self, boundary: str) -> bytes:
        """What stands before the content."""
        disposition = f'form-data; name="{self.name.translate(_ESCAPES)}"'
        if self.filename is not None:
            disposition += f'; filename="{self.filename.translate(_ESCAPES)}"'
        lines = [f"--{boundary}", f"Content-Disposition: {disposition}"]
        if self.media_type is not None:
            lines.append(f"Content-Type: {header_value('Content-Type', self.media_type)}")
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
    declared = body.parts.get(name)
    if style is not None and not is_file(value):
        # Nothing is encoded here: a comma between items is one in them, too.
        delimiter = DELIMITERS.get(style.name, ",")
        for part in parts(name, value, style, bare="" if style.explode else delimiter):
            said = delimiter.join(map(str, part.texts))
            yield Part(name if part.key is None else part.key, said.encode())
        return
    for item in value if is_several(value) else [value]:
        if item is not UNSET and item is not None:
            yield _file(name, item, declared) if is_file(item) else _value(name, item, declared)


def _file(name: str, value: Any, declared: str | None) -> Part:
    file = Named.of(value)
    allowed = [one.strip() for one in (declared or "").split(",") if one.strip()]
    media_type = file.media_type or guessed(file.name, allowed)
    return Part(name, source(file.content), file.name, media_type)


def _value(name: str, value: Any, declared: str | None) -> Part:
    """A field that is no file: text, or JSON for what has members (§4.8.15.1)."""
    plain = jsonable(value)
    media_type = declared and declared.partition(",")[0].strip()
    if media_type is None and isinstance(plain, Mapping | list):
        media_type = "application/json"
    said = json_text(plain) if media_type is not None and is_json(media_type) else text(plain)
    return Part(name, said.encode(), media_type=media_type)
