"""A server with FastAPI's own event streams, whose exported document is one of `specs/`."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable
from typing import Annotated, Literal

from fastapi import FastAPI, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field

app = FastAPI(title="Kitchen", version="1.0.0", servers=[{"url": "https://kitchen.example"}])


class Dish(BaseModel):
    """Something to eat."""

    name: str
    minutes: int | None = None


class Started(BaseModel):
    """The cook has begun."""

    kind: Literal["started"] = "started"
    dish: Dish


class Served(BaseModel):
    """The dish is on the table."""

    kind: Literal["served"] = "served"
    table: int


class Order(BaseModel):
    """What a guest asks for."""

    dishes: list[str]
    table: int = 1


Step = Annotated[Started | Served, Field(discriminator="kind")]


@app.get("/dishes/stream", response_class=EventSourceResponse, tags=["dishes"])
async def watch_dishes() -> AsyncIterable[Dish]:
    """Follow the dishes as they are made."""
    yield Dish(name="soup", minutes=12)
    yield Dish(name="bread")


@app.post("/orders", response_class=EventSourceResponse, tags=["orders"])
def place_order(
    order: Order, last_event_id: Annotated[str | None, Header()] = None
) -> Iterable[Step]:
    """Order, and follow what the kitchen does."""
    del last_event_id
    for name in order.dishes:
        yield Started(dish=Dish(name=name))
        yield Served(table=order.table)


@app.get("/bell", response_class=EventSourceResponse, tags=["bell"])
async def ring() -> AsyncIterable[ServerSentEvent]:
    """Hear the bell, and anything else that the kitchen says."""
    yield ServerSentEvent(data={"rung": True}, event="bell", id="1", retry=1500)
    yield ServerSentEvent(comment="nobody is there")
    yield ServerSentEvent(data="done", event="close", id="2")


@app.get("/dishes/{name}", tags=["dishes"])
def read_dish(name: str, portions: int = 1) -> Dish:
    """Read about one dish."""
    return Dish(name=name, minutes=5 * portions)
