"""What a plain YAML scalar means, under the core schema of YAML 1.2 (§10.3)."""

from __future__ import annotations

import math
import re
from typing import Any, Final

_CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# YAML 1.2.2 §10.3.2, "Tag Resolution".
_INTEGER: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BASES: Final = {"0o": 8, "0x": 16}
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMERIC: Final = frozenset("0123456789+-.")


def scalar(text: str) -> Any:
    """What a plain scalar means; text that means nothing else is itself.

    Raises:
        ValueError: A number that is not finite, or longer than Python converts.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMERIC:
        return text
    if _INTEGER.fullmatch(text):
        base = _BASES.get(text[:2])
        # Python limits decimals alone; whatever a number is written as here, it becomes one.
        return int(str(int(text[2:], base))) if base else int(text)
    if _FLOAT.fullmatch(text):
        value = float(text)
        if math.isinf(value):
            raise ValueError(text)
        return value
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(text)
    return text
