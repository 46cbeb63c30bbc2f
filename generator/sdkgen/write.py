"""Text to files: all of them or none, and nothing that somebody else wrote.

A manifest among the files says what was written, with a digest each. So the next run
knows which files it may replace, which it has to remove, and which a person has edited.

What is guaranteed: whatever ends a run, the folder is as it was before, or as it is to be after.
An exception (so, a signal that raises one) puts everything back at once; after an end by force
(SIGKILL) the next run does so first. Of runs at once, one waits for the other. Files that a person
has edited meanwhile stay. A system that stops may have lost what it has not written to the disk.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
import time
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from sdkgen.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sdkgen.diagnostics import Diagnostics

MANIFEST: Final = ".sdkgen.json"

_WRITING: Final = ".sdkgen-writing"
"""The folder, in that which is written to, of what comes and what goes: a rename is atomic there,
even where the folder is a mount of its own."""
_NEW: Final = f"{_WRITING}/new"
_OLD: Final = f"{_WRITING}/old"
_PATIENCE: Final = 60.0
_PAUSE: Final = 0.02
"""Seconds: for how long another run is waited for, and how often it is looked for."""
_JOURNAL: Final = f"{_WRITING}/journal.json"
"""Is there as long as what has been done is to be undone."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What writing changes: relative POSIX paths, sorted."""

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)


def resolved(out: Path) -> Path:
    """A folder's path without `..`, which leads nowhere from a folder that is not there yet."""
    return Path(os.path.realpath(out)) if ".." in out.parts else out


def digest(text: str) -> str:
    """What a manifest says of a file's text."""
    return _digest(_encoded(text))


def write(
    out: Path,
    files: Mapping[str, str],
    *,
    diagnostics: Diagnostics,
    manifest: str = MANIFEST,
    force: bool = False,
) -> Changes:
    """Make a folder hold these files, and none that an earlier run wrote and this one does not.

    Args:
        out: The folder; made where it is not there.
        files: Text by relative POSIX path; the manifest, whose JSON has the digests of
            all others under ``files``, is one of them.
        diagnostics: Takes the reasons why nothing was written.
        manifest: The name of the manifest.
        force: Replace and remove what others wrote or edited, too.
    """
    try:
        with _alone(out) if out.is_dir() or not out.exists() else nullcontext():
            _roll_back(out)
            plan = _plan(out, files, manifest)
            refusals = plan.refusals(force=force)
            if plan.changes and not refusals:
                _carry_out(out, files, plan.changes, manifest)
    except OSError as error:
        message = f"nothing is written: {error.strerror or error}"
        diagnostics.error("Write/Failed", message, Location(str(error.filename or out), 1, 1))
        return Changes()
    _tell(refusals, out, diagnostics)
    return Changes() if refusals else plan.changes


def check(
    out: Path,
    files: Mapping[str, str],
    *,
    diagnostics: Diagnostics,
    manifest: str = MANIFEST,
    force: bool = False,
) -> Changes:
    """What `write` would change in a folder, edits included, were it forced to.

    Args:
        out: The folder.
        files: Text by relative POSIX path.
        diagnostics: Takes the reasons why it would not be written.
        manifest: The name of the manifest.
        force: Whether it would be written over what others wrote or edited, too.

    Raises:
        OSError: A file there cannot be read.
    """
    plan = _plan(out, files, manifest)
    _tell(plan.refusals(force=force), out, diagnostics)
    return plan.changes


def read_manifest(out: Path, *, manifest: str = MANIFEST) -> dict[str, Any]:
    """What an earlier run said of what it wrote; nothing where there was none."""
    return _manifest(out, manifest)


def count_current(out: Path, key: str, value: str | None, *, manifest: str = MANIFEST) -> int:
    """How many files an earlier run made of the same, if they are all there unedited; else 0.

    Args:
        out: The folder.
        key: What the manifest calls the digest of what they are made of.
        value: The digest.
        manifest: The name of the manifest.
    """
    before = _written_before(out, manifest)
    if not before or value is None or _manifest(out, manifest).get(key) != value:
        return 0
    if os.path.lexists(out / _WRITING):  # what a run has left that did not come to its end
        return 0
    try:
        same = all(
            not (out / name).is_symlink() and _digest(_read(out / name)) == digest
            for name, digest in before.items()
            if digest
        )
    except (OSError, ValueError):  # there is no such file, or can be none of such a name
        return 0
    return len(before) if same else 0


