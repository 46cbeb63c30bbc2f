"""What ends a run before its time, as a finding like any other."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Final

from sdkgen.diagnostics import Diagnostic, DocumentError, Severity

DEBUG: Final = "SDKGEN_DEBUG"
"""The environment variable with which a defect of sdkgen shows its traceback."""

_MOST: Final = 200
_REPORT: Final = (
    "this is a defect of sdkgen, not of your document: please report it, with the document if "
    f"you can;\nwith {DEBUG}=1 in the environment there is a traceback"
)


def finding(error: Exception) -> Diagnostic:
    """What to tell of an error that left nothing to go on with.

    Raises:
        Exception: The error itself, where it is sdkgen's own and `SDKGEN_DEBUG` is set.
    """
    if isinstance(error, DocumentError):
        return error.diagnostic
    if isinstance(error, OSError) and error.filename is not None:
        message = f"`{error.filename}`: {error.strerror}"
        return Diagnostic("System/Failed", Severity.ERROR, message)
    if os.environ.get(DEBUG):
        raise error
    # Its text may have a part of the document in it.
    text = " ".join(str(error).split())[:_MOST]
    message = f"sdkgen failed {_where(error)}: {type(error).__name__}: {text}"
    return Diagnostic("Internal/Defect", Severity.ERROR, message, hint=_REPORT)


def _where(error: Exception) -> str:
    """The last line of sdkgen's own that was reached."""
    here = Path(__file__).parent
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if here in Path(frame.filename).parents:
            return f"in {Path(frame.filename).relative_to(here).as_posix()}, line {frame.lineno}"
    return "in a library"
