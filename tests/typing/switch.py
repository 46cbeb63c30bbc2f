"""Checked, not run: one method that answers whole or as a stream has the type that it returns."""

from __future__ import annotations

from typing import assert_type

import bookshop
from bookshop import models


def the_switch_decides(client: bookshop.Bookshop, flag: bool) -> None:
    write = client.books.reviews.write
    assert_type(write("1", text="x"), models.Review)
    assert_type(write("1", text="x", stream=False), models.Review)
    assert_type(write("1", text="x", stream=True), bookshop.EventStream[models.ReviewEvent])
    assert_type(
        write("1", text="x", stream=flag),
        models.Review | bookshop.EventStream[models.ReviewEvent],
    )


async def the_switch_decides_for_event_loops(client: bookshop.AsyncBookshop, flag: bool) -> None:
    write = client.books.reviews.write
    assert_type(await write("1", text="x"), models.Review)
    assert_type(await write("1", text="x", stream=False), models.Review)
    assert_type(
        await write("1", text="x", stream=True), bookshop.AsyncEventStream[models.ReviewEvent]
    )
    assert_type(
        await write("1", text="x", stream=flag),
        models.Review | bookshop.AsyncEventStream[models.ReviewEvent],
    )


def a_method_beside_it_is_always_a_stream(client: bookshop.Bookshop) -> None:
    with client.books.reviews.stream("1", text="x") as stream:
        assert_type(stream, bookshop.EventStream[models.ReviewEvent])


async def and_needs_no_await(client: bookshop.AsyncBookshop) -> None:
    async with client.books.reviews.stream("1", text="x") as stream:
        assert_type(stream, bookshop.AsyncEventStream[models.ReviewEvent])
