"""Generated packages hold under the strictest settings of the common checkers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from packages import ROOT, files_for, write, write_examples
from sdkgen.diagnostics import Diagnostics

SOUND = sorted({path.parent.name for path in (ROOT / "specs").glob("*/openapi*")} - {"chat-bad"})


def _document(case: str) -> Path:
    return min((ROOT / "specs" / case).glob("openapi*"))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All packages, the examples of their documentation, and programs that use them."""
    folder = tmp_path_factory.mktemp("checked")
    for case in SOUND:
        config = _document(case).with_name("sdkgen.yaml")
        files = files_for(
            _document(case), Diagnostics(), config=config if config.exists() else None
        )
        write(files, folder)
        write_examples(files, folder)
    for program in sorted((ROOT / "tests" / "typing").glob("*.py")):
        shutil.copy(program, folder)
    return folder


def _run(tool: str, *arguments: str, cwd: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", tool, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_mypy_strict_finds_nothing(everything: Path) -> None:
    status, said = _run("mypy", "--strict", "--no-incremental", ".", cwd=everything)
    assert status == 0, said


def test_pyright_finds_nothing(everything: Path) -> None:
    status, said = _run("pyright", "--pythonpath", sys.executable, ".", cwd=everything)
    assert status == 0, said


def test_ruff_finds_nothing(everything: Path) -> None:
    rules = ["--isolated", "--line-length", "100", "--select", "E4,E7,E9,F,I"]
    status, said = _run("ruff", "check", *rules, ".", cwd=everything)
    assert status == 0, said


_READ_ANNOTATIONS = """
import pkgutil, sys, typing
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType
import pydantic

package = sys.argv[1]
resources = import_module(f"{package}.resources")
modules = [import_module(f"{package}.client")]
for one in pkgutil.iter_modules(resources.__path__, f"{resources.__name__}."):
    modules.append(import_module(one.name))
classes = [
    value
    for module in modules
    for value in vars(module).values()
    if isinstance(value, type) and value.__module__ == module.__name__
]
methods = [one for cls in classes for one in vars(cls).values() if isinstance(one, FunctionType)]
for method in methods:
    typing.get_type_hints(method)
print(len(methods))

if find_spec(f"{package}.params"):
    forms = {}
    exec(f"from {package}.params import *", forms)
    names = [name for name in forms if not name.startswith("__")]
    assert names
    for name in names:
        form = forms[name]
        read = typing.get_type_hints(form) if isinstance(form, type) else {}
        if "IO[" not in str(read):  # a file is no data
            pydantic.TypeAdapter(form)
"""


@pytest.mark.parametrize("case", SOUND)
def test_annotations_can_be_read_while_a_program_runs(everything: Path, case: str) -> None:
    (package,) = {path.parent.name for path in (ROOT / "snapshots" / case).glob("*/resources")}
    done = subprocess.run(
        [sys.executable, "-c", _READ_ANNOTATIONS, package],
        cwd=everything,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


NAMES = ("A", "ABC", "Abd", "B2", "B10", "X9", "X10", "X_9", "xY", "zeta")
"""Of schemas and tags: those that isort sorts by more than their letters are among them."""


def _refer(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _oddly_named(title: str) -> dict[str, object]:
    """A document in which most modules import of most others, in loops and not in loops."""
    moment = {"type": "string", "format": "date-time"}
    text = {"type": "string"}
    kinds = [
        {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"const": kind}, kind: moment},
        }
        for kind in ("left", "right")
    ]
    told_apart = {"oneOf": kinds, "discriminator": {"propertyName": "kind"}}
    schemas: dict[str, object] = {
        name: {"type": "object", "properties": {"value": text, "at": moment, "kind": told_apart}}
        for name in NAMES
    }
    schemas["All"] = {"type": "object", "properties": {name: _refer(name) for name in NAMES}}
    for name, other in (("L9", "L10"), ("L10", "L9")):
        schemas[name] = {"type": "object", "properties": {"loop": _refer(other), "x": moment}}
    schemas["Loops"] = {"anyOf": [_refer("L10"), _refer("L9")]}
    properties = {"stream": {"type": "boolean"}, "all": _refer("All"), "loops": _refer("Loops")}
    body = {"application/json": {"schema": {"type": "object", "properties": properties}}}
    answers = {"application/json": {"schema": _refer("All")}, "text/event-stream": {}}
    operation = {
        "requestBody": {"content": body},
        "responses": {"200": {"description": "ok", "content": answers}},
    }
    names = [name for name in NAMES if name != "X_9"]  # resources of X9 and X_9 have one class
    tags = [*names, *(f"X9.{name}" for name in names)]
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {f"/{tag}": {"post": {"tags": [tag], **operation}} for tag in tags},
        "components": {"schemas": schemas},
    }


