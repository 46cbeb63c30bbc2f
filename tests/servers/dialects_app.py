"""Servers of the documents in other dialects: chat completions, responses, lines of JSON."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from itertools import count
from typing import Any

from fastapi import FastAPI
from sse_starlette.sse import EventSourceResponse
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

app = FastAPI()
_asked = count()

WORDS = ("Machine", " learning", " is", " fun")


def _chunk(content: str | None, finish: str | None = None) -> dict[str, Any]:
    delta = {} if content is None else {"content": content}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": [choice]}


async def _completion(events: list[Any]) -> AsyncIterator[dict[str, str]]:
    for one in events:
        if isinstance(one, dict) and "event" in one:
            yield {"event": one["event"], "data": json.dumps(one["data"])}
        else:
            yield {"data": one if isinstance(one, str) else json.dumps(one)}


@app.post("/chat/completions")
async def completions(request: Request) -> Response:
    """Completions as OpenAI gives them; what the last message says decides what happens."""
    asked = await request.json()
    said = asked["messages"][-1]["content"]
    if said == "limit" or (said == "limit once" and next(_asked) % 2 == 0):
        error = {"error": {"message": "slow down", "type": "rate_limit_error"}}
        return JSONResponse(error, 429, {"Retry-After": "0"})
    if not asked.get("stream"):
        message = {"role": "assistant", "content": "".join(WORDS)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return JSONResponse({"id": "chatcmpl-1", "choices": [choice]})
    events: list[Any] = [_chunk(word) for word in WORDS]
    match said:
        case "fail inside":
            events[2:] = [{"error": {"message": "out of memory", "type": "server_error"}}]
        case "fail by event":
            events[1:] = [{"event": "error", "data": {"message": "no", "code": 403}}]
        case "ping":
            events.insert(1, {"event": "ping", "data": None})
        case "stop short":
            return EventSourceResponse(_completion(events))
    return EventSourceResponse(_completion([*events, _chunk(None, "stop"), "[DONE]", "ignored"]))


@app.post("/stream")
async def endless(request: Request) -> Response:
    """Always a stream."""
    topic = (await request.json())["topic"]
    return EventSourceResponse(_completion([{"text": topic}, {"text": "and so on"}, "[DONE]"]))


@app.post("/responses")
async def responses(request: Request) -> Response:
    """Responses, told apart by the type in their data and by the event's name alike."""
    asked = await request.json()
    response = {"id": "resp_1", "output_text": '{"city": "Paris", "hot": true}'}
    if not asked.get("stream"):
        return JSONResponse(response)
    types: list[tuple[str, dict[str, Any]]] = [
        ("response.created", {"response": {"id": "resp_1"}}),
        ("response.output_item.added", {"item": {"kind": "text"}}),
        ("response.output_text.delta", {"delta": '{"city": "Par'}),
        ("response.output_text.delta", {"delta": 'is", "hot": true}'}),
        ("response.reasoning.delta", {"delta": "a kind of event of next year"}),
        ("response.output_text.done", {"text": response["output_text"]}),
        ("response.function_call_arguments.delta", {"delta": '{"x":'}),
        ("response.function_call_arguments.delta", {"delta": "1}"}),
        ("response.completed", {"response": response}),
    ]
    if asked["input"] == "stop short":
        types.pop()

    async def events() -> AsyncIterator[dict[str, str]]:
        for name, data in types:
            yield {"event": name, "data": json.dumps({"type": name, **data})}

    return EventSourceResponse(events())


async def tokens(prompt: str) -> AsyncIterator[str]:
    """The model behind the endpoint below, which is what one finds in tutorials."""
    for token in prompt.split():
        yield token


@app.get("/chat/stream")
async def stream_chat(prompt: str) -> Response:
    """Tokens with FastAPI and sse-starlette, as it is commonly done."""

    async def generate() -> AsyncIterator[dict[str, str]]:
        async for token in tokens(prompt):
            yield {"event": "token", "data": token}
        yield {"event": "done", "data": ""}

    return EventSourceResponse(generate())


@app.post("/chat")
async def fern_chat(request: Request) -> Response:
    """A chat whose items are told apart by the type in their data."""
    asked = await request.json()
    if not asked.get("stream"):
        return JSONResponse({"text": asked["message"]})
    pieces: list[Any] = [{"type": "text", "text": asked["message"]}, {"type": "finish"}]
    return EventSourceResponse(_completion([*pieces, {"type": "new"}, "[DONE]"]))


@app.post("/v1/agents/{agent_id}/messages")
async def send_message(agent_id: str, limit: int, request: Request) -> Response:
    """As many messages as are asked for, and a thought before them."""
    text = (await request.json())["text"]
    thought = {"kind": "thought", "thought": agent_id}
    replies = [{"kind": "reply", "text": text}] * limit
    return EventSourceResponse(_completion([thought, *replies, "[DONE]"]))


def _lines(begin: str = "", end: str = "\n") -> Iterator[str]:
    for amount in (1, 2, 3):
        yield f"{begin}{json.dumps({'amount': amount, 'message': 'm'})}{end if amount < 3 else ''}"


@app.get("/log")
@app.get("/entries")
def entries() -> Response:
    """A line each, the last without its end."""
    return StreamingResponse(_lines(), media_type="application/jsonl")


@app.get("/v1/runs/{run_id}/output")
def output(run_id: str) -> Response:
    """Lines, under the name of a JSON text."""
    lines = [json.dumps({"cell": cell, "text": run_id}) + "\n" for cell in (1, 2)]
    return StreamingResponse(iter(lines), media_type="application/json")


@app.post("/v1/runs")
async def run(request: Request) -> Response:
    """The events of cells, one of them of a kind that is not declared; no word after the last."""
    assert request.query_params["beta"] == "true"

    async def events() -> AsyncIterator[dict[str, str]]:
        for event in (
            {"cellEvent": "cell.printed", "text": "1"},
            {"cellEvent": "cell.drawn", "width": 3},
            {"cellEvent": "cell.ended", "seconds": 0.5},
        ):
            yield {"data": json.dumps(event)}

    return EventSourceResponse(events())


@app.post("/v1/kernels/pull")
async def pull(request: Request) -> Response:
    """Lines where they are asked for, under their own name."""
    asked = await request.json()
    done = {"status": "success", "kernel": asked["kernel"]}
    if not asked.get("stream"):
        return JSONResponse(done)
    lines = [json.dumps(one) + "\n" for one in ({"status": "pulling", "completed": 5}, done)]
    return StreamingResponse(iter(lines), media_type="application/x-ndjson")


@app.get("/entries/export")
def export() -> Response:
    """The same under an older name."""
    return StreamingResponse(_lines(), media_type="application/x-ndjson")


@app.get("/entries/sequence")
def sequence() -> Response:
    """Records (RFC 7464), the last of which is cut short."""
    return StreamingResponse(_lines("\x1e"), media_type="application/json-seq")
