"""The files that a document may refer to: those beside it, or on its own server."""

from __future__ import annotations

import os.path
import posixpath
from pathlib import PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from sdkgen.diagnostics import DocumentError, fail
from sdkgen.source.load import COME_NEARER, is_url, is_within_reach, public, read_bytes
from sdkgen.text import Text, parse

if TYPE_CHECKING:
    import httpx

    from sdkgen.diagnostics import Diagnostics

MAX_FILES: Final = 5000
"""A server can name ever more files; the most divided public documents have some 2000."""

_OUT_OF_REACH: Final = "no file outside of the document's folder and the working directory is read"


class RefusedError(Exception):
    """A reference that is not followed, whatever may be there.

    Attributes:
        hint: What to do instead.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class Neighbours:
    """Finds and reads the files of one document.

    A file has a key: its URL, or its path from the folder of the document. So whatever
    follows from keys, names for one, is the same on every machine.
    """

    def __init__(
        self,
        main: Text,
        address: str,
        diagnostics: Diagnostics,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Begin with the document itself.

        Args:
            main: The document.
            address: Where it is, as the user gave it: what is beside a URL is read by the same
                user and password.
            diagnostics: Takes what is wrong with the files.
            transport: How a URL is fetched, if not from the network.
        """
        self._host = urlsplit(address).netloc if is_url(address) else ""
        self._folder = posixpath.dirname(PurePath(main.name).as_posix())
        self._is_alone = main.name.startswith("<")
        self._diagnostics = diagnostics
        self._transport = transport
        self.main = main.name if is_url(main.name) else posixpath.basename(main.name)
        self._texts: dict[str, Text | DocumentError] = {self.main: main}

    @property
    def were_read(self) -> bool:
        """Whether the document is more than one file."""
        return len(self._texts) > 1

    def find(self, base: str, reference: str) -> tuple[str, str]:
        """The key of the file that a reference in the file `base` names, and the pointer in it.

        Raises:
            RefusedError: An absolute path, a file out of reach, another scheme or server, an
                anchor.
        """
        try:
            # `urldefrag` would leave out tabs and line ends within, too, which keys can have.
            uri, _, fragment = reference.strip().partition("#")
            pointer = unquote(fragment)
            if pointer and not pointer.startswith("/"):
                raise RefusedError("after `#` only JSON pointers are followed, no anchors")
            return (self._beside(base, uri) if uri else base), pointer
        except ValueError as error:
            raise RefusedError(f"{error}") from None

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
        name = key if is_url(key) else posixpath.normpath(posixpath.join(self._folder, key))
        # Devices and pipes have no end, or no beginning.
        if not is_url(key) and not os.path.isfile(name):  # noqa: PTH113 (which fails for long names)
            fail("Ref/Missing", f"there is no file `{name}`", None)
        address = urlsplit(key)._replace(netloc=self._host).geturl() if is_url(key) else name
        return parse(
            read_bytes(address, self._transport, stay=True), public(name), self._diagnostics
        )

    def _beside(self, base: str, uri: str) -> str:
        if self._is_alone:
            raise RefusedError("a document without a path has no files beside it")
        if is_url(base):
            found = urljoin(base, uri)
            if urlsplit(found)[:2] != urlsplit(base)[:2]:
                raise RefusedError("only files on the server of the document itself are read")
            return found
        path = unquote(uri)
        if urlsplit(uri).scheme or PurePath(path).is_absolute() or path.startswith(("/", "\\")):
            raise RefusedError("only relative paths are read")
        if "\0" in path:
            raise RefusedError("a path cannot have a NUL character")
        # By way of the absolute path, so that `../api/pet.yaml` and `pet.yaml` are one file.
        here = os.path.abspath(self._folder)  # noqa: PTH100 (`resolve` would follow links)
        there = os.path.join(here, posixpath.dirname(base), path)  # noqa: PTH118
        key = PurePath(os.path.relpath(there, here)).as_posix()
        # What is read is found by the key: a link in the path as it is written may lead elsewhere.
        found = os.path.join(here, key)  # noqa: PTH118
        if key not in self._texts and not is_within_reach(found, here):
            raise RefusedError(_OUT_OF_REACH, COME_NEARER)
        return key
