"""Request bodies: from arguments to bytes, by media type."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlencode

import httpx
import pydantic
import pydantic_core

from .request import UNSET
from .values import jsonable

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
        file: The body, where it is an open file.
        replayable: Whether the body can be sent again.
    """

    media_type: str | None = None
    content: Mapping[str, Any] = field(default_factory=dict)
    file: FileStream | None = None
    replayable: bool = True

    def attach(self, request: httpx.Request) -> None:
        """Let the request send the file, if that is what its body is."""
        if self.file is None:
            return
        request.stream = self.file
        request.headers.pop("Content-Length", None)
        if self.file.size is None:
            request.headers["Transfer-Encoding"] = "chunked"
        else:
            request.headers["Content-Length"] = str(self.file.size)


class FileStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """An open file as a request's body, from where it stands, at each try anew.

    Attributes:
        size: How many bytes there are to be sent; None where the file cannot tell.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._start: int | None = None
        self.size: int | None = None
        if _is_seekable(file):
            self._start = file.tell()
            self.size = file.seek(0, os.SEEK_END) - self._start

    def __iter__(self) -> Iterator[bytes]:
        if self._start is not None:
            self._file.seek(self._start)
        while chunk := self._file.read(_FILE_CHUNK):
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


_FILE_CHUNK: Final = 64 * 1024


def _is_seekable(file: Any) -> bool:
    return bool(getattr(file, "seekable", lambda: False)())


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
        members = {} if value is UNSET else jsonable(value)
        if not isinstance(members, Mapping):
            raise ValueError("extra_body adds to a body that is an object; this one is not.")
        # Not made JSON yet: the body may be a form, with files in it.
        value = {**(value if isinstance(value, Mapping) else members), **extra}
        media_type = media_type or "application/json"
    if value is UNSET or media_type is None:
        return Body()
    if media_type.startswith("multipart/"):
        return _multipart(value)
    if media_type == "application/x-www-form-urlencoded":
        pairs = urlencode(_form(jsonable(value)), doseq=True)
        return Body(media_type, {"content": pairs.encode()})
    if (binary := _binary(media_type, value)) is not None:
        return binary
    if isinstance(value, str) and not is_json(media_type):
        return Body(media_type, {"content": value.encode()})
    return Body(media_type, {"content": pydantic_core.to_json(jsonable(value))})


def _binary(media_type: str, value: Any) -> Body | None:
    """The body that is bytes, wherever they come from."""
    named = isinstance(value, tuple) and not is_json(media_type)
    content: Any = value[1] if named else value  # there is no place for a file's name
    if isinstance(content, os.PathLike):
        content = Path(content).read_bytes()
    if isinstance(content, bytes | bytearray):
        return Body(media_type, {"content": bytes(content)})
    if hasattr(content, "read"):
        return Body(media_type, file=FileStream(content), replayable=_is_seekable(content))
    if isinstance(content, AsyncIterable):
        return Body(media_type, {"content": content}, replayable=False)
    return None


def _form(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _field(value) for name, value in members.items() if value is not None}


def _field(value: Any) -> Any:
    if isinstance(value, list):
        return [_field(item) for item in value if item is not None]
    if isinstance(value, bool):
        return "true" if value else "false"
    return pydantic_core.to_json(value).decode() if isinstance(value, Mapping) else value


def _multipart(value: Any) -> Body:
    # The members of a model are looked at one by one: files are no JSON.
    members = dict(value) if isinstance(value, pydantic.BaseModel) else value
    parts = list(_parts(members))
    files = [part[1] for _, part in parts if hasattr(part[1], "read")]
    return Body(content={"files": parts}, replayable=all(map(_is_seekable, files)))


def _parts(members: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The parts of a form (RFC 7578): files as they are, arrays item by item."""
    for name, value in members.items():
        if value is UNSET or value is None:
            continue
        several = isinstance(value, Iterable) and not isinstance(
            value, str | bytes | tuple | Mapping | os.PathLike | pydantic.BaseModel
        )
        for item in value if several and not hasattr(value, "read") else [value]:
            yield name, _part(item)


def _part(value: Any) -> Any:
    """A part for the HTTP library: ``(file name, content)``, the name None for a plain field."""
    if isinstance(value, os.PathLike):
        path = Path(value)
        return path.name, path.read_bytes()
    if isinstance(value, tuple):
        name, content, *media_type = value
        if isinstance(content, os.PathLike):
            content = Path(content).read_bytes()
        return name, content, *media_type
    if isinstance(value, bytes):
        return "upload", value
    if hasattr(value, "read"):
        return Path(str(getattr(value, "name", "upload"))).name, value
    plain = _field(jsonable(value))
    return None, plain if isinstance(plain, str) else str(plain)