def _carry_out(out: Path, files: Mapping[str, str], changes: Changes, manifest: str) -> None:
    """Move files in and out of a folder; an exception moves all of them back."""
    # The manifest last: as long as it is the old one, nothing is current.
    put = sorted((*changes.created, *changes.changed), key=lambda name: (name == manifest, name))
    (out / _WRITING).mkdir()
    try:
        _stage(out, {name: _encoded(files[name]) for name in put}, changes.removed)
        for name in changes.removed:
            _move(out / name, out / _OLD / name)
        for name in put:
            if os.path.lexists(out / name):
                _move(out / name, out / _OLD / name)
            _move(out / _NEW / name, out / name)
        (out / _JOURNAL).unlink()
    except BaseException:
        _roll_back(out)
        raise
    shutil.rmtree(out / _WRITING)
    _prune(out, changes.removed)


def _stage(out: Path, put: Mapping[str, bytes], removed: Iterable[str]) -> None:
    """Write what comes, and what is to be undone from now on should the run not end well."""
    for name, data in put.items():
        path = out / _NEW / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    folders = {parent for name in put for parent in _folders_of(name)}
    journal = {
        "put": {name: _digest(data) for name, data in put.items()},
        "removed": dict.fromkeys(removed, ""),
        "folders": {one: "" for one in sorted(folders) if not (out / one).is_dir()},
    }
    (out / _JOURNAL).write_text(json.dumps(journal), encoding="utf-8")


def _move(path: Path, there: Path) -> None:
    there.parent.mkdir(parents=True, exist_ok=True)
    path.rename(there)


