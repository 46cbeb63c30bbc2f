"""What the GitHub Action runs: inputs from the environment, findings as annotations.

The commands and files of a runner are those of GitHub's "Workflow commands for GitHub Actions".
A document's text is escaped before it is printed: it can neither end a command nor begin one.
"""

from __future__ import annotations

import html
import json
import os
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sdkgen import console, failures, pipeline
from sdkgen.diagnostics import Diagnostic, Diagnostics

_MODES: Final = ("check", "generate")


def main(environment: Mapping[str, str] = os.environ) -> int:
    """Run the action; gives the exit status of its step.

    Args:
        environment: Has the inputs, as `SDKGEN_...`, `GITHUB_OUTPUT` and `GITHUB_STEP_SUMMARY`.
    """
    mode = environment.get("SDKGEN_MODE") or "check"
    spec = environment.get("SDKGEN_SPEC", "")
    if mode not in _MODES or not spec:
        wrong = f"spec is {spec!r}" if mode in _MODES else f"mode is {mode!r}"
        print(f"::error title=sdkgen::{_escaped(wrong)}: mode is check or generate, spec a file.")
        return 2
    given = environment.get("SDKGEN_CONFIG")
    config = Path(given) if given else pipeline.config_beside(spec)
    out = Path(environment.get("SDKGEN_OUTPUT") or "sdk")
    diagnostics = Diagnostics()
    job = pipeline.Job(spec, config)
    made = _run(job, out, mode, diagnostics)
    for found in diagnostics:
        print(annotation(found))
    summary = [f"{job.document}: {diagnostics.count()}."]
    stale = mode == "check" and bool(made.changes)
    if stale:
        how = "" if made.refused else ": run `sdkgen generate` and commit the result"
        said = [f"{out} is not what {job.document} gives{how}.", *made.changes.lines()]
        text = "\n".join(said)
        print(f"::error title=sdkgen::{_escaped(text)}")
        summary += said
    _summarize(environment.get("GITHUB_STEP_SUMMARY"), summary)
    _set_outputs(
        environment.get("GITHUB_OUTPUT"),
        # Where errors have left nothing of the SDK, there is nothing to compare.
        changed=json.dumps(bool(made.changes) or made.refused) if made.files else "",
        diagnostics=json.dumps([_plain(found) for found in diagnostics]),
    )
    return 1 if diagnostics.has_errors or stale else 0


def _run(job: pipeline.Job, out: Path, mode: str, diagnostics: Diagnostics) -> pipeline.Result:
    try:
        return pipeline.generate(job, out, diagnostics, lambda _: None, check=mode == "check")
    except Exception as error:  # noqa: BLE001
        diagnostics.add(failures.finding(error))
        return pipeline.Result()


def annotation(found: Diagnostic) -> str:
    """A finding as a workflow command, shown on its line of the document."""
    properties = {"title": found.code}
    if found.location is not None:
        properties = {
            "file": _in_workspace(found.location.source),
            "line": str(found.location.line),
            "col": str(found.location.column),
            **properties,
        }
    said = ",".join(f"{name}={_escaped(value, ',:')}" for name, value in properties.items())
    hint = f"\n{found.hint}" if found.hint else ""
    return f"::{found.severity.value} {said}::{_escaped(found.message + hint)}"


def _in_workspace(source: str) -> str:
    """A file of the workspace, in which the step runs, by the path that GitHub knows it by."""
    here = Path.cwd()
    path = Path(os.path.normpath(here / source))
    is_there = os.path.isfile(path)  # noqa: PTH113 (which fails for long names)
    return path.relative_to(here).as_posix() if is_there and here in path.parents else source


def _escaped(text: str, also: str = "") -> str:
    """Text as the value of a command or, with `also`, of one of its properties."""
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _plain(found: Diagnostic) -> dict[str, Any]:
    at = found.location
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "hint": found.hint,
        "file": _in_workspace(at.source) if at else None,
        "line": at.line if at else None,
        "column": at.column if at else None,
    }


def _summarize(file: str | None, lines: list[str]) -> None:
    """Add lines to the summary of the job, in which they are neither Markdown nor HTML.

    What begins with `<pre>` is HTML up to its end (CommonMark, section 4.6).
    """
    if not file:
        return
    text = html.escape("\n".join(lines))
    with Path(file).open("a", encoding="utf-8", errors="backslashreplace") as stream:
        stream.write(f"<pre>\n{text}\n</pre>\n")


def _set_outputs(file: str | None, **outputs: str) -> None:
    if not file:
        return
    with Path(file).open("a", encoding="utf-8") as stream:
        for name, value in outputs.items():
            # No text can contain a delimiter that it could not know.
            delimiter = f"end-{uuid.uuid4()}"
            stream.write(f"{name}<<{delimiter}\n{value}\n{delimiter}\n")


if __name__ == "__main__":
    with console.usable():
        sys.exit(main())
