"""What every syntax here shares: limits, how values are shown, and keys that stand twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sdkgen.diagnostics import Diagnostics, Location

MAX_DEPTH: Final = 256
"""Real documents nest some 40 deep; Python itself stops at 1000 frames."""
MAX_REPEATED: Final = 1_000_000
"""How many values aliases may add, or overlays: the largest public documents have fewer in all."""
_SHOWN: Final = 40


def shortened(text: str) -> str:
    """Enough of a long text to know it by."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def shown(value: Any) -> str:
    """A value of a document as it may be written there, not as Python writes it."""
    return shortened(json.dumps(value, ensure_ascii=False, default=str))


def report_duplicate(key: str, first: int, place: Location, diagnostics: Diagnostics) -> None:
    """Say of a key that its map has it already.

    Args:
        key: The key.
        first: The line where it stands first.
        place: Where it stands again.
        diagnostics: Takes the finding.
    """
    diagnostics.error(
        "Source/DuplicateKey",
        f"`{key}` stands here twice, first in line {first}; the last one holds",
        place,
        hint="remove one of the two, or rename it",
    )
