"""Text to files: all of them or none, and nothing that somebody else wrote.

A manifest among the files says what was written, with a digest each. So the next run
knows which files it may replace, which it has to remove, and which a person has edited.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Self

from sdkgen.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sdkgen.diagnostics import Diagnostics

MANIFEST: Final = ".sdkgen.json"


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
        plan = _plan(out, files, manifest)
        refusals = plan.refusals(force=force)
        if plan.changes and not refusals:
            _carry_out(out, files, plan.changes)
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
    try:
        same = all(
            not (out / name).is_symlink() and _digest(_read(out / name)) == digest
            for name, digest in before.items()
            if digest
        )
    except (OSError, ValueError):  # there is no such file, or can be none of such a name
        return 0
    return len(before) if same else 0


def _carry_out(out: Path, files: Mapping[str, str], changes: Changes) -> None:
    with _Transaction(out) as transaction:
        for name in (*changes.created, *changes.changed):
            transaction.put(name, _encoded(files[name]))
        for name in changes.removed:
            transaction.remove(name)
    _prune(out, changes.removed)


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
    try:
        said = json.loads((out / manifest).read_bytes())
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
        for parent in list(PurePosixPath(name).parents)[:-1]:
            try:
                (out / parent).rmdir()
            except OSError:
                break


class _Transaction:
    """Moves files in and out of a folder; an exception moves all of them back.

    What comes and what goes waits in a hidden folder inside of it: there a rename is
    atomic, even where the folder is a mount of its own.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._undo: list[tuple[Path, Path | None]] = []  # where it is now, where it was
        self._folders: list[Path] = []

    def __enter__(self) -> Self:
        try:
            self._make_folders(self._out)
            self._staging = Path(tempfile.mkdtemp(prefix=".sdkgen-", dir=self._out))
        except OSError:
            self._remove_folders()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for now, before in reversed(self._undo):
                if before is None:
                    now.unlink()
                else:
                    now.replace(before)
        shutil.rmtree(self._staging)
        if kind is not None:
            self._remove_folders()

    def put(self, name: str, data: bytes) -> None:
        staged = self._staging / f"{len(self._undo)}.new"
        staged.write_bytes(data)
        path = self._out / name
        self._make_folders(path.parent)
        self.remove(name)
        staged.rename(path)
        self._undo.append((path, None))

    def remove(self, name: str) -> None:
        path = self._out / name
        if os.path.lexists(path):
            kept = self._staging / f"{len(self._undo)}.old"
            path.rename(kept)
            self._undo.append((kept, path))

    def _make_folders(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make_folders(folder.parent)
            folder.mkdir()
            self._folders.append(folder)

    def _remove_folders(self) -> None:
        for folder in reversed(self._folders):
            folder.rmdir()