RARE = """
openapi: 3.1.0
info: {title: Rare, version: '1'}
paths:
  /transcripts:
    post:
      operationId: create
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, required: [mode], properties: {mode: {type: string}}}
      responses:
        '200':
          description: ok
          content:
            application/json: {schema: {type: string}}
            text/event-stream: {x-sdkgen-sse-schema: data, schema: {type: object}}
  /empty:
    post:
      operationId: send
      requestBody:
        content:
          application/json:
            schema: {properties: {b: {properties: {'': {type: string}, c: {type: string}}}}}
      responses: {'204': {description: ok}}
  /values:
    post:
      operationId: send
      requestBody:
        content:
          application/json: {schema: {properties: {v: {$ref: '#/components/schemas/Value'}}}}
      responses: {'204': {description: ok}}
components:
  schemas:
    Value:
      oneOf:
        - {type: string}
        - {type: object, properties: {x: {$ref: '#/components/schemas/Value'}}}
        - {type: object, additionalProperties: {$ref: '#/components/schemas/Value'}}
"""
RARE_CONFIG = """
resources:
  transcripts:
    methods:
      create:
        endpoint: post /transcripts
        streaming: {param_discriminator: mode, stream_value: live}
"""
RARE_USES = """
from typing import Any, assert_type

import rare
from rare import params

def uses(
    client: rare.Rare, mode: str, arguments: params.TranscriptsCreateParamsNonStreaming
) -> None:
    create = client.transcripts.create
    assert_type(create(mode="live"), rare.EventStream[dict[str, Any]])
    assert_type(create(mode=mode), str | rare.EventStream[dict[str, Any]])
    create(**arguments)
    client.empty.send(b={"c": "d"})
    client.values.send(v={"a": {"x": {"b": "c"}}})
"""
"""What few documents have, and how it is used."""


@pytest.fixture(scope="module")
def rarities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of what few documents have, and a program that uses it."""
    folder = tmp_path_factory.mktemp("rarities")
    document, config = folder / "openapi.yaml", folder / "sdkgen.yaml"
    document.write_text(RARE, encoding="utf-8")
    config.write_text(RARE_CONFIG, encoding="utf-8")
    diagnostics = Diagnostics()
    write(files_for(document, diagnostics, config=config), folder)
    assert not diagnostics.has_errors, list(diagnostics)
    (folder / "uses.py").write_text(RARE_USES, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("tool", "options"),
    [("mypy", ["--strict", "--no-incremental"]), ("pyright", ["--pythonpath", sys.executable])],
)
def test_checkers_find_nothing_in_what_few_documents_have(
    rarities: Path, tool: str, options: list[str]
) -> None:
    status, said = _run(tool, *options, ".", cwd=rarities)
    assert status == 0, said


@pytest.mark.parametrize("title", ["Acme", "ACME", "Asyncs", "B", "X9", "zed"])
def test_ruff_finds_nothing_whatever_is_called_how(title: str, tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(_oddly_named(title)))
    diagnostics = Diagnostics()
    for name, text in files_for(document, diagnostics).items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_text(text, encoding="utf-8")
    assert not diagnostics.has_errors, list(diagnostics)
    # By the configuration that comes with the package.
    status, said = _run("ruff", "check", "--no-cache", ".", cwd=tmp_path / "out")
    assert status == 0, said


def test_small_packages_are_laid_out_as_a_formatter_would(everything: Path) -> None:
    # Examples of a reference are functions here, and so wider than there.
    no_examples = ["--exclude", "*_reference.py"]
    arguments = ["--isolated", "--line-length", "100", "--check", "--diff", *no_examples, "."]
    status, said = _run("ruff", "format", *arguments, cwd=everything)
    assert status == 0, said
