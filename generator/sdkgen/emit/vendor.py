"""The runtime, as a part of a package: copied byte for byte, and never imported here."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def runtime() -> dict[str, str]:
    """The files of the runtime, by name."""
    spec = find_spec("sdkgen_runtime")  # which finds a package without importing it
    folders = spec.submodule_search_locations if spec is not None else None
    assert folders, "the runtime is installed with the generator"  # noqa: S101
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted(Path(folders[0]).glob("*.py"))
    }
