"""What FastAPI exports where an endpoint says nothing of what it returns."""

from __future__ import annotations

from typing import Any

from sdkgen.source.document import Document

_ITS_OWN = "HTTPValidationError"
"""A schema that FastAPI adds to its documents."""


def is_maker(document: Document) -> bool:
    """Whether FastAPI has exported a document."""
    return _ITS_OWN in document.root.get("components", {}).get("schemas", {})


def says_nothing(content: Any) -> bool:
    """Whether the content of a response is JSON of any type, and nothing else.

    That is what FastAPI exports for an endpoint without a type of what it returns, and what it
    adds to declared content, unless the endpoint has a `response_class`.
    """
    return bool(content == {"application/json": {"schema": {}}})
