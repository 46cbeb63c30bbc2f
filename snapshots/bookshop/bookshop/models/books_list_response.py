# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from .._runtime.model import SDKModel
from .book import Book


class BooksListResponse(SDKModel):
    items: list[Book]
    next: str | None = None
    """Where to go on; null at the end."""
