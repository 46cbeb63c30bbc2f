"""Text to files: all of them or none, and nothing that somebody else wrote.

A manifest among the files says what was written, with a digest each. So the next run
knows which files it may replace, which it has to remove, and which a person has edited.

What is guaranteed: whatever ends a run, the folder is as it was before, or as it is to be after.
An exception (so, a signal that raises one) puts everything back at once; after an end by force
(SIGKILL) the next run does so first. Of runs at once, one waits for the other. Files that a person
has edited meanwhile stay. A system that stops may have lost what it has not written to the disk.
"""

from __future__ import annotations

import json
import os
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sdkgen.write import moves
from sdkgen.write.files import (
    digest_of,
    digests_in,
    encoded,
    is_conflicted,
    is_unedited,
    read,
    read_object,
    why_no_file,
    why_unsafe,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sdkgen.diagnostics import Diagnostics

MANIFEST: Final = ".sdkgen.json"
_MOST_LINES: Final = 20


@dataclass(frozen=True, slots=True)
class Changes:
    """What writing changes: relative POSIX paths, sorted."""

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)

    def lines(self) -> list[str]:
        """A line for each file, the way version control shows them; a few of many."""
        marked = [
            *(f"D {name}" for name in self.removed),
            *(f"M {name}" for name in self.changed),
            *(f"A {name}" for name in self.created),
        ]
        more = len(marked) - _MOST_LINES
        return marked if more <= 0 else [*marked[:_MOST_LINES], f"... and {more} more"]


def resolved(out: Path) -> Path:
    """A folder's path without `..`, which leads nowhere from a folder that is not there yet."""
    return Path(os.path.realpath(out)) if ".." in out.parts else out


def digest(text: str) -> str:
    """What a manifest says of a file's text."""
    return digest_of(encoded(text))


def write(
    out: Path, files: Mapping[str, str], *, diagnostics: Diagnostics, force: bool = False
) -> Changes:
    """Make a folder hold these files, and none that an earlier run wrote and this one does not.

    Args:
        out: The folder; made where it is not there.
        files: Text by relative POSIX path; the manifest, whose JSON has the digests of
            all others under ``files``, is one of them.
        diagnostics: Takes the reasons why nothing was written.
        force: Replace and remove what others wrote or edited, too.
    """
    try:
        with moves.alone(out) if out.is_dir() or not out.exists() else nullcontext():
            moves.roll_back(out)
            plan = _plan(out, files)
            refusals = plan.refusals(force=force)
            if plan.changes and not refusals:
                _carry_out(out, files, plan.changes)
    except OSError as error:
        message = f"nothing is written: `{error.filename or out}`: {error.strerror or error}"
        diagnostics.error("Write/Failed", message, None)
        return Changes()
    _tell(refusals, diagnostics)
    return Changes() if refusals else plan.changes


def check(
    out: Path, files: Mapping[str, str], *, diagnostics: Diagnostics, force: bool = False
) -> Changes:
    """What `write` would change in a folder, edits included, were it forced to.

    Where only the manifest would change, and not what it says of the files, nothing does: perhaps
    what they were made from has another name now.

    Args:
        out: The folder.
        files: Text by relative POSIX path.
        diagnostics: Takes the reasons why it would not be written.
        force: Whether it would be written over what others wrote or edited, too.

    Raises:
        OSError: A file there cannot be read.
    """
    plan = _plan(out, files)
    _tell(plan.refusals(force=force), diagnostics)
    if plan.changes == Changes(changed=(MANIFEST,)):
        said = json.loads(files[MANIFEST])["files"]
        if read_manifest(out).get("files") == said:
            return Changes()
    return plan.changes


def read_manifest(out: Path) -> dict[str, Any]:
    """What an earlier run said of what it wrote; nothing where there was none."""
    return read_object(out / MANIFEST)


