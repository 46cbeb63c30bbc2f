"""What a typed stream costs, from the bytes of the network to the items of a loop.

The whole runtime is in it: `for event in transport.stream(...)`, and `async for`, through
the HTTP library, which is given prepared chunks in place of a socket. Each is given as the speed
kept of two floors, which have the payloads at hand: `bare` is pydantic's validator itself, called
by a loop in C, and nothing could be faster; `public` is `Model.model_validate_json` in a loop, as
a program would write it. They take turns every few milliseconds: whenever a stream asks for more
bytes, the floors validate the payloads that are in them first. A ratio is the median of those of
all turns, so that what else the machine does has little to say, and neither has the call itself.

    python tests/benchmarks/bench_streams.py [rounds]
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
import tracemalloc
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from itertools import accumulate, repeat
from statistics import median
from typing import Any, Final, Literal, NamedTuple

import httpx

import sdkgen_runtime as rt
from sdkgen_runtime.events import Events
from sdkgen_runtime.model import SDKModel

CHUNK: Final = 64 * 1024
EVENTS: Final = 20_000
TURN: Final = 200
"""Events of a turn, where each has a chunk of its own: about as many as are in a large chunk."""
MEBI: Final = 2**20


class Function(SDKModel):
    name: str | None = None
    arguments: str | None = None


class ToolCall(SDKModel):
    index: int
    id: str | None = None
    type: Literal["function"] | None = None
    function: Function | None = None


class Delta(SDKModel):
    role: Literal["developer", "system", "user", "assistant", "tool"] | None = None
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[ToolCall] | None = None


class Choice(SDKModel):
    index: int
    delta: Delta
    logprobs: dict[str, Any] | None = None
    finish_reason: Literal["stop", "length", "tool_calls", "content_filter"] | None = None


class Usage(SDKModel):
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Chunk(SDKModel):
    """What chat completions send, for a word or for a piece of a tool's arguments."""

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    service_tier: Literal["auto", "default", "flex", "priority"] | None = None
    system_fingerprint: str | None = None
    choices: list[Choice]
    usage: Usage | None = None


class Envelope(SDKModel):
    data: Chunk


class ChunkEvent(SDKModel):
    event: Literal["chunk"]
    data: Chunk


class DeltaEvent(SDKModel):
    event: Literal["delta"]
    data: Chunk


class StopEvent(SDKModel):
    event: Literal["stop"]
    data: Chunk


VARIANTS: Final = (
    rt.Variant(lambda: ChunkEvent, ("chunk",)),
    rt.Variant(lambda: DeltaEvent, ("delta",)),
    rt.Variant(lambda: StopEvent, ("stop",)),
)
KINDS: Final[dict[str, Events[Any]]] = {
    "payload": rt.Payloads(lambda: Chunk),
    "sentinel": rt.Payloads(lambda: Chunk, sentinel="[DONE]"),
    "union": rt.Envelopes(*VARIANTS, gives="data", terminators=("stop",)),
    "envelope": rt.Envelopes(rt.Variant(lambda: Envelope)),
    "envelopes": rt.Envelopes(*VARIANTS, terminators=("stop",)),
}
"""The items: an event's data, without and with a sentinel to look out for; the data, as the model
of the event's type; the event as a whole; and the event as a whole, as the model of its type."""


DELTAS: Final = {
    "words": b'{"content":" word%d"}',
    "tool calls": b'{"tool_calls":[{"index":0,"function":{"arguments":" word%d"}}]}',
}


def payload(number: int, delta: bytes) -> bytes:
    return (
        b'{"id":"chatcmpl-BZ5T8nVqWlE%08d","object":"chat.completion.chunk",'
        b'"created":1764296393,"model":"gpt-4o-mini-2024-07-18","service_tier":"default",'
        b'"system_fingerprint":"fp_0ba0d124f1","choices":[{"index":0,"delta":'
        + delta
        + b',"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"Zk3aP9"}'
    ) % (number, number)


