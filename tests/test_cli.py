"""The command: its exit statuses, its streams, and what it leaves on disk."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from packages import ROOT
from sdkgen import __version__

CHAT = ROOT / "specs" / "chat" / "openapi.yaml"
BAD = ROOT / "specs" / "chat-bad" / "openapi.yaml"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(
        *arguments: str | Path, stdin: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "sdkgen", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, **environment},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_version_is_printed(run: Run) -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"sdkgen {__version__}\n")


@pytest.mark.parametrize("command", [[], ["generate"], ["lint"]])
def test_help_has_names_in_full_whatever_the_width_and_values_where_there_are_some(
    run: Run, command: list[str]
) -> None:
    done = run(*command, "--help", COLUMNS="40")
    assert (done.returncode, done.stderr) == (0, "")
    assert run(*command, "-h", COLUMNS="40").stdout == done.stdout
    options = set(re.findall(r"(--\w+)(?: ([A-Z<]\S*))? ", done.stdout))
    assert options == {
        (): {("--version", "")},
        ("lint",): {("--config", "FILE"), ("--overlay", "FILE"), ("--quiet", "")},
        ("generate",): {
            *(("--output", "OUT"), ("--config", "FILE"), ("--overlay", "FILE")),
            *(("--package", "NAME"), ("--client", "NAME")),
            *(("--check", ""), ("--force", ""), ("--quiet", "")),
        },
    }[tuple(command)] | {("--help", "")}
    assert "Exit status: 0 when all went well; 1" in done.stdout


def test_generating_writes_says_what_and_is_silent_on_standard_error(
    run: Run, tmp_path: Path
) -> None:
    done = run("generate", CHAT, "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert "A pyproject.toml" in done.stdout or "files." in done.stdout
    manifest = json.loads((tmp_path / "out" / ".sdkgen.json").read_text())
    assert manifest["document"] == "openapi.yaml"
    on_disk = {
        path.relative_to(tmp_path / "out").as_posix()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert on_disk == {*manifest["files"], ".sdkgen.json"}
    assert (tmp_path / "out" / "parley" / "py.typed").read_text() == ""


def test_output_that_does_not_take_all_characters_takes_the_others(
    run: Run, tmp_path: Path
) -> None:
    done = run("generate", CHAT, "-o", "日本", PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u65e5\u672c: " in done.stdout
    assert (tmp_path / "日本" / "parley").is_dir()


def test_quiet_says_nothing(run: Run) -> None:
    done = run("generate", CHAT, "-o", "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_generating_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("generate", CHAT, "-o", "out", "--quiet")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    assert run("generate", CHAT, "-o", "out", "--quiet").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before


def test_check_passes_where_the_output_is_current_and_names_what_is_not(
    run: Run, tmp_path: Path
) -> None:
    assert run("generate", CHAT, "-o", "out", "--check").returncode == 1
    assert not (tmp_path / "out").exists()
    run("generate", CHAT, "-o", "out")
    assert run("generate", CHAT, "-o", "out", "--check").returncode == 0
    (tmp_path / "out" / "parley" / "client.py").unlink()
    done = run("generate", CHAT, "-o", "out", "--check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == ("A parley/client.py\nout is not current: run sdkgen generate again.\n")


def test_check_names_what_was_edited_and_says_how_to_go_on(run: Run, tmp_path: Path) -> None:
    run("generate", CHAT, "-o", "out")
    client = tmp_path / "out" / "parley" / "client.py"
    client.write_text("edited\n")
    done = run("generate", CHAT, "-o", "out", "--check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "error Write/Refused: `out/parley/client.py` was edited since sdkgen wrote it\n"
        "  hint: move your changes elsewhere, or run sdkgen generate with --force to lose them\n"
        "M parley/client.py\n"
        "out is not current: sdkgen generate would refuse to change it, for the errors above.\n"
    )
    assert client.read_text() == "edited\n"
    done = run("generate", CHAT, "-o", "out", "--check", "--force")
    assert (done.returncode, "Write/Refused" in done.stderr) == (1, False)


def test_a_file_is_no_current_package(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine\n")
    done = run("generate", CHAT, "-o", "out", "--check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error Write/Refused: `out` is not a folder\n"


def test_a_file_of_somebody_else_s_is_never_touched_unless_forced(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "out" / "README.md"
    mine.parent.mkdir()
    mine.write_text("mine\n")
    done = run("generate", CHAT, "-o", "out")
    assert done.returncode == 1
    assert "README.md" in done.stderr
    assert "--force" in done.stderr
    assert [path.name for path in mine.parent.iterdir()] == ["README.md"]
    assert mine.read_text() == "mine\n"
    assert run("generate", CHAT, "-o", "out", "--force").returncode == 0
    assert mine.read_text() != "mine\n"


def test_files_that_are_no_longer_written_go_and_others_stay(run: Run, tmp_path: Path) -> None:
    run("generate", CHAT, "-o", "out", "--quiet")
    (tmp_path / "out" / "NOTES").write_text("mine\n")
    assert run("generate", CHAT, "-o", "out", "--package", "talk", "--quiet").returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *(".sdkgen.json", "NOTES", "README.md", "pyproject.toml", "reference.md", "talk")
    ]


def test_names_may_be_given(run: Run, tmp_path: Path) -> None:
    assert (
        run("generate", CHAT, "-o", "out", "--package", "talk", "--client", "Talk").returncode == 0
    )
    code = "import talk; print(talk.Talk.__name__, talk.AsyncTalk.__name__, talk.TalkError)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "out",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("Talk AsyncTalk ")


def test_an_error_in_the_document_is_shown_with_its_place_and_writes_nothing(
    run: Run, tmp_path: Path
) -> None:
    done = run("generate", BAD, "-o", "out")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{BAD}:67:9: error Stream/UnknownField: ")
    assert not (tmp_path / "out").exists()
    assert run("lint", BAD).returncode == 1


def test_one_operation_in_error_does_not_take_the_others_with_it(run: Run, tmp_path: Path) -> None:
    document = CHAT.read_text().replace(
        "  /chat:\n",
        "  /odd:\n    get:\n      operationId: odd\n      tags: [chat]\n"
        "      responses:\n        '200':\n          description: ok\n          content:\n"
        "            text/event-stream:\n              schema: {type: integer}\n  /chat:\n",
    )
    (tmp_path / "openapi.yaml").write_text(document)
    done = run("generate", "openapi.yaml", "-o", "out")
    assert done.returncode == 1
    assert "openapi.yaml:23:23: error Stream/NotAnEvent" in done.stderr
    text = (tmp_path / "out" / "parley" / "resources" / "chat.py").read_text()
    assert "def create(" in text
    assert "def odd(" not in text


def test_an_error_that_is_known_is_a_warning(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sdkgen.yaml").write_text("diagnostics: {ignored: {Stream/UnknownField: true}}\n")
    arguments = ("generate", BAD, "-o", "out", "--config", "sdkgen.yaml")
    for more in ((), (), ("--check",)):  # the second time, findings are those of the first
        done = run(*arguments, *more)
        assert done.returncode == 0, done.stderr
        assert "warning Stream/UnknownField" in done.stderr
    assert run("generate", BAD, "-o", "out").returncode == 1


def test_what_keeps_a_package_from_being_written_is_no_warning(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sdkgen.yaml").write_text("diagnostics: {ignored: {Write/Refused: true}}\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "README.md").write_text("Somebody else's.")
    done = run("generate", CHAT, "-o", "out", "--config", "sdkgen.yaml")
    assert done.returncode == 1
    assert "error Write/Refused" in done.stderr


def test_a_warning_that_is_known_is_not_shown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "stainless.yml").write_text(
        "settings: {unwrap_response_fields: [data]}\n"
        "diagnostics: {ignored: {Config/NotRead: true, Document/UnknownKey: true}}\n"
    )
    document = CHAT.read_text().replace("      summary:", "      sumary:", 1)
    (tmp_path / "openapi.yaml").write_text(document)
    done = run("lint", "openapi.yaml")
    assert "warning Document/UnknownKey" in done.stderr  # so that there is something to hide
    for command in (("lint",), ("generate", "-o", "out"), ("generate", "-o", "out")):
        done = run(*command, "openapi.yaml", "--config", "stainless.yml")
        assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "stainless.yml").write_text("settings: {unwrap_response_fields: [data]}\n")
    done = run("lint", "openapi.yaml", "--config", "stainless.yml")
    assert "warning Config/NotRead" in done.stderr


def test_a_code_that_is_misspelt_is_named(run: Run, tmp_path: Path) -> None:
    ignored = "{Ruby/NameShadowedBuiltin: true, Stream/UnkownField: true}"
    (tmp_path / "sdkgen.yaml").write_text(f"diagnostics:\n  ignored: {ignored}\n")
    done = run("lint", BAD, "--config", "sdkgen.yaml")
    assert done.returncode == 1
    said = (
        "sdkgen.yaml:2:65: warning Config/UnknownCode: there is no finding `Stream/UnkownField` to"
        " be ignored\n  hint: did you mean `Stream/UnknownField`?\n"
    )
    assert said in done.stderr
    assert "Ruby" not in done.stderr  # one of another generator's


def test_each_wrong_name_is_told_the_right_one_and_advice_is_given_once(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "sdkgen.yaml").write_text(
        "streaming: {schma: data, on_event: [{handle: yield, data: a}, {handle: yield, data: b}]}\n"
        "resources: {a: {modls: {}}, b: {modls: {}}}\n"
    )
    said = run("lint", CHAT, "--config", "sdkgen.yaml").stderr
    assert said.count("is not a setting") == 5
    assert said.count("hint: did you mean `models`?") == 2
    assert said.count("hint: settings here are `kind`, ") == 1


def test_a_document_may_come_from_standard_input(run: Run, tmp_path: Path) -> None:
    assert run("generate", "-", "-o", "out", stdin=CHAT.read_text()).returncode == 0
    assert run("generate", CHAT, "-o", "out", "--check").returncode == 0  # of the same bytes
    assert (tmp_path / "out" / "parley").is_dir()
    done = run("lint", "-", stdin="swagger: '2.0'\n")
    assert done.returncode == 1
    assert done.stderr.startswith("<stdin>:1:1: error Source/Swagger2: ") or (
        "Source/Swagger2" in done.stderr
    )


_WHENEVER_IT_IS_WRITTEN = pytest.mark.parametrize("unbuffered", ["", "1"])
"""At the end or, with what this variable says, at once."""


def _in_shell(
    folder: Path, redirected: str, *arguments: str, unbuffered: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the command with streams as a shell can make them."""
    return subprocess.run(
        ["bash", "-c", f'"$0" -m sdkgen "$@" {redirected}', sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("redirected", "reason"),
    [("<&-", "it is closed"), ("0>written", "Bad file descriptor")],
)
def test_standard_input_that_cannot_be_read_is_no_document(
    tmp_path: Path, redirected: str, reason: str
) -> None:
    done = _in_shell(tmp_path, redirected, "generate", "-", "-o", "out")
    said = f"error Source/Unreadable: standard input cannot be read: {reason}\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


@pytest.mark.parametrize(("document", "status"), [(CHAT, 0), (BAD, 1)])
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_not_needed(
    tmp_path: Path, closed: str, document: Path, status: int
) -> None:
    done = _in_shell(tmp_path, closed, "generate", str(document), "-o", "out")
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out" / "parley" / "client.py").exists() is (status == 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
@_WHENEVER_IT_IS_WRITTEN
@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("lint", str(CHAT)), ("generate", str(CHAT))]
)
def test_output_that_cannot_be_written_is_an_error(
    tmp_path: Path, arguments: tuple[str, ...], unbuffered: str
) -> None:
    more = ("-o", "out") if arguments[0] == "generate" else ()
    done = _in_shell(tmp_path, ">/dev/full", *arguments, *more, unbuffered=unbuffered)
    said = "error System/Failed: the output cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, said)
    done = _in_shell(tmp_path, ">/dev/full 2>&1", *arguments, *more, unbuffered=unbuffered)
    assert done.returncode == 1


