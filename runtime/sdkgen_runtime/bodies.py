"""Request bodies: from arguments to bytes, by media type."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode

import pydantic_core

from .params import jsonable
from .request import UNSET

File = (
    bytes
    | IO[bytes]
    | os.PathLike[str]
    | tuple[str, bytes | IO[bytes]]
    | tuple[str, bytes | IO[bytes], str]
)
"""What can be uploaded: bytes, an open file, a path, or one of these with a file name before it
and perhaps a media type after it."""


@dataclass(frozen=True, slots=True)
class Body:
    """A request's body, in the words of the HTTP library.

    Attributes:
        media_type: What the `Content-Type` says; None where the HTTP library says it.
        content: The arguments that carry the body.
    """

    media_type: str | None = None
    content: Mapping[str, Any] = field(default_factory=dict)


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON (RFC 8259, or the suffix of RFC 6839)."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence == "application/json" or essence.endswith("+json")


def encode(media_type: str | None, value: Any, extra: Mapping[str, Any] | None) -> Body:
    """The body that carries a value.

    Raises:
        ValueError: There are extra members and the body is not an object.
    """
    if extra:
        if value is not UNSET and not isinstance(value, Mapping):
            raise ValueError("extra_body adds to a body that is an object; this one is not.")
        value = {**({} if value is UNSET else value), **extra}
        media_type = media_type or "application/json"
    if value is UNSET or media_type is None:
        return Body()
    if media_type.startswith("multipart/"):
        return Body(content={"files": list(_parts(value))})
    if media_type == "application/x-www-form-urlencoded":
        pairs = urlencode(_form(jsonable(value)), doseq=True)
        return Body(media_type, {"content": pairs.encode()})
    if isinstance(value, bytes | AsyncIterable) or hasattr(value, "read"):
        return Body(media_type, {"content": value})
    if isinstance(value, str) and not is_json(media_type):
        return Body(media_type, {"content": value.encode()})
    return Body(media_type, {"content": pydantic_core.to_json(jsonable(value))})


def _form(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _field(value) for name, value in members.items() if value is not None}


def _field(value: Any) -> Any:
    if isinstance(value, list):
        return [_field(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return pydantic_core.to_json(value).decode() if isinstance(value, Mapping) else value


def _parts(members: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The parts of a form (RFC 7578): files as they are, arrays item by item."""
    for name, value in members.items():
        if value is UNSET or value is None:
            continue
        several = isinstance(value, Iterable) and not isinstance(
            value, str | bytes | tuple | Mapping | os.PathLike
        )
        for item in value if several and not hasattr(value, "read") else [value]:
            yield name, _part(item)


def _part(value: Any) -> Any:
    """A part for the HTTP library: ``(file name, content)``, the name None for a plain field."""
    if isinstance(value, os.PathLike):
        path = Path(value)
        return path.name, path.read_bytes()
    if isinstance(value, tuple):
        return value
    if isinstance(value, bytes):
        return "upload", value
    if hasattr(value, "read"):
        return Path(str(getattr(value, "name", "upload"))).name, value
    plain = _field(jsonable(value))
    return None, plain if isinstance(plain, str) else str(plain)
