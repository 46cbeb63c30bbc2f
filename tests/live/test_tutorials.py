"""Programs out of other people's tutorials, as printed but for the import and the client's name.

The tutorials are texts that were made of pages: what was code has lost its indentation, or the ends
of its lines. Only that is put back here.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from packages import SHARED
from servers.dialects_app import WORDS
from servers.scripted import ScriptedServer, answer
from servers.uvicorn_server import running_with

Sdk = Callable[[str], ModuleType]
Run = Callable[[str], dict[str, Any]]

ANSWER = "".join(WORDS)
LIMIT = answer(
    b'{"error":{"message":"slow down"}}',
    "429 Too Many Requests",
    "application/json",
    "Retry-After-Ms: 1",
)

SIMPLE = "0-0110-00112110-0012-0"
ADVANCED = "0-0110-0112110-00-011-11222-112-00"
RETRYING = "00-0110-011234443-345-3-2344434-234434-233-00121201"
"""How deep each line of a program is; a dash for a line that is blank."""


@pytest.fixture
def url(dialects_url: str) -> str:
    return dialects_url


def _tutorial(number: str) -> str:
    found = [*(SHARED / "seeds").glob(f"{number}_*.txt")]
    if not found:
        pytest.skip(f"there is no tutorial {number} in {SHARED / 'seeds'}")
    return found[0].read_text(encoding="utf-8")


def _numbered(levels: str, url: str) -> str:
    """The program of so many lines, each of which has its number before it."""
    programs: list[list[str]] = [[]]
    for line in _tutorial("002").splitlines():
        for program in (programs[-1], []):
            number = str(len(program) + 1)
            if re.match(rf"{number}(?!\d)", line):
                program.append(line.removeprefix(number).strip())
                if program is not programs[-1]:
                    programs.append(program)
                break
    lines = next(one for one in programs if len(one) == len(levels))
    assert [not line for line in lines] == [level == "-" for level in levels]
    lines[-1] = lines[-1][: lines[-1].rindex(")") + 1]  # the next heading follows in the same line
    text = "\n".join(
        "    " * int(f"0{level}".strip("-")) + line
        for level, line in zip(levels, lines, strict=True)
    )
    text, addresses = re.subn(r'base_url="[^"]+"', f'base_url="{url}"', text)
    assert addresses == 1
    return _renamed(text, "Selam")


def _renamed(program: str, client: str) -> str:
    return program.replace("OpenAI", client).replace("from openai", f"from {client.lower()}")


def test_a_loop_over_chunks(
    run_script: Run, sdk: Sdk, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sdk("selam/openapi.yaml")
    run_script(_numbered(SIMPLE, url))["client"].close()
    assert capsys.readouterr().out == f"{ANSWER}\n"


def test_a_loop_that_looks_for_the_reason_of_the_end(
    run_script: Run, sdk: Sdk, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sdk("selam/openapi.yaml")
    run_script(_numbered(ADVANCED, url))["client"].close()
    said = f"{ANSWER}\n\nFinish reason: stop\nTotal tokens: {len(ANSWER.split())}\n"
    assert capsys.readouterr().out == said


def test_a_program_with_retries_of_its_own_that_needs_none(
    run_script: Run, sdk: Sdk, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sdk("selam/openapi.yaml")
    run_script(_numbered(RETRYING, url))["client"].close()
    assert capsys.readouterr().out == ANSWER


def test_a_program_with_retries_of_its_own_catches_a_limit_before_the_first_event(
    run_script: Run, sdk: Sdk, capsys: pytest.CaptureFixture[str]
) -> None:
    sdk("selam/openapi.yaml")
    with ScriptedServer(LIMIT) as server:
        run_script(_numbered(RETRYING, server.url))["client"].close()
        server.wait_until_released()
    said = capsys.readouterr().out
    assert [*re.findall(r"Retrying in (\d)s", said)] == ["1", "2"]
    assert "Failed after retries: 429" in said
    assert len(server.requests) == 3 * 3  # the client's own, too


@pytest.mark.parametrize("kind", ["Sync", "Async"])
def test_a_stream_in_a_block(
    kind: str, run_script: Run, sdk: Sdk, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sdk("completions/openapi.yaml")
    found = re.search(rf"# {kind} streaming((?:async )?with .*?flush=True\))", _tutorial("000"))
    assert found is not None
    block = re.sub(r"(?<=:) (?=for |async for |print)", "\n", found[1])
    lines = [f"{'    ' * level}{line}" for level, line in enumerate(block.splitlines())]
    if kind == "Sync":
        lines[:0] = ["from oracle import Oracle", f"client = Oracle(base_url={url!r})"]
        run_script("\n".join(lines))["client"].close()
    else:
        opened = [
            "import asyncio, oracle",
            "async def main():",
            f"    async with oracle.AsyncOracle(base_url={url!r}) as client:",
        ]
        body = [f"        {line}" for line in lines]
        run_script("\n".join([*opened, *body, "asyncio.run(main())"]))
    assert capsys.readouterr().out == ANSWER


def test_an_endpoint_that_passes_a_stream_on(run_script: Run, sdk: Sdk, url: str) -> None:
    sdk("selam/openapi.yaml")
    client, endpoint = re.findall(
        r"^```python\n(.*?)^```", _tutorial("003"), re.MULTILINE | re.DOTALL
    )[:2]
    client = _renamed(client, "Selam").replace("AsyncSelam()", f"AsyncSelam(base_url={url!r})")
    made = run_script(client + endpoint)

    tokens = sdk("fastapi-chat/openapi.yaml")

    async def read(there: str) -> list[tuple[str, str]]:
        async with tokens.AsyncTokens(base_url=there) as client:
            return [(one.event, one.data) async for one in client.chat.stream(prompt="Hello!")]

    with running_with(made["app"], made["client"]) as there:
        assert asyncio.run(read(there)) == [*(("token", word) for word in WORDS), ("done", "")]