@_WHENEVER_IT_IS_WRITTEN
def test_who_stops_reading_is_told_nothing(unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "sdkgen", "lint", str(CHAT)],
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="all names of files are UTF-8 here")
def test_the_name_of_a_document_need_not_be_utf_8(run: Run, tmp_path: Path) -> None:
    spec = os.fsdecode(b"g\xffd.yaml")
    (tmp_path / spec).write_bytes(CHAT.read_bytes())
    assert run("lint", spec).returncode == 0
    for more in ((), ("--check",)):
        done = run("generate", spec, "-o", "out", *more)
        assert (done.returncode, done.stderr) == (0, "")
    manifest = json.loads((tmp_path / "out" / ".sdkgen.json").read_text())
    assert manifest["document"] == r"g\udcffd.yaml"


@pytest.mark.parametrize("command", [["lint"], ["generate", "-o", "out"]])
def test_a_folder_is_no_document(run: Run, command: list[str]) -> None:
    result = run(*command, ".")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "error Source/Unreadable: `.` cannot be read: Is a directory\n"


def test_lint_says_that_all_is_well(run: Run) -> None:
    done = run("lint", CHAT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{CHAT}: no errors, no warnings.\n"


def test_warnings_do_not_fail(run: Run) -> None:
    done = run("lint", ROOT / "specs" / "fastapi" / "openapi.json")
    assert done.returncode == 0
    assert "warning Stream/TextThatMayBeJson" in done.stderr
    assert done.stdout.endswith(": 1 warning.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate"],
        ["generate", str(CHAT)],
        ["generate", str(CHAT), "-o", ""],
        ["generate", "", "-o", "out"],
        ["lint", ""],
        ["lint", str(CHAT), "--config", ""],
        ["lint", str(CHAT), "--overlay", str(CHAT), "--overlay", ""],
        ["generate", "-", "-o", "out", "--overlay", "-"],
        ["lint", str(CHAT), "--overlay", "-", "--overlay", "-"],
        ["generate", str(CHAT), "-o", "out", "--package", "not-a-name"],
        ["generate", str(CHAT), "-o", "out", "--client", "class"],
        ["generate", str(CHAT), "-o", "out", "--nonsense"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_status_2(run: Run, arguments: list[str], tmp_path: Path) -> None:
    assert run(*arguments).returncode == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("before", [["lint"], ["lint", str(CHAT), "--config"]])
def test_a_file_of_no_name_is_said_to_be_none(run: Run, before: list[str]) -> None:
    assert run(*before, "").stderr.endswith(": it names no file.\n")


@pytest.mark.parametrize("option", [[], [str(CHAT), "--config"], [str(CHAT), "--overlay"]])
def test_a_file_that_is_missing_is_status_1_whatever_it_is_for(run: Run, option: list[str]) -> None:
    done = run("lint", *option, "missing.yaml")
    assert (done.returncode, "`missing.yaml`" in done.stderr) == (1, True)


@pytest.mark.parametrize(("name", "near"), [("a-b", "a_b"), ("httpx", "httpx_api")])
def test_a_package_that_could_not_be_imported_is_refused_with_another_name(
    run: Run, name: str, near: str
) -> None:
    done = run("generate", CHAT, "-o", "out", "--package", name)
    assert done.returncode == 2
    assert f"Did you mean '{near}'?" in done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Stream", "packages have a `StreamError` already. Did you mean 'StreamClient'?"),
        ("my-api", "it is not a Python name. Did you mean 'MyApi'?"),
    ],
)
def test_a_client_that_would_hide_something_is_refused_with_another_name(
    run: Run, name: str, said: str
) -> None:
    done = run("generate", CHAT, "-o", "out", "--client", name)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_mistake_in_the_configuration_is_shown_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sdkgen.yaml").write_text("streaming:\n  terminater: '[DONE]'\n")
    done = run("generate", CHAT, "-o", "out", "--config", "sdkgen.yaml")
    assert done.returncode == 1
    assert done.stderr.startswith("sdkgen.yaml:2:3: error ")
    assert "terminator" in done.stderr


