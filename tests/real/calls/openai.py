"""Calls as people write them, with dicts in the place of models; never run."""

from typing import assert_type

from openai_sdk import AsyncOpenAI, EventStream, OpenAI, models

client = OpenAI()

WEATHER_SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}}

answer = client.chat.completions.create(
    model="gpt-5",
    messages=[
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "How is the weather?"},
    ],
    tools=[
        {
            "type": "function",
            "function": {
                "name": "weather",
                "description": "Tells the weather.",
                "parameters": {
                    "type": "object",
                    "properties": {"city": {"type": "string"}},
                    "required": ["city"],
                },
            },
        }
    ],
    tool_choice="auto",
    response_format={
        "type": "json_schema",
        "json_schema": {"name": "weather", "schema": WEATHER_SCHEMA, "strict": True},
    },
    stop=["\n"],
    metadata={"from": "here"},
)
assert_type(answer, models.ChatCompletion)

seen = client.chat.completions.create(
    model="gpt-5",
    messages=[
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is this?"},
                {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
            ],
        },
        {
            "role": "assistant",
            "tool_calls": [
                {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
            ],
        },
        {"role": "tool", "tool_call_id": "1", "content": "fine"},
    ],
)
assert_type(seen.choices[0].message.content, str | None)

response = client.responses.create(
    model="gpt-5", input=[{"role": "user", "content": "Hello"}], instructions="Be brief."
)
assert_type(response, models.Response)
client.responses.create(
    model="gpt-5",
    input="Hello",
    tools=[
        {"type": "function", "name": "f", "parameters": WEATHER_SCHEMA, "strict": True},
        {"type": "web_search_preview"},
    ],
)

with client.responses.stream(model="gpt-5", input=[{"role": "user", "content": "Hello"}]) as events:
    for event in events:
        if event.type == "response.output_text.delta":
            assert_type(event.delta, str)

chunks = client.chat.completions.create(
    model="gpt-5", messages=[{"role": "user", "content": "Hello"}], stream=True
)
assert_type(chunks, EventStream[models.ChatCompletionChunk])

embedded = client.embeddings.create(model="text-embedding-3-small", input=["a", "b"])
assert_type(embedded.data[0].embedding, list[float])


async def main() -> None:
    async with AsyncOpenAI() as other:
        said = await other.chat.completions.create(
            model="gpt-5", messages=[{"role": "user", "content": "Hello"}]
        )
        assert_type(said.choices[0].message.content, str | None)
