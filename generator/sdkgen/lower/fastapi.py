"""What FastAPI exports where an endpoint says nothing of what it returns."""

from __future__ import annotations

import re
from typing import Any, Final

from sdkgen.source.document import Document

_ITS_OWN: Final = "HTTPValidationError"
"""A schema that FastAPI adds to its documents, if an operation takes anything."""

_PUNCTUATION: Final = re.compile(r"\W")


def is_maker(document: Document) -> bool:
    """Whether FastAPI has exported a document: by its schema, or by how it names operations."""
    return _ITS_OWN in document.root.get("components", {}).get("schemas", {}) or any(
        (one.operation.operationId or "").endswith(
            _PUNCTUATION.sub("_", one.path) + f"_{one.method.lower()}"
        )
        for one in document.operations
    )


def says_nothing(content: Any) -> bool:
    """Whether the content of a response is JSON of any type, and nothing else.

    That is what FastAPI exports for an endpoint without a type of what it returns, and what it
    adds to declared content, unless the endpoint has a `response_class`.
    """
    return bool(content == {"application/json": {"schema": {}}})