def _roll_back(out: Path) -> None:
    """Undo what a run has done that did not come to its end, if there was one.

    What has been done is read from where the files are, so that no end of a run comes between
    a move and the note of it. As with a manifest, no journal leads out of the folder.
    """
    if (out / _WRITING).is_symlink() or not (out / _WRITING).is_dir():
        return
    journal = _read_object(out / _JOURNAL)
    put, removed, folders = (_texts(journal.get(key)) for key in ("put", "removed", "folders"))
    names = [name for name in {**put, **removed} if _why_unsafe(out, name, ()) is None]
    for name in names:
        path, kept, new = out / name, out / _OLD / name, out / _NEW / name
        if name in put and not new.exists() and _is_unedited(path, put[name]):
            path.unlink()
        is_kept = _why_unsafe(out, f"{_OLD}/{name}", ()) is None and os.path.lexists(kept)
        if is_kept and not os.path.lexists(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            kept.replace(path)
    own = {parent for name in names for parent in _folders_of(name)}
    _remove_empty(out / one for one in sorted(own & folders.keys(), reverse=True))
    (out / _JOURNAL).unlink(missing_ok=True)  # before what it speaks of
    shutil.rmtree(out / _WRITING)


def _texts(said: Any) -> dict[str, str]:
    """The texts of a journal; what is no text was not written here."""
    pairs = said if isinstance(said, dict) else {}
    return {name: value for name, value in pairs.items() if isinstance(value, str)}


def _is_unedited(path: Path, written: str) -> bool:
    return path.is_file() and not path.is_symlink() and _digest(_read(path)) == written


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Make a folder, and wait until no other run writes into it; it goes again if it stays empty.

    The lock is on the folder itself and ends with its process, however that ends. Where there are
    no such locks (on Windows, on some file systems), nothing keeps runs apart.
    """
    made = [one for one in (out, *out.parents) if not one.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            yield
    finally:
        _remove_empty(made)


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


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        with suppress(OSError):  # it is not there, or something is in it
            folder.rmdir()


def _folders_of(name: str) -> list[str]:
    """The folders that a file is in, the innermost first."""
    return [str(parent) for parent in list(PurePosixPath(name).parents)[:-1]]


_Refusal = tuple[str, str, str | None]
"""A name, what is wrong with it, and what to do."""

_FORCE: Final = "move your changes elsewhere, or run sdkgen generate with --force to lose them"


@dataclass(slots=True)
class _Plan:
    changes: Changes = field(default_factory=Changes)
    impossible: list[_Refusal] = field(default_factory=list)
    foreign: list[_Refusal] = field(default_factory=list)

    def refusals(self, *, force: bool) -> list[_Refusal]:
        return [*self.impossible, *([] if force else self.foreign)]


def _tell(refusals: Iterable[_Refusal], out: Path, diagnostics: Diagnostics) -> None:
    for name, message, hint in refusals:
        diagnostics.error("Write/Refused", message, Location(str(out / name), 1, 1), hint=hint)


def _plan(out: Path, files: Mapping[str, str], manifest: str) -> _Plan:
    plan = _Plan()
    created, changed, removed = [], [], []
    before = _written_before(out, manifest)
    if out.exists() and not out.is_dir():
        plan.impossible.append(("", f"`{out}` is not a folder", None))
        return plan
    for name in sorted(files):
        if (reason := _why_unsafe(out, name, files)) is not None:
            plan.impossible.append((name, f"`{name}` is not written: {reason}", None))
            continue
        path = out / name
        if not os.path.lexists(path):
            created.append(name)
        elif path.is_symlink() or _read(path) != _encoded(files[name]):
            changed.append(name)
            plan.foreign += _foreign(path, name, before)
    for name in sorted(before.keys() - files.keys() - {manifest}):
        path = out / name
        # What is not a file (any more) is not what was written.
        if _why_unsafe(out, name, ()) is None and path.is_file() and not path.is_symlink():
            removed.append(name)
            plan.foreign += _foreign(path, name, before)
    plan.changes = Changes(tuple(created), tuple(changed), tuple(removed))
    return plan


def _foreign(path: Path, name: str, before: Mapping[str, str]) -> Iterator[_Refusal]:
    """Why a file is not simply replaced or removed."""
    if path.is_symlink():
        yield name, f"`{name}` is a symbolic link, and sdkgen did not make it", _FORCE
    elif name not in before:
        yield name, f"`{name}` is there already, and sdkgen did not write it", _FORCE
    elif before[name] not in ("", _digest(_read(path))):
        yield name, f"`{name}` was edited since sdkgen wrote it", _FORCE


def _why_unsafe(out: Path, name: str, files: Iterable[str]) -> str | None:
    """Why a name must not be written or removed: it leads out of the folder, or nowhere."""
    path = PurePosixPath(name)
    if name != str(path) or path.is_absolute() or not path.parts or ".." in path.parts:
        return "only plain relative paths are"
    if any(character in name for character in "\\:\0"):
        return "the name means something else on other systems"
    for parent in list(path.parents)[:-1]:
        if (out / parent).is_symlink():
            return f"`{parent}` is a symbolic link"
        if str(parent) in files or (os.path.lexists(out / parent) and not (out / parent).is_dir()):
            return f"`{parent}` is a file"
    there = out / path
    if os.path.lexists(there) and not there.is_symlink() and not there.is_file():
        return "something is there that is not a file"
    return None


def _written_before(out: Path, manifest: str) -> dict[str, str]:
    """Name to digest, as the manifest of an earlier run has it; its own digest is not in it."""
    said = _manifest(out, manifest).get("files")
    if not isinstance(said, dict):
        return {}
    return {str(name): str(value) for name, value in said.items() if value} | {manifest: ""}


def _manifest(out: Path, manifest: str) -> dict[str, Any]:
    return _read_object(out / manifest)


def _read_object(path: Path) -> dict[str, Any]:
    """The object that a file of JSON is; nothing where it is something else."""
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _encoded(text: str) -> bytes:
    return text.replace("\r\n", "\n").encode()


def _read(path: Path) -> bytes:
    # A checkout on Windows may have turned line ends around; that is no edit.
    return path.read_bytes().replace(b"\r\n", b"\n")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _prune(out: Path, removed: Iterable[str]) -> None:
    """Remove the folders that removing files has emptied."""
    for name in removed:
        _remove_empty(out / parent for parent in _folders_of(name))
