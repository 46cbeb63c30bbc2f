"""Calls as people write them, with dicts in the place of models; never run."""

from typing import assert_type

from cohere_sdk import Cohere, models

client = Cohere()

client.v2.chat(
    model="command",
    messages=[{"role": "user", "content": "Hello"}],
    tools=[
        {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}},
    ],
)

with client.chat.stream(message="Hello") as events:
    for event in events:
        if event.event_type == "text-generation":
            assert_type(event, models.ChatTextGenerationEvent)
            assert_type(event.text, str)
        elif event.event_type == "<unknown>":
            assert_type(event, models.UnknownEvent)
