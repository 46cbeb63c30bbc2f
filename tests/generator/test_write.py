from __future__ import annotations

import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sdkgen.diagnostics import Diagnostics
from sdkgen.write import MANIFEST, Changes, check, count_current, digest, write

MANY = {"pyproject.toml": "a\n", "p/__init__.py": "b\n", "p/models/cat.py": "é\n"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def with_manifest(files: dict[str, str]) -> dict[str, str]:
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    return {**files, MANIFEST: json.dumps({"files": digests}, indent=2) + "\n"}


def run(out: Path, files: dict[str, str], *, force: bool = False) -> tuple[Changes, list[str]]:
    diagnostics = Diagnostics()
    changes = write(out, with_manifest(files), diagnostics=diagnostics, force=force)
    return changes, [str(finding).replace(f"{out}", "out") for finding in diagnostics]


def done(out: Path, files: dict[str, str], *, force: bool = False) -> Changes:
    changes, findings = run(out, files, force=force)
    assert findings == []
    return changes


def tree(out: Path) -> dict[str, bytes]:
    """All that is there, but the manifest; folders too."""
    found = {
        path.relative_to(out).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in out.rglob("*")
    }
    found.pop(MANIFEST, None)
    return found


def test_files_are_created_with_their_folders(out: Path) -> None:
    changes = done(out / "deep", MANY)
    assert changes == Changes(
        created=(MANIFEST, "p/__init__.py", "p/models/cat.py", "pyproject.toml")
    )
    assert tree(out / "deep") == {
        "pyproject.toml": b"a\n",
        "p": b"",
        "p/__init__.py": b"b\n",
        "p/models": b"",
        "p/models/cat.py": "é\n".encode(),
    }


def test_line_ends_are_lf(out: Path) -> None:
    done(out, {"a": "x\r\ny\n"})
    assert (out / "a").read_bytes() == b"x\ny\n"
    assert digest("x\r\ny\n") == digest("x\ny\n") == hashlib.sha256(b"x\ny\n").hexdigest()


def test_what_is_current_is_not_touched(out: Path) -> None:
    done(out, MANY)
    for path in out.rglob("*"):
        os.utime(path, (1, 1))
    assert done(out, MANY) == Changes()
    assert {path.stat().st_mtime for path in out.rglob("*")} == {1}
    assert done(out, {**MANY, "pyproject.toml": "c\n"}).changed == (MANIFEST, "pyproject.toml")
    assert (out / "p/__init__.py").stat().st_mtime == 1


def test_what_is_no_longer_written_is_removed_with_emptied_folders(out: Path) -> None:
    done(out, {"a": "1", "b/c/d": "2", "b/e": "3"})
    (out / "b" / "mine").write_text("4")
    changes = done(out, {"a": "1"})
    assert changes == Changes(changed=(MANIFEST,), removed=("b/c/d", "b/e"))
    assert tree(out) == {"a": b"1", "b": b"", "b/mine": b"4"}


FORCE = "  hint: move your changes elsewhere, or run sdkgen generate with --force to lose them"


def test_a_file_of_somebody_else_is_never_touched(out: Path) -> None:
    done(out, {"a": "1"})
    (out / "b").write_text("mine")
    before = tree(out)
    changes, findings = run(out, {"a": "2", "b": "3", "c": "4"})
    assert changes == Changes()
    assert findings == [
        "error Write/Refused: `out/b` is there already, and sdkgen did not write it\n" + FORCE
    ]
    assert tree(out) == before


def test_a_folder_without_a_manifest_is_somebody_elses(out: Path) -> None:
    out.mkdir()
    (out / "a").write_text("mine")
    assert "error Write/Refused: `out/a` is there already" in run(out, {"a": "1"})[1][0]
    assert done(out, {"a": "mine", "b": "1"}).created == (MANIFEST, "b")


@pytest.mark.parametrize("after", [{"a": "2"}, {}])
def test_a_file_that_a_person_has_edited_is_not_lost(out: Path, after: dict[str, str]) -> None:
    done(out, {"a": "1"})
    (out / "a").write_text("1 and mine")
    changes, findings = run(out, after)
    assert changes == Changes()
    message = "error Write/Refused: `out/a` was edited since sdkgen wrote it\n"
    assert findings == [message + FORCE]
    assert tree(out) == {"a": b"1 and mine"}


@pytest.mark.parametrize("checking", [True, False])
def test_a_manifest_with_the_markers_of_a_merge_is_named_alone(
    out: Path, *, checking: bool
) -> None:
    done(out, {"a": "1", "gone": "1"})
    ours = (out / MANIFEST).read_text()
    theirs = with_manifest({"a": "2", "gone, too": "2"})[MANIFEST]
    (out / "gone, too").write_text("2")
    (out / "mine").write_text("mine")
    merged = f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> theirs\n"
    (out / MANIFEST).write_text(merged)
    (out / "a").write_text("merged")
    before = tree(out)
    diagnostics = Diagnostics()
    put = check if checking else write
    put(out, with_manifest({"a": "3"}), diagnostics=diagnostics)
    (finding,) = diagnostics
    assert finding.message == f"`{out}/.sdkgen.json` has the conflict markers of a merge"
    assert finding.hint == (
        "run sdkgen generate with --force, which writes anew what either side of it wrote"
    )
    assert (tree(out), (out / MANIFEST).read_text()) == (before, merged)
    changes = done(out, {"a": "3"}, force=True)
    assert changes == Changes(changed=(MANIFEST, "a"), removed=("gone", "gone, too"))
    assert tree(out) == {"a": b"3", "mine": b"mine"}


def test_a_merge_may_have_left_anything_in_a_manifest(out: Path) -> None:
    done(out, {"a": "1"})
    noted = b"0" * 64
    (out / MANIFEST).write_bytes(
        b"<<<<<<< HEAD\n" + (out / MANIFEST).read_bytes() + b"=======\n"
        b'    "\xff": "%b",\n    "a\tb": "%b",\n    "../c": "%b"\n>>>>>>> theirs\n' % ((noted,) * 3)
    )
    _, findings = run(out, {"a": "2"})
    (finding,) = findings
    assert "has the conflict markers of a merge" in finding
    assert done(out, {"a": "2"}, force=True).changed == (MANIFEST, "a")


@pytest.mark.parametrize("name", ["a/aux.py", "con", "Com1/b", "a/NUL.tar.gz"])
def test_what_is_a_device_on_windows_is_not_written(out: Path, name: str) -> None:
    _, findings = run(out, {name: "1", "aux_.py": "1", "com0": "1"})
    assert len(findings) == 1
    assert f"`out/{name}` is not written: `" in findings[0]
    assert "` is a device on Windows" in findings[0]


def test_line_ends_of_a_checkout_are_no_edit(out: Path) -> None:
    done(out, {"a": "1\n", "b": "2\n"})
    (out / "a").write_bytes(b"1\r\n")
    (out / "b").write_bytes(b"2\r\n")
    assert done(out, {"a": "1\n", "b": "3\n"}).changed == (MANIFEST, "b")


def test_force_replaces_and_removes(out: Path) -> None:
    done(out, {"a": "1", "b": "1"})
    for name in "abc":
        (out / name).write_text("mine")
    changes = done(out, {"a": "2", "c": "2"}, force=True)
    assert changes == Changes(changed=(MANIFEST, "a", "c"), removed=("b",))
    assert tree(out) == {"a": b"2", "c": b"2"}


def test_check_compares_without_writing(out: Path) -> None:
    done(out, {"a": "1", "b": "1", "c": "1", "d": "1"})
    (out / "b").unlink()
    (out / "d").write_text("edited")
    before = tree(out)
    files = with_manifest({"a": "2", "b": "1", "d": "1", "e": "1"})
    diagnostics = Diagnostics()
    changes = check(out, files, diagnostics=diagnostics)
    assert changes == Changes(("b", "e"), (MANIFEST, "a", "d"), ("c",))
    assert changes
    assert [one.message for one in diagnostics] == [f"`{out}/d` was edited since sdkgen wrote it"]
    assert tree(out) == before
    forced = Diagnostics()
    assert check(out, files, diagnostics=forced, force=True) == changes
    assert not check(out / "none", {}, diagnostics=forced)
    assert check(out / "none", {"a": ""}, diagnostics=forced) == Changes(created=("a",))
    assert len(forced) == 0


def test_what_else_a_manifest_says_is_no_change_to_check_and_one_to_write(out: Path) -> None:
    done(out, {"a": "1"})
    renamed = with_manifest({"a": "1"})
    renamed[MANIFEST] = json.dumps({"document": "another", **json.loads(renamed[MANIFEST])})
    assert check(out, renamed, diagnostics=Diagnostics()) == Changes()
    assert write(out, renamed, diagnostics=Diagnostics()) == Changes(changed=(MANIFEST,))
    (out / MANIFEST).write_text('{"files": {}}')
    assert check(out, renamed, diagnostics=Diagnostics()) == Changes(changed=(MANIFEST,))
    (out / MANIFEST).unlink()
    assert check(out, renamed, diagnostics=Diagnostics()) == Changes(created=(MANIFEST,))


def test_check_tells_of_what_cannot_be_a_folder(out: Path) -> None:
    out.write_text("mine")
    diagnostics = Diagnostics()
    assert not check(out, {"a": "1"}, diagnostics=diagnostics, force=True)
    assert [one.code for one in diagnostics] == ["Write/Refused"]


@pytest.mark.parametrize(
    "name",
    ["../a", "/a", "a/../../b", "a/./b", ".", "", "..", "a//b", "a/", "a\\b", "C:a", "a\0b"],
)
@pytest.mark.parametrize("force", [False, True])
def test_a_name_that_leads_elsewhere_is_refused(out: Path, name: str, *, force: bool) -> None:
    out.mkdir()
    (out.parent / "b").write_text("mine")
    changes, findings = run(out, {"fine": "1", name: "2"}, force=force)
    assert changes == Changes()
    assert len(findings) == 1
    assert "error Write/Refused: " in findings[0]
    assert tree(out.parent) == {"b": b"mine", "out": b""}


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_that_is_a_link_is_not_followed(out: Path, *, force: bool) -> None:
    elsewhere = out.parent / "elsewhere"
    elsewhere.mkdir()
    done(out, {"a": "1"})
    (out / "p").symlink_to(elsewhere)
    changes, findings = run(out, {"a": "2", "p/q": "3"}, force=force)
    assert changes == Changes()
    assert findings == ["error Write/Refused: `out/p/q` is not written: `p` is a symbolic link"]
    assert tree(elsewhere) == {}
    assert (out / "a").read_text() == "1"


def test_a_file_that_is_a_link_is_replaced_by_force_alone_and_never_followed(out: Path) -> None:
    secret = out.parent / "secret"
    secret.write_text("mine")
    done(out, {"a": "1"})
    (out / "a").unlink()
    (out / "a").symlink_to(secret)
    for text in ("2", "mine"):  # whatever stands there
        _, findings = run(out, {"a": text})
        assert "`out/a` is a symbolic link, and sdkgen did not make it" in findings[0]
    done(out, {"a": "2"}, force=True)
    assert (secret.read_text(), (out / "a").read_text()) == ("mine", "2")
    assert not (out / "a").is_symlink()


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "link/secret", "secret", "..", ""])
@pytest.mark.parametrize("force", [False, True])
def test_a_hostile_manifest_removes_nothing_elsewhere(out: Path, name: str, *, force: bool) -> None:
    out.mkdir()
    secret = out.parent / "secret"
    secret.write_text("mine")
    (out / "link").symlink_to(out.parent)
    (out / "secret").symlink_to(secret)
    (out / MANIFEST).write_text(json.dumps({"files": {name: digest("mine")}}))
    assert done(out, {"a": "1"}, force=force).removed == ()
    assert secret.read_text() == "mine"


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "{}",
        '{"files": 5}',
        '{"files": [1]}',
        "\xff",
        "[" * 100_000,
        '{"files": {"a": ""}}',
    ],
)
def test_a_manifest_that_says_nothing_lets_nothing_be_replaced(out: Path, manifest: str) -> None:
    out.mkdir()
    (out / "a").write_text("mine")
    (out / MANIFEST).write_text(manifest)
    _, findings = run(out, {"a": "1"})
    assert any(finding.startswith("error Write/Refused: `out/a` ") for finding in findings)
    assert (out / "a").read_text() == "mine"