@pytest.mark.parametrize("command", [("generate", "-o", "out"), ("lint",)])
def test_the_configuration_beside_the_document_is_used_unless_another_is_given(
    command: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    beside = tmp_path / "api" / "sdkgen.yaml"
    beside.parent.mkdir()
    beside.write_text("pakage: talk\n")
    (tmp_path / "other.yaml").write_text("package: other\n")
    document = beside.with_name("openapi.yaml")
    document.write_bytes(CHAT.read_bytes())
    done = run(*command, "api/openapi.yaml")
    assert (done.returncode, done.stderr.split(": ")[0]) == (1, "api/sdkgen.yaml:1:1")
    assert done.stdout.startswith("The configuration is api/sdkgen.yaml.\n")
    assert run(*command, "api/openapi.yaml", "--config", "other.yaml").returncode == 0
    beside.write_text("package: talk\n")
    done = run(*command, "api/openapi.yaml", "--quiet")
    assert (done.returncode, done.stdout) == (0, "")
    assert run(*command, "-", stdin=document.read_text()).returncode == 0
    written = {path.name for path in (tmp_path / "out").glob("*/") if (path / "client.py").exists()}
    assert written == ({"parley"} if command[0] == "generate" else set())


def test_a_pipe_gets_no_progress_and_no_colour(run: Run) -> None:
    done = run("generate", CHAT, "-o", "out")
    assert "\x1b" not in done.stdout + done.stderr
    assert "Reading" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no pseudo-terminals here")
def test_a_terminal_gets_progress(tmp_path: Path) -> None:
    controller, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "sdkgen", "generate", str(CHAT), "-o", "out"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200"},
    )
    os.close(terminal)
    said = b""
    while True:
        try:
            part = os.read(controller, 4096)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        said += part
    os.close(controller)
    assert process.wait() == 0
    assert b"Writing parley" in said or b"Reading" in said or b"Starting" in said


