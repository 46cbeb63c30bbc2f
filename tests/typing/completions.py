"""Checked, not run: the calls of a client in the manner of OpenAI's."""

from __future__ import annotations

from typing import assert_type

import selam
from selam import models
from selam.params import (
    ChatCompletionRequestParamsNonStreaming,
    ChatCompletionRequestParamsStreaming,
    ChatMessageParam,
)


def create_has_the_type_of_what_it_returns(client: selam.Selam, flag: bool) -> None:
    create = client.chat.completions.create
    messages: list[ChatMessageParam] = [{"role": "user", "content": "Hello"}]
    assert_type(create(model="m", messages=messages), models.ChatCompletion)
    assert_type(create(model="m", messages=messages, stream=False), models.ChatCompletion)
    assert_type(
        create(model="m", messages=messages, stream=True),
        selam.EventStream[models.ChatCompletionChunk],
    )
    assert_type(
        create(model="m", messages=messages, stream=flag),
        models.ChatCompletion | selam.EventStream[models.ChatCompletionChunk],
    )


async def the_async_client_too(client: selam.AsyncSelam, flag: bool) -> None:
    create = client.chat.completions.create
    message = models.ChatMessage(role="user", content="Hello")
    assert_type(await create(model="m", messages=[message]), models.ChatCompletion)
    assert_type(
        await create(model="m", messages=[message], stream=True),
        selam.AsyncEventStream[models.ChatCompletionChunk],
    )
    assert_type(
        await create(model="m", messages=[message], stream=flag),
        models.ChatCompletion | selam.AsyncEventStream[models.ChatCompletionChunk],
    )
    async with client.chat.completions.stream(model="m", messages=[message]) as stream:
        assert_type(stream, selam.AsyncEventStream[models.ChatCompletionChunk])


def gathered_arguments_have_types(client: selam.Selam) -> None:
    whole: ChatCompletionRequestParamsNonStreaming = {"model": "m", "messages": []}
    streaming: ChatCompletionRequestParamsStreaming = {
        "model": "m",
        "messages": [{"role": "user", "content": "Hello"}],
        "stream": True,
    }
    client.chat.completions.create(**whole)
    client.chat.completions.create(**streaming)
