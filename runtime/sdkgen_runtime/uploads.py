"""Bytes that are sent: files, paths and iterables, read when their turn comes."""

from __future__ import annotations

import contextlib
import mimetypes
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

import httpx
import pydantic

from .mediatypes import essence
from .values import is_read

File = (
    bytes
    | IO[bytes]
    | os.PathLike[str]
    | tuple[str, bytes | IO[bytes] | os.PathLike[str]]
    | tuple[str, bytes | IO[bytes] | os.PathLike[str], str | None]
    | tuple[str, bytes | IO[bytes] | os.PathLike[str], str | None, Mapping[str, str]]
)
"""What can be uploaded: bytes, an open file, a path, or one of these with a file name before it
and perhaps a media type after it, and after that the headers of its part of a form. Files and
paths are read while they are sent."""

Content = File | Iterable[bytes] | AsyncIterable[bytes]
"""What can be a body of bytes: a file, or pieces as they come. With pieces that come but once,
and with files that cannot be rewound, a request is not tried again."""

_CHUNK: Final = 64 * 1024
_UNNAMED: Final = "upload"
_FILE_TUPLES: Final = (2, 3, 4)
"""How many members those of `File` have."""


@dataclass(frozen=True, slots=True)
class Named:
    """A file with what its sender says of it.

    Attributes:
        name: The file's name, without folders.
        content: Where its bytes are.
        media_type: Its media type; None where nothing was said.
        headers: What else the head of its part of a form says.
    """

    name: str
    content: Any
    media_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Any) -> Named:
        """Take a `File`."""
        if isinstance(file, tuple):
            return cls(*file)
        if isinstance(file, os.PathLike):
            return cls(Path(file).name, file)
        said = getattr(file, "name", None)
        return cls(Path(said).name if isinstance(said, str) else _UNNAMED, file)


def guessed(filename: str, allowed: Sequence[str]) -> str:
    """The media type of a file: as its name has it, where that is allowed; else the first that is.

    Args:
        filename: The file's name.
        allowed: Media types, ranges of them among them; none for any.
    """
    found = mimetypes.guess_type(filename)[0]
    if found is not None:
        main = found.partition("/")[0]
        fits = {found, f"{main}/*", "*/*"}
        if not allowed or any(essence(one) in fits for one in allowed):
            return found
    return next((one for one in allowed if "*" not in one), found or "application/octet-stream")


def is_file(value: Any) -> bool:
    """Whether a value is a `File`."""
    if isinstance(value, tuple):
        named = len(value) in _FILE_TUPLES and isinstance(value[0], str)
        return named and _has_bytes(value[1])
    return _has_bytes(value)


def _has_bytes(value: Any) -> bool:
    if isinstance(value, bytes | bytearray | memoryview):
        return True
    return is_read(value)


def is_several(value: Any) -> bool:
    """Whether a value is items, each of which stands for itself."""
    single = isinstance(value, str | Mapping | pydantic.BaseModel)
    return isinstance(value, Iterable) and not single and not is_file(value)


class Source:
    """Bytes from one place.

    Attributes:
        size: How many there are; None where that is not known.
        replayable: Whether they can be had again.
        needs_loop: Whether only an event loop can read them.
    """

    size: int | None = None
    replayable: bool = False
    needs_loop: bool = False

    def read(self) -> Iterator[bytes]:
        """The bytes, from the start."""
        raise NotImplementedError

    async def aread(self) -> AsyncIterator[bytes]:
        """Likewise, in an event loop."""
        for chunk in self.read():
            yield chunk


class FileSource(Source):
    """A file: opened for each reading where it is a path, else from where it stands.

    Raises:
        OSError: There is no such file, or it may not be read.
        TypeError: It was opened as text.
    """

    def __init__(self, file: Any) -> None:
        self._file: Path | IO[bytes] = Path(file) if isinstance(file, os.PathLike) else file
        self._start: int | None = None
        if isinstance(self._file, Path):
            self.size, self.replayable = self._file.stat().st_size, True
        elif hasattr(file, "encoding"):  # of `typing.TextIO`, whatever is around the file
            raise TypeError("A file that is sent has to be opened in binary mode: open(..., 'rb').")
        elif getattr(self._file, "seekable", lambda: False)():
            self._start, self.replayable = self._file.tell(), True
            self.size = self._file.seek(0, os.SEEK_END) - self._start

    @contextlib.contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        if isinstance(self._file, Path):
            with self._file.open("rb") as file:
                yield file
        else:
            if self._start is not None:
                self._file.seek(self._start)
            yield self._file

    def read(self) -> Iterator[bytes]:
        """The bytes, from the start."""
        with self._open() as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    async def aread(self) -> AsyncIterator[bytes]:
        """Likewise; the loop goes on while the disk is waited for."""
        from anyio import to_thread

        with self._open() as file:
            while chunk := await to_thread.run_sync(file.read, _CHUNK):
                yield chunk


class Pieces(Source):
    """The items of an iterable."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.replayable = iter(pieces) is not pieces

    def read(self) -> Iterator[bytes]:
        """The bytes, from the start."""
        return iter(self._pieces)


class AsyncPieces(Source):
    """The items of an asynchronous iterable."""

    needs_loop = True

    def __init__(self, pieces: AsyncIterable[bytes]) -> None:
        self._pieces = pieces

    def aread(self) -> AsyncIterator[bytes]:
        """The bytes, from the start."""
        return aiter(self._pieces)


def source(content: Any) -> bytes | Source:
    """Where the bytes of a `Content` come from.

    Raises:
        OSError: There is no such file, or it may not be read.
        TypeError: It has no bytes to send.
    """
    if isinstance(content, bytes | bytearray | memoryview):
        return bytes(content)
    if isinstance(content, AsyncIterable):
        return AsyncPieces(content)
    if _has_bytes(content):
        return FileSource(content)
    if is_several(content):
        return Pieces(content)
    raise TypeError(
        f"A {type(content).__name__} has no bytes to send: give bytes, a file that is open in "
        "binary mode, or a path (pathlib.Path)."
    )


class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A request's body that is read while it is sent, at each try anew.

    Attributes:
        size: How many bytes it has; None where that is not known.
        replayable: Whether it can be sent again.
        needs_loop: Whether only an event loop can read it.
    """

    def __init__(self, segments: Sequence[bytes | Source]) -> None:
        self._segments = segments
        sources = [one for one in segments if isinstance(one, Source)]
        sizes = [len(one) if isinstance(one, bytes) else one.size for one in segments]
        known = [size for size in sizes if size is not None]
        self.size = sum(known) if len(known) == len(sizes) else None
        self.replayable = all(one.replayable for one in sources)
        self.needs_loop = any(one.needs_loop for one in sources)

    def __iter__(self) -> Iterator[bytes]:
        for segment in self._segments:
            yield from (segment,) if isinstance(segment, bytes) else segment.read()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for segment in self._segments:
            if isinstance(segment, bytes):
                yield segment
            else:
                async for chunk in segment.aread():
                    yield chunk
