"""The standard streams, whatever they are: closed, full, or of an encoding with few characters."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sdkgen.diagnostics import Diagnostic, Severity

_FAILED: Final = 1


@contextlib.contextmanager
def usable() -> Iterator[None]:
    """Let standard output and error take any text, and end the program where they take none.

    Raises:
        SystemExit: With status 1: what there was to say could not be said.
    """
    # Python has None for a stream that is closed.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        _tell(error)
        _drop_what_waits()
        raise SystemExit(_FAILED) from None


def _nowhere() -> io.TextIOWrapper:
    return Path(os.devnull).open("w", encoding="utf-8")


def _tell(error: OSError) -> None:
    if isinstance(error, BrokenPipeError):
        return  # who closes a pipe has read enough
    named = error.filename is not None
    what = f"`{error.filename}`" if named else "the output cannot be written"
    found = Diagnostic("System/Failed", Severity.ERROR, f"{what}: {error.strerror}")
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{found}\n")


def _drop_what_waits() -> None:
    """Python writes what is left in the streams when it ends, which would fail once more."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError), Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
