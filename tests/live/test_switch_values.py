"""Switches that are no booleans: one value of an argument asks for the stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from servers.uvicorn_server import running


def events(data: dict[str, str]) -> Response:
    async def found() -> AsyncIterator[dict[str, str]]:
        yield {"data": json.dumps(data)}

    return EventSourceResponse(found())


async def speech(request: Request) -> Response:
    """What was asked for, by its body and its `Accept`, which have to agree."""
    asked = await request.json()
    accept = request.headers["accept"]
    if asked.get("stream_format") == "sse":
        assert accept == "text/event-stream"
        return events({"audio": asked["input"]})
    assert accept == "application/octet-stream"
    return Response(json.dumps(asked).encode(), media_type=accept)


async def transcript(request: Request) -> Response:
    asked = await request.json()
    accept = request.headers["accept"]
    if asked["mode"] == "live":
        assert accept == "text/event-stream"
        return events({"text": asked["sound"]})
    assert accept == "application/json"
    return JSONResponse({"text": f"{asked['mode']}"})


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    routes = [
        Route("/speech", speech, methods=["POST"]),
        Route("/transcripts", transcript, methods=["POST"]),
    ]
    with running(Starlette(routes=routes)) as url:
        yield url


@pytest.fixture
def larynx(sdk: Callable[[str], ModuleType]) -> ModuleType:
    return sdk("speech/openapi.yaml")


def test_one_value_asks_for_the_stream_and_others_for_the_file(
    larynx: ModuleType, url: str
) -> None:
    with larynx.Larynx(base_url=url) as client:
        create = client.speech.create
        with create(input="a", stream_format="sse") as stream:
            assert [event.audio for event in stream] == ["a"]
        assert create(input="a").read() == b'{"input": "a"}'
        file = create(
            **larynx.params.SpeechRequestParamsNonStreaming(input="a", stream_format="audio")
        )
        assert isinstance(file, larynx.BinaryResponse)
        assert json.loads(file.read()) == {"input": "a", "stream_format": "audio"}
        with client.speech.stream(input="b") as stream:
            assert [event.audio for event in stream] == ["b"]


def test_it_does_so_for_event_loops(larynx: ModuleType, url: str) -> None:
    async def read() -> list[Any]:
        async with larynx.AsyncLarynx(base_url=url) as client:
            create = client.speech.create
            async with client.speech.stream(input="b") as stream:
                opened = await stream.collect()
            streamed = await (await create(input="a", stream_format="sse")).collect()
            return [*streamed, *opened, await (await create(input="a")).read()]

    first, second, whole = asyncio.run(read())
    assert (first.audio, second.audio, whole) == ("a", "b", b'{"input": "a"}')


@pytest.mark.parametrize("mode", ["whole", "another", None])
def test_a_configured_value_of_an_open_choice_does(
    larynx: ModuleType, url: str, mode: str | None
) -> None:
    with larynx.Larynx(base_url=url) as client:
        create = client.transcripts.create
        assert create(sound="s", mode=mode) == larynx.models.Transcript(text=str(mode))
        with create(sound="s", mode="live") as stream:
            assert [event.text for event in stream] == ["s"]
        with client.transcripts.stream(sound="t") as stream:
            assert [event.text for event in stream] == ["t"]
