"""What FastAPI exports where an endpoint says nothing of what it returns."""

from __future__ import annotations

import re
from typing import Any, Final

from sdkgen.source.document import Document

_ITS_OWN: Final = "HTTPValidationError"
"""A schema that FastAPI adds to its documents, if an operation takes anything."""

_ITS_WORDS: Final = "Successful Response"
"""How FastAPI describes an answer of which nothing is said. Others name operations alike."""

_PUNCTUATION: Final = re.compile(r"\W")


def spelled(path: str) -> str:
    """A path as FastAPI writes it into operation ids."""
    return _PUNCTUATION.sub("_", path)


def is_maker(document: Document) -> bool:
    """Whether FastAPI has exported a document: by its schema, or by its words for operations."""
    if _ITS_OWN in document.components("schemas"):
        return True
    return any(
        (one.operation.operationId or "").endswith(f"{spelled(one.path)}_{one.method.lower()}")
        and any(found.value.description == _ITS_WORDS for found in one.responses.values())
        for one in document.operations
    )


def says_nothing(content: Any) -> bool:
    """Whether the content of a response is JSON of any type, and nothing else.

    That is what FastAPI exports for an endpoint without a type of what it returns, and what it
    adds to declared content, unless the endpoint has a `response_class`.
    """
    return bool(content == {"application/json": {"schema": {}}})
