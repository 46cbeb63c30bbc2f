"""What other clients cost, on the very bytes that `bench_streams` has ours read.

Each reads through its own HTTP library, which is given the same chunks in place of a socket,
and makes its own models. Two streams, because no two clients agree on one: chunks of a chat
that end with `[DONE]`, and events that are told apart by their type. The ratio is the speed
kept of bare validation. Peers that are not installed are named and left out:

    pip install -e '.[bench]'
    python tests/benchmarks/bench_peers.py [rounds]
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from typing import Annotated, Any, Final, Literal

from bench_streams import CHUNK, DELTAS, KINDS, Case, Chunk, Memory, cut, frames, payload
from pydantic import BaseModel, Field, TypeAdapter

import sdkgen_runtime as rt

EVENTS: Final = 5_000
URL: Final = "http://memory"
ASKED: Final[dict[str, Any]] = {"model": "m", "messages": [{"role": "user", "content": "x"}]}


class TextDelta(BaseModel):
    type: Literal["text_delta"]
    text: str


class BlockDelta(BaseModel):
    type: Literal["content_block_delta"]
    index: int
    delta: TextDelta


class MessageStop(BaseModel):
    type: Literal["message_stop"]


MessageEvent = Annotated[BlockDelta | MessageStop, Field(discriminator="type")]


@dataclass
class Reading(Case):
    """A stream that is read in any way."""

    read: Callable[[], Iterator[object]]
    read_async: Callable[[], AsyncIterator[object]]

    def in_thread(self) -> int:
        count = 0
        for _ in self.read():
            count += 1
        return count

    async def in_loop(self) -> int:
        count = 0
        async for _ in self.read_async():
            count += 1
        return count


class Clients:
    """The HTTP clients of one library, each of which answers with the same stream."""

    def __init__(self, library: str, chunks: Iterable[bytes]) -> None:
        http = import_module(library)
        body = type("Body", (Memory, http.SyncByteStream, http.AsyncByteStream), {})(chunks)
        headers = {"content-type": "text/event-stream"}
        transport = http.MockTransport(lambda _: http.Response(200, headers=headers, stream=body))
        self.sync = http.Client(transport=transport)
        self.asynchronous = http.AsyncClient(transport=transport)


def httpx_sse(chunks: Iterable[bytes], validate: Callable[[str], object]) -> Case:
    """Events of `httpx-sse`, validated by hand."""
    sse = import_module("httpx_sse")
    http = Clients("httpx", chunks)

    def read() -> Iterator[object]:
        with sse.connect_sse(http.sync, "GET", URL) as source:
            for event in source.iter_sse():
                if event.data == "[DONE]":
                    break
                yield validate(event.data)

    async def read_async() -> AsyncIterator[object]:
        async with sse.aconnect_sse(http.asynchronous, "GET", URL) as source:
            async for event in source.aiter_sse():
                if event.data == "[DONE]":
                    break
                yield validate(event.data)

    return Reading(read, read_async)


def openai(chunks: Iterable[bytes]) -> Case:
    """Chat completions of `openai`."""
    peer = import_module("openai")
    http = Clients("httpx2", chunks)
    client = peer.OpenAI(api_key="k", base_url=URL, http_client=http.sync)
    other = peer.AsyncOpenAI(api_key="k", base_url=URL, http_client=http.asynchronous)

    async def read_async() -> AsyncIterator[object]:
        async for chunk in await other.chat.completions.create(**ASKED, stream=True):
            yield chunk

    return Reading(
        lambda: iter(client.chat.completions.create(**ASKED, stream=True)),
        read_async,
    )


def mistralai(chunks: Iterable[bytes]) -> Case:
    """Chat completions of `mistralai`."""
    peer = import_module("mistralai.client")
    http = Clients("httpx2", chunks)
    client = peer.Mistral(
        api_key="k", server_url=URL, client=http.sync, async_client=http.asynchronous
    )

    async def read_async() -> AsyncIterator[object]:
        async for event in await client.chat.stream_async(**ASKED):
            yield event

    return Reading(lambda: iter(client.chat.stream(**ASKED)), read_async)


def anthropic(chunks: Iterable[bytes]) -> Case:
    """Messages of `anthropic`."""
    peer = import_module("anthropic")
    http = Clients("httpx2", chunks)
    client = peer.Anthropic(api_key="k", base_url=URL, http_client=http.sync)
    other = peer.AsyncAnthropic(api_key="k", base_url=URL, http_client=http.asynchronous)

    async def read_async() -> AsyncIterator[object]:
        async for event in await other.messages.create(**ASKED, max_tokens=9, stream=True):
            yield event

    return Reading(
        lambda: iter(client.messages.create(**ASKED, max_tokens=9, stream=True)), read_async
    )


def message_payload(number: int) -> bytes:
    return (
        b'{"type":"content_block_delta","index":0,'
        b'"delta":{"type":"text_delta","text":" word%d and what is said before the next one"}}'
    ) % number


def message_frames(payloads: list[bytes]) -> list[bytes]:
    return [
        *(b"event: content_block_delta\ndata: " + data + b"\n\n" for data in payloads[:-1]),
        b"event: message_stop\ndata: " + payloads[-1] + b"\n\n",
    ]


@dataclass(frozen=True)
class Stream:
    """One stream, and who can read it.

    Attributes:
        payloads: The data of its events.
        frames: The events as they are sent.
        validate: Bare validation of the data of one event.
        readers: By the name that the table shows. The first is ours.
    """

    payloads: list[bytes]
    frames: list[bytes]
    validate: Callable[[str | bytes], object]
    readers: dict[str, Callable[[Iterable[bytes]], Case]]


def chat() -> Stream:
    payloads = [payload(number, DELTAS["words"]) for number in range(EVENTS)]
    validate = Chunk.__pydantic_validator__.validate_json
    return Stream(
        payloads,
        frames("sentinel", payloads, b"\n"),
        validate,
        {
            "sdkgen": lambda chunks: Case(KINDS["sentinel"], chunks),
            "httpx-sse": lambda chunks: httpx_sse(chunks, validate),
            "openai": openai,
            "mistralai": mistralai,
        },
    )


def messages() -> Stream:
    payloads = [*map(message_payload, range(EVENTS - 1)), b'{"type":"message_stop"}']
    validate = TypeAdapter[object](MessageEvent).validator.validate_json
    events: rt.Payloads[Any] = rt.Payloads(lambda: MessageEvent, terminators=("message_stop",))
    return Stream(
        payloads,
        message_frames(payloads),
        validate,
        {
            "sdkgen": lambda chunks: Case(events, chunks),
            "httpx-sse": lambda chunks: httpx_sse(chunks, validate),
            "anthropic": anthropic,
        },
    )


Timed = Callable[[], float]
"""Runs a case once; gives the seconds that it took."""


def timed(case: Callable[[], object]) -> Timed:
    def run() -> float:
        start = time.perf_counter()
        case()
        return time.perf_counter() - start

    return run


def timed_in_loop(case: Case) -> Timed:
    async def run() -> float:
        start = time.perf_counter()
        await case.in_loop()
        return time.perf_counter() - start

    return lambda: asyncio.run(run())


def in_turns(rounds: int, cases: dict[str, Timed]) -> dict[str, list[float]]:
    """The seconds of each case in each round."""
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            gc.collect()
            seconds[name].append(case())
    return seconds


def version_of(reader: str) -> str | None:
    """The version of who reads; None where it is not installed."""
    try:
        return metadata.version(reader)
    except metadata.PackageNotFoundError:
        return None


def validate_all(stream: Stream) -> None:
    for data in stream.payloads:
        stream.validate(data)


def cases_of(name: str, stream: Stream) -> dict[str, Timed]:
    cases = {f"{name:10}bare": timed(lambda: validate_all(stream))}
    sizes = {"64 KiB": cut(b"".join(stream.frames), CHUNK), "1 event": stream.frames}
    for size, chunks in sizes.items():
        for reader, make in stream.readers.items():
            if version_of(reader) is None:
                continue
            case = make(chunks)
            assert case.in_thread() == asyncio.run(case.in_loop()) == EVENTS, reader
            cases[f"{name:10}{size:9}{reader:12}sync"] = timed(case.in_thread)
            cases[f"{name:10}{size:9}{reader:12}async"] = timed_in_loop(case)
    return cases


def print_table(best: dict[str, float]) -> None:
    print(f"{'stream':10}{'chunk':9}{'reader':12}", end="")
    print(f"{'sync/s':>11}{'ratio':>7}{'async/s':>11}{'ratio':>7}")
    for name in [name.removesuffix("async") for name in best if name.endswith("async")]:
        bare = best[f"{name[:10]}bare"]
        print(name, end="")
        for how in ("sync", "async"):
            seconds = best[name + how]
            print(f"{EVENTS / seconds:>11,.0f}{bare / seconds:>7.3f}", end="")
        print()


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    streams = {"chat": chat(), "messages": messages()}
    readers = dict.fromkeys(reader for one in streams.values() for reader in one.readers)
    print(", ".join(f"{reader} {version_of(reader) or 'is not installed'}" for reader in readers))
    cases: dict[str, Timed] = {}
    for name, stream in streams.items():
        cases |= cases_of(name, stream)
    best = {name: min(seconds) for name, seconds in in_turns(rounds, cases).items()}
    for name in streams:
        print(f"{name}: {EVENTS / best[f'{name:10}bare']:,.0f} events/s of bare validation")
    print()
    print_table(best)


if __name__ == "__main__":
    main()