def test_a_mistake_in_the_configuration_leaves_an_sdk_as_it_is(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "sdkgen.yaml"
    config.write_text("package: talk\n")
    run("generate", CHAT, "-o", "out", "--config", "sdkgen.yaml")
    config.write_text("packge: talk\n")
    done = run("generate", CHAT, "-o", "out", "--config", "sdkgen.yaml")
    assert done.returncode == 1
    assert "did you mean `package`?" in done.stderr
    assert done.stderr.endswith("Nothing is written.\n")
    assert (tmp_path / "out" / "talk" / "client.py").exists()
    assert not (tmp_path / "out" / "parley").exists()


@pytest.mark.parametrize(
    "mistake",
    ["streaming: {on_event: [{kind: fallthrough, handle: done}]}", "client: A\nclient: B"],
)
def test_a_mistake_in_the_configuration_writes_nothing_whatever_its_kind(
    mistake: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "sdkgen.yaml").write_text(mistake)
    done = run("generate", CHAT, "-o", "out", "--config", "sdkgen.yaml")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "Nothing is written.")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("more", [(), ("--check",)])
def test_the_sdk_of_another_api_is_replaced_by_force_alone(
    run: Run, tmp_path: Path, more: tuple[str, ...]
) -> None:
    other = ROOT / "specs" / "fastapi" / "openapi.json"
    run("generate", CHAT, "-o", "out", "--quiet")
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    done = run("generate", other, "-o", "out", *more)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        "error Write/Refused: `out` has the package `parley`, which is that of another API\n"
        "  hint: name a folder of its own for this one, or run sdkgen generate with --force to"
        " replace it\n"
    ) in done.stderr
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before
    assert run("generate", other, "-o", "out", "--force").returncode == 0
    assert not (tmp_path / "out" / "parley").exists()


