# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `books.reviews` part of the API."""

from __future__ import annotations

from typing import Literal, Unpack, overload

from .. import _runtime as rt
from .. import models as m

_WRITE: rt.Operation[m.Review] = rt.Operation(
    "POST",
    "/books/{book_id}/reviews",
    returns=(rt.json("200", lambda: m.Review),),
    body=rt.Body("application/json"),
    security=(("key",),),
)
_STREAM: rt.StreamOperation[m.ReviewEvent] = rt.StreamOperation(
    "POST",
    "/books/{book_id}/reviews",
    returns=(rt.json("200", lambda: m.Review),),
    events=rt.Envelopes(rt.Variant(lambda: m.ReviewEvent), sentinel="[END]"),
    body=rt.Body("application/json"),
    security=(("key",),),
)


class BooksReviews:
    """What readers think."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @overload
    def write(
        self,
        book_id: str,
        *,
        text: str,
        stream: Literal[True],
        stars: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.EventStream[m.ReviewEvent]: ...

    @overload
    def write(
        self,
        book_id: str,
        *,
        text: str,
        stars: int | rt.Unset = rt.UNSET,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Review: ...

    @overload
    def write(
        self,
        book_id: str,
        *,
        text: str,
        stars: int | rt.Unset = rt.UNSET,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Review | rt.EventStream[m.ReviewEvent]: ...

    def write(
        self,
        book_id: str,
        *,
        text: str,
        stars: int | rt.Unset = rt.UNSET,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Review | rt.EventStream[m.ReviewEvent]:
        """Write a review.

        The answer is the review, or how it is being judged, event by event.

        ``POST /books/{book_id}/reviews``
        """
        return self._transport.send_or_stream(
            stream,
            _WRITE,
            _STREAM,
            rt.Arguments(
                path={"book_id": book_id}, body={"text": text, "stars": stars, "stream": stream}
            ),
            **options,
        )

    def stream(
        self,
        book_id: str,
        *,
        text: str,
        stars: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.EventStream[m.ReviewEvent]:
        """Write a review.

        The answer is the review, or how it is being judged, event by event.

        The answer arrives as a stream.

        ``POST /books/{book_id}/reviews``
        """
        return self._transport.stream(
            _STREAM,
            rt.Arguments(
                path={"book_id": book_id}, body={"text": text, "stars": stars, "stream": True}
            ),
            **options,
        )


class AsyncBooksReviews:
    """What readers think."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @overload
    async def write(
        self,
        book_id: str,
        *,
        text: str,
        stream: Literal[True],
        stars: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncEventStream[m.ReviewEvent]: ...

    @overload
    async def write(
        self,
        book_id: str,
        *,
        text: str,
        stars: int | rt.Unset = rt.UNSET,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Review: ...

    @overload
    async def write(
        self,
        book_id: str,
        *,
        text: str,
        stars: int | rt.Unset = rt.UNSET,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Review | rt.AsyncEventStream[m.ReviewEvent]: ...

    async def write(
        self,
        book_id: str,
        *,
        text: str,
        stars: int | rt.Unset = rt.UNSET,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Review | rt.AsyncEventStream[m.ReviewEvent]:
        """Write a review.

        The answer is the review, or how it is being judged, event by event.

        ``POST /books/{book_id}/reviews``
        """
        return await self._transport.send_or_stream(
            stream,
            _WRITE,
            _STREAM,
            rt.Arguments(
                path={"book_id": book_id}, body={"text": text, "stars": stars, "stream": stream}
            ),
            **options,
        )

    def stream(
        self,
        book_id: str,
        *,
        text: str,
        stars: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncStreamRequest[m.ReviewEvent]:
        """Write a review.

        The answer is the review, or how it is being judged, event by event.

        The answer arrives as a stream.

        ``POST /books/{book_id}/reviews``
        """
        return self._transport.open_stream(
            _STREAM,
            rt.Arguments(
                path={"book_id": book_id}, body={"text": text, "stars": stars, "stream": True}
            ),
            **options,
        )