def count_current(out: Path, key: str, value: str | None) -> int:
    """How many files an earlier run made of the same, if they are all there unedited; else 0.

    Args:
        out: The folder.
        key: What the manifest calls the digest of what they are made of.
        value: The digest.
    """
    before = _written_before(out)
    if not before or value is None or read_manifest(out).get(key) != value:
        return 0
    if moves.is_unfinished(out):
        return 0
    try:
        same = all(is_unedited(out / name, said) for name, said in before.items() if said)
    except (OSError, ValueError):  # it cannot be read, or there can be none of such a name
        return 0
    return len(before) if same else 0


_Refusal = tuple[str, str | None]
"""What is wrong with a file, and what to do."""

_FORCE: Final = "move your changes elsewhere, or run sdkgen generate with --force to lose them"
_MERGED: Final = "run sdkgen generate with --force, which writes anew what either side of it wrote"


@dataclass(slots=True)
class _Plan:
    changes: Changes = field(default_factory=Changes)
    impossible: list[_Refusal] = field(default_factory=list)
    foreign: list[_Refusal] = field(default_factory=list)

    def refusals(self, *, force: bool) -> list[_Refusal]:
        return [*self.impossible, *([] if force else self.foreign)]


def _tell(refusals: Iterable[_Refusal], diagnostics: Diagnostics) -> None:
    for message, hint in refusals:
        diagnostics.error("Write/Refused", message, None, hint=hint)


def _plan(out: Path, files: Mapping[str, str]) -> _Plan:
    plan = _Plan()
    created, changed, removed = [], [], []
    before = _written_before(out)
    if out.exists() and not out.is_dir():
        plan.impossible.append((f"`{out}` is not a folder", None))
        return plan
    for name in sorted(files):
        path = out / name
        if (reason := why_unsafe(out, name, files) or why_no_file(name)) is not None:
            plan.impossible.append((f"`{path}` is not written: {reason}", None))
            continue
        if not os.path.lexists(path):
            created.append(name)
        elif path.is_symlink() or read(path) != encoded(files[name]):
            changed.append(name)
            plan.foreign += _foreign(path, name, before)
    for name in sorted(before.keys() - files.keys() - {MANIFEST}):
        path = out / name
        # What is not a file (any more) is not what was written.
        if why_unsafe(out, name) is None and path.is_file() and not path.is_symlink():
            removed.append(name)
            plan.foreign += _foreign(path, name, before)
    if is_conflicted(out / MANIFEST):
        # Git has perhaps merged the files, so that all would seem to be edited.
        message = f"`{out / MANIFEST}` has the conflict markers of a merge"
        plan.foreign = [(message, _MERGED)]
    plan.changes = Changes(tuple(created), tuple(changed), tuple(removed))
    return plan


def _foreign(path: Path, name: str, before: Mapping[str, str]) -> Iterator[_Refusal]:
    """Why a file is not simply replaced or removed."""
    if path.is_symlink():
        yield f"`{path}` is a symbolic link, and sdkgen did not make it", _FORCE
    elif name not in before:
        yield f"`{path}` is there already, and sdkgen did not write it", _FORCE
    elif before[name] and not is_unedited(path, before[name]):
        yield f"`{path}` was edited since sdkgen wrote it", _FORCE


def _written_before(out: Path) -> dict[str, str]:
    """Name to digest, as the manifest of an earlier run has it; its own digest is not in it.

    With the markers of a merge, it has what either side wrote.
    """
    if is_conflicted(out / MANIFEST):
        return digests_in(out / MANIFEST)
    said = read_manifest(out).get("files")
    if not isinstance(said, dict):
        return {}
    return {str(name): str(value) for name, value in said.items() if value} | {MANIFEST: ""}


def _carry_out(out: Path, files: Mapping[str, str], changes: Changes) -> None:
    # The manifest last: as long as it is the old one, nothing is current.
    names = sorted((*changes.created, *changes.changed), key=lambda name: (name == MANIFEST, name))
    moves.move(out, {name: encoded(files[name]) for name in names}, changes.removed)
