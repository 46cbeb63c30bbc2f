"""Documents of other people's, and what of them is known beforehand."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
import yaml

from packages import SHARED, files_for, write, write_examples
from sdkgen.diagnostics import Diagnostics, Severity

HERE: Final = Path(__file__).parent

_GITHUB: Final = "SDKGEN_GITHUB"
"""The environment variable that names GitHub's document, which is not among the others."""


@dataclass(frozen=True, slots=True)
class Real:
    """A document.

    Attributes:
        name: What its configuration is called, where it has one.
        path: Where it is, if it is there.
        defects: The codes of the errors in it, each of which is its author's.
    """

    name: str
    path: Path
    defects: tuple[str, ...] = ()

    @property
    def config(self) -> Path | None:
        """What the document leaves open."""
        found = HERE / f"{self.name}.yaml"
        return found if found.exists() else None

    def required(self) -> Path:
        """Where the document is; without it, the test is skipped."""
        if not self.path.is_file():
            pytest.skip(f"there is no {self.path}: {_WHENCE.get(self.name, 'it is optional')}")
        return self.path

    def read(self) -> Any:
        """The document, by another reader than ours."""
        raw = self.required().read_bytes()
        if self.path.suffix == ".json":
            return json.loads(raw)
        return yaml.load(raw, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


_WHENCE: Final = {
    "github": "`npm pack @octokit/openapi@23.0.2` has it as generated/api.github.com.json; "
    f"{_GITHUB} says where it is"
}

_SPECS: Final = SHARED / "specs"

DOCUMENTS: Final = {
    one.name: one
    for one in (
        Real("openai", _SPECS / "openai.yaml"),
        Real("mistral", _SPECS / "mistral.yaml"),
        Real("anthropic", _SPECS / "anthropic.yaml"),
        Real(
            "cohere",
            _SPECS / "cohere.yaml",
            # A union of nothing, and mappings to schemas that are not there.
            ("Ref/Dangling", "Ref/Dangling", "Ref/Dangling", "Schema/Malformed"),
        ),
        Real("groq", _SPECS / "groq.yaml"),
        Real("fastapi", _SPECS / "fastapi_sse.json"),
        Real("oas32", _SPECS / "oas32.yaml"),
        Real("github", Path(os.environ.get(_GITHUB, "api.github.com.json"))),
    )
}


class RealPackages:
    """The packages of the documents, each generated when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Path] = {}

    def folder(self, name: str) -> Path:
        """Where the package of a document is, in a folder of its own."""
        if name not in self._made:
            document = DOCUMENTS[name]
            diagnostics = Diagnostics()
            files = files_for(document.required(), diagnostics, config=document.config)
            errors = [one for one in diagnostics if one.severity is Severity.ERROR]
            assert tuple(sorted(one.code for one in errors)) == document.defects, errors
            target = self._folder / name
            self._made[name] = target / write(files, target)
            (target / "reference.md").write_text(files["reference.md"])
            write_examples(files, target)
        return self._made[name]

    def imported(self, name: str) -> ModuleType:
        """The package of a document."""
        folder = self.folder(name)
        if str(folder.parent) not in sys.path:
            sys.path.insert(0, str(folder.parent))
        return importlib.import_module(folder.name)

    def close(self) -> None:
        """Leave nothing behind in the path of imports."""
        for folder in self._made.values():
            if str(folder.parent) in sys.path:
                sys.path.remove(str(folder.parent))


def packages_in(folder: Path) -> Iterator[RealPackages]:
    """Packages that live as long as the fixture that they are given by."""
    found = RealPackages(folder)
    yield found
    found.close()
