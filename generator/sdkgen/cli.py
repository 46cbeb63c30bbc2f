"""The command line: the only place that prints, shows progress and exits."""

from __future__ import annotations

import contextlib
import gc
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from sdkgen import __version__, console, failures, importable
from sdkgen.diagnostics import Diagnostics, Severity

if TYPE_CHECKING:
    from sdkgen import pipeline

_FAILED: Final = 1
_SHORT_HINT: Final = 60
"""Characters of a hint that is said again with each finding: what is meant by a wrong name."""
_STATUSES: Final = (
    "Exit status: 0 when all went well; 1 for errors in what is read, files that are missing, or,"
    " with --check, output that is not current; 2 for wrong usage."
)

app = typer.Typer(
    name="sdkgen",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # whose tables cut names off, and say that flags take a value
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_STATUSES,
    help="Reads an OpenAPI document and writes a typed Python SDK, at home with event streams.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sdkgen {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    del version


# A path of no characters would be the current folder: it is a variable that is not set.
def _file(value: str) -> str:
    if not value:
        raise typer.BadParameter("it names no file.")
    return value


def _config_file(value: str) -> Path:
    return Path(_file(value))


def _folder(value: str) -> Path:
    if not value:
        raise typer.BadParameter("it names no folder; the current one is `.`.")
    return Path(value)


Spec = Annotated[
    str,
    typer.Argument(metavar="SPEC", parser=_file, help="A file, a URL, or - for standard input."),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        parser=_config_file,
        help="An sdkgen.yaml; unless given, the one beside SPEC.",
    ),
]
Overlays = Annotated[
    list[str] | None,
    typer.Option(
        "--overlay",
        metavar="FILE",
        parser=_file,
        help="An OpenAPI Overlay, or Fern's overrides, to change the document; may be repeated.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing but errors.")]


def _package(value: str | None) -> str | None:
    if value is not None and (why := importable.why_not(value)):
        _refuse(f"{value!r} cannot be imported: {why}.", importable.instead(value))
    return value


def _class(value: str | None) -> str | None:
    if value is not None and (why := importable.why_no_client(value)):
        message = f"{value!r} cannot be the name of the client: {why}."
        _refuse(message, importable.client_instead(value))
    return value


def _refuse(message: str, near: str | None) -> NoReturn:
    raise typer.BadParameter(f"{message} Did you mean {near!r}?" if near else message)


@app.command(epilog=_STATUSES)
def generate(
    spec: Spec,
    out: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="OUT", parser=_folder, help="Where to write."),
    ],
    config: ConfigFile = None,
    overlay: Overlays = None,
    package: Annotated[
        str | None, typer.Option(metavar="NAME", callback=_package, help="The import name.")
    ] = None,
    client: Annotated[
        str | None, typer.Option(metavar="NAME", callback=_class, help="The client's class.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where the output is not current.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Replace files that were edited, or that sdkgen did not write, or another SDK.",
        ),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Write the SDK of an API."""
    from sdkgen import pipeline

    _read_once(spec, overlay)
    diagnostics = Diagnostics()
    config = config or _config_beside(spec, quiet=quiet)
    job = pipeline.Job(spec, config, package, client, tuple(overlay or ()))
    with _reporting(diagnostics, quiet=quiet) as progress:
        result = pipeline.generate(job, out, diagnostics, progress, check=check, force=force)
    stale = check and bool(result.changes)
    if stale:
        _say_stale(result, out)
    elif not result.files:
        print("Nothing is written.", file=sys.stderr)
    elif not quiet and not result.refused:
        _say_done(result, out, check=check)
    if diagnostics.has_errors or stale:
        raise typer.Exit(_FAILED)


def _say_stale(result: pipeline.Result, out: Path) -> None:
    print(*result.changes.lines(), sep="\n", file=sys.stderr)
    what_now = (
        "sdkgen generate would refuse to change it, for the errors above"
        if result.refused
        else "run sdkgen generate again"
    )
    print(f"{out} is not current: {what_now}.", file=sys.stderr)


def _say_done(result: pipeline.Result, out: Path, *, check: bool) -> None:
    if check:
        print(f"{out} is current.")
        return
    print(*result.changes.lines(), f"{out}: {result.files} files.", sep="\n")


def _read_once(spec: str, overlays: list[str] | None) -> None:
    if [spec, *(overlays or ())].count("-") > 1:
        raise typer.BadParameter("standard input can be read once: give the others as files.")


def _config_beside(spec: str, *, quiet: bool) -> Path | None:
    from sdkgen import pipeline

    found = pipeline.config_beside(spec)
    if found is not None and not quiet:
        print(f"The configuration is {found}.")
    return found


@app.command(epilog=_STATUSES)
def lint(
    spec: Spec, config: ConfigFile = None, overlay: Overlays = None, quiet: Quiet = False
) -> None:
    """Check a document, its event streams above all; write nothing."""
    from sdkgen import pipeline

    _read_once(spec, overlay)
    diagnostics = Diagnostics()
    config = config or _config_beside(spec, quiet=quiet)
    with _reporting(diagnostics, quiet=quiet) as progress:
        job = pipeline.Job(spec, config, overlays=tuple(overlay or ()))
        pipeline.lint(job, diagnostics, progress)
    if not quiet:
        print(f"{job.document}: {diagnostics.count()}.")
    if diagnostics.has_errors:
        raise typer.Exit(_FAILED)


@contextlib.contextmanager
def _reporting(diagnostics: Diagnostics, *, quiet: bool) -> Iterator[pipeline.Progress]:
    """Show what is being done, on a terminal, and then what was found."""
    try:
        if sys.stderr.isatty() and not quiet:
            # Slow to import, and for people alone.
            from rich.console import Console

            with Console(stderr=True).status("Starting") as status:
                yield status.update
        else:
            yield lambda _: None
    except Exception as error:  # noqa: BLE001
        diagnostics.add(failures.finding(error))
        _print(diagnostics, quiet=quiet)
        raise typer.Exit(_FAILED) from None
    _print(diagnostics, quiet=quiet)


def _print(diagnostics: Diagnostics, *, quiet: bool) -> None:
    """Show what was found; long advice that many findings have, with the first of them."""
    advice: set[str] = set()
    for found in diagnostics:
        if not quiet or found.severity is Severity.ERROR:
            hint = found.hint or ""
            print(replace(found, hint=None) if hint in advice else found, file=sys.stderr)
            if len(hint) > _SHORT_HINT:
                advice.add(hint)


def _end(number: int, frame: object) -> NoReturn:
    """End the run with all that is to be done at its end, as an interruption from the keyboard."""
    del frame
    sys.exit(128 + number)  # as shells count it


def main() -> None:
    """Run the command."""
    signal.signal(signal.SIGTERM, _end)
    # A document is a great many objects, and hardly one of them is garbage before the end.
    gc.disable()
    try:
        with console.usable():
            app()
    finally:
        gc.freeze()  # nor is it worth while to look for any then
