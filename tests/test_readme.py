"""Every command that the README prints works as printed, in an empty virtual environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from packages import ROOT
from sdkgen.config import load
from sdkgen.diagnostics import Diagnostics

README = (ROOT / "README.md").read_text(encoding="utf-8")
PORT = "8765"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's files as a release has them, at a place of their own."""
    folder = tmp_path_factory.mktemp("checkout")
    source = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    release = source["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    caches = shutil.ignore_patterns("__pycache__", ".*")
    for name in ("pyproject.toml", *(name.lstrip("/") for name in release)):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=caches)
        else:
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of an empty virtual environment."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(folder, with_pip=True)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    path = os.pathsep.join([str(folder / "bin"), os.environ["PATH"]])
    return {**kept, "VIRTUAL_ENV": str(folder), "PATH": path, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _run(command: str, checkout: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def installed(checkout: Path, environment: dict[str, str]) -> Path:
    """The checkout after the README's first command and the installation of what it wrote."""
    generate, install = _blocks("sh")[:2]
    _run(generate, checkout, environment)
    _run(install, checkout, environment)
    return checkout


@pytest.fixture
def server(installed: Path, environment: dict[str, str]) -> Iterator[str]:
    """The README's server, on a free port; gives the port."""
    command = _blocks("sh")[2].strip()
    process = subprocess.Popen(
        ["bash", "-c", f"exec {command} 0"],
        cwd=installed,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout is not None
        yield process.stdout.readline().strip().rpartition(":")[2]
        process.terminate()


def test_the_main_job_s_package_reads_a_stream(
    installed: Path, environment: dict[str, str], server: str
) -> None:
    taste = _blocks("python")[0]
    assert PORT in taste
    (installed / "taste.py").write_text(taste.replace(PORT, server))
    said = _run(_blocks("sh")[3], installed, environment)
    assert said == "There are seven continents in the world.\n"


def test_the_generated_package_needs_httpx_and_pydantic_alone(
    installed: Path, tmp_path: Path
) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(installed / "out")], check=True)
    code = "import parley; parley.Parley(); print(parley.__version__)"
    said = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "1.0.0\n"


def test_the_snapshot_test_of_the_readme_passes_and_fails_when_it_should(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    (written,) = [block for block in _blocks("python") if "--check" in block]
    shutil.copy(installed / "specs" / "chat" / "openapi.yaml", tmp_path)
    command = re.search(r"`(sdkgen generate openapi\.yaml -o sdk/)` renews", README)
    assert command is not None
    _run(command[1], tmp_path, environment)
    program = f"{written}\n\ntest_the_sdk_is_current()\n"
    assert (
        subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, env=environment, check=False
        ).returncode
        == 0
    )
    (tmp_path / "sdk" / "parley" / "client.py").write_text("edited\n")
    assert (
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env=environment,
            check=False,
            capture_output=True,
        ).returncode
        != 0
    )


def test_the_error_that_the_readme_shows_is_the_one_that_is_given() -> None:
    shown = re.search(r"^```\n(specs/chat-bad.*?)\n```$", README, re.DOTALL | re.MULTILINE)
    assert shown is not None
    snapshot = ROOT / "snapshots" / "chat-bad" / "diagnostics.txt"
    assert snapshot.read_text(encoding="utf-8").startswith(f"{shown[1]}\n")


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    (command,) = [block.strip() for block in _blocks("sh") if "pytest" in block]
    assert command == "pip install -e '.[dev]' && pytest"
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_configuration_of_the_readme_is_one(tmp_path: Path) -> None:
    shown = next(block for block in _blocks("yaml") if block.startswith("package:"))
    path = tmp_path / "sdkgen.yaml"
    path.write_text(shown)
    diagnostics = Diagnostics()
    config = load(path, diagnostics)
    assert list(diagnostics) == []
    assert config.streaming.handlers
    assert config.resources


def test_the_workflow_of_the_readme_gives_the_action_inputs_that_it_has() -> None:
    shown = next(block for block in _blocks("yaml") if block.startswith("name: sdk"))
    (step,) = [one for one in yaml.safe_load(shown)["jobs"]["sdk"]["steps"] if "with" in one]
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert step["with"].keys() <= inputs.keys()
