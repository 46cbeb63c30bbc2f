"""Packages of other people's documents: whole, imported, type-checked, and what they read."""

from __future__ import annotations

import ast
import asyncio
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from types import ModuleType

import pytest

from packages import SHARED
from real.documents import DOCUMENTS, Real, RealPackages
from servers.starlette_app import replaying
from servers.uvicorn_server import running

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}

_IMPORT_ALL = """
import importlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
for file in sorted(root.rglob("*.py")):
    parts = file.relative_to(root.parent).with_suffix("").parts
    importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
models = importlib.import_module(root.name + ".models")
for name in dir(models):
    found = getattr(models, name)
    if hasattr(found, "model_rebuild"):
        assert found.model_rebuild(raise_errors=True) is not False, name
        assert found.__pydantic_complete__, name
print(len(dir(models)))
"""

every_document = pytest.mark.parametrize("name", DOCUMENTS)


@pytest.fixture(scope="module")
def mistral(real: RealPackages) -> ModuleType:
    return real.imported("mistral")


def _run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def _calls(reference: str) -> list[tuple[str, str]]:
    """The methods of a package by its reference, each with its operation on the wire."""
    found = re.findall(r"^## `client\.(.+)`$|^`([A-Z]+ /.*)`$", reference, re.MULTILINE)
    calls, operations = [call for call, _ in found if call], [one for _, one in found if one]
    return list(zip(calls, operations, strict=True))


def _methods(text: str) -> int:
    """How many operations a module has methods for: a stream beside a whole answer is none more.

    That is asked for by a switch, or may be answered whole all the same.
    """
    found = 0
    for described in re.finditer(
        r"^(\w+): rt\.(?:Stream)?Operation\[.*?(?=^\S)", text, re.MULTILINE | re.DOTALL
    ):
        is_stream = "rt.StreamOperation[" in described[0]
        is_second = "\n    returns=" in described[0] or re.search(
            rf"_or_stream\([^(]*\b{described[1]},", text
        )
        found += not (is_stream and is_second)
    return found


def _operations(document: Real) -> list[str]:
    """All operations of a document: method and path on the wire."""
    return [
        f"{method.upper()} {path.partition('#')[0]}"
        for path, item in document.read()["paths"].items()
        for method in METHODS & item.keys()
    ]


@every_document
def test_every_operation_of_the_document_is_there(name: str, real: RealPackages) -> None:
    operations = _operations(DOCUMENTS[name])
    package, folder = real.imported(name), real.folder(name)
    calls = _calls((folder.parent / "reference.md").read_text())
    assert {operation for _, operation in calls} == set(operations)
    assert len(calls) >= len(operations)
    texts = (file.read_text(encoding="utf-8") for file in folder.glob("resources/*.py"))
    assert sum(map(_methods, texts)) == len(operations)
    with getattr(package, _client(folder))(base_url="http://127.0.0.1:1") as client:
        for call, _ in calls:
            assert callable(reduce(getattr, call.split("."), client)), call


def _client(package: Path) -> str:
    """The name of a package's client: the first class in its module."""
    tree = ast.parse((package / "client.py").read_text(encoding="utf-8"))
    return next(node.name for node in tree.body if isinstance(node, ast.ClassDef))


STREAMS = {"openai": 13, "mistral": 10, "anthropic": 7, "cohere": 3, "groq": 2, "oas32": 3}


@pytest.mark.parametrize(("name", "number"), STREAMS.items())
def test_every_stream_is_there(name: str, number: int, real: RealPackages) -> None:
    texts = [file.read_text() for file in real.folder(name).glob("resources/*.py")]
    assert sum(text.count("rt.StreamOperation(") for text in texts) == number


