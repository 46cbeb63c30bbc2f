"""Documents in every dialect of streams, and the programs that people write for them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from servers.dialects_app import WORDS

Sdk = Callable[[str], ModuleType]
ANSWER = "".join(WORDS)


@pytest.fixture
def url(dialects_url: str) -> str:
    return dialects_url


@pytest.fixture
def selam(sdk: Sdk) -> ModuleType:
    return sdk("selam/openapi.yaml")


@pytest.fixture
def oracle(sdk: Sdk) -> ModuleType:
    return sdk("completions/openapi.yaml")


def _ask(text: str) -> dict[str, Any]:
    return {"model": "selam-turbo", "messages": [{"role": "user", "content": text}]}


# In the manner of OpenAI's own client.


def test_create_with_stream_true_is_a_loop_over_chunks(selam: ModuleType, url: str) -> None:
    client = selam.Selam(api_key="your-api-key-here", base_url=url)
    stream = client.chat.completions.create(**_ask("Explain machine learning."), stream=True)
    text = ""
    finish_reason = None
    for chunk in stream:
        delta = chunk.choices[0].delta
        if delta.content:
            text += delta.content
        if chunk.choices[0].finish_reason:
            finish_reason = chunk.choices[0].finish_reason
    client.close()
    assert (text, finish_reason) == (ANSWER, "stop")


def test_create_without_it_is_the_whole_answer(selam: ModuleType, url: str) -> None:
    with selam.Selam(base_url=url) as client:
        completion = client.chat.completions.create(**_ask("Explain."))
    assert completion.choices[0].message.content == ANSWER


def test_retries_are_the_client_s_own_unless_told_otherwise(selam: ModuleType, url: str) -> None:
    with selam.Selam(base_url=url) as client:
        stream = client.chat.completions.create(**_ask("limit once"), stream=True)
        assert len(stream.collect()) == len(WORDS) + 1


def test_a_stream_is_a_block(selam: ModuleType, url: str) -> None:
    with selam.Selam(base_url=url) as client:
        with client.chat.completions.stream(**_ask("hello")) as stream:
            text = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    assert text == ANSWER


def test_a_stream_is_a_block_for_event_loops(selam: ModuleType, url: str) -> None:
    async def read() -> tuple[str, str]:
        async with selam.AsyncSelam(base_url=url) as client:
            inside = ""
            async with client.chat.completions.stream(**_ask("hello")) as stream:
                async for chunk in stream:
                    inside += chunk.choices[0].delta.content or ""
            created = await client.chat.completions.create(**_ask("hello"), stream=True)
            return inside, "".join([c.choices[0].delta.content or "" async for c in created])

    assert asyncio.run(read()) == (ANSWER, ANSWER)


def test_a_stream_that_stops_short_is_truncated(selam: ModuleType, url: str) -> None:
    with selam.Selam(base_url=url) as client:
        with client.chat.completions.stream(**_ask("stop short")) as stream:
            with pytest.raises(selam.StreamTruncatedError):
                stream.until_done()


# By configuration: the document says nothing of its streams.


@pytest.mark.parametrize("said", ["hello", "ping"])
def test_a_configured_stream_is_typed_and_pings_are_passed_over(
    said: str, oracle: ModuleType, url: str
) -> None:
    with oracle.Oracle(base_url=url) as client:
        with client.chat.completions.stream(**_ask(said)) as stream:
            chunks = list(stream)
    assert {type(chunk) for chunk in chunks} == {oracle.models.ChatCompletionChunk}
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == ANSWER


@pytest.mark.parametrize(
    ("said", "error", "before"),
    [("fail inside", "InternalServerError", 2), ("fail by event", "PermissionDeniedError", 1)],
)
def test_a_failure_in_a_stream_is_the_error_of_its_kind(
    said: str, error: str, before: int, oracle: ModuleType, url: str
) -> None:
    with oracle.Oracle(base_url=url) as client:
        with client.chat.completions.stream(**_ask(said)) as stream:
            for _ in range(before):
                next(stream)
            with pytest.raises(getattr(oracle, error), match=r"out of memory|no") as raised:
                next(stream)
    assert raised.value.in_stream


def test_an_endpoint_that_always_streams(oracle: ModuleType, url: str) -> None:
    with oracle.Oracle(base_url=url) as client:
        with client.my_resources.stream_data(topic="tea") as stream:
            assert [item.text for item in stream] == ["tea", "and so on"]


def test_arguments_may_be_gathered_before_the_call(oracle: ModuleType, url: str) -> None:
    params = __import__(f"{oracle.__name__}.params", fromlist=["params"])
    names = {"ChatCompletionCreateParamsStreaming", "ChatCompletionCreateParamsNonStreaming"}
    assert names <= set(dir(params))
    arguments = params.ChatCompletionCreateParamsStreaming(**_ask("hello"), stream=True)
    with oracle.Oracle(base_url=url) as client:
        assert len(client.chat.completions.create(**arguments).collect()) == len(WORDS) + 1


# Events told apart by the type in their data.


def test_typed_events_and_structured_output_that_is_still_arriving(sdk: Sdk, url: str) -> None:
    mavera = sdk("mavera/openapi.yaml")
    m = mavera.models
    text, arguments, previews, unknown = "", "", [], []
    with mavera.Mavera(base_url=url) as client:
        with client.responses.stream(model="m", input="Where?") as stream:
            for event in stream:
                match event:
                    case m.OutputTextDelta():
                        text += event.delta
                        previews.append(mavera.partial_json(text))
                    case m.FunctionCallArgumentsDelta():
                        arguments += event.delta
                    case mavera.UnknownEvent():
                        unknown.append(event.name)
    assert previews == [{"city": "Par"}, {"city": "Paris", "hot": True}]
    assert json.loads(arguments) == {"x": 1}
    assert unknown == ["response.reasoning.delta"]
    assert isinstance(event, m.ResponseCompleted)
    assert event.response.output_text == text


def test_a_stream_without_its_last_event_is_truncated(sdk: Sdk, url: str) -> None:
    mavera = sdk("mavera/openapi.yaml")
    with mavera.Mavera(base_url=url) as client:
        with client.responses.stream(model="m", input="stop short") as stream:
            with pytest.raises(mavera.StreamTruncatedError, match=r"response\.completed"):
                stream.until_done()


def test_an_endpoint_as_one_finds_it_in_tutorials(sdk: Sdk, url: str) -> None:
    tokens = sdk("fastapi-chat/openapi.yaml")
    with tokens.Tokens(base_url=url) as client:
        events = client.chat.stream(prompt="to be or").collect()
    assert [event.event for event in events] == ["token", "token", "token", "done"]
    assert [event.data for event in events] == ["to", "be", "or", ""]


def test_fern_s_dialect(sdk: Sdk, url: str) -> None:
    thicket = sdk("fern-chat/openapi.yaml")
    with thicket.Thicket(base_url=url) as client:
        assert client.chat.create(message="whole").text == "whole"
        with client.chat.create(message="piece", stream=True) as stream:
            piece, finish, new = stream
        assert (piece.text, finish.type) == ("piece", "finish")
        assert isinstance(new, thicket.UnknownEvent)
        assert [entry.message for entry in client.log.follow()] == ["m", "m", "m"]


def test_an_overlay_declares_what_the_document_does_not(sdk: Sdk, url: str) -> None:
    copse = sdk("overlay/openapi.yaml")
    with copse.Copse(base_url=url) as client:
        assert not hasattr(client, "internal")
        assert client.chat.create(message="whole").text == "whole"
        with client.chat.stream(message="piece") as stream:
            piece, finish, new = stream
    assert isinstance(piece, copse.models.TextPiece)
    assert (piece.text, finish.type, new.name) == ("piece", "finish", "new")


def test_fern_s_overrides_declare_what_the_document_does_not(sdk: Sdk, url: str) -> None:
    quill = sdk("overrides/openapi.yaml")
    assert "https://quill.example" in repr(quill.Quill())
    with quill.Quill(base_url=url) as client:
        assert not hasattr(client, "v1")
        with client.agents.messages.stream(
            "a1", text="hi", max_messages=2, speaker="user"
        ) as stream:
            thought, *replies = stream
    assert thought == quill.models.Musing(kind="thought", text="a1")
    assert replies == [quill.models.Reply(kind="reply", text="hi")] * 2


def test_sequential_json(sdk: Sdk, url: str) -> None:
    ledger = sdk("jsonl/openapi.yaml")
    with ledger.Ledger(base_url=url) as client:
        assert [entry.amount for entry in client.entries.list()] == [1, 2, 3]
        assert [entry.amount for entry in client.entries.export()] == [1, 2, 3]
        sequence = client.entries.sequence()
        assert [entry.amount for entry in sequence] == [1, 2, 3]
        assert sequence.stats.discarded == 0


def test_sequential_json_for_event_loops(sdk: Sdk, url: str) -> None:
    ledger = sdk("jsonl/openapi.yaml")

    async def read() -> list[int]:
        async with ledger.AsyncLedger(base_url=url) as client:
            return [entry.amount async for entry in await client.entries.list()]

    assert asyncio.run(read()) == [1, 2, 3]


def test_lines_of_json_of_which_the_document_says_nothing(sdk: Sdk, url: str) -> None:
    notebook = sdk("notebook/openapi.yaml")
    with notebook.Notebook(base_url=url) as client:
        output = client.runs.output("r1")
        assert [(line.cell, line.text) for line in output] == [(1, "r1"), (2, "r1")]
        with client.kernels.stream(kernel="python") as stream:
            assert [(one.status, one.completed) for one in stream] == [
                ("pulling", 5),
                ("success", None),
            ]
        assert client.kernels.pull(kernel="python").status == "success"
        assert [one.status for one in client.kernels.pull(kernel="r", stream=True)] == [
            "pulling",
            "success",
        ]


def test_events_are_told_apart_by_a_property_of_any_name(sdk: Sdk, url: str) -> None:
    notebook = sdk("notebook/openapi.yaml")
    with notebook.Notebook(base_url=url) as client, client.beta.runs.stream(notebook="n") as stream:
        printed, drawn, ended = stream
    assert (printed.cell_event, printed.text) == ("cell.printed", "1")
    assert (drawn.cell_event, drawn.name) == ("<unknown>", "cell.drawn")
    assert isinstance(drawn, notebook.UnknownEvent)
    assert json.loads(drawn.data)["width"] == 3
    assert (type(ended), ended.seconds) == (notebook.models.CellEnded, 0.5)
