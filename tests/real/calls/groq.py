"""Calls as people write them, with dicts in the place of models; never run."""

from groq_sdk import Groq

client = Groq()

client.chat.completions.create(
    model="m",
    messages=[{"role": "user", "content": "Hello"}],
    tools=[
        {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}},
    ],
    response_format={
        "type": "json_schema",
        "json_schema": {"name": "x", "schema": {"type": "object", "properties": {}}},
    },
)
client.responses.create(
    model="m",
    input="Hello",
    tools=[{"type": "function", "name": "f", "parameters": {"type": "object"}}],
)
