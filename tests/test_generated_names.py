"""Names of a document that mean something else where they would stand are no reason to fail."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from packages import files_for, write
from sdkgen.diagnostics import Diagnostics

TEXT = {"type": "string"}
SCHEMAS = {
    "Copied": {"copy": TEXT, "Copy": TEXT},
    "Shaped": {"schema": TEXT, "Schema": TEXT, "schema_": TEXT},
    "Capitals": {"Copy": TEXT, "COPY": TEXT},
    "Text": {"str": TEXT, "Str": TEXT},
    "Capital": {"Str": TEXT, "STR": TEXT, "other": TEXT},
    "Mapped": {"dict": {"type": "object", "additionalProperties": TEXT}, "Dict": TEXT},
    "Listed": {"list": {"type": "array", "items": TEXT}, "List": TEXT},
    "Numbers": {"int": {"type": "integer"}, "Int": TEXT, "float": {"type": "number"}, "Float": {}},
    "Kinds": {"type": TEXT, "type_": TEXT, "Type": TEXT},
    "Written": {"json": TEXT, "json_": TEXT, "Json": TEXT},
    "Itself": {"self": TEXT, "self_": TEXT, "Self": TEXT},
    "A": {"a": TEXT, "A": TEXT, "a_": TEXT},
    "Signed": {"+1": TEXT, "-1": TEXT, "Plus_1": TEXT},
    "Words": {"class": TEXT, "Class": TEXT, "class_": TEXT},
}
"""The properties of schemas by name: each of them is a text, where it can be."""


def _document() -> dict[str, object]:
    schemas = {name: {"type": "object", "properties": one} for name, one in SCHEMAS.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Hard", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            f"/{name.lower()}": {
                "put": {
                    "tags": ["things"],
                    "operationId": f"put {name}",
                    "requestBody": {"content": {"application/json": {"schema": reference}}},
                    "responses": {
                        "200": {
                            "description": "ok",
                            "content": {"application/json": {"schema": reference}},
                        }
                    },
                }
            }
            for name in schemas
            for reference in [{"$ref": f"#/components/schemas/{name}"}]
        },
        "components": {"schemas": schemas},
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of a document of hard names."""
    folder = tmp_path_factory.mktemp("hard")
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(_document()), encoding="utf-8")
    diagnostics = Diagnostics()
    files = files_for(spec, diagnostics)
    assert list(diagnostics) == []
    write(files, folder)
    return folder


def _run(*arguments: str, cwd: Path) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


_ROUND_TRIPS = """
import json, sys, warnings
warnings.simplefilter("error")
from hard import models
for name, properties in json.load(sys.stdin).items():
    kind = getattr(models, name)
    assert len(kind.model_fields) == len(properties), name
    value = {wire: {"array": ["x"], "object": {"x": "y"}, "integer": 1, "number": 0.5}.get(
        said.get("type"), wire) for wire, said in properties.items()}
    read = kind.model_validate(value)
    assert not read.model_extra, (name, read)
    assert read.model_dump(by_alias=True) == value, (name, read)
"""


def test_properties_of_one_name_in_python_round_trip_by_their_names_on_the_wire(
    folder: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ROUND_TRIPS],
        cwd=folder,
        input=json.dumps(SCHEMAS),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_mypy_strict_finds_nothing(folder: Path) -> None:
    _run("-m", "mypy", "--strict", "--no-incremental", ".", cwd=folder)


def test_pyright_finds_nothing(folder: Path) -> None:
    _run("-m", "pyright", "--pythonpath", sys.executable, ".", cwd=folder)
