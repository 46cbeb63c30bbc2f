"""Checked, not run: what type checkers know of generated streams."""

from __future__ import annotations

from typing import Unpack, assert_type

import colloquy
import parley
from colloquy import models as colloquy_models
from parley import models


def a_stream_is_of_its_model(client: parley.Parley) -> None:
    with client.chat.create(prompt="Hello") as stream:
        assert_type(stream, parley.EventStream[models.ChatEvent])
        for event in stream:
            assert_type(event, models.ChatEvent)
            assert_type(event.data.content, str)


async def an_async_stream_needs_no_await(client: parley.AsyncParley) -> None:
    async with client.chat.create(prompt="x") as opened:
        assert_type(opened, parley.AsyncEventStream[parley.models.ChatEvent])
    async for event in client.chat.create(prompt="x"):
        assert_type(event, parley.models.ChatEvent)


async def an_async_stream_too(client: parley.AsyncParley) -> None:
    stream = await client.chat.create(prompt="Hello", model="parley-small", max_words=None)
    assert_type(stream, parley.AsyncEventStream[models.ChatEvent])
    async for event in stream:
        assert_type(event, models.ChatEvent)


def a_union_is_narrowed_by_its_event(client: colloquy.Colloquy) -> None:
    for event in client.chat.create(prompt="Hello"):
        if event.event == "completion":
            assert_type(event, colloquy_models.ChatEvent)
            assert_type(event.data.content, str)
        elif event.event == "ping":
            assert_type(event, colloquy_models.HeartbeatEvent)
        else:
            assert_type(event, colloquy.UnknownEvent)
            assert_type(event.name, str)


def a_union_is_narrowed_by_matching(client: colloquy.Colloquy) -> str:
    for event in client.chat.create(prompt="Hello"):
        match event:
            case colloquy_models.ChatEvent():
                return event.data.content
            case colloquy_models.HeartbeatEvent():
                continue
            case colloquy.UnknownEvent():
                return event.name
    return ""


def a_stream_is_one_of_whatever_its_items_are_too(
    client: parley.Parley, later: parley.AsyncEventStream[models.ChatEvent]
) -> None:
    def count(stream: parley.EventStream[object]) -> int:
        return sum(1 for _ in stream)

    def take(stream: parley.AsyncEventStream[models.ChatEvent | parley.UnknownEvent]) -> None:
        del stream

    count(client.chat.create(prompt="Hello"))
    take(later)


def what_a_method_takes_has_a_name(
    client: parley.Parley, model: str | parley.Unset = parley.UNSET
) -> None:
    def ask(**options: Unpack[parley.RequestOptions]) -> None:
        client.chat.create(prompt="Hello", model=model, **options)

    def connect(**options: Unpack[parley.ClientOptions]) -> parley.Parley:
        return parley.Parley(base_url="http://127.0.0.1", **options)

    ask(timeout=3)
    connect(max_retries=0)
