"""Checked, not run: one method that answers whole or as a stream has the type that it returns."""

from __future__ import annotations

from typing import Literal, assert_type

import bookshop
import larynx
from bookshop import models
from larynx import models as voices
from larynx.params import SpeechRequestParamsStreaming


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


def a_value_decides(client: larynx.Larynx, how: Literal["sse", "audio"], mode: str) -> None:
    create = client.speech.create
    assert_type(create(input="x"), larynx.BinaryResponse)
    assert_type(create(input="x", stream_format="audio"), larynx.BinaryResponse)
    assert_type(create(input="x", stream_format="sse"), larynx.EventStream[voices.Sound])
    assert_type(
        create(input="x", stream_format=how),
        larynx.BinaryResponse | larynx.EventStream[voices.Sound],
    )
    write = client.transcripts.create
    assert_type(write(sound="x", mode="whole"), voices.Transcript)
    assert_type(write(sound="x", mode=None), voices.Transcript)
    assert_type(write(sound="x", mode="live"), larynx.EventStream[voices.Transcript])
    assert_type(
        write(sound="x", mode=mode), voices.Transcript | larynx.EventStream[voices.Transcript]
    )


async def a_value_decides_for_event_loops(client: larynx.AsyncLarynx) -> None:
    create = client.speech.create
    assert_type(await create(input="x", stream_format="audio"), larynx.AsyncBinaryResponse)
    assert_type(await create(input="x", stream_format="sse"), larynx.AsyncEventStream[voices.Sound])
    async with client.speech.stream(input="x") as stream:
        assert_type(stream, larynx.AsyncEventStream[voices.Sound])


def arguments_may_be_gathered(client: larynx.Larynx) -> None:
    streaming: SpeechRequestParamsStreaming = {"input": "x", "stream_format": "sse"}
    assert_type(client.speech.create(**streaming), larynx.EventStream[voices.Sound])
    whole: larynx.params.SpeechRequestParamsNonStreaming = {"input": "x", "stream_format": "audio"}
    assert_type(client.speech.create(**whole), larynx.BinaryResponse)
