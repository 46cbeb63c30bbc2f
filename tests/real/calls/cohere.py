"""Calls as people write them, with dicts in the place of models; never run."""

from cohere_sdk import Cohere

client = Cohere()

client.v2.chat(
    model="command",
    messages=[{"role": "user", "content": "Hello"}],
    tools=[
        {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}},
    ],
)
