"""Calls as people write them, with dicts in the place of models; never run."""

from mistral import Mistral

client = Mistral()

client.chat.complete(
    model="m",
    messages=[{"role": "user", "content": "Hello"}],
    tools=[
        {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}},
        {"function": {"name": "g", "parameters": {"type": "object", "properties": {}}}},
    ],
    response_format={
        "type": "json_schema",
        "json_schema": {"name": "x", "schema": {"type": "object"}},
    },
)
