"""From a document to a package, stage by stage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any, Final

from sdkgen import __version__, findings, moved, source, write
from sdkgen.config import Config, load, warn_of_wrong_codes
from sdkgen.diagnostics import Diagnostics, DocumentError, Location, Severity, counted, fail
from sdkgen.emit.vendor import runtime
from sdkgen.ir.api import Api
from sdkgen.lower import lower
from sdkgen.source.load import COME_NEARER, is_url, is_within_reach, public, read_bytes

Progress = Callable[[str], object]
"""Takes a few words on what is being done."""

_ANOTHER: Final = (
    "name a folder of its own for this one, or run sdkgen generate with --force to replace it"
)


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for.

    Attributes:
        spec: A path, a URL, or ``-`` for standard input.
        config: The path of an `sdkgen.yaml`.
        package: The import name, which goes before the configuration's.
        client: The name of the client's class, which goes before the configuration's.
        overlays: Paths or URLs of overlays, which come after the configuration's.
    """

    spec: str
    config: Path | None = None
    package: str | None = None
    client: str | None = None
    overlays: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """What the document is called in whatever is said of it."""
        return public(self.spec)


def config_beside(spec: str) -> Path | None:
    """The `sdkgen.yaml` in the folder of a document, if there is one."""
    if spec == "-" or is_url(spec):
        return None
    found = Path(spec).parent / "sdkgen.yaml"
    return found if found.is_file() else None


def lint(job: Job, diagnostics: Diagnostics, progress: Progress) -> Api:
    """Read a document and decide everything, and write nothing.

    Raises:
        DocumentError: There is no way on.
    """
    return _lowered(job, diagnostics, progress).api


@dataclass(frozen=True, slots=True)
class _Lowered:
    """What a job has led to, and the overlays that had a part in it."""

    document: source.Document
    api: Api
    overlays: tuple[str, ...]


def _lowered(job: Job, diagnostics: Diagnostics, progress: Progress) -> _Lowered:
    config = _config(job, diagnostics)
    overlays = _overlays(job, config)
    progress(f"Reading {job.document}")
    document = source.read(job.spec, diagnostics, overlays)
    progress(f"Working out {counted(len(document.operations), 'operation')}")
    api = lower(document, config, diagnostics)
    warn_of_wrong_codes(config, diagnostics)
    return _Lowered(document, api, overlays)


def _overlays(job: Job, config: Config) -> tuple[str, ...]:
    """The overlays, those of the configuration first.

    Raises:
        DocumentError: One that the configuration names cannot be read, or is not to be.
    """
    folder = Path() if job.config is None else job.config.parent
    named = []
    for position, one in enumerate(config.overlays):
        named.append(one if is_url(one) else _file(folder / one))
        if not is_url(one):
            where = config.locate(f"/overlays/{position}")
            if not is_within_reach(named[-1], str(folder)):
                outside = "outside of the configuration's folder and of the working directory"
                fail("Source/Refused", f"`{one}` is not read: {outside}", where, COME_NEARER)
            _try_to_read(named[-1], where)
    return (*named, *job.overlays)


def _file(path: Path) -> str:
    """The path of a file, which is none of standard input."""
    return "./-" if str(path) == "-" else str(path)


