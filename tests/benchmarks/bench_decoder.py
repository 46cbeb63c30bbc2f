"""What the event stream decoder costs, beside the validation of what it gives.

Ratios within one process, the cases taking turns, the best of many rounds: that is
what two machines, or two moments of one, can agree upon. "loop" is the smallest typed
loop over a stream; its ratio is the speed kept of bare validation of ready payloads.

    python tests/benchmarks/bench_decoder.py [rounds]
"""

from __future__ import annotations

import gc
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Literal

from pydantic import BaseModel

from sdkgen_runtime.blocks import NamedEvents
from sdkgen_runtime.sse import Decoder

CHUNK = 64 * 1024
EVENTS = 4_000
MEBI = 2**20


class Delta(BaseModel):
    role: Literal["assistant"] | None = None
    content: str | None = None


class Choice(BaseModel):
    index: int
    delta: Delta
    finish_reason: Literal["stop", "length", "tool_calls"] | None = None


class ChatChunk(BaseModel):
    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    system_fingerprint: str | None = None
    choices: list[Choice]


validate = ChatChunk.__pydantic_validator__.validate_json
VALIDATORS = {b"chat.completion.chunk": validate}


def payload(number: int) -> bytes:
    return (
        b'{"id":"chatcmpl-B%08d","object":"chat.completion.chunk","created":1764296393,'
        b'"model":"gpt-4o-mini-2024-07-18","system_fingerprint":"fp_0ba0d124f1",'
        b'"choices":[{"index":0,"delta":{"content":" word%d"},"logprobs":null,'
        b'"finish_reason":null}]}'
    ) % (number, number)


def cut(stream: bytes, size: int) -> list[bytes]:
    return [stream[at : at + size] for at in range(0, len(stream), size)]


def frames(payloads: list[bytes], *, named: bool, end: bytes) -> list[bytes]:
    head = b"event: chat.completion.chunk" + end if named else b""
    return [head + b"data: " + data + end * 2 for data in payloads]


def exhaust(items: Iterable[object]) -> None:
    deque(items, maxlen=0)


def decode(chunks: Iterable[bytes]) -> int:
    decoder = Decoder()
    count = 0
    for chunk in chunks:
        count += len(decoder.feed(chunk))
    decoder.close()
    return count


def items(chunks: Iterable[bytes]) -> Iterator[ChatChunk]:
    decoder = Decoder()
    for chunk in chunks:
        batch = decoder.feed(chunk)
        if isinstance(batch, NamedEvents):
            columns = zip(batch.names, batch.data, strict=True)
            yield from [VALIDATORS[name](data) for name, data in columns]
        else:
            yield from [
                validate(event)
                if isinstance(event, bytes)
                else VALIDATORS[event.event](event.data or b"")
                for event in batch
            ]


def loop(chunks: Iterable[bytes]) -> None:
    exhaust(items(chunks))


def best_of(rounds: int, cases: dict[str, Callable[[], object]]) -> dict[str, float]:
    best = dict.fromkeys(cases, float("inf"))
    gc.disable()
    try:
        for _ in range(rounds):
            for name, case in cases.items():
                start = time.perf_counter()
                case()
                best[name] = min(best[name], time.perf_counter() - start)
            gc.collect()
    finally:
        gc.enable()
    return best


def print_events(rounds: int) -> None:
    payloads = [payload(number) for number in range(EVENTS)]
    cases: dict[str, Callable[[], object]] = {"floor": lambda: exhaust(map(validate, payloads))}
    for named in (False, True):
        for end in (b"\n", b"\r\n"):
            per_event = frames(payloads, named=named, end=end)
            for size, chunks in (
                ("64 KiB", cut(b"".join(per_event), CHUNK)),
                ("1 event", per_event),
            ):
                assert decode(chunks) == EVENTS
                case = (
                    f"{'named' if named else 'bare':6}{'LF' if len(end) == 1 else 'CRLF':6}{size}"
                )
                cases[f"decode {case}"] = partial(decode, chunks)
                cases[f"loop {case}"] = partial(loop, chunks)
    best = best_of(rounds, cases)
    floor = best.pop("floor")
    print(
        f"{len(payloads[0])} bytes of JSON an event; validation alone: {per(floor)} ns an event\n"
    )
    print(f"{'event':6}{'end':6}{'chunk':12}{'decode ns':>10}{'of floor':>10}{'loop':>8}")
    for name in [name for name in best if name.startswith("decode ")]:
        case = name.removeprefix("decode ")
        decoding = best[name]
        kept = floor / best[f"loop {case}"]
        print(f"{case:24}{per(decoding):>10}{decoding / floor:>10.2f}{kept:>8.2f}")


def per(seconds: float) -> int:
    return round(seconds / EVENTS * 1e9)


def one_line(size: int) -> bytes:
    return b"data: " + b"x" * size + b"\n\n"


def many_lines(size: int) -> bytes:
    return (b"data: " + b"x" * 77 + b"\n") * (size // 84) + b"\n"


def many_lines_and_an_id(size: int) -> bytes:
    return b"id: 1\n" + many_lines(size)


def hostile_line(size: int) -> bytes:
    """What a match that is not anchored would try again at every field."""
    return b"data: " * (size // 6) + b"\nx\n\n"


def blank_lines(size: int) -> bytes:
    return b"\n" * size


def print_linearity(rounds: int) -> None:
    print(f"\n{'linearity: seconds for':24}{'chunk':12}{'8 MiB':>10}{'16 MiB':>10}{'ratio':>8}")
    for make in (one_line, many_lines, many_lines_and_an_id, hostile_line, blank_lines):
        for size in (CHUNK, 7):
            # Few, since 16 MiB in pieces of 7 bytes are 2.4 million of them.
            turns = rounds if size == CHUNK else 1
            half, whole = cut(make(8 * MEBI), size), cut(make(16 * MEBI), size)
            best = best_of(turns, {"n": partial(decode, half), "2n": partial(decode, whole)})
            n, n2 = best["n"], best["2n"]
            name = make.__name__.replace("_", " ")
            print(f"{name:24}{f'{size} bytes':12}{n:>10.3f}{n2:>10.3f}{n2 / n:>8.2f}")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    print_events(rounds)
    print_linearity(min(rounds, 3))


if __name__ == "__main__":
    main()
