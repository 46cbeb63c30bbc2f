"""Documents and streams of other people's: generated whole, imported, type-checked, read."""

from __future__ import annotations

import ast
import asyncio
import importlib
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from packages import SHARED, files_for, generate
from sdkgen.diagnostics import Diagnostics
from servers.starlette_app import replaying
from servers.uvicorn_server import running

HERE = Path(__file__).parent
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}

pytestmark = pytest.mark.skipif(
    not (SHARED / "specs").is_dir(), reason=f"there are no documents in {SHARED / 'specs'}"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("real")
    sys.path.insert(0, str(made))
    yield made
    sys.path.remove(str(made))


@pytest.fixture(scope="module")
def mistral(folder: Path) -> ModuleType:
    generate(SHARED / "specs" / "mistral.yaml", folder, config=HERE / "mistral.yaml")
    return importlib.import_module("mistral")


@pytest.fixture(scope="module")
def others(folder: Path) -> list[ModuleType]:
    names = ["fastapi_sse.json", "oas32.yaml"]
    return [importlib.import_module(generate(SHARED / "specs" / name, folder)) for name in names]


def _wire_operations(readme: str) -> set[str]:
    """The operations of a package, by its README: method and path on the wire."""
    lines = [line for line in readme.splitlines() if line.startswith("- `client.")]
    return {line.split("`: `")[1].rstrip("`") for line in lines}


def _methods(text: str) -> int:
    """How many operations a module has methods for: coroutines, overloads aside."""
    return sum(
        isinstance(node, ast.AsyncFunctionDef) and not node.decorator_list
        for node in ast.walk(ast.parse(text))
    )


@pytest.mark.parametrize("name", ["mistral.yaml", "fastapi_sse.json", "oas32.yaml"])
def test_every_operation_of_the_document_is_there(name: str) -> None:
    spec = SHARED / "specs" / name
    diagnostics = Diagnostics()
    files = files_for(spec, diagnostics)
    assert not diagnostics.has_errors
    paths = yaml.safe_load(spec.read_text(encoding="utf-8"))["paths"]
    expected = {
        f"{method.upper()} {path.partition('#')[0]}"
        for path, item in paths.items()
        for method in METHODS & item.keys()
    }
    assert _wire_operations(files["README.md"]) == expected
    methods = sum(_methods(text) for path, text in files.items() if "/resources/" in path)
    assert methods == sum(len(METHODS & item.keys()) for item in paths.values())


def test_mistral_has_all_its_operations_and_streams(mistral: ModuleType) -> None:
    folder = Path(str(mistral.__file__)).parent / "resources"
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    assert sum(map(_methods, texts)) == 173
    assert sum(text.count("= rt.StreamOperation(") for text in texts) == 9


def test_every_module_imports(mistral: ModuleType, others: list[ModuleType]) -> None:
    for package in (mistral, *others):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(found.name)
        for name in package.models.__dir__():
            assert getattr(package.models, name) is not None


@pytest.mark.usefixtures("mistral", "others")
def test_mypy_strict_finds_nothing(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.usefixtures("mistral", "others")
def test_pyright_finds_nothing(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
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
