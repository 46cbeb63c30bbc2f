"""From a document to a package, stage by stage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePath

from sdkgen import __version__, source, write
from sdkgen.config import Config, load
from sdkgen.diagnostics import Diagnostics, Severity
from sdkgen.emit.vendor import runtime
from sdkgen.ir.api import Api
from sdkgen.lower import lower

Progress = Callable[[str], object]
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


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is decided about a package, which is all that its text depends on.

    Attributes:
        document: The name of the document, without its folder.
        made_from: A digest of the plan and of the generator: the same for the same text.
    """

    api: Api
    document: str
    made_from: str


def plan(job: Job, diagnostics: Diagnostics, progress: Progress) -> Plan | None:
    """Decide everything about a package; None where errors have left nothing of it.

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
        return None
    document = PurePath(job.spec).name
    made_from = hashlib.sha256(f"{_own_digest()} {document} {api!r}".encode()).hexdigest()
    return Plan(api, document, made_from)


def files(planned: Plan, progress: Progress) -> dict[str, str]:
    """The files of a package: text by relative POSIX path."""
    progress(f"Writing {planned.api.package}: {len(planned.api.definitions)} models")
    # Loading what makes models takes as long as reading a large document.
    from sdkgen.emit.package import package  # noqa: PLC0415

    made = package(planned.api)
    return {**made, write.MANIFEST: _manifest(made, planned)}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a package.

    Attributes:
        files: How many files it has; 0 where errors have left nothing of it.
        changes: What was written or, where it was only checked, would be.
        refused: Whether it could not be written.
    """

    files: int = 0
    changes: write.Changes = field(default_factory=write.Changes)
    refused: bool = False


def generate(
    job: Job,
    out: Path,
    diagnostics: Diagnostics,
    progress: Progress,
    *,
    check: bool = False,
    force: bool = False,
) -> Result:
    """Make a folder hold the package for a document.

    Args:
        job: What is asked for.
        out: The folder.
        diagnostics: Takes what is wrong with the document, or with the folder.
        progress: Takes what is being done.
        check: Write nothing, and say what would change.
        force: Write the package anew, over whatever is there.

    Raises:
        DocumentError: There is no way on.
        OSError: A file to be checked cannot be read.
    """
    planned = plan(job, diagnostics, progress)
    if planned is None:
        return Result()
    if not force and (count := write.count_current(out, planned.made_from)):
        return Result(count)
    made = files(planned, progress)
    if check:
        return Result(len(made), write.check(out, made))
    before = len(diagnostics)
    changes = write.write(out, made, force=force, diagnostics=diagnostics)
    return Result(len(made), changes, refused=len(diagnostics) > before)


@cache
def _own_digest() -> str:
    """A digest of the generator and what makes the models: the output may change with either."""
    here = Path(__file__).parent
    sources = [path for path in here.rglob("*") if path.suffix in (".py", ".jinja")]
    texts = [*(path.read_text(encoding="utf-8") for path in sorted(sources)), *runtime().values()]
    return write.digest("\0".join([*texts, version("datamodel-code-generator")]))


def _manifest(made: Mapping[str, str], planned: Plan) -> str:
    """What was written, from what, by which version. No paths of the machine that wrote it."""
    said = {
        "sdkgen": __version__,
        "document": planned.document,
        "made_from": planned.made_from,
        "files": {name: write.digest(text) for name, text in sorted(made.items())},
    }
    return json.dumps(said, indent=2) + "\n"


def _config(job: Job, diagnostics: Diagnostics) -> Config:
    config = load(job.config, diagnostics)
    return replace(
        config, package=job.package or config.package, client=job.client or config.client
    )
