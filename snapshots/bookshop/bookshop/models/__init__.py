# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The models: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .book import Book as Book
    from .books_list_response import BooksListResponse as BooksListResponse
    from .format import Format as Format
    from .person import Person as Person
    from .problem import Problem as Problem
    from .review import Review as Review
    from .review_event import ReviewEvent as ReviewEvent
    from .robot import Robot as Robot
    from .unknown_variant import UnknownVariant as UnknownVariant

_MODULES = {
    "Book": "book",
    "BooksListResponse": "books_list_response",
    "Format": "format",
    "Person": "person",
    "Problem": "problem",
    "Review": "review",
    "ReviewEvent": "review_event",
    "Robot": "robot",
    "UnknownVariant": "unknown_variant",
}

if not TYPE_CHECKING:
    __all__ = tuple(_MODULES)

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted(__all__)