def test_a_refused_write_does_not_look_like_a_success(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "README.md").write_text("mine\n")
    done = run("generate", CHAT, "-o", "out")
    assert (done.returncode, done.stdout) == (1, "")


def test_a_folder_may_be_reached_by_one_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert run("generate", CHAT, "-o", "nope/../out").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    client = tmp_path / "out" / "parley" / "client.py"
    client.write_text("edited\n")
    assert run("generate", CHAT, "-o", "nope/../out").returncode == 1
    assert client.read_text() == "edited\n"


def test_what_goes_is_shown_before_what_comes(run: Run) -> None:
    run("generate", CHAT, "-o", "out")
    done = run("generate", CHAT, "-o", "out", "--package", "talk")
    assert done.stdout.startswith("D parley/")


def test_check_says_that_all_is_current(run: Run) -> None:
    run("generate", CHAT, "-o", "out")
    assert run("generate", CHAT, "-o", "out", "--check").stdout == "out is current.\n"


OVERLAY = """\
overlay: 1.1.0
info: {title: A better name, version: '1'}
actions:
  - {target: $.info, update: {title: Better}}
"""


def test_overlays_change_the_document_those_of_the_configuration_first(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "first.yaml").write_text(OVERLAY)
    (tmp_path / "settings" / "sdkgen.yaml").write_text("overlays: [first.yaml]")
    second = OVERLAY.replace("$.info, update: {title: Better}", "$.info.title, update: Best")
    (tmp_path / "second.yaml").write_text(second)
    config = ("--config", "settings/sdkgen.yaml")
    assert run("generate", CHAT, "-o", "one", *config).returncode == 0
    assert run("generate", CHAT, "-o", "two", *config, "--overlay", "second.yaml").returncode == 0
    made = {path.parent.name for path in tmp_path.glob("*/*/client.py")}
    assert made == {"better", "best"}


