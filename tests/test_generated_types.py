"""Generated packages hold under the strictest settings of the common checkers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from packages import ROOT, files_for, write, write_examples
from sdkgen.diagnostics import Diagnostics

SOUND = sorted({path.parent.name for path in (ROOT / "specs").glob("*/openapi*")} - {"chat-bad"})


def _document(case: str) -> Path:
    return min((ROOT / "specs" / case).glob("openapi*"))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All packages, the examples of their documentation, and programs that use them."""
    folder = tmp_path_factory.mktemp("checked")
    for case in SOUND:
        config = _document(case).with_name("sdkgen.yaml")
        files = files_for(
            _document(case), Diagnostics(), config=config if config.exists() else None
        )
        write(files, folder)
        write_examples(files, folder)
    for program in sorted((ROOT / "tests" / "typing").glob("*.py")):
        shutil.copy(program, folder)
    return folder


def _run(tool: str, *arguments: str, cwd: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", tool, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_mypy_strict_finds_nothing(everything: Path) -> None:
    status, said = _run("mypy", "--strict", "--no-incremental", ".", cwd=everything)
    assert status == 0, said


def test_pyright_finds_nothing(everything: Path) -> None:
    status, said = _run("pyright", "--pythonpath", sys.executable, ".", cwd=everything)
    assert status == 0, said


def test_ruff_finds_nothing(everything: Path) -> None:
    rules = ["--isolated", "--line-length", "100", "--select", "E4,E7,E9,F,I"]
    status, said = _run("ruff", "check", *rules, ".", cwd=everything)
    assert status == 0, said


def test_small_packages_are_laid_out_as_a_formatter_would(everything: Path) -> None:
    # Examples of a reference are functions here, and so wider than there.
    no_examples = ["--exclude", "*_reference.py"]
    arguments = ["--isolated", "--line-length", "100", "--check", "--diff", *no_examples, "."]
    status, said = _run("ruff", "format", *arguments, cwd=everything)
    assert status == 0, said
