"""Short ways to read documents and texts, and to see what was said of them."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from sdkgen.diagnostics import Diagnostics, DocumentError
from sdkgen.source import Document, read, read_text
from sdkgen.text import parse

SPECS = Path(__file__).parents[2].parent / "shared" / "specs"
"""Documents of real APIs, which are not part of the project."""

real_documents = pytest.mark.skipif(not SPECS.is_dir(), reason=f"no real documents in {SPECS}")

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
"""The first two lines of a sound document."""


def document(text: str, name: str = "api.yaml") -> tuple[Document, list[str]]:
    """A document, and its findings as they are shown."""
    diagnostics = Diagnostics()
    found = read_text(dedent(text).encode(), name, diagnostics)
    return found, [str(finding) for finding in diagnostics]


def sound(text: str, name: str = "api.yaml") -> Document:
    """A document that has no findings."""
    found, findings = document(text, name)
    assert findings == []
    return found


def refusal(text: str | bytes, name: str = "api.yaml") -> str:
    """Why a document cannot be read at all."""
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(DocumentError) as caught:
        read_text(raw, name, Diagnostics())
    return str(caught.value)


def data(text: str, name: str = "api.yaml") -> tuple[Any, list[str]]:
    """The plain data of any text, and the findings."""
    diagnostics = Diagnostics()
    found = parse(text.encode(), name, diagnostics).data
    return found, [str(finding) for finding in diagnostics]


def folder(root: Path, files: dict[str, str]) -> tuple[Document, list[str]]:
    """A document of several files, the first of them the main one; paths are shown as given."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    diagnostics = Diagnostics()
    with chdir(root):
        found = read(str(root / next(iter(files))), diagnostics)
    return found, [str(finding).replace(f"{root}/", "") for finding in diagnostics]
