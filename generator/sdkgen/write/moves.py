"""Files moved into a folder and out of it: all of them or none, whatever ends the run.

What comes and what goes lies in a folder beside the files, with a journal that says what is to be
undone. The journal is there for as long as the moves are not done: an exception undoes them at
once, and an end by force is found by the next run.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sdkgen.write.files import (
    digest_of,
    folders_of,
    is_unedited,
    read_object,
    remove_empty,
    why_unsafe,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_WRITING: Final = ".sdkgen-writing"
"""In the folder that is written to: a rename is atomic there, even where that is a mount."""
_NEW: Final = f"{_WRITING}/new"
_OLD: Final = f"{_WRITING}/old"
_JOURNAL: Final = f"{_WRITING}/journal.json"

_PATIENCE: Final = 60.0
_PAUSE: Final = 0.02
"""Seconds: for how long another run is waited for, and how often it is looked for."""


def is_unfinished(out: Path) -> bool:
    """Whether a run has left something that did not come to its end."""
    return os.path.lexists(out / _WRITING)


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Make a folder, and wait until no other run writes into it; it goes again if it stays empty.

    The lock is on the folder itself and ends with its process, however that ends. Where there are
    no such locks (on Windows, on some file systems), nothing keeps runs apart.

    Raises:
        OSError: The folder cannot be made, or another run does not come to its end.
    """
    made = [one for one in (out, *out.parents) if not one.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            yield
    finally:
        remove_empty(made)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - there is none on Windows

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + _PATIENCE
        while not _takes(fcntl.flock, descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB):
            if time.monotonic() >= until:
                raise OSError(errno.EBUSY, "another run is still writing there", str(folder))
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _takes(lock: Callable[[int, int], None], descriptor: int, how: int) -> bool:
    """Whether a lock is taken, or there are none to be had on a file system."""
    try:
        lock(descriptor, how)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def move(out: Path, put: Mapping[str, bytes], removed: Sequence[str]) -> None:
    """Move files in and out of a folder; an exception moves all of them back.

    Args:
        out: The folder.
        put: What comes, by name, in the order in which it is to.
        removed: What goes, before anything comes.

    Raises:
        OSError: Something cannot be written or moved.
    """
    (out / _WRITING).mkdir()
    try:
        _stage(out, put, removed)
        for name in removed:
            _rename(out / name, out / _OLD / name)
        for name in put:
            if os.path.lexists(out / name):
                _rename(out / name, out / _OLD / name)
            _rename(out / _NEW / name, out / name)
        (out / _JOURNAL).unlink()
    except BaseException:
        roll_back(out)
        raise
    # All is in place: what is held open by somebody, the next run takes away.
    shutil.rmtree(out / _WRITING, ignore_errors=True)
    for name in removed:
        remove_empty(out / parent for parent in folders_of(name))


def _stage(out: Path, put: Mapping[str, bytes], removed: Iterable[str]) -> None:
    """Write what comes, and what is to be undone from now on should the run not end well."""
    for name, data in put.items():
        path = out / _NEW / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    folders = {parent for name in put for parent in folders_of(name)}
    journal = {
        "put": {name: digest_of(data) for name, data in put.items()},
        "removed": dict.fromkeys(removed, ""),
        "folders": {one: "" for one in sorted(folders) if not (out / one).is_dir()},
    }
    (out / _JOURNAL).write_text(json.dumps(journal), encoding="utf-8")


def _rename(path: Path, there: Path) -> None:
    there.parent.mkdir(parents=True, exist_ok=True)
    path.rename(there)


def roll_back(out: Path) -> None:
    """Undo what a run has done that did not come to its end, if there was one.

    What has been done is read from where the files are, so that no end of a run comes between
    a move and the note of it. As with a manifest, no journal leads out of the folder.

    Raises:
        OSError: Something cannot be moved back.
    """
    if (out / _WRITING).is_symlink() or not (out / _WRITING).is_dir():
        return
    journal = read_object(out / _JOURNAL)
    put, removed, folders = (_texts(journal.get(key)) for key in ("put", "removed", "folders"))
    names = [name for name in {**put, **removed} if why_unsafe(out, name) is None]
    for name in names:
        path, kept, new = out / name, out / _OLD / name, out / _NEW / name
        if name in put and not new.exists() and is_unedited(path, put[name]):
            path.unlink()
        is_kept = why_unsafe(out, f"{_OLD}/{name}") is None and os.path.lexists(kept)
        if is_kept and not os.path.lexists(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            kept.replace(path)
    own = {parent for name in names for parent in folders_of(name)}
    remove_empty(out / one for one in sorted(own & folders.keys(), reverse=True))
    (out / _JOURNAL).unlink(missing_ok=True)  # before what it speaks of
    shutil.rmtree(out / _WRITING)


def _texts(said: Any) -> dict[str, str]:
    """The texts of a journal; what is no text was not written here."""
    pairs = said if isinstance(said, dict) else {}
    return {name: value for name, value in pairs.items() if isinstance(value, str)}
