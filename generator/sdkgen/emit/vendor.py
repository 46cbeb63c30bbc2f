"""The runtime, as a part of a package: copied byte for byte."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def runtime() -> dict[str, str]:
    """The files of the runtime, by name."""
    folder = resources.files("sdkgen_runtime")
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted(folder.iterdir(), key=lambda one: one.name)
        if file.name.endswith(".py")
    }
