"""Checked, not run: events that are told apart by the type in their data."""

from __future__ import annotations

from typing import assert_type

import bookshop
import mavera
from mavera import models


def a_union_is_narrowed_by_its_type(client: mavera.Mavera) -> None:
    with client.responses.stream(model="m", input="Hello") as stream:
        for event in stream:
            if event.type == "response.output_text.delta":
                assert_type(event, models.OutputTextDelta)
                assert_type(event.delta, str)
            elif event.type == "<unknown>":
                assert_type(event, mavera.UnknownEvent)
                assert_type(event.name, str)


def each_item_may_be_had_with_its_event(client: mavera.Mavera) -> None:
    for _, event in client.responses.stream(model="m", input="Hello").events():
        assert_type(event, mavera.ServerSentEvent)
        assert_type(event.id, str)


def an_answer_may_be_had_with_its_headers(client: bookshop.Bookshop) -> None:
    answer = bookshop.raw(client.books.get, "1")
    assert_type(answer, bookshop.RawResponse[bookshop.models.Book | str])
    assert_type(answer.header("X-Total", int), int | None)
    assert_type(answer.status_code, int)


async def so_may_one_that_is_awaited(client: bookshop.AsyncBookshop) -> None:
    answer = await bookshop.async_raw(client.books.get, book_id="1")
    assert_type(answer.parsed, bookshop.models.Book | str)
