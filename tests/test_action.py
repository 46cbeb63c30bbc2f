"""The GitHub Action: its file is valid, and its steps do what they say on a simulated runner."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from packages import ROOT
from sdkgen.action import annotation
from sdkgen.diagnostics import Diagnostic, Location, Severity

ACTION = ROOT / "action.yml"


def _definition() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return loaded


def test_the_file_is_valid_by_the_schema_of_github_actions() -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema"),
            *("--builtin-schema", "vendor.github-actions", str(ACTION)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_input_becomes_a_part_of_a_shell_s_text() -> None:
    scripts = [step["run"] for step in _definition()["runs"]["steps"] if "run" in step]
    assert scripts
    assert not [script for script in scripts if "${{" in script]


class Runner:
    """Runs the steps of the action that are scripts, with the files and variables of a runner."""

    def __init__(self, workspace: Path, temp: Path) -> None:
        self.workspace = workspace
        self.temp = temp
        self.python = sys.executable
        self.more: dict[str, str] = {}
        self.log = ""
        self.outputs: dict[str, str] = {}

    def run(self, step_name: str, **inputs: str) -> int:
        definition = _definition()
        defaults = {name: str(one.get("default", "")) for name, one in definition["inputs"].items()}
        values = defaults | {name.replace("_", "-"): value for name, value in inputs.items()}
        (step,) = [one for one in definition["runs"]["steps"] if one["name"] == step_name]
        output, path = self.temp / "output", self.temp / "path"
        output.write_text("")
        values |= {"python.outputs.python-path": self.python, "install.outputs.python": self.python}
        environment = {
            **os.environ,
            "GITHUB_OUTPUT": str(output),
            "GITHUB_PATH": str(path),
            "GITHUB_ACTION_PATH": str(ROOT),
            "RUNNER_TEMP": str(self.temp),
            **{
                name: re.sub(
                    r"\$\{\{ (?:inputs|steps)\.([\w.-]+) \}\}", lambda found: values[found[1]], text
                )
                for name, text in step["env"].items()
            },
            **self.more,
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.log = done.stdout + done.stderr
        pattern = r"(\w+)<<(\S+)\n(.*?)\n\2\n"
        found = re.findall(pattern, output.read_text(), re.DOTALL)
        self.outputs = {name: value for name, _, value in found}
        self.outputs |= dict(re.findall(r"^(\w+)=(.*)$", output.read_text(), re.MULTILINE))
        assert not path.exists(), "later steps would have another PATH"
        return done.returncode


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    workspace, temp = tmp_path / "workspace", tmp_path / "temp"
    workspace.mkdir()
    temp.mkdir()
    for case in ("chat", "chat-bad"):
        document = ROOT / "specs" / case / "openapi.yaml"
        shutil.copy(document, workspace / f"{case}.yaml")
    return Runner(workspace, temp)


def test_generating_writes_and_checking_then_passes(runner: Runner) -> None:
    assert runner.run("Run sdkgen", mode="generate", spec="chat.yaml") == 0, runner.log
    assert runner.outputs == {"changed": "true", "diagnostics": "[]"}
    assert (runner.workspace / "sdk" / "parley" / "client.py").exists()
    assert runner.run("Run sdkgen", spec="chat.yaml") == 0, runner.log
    assert runner.outputs == {"changed": "false", "diagnostics": "[]"}


def test_checking_fails_where_the_output_is_not_current_and_writes_nothing(
    runner: Runner,
) -> None:
    assert runner.run("Run sdkgen", mode="check", spec="chat.yaml", output="there") == 1
    said = (
        "::error title=sdkgen::there is not what chat.yaml gives: run `sdkgen generate` and commit"
        " the result.%0AA .sdkgen.json%0AA README.md%0A"
    )
    assert said in runner.log
    assert " more\n" in runner.log
    assert runner.outputs["changed"] == "true"
    assert not (runner.workspace / "there").exists()


def test_the_summary_counts_findings_and_names_files_as_text_alone(runner: Runner) -> None:
    summary = runner.temp / "summary"
    summary.write_text("# Before\n")
    runner.more = {"GITHUB_STEP_SUMMARY": str(summary)}
    spec = "</pre><b>\n# chat`.yaml"
    (runner.workspace / spec.partition("/")[0]).mkdir()
    (runner.workspace / spec).write_bytes((runner.workspace / "chat.yaml").read_bytes())
    assert runner.run("Run sdkgen", mode="generate", spec="chat.yaml", output="sdk") == 0
    (runner.workspace / "sdk" / "README.md").unlink()
    (runner.workspace / "sdk" / "parley" / "client.py").unlink()
    assert runner.run("Run sdkgen", spec=spec, output="sdk") == 1
    shown = "&lt;/pre&gt;&lt;b&gt;\n# chat`.yaml"
    assert summary.read_text() == (
        "# Before\n<pre>\nchat.yaml: no errors, no warnings.\n</pre>\n"
        f"<pre>\n{shown}: no errors, no warnings.\n"
        f"sdk is not what {shown} gives: run `sdkgen generate` and commit the result.\n"
        "M .sdkgen.json\nA README.md\nA parley/client.py\n</pre>\n"
    )


def test_a_document_of_another_name_and_form_is_current(runner: Runner) -> None:
    assert runner.run("Run sdkgen", mode="generate", spec="chat.yaml") == 0, runner.log
    document = yaml.safe_load((runner.workspace / "chat.yaml").read_text())
    (runner.workspace / "renamed.json").write_text(json.dumps(document))
    assert runner.run("Run sdkgen", mode="check", spec="renamed.json") == 0, runner.log
    assert runner.outputs == {"changed": "false", "diagnostics": "[]"}


def test_errors_are_annotations_on_the_lines_of_the_document(runner: Runner) -> None:
    assert runner.run("Run sdkgen", mode="generate", spec="chat-bad.yaml") == 1
    lines = (runner.workspace / "chat-bad.yaml").read_text().splitlines()
    line = 1 + next(at for at, text in enumerate(lines) if text.strip() == "usage:")
    said = f"::error file=chat-bad.yaml,line={line},col=9,title=Stream/UnknownField::"
    assert runner.log.startswith(said)
    (found,) = json.loads(runner.outputs["diagnostics"])
    assert (found["code"], found["line"], found["column"]) == ("Stream/UnknownField", line, 9)


@pytest.mark.parametrize(
    "spec", ["./chat-bad.yaml", "sub/../chat-bad.yaml", "sub//.././chat-bad.yaml", "{absolute}"]
)
def test_annotations_have_the_path_of_a_file_from_the_workspace(runner: Runner, spec: str) -> None:
    (runner.workspace / "sub").mkdir()
    spec = spec.format(absolute=runner.workspace / "chat-bad.yaml")
    assert runner.run("Run sdkgen", mode="generate", spec=spec) == 1
    assert runner.log.startswith("::error file=chat-bad.yaml,line=")
    (found,) = json.loads(runner.outputs["diagnostics"])
    assert found["file"] == "chat-bad.yaml"


@pytest.mark.parametrize("source", ["https://api.test/../openapi.yaml", "<stdin>", "../b.yaml"])
def test_annotations_have_what_is_no_file_of_the_workspace_as_it_is(source: str) -> None:
    found = Diagnostic("A/B", Severity.ERROR, "c", Location(source, 1, 2))
    assert f"file={source.replace(':', '%3A')},line=1,col=2," in annotation(found)


def test_a_configuration_is_used(runner: Runner) -> None:
    (runner.workspace / "sdkgen.yaml").write_text("package: talk\n")
    assert runner.run("Run sdkgen", mode="generate", spec="chat.yaml", config="sdkgen.yaml") == 0
    assert (runner.workspace / "sdk" / "talk").is_dir()


def test_the_configuration_beside_the_document_is_used(runner: Runner) -> None:
    (runner.workspace / "sdkgen.yaml").write_text("package: talk\n")
    assert runner.run("Run sdkgen", mode="generate", spec="chat.yaml") == 0
    assert (runner.workspace / "sdk" / "talk").is_dir()


@pytest.mark.parametrize("mode", ["", "publish", "generate; touch pwned", "$(touch pwned)"])
def test_an_input_is_never_run(runner: Runner, mode: str) -> None:
    status = runner.run("Run sdkgen", mode=mode or "x", spec="`touch pwned`$(touch pwned)")
    assert status == 2
    assert not list(runner.workspace.glob("pwned"))


def test_the_installed_version_is_the_one_that_is_asked_for(runner: Runner) -> None:
    """Run with a `python` that only notes what it is called with."""
    tools = runner.temp / "tools"
    noted = runner.temp / "noted"
    tools.mkdir()
    fake = '#!/bin/sh\necho "$@" >> "{noted}"\nmkdir -p "$RUNNER_TEMP/sdkgen/bin"\n'
    fake += 'cp "$0" "$RUNNER_TEMP/sdkgen/bin/python" 2>/dev/null || true\n'
    (tools / "python").write_text(fake.format(noted=noted))
    (tools / "python").chmod(0o755)
    runner.python = str(tools / "python")
    assert runner.run("Install sdkgen", version="1.2.3; touch pwned") == 0, runner.log
    assert "-P -m pip install --quiet sdkgen==1.2.3; touch pwned" in noted.read_text()
    assert runner.run("Install sdkgen") == 0, runner.log
    assert noted.read_text().splitlines()[-1] == f"-P -m pip install --quiet {ROOT}"
    assert runner.outputs["python"] == str(runner.temp / "sdkgen" / "bin" / "python")
    assert not list(runner.workspace.glob("pwned"))


def test_later_steps_keep_their_python() -> None:
    (setup,) = [step for step in _definition()["runs"]["steps"] if "uses" in step]
    assert setup["with"]["update-environment"] is False


@pytest.mark.parametrize("module", ["sdkgen", "yaml", "json"])
def test_a_module_in_the_workspace_is_not_imported(runner: Runner, module: str) -> None:
    (runner.workspace / f"{module}.py").write_text("raise SystemExit('pwned')\n")
    assert runner.run("Run sdkgen", mode="generate", spec="chat.yaml") == 0, runner.log


@pytest.mark.parametrize("mode", ["check", "generate"])
def test_what_is_not_written_is_not_current(runner: Runner, mode: str) -> None:
    readme = runner.workspace / "sdk" / "README.md"
    readme.parent.mkdir()
    readme.write_text("mine\n")
    assert runner.run("Run sdkgen", mode=mode, spec="chat.yaml") == 1
    assert runner.outputs["changed"] == "true"
    assert "title=Write/Refused::" in runner.log
    assert "run `sdkgen generate` and commit" not in runner.log
    assert readme.read_text() == "mine\n"


@pytest.mark.parametrize("mode", ["check", "generate"])
@pytest.mark.parametrize("spec", ["missing.yaml", "chat-bad.yaml", "malformed.yaml"])
def test_whether_an_sdk_is_current_is_not_said_where_there_is_none_to_compare(
    runner: Runner, mode: str, spec: str
) -> None:
    (runner.workspace / "malformed.yaml").write_text("openapi: [")
    assert runner.run("Run sdkgen", mode=mode, spec=spec) == 1
    assert runner.outputs["changed"] == ""
    assert len(json.loads(runner.outputs["diagnostics"])) == 1


def test_a_log_that_does_not_take_all_characters_takes_the_others(runner: Runner) -> None:
    runner.more = {"PYTHONIOENCODING": "cp1252"}
    document = (runner.workspace / "chat-bad.yaml").read_text()
    (runner.workspace / "日本.yaml").write_text(document)
    assert runner.run("Run sdkgen", mode="generate", spec="日本.yaml") == 1
    assert runner.log.startswith(r"::error file=\u65e5\u672c.yaml,line=")
    (found,) = json.loads(runner.outputs["diagnostics"])
    assert found["file"] == "日本.yaml"


def test_the_text_of_a_document_can_neither_end_a_command_nor_begin_one() -> None:
    found = Diagnostic(
        "A/B",
        Severity.ERROR,
        "100%\n::set-output name=x::y",
        Location("a,b:c.yaml", 1, 2),
        "first\r\n::warning::second",
    )
    assert annotation(found) == (
        "::error file=a%2Cb%3Ac.yaml,line=1,col=2,title=A/B::"
        "100%25%0A::set-output name=x::y%0Afirst%0D%0A::warning::second"
    )


def test_a_file_whose_name_is_too_long_for_any_is_named_all_the_same() -> None:
    found = Diagnostic("A/B", Severity.ERROR, "no", Location("x" * 300, 1, 2))
    assert annotation(found).startswith(f"::error file={'x' * 300},line=1,")
