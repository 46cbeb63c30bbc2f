"""A server of streams with sse-starlette: what the documents of the project's own describe."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

WORDS = ("there", "are 7", "continents in the world")


async def chat(request: Request) -> Response:
    """JSON events and a sentinel, or text, or events of several kinds: as the prompt has it."""
    asked = await request.json()
    match asked["prompt"]:
        case "refuse":
            return JSONResponse({"message": "no such thing"}, 422)
        case "text":
            return EventSourceResponse(_texts())
        case "union":
            return EventSourceResponse(_union())
        case "echo":
            return EventSourceResponse(_echo(request, asked))
    return EventSourceResponse(_pieces())


async def _pieces() -> AsyncIterator[dict[str, Any]]:
    for at, word in enumerate(WORDS):
        yield {"data": json.dumps({"content": word, "model": "parley-small", "created": at})}
    yield {"data": "[DONE]"}


async def _texts() -> AsyncIterator[dict[str, Any]]:
    for text in ("10", "null", '{"a":1}', "two\nlines", " a space before"):
        yield {"data": text}


async def _union() -> AsyncIterator[Any]:
    yield {"event": "ping", "data": ""}
    yield {"event": "completion", "id": "1", "data": '{"content": "Hello"}'}
    yield ServerSentEvent(comment="still here")
    yield {"event": "celebration", "id": "2", "data": "new in this version"}
    yield {"event": "completion", "id": "3", "data": '{"content": "world"}', "retry": 2500}


async def _echo(request: Request, asked: Any) -> AsyncIterator[dict[str, Any]]:
    said = {"headers": dict(request.headers), "body": asked}
    yield {"data": json.dumps({"content": json.dumps(said)})}
    yield {"data": "[DONE]"}


async def watch(request: Request) -> Response:
    """Prices and notices of a symbol."""
    symbol = request.path_params["symbol"]

    async def events() -> AsyncIterator[dict[str, Any]]:
        yield {"event": "price", "data": '{"amount": 12.5, "currency": "EUR", "change": null}'}
        yield {"event": "notice", "data": f"{symbol} is doing well"}
        yield {"event": "halt", "data": '"2026-01-02T03:04:05Z"'}

    return EventSourceResponse(events())


async def books(request: Request) -> Response:
    """What was asked for, as a page with one book."""
    if request.headers.get("x-api-key") != "sesame":
        return JSONResponse({"message": "no key"}, 401)
    seen = {
        "query": sorted(request.query_params.multi_items()),
        "tenant": request.headers.get("x-tenant"),
        "cookies": request.cookies,
    }
    book = {"id": "1", "title": json.dumps(seen), "class": "scroll", "sequel": None}
    headers = {
        "X-Request-Id": "r1",
        "X-Total": "41",
        "X-As-Of": "2026-01-02T03:04:05Z",
        "X-Complete": "false",
        "X-Shelves": "sf, poetry",
    }
    return JSONResponse({"items": [book], "next": None, "new": True}, headers=headers)


async def add_book(request: Request) -> Response:
    """Adds a book, unless it is there or has to be looked at first."""
    asked = await request.json()
    book = {"id": "2", **asked}
    if asked["title"] == "known":
        return JSONResponse(book, 409)
    if asked["title"] == "odd":
        return Response(status_code=202)
    return JSONResponse(book, 201)


async def one_book(request: Request) -> Response:
    """A book for programs, or for people; or its removal."""
    if request.method == "DELETE":
        return Response(status_code=204)
    name = request.path_params["book_id"]
    if name == "plain":
        return PlainTextResponse("A book.")
    return JSONResponse(
        {"id": name, "title": "T", "class": "ebook", "addedAt": "2026-01-02T03:04:05Z"}
    )


async def write_review(request: Request) -> Response:
    """The review, or how it is judged: by the switch in the body."""
    asked = await request.json()
    by = {"kind": "robot", "model": request.headers["accept"]}
    review = {"id": "r", "text": asked["text"], "by": by}
    if not asked.get("stream"):
        return JSONResponse(review)

    async def events() -> AsyncIterator[dict[str, Any]]:
        yield {"id": "1", "data": json.dumps(review)}
        yield {"data": "[END]"}

    return EventSourceResponse(events())


async def status(request: Request) -> Response:
    """All is well, and no credential is asked for."""
    return JSONResponse({"key": request.headers.get("x-api-key", "none")})


app = Starlette(
    routes=[
        Route("/chat", chat, methods=["POST"]),
        Route("/symbols/{symbol:path}/watch", watch),
        Route("/books", books, methods=["GET"]),
        Route("/books", add_book, methods=["POST"]),
        Route("/books/{book_id}/reviews", write_review, methods=["POST"]),
        Route("/books/{book_id:path}", one_book, methods=["GET", "DELETE"]),
        Route("/status", status),
    ]
)


def replaying(recording: bytes) -> Starlette:
    """A server that answers every POST with the bytes of a recorded stream."""

    async def answer(request: Request) -> Response:
        await request.body()
        return Response(recording, media_type="text/event-stream")

    return Starlette(routes=[Route("/{path:path}", answer, methods=["POST"])])
