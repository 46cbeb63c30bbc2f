"""Findings as plain data: for a later run that has nothing to find out anew.

Files go by what they are to the run, not by their paths: what is written is the same on every
machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sdkgen.diagnostics import Diagnostic, Diagnostics, Location, Severity

_MOST: Final = 200
"""Findings that are kept: a package is no place for more."""


def kept(diagnostics: Diagnostics, files: Mapping[str, str]) -> list[dict[str, Any]] | None:
    """The findings of a run; None where they cannot be kept.

    Args:
        diagnostics: The findings.
        files: What each file is to the run, by its name in the findings.
    """
    if len(diagnostics) > _MOST:
        return None
    found = []
    for one in diagnostics:
        at = one.location
        said = f"{one.message}\n{one.hint}"
        # A path in a sentence would be this machine's.
        if (at is not None and at.source not in files) or any(
            name in said for name in files if "/" in name or "\\" in name
        ):
            return None
        place = None if at is None else [files[at.source], at.line, at.column]
        found.append({"code": one.code, "severity": one.severity.value, "at": place})
        found[-1] |= {"message": one.message, "hint": one.hint}
    return found


def tell(said: Any, files: Mapping[str, str], diagnostics: Diagnostics) -> bool:
    """Tell of findings that were kept; whether they could be read.

    Args:
        said: What `kept` gave, perhaps: it comes from a file that anybody may have edited.
        files: The name of each file, by what it is to the run.
        diagnostics: Takes the findings.
    """
    if not isinstance(said, list):
        return False
    try:
        found = [_found(one, files) for one in said]
    except (LookupError, TypeError, ValueError):
        return False
    for one in found:
        diagnostics.add(one)
    return True


def _found(said: Any, files: Mapping[str, str]) -> Diagnostic:
    place = said["at"]
    at = None if place is None else Location(files[place[0]], int(place[1]), int(place[2]))
    hint = said["hint"]
    return Diagnostic(
        str(said["code"]),
        Severity(said["severity"]),
        str(said["message"]),
        at,
        None if hint is None else str(hint),
    )
