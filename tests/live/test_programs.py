"""Programs as people write them from a tutorial: scripts, run as they stand.

They know streams from the clients of well-known services. With another import and another
client's name they are to run with a generated package, against a live server.
"""

from __future__ import annotations

import asyncio
import json
import textwrap
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from servers.dialects_app import WORDS
from servers.scripted import Reset, ScriptedServer, answer, chunk, stream, stream_head
from servers.uvicorn_server import running_with

Sdk = Callable[[str], ModuleType]
Run = Callable[..., dict[str, Any]]
ANSWER = "".join(WORDS)


@pytest.fixture
def url(dialects_url: str) -> str:
    return dialects_url


@pytest.fixture
def run(sdk: Sdk, run_script: Callable[[str], dict[str, Any]]) -> Run:
    """Runs a script that uses the package of a document; gives what it has defined."""

    def run(document: str, program: str, url: str) -> dict[str, Any]:
        sdk(document)
        return run_script(textwrap.dedent(program).replace("https://api.example/v1", url))

    return run


SELAM = "selam/openapi.yaml"
ORACLE = "completions/openapi.yaml"
MAVERA = "mavera/openapi.yaml"


def test_a_loop_over_create_with_stream_true(
    run: Run, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    program = """
        from selam import Selam

        client = Selam(
            api_key="your-api-key-here",
            base_url="https://api.example/v1"
        )

        # Create a streaming request
        stream = client.chat.completions.create(
            model="selam-turbo",
            messages=[
                {"role": "user", "content": "What is a continent?"}
            ],
            stream=True
        )

        # Process each chunk as it arrives
        for chunk in stream:
            if chunk.choices[0].delta.content:
                print(chunk.choices[0].delta.content, end="", flush=True)

        print()  # New line at the end
    """
    run(SELAM, program, url)["client"].close()
    assert capsys.readouterr().out == f"{ANSWER}\n"


def test_a_loop_that_gathers_the_text_and_the_reason_for_its_end(
    run: Run, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    program = """
        from selam import Selam

        client = Selam(api_key="your-api-key-here", base_url="https://api.example/v1")

        stream = client.chat.completions.create(
            model="selam-turbo",
            messages=[{"role": "user", "content": "Tell me a story."}],
            stream=True
        )

        full_response = ""
        finish_reason = None

        for chunk in stream:
            delta = chunk.choices[0].delta

            if delta.content:
                content = delta.content
                full_response += content
                print(content, end="", flush=True)

            if chunk.choices[0].finish_reason:
                finish_reason = chunk.choices[0].finish_reason

        print(f"\\n\\nFinish reason: {finish_reason}")
        print(f"Total tokens: {len(full_response.split())}")
    """
    run(SELAM, program, url)["client"].close()
    assert capsys.readouterr().out == f"{ANSWER}\n\nFinish reason: stop\nTotal tokens: 4\n"


WITH_RETRY = """
    from selam import Selam, APIError, RateLimitError, APIConnectionError
    import time

    client = Selam(
        api_key="your-api-key-here",
        base_url="https://api.example/v1",
        max_retries=0
    )

    def stream_with_retry(messages, max_retries=3):
        for attempt in range(max_retries):
            try:
                stream = client.chat.completions.create(
                    model="selam-turbo",
                    messages=messages,
                    stream=True
                )

                for chunk in stream:
                    if chunk.choices[0].delta.content:
                        yield chunk.choices[0].delta.content

                return  # Success

            except RateLimitError as e:
                if attempt < max_retries - 1:
                    wait_time = 2 ** attempt / 100
                    print(f"[limit, {wait_time}s]", end="")
                    time.sleep(wait_time)
                else:
                    raise

            except APIConnectionError as e:
                if attempt < max_retries - 1:
                    print("[connection]", end="")
                    time.sleep(0.01)
                else:
                    raise

            except APIError as e:
                print(f"[{e}]", end="")
                raise

    try:
        for content in stream_with_retry([
            {"role": "user", "content": "Tell me a joke."}
        ]):
            print(content, end="", flush=True)
    except Exception as e:
        print(f" failed: {type(e).__name__}")
"""

LIMIT = answer(b'{"error":{"message":"slow down"}}', "429 Too Many Requests")
REFUSED = answer(b'{"error":{"message":"no such model"}}', "404 Not Found")


def _piece(content: str) -> bytes:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": None}
    data = {"id": "c", "object": "chat.completion.chunk", "choices": [choice]}
    return f"data: {json.dumps(data)}\n\n".encode()


WHOLE = stream(_piece("Why"), _piece(" not?"), b"data: [DONE]\n\n")
LOST = [stream_head(), chunk(_piece("Why")), Reset()]


@pytest.mark.parametrize(
    ("scripts", "said"),
    [
        ([WHOLE], "Why not?"),
        ([LIMIT, LIMIT, WHOLE], "[limit, 0.01s][limit, 0.02s]Why not?"),
        ([LIMIT], "[limit, 0.01s][limit, 0.02s] failed: RateLimitError"),
        ([[Reset()], WHOLE], "[connection]Why not?"),
        ([LOST, WHOLE], "Why[connection]Why not?"),
        ([REFUSED], "[404 Not Found: no such model] failed: NotFoundError"),
    ],
    ids=["well", "limited twice", "limited always", "no answer", "lost", "refused"],
)
def test_a_program_with_retries_of_its_own(
    scripts: list[Any], said: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with ScriptedServer(*scripts) as server:
        run(SELAM, WITH_RETRY, server.url)["client"].close()
        server.wait_until_released()
    assert capsys.readouterr().out.strip() == said


def test_a_stream_in_a_block(run: Run, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    program = """
        from oracle import Oracle

        client = Oracle(base_url="https://api.example/v1")

        with client.chat.completions.stream(
            model="gpt-4",
            messages=[{"role": "user", "content": "Hello!"}],
        ) as stream:
            for chunk in stream:
                print(chunk.choices[0].delta.content or "", end="", flush=True)
    """
    run(ORACLE, program, url)["client"].close()
    assert capsys.readouterr().out == ANSWER


def test_a_stream_in_a_block_of_an_event_loop(
    run: Run, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    program = """
        import asyncio
        from oracle import AsyncOracle

        async def main():
            async with AsyncOracle(base_url="https://api.example/v1") as client:
                async with client.chat.completions.stream(
                    model="gpt-4",
                    messages=[{"role": "user", "content": "Hello!"}],
                ) as stream:
                    async for chunk in stream:
                        print(chunk.choices[0].delta.content or "", end="", flush=True)

        asyncio.run(main())
    """
    run(ORACLE, program, url)
    assert capsys.readouterr().out == ANSWER


def test_an_endpoint_that_passes_a_stream_on(run: Run, sdk: Sdk, url: str) -> None:
    program = """
        from fastapi import FastAPI
        from sse_starlette.sse import EventSourceResponse
        from selam import AsyncSelam

        client = AsyncSelam(base_url="https://api.example/v1")

        async def async_stream(prompt: str):
            stream = await client.chat.completions.create(
                model="selam-turbo",
                messages=[{"role": "user", "content": prompt}],
                stream=True
            )

            async for chunk in stream:
                if chunk.choices[0].delta.content:
                    yield chunk.choices[0].delta.content

        app = FastAPI()

        @app.get("/chat/stream")
        async def stream_chat(prompt: str):
            async def generate():
                async for token in async_stream(prompt):
                    yield {
                        "event": "token",
                        "data": token
                    }
                yield {"event": "done", "data": ""}

            return EventSourceResponse(generate())
    """
    made = run(SELAM, program, url)

    tokens = sdk("fastapi-chat/openapi.yaml")
    with (
        running_with(made["app"], made["client"]) as there,
        tokens.Tokens(base_url=there) as client,
    ):
        with client.chat.stream(prompt="Hello!") as events:
            read = [(event.event, event.data) for event in events]
    assert read == [*(("token", word) for word in WORDS), ("done", "")]


def test_events_that_have_a_type(run: Run, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    program = """
        from mavera import Mavera

        client = Mavera(base_url="https://api.example/v1", timeout=60)

        with client.responses.stream(model="m", input="Where?") as stream:
            for event in stream:
                if event.type == "response.output_text.delta":
                    print(event.delta, end="", flush=True)
                elif event.type == "response.completed":
                    print(f" ({event.response.id})")
    """
    run(MAVERA, program, url)["client"].close()
    assert capsys.readouterr().out == '{"city": "Paris", "hot": true} (resp_1)\n'


PARTIAL = """
    from mavera import Mavera, APIConnectionError, RateLimitError

    client = Mavera(base_url="https://api.example/v1", timeout=60, max_retries=0)
    text = ""

    try:
        with client.responses.stream(model="m", input="Where?") as stream:
            for event in stream:
                if event.type == "response.output_text.delta":
                    text += event.delta
    except RateLimitError as error:
        print("later:", error.status_code, repr(text))
    except APIConnectionError as error:
        print("lost:", repr(text))
"""


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (LIMIT, "later: 429 ''\n"),
        (
            [
                stream_head(),
                chunk(
                    b'event: response.output_text.delta\ndata: {"type":'
                    b'"response.output_text.delta","delta":"Par"}\n\n'
                ),
                Reset(),
            ],
            "lost: 'Par'\n",
        ),
    ],
    ids=["before the first event", "in the middle"],
)
def test_what_came_before_an_error_is_kept(
    script: Any, said: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with ScriptedServer(script) as server:
        run(MAVERA, PARTIAL, server.url)["client"].close()
        server.wait_until_released()
    assert capsys.readouterr().out == said


def test_an_error_before_the_first_event_of_an_event_loop(sdk: Sdk) -> None:
    selam = sdk(SELAM)

    async def read(url: str) -> int:
        async with selam.AsyncSelam(base_url=url, max_retries=0) as client:
            try:
                async with client.chat.completions.stream(
                    model="m", messages=[{"role": "user", "content": "Hello!"}]
                ) as stream:
                    async for _ in stream:
                        pass
            except selam.RateLimitError as error:
                return int(error.status_code)
        return 0

    with ScriptedServer(LIMIT) as server:
        assert asyncio.run(read(server.url)) == 429
        server.wait_until_released()
