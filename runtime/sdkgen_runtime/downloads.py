"""Binary answers: read as they arrive, never kept as a whole unless that is asked for."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import anyio
import httpx

from . import errors
from .alarms import raise_if_alarm
from .answers import Answer
from .closing import close_later, running_loop
from .cutoff import Interruptible
from .release import keep, release
from .uncopied import Uncopied


class _Download(Uncopied, Answer):
    """What both kinds share."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(response)
        self._is_left = False  # whoever closes it, and however long that takes

    @property
    def _is_closed(self) -> bool:
        return self._is_left or self.response.is_closed

    def __repr__(self) -> str:
        state = "closed" if self._is_closed else "open"
        return f"<{type(self).__name__} [{self.status_code}] {state}>"

    def _failure(self, error: httpx.RequestError | httpx.StreamError) -> Exception:
        """The error of a call, or of its user, for an error of the HTTP library."""
        raise_if_alarm(error)
        if self._is_left or isinstance(error, httpx.StreamError):
            return ValueError("This answer has been read or closed already.")
        seen = f"after {self.response.num_bytes_downloaded} bytes of the answer"
        kind, what = errors.APIConnectionError, "The connection was lost"
        if isinstance(error, httpx.TimeoutException):
            kind, what = errors.APITimeoutError, "The server fell silent"
        return kind(f"{what} {seen}.", request=self.response.request, response=self.response)


class BinaryResponse(_Download):
    """A binary answer, to be read once.

    Best in a `with` block, which releases the connection however the block is left::

        with client.files.content("file-1") as answer:
            answer.write_to("file.bin")

    Raises, while it is read:
        APIConnectionError: The connection was lost.
        APITimeoutError: The server fell silent.
        ValueError: It has been read in part, or closed, before.
    """

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(response)
        self._body = Interruptible(response)
        self._process = os.getpid()
        self._is_waiting = False
        self._is_cut = False

    def __iter__(self) -> Iterator[bytes]:
        return self.iter_bytes()

    def iter_bytes(self) -> Iterator[bytes]:
        """The bytes, in pieces, as they arrive."""
        was_left = self._is_left  # as after `read`, which keeps all
        try:
            self._raise_if_cut()
            chunks = keep(self.response, self.response.iter_bytes())
            # `yield from` would end the other iterator wherever this one is finalized.
            while chunk := self._waited(next, chunks, b""):
                yield chunk
            self._note_cut(was_left=was_left)
        except (httpx.RequestError, httpx.StreamError) as error:
            raise self._failure(error) from error
        finally:
            self.close()

    def read(self) -> bytes:
        """All bytes; again, if it is called again."""
        was_left = self._is_left
        try:
            self._raise_if_cut()
            self._waited(self.response.read)
            self._note_cut(was_left=was_left)
        except (httpx.RequestError, httpx.StreamError) as error:
            raise self._failure(error) from error
        else:
            return self.response.content
        finally:
            self.close()

    def write_to(self, path: str | os.PathLike[str]) -> None:
        """Write the bytes to a file, which is there once all have arrived, or not at all.

        Raises:
            OSError: The file cannot be written.
        """
        try:
            with _part(path) as part, part.open("wb") as file:
                for chunk in self.iter_bytes():
                    file.write(chunk)
        finally:
            self.close()

    def close(self) -> None:
        """Release the connection. May be called again, and while another thread reads."""
        self._is_left = True
        # After a fork, the thread that waits and its socket are the parent's.
        if self._is_waiting and self._process == os.getpid():
            self._body.interrupt()
        release(self.response)

    def _note_cut(self, *, was_left: bool) -> None:
        """Note that an answer need not be whole: it was closed while it was read."""
        length = self.response.headers.get("Content-Length")
        is_whole = length == str(self.response.num_bytes_downloaded)
        self._is_cut |= self._is_left and not was_left and not is_whole
        self._raise_if_cut()

    def _raise_if_cut(self) -> None:
        if self._is_cut:
            raise httpx.StreamClosed

    def _waited(self, read: Callable[..., bytes], *arguments: object) -> bytes:
        self._is_waiting = True
        try:
            return read(*arguments)
        finally:
            self._is_waiting = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_is_closed", True):
            try:
                self._warn()
            finally:
                if not sys.is_finalizing():  # the connection ends with the process
                    self.close()


class AsyncBinaryResponse(_Download):
    """A binary answer for event loops, to be read once, best in an `async with` block.

    For example::

        async with await client.files.content("file-1") as answer:
            await answer.write_to("file.bin")

    Raises what `BinaryResponse` raises.
    """

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(response)
        self._loop = running_loop()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.iter_bytes()

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """The bytes, in pieces, as they arrive."""
        try:
            async for chunk in self.response.aiter_bytes():
                yield chunk
        except (httpx.RequestError, httpx.StreamError) as error:
            raise self._failure(error) from error
        finally:
            await self.aclose()

    async def read(self) -> bytes:
        """All bytes; again, if it is called again."""
        try:
            return await self.response.aread()
        except (httpx.RequestError, httpx.StreamError) as error:
            raise self._failure(error) from error
        finally:
            await self.aclose()

    async def write_to(self, path: str | os.PathLike[str]) -> None:
        """Write the bytes to a file, which is there once all have arrived, or not at all.

        Raises:
            OSError: The file cannot be written.
        """
        try:
            with _part(path) as part:
                async with await anyio.open_file(part, "wb") as file:
                    async for chunk in self.response.aiter_bytes():
                        await file.write(chunk)
        except (httpx.RequestError, httpx.StreamError) as error:
            raise self._failure(error) from error
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Release the connection. May be called again."""
        self._is_left = True
        await self.response.aclose()

    close = aclose

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __del__(self) -> None:
        if not getattr(self, "_is_closed", True):
            try:
                self._warn()
            finally:
                close_later(self._loop, self.response)


@contextlib.contextmanager
def _part(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Where a file is until it is whole: beside its place, under a name that nothing else has."""
    target = Path(path)
    # Not by `tempfile`, whose files nobody else may read, now or later.
    part = target.with_name(f".{os.urandom(8).hex()}.part")
    part.touch(exist_ok=False)
    try:
        yield part
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
