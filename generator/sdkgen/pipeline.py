"""From a document to a package, stage by stage."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from sdkgen import __version__, emit, source, write
from sdkgen.config import Config, load
from sdkgen.diagnostics import Diagnostics, Severity
from sdkgen.ir.api import Api
from sdkgen.lower import lower

Progress = Callable[[str], None]
"""Takes a few words on what is being done."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for.

    Attributes:
        spec: A path, an https URL, or ``-`` for standard input.
        config: The path of an `sdkgen.yaml`.
        package: The import name, which goes before the configuration's.
        client: The name of the client's class, which goes before the configuration's.
    """

    spec: str
    config: Path | None = None
    package: str | None = None
    client: str | None = None


def lint(job: Job, diagnostics: Diagnostics, progress: Progress) -> Api:
    """Read a document and decide everything, and write nothing.

    Raises:
        DocumentError: There is no way on.
    """
    config = _config(job, diagnostics)
    progress(f"Reading {job.spec}")
    document = source.read(job.spec, diagnostics)
    progress(f"Working out {len(document.operations)} operations")
    return lower(document, config, diagnostics)


def generate(job: Job, diagnostics: Diagnostics, progress: Progress) -> dict[str, str]:
    """The files of the package for a document; none where errors have left nothing of it.

    A mistake in the configuration leaves nothing: what it meant to say may have been the name
    of the package.

    Raises:
        DocumentError: There is no way on.
    """
    api = lint(job, diagnostics, progress)
    misconfigured = any(
        one.severity is Severity.ERROR
        and one.location is not None
        and one.location.source == str(job.config)
        for one in diagnostics
    )
    if misconfigured or not (api.resources or not diagnostics.has_errors):
        return {}
    progress(f"Writing {api.package}: {len(api.definitions)} models")
    files = emit.package(api)
    return {**files, write.MANIFEST: _manifest(files, job.spec)}


def _manifest(files: Mapping[str, str], spec: str) -> str:
    """What was written, from what, by which version. No paths of the machine that wrote it."""
    said = {
        "sdkgen": __version__,
        "document": PurePath(spec).name,
        "files": {name: write.digest(text) for name, text in sorted(files.items())},
    }
    return json.dumps(said, indent=2) + "\n"


def _config(job: Job, diagnostics: Diagnostics) -> Config:
    config = load(job.config, diagnostics)
    return replace(
        config, package=job.package or config.package, client=job.client or config.client
    )
