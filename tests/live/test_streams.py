"""Generated packages read streams from servers that others wrote: sse-starlette and FastAPI."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import httpx
import pytest

from servers.starlette_app import WORDS

Sdk = Callable[[str], ModuleType]


def test_each_event_is_a_model_and_the_sentinel_is_never_seen(sdk: Sdk, starlette_url: str) -> None:
    parley = sdk("chat/openapi.yaml")
    with parley.Parley(api_key="k", base_url=starlette_url) as client:
        with client.chat.create(prompt="How many continents are there?") as stream:
            events = list(stream)
    assert [event.data.content for event in events] == list(WORDS)
    assert [event.data.created for event in events] == [0, 1, 2]
    assert {type(event).__name__ for event in events} == {"ChatEvent"}
    assert isinstance(events[0].data, parley.models.ChatEventData)


def test_the_async_client_reads_the_same(sdk: Sdk, starlette_url: str) -> None:
    parley = sdk("chat/openapi.yaml")

    async def read() -> list[str]:
        async with parley.AsyncParley(base_url=starlette_url) as client:
            stream = await client.chat.create(prompt="How many continents are there?")
            return [event.data.content async for event in stream]

    assert asyncio.run(read()) == list(WORDS)


def test_a_request_carries_the_credential_the_body_and_what_it_accepts(
    sdk: Sdk, starlette_url: str
) -> None:
    parley = sdk("chat/openapi.yaml")
    with parley.Parley(api_key="sesame", base_url=starlette_url) as client:
        stream = client.chat.create(
            prompt="echo",
            max_words=None,
            extra_headers={"X-Extra": "1"},
            extra_body={"more": [1]},
        )
        (event,) = stream.collect()
    said = json.loads(event.data.content)
    assert said["body"] == {"prompt": "echo", "max_words": None, "more": [1]}
    assert said["headers"]["authorization"] == "Bearer sesame"
    assert said["headers"]["accept"] == "text/event-stream"
    assert said["headers"]["x-extra"] == "1"
    assert said["headers"]["user-agent"] == f"parley/{parley.__version__}"


def test_the_credential_may_come_from_the_environment(
    sdk: Sdk, starlette_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parley = sdk("chat/openapi.yaml")
    monkeypatch.setenv("PARLEY_API_KEY", "from-outside")
    with parley.Parley(base_url=starlette_url) as client:
        (event,) = client.chat.create(prompt="echo").collect()
    assert json.loads(event.data.content)["headers"]["authorization"] == "Bearer from-outside"


def test_an_error_status_raises_in_the_call_with_its_typed_body(
    sdk: Sdk, starlette_url: str
) -> None:
    parley = sdk("chat/openapi.yaml")
    with parley.Parley(base_url=starlette_url) as client:
        with pytest.raises(parley.UnprocessableEntityError, match="no such thing") as raised:
            client.chat.create(prompt="refuse")
    assert isinstance(raised.value, parley.ParleyError)
    assert isinstance(raised.value.body, parley.models.Problem)
    assert raised.value.body.message == "no such thing"


def test_text_is_text_whatever_it_looks_like(sdk: Sdk, starlette_url: str) -> None:
    murmur = sdk("chat-text/openapi.yaml")
    with murmur.Murmur(base_url=starlette_url) as client:
        events = client.chat.create(prompt="text").collect()
    assert [event.data for event in events] == [
        *("10", "null", '{"a":1}', "two\nlines", " a space before")
    ]


def test_events_are_told_apart_by_their_type(sdk: Sdk, starlette_url: str) -> None:
    colloquy = sdk("chat-union/openapi.yaml")
    with colloquy.Colloquy(base_url=starlette_url) as client:
        stream = client.chat.create(prompt="union")
        seen: list[Any] = []
        ids: list[str] = []
        for event in stream:
            seen.append(event)
            ids.append(stream.last_event_id)
    ping, hello, new, world = seen
    assert isinstance(ping, colloquy.models.HeartbeatEvent)
    assert ping.event == "ping"
    assert isinstance(hello, colloquy.models.ChatEvent)
    assert (hello.id, hello.data.content) == ("1", "Hello")
    assert isinstance(new, colloquy.UnknownEvent)
    assert (new.name, new.data, new.event) == ("celebration", "new in this version", "<unknown>")
    assert (world.id, world.data.content) == ("3", "world")
    assert ids == ["", "1", "2", "3"]
    assert stream.retry == 2500
    assert stream.stats.comments >= 1


def test_item_schemas_of_openapi_3_2_are_streams(sdk: Sdk, starlette_url: str) -> None:
    ticker = sdk("items-3.2/openapi.yaml")
    with ticker.Ticker(base_url=starlette_url) as client:
        price, notice, halt = client.symbols.watch("ACME/1").collect()
    assert (price.event, price.data.amount, price.data.change) == ("price", 12.5, None)
    assert (notice.event, notice.data) == ("notice", "ACME/1 is doing well")
    assert halt.data == dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def test_streams_of_fastapi_s_own_are_typed(sdk: Sdk, fastapi_url: str) -> None:
    kitchen = sdk("fastapi/openapi.json")
    with kitchen.Kitchen(base_url=fastapi_url) as client:
        soup, bread = client.dishes.watch().collect()
        assert isinstance(soup.data, kitchen.models.Dish)
        assert (soup.data.name, soup.data.minutes, bread.data.name) == ("soup", 12, "bread")
        steps = client.orders.place(dishes=["tea"], table=4).collect()
        assert [step.data.kind for step in steps] == ["started", "served"]
        assert steps[0].data.dish.name == "tea"
        assert steps[1].data.table == 4
        bell, close = client.bell.ring().events()
        assert (bell[1].event, bell[1].id, bell[1].retry) == ("bell", "1", 1500)
        # The document says that this data is text, though it is JSON: a warning says so.
        assert (json.loads(bell[0].data), close[0].data) == ({"rung": True}, '"done"')
        assert client.dishes.read("soup", portions=2).minutes == 10


def test_streams_of_fastapi_s_own_are_typed_for_event_loops(sdk: Sdk, fastapi_url: str) -> None:
    kitchen = sdk("fastapi/openapi.json")

    async def read() -> list[str]:
        async with kitchen.AsyncKitchen(base_url=fastapi_url) as client:
            async with client.orders.place(dishes=["tea", "cake"]) as stream:
                return [step.data.kind async for step in stream]

    assert asyncio.run(read()) == ["started", "served", "started", "served"]


def test_an_http_client_of_the_user_s_is_used_and_left_open(sdk: Sdk, starlette_url: str) -> None:
    parley = sdk("chat/openapi.yaml")
    with httpx.Client(headers={"X-Mine": "yes"}) as mine:
        with parley.Parley(base_url=starlette_url, http_client=mine) as client:
            (event,) = client.chat.create(prompt="echo").collect()
        assert json.loads(event.data.content)["headers"]["x-mine"] == "yes"
        assert not mine.is_closed
