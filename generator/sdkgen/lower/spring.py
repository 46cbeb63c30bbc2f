"""What springdoc exports where an endpoint returns the object by which Spring sends events."""

from __future__ import annotations

from typing import Any, Final

from sdkgen.lower.shapes import COMPONENTS
from sdkgen.source.document import Document, RefError

_EMITTER: Final = COMPONENTS + "SseEmitter"
_ITS_OWN: Final = {"timeout"}
"""The properties of that class, none of which is ever sent."""


def is_emitter(document: Document, pointer: str) -> bool:
    """Whether a schema is that of Spring's `SseEmitter`, which says nothing of the events."""
    try:
        node = document.resolve(pointer)
    except RefError:
        return False
    properties: Any = node.value.get("properties", {}) if isinstance(node.value, dict) else None
    return node.pointer == _EMITTER and isinstance(properties, dict) and {*properties} <= _ITS_OWN
