"""What every syntax here shares: how deep and how many values may be, and how they are shown."""

from __future__ import annotations

import json
from typing import Any, Final

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
