"""Runs that end before their time: a finding, never a traceback, unless one is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Never

import pytest
from typer.testing import CliRunner

from packages import ROOT
from sdkgen import action, cli, failures, lower, pipeline

CHAT = str(ROOT / "specs" / "chat" / "openapi.yaml")


@pytest.fixture
def defect(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Never:
        lower.lower(None, None, None)  # type: ignore[arg-type]
        raise AssertionError

    monkeypatch.setattr(pipeline, "_lowered", fail)


@pytest.mark.usefixtures("defect")
@pytest.mark.parametrize("command", [["lint", CHAT], ["generate", CHAT, "-o", "{out}"]])
def test_a_defect_of_ours_is_a_finding_that_says_where(command: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(cli.app, [one.format(out=out) for one in command])
    assert done.exit_code == 1
    assert "error Internal/Defect: sdkgen failed in lower/" in done.output
    assert "AttributeError: 'NoneType'" in done.output
    assert "hint: this is a defect of sdkgen, not of your document: please report it" in done.output
    assert "Traceback" not in done.output
    assert not out.exists()


@pytest.mark.usefixtures("defect")
def test_the_action_says_so_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = action.main({"SDKGEN_SPEC": CHAT, "SDKGEN_OUTPUT": str(tmp_path / "out")})
    assert status == 1
    assert "::error title=Internal/Defect::sdkgen failed in lower/" in capsys.readouterr().out


@pytest.mark.usefixtures("defect")
def test_its_traceback_is_there_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(failures.DEBUG, "1")
    assert isinstance(CliRunner().invoke(cli.app, ["lint", CHAT]).exception, AttributeError)


def test_a_file_that_cannot_be_read_is_named() -> None:
    found = failures.finding(PermissionError(13, "Permission denied", "a/b.py"))
    assert str(found) == "error System/Failed: `a/b.py`: Permission denied"
