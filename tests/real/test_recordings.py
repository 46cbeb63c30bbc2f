"""Recorded streams of real servers: read as the official clients read them, or for a reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Final

import pytest

from packages import SHARED
from real.documents import RealPackages
from servers.scripted import ScriptedServer, answer

RECORDINGS: Final = SHARED / "recordings"
CLIENTS: Final = ("openai-chat", "openai-responses", "anthropic")

_PLACE: Final = re.compile(r"\(at ([^()]+)\)\.$")


@dataclass(frozen=True, slots=True)
class Recording:
    """The bytes of a stream, and what an official client made of them.

    Attributes:
        client: Which client it was, and what it was asked for.
        items: What it gave, as JSON.
        raised: Whether it ended with an exception.
    """

    name: str
    client: str
    body: bytes
    status: int
    media_type: str
    beta: bool
    items: list[Any]
    raised: bool


def _recordings() -> Iterator[Recording]:
    for path in sorted(RECORDINGS.glob("*.events.jsonl")):
        name, _, client = path.name.removesuffix(".events.jsonl").rpartition(".")
        stream = path.with_name(f"{name}.sse")
        if client not in CLIENTS or not stream.exists():
            continue
        meta = json.loads(path.with_name(f"{name}.meta.json").read_text(encoding="utf-8"))
        *items, end = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        yield Recording(
            name,
            client,
            stream.read_bytes(),
            meta["status"],
            meta["content_type"],
            "beta=true" in meta.get("uri", ""),
            items,
            "__error__" in end,
        )


FOUND: Final = list(_recordings())

pytestmark = pytest.mark.skipif(not FOUND, reason=f"there are no recordings in {RECORDINGS}")


@dataclass(frozen=True, slots=True)
class Difference:
    """What we make of a stream that an official client reads in another way.

    Attributes:
        refused: How many events do not fit their model, by the place that does not.
        truncated: Whether the stream is one that is cut short.
        reason: Why we are right.
    """

    reason: str
    refused: dict[str, int] = field(default_factory=dict)
    truncated: bool = False


_UNFINISHED: Final = (
    "The last event, `message_stop`, has no blank line after it, and is none (WHATWG HTML, "
    "section 9.2.6): the stream has not come to its declared end."
)
_TEXT: Final = (
    "The content is a list of parts; OpenAI's document has a string or null. It is another API's."
)
_NAME: Final = "The document requires `name` of response.function_call_arguments.done."
_USAGE: Final = "The document requires `cache_write_tokens` of the details of a usage."
_NEW_USAGE: Final = {"response.completed.response.usage.input_tokens_details.cache_write_tokens": 1}

DIFFERENCES: Final = {
    "anthropic-sdk.basic_response": Difference(_UNFINISHED, truncated=True),
    "anthropic-sdk.incomplete_partial_json_response": Difference(
        f"{_UNFINISHED} The document requires `caller` of a block of type tool_use.",
        {"content_block_start.content_block.tool_use.caller": 1},
        truncated=True,
    ),
    "anthropic-sdk.tool_use_response": Difference(_UNFINISHED, truncated=True),
    "anthropic.x-anthropic_mcp_servers_stream": Difference(
        "The document requires `web_fetch_requests` of the usage of server tools.",
        {"message_delta.usage.server_tool_use.web_fetch_requests": 1},
    ),
    "bedrock-mantle-responses.reused-call-ids": Difference(
        _NAME, {"response.function_call_arguments.done.name": 1}
    ),
    "bedrock-mantle-responses.reused-call-ids.2": Difference(
        _NAME, {"response.function_call_arguments.done.name": 1}
    ),
    "mistral.thinking": Difference(_TEXT, {"choices.0.delta.content": 58}),
    "openai-responses.background-starting-after": Difference(_USAGE, _NEW_USAGE),
    "openai-responses.client-tool-search": Difference(_USAGE, _NEW_USAGE),
    "openai-responses.client-tool-search.2": Difference(
        f"{_NAME} {_USAGE}", {"response.function_call_arguments.done.name": 1, **_NEW_USAGE}
    ),
    "openai-responses.x-openai_responses_model_file_search_tool_stream": Difference(
        _USAGE, _NEW_USAGE
    ),
    "openai-responses.x-openai_responses_model_mcp_server_tool_stream": Difference(
        _USAGE, _NEW_USAGE
    ),
    "openai-responses.x-openai_responses_thinking_with_code_execution_tool_stream": Difference(
        _USAGE, _NEW_USAGE
    ),
    "openrouter-responses.raw-cot": Difference(
        "The document requires `logprobs` of a text that is put out.",
        {
            "response.content_part.added.part.output_text.logprobs": 1,
            "response.content_part.done.part.output_text.logprobs": 1,
            "response.output_item.done.item.message.content.0.output_text.logprobs": 1,
            "response.completed.response.output.1.message.content.0.output_text.logprobs": 1,
        },
    ),
    "vercel-ai.mistral-reasoning": Difference(_TEXT, {"choices.0.delta.content": 3}),
}
"""All that is different, by recording."""


def _stream(real: RealPackages, recording: Recording, url: str, **options: Any) -> Any:
    """A client, and the stream that its method gives."""
    if recording.client == "anthropic":
        client = real.imported("anthropic").Anthropic(api_key="k", base_url=url, **options)
        api = client.beta if recording.beta else client
        return client, api.messages.stream(model="m", messages=[], max_tokens=1)
    client = real.imported("openai").OpenAI(api_key="k", base_url=url, **options)
    if recording.client == "openai-chat":
        return client, client.chat.completions.stream(model="m", messages=[])
    return client, client.responses.stream(model="m", input="?")


@dataclass(slots=True)
class _Read:
    """What we have made of a stream; None among the items for what was refused."""

    items: list[Any] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    end: Exception | None = None


def _read(real: RealPackages, recording: Recording, **options: Any) -> _Read:
    package = real.imported("anthropic" if recording.client == "anthropic" else "openai")
    found = _Read()
    status = f"{recording.status} OK"
    with ScriptedServer(answer(recording.body, status, recording.media_type)) as server:
        client, stream = _stream(real, recording, server.url, **options)
        with client, stream:
            while True:
                try:
                    item = next(stream)
                except StopIteration:
                    break
                except package.EventDecodeError as error:
                    place = _PLACE.search(str(error))
                    found.refused[place[1] if place else str(error)] += 1
                    found.items.append(None)
                except package.APIError as error:
                    found.end = error
                    break
                else:
                    found.items.append(
                        item.model_dump(
                            mode="json", by_alias=True, exclude_unset=True, warnings=False
                        )
                    )
    return found


@pytest.mark.parametrize("recording", FOUND, ids=lambda one: one.name)
def test_a_recording_gives_what_the_official_client_gives(
    recording: Recording, real: RealPackages
) -> None:
    known = DIFFERENCES.get(recording.name, Difference(""))
    read = _read(real, recording)
    assert read.refused == known.refused
    pairs = list(zip(read.items, recording.items, strict=True))
    assert [ours for ours, _ in pairs if ours is not None] == [
        theirs for ours, theirs in pairs if ours is not None
    ]
    assert (type(read.end).__name__ == "StreamTruncatedError") == known.truncated
    assert (read.end is not None) == (recording.raised or known.truncated)


@pytest.mark.parametrize(
    "recording", [one for one in FOUND if one.name in DIFFERENCES], ids=lambda one: one.name
)
def test_a_lenient_client_gives_what_was_refused_too(
    recording: Recording, real: RealPackages
) -> None:
    read = _read(real, recording, lenient=True)
    assert read.items == recording.items
    assert read.refused == {}


OWN: Final = {
    "vercel-ai.cohere-text": ("cohere", "Cohere", "v2"),
    "vercel-ai.cohere-reasoning": ("cohere", "Cohere", "v2"),
    "vercel-ai.groq-tool-call": ("groq", "Groq", "chat.completions"),
}
"""Recordings of APIs that have documents of their own: these, and the client and the resource."""


@pytest.mark.parametrize("name", OWN)
def test_a_recording_gives_the_data_that_is_in_it(name: str, real: RealPackages) -> None:
    document, client_name, resource = OWN[name]
    client_class = getattr(real.imported(document), client_name)
    body = (RECORDINGS / f"{name}.sse").read_bytes()
    with ScriptedServer(answer(body, media_type="text/event-stream")) as server:
        with client_class(api_key="k", base_url=server.url) as client:
            methods = reduce(getattr, resource.split("."), client)
            items = methods.stream(model="m", messages=[]).collect()
    read = [one.model_dump(mode="json", by_alias=True, exclude_unset=True) for one in items]
    lines = [line for line in body.split(b"\n") if line.startswith(b"data: {")]
    assert read == [json.loads(line.removeprefix(b"data: ")) for line in lines]


def test_every_difference_has_a_recording_and_a_reason() -> None:
    assert DIFFERENCES.keys() <= {one.name for one in FOUND}
    assert all(one.reason and (one.refused or one.truncated) for one in DIFFERENCES.values())
