"""Generated packages, on disk."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from sdkgen import pipeline
from sdkgen.diagnostics import Diagnostics

ROOT = Path(__file__).parents[1]
"""The project's folder."""

SHARED = ROOT.parent / "shared"
"""Documents and recordings of other people's, which a checkout need not have."""


def files_for(
    spec: Path, diagnostics: Diagnostics, *, config: Path | None = None, package: str | None = None
) -> dict[str, str]:
    """The files of the package for a document."""
    job = pipeline.Job(str(spec), config, package)
    planned = pipeline.plan(job, diagnostics, str)
    return {} if planned is None else pipeline.files(planned, str)


def generate(
    spec: Path, folder: Path, *, config: Path | None = None, package: str | None = None
) -> str:
    """Write the package for a document into a folder, and give its import name.

    The package's own project files are left out, so that one folder can hold many.
    """
    diagnostics = Diagnostics()
    files = files_for(spec, diagnostics, config=config, package=package)
    assert not diagnostics.has_errors, "\n".join(map(str, diagnostics))
    return write(files, folder)


def write(files: dict[str, str], folder: Path) -> str:
    """Write a package into a folder, without its project's files, and give its import name."""
    names = {path.split("/")[0] for path in files if "/" in path}
    for path, text in files.items():
        if "/" in path:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    (name,) = names
    return name


def write_examples(files: dict[str, str], folder: Path) -> list[str]:
    """Write the examples of a package's documentation as programs, and give their names.

    They are for type checkers, not to be run.
    """
    package = next(path.split("/")[0] for path in files if "/" in path)
    programs = {
        f"{package}_readme_{number}.py": block
        for number, block in enumerate(_blocks(files["README.md"]))
    }
    said = re.search(r"Their `client` is a `(\w+)`", files["reference.md"])
    assert said is not None
    parts = [f"from {package} import {said[1]} as Client\n"]
    for number, block in enumerate(_blocks(files["reference.md"])):
        body = textwrap.indent(block, "    ")
        parts.append(f"\n\ndef example_{number}(client: Client) -> None:\n{body}")
    programs[f"{package}_reference.py"] = "".join(parts)
    for name, text in programs.items():
        (folder / name).write_text(text, encoding="utf-8")
    return list(programs)


def _blocks(text: str) -> Iterator[str]:
    """The code of a document in Markdown."""
    for found in re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield found[1]