def _try_to_read(file: str, where: Location) -> None:
    """Blame the line of the configuration that names a file for what is wrong with it.

    Raises:
        DocumentError: It cannot be read.
    """
    try:
        read_bytes(file)
    except DocumentError as error:
        hint = "write the path of a file, as it is from the folder of the configuration"
        raise DocumentError(replace(error.diagnostic, location=where, hint=hint)) from None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is decided about a package, which is all that its text depends on.

    Attributes:
        document: The name of the document, without its folder, as UTF-8 can have it.
        made_from: A digest of the plan and of the generator: the same for the same text.
        inputs: A digest of all that was read, and of the generator; None where there is more to
            read than the document and the configuration.
        found: What there was to be said of them.
    """

    api: Api
    document: str
    made_from: str
    inputs: str | None = None
    found: list[dict[str, Any]] | None = None


def plan(job: Job, diagnostics: Diagnostics, progress: Progress) -> Plan | None:
    """Decide everything about a package; None where errors have left nothing of it.

    A mistake in the configuration or in an overlay leaves nothing: what it meant to say may have
    been the name of the package.

    Raises:
        DocumentError: There is no way on.
    """
    inputs = _inputs(job)
    lowered = _lowered(job, diagnostics, progress)
    document, api = lowered.document, lowered.api
    settings = {*map(public, lowered.overlays), *([] if job.config is None else [str(job.config)])}
    misconfigured = any(
        one.severity is Severity.ERROR
        and one.location is not None
        and one.location.source in settings
        for one in diagnostics
    )
    if misconfigured or not (api.resources or not diagnostics.has_errors):
        return None
    name = PurePath(job.document).name.encode(errors="backslashreplace").decode()
    made_from = hashlib.sha256(f"{_own_digest()} {name} {api!r}".encode()).hexdigest()
    is_all = document.is_one_file and not lowered.overlays
    found = findings.kept(diagnostics, _roles(job)) if is_all else None
    return Plan(api, name, made_from, None if found is None else inputs, found)


def files(planned: Plan, progress: Progress) -> dict[str, str]:
    """The files of a package: text by relative POSIX path."""
    models = counted(len(planned.api.definitions), "model")
    progress(f"Writing {planned.api.package}: {models}")
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
        refused: Whether it was not or, where it was only checked, would not be written.
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
    out = write.resolved(out)
    if not force and (count := _count_of_same(job, out, diagnostics)):
        return Result(count)
    planned = plan(job, diagnostics, progress)
    if planned is None:
        return Result()
    if not force and (count := write.count_current(out, "made_from", planned.made_from)):
        return Result(count)
    made = files(planned, progress)
    written, endpoints = write.read_manifest(out), moved.endpoints(planned.api)
    package = planned.api.package
    if not force and moved.is_another(written, package, endpoints):
        other = moved.other_package(written, package)
        message = f"`{out}` has the package `{other}`, which is that of another API"
        diagnostics.error("Write/Refused", message, None, hint=_ANOTHER)
        return Result(len(made), refused=True)
    moved.warn(written, package, endpoints, diagnostics)
    before = len(diagnostics)
    put = write.check if check else write.write
    changes = put(out, made, force=force, diagnostics=diagnostics)
    return Result(len(made), changes, refused=len(diagnostics) > before)


def _count_of_same(job: Job, out: Path, diagnostics: Diagnostics) -> int:
    """How many files an earlier run made of the same files; 0 where it has to be found out.

    What that run had to say is said again.
    """
    count = write.count_current(out, "inputs", _inputs(job))
    files = {role: name for name, role in _roles(job).items()}
    said = write.read_manifest(out).get("found")
    return count if count and findings.tell(said, files, diagnostics) else 0


def _inputs(job: Job) -> str | None:
    """A digest of the document, the configuration and the generator; None for no plain files."""
    try:
        if job.overlays or not Path(job.spec).is_file():
            return None
        read = [read_bytes(job.spec), b"" if job.config is None else job.config.read_bytes()]
    except (OSError, ValueError, DocumentError):
        return None  # which is reported where they are needed
    told = (_own_digest(), PurePath(job.spec).name, job.package, job.client, job.config is None)
    digests = [hashlib.sha256(one).hexdigest() for one in read]
    return write.digest(repr((*told, *digests)))


def _roles(job: Job) -> dict[str, str]:
    """What the files of a job are to it, by their names in what is said of them."""
    config = {} if job.config is None else {str(job.config): "config"}
    return {**config, job.spec: "document"}


@cache
def _own_digest() -> str:
    """A digest of the generator and what makes the models: the output may change with either."""
    here = Path(__file__).parent
    sources = [path for path in here.rglob("*") if path.suffix in (".py", ".jinja", ".json")]
    texts = [*(path.read_text(encoding="utf-8") for path in sorted(sources)), *runtime().values()]
    return write.digest("\0".join([*texts, version("datamodel-code-generator")]))


def _manifest(made: Mapping[str, str], planned: Plan) -> str:
    """What was written, from what, by which version. No paths of the machine that wrote it."""
    said = {
        "sdkgen": __version__,
        "document": planned.document,
        "package": planned.api.package,
        "made_from": planned.made_from,
        **({} if planned.inputs is None else {"inputs": planned.inputs, "found": planned.found}),
        "methods": moved.endpoints(planned.api),
        "files": {name: write.digest(text) for name, text in sorted(made.items())},
    }
    return json.dumps(said, indent=2) + "\n"


def _config(job: Job, diagnostics: Diagnostics) -> Config:
    config = load(job.config, diagnostics)
    diagnostics.ignore(config.ignored)
    return replace(
        config, package=job.package or config.package, client=job.client or config.client
    )
