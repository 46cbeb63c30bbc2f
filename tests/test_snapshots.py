"""What is generated for the project's own documents is what is in `snapshots/`.

`pytest --update-snapshots` renews them. Several documents of one case share a snapshot: they
say the same in different versions of OpenAPI.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from packages import ROOT, files_for
from sdkgen.diagnostics import Diagnostics

DOCUMENTS = sorted((ROOT / "specs").glob("*/openapi*.*"))


def _is_compared(path: str) -> bool:
    """The runtime is the same in all packages, and the manifest is made of digests."""
    return "/_runtime/" not in path and path != ".sdkgen.json"


def _on_disk(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _write(folder: Path, files: dict[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_output_is_the_snapshot(
    document: Path, update_snapshots: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    diagnostics = Diagnostics()
    config = document.with_name("sdkgen.yaml")
    files = files_for(
        document.relative_to(ROOT),
        diagnostics,
        config=config.relative_to(ROOT) if config.exists() else None,
    )
    made = {path: text for path, text in files.items() if _is_compared(path)}
    # Documents that share a snapshot are told apart by their names in diagnostics alone.
    said = "".join(f"{found}\n" for found in diagnostics).replace(document.name, "openapi.yaml")
    made["diagnostics.txt"] = said
    folder = ROOT / "snapshots" / document.parent.name
    if update_snapshots:
        _write(folder, made)
    assert _on_disk(folder) == made


def test_every_snapshot_has_a_document() -> None:
    cases = {document.parent.name for document in DOCUMENTS}
    assert {folder.name for folder in (ROOT / "snapshots").iterdir()} == cases


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    made = []
    for seed in ("0", "4711"):
        out = tmp_path / seed
        subprocess.run(
            [
                *(sys.executable, "-m", "sdkgen", "generate", "specs/bookshop/openapi-3.0.yaml"),
                *("-o", str(out), "--quiet"),
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        made.append(_on_disk(out))
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "readme",
    sorted((ROOT / "snapshots").glob("*/README.md")),
    ids=lambda path: str(path.parent.name),
)
def test_the_examples_of_a_package_s_readme_are_python(readme: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", readme.read_text(), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    for block in blocks:
        assert ast.parse(block).body