def test_a_changed_overlay_is_noticed(run: Run, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(OVERLAY)
    command = ("generate", CHAT, "-o", "out", "--overlay", overlay.name)
    assert run(*command).returncode == 0
    overlay.write_text(OVERLAY.replace("Better", "Best"))
    assert run(*command, "--check").returncode == 1
    assert run(*command).returncode == 0
    assert (tmp_path / "out" / "best").is_dir()


@pytest.mark.parametrize("command", [("lint",), ("generate", "-o", "out")])
def test_a_mistake_in_an_overlay_is_shown_with_its_place_and_writes_nothing(
    command: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "overlay.yaml").write_text(OVERLAY.replace("update", "updtae"))
    done = run(*command, CHAT, "--overlay", "overlay.yaml")
    assert done.returncode == 1
    assert done.stderr.startswith("overlay.yaml:4:22: error Overlay/UnknownKey: `updtae`")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("overlay", "said"),
    [
        (r'"\0"', "Source/Unreadable: `settings/\\x00` cannot be read: embedded null byte"),
        ("first.yaml", "Source/Missing: there is no file `settings/first.yaml`\n"),
        ("../settings", "Source/Unreadable: `settings/../settings` cannot be read: Is a directory"),
    ],
)
def test_an_overlay_that_the_configuration_names_in_vain_is_an_error_there(
    run: Run, tmp_path: Path, overlay: str, said: str
) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "sdkgen.yaml").write_text(f"overlays:\n  - {overlay}\n")
    done = run("lint", CHAT, "--config", "settings/sdkgen.yaml")
    assert done.returncode == 1
    assert done.stderr.startswith(f"settings/sdkgen.yaml:2:5: error {said}")


@pytest.mark.parametrize("overlay", ["../secret", "../nowhere", "link"])
def test_an_overlay_that_the_configuration_names_is_not_read_out_of_its_reach(
    tmp_path: Path, overlay: str
) -> None:
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "sdkgen.yaml").write_text(f"overlays:\n  - {overlay}\n")
    (tmp_path / "secret").write_text("s3cret: 1\ns3cret: 2\n")
    (tmp_path / "settings" / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "here").mkdir()
    done = _in_shell(
        tmp_path / "here", "", "lint", str(CHAT), "--config", "../settings/sdkgen.yaml"
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"../settings/sdkgen.yaml:2:5: error Source/Refused: `{overlay}` is not read:"
        " outside of the configuration's folder and of the working directory\n"
        "  hint: run sdkgen in a folder that contains both\n"
    )


def test_an_overlay_of_the_configuration_is_never_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sdkgen.yaml").write_text("overlays:\n  - '-'\n")
    done = run("lint", CHAT, "--config", "sdkgen.yaml", stdin="overlay: 1.0.0\n")
    assert done.returncode == 1
    assert done.stderr.startswith("sdkgen.yaml:2:5: error Source/Missing: there is no file `./-`")


def test_an_overlay_that_is_not_there_is_an_error(run: Run, tmp_path: Path) -> None:
    done = run("generate", CHAT, "-o", "out", "--overlay", "nowhere.yaml")
    assert (done.returncode, "nowhere.yaml" in done.stderr) == (1, True)
    assert not (tmp_path / "out").exists()


TERMINATED = """
import os, signal, sys
from pathlib import Path
from sdkgen import cli

rename, moved = Path.rename, []

def terminated(self, target):
    moved.append(self)
    found = rename(self, target)
    if len(moved) == 5:
        os.kill(os.getpid(), signal.SIGTERM)
    return found

Path.rename = terminated
cli.main()
"""


def test_a_run_that_is_told_to_end_leaves_everything_as_it_was(run: Run, tmp_path: Path) -> None:
    run("generate", CHAT, "-o", "out")
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    again = ["generate", str(CHAT), "-o", "out", "--package", "other"]
    command = [sys.executable, "-c", TERMINATED, *again]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 128 + signal.SIGTERM
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_what_an_end_by_force_has_left_goes_where_all_is_current(run: Run, tmp_path: Path) -> None:
    run("generate", CHAT, "-o", "out")
    (tmp_path / "out" / ".sdkgen-writing" / "old").mkdir(parents=True)
    assert run("generate", CHAT, "-o", "out").returncode == 0
    assert not (tmp_path / "out" / ".sdkgen-writing").exists()