@pytest.mark.parametrize(
    ("there", "name", "reason"),
    [
        ("a/b", "a", "something is there that is not a file"),
        ("a", "a/b", "`a` is a file"),
    ],
)
def test_a_file_and_a_folder_do_not_replace_each_other(
    out: Path, there: str, name: str, reason: str
) -> None:
    (out / there).parent.mkdir(parents=True)
    (out / there).write_text("mine")
    _, findings = run(out, {name: "1"}, force=True)
    assert findings == [f"error Write/Refused: `out/{name}` is not written: {reason}"]


def test_a_file_cannot_be_a_folder_too(out: Path) -> None:
    _, findings = run(out, {"a": "1", "a/b": "2"})
    assert findings == ["error Write/Refused: `out/a/b` is not written: `a` is a file"]
    assert not out.exists()


def test_the_folder_may_not_be_a_file(out: Path) -> None:
    out.write_text("mine")
    _, findings = run(out, {"a": "1"}, force=True)
    assert len(findings) == 1
    assert "is not a folder" in findings[0]
    assert out.read_text() == "mine"


class Interruption(BaseException):
    pass


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), Interruption()])
@pytest.mark.parametrize("at", range(8))
def test_a_failure_leaves_everything_as_it_was(
    out: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, at: int
) -> None:
    done(out, {"a": "1", "b/c": "1", "d": "1"})
    before, manifest = tree(out), (out / MANIFEST).read_text()
    renames = []
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        renames.append(self)
        if len(renames) > at:
            raise failure
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    files = {"a": "2", "b/c": "2", "new/e": "2"}  # eight renames: two a file, one to remove
    try:
        changes, findings = run(out, files)
    except Interruption:
        pass
    else:
        assert changes == Changes()
        assert findings == [
            "error Write/Failed: nothing is written: `out`: No space left on device"
        ]
    assert len(renames) == at + 1
    assert (tree(out), (out / MANIFEST).read_text()) == (before, manifest)


