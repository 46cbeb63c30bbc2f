"""What the generator has to say about a document: one value a finding.

Stages never print and never stop at the first defect. They put `Diagnostic`
values into a `Diagnostics` collector and go on where that is sound; the command
line decides what to show and which exit status follows.
"""

from __future__ import annotations

import difflib
import enum
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final, NoReturn

_OF_THE_RUN: Final = ("Write/", "Internal/")
"""How the codes begin of what is no document's fault."""


class Severity(enum.StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Something of the document is missing from the output, or there is no output."""
    WARNING = "warning"
    """The output is whole, but its users would probably be surprised."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file, as editors count: lines and columns start at 1."""

    source: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what was found, where, and what to write instead.

    Attributes:
        code: A stable name, ``Area/WhatIsWrong`` (``Stream/UnknownField``).
        message: What was found, in a sentence.
        location: Where; ``None`` only where no place in a text is to blame.
        hint: What to write instead; may have several lines.
    """

    code: str
    severity: Severity
    message: str
    location: Location | None = None
    hint: str | None = None

    def __str__(self) -> str:
        where = f"{self.location}: " if self.location else ""
        lines = [f"{where}{self.severity} {self.code}: {self.message}"]
        if self.hint:
            lines += [f"  {line}" for line in f"hint: {self.hint}".split("\n")]
        return "\n".join(map(_printable, lines))


def _printable(text: str) -> str:
    """A line of text that cannot move the cursor, colour the terminal or end before its end.

    It may have a name of the document in it, and names of documents can be anything.
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


class DocumentError(Exception):
    """There is no way on: the document cannot be read at all."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def fail(code: str, message: str, location: Location | None, hint: str | None = None) -> NoReturn:
    """End the work on a document.

    Raises:
        DocumentError: Always.
    """
    raise DocumentError(Diagnostic(code, Severity.ERROR, message, location, hint))


@dataclass(slots=True)
class Diagnostics:
    """Collects findings; the same finding is kept once."""

    _found: dict[Diagnostic, None] = field(default_factory=dict)
    _ignored: frozenset[str] = frozenset()
    _codes: set[str] = field(default_factory=set)

    def ignore(self, codes: frozenset[str]) -> None:
        """From now on, take errors with these codes for warnings, and keep no warnings with them.

        Warnings with these codes that have been found already are dropped. What keeps a run from
        its end stays an error.
        """
        self._ignored = frozenset(one for one in codes if not one.startswith(_OF_THE_RUN))
        for found in list(self._found):
            if found.code in codes and found.severity is Severity.WARNING:
                del self._found[found]

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a finding."""
        self._codes.add(diagnostic.code)
        if diagnostic.code in self._ignored:
            if diagnostic.severity is Severity.WARNING:
                return
            diagnostic = replace(diagnostic, severity=Severity.WARNING)
        self._found[diagnostic] = None

    def error(
        self, code: str, message: str, location: Location | None, *, hint: str | None = None
    ) -> None:
        """Keep an error."""
        self.add(Diagnostic(code, Severity.ERROR, message, location, hint))

    def warning(
        self, code: str, message: str, location: Location | None, *, hint: str | None = None
    ) -> None:
        """Keep a warning."""
        self.add(Diagnostic(code, Severity.WARNING, message, location, hint))

    @property
    def codes(self) -> AbstractSet[str]:
        """The codes of all that was found, warnings that are ignored included."""
        return self._codes

    @property
    def has_errors(self) -> bool:
        """Whether anything is missing from the output."""
        return any(found.severity is Severity.ERROR for found in self._found)

    def count(self) -> str:
        """How many there are, in words."""
        counts = Counter(found.severity for found in self._found)
        said = (counted(count, severity.value) for severity, count in sorted(counts.items()))
        return ", ".join(said) or "no errors, no warnings"

    def __iter__(self) -> Iterator[Diagnostic]:
        """In the order of the document: by file, line, column, then code."""
        return iter(sorted(self._found, key=_reading_order))

    def __len__(self) -> int:
        return len(self._found)


def _reading_order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    at = diagnostic.location or Location("", 0, 0)
    return (at.source, at.line, at.column, diagnostic.code, diagnostic.message)


Locate = Callable[[str], Location]
"""From a JSON pointer (RFC 6901) to the place in the file that it names."""


def counted(number: int, noun: str) -> str:
    """How many there are of something, in words."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def nearest(name: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """The known name that a wrong one was probably meant to be, for a hint.

    Args:
        name: The wrong one.
        known: The right ones.
        alike: How alike the two have to be, from 0 to 1, as `difflib` counts it.
    """
    return next(iter(difflib.get_close_matches(name, list(known), 1, alike)), None)


def did_you_mean(near: str | None) -> str | None:
    """The hint that names what was probably meant; None where nothing is near."""
    return f"did you mean `{near}`?" if near else None


def suggestion(name: str, known: Iterable[str]) -> str | None:
    """The hint for a wrong name, by the known ones; None where none of them is near."""
    return did_you_mean(nearest(name, known))
