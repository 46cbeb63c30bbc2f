"""Bytes from a file, from standard input or from an https URL; and which neighbours they have.

The only module of the generator that uses the network.
"""

from __future__ import annotations

import io
import posixpath
import sys
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx

from sdkgen.diagnostics import Diagnostics, DocumentError
from sdkgen.text import Text, parse
from sdkgen.text.limits import fail

MAX_BYTES: Final = 64 * 2**20
"""The largest public documents have some 15 MB."""
MAX_REDIRECTS: Final = 5
MAX_FILES: Final = 5000
"""A server can name ever more files; the most divided public documents have some 2000."""
_TIMEOUT: Final = 30.0
_STDIN: Final = "<stdin>"


class RefusedError(Exception):
    """A reference that is not followed, whatever may be there."""


class Neighbours:
    """The files that a document may refer to: those beside it, or on its own server."""

    def __init__(
        self, main: Text, diagnostics: Diagnostics, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.main = self._key(main.name)
        self._texts: dict[str, Text | DocumentError] = {self.main: main}
        self._diagnostics = diagnostics
        self._transport = transport
        self._alone = main.name.startswith("<")

    def find(self, base: str, reference: str) -> tuple[str, str]:
        """The key of the file that a reference in the file `base` names, and the pointer in it.

        Raises:
            RefusedError: An absolute path, another scheme or server, an anchor.
        """
        uri, fragment = urldefrag(reference)
        pointer = unquote(fragment)
        if pointer and not pointer.startswith("/"):
            raise RefusedError("after `#` only JSON pointers are followed, no anchors")
        if not uri:
            return base, pointer
        if self._alone:
            raise RefusedError("a document without a path has no files beside it")
        if not _is_url(base):
            return self._beside(base, uri), pointer
        found = urljoin(base, uri)
        if urlsplit(found)[:2] != urlsplit(base)[:2]:
            raise RefusedError("only files on the server of the document itself are read")
        return found, pointer

    def read(self, key: str) -> Text:
        """The file of a key that `find` gave; read once.

        Raises:
            DocumentError: It cannot be read.
        """
        if key not in self._texts:
            try:
                self._texts[key] = self._read(key)
            except DocumentError as error:
                self._texts[key] = error
        found = self._texts[key]
        if isinstance(found, DocumentError):
            raise found
        return found

    def _read(self, key: str) -> Text:
        if len(self._texts) >= MAX_FILES:
            fail("Ref/TooManyFiles", f"the document has more than {MAX_FILES} files", None)
        # Devices and pipes have no end, or no beginning.
        if not _is_url(key) and not Path(key).is_file():
            fail("Ref/Missing", f"there is no file `{key}`", None)
        return parse(read_bytes(key, self._transport), key, self._diagnostics)

    @staticmethod
    def _key(name: str) -> str:
        return name if _is_url(name) else posixpath.normpath(PurePath(name).as_posix())

    @staticmethod
    def _beside(base: str, uri: str) -> str:
        path = unquote(uri)
        if urlsplit(uri).scheme or PurePath(path).is_absolute() or path.startswith(("/", "\\")):
            raise RefusedError("only relative paths are read")
        if "\0" in path:
            raise RefusedError("a path cannot have a NUL character")
        return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))


def read(spec: str, diagnostics: Diagnostics) -> Text:
    """Read a document.

    Args:
        spec: A path, an https URL, or ``-`` for standard input.
        diagnostics: Takes what can be mended.

    Raises:
        DocumentError: It cannot be had, or is neither YAML nor JSON.
    """
    name = _STDIN if spec == "-" else spec
    return parse(read_bytes(spec), name, diagnostics)


def read_bytes(spec: str, transport: httpx.BaseTransport | None = None) -> bytes:
    """The bytes of a file, of standard input (``-``) or behind an https URL.

    Raises:
        DocumentError: There are none, or too many.
    """
    if spec == "-":
        return _bounded(sys.stdin.buffer.read(MAX_BYTES + 1), _STDIN)
    if _is_url(spec):
        return _fetch(spec, transport)
    try:
        with Path(spec).open("rb") as file:
            return _bounded(file.read(MAX_BYTES + 1), spec)
    except FileNotFoundError:
        fail("Source/Missing", f"there is no file `{spec}`", None, "check the path")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        fail("Source/Unreadable", f"`{spec}` cannot be read: {reason}", None)


def _is_url(name: str) -> bool:
    return "://" in name


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        fail("Source/TooLarge", f"`{name}` is larger than {MAX_BYTES // 2**20} MiB", None)
    return data


def _fetch(url: str, transport: httpx.BaseTransport | None) -> bytes:
    try:
        with httpx.Client(timeout=_TIMEOUT, transport=transport) as client:
            return _follow(client, url)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        fail("Source/Unreachable", f"`{url}` cannot be fetched: {reason}", None)


def _follow(client: httpx.Client, url: str) -> bytes:
    target = url
    for _ in range(MAX_REDIRECTS + 1):
        if urlsplit(target).scheme != "https":
            hint = "use an https URL, or download the document and give its path"
            fail("Source/Scheme", f"`{target}` is not fetched: only https is safe", None, hint)
        with client.stream("GET", target) as response:
            if response.has_redirect_location:
                target = urljoin(target, response.headers["location"])
                continue
            if not response.is_success:
                message = f"`{target}` answers with status {response.status_code}"
                fail("Source/Unreachable", message, None)
            data = io.BytesIO()
            for chunk in response.iter_bytes():
                data.write(chunk)
                if data.tell() > MAX_BYTES:
                    break
            return _bounded(data.getvalue(), url)
    return fail("Source/Unreachable", f"`{url}` redirects more than {MAX_REDIRECTS} times", None)
