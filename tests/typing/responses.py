"""Checked, not run: events that are told apart by the type in their data."""

from __future__ import annotations

from typing import assert_type

import mavera
from mavera import models


def a_union_is_narrowed_by_its_type(client: mavera.Mavera) -> None:
    with client.responses.stream(model="m", input="Hello") as stream:
        for event in stream:
            if event.type == "response.output_text.delta":
                assert_type(event, models.OutputTextDelta)
                assert_type(event.delta, str)
            elif event.type == "<unknown>":
                assert_type(event, mavera.UnknownEvent)
                assert_type(event.name, str)


def each_item_may_be_had_with_its_event(client: mavera.Mavera) -> None:
    for _, event in client.responses.stream(model="m", input="Hello").events():
        assert_type(event, mavera.ServerSentEvent)
        assert_type(event.id, str)