def frames(kind: str, payloads: list[bytes], end: bytes) -> list[bytes]:
    if kind in ("union", "envelopes"):
        names = [(b"chunk", b"delta")[number % 2] for number in range(len(payloads) - 1)]
        return [
            b"event: " + name + end + b"data: " + data + end * 2
            for name, data in zip([*names, b"stop"], payloads, strict=True)
        ]
    bare = [b"data: " + data + end * 2 for data in payloads]
    return [*bare, b"data: [DONE]" + end * 2] if kind == "sentinel" else bare


def cut(stream: bytes, size: int) -> list[bytes]:
    return [stream[at : at + size] for at in range(0, len(stream), size)]


class Memory(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that is there already."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            yield chunk


class Server(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers every request with the same stream."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(
            200,
            headers={"content-type": "text/event-stream"},
            stream=Memory(self._chunks),
            request=request,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


API: Final = rt.Api("bench", "1", (rt.Server("http://memory"),))


class Case:
    """A stream to be read to its end, in a thread or in an event loop."""

    def __init__(self, events: Events[Any], chunks: Iterable[bytes]) -> None:
        self._operation = rt.StreamOperation[Any]("GET", "/", events=events)
        server = Server(chunks)
        settings: dict[str, Any] = {
            "credentials": {},
            "base_url": None,
            "max_retries": 0,
        }
        self.transport = rt.Transport(API, http_client=httpx.Client(transport=server), **settings)
        self.async_transport = rt.AsyncTransport(
            API, http_client=httpx.AsyncClient(transport=server), **settings
        )

    def in_thread(self) -> int:
        count = 0
        with self.transport.stream(self._operation, rt.Arguments()) as stream:
            for _ in stream:
                count += 1
        return count

    async def in_loop(self) -> int:
        count = 0
        async with self.async_transport.open_stream(self._operation, rt.Arguments()) as stream:
            async for _ in stream:
                count += 1
        return count


def validate_all(payloads: list[bytes]) -> int:
    validate = Chunk.__pydantic_validator__.validate_json
    count = 0
    for _ in map(validate, payloads):
        count += 1
    return count


def validate_publicly(payloads: list[bytes]) -> int:
    count = 0
    for data in payloads:
        Chunk.model_validate_json(data)
        count += 1
    return count


class Turn(NamedTuple):
    """What a stream and the floors do in turns: the same events, as bytes and as payloads."""

    chunks: list[bytes]
    payloads: list[bytes]


def turns(per_event: list[bytes], payloads: list[bytes], size: int | None) -> Iterator[Turn]:
    """The turns of a stream, in chunks of a size, or in one for each event."""
    if size is None:
        for at in range(0, EVENTS, TURN):
            yield Turn(per_event[at : at + TURN], payloads[at : at + TURN])
        yield Turn(per_event[EVENTS:], [])  # what ends the stream, and is no item
        return
    ends = [*accumulate(map(len, per_event[:EVENTS]))]
    stream = b"".join(per_event)
    for at in range(0, len(stream), size):
        here = slice(bisect_right(ends, at), bisect_right(ends, at + size))
        yield Turn([stream[at : at + size]], payloads[here])


class Seconds(NamedTuple):
    """What a turn took."""

    events: int
    bare: float
    public: float
    stream: float


class InTurns:
    """The chunks of a stream, before which the floors have their turn with what is in them."""

    def __init__(self, turns: Iterable[Turn]) -> None:
        self._turns = list(turns)
        self.took: list[Seconds] = []

    def __iter__(self) -> Iterator[bytes]:
        now = time.perf_counter
        for chunks, payloads in self._turns:
            start = now()
            validate_all(payloads)
            bare = now()
            validate_publicly(payloads)
            public = now()
            yield from chunks
            took = Seconds(len(payloads), bare - start, public - bare, now() - public)
            if payloads:
                self.took.append(took)


def print_events(rounds: int, said: str) -> None:
    payloads = [payload(number, DELTAS[said]) for number in range(EVENTS)]
    print(f"\n{said}, {len(payloads[0])} bytes of JSON an event")
    print(
        f"{'items':10}{'end':6}{'chunk':9}{'bare/s':>11}{'public/s':>11}"
        f"{'sync/s':>11}{'bare':>7}{'public':>8}{'async/s':>11}{'bare':>7}{'public':>8}"
    )
    for kind in KINDS:
        for end in (b"\n", b"\r\n"):
            per_event = frames(kind, payloads, end)
            for size, said_size in ((CHUNK, "64 KiB"), (None, "1 event")):
                chunks = InTurns(turns(per_event, payloads, size))
                name = f"{kind:10}{'LF' if len(end) == 1 else 'CRLF':6}{said_size:9}"
                print(name + compared(rounds, Case(KINDS[kind], chunks), chunks.took))


def compared(rounds: int, case: Case, took: list[Seconds]) -> str:
    """A case beside the floors.

    The garbage collector is on, as it is where streams are read: what keeps many items alive at
    once makes it look at them.
    """
    shown: list[str] = []
    for read in (case.in_thread, lambda: asyncio.run(case.in_loop())):
        assert read() == EVENTS  # once, for all that is made at its first use
        took.clear()
        for _ in range(rounds):
            gc.collect()
            read()
        if not shown:
            shown += [per_second(one.events / one.bare for one in took)]
            shown += [per_second(one.events / one.public for one in took)]
        shown += [per_second(one.events / one.stream for one in took)]
        shown += [f"{median(one.bare / one.stream for one in took):>7.2f}"]
        shown += [f"{median(one.public / one.stream for one in took):>8.2f}"]
    return "".join(shown)


def per_second(rates: Iterable[float]) -> str:
    return f"{median(rates):>11,.0f}"


def seconds(case: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    case()
    return time.perf_counter() - start


def one_line(size: int) -> bytes:
    return b'data: "' + b"x" * size + b'"\n\n'


def many_lines(size: int) -> bytes:
    return (
        b"data: [\n"
        + b"data:   1000000000000000000000000000000000000000000000000000000000000000000,\n"
        * (size // 76)
        + b"data: 0]\n\n"
    )


def print_linearity(rounds: int) -> None:
    print(f"\n{'linearity: seconds for':24}{'chunk':12}{'8 MiB':>9}{'16 MiB':>9}{'ratio':>7}")
    for make in (one_line, many_lines):
        for size in (CHUNK, 7):
            half, whole = (
                Case(rt.Payloads(lambda: Any), cut(make(n * MEBI), size)) for n in (8, 16)
            )
            assert half.in_thread() == whole.in_thread() == 1
            tries = [
                (seconds(half.in_thread), seconds(whole.in_thread))
                for _ in range(rounds if size == CHUNK else 1)
            ]
            n, n2 = map(min, zip(*tries, strict=True))
            name = make.__name__.replace("_", " ")
            print(f"{name:24}{f'{size} bytes':12}{n:>9.3f}{n2:>9.3f}{n2 / n:>7.2f}")


def print_memory() -> None:
    """What a stream holds while it gives a million events, beside its first ten thousand."""
    batch = b"".join(frames("payload", [b'{"n":1}'] * 100, b"\n"))
    tracemalloc.start()
    peaks = []
    for batches in (100, 10_000):
        case = Case(rt.Payloads(lambda: dict[str, int]), repeat(batch, batches))
        tracemalloc.reset_peak()
        held = tracemalloc.get_traced_memory()[0]
        assert case.in_thread() == 100 * batches
        peaks.append(tracemalloc.get_traced_memory()[1] - held)
    tracemalloc.stop()
    few, many = (f"{peak / 1024:,.0f} KiB" for peak in peaks)
    print(f"\nmost memory held over 10,000 events: {few}; over 1,000,000 events: {many}")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for said in DELTAS:
        print_events(rounds, said)
    print_linearity(min(rounds, 3))
    print_memory()


if __name__ == "__main__":
    main()