def test_what_is_held_open_by_others_keeps_no_file_from_its_place(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(out, MANY)
    unlink = os.unlink

    def refused(path: str, *, dir_fd: int | None = None) -> None:
        if dir_fd is not None:  # within a folder that is being removed
            raise PermissionError(13, "held open")
        unlink(path)

    with monkeypatch.context() as held:
        held.setattr(os, "unlink", refused)
        assert done(out, {**MANY, "pyproject.toml": "new\n"}).changed == (
            MANIFEST,
            "pyproject.toml",
        )
    assert (out / "pyproject.toml").read_text() == "new\n"
    done(out, {**MANY, "pyproject.toml": "newer\n"})
    assert tree(out).keys() == {
        "p",
        "p/__init__.py",
        "p/models",
        "p/models/cat.py",
        "pyproject.toml",
    }


def test_a_failure_leaves_no_new_folder(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", failing)
    _, findings = run(out / "deep", {"a": "1"})
    assert "Write/Failed" in findings[0]
    assert not out.exists()


BEFORE = {"a": "1", "b/c": "1", "d": "1"}
AFTER = {"a": "2", "b/c": "2", "new/e": "2"}
MOVES = 8
"""Two of each file that is changed, the manifest too, and one of each that comes or goes."""


@pytest.mark.parametrize("at", range(1, MOVES + 1))
def test_an_interruption_just_after_a_move_undoes_that_too(
    out: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    done(out, BEFORE)
    before, manifest = tree(out), (out / MANIFEST).read_text()
    moved = []
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        found = rename(self, target)
        moved.append(self)
        if len(moved) == at:
            raise Interruption
        return found

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(Interruption):
        run(out, AFTER)
    assert (tree(out), (out / MANIFEST).read_text()) == (before, manifest)


ENDED = """
import json, os, signal, sys
from pathlib import Path
from sdkgen.diagnostics import Diagnostics
from sdkgen.write import write

out, at, files = Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
rename, moved = Path.rename, []

def ended(self, target):
    if len(moved) == at:
        os.kill(os.getpid(), signal.SIGKILL)
    moved.append(self)
    return rename(self, target)

Path.rename = ended
Path.unlink = lambda self: os.kill(os.getpid(), signal.SIGKILL)
write(out, files, diagnostics=Diagnostics())
"""


def end_by_force(out: Path, at: int) -> None:
    """Write what is to come after, and end before a move, or before the journal goes."""
    files = json.dumps(with_manifest(AFTER))
    command = [sys.executable, "-c", ENDED, str(out), str(at), files]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL


@pytest.mark.parametrize("at", range(MOVES + 1))
@pytest.mark.parametrize("then", [BEFORE, AFTER, {"a": "3", "z": "3"}])
def test_the_run_after_an_end_by_force_finds_all_as_it_was(
    out: Path, at: int, then: dict[str, str]
) -> None:
    done(out, BEFORE)
    end_by_force(out, at)
    done(out, then)
    assert {name: data for name, data in tree(out).items() if (out / name).is_file()} == {
        name: text.encode() for name, text in then.items()
    }
    assert all(any(one.iterdir()) for one in out.rglob("*") if one.is_dir())
    assert done(out, then) == Changes()


@pytest.mark.parametrize(("at", "files"), [(0, BEFORE), (MOVES, AFTER)])
def test_nothing_is_current_while_a_run_has_not_come_to_its_end(
    out: Path, at: int, files: dict[str, str]
) -> None:
    done(out, BEFORE)
    end_by_force(out, at)
    (out / MANIFEST).write_text(
        json.dumps({"made": "x", **json.loads(with_manifest(files)[MANIFEST])})
    )
    assert count_current(out, "made", "x") == 0


def test_what_a_person_edits_after_an_end_by_force_is_not_lost(out: Path) -> None:
    done(out, BEFORE)
    end_by_force(out, MOVES)
    (out / "new" / "e").write_text("mine")
    _, findings = run(out, AFTER)
    assert "`out/new/e` is there already, and sdkgen did not write it" in findings[0]
    assert tree(out) == {"a": b"1", "b": b"", "b/c": b"1", "d": b"1", "new": b"", "new/e": b"mine"}


@pytest.mark.parametrize("name", ["../secret", "link/secret", "secret", "..", "", "mine"])
@pytest.mark.parametrize("key", ["put", "removed", "folders"])
def test_a_hostile_journal_moves_and_removes_nothing(out: Path, name: str, key: str) -> None:
    staging = out / ".sdkgen-writing"
    staging.mkdir(parents=True)
    (out.parent / "secret").write_text("mine")
    (out / "mine").write_text("mine, too")
    (out / "link").symlink_to(out.parent)
    (staging / "old").symlink_to(out.parent)
    (staging / "journal.json").write_text(json.dumps({key: {name: digest("mine")}}))
    done(out, {"a": "1"})
    assert (out.parent / "secret").read_text() == "mine"
    assert sorted(one.name for one in out.iterdir()) == [MANIFEST, "a", "link", "mine"]


def test_a_journal_that_lies_elsewhere_is_left_alone(out: Path) -> None:
    elsewhere = out.parent / "elsewhere"
    (elsewhere / "old").mkdir(parents=True)
    (elsewhere / "old" / "b").write_text("mine")
    (elsewhere / "journal.json").write_text(json.dumps({"removed": {"b": ""}}))
    before = tree(elsewhere)
    out.mkdir()
    (out / ".sdkgen-writing").symlink_to(elsewhere)
    _, (finding,) = run(out, {"a": "1"})
    assert "Write/Failed" in finding
    assert tree(elsewhere) == before
    assert not (out / "b").exists()


@pytest.mark.parametrize("journal", ["", "[]", '{"put": 5, "removed": ["a"]}', '{"put": {"a": 5}}'])
def test_a_journal_that_says_nothing_undoes_nothing(out: Path, journal: str) -> None:
    done(out, {"a": "1"})
    (out / ".sdkgen-writing").mkdir()
    (out / ".sdkgen-writing" / "journal.json").write_text(journal)
    assert done(out, {"a": "1"}) == Changes()
    assert tree(out) == {"a": b"1"}


def test_of_two_runs_at_once_the_second_waits_and_finds_what_the_first_has_written(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = threading.Event()
    flock, rename = fcntl.flock, Path.rename
    second = threading.Thread(target=run, args=(out, {"parlez/a": "2"}))

    def locked(descriptor: int, operation: int) -> None:
        if threading.current_thread() is second:
            waits.set()
        flock(descriptor, operation)

    def moved(self: Path, target: Path) -> Path:
        if not second.ident:  # in the middle of the first
            second.start()
            assert waits.wait(timeout=30)
        return rename(self, target)

    monkeypatch.setattr(fcntl, "flock", locked)
    monkeypatch.setattr(Path, "rename", moved)
    changes, findings = run(out, {"parley/a": "1"})
    second.join()
    assert (changes.created, findings) == ((MANIFEST, "parley/a"), [])
    assert tree(out) == {"parlez": b"", "parlez/a": b"2"}


def test_a_run_that_does_not_end_is_not_waited_for_without_an_end(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sdkgen.write.moves._PATIENCE", 0)
    run(out, {"a": "1"})
    held = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        changes, (finding,) = run(out, {"a": "2"})
    finally:
        os.close(held)
    assert not changes
    assert "Write/Failed: nothing is written: `out`: another run is still writing there" in finding
    assert (out / "a").read_text() == "1"