@every_document
def test_every_module_imports(name: str, real: RealPackages) -> None:
    folder = real.folder(name)
    done = _run("-W", "error", "-c", _IMPORT_ALL, str(folder), cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


@every_document
def test_lint_ends_with_diagnostics_and_nothing_else(name: str) -> None:
    document = DOCUMENTS[name]
    config = ["--config", str(document.config)] if document.config else []
    done = _run("-m", "sdkgen", "lint", str(document.required()), *config)
    assert "Traceback" not in done.stderr
    assert done.returncode == bool(document.defects), done.stderr
    assert done.stderr.count(": error ") == len(document.defects)


def _all(name: str, folder: Path) -> list[str]:
    """A package, the examples of its documentation, and calls as people write them."""
    programs = sorted(file.name for file in folder.parent.glob(f"{folder.name}_re*.py"))
    calls = Path(__file__).with_name("calls") / f"{name}.py"
    if calls.exists():
        shutil.copy(calls, folder.with_name(f"calls_of_{name}.py"))
        programs.append(f"calls_of_{name}.py")
    return [folder.name, *programs]


_AMBIGUOUS = 'Argument "input" to "chat_moderations" '
"""It takes a list of messages, or of lists of them: for mypy, a list of dicts is neither."""


@every_document
def test_mypy_strict_finds_nothing(name: str, real: RealPackages) -> None:
    folder = real.folder(name)
    options = ("--strict", "--no-incremental", "--config-file=", "--no-error-summary")
    done = _run("-m", "mypy", *options, *_all(name, folder), cwd=folder.parent)
    found = [line for line in done.stdout.splitlines() if _AMBIGUOUS not in line]
    assert (found, done.stderr) == ([], "")
    assert done.returncode in (0, 1)


@every_document
def test_pyright_finds_nothing(name: str, real: RealPackages) -> None:
    folder = real.folder(name)
    options = ("--pythonpath", sys.executable)
    done = _run("-m", "pyright", *options, *_all(name, folder), cwd=folder.parent)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def recording() -> bytes:
    path = SHARED / "recordings" / "mistral.thinking.sse"
    if not path.exists():
        pytest.skip(f"there is no {path}")
    return path.read_bytes()


@pytest.fixture(scope="module")
def replayed(recording: bytes) -> Iterator[str]:
    with running(replaying(recording)) as url:
        yield url


def _chunks(recording: bytes) -> list[object]:
    lines = [line[6:] for line in recording.split(b"\n") if line.startswith(b"data: {")]
    return [json.loads(line) for line in lines]


def test_mistral_s_recorded_stream_is_read_into_the_chunks_that_are_in_it(
    mistral: ModuleType, replayed: str, recording: bytes
) -> None:
    with mistral.Mistral(api_key="k", base_url=replayed) as client:
        messages = [{"role": "user", "content": "How do I cross the street?"}]
        with client.chat.stream(model="magistral-medium-latest", messages=messages) as stream:
            events = list(stream)
    assert {type(event) for event in events} == {mistral.models.CompletionEvent}
    read = [event.data.model_dump(mode="json", exclude_unset=True) for event in events]
    assert read == _chunks(recording)
    first = events[2].data.choices[0].delta.content[0]
    assert isinstance(first, mistral.models.ThinkChunk)


def test_the_async_client_reads_the_same(
    mistral: ModuleType, replayed: str, recording: bytes
) -> None:
    async def read() -> list[object]:
        async with mistral.AsyncMistral(api_key="k", base_url=replayed) as client:
            async with client.chat.stream(model="m", messages=[]) as stream:
                return [e.data.model_dump(mode="json", exclude_unset=True) async for e in stream]

    assert asyncio.run(read()) == _chunks(recording)


def test_a_recorded_stream_that_is_cut_short_is_truncated(
    mistral: ModuleType, recording: bytes
) -> None:
    with running(replaying(recording[: len(recording) // 2])) as url:
        with mistral.Mistral(api_key="k", base_url=url) as client:
            stream = client.chat.stream(model="m", messages=[])
            with pytest.raises(mistral.StreamTruncatedError, match=r"\[DONE\]") as raised:
                stream.until_done()
    assert raised.value.events_seen > 10
    assert raised.value.retryable
