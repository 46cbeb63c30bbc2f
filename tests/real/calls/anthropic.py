"""Calls as people write them, with dicts in the place of models; never run."""

from typing import assert_type

from anthropic_sdk import Anthropic

client = Anthropic()

message = client.messages.create(
    model="claude",
    max_tokens=100,
    system="Be brief.",
    messages=[
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": [{"type": "text", "text": "Hi"}]},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is this?", "cache_control": {"type": "ephemeral"}},
                {
                    "type": "image",
                    "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"},
                },
                {"type": "tool_result", "tool_use_id": "1", "content": "fine"},
            ],
        },
    ],
    tools=[
        {
            "name": "weather",
            "description": "Tells the weather.",
            "input_schema": {
                "type": "object",
                "properties": {"city": {"type": "string"}},
                "required": ["city"],
            },
        }
    ],
    tool_choice={"type": "auto"},
    metadata={"user_id": "u"},
    thinking={"type": "enabled", "budget_tokens": 1024},
)
for block in message.content:
    if block.type == "text":
        assert_type(block.text, str)

with client.messages.stream(
    model="claude", max_tokens=100, messages=[{"role": "user", "content": "Hello"}]
) as stream:
    for event in stream:
        if event.type == "content_block_delta" and event.delta.type == "text_delta":
            assert_type(event.delta.text, str)
