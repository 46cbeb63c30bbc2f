# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `books` part of the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from .. import _runtime as rt
from .. import models as m

if TYPE_CHECKING:
    from .books_reviews import AsyncBooksReviews, BooksReviews

_LIST: rt.Operation[m.BooksListResponse] = rt.Operation(
    "GET",
    "/books",
    returns=(rt.json("200", lambda: m.BooksListResponse),),
    raises=(rt.json("4XX", lambda: m.Problem),),
    styles={("query", "fields"): rt.Style("form", explode=False)},
    security=(("key",),),
)
_CREATE: rt.Operation[m.Book | None] = rt.Operation(
    "POST",
    "/books",
    returns=(rt.json("201", lambda: m.Book), rt.empty("202")),
    raises=(rt.json("409", lambda: m.Book), rt.json("4XX", lambda: m.Problem)),
    body=rt.Body("application/json"),
    security=(("key",),),
)
_GET: rt.Operation[m.Book | str] = rt.Operation(
    "GET",
    "/books/{book_id}",
    returns=(rt.json("200", lambda: m.Book), rt.text("200")),
    security=(("key",),),
)
_DELETE: rt.Operation[None] = rt.Operation(
    "DELETE", "/books/{book_id}", returns=(rt.empty("204"),), security=(("key",),)
)


class Books:
    """What is on the shelves."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @cached_property
    def reviews(self) -> BooksReviews:
        """What readers think."""
        from .books_reviews import BooksReviews

        return BooksReviews(self._transport)

    def list(
        self,
        *,
        x_tenant: str,
        author: Sequence[str] | rt.Unset = rt.UNSET,
        fields: Sequence[str] | rt.Unset = rt.UNSET,
        limit: int | rt.Unset = rt.UNSET,
        session: str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.BooksListResponse:
        """List books.

        Args:
            author: Only books by these authors.
            limit: How many at the most.

        ``GET /books``
        """
        return self._transport.send(
            _LIST,
            rt.Arguments(
                query={"author": author, "fields": fields, "limit": limit},
                header={"X-Tenant": x_tenant},
                cookie={"session": session},
            ),
            **options,
        )

    def create(
        self,
        *,
        title: str,
        class_: m.Format,
        isbn: str | rt.Unset = rt.UNSET,
        published: date | rt.Unset = rt.UNSET,
        subtitle: str | None | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Book | None:
        """Add a book.

        ``POST /books``
        """
        return self._transport.send(
            _CREATE,
            rt.Arguments(
                body={
                    "title": title,
                    "class": class_,
                    "isbn": isbn,
                    "published": published,
                    "subtitle": subtitle,
                }
            ),
            **options,
        )

    def get(self, book_id: str, **options: Unpack[rt.RequestOptions]) -> m.Book | str:
        """Read about a book.

        ``GET /books/{book_id}``
        """
        return self._transport.send(_GET, rt.Arguments(path={"book_id": book_id}), **options)

    def delete(self, book_id: str, **options: Unpack[rt.RequestOptions]) -> None:
        """Remove a book.

        Deprecated.

        ``DELETE /books/{book_id}``
        """
        return self._transport.send(_DELETE, rt.Arguments(path={"book_id": book_id}), **options)


class AsyncBooks:
    """What is on the shelves."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @cached_property
    def reviews(self) -> AsyncBooksReviews:
        """What readers think."""
        from .books_reviews import AsyncBooksReviews

        return AsyncBooksReviews(self._transport)

    async def list(
        self,
        *,
        x_tenant: str,
        author: Sequence[str] | rt.Unset = rt.UNSET,
        fields: Sequence[str] | rt.Unset = rt.UNSET,
        limit: int | rt.Unset = rt.UNSET,
        session: str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.BooksListResponse:
        """List books.

        Args:
            author: Only books by these authors.
            limit: How many at the most.

        ``GET /books``
        """
        return await self._transport.send(
            _LIST,
            rt.Arguments(
                query={"author": author, "fields": fields, "limit": limit},
                header={"X-Tenant": x_tenant},
                cookie={"session": session},
            ),
            **options,
        )

    async def create(
        self,
        *,
        title: str,
        class_: m.Format,
        isbn: str | rt.Unset = rt.UNSET,
        published: date | rt.Unset = rt.UNSET,
        subtitle: str | None | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Book | None:
        """Add a book.

        ``POST /books``
        """
        return await self._transport.send(
            _CREATE,
            rt.Arguments(
                body={
                    "title": title,
                    "class": class_,
                    "isbn": isbn,
                    "published": published,
                    "subtitle": subtitle,
                }
            ),
            **options,
        )

    async def get(self, book_id: str, **options: Unpack[rt.RequestOptions]) -> m.Book | str:
        """Read about a book.

        ``GET /books/{book_id}``
        """
        return await self._transport.send(_GET, rt.Arguments(path={"book_id": book_id}), **options)

    async def delete(self, book_id: str, **options: Unpack[rt.RequestOptions]) -> None:
        """Remove a book.

        Deprecated.

        ``DELETE /books/{book_id}``
        """
        return await self._transport.send(
            _DELETE, rt.Arguments(path={"book_id": book_id}), **options
        )
