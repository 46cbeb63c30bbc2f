"""Files in a folder: names that do not lead out of it, and bytes that say whose they are."""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from sdkgen.importable import DEVICES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_CONFLICT: Final = re.compile(rb"^<{7} .*^>{7} ", re.MULTILINE | re.DOTALL)
"""`git help merge`, "How conflicts are presented"."""
_NOTED: Final = re.compile(rb'^    "([^"\\\x00-\x1f]+)": "([0-9a-f]{64})",?\r?$', re.MULTILINE)
"""A file in a manifest. No name that is written has a quote or a backslash."""


def why_unsafe(out: Path, name: str, files: Iterable[str] = ()) -> str | None:
    """Why a name must not be written or removed: it leads out of the folder, or nowhere.

    Args:
        out: The folder.
        name: The name, as a relative POSIX path.
        files: The names of all that is to be in the folder.
    """
    path = PurePosixPath(name)
    if name != str(path) or path.is_absolute() or not path.parts or ".." in path.parts:
        return "only plain relative paths are"
    if any(character in name for character in "\\:\0"):
        return "the name means something else on other systems"
    for parent in folders_of(name):
        if (out / parent).is_symlink():
            return f"`{parent}` is a symbolic link"
        if parent in files or (os.path.lexists(out / parent) and not (out / parent).is_dir()):
            return f"`{parent}` is a file"
    there = out / path
    if os.path.lexists(there) and not there.is_symlink() and not there.is_file():
        return "something is there that is not a file"
    return None


def why_no_file(name: str) -> str | None:
    """Why no file of a name is to be written, though one that is there may be removed."""
    devices = (part for part in name.split("/") if part.split(".")[0].lower() in DEVICES)
    return next((f"`{part}` is a device on Windows" for part in devices), None)


def folders_of(name: str) -> list[str]:
    """The folders that a file is in, the innermost first."""
    return [str(parent) for parent in list(PurePosixPath(name).parents)[:-1]]


def remove_empty(folders: Iterable[Path]) -> None:
    """Remove those of the folders that are there, and have nothing in them."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def encoded(text: str) -> bytes:
    """What is written of a text."""
    return text.replace("\r\n", "\n").encode()


def read(path: Path) -> bytes:
    """What a file has; a checkout on Windows may have turned line ends around, which is no edit.

    Raises:
        OSError: It cannot be read.
    """
    return path.read_bytes().replace(b"\r\n", b"\n")


def read_object(path: Path) -> dict[str, Any]:
    """The object that a file of JSON is; nothing where it is something else."""
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def is_conflicted(path: Path) -> bool:
    """Whether a file is as git leaves it where two branches have changed the same lines.

    Raises:
        OSError: It is there and cannot be read.
    """
    return path.is_file() and _CONFLICT.search(path.read_bytes()) is not None


def digests_in(path: Path) -> dict[str, str]:
    """What is noted of files in text that is JSON but for the markers of a merge, on both sides.

    Raises:
        OSError: It cannot be read.
    """
    noted = _NOTED.findall(path.read_bytes())
    return {name.decode(errors="replace"): said.decode() for name, said in noted}


def digest_of(data: bytes) -> str:
    """What is noted of a file that was written."""
    return hashlib.sha256(data).hexdigest()


def is_unedited(path: Path, written: str) -> bool:
    """Whether a file is there, and has what was noted of it.

    Raises:
        OSError: It cannot be read.
    """
    return path.is_file() and not path.is_symlink() and digest_of(read(path)) == written
