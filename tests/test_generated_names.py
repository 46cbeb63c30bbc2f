"""Names of a document that mean something else where they would stand are no reason to fail."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from packages import files_for, write
from sdkgen.diagnostics import Diagnostics, Severity

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
    "Respelled": {
        "\u00b5s": {"type": "number"},
        "\uff76\uff85": TEXT,
        "\U0001d431": TEXT,
        "x": TEXT,
        "\u0e04\u0e33": TEXT,
        "\uff4c\uff49\uff53\uff54": TEXT,
    },
    "Types": {
        "str": TEXT,
        "Any": {},
        "Literal": {"enum": ["a", "b"]},
        "Required": TEXT,
        "m": TEXT,
        "Sequence": {"type": "array", "items": TEXT},
        "Mapping": {"type": "object", "additionalProperties": TEXT},
    },
}
"""The properties of schemas by name: each of them is a text, where it can be."""

CIRCLES = {
    "Nested": {"class": TEXT, "child": {"$ref": "#/components/schemas/Nested"}},
    "There": {"a-b": {"$ref": "#/components/schemas/BackAgain"}},
    "BackAgain": {"b-a": {"$ref": "#/components/schemas/There"}},
}
"""Likewise, of schemas that are made of themselves, or of each other."""

BOLD = "\U0001d431"
"""What Python reads as `x`."""

TAGGED = {
    "One": {BOLD: {"const": "one"}},
    "Two": {BOLD: {"const": "two"}},
    "Three": {"x": {"const": "one"}},
    "Four": {"x": {"const": "two"}},
    "Told": {
        name: {
            "oneOf": [{"$ref": f"#/components/schemas/{one}"} for one in members],
            "discriminator": {"propertyName": told_by},
        }
        for name, told_by, members in (
            ("value", BOLD, ("One", "Two")),
            ("x", "x", ("Three", "Four")),
        )
    },
}
"""Likewise, of schemas that a property with such a letter tells apart."""

HIDING = {
    "Hiding": {
        **dict.fromkeys(("bool", "dict", "float", "int", "list"), TEXT),
        "str": {"type": "integer"},
        "a_bool": {"type": "boolean"},
        "a_dict": {"type": "object", "additionalProperties": {"type": "integer"}},
        "a_float": {"type": "number"},
        "an_int": {"type": "integer"},
        "a_list": {"type": "array", "items": {"type": "array", "items": TEXT}},
    },
    "\u7528\u6237": {
        "\u540d": {"$ref": "#/components/schemas/\u540d"},
        "\u53cb": {"type": "array", "items": {"$ref": "#/components/schemas/\u540d"}},
        "\u7528\u6237": TEXT,
    },
    "\u540d": {"x": TEXT},
}
"""Likewise, of schemas all of whose properties are required; two in a script without capitals."""

ALL: dict[str, Any] = SCHEMAS | CIRCLES | TAGGED | HIDING


ATTRIBUTES = (
    *("any", "builtins", "bytes", "cached_property", "classmethod", "date", "datetime", "dict"),
    *("float", "httpx", "int", "list", "literal", "m", "mapping", "object", "overload", "p"),
    *("property", "rt", "self", "sequence", "staticmethod", "str", "type"),
)
"""Names of resources and of methods that code in their classes may use for something else."""

CLASSES = ("base exception", "never", "async cached property")
"""Names of resources whose classes' names may mean something else."""


def _json(schema: object) -> dict[str, object]:
    return {"application/json": {"schema": schema}}


def _put(name: str) -> dict[str, object]:
    """An operation that takes and gives a value of a schema."""
    content = {"content": _json({"$ref": f"#/components/schemas/{name}"})}
    answer = {"description": "ok", **content}
    return {
        "tags": ["things"],
        "operationId": f"put {name}",
        "requestBody": content,
        "responses": {"200": answer},
    }


def _ask(tag: str, operation_id: str) -> dict[str, object]:
    """An operation with a switch, whose arguments and answers have types of all kinds."""
    kinds = {kind: {"type": kind} for kind in ("integer", "number", "boolean")}
    listed = {"type": "array", "items": TEXT}
    moment = {"type": "string", "format": "date-time"}
    day = {"type": "string", "format": "date"}
    whole = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Copied"}}
    arguments = {
        **{f"a_{kind}": said for kind, said in kinds.items()},
        "stream": {"type": "boolean"},
        "texts": listed,
        "moment": moment,
        "day": day,
        "whole": whole,
        "types": {"$ref": "#/components/schemas/Types"},
        "free": {},
        "blob": {"type": "string", "format": "binary"},
        "chosen": {"enum": ["a", "b"]},
    }
    event = {"type": "object", "properties": {"data": {"$ref": "#/components/schemas/Copied"}}}
    return {
        "tags": [tag],
        "operationId": operation_id,
        "requestBody": {"content": _json({"type": "object", "properties": arguments})},
        "responses": {
            "200": {
                "description": "ok",
                "content": {
                    **_json({"oneOf": [listed, whole]}),
                    "text/event-stream": {"schema": event},
                },
            }
        },
    }


def _document() -> dict[str, object]:
    schemas = {
        name: {"type": "object", "properties": one, "required": [*one] if name in HIDING else []}
        for name, one in ALL.items()
    }
    tags = (*ATTRIBUTES, *CLASSES)
    below = [f"deep.{tag}" for tag in tags]
    paths = {f"/models/{name}": {"put": _put(name)} for name in schemas}
    paths |= {f"/methods/{name}": {"post": _ask("methods", name)} for name in ATTRIBUTES}
    paths |= {f"/tags/{tag}": {"post": _ask(tag, "ask")} for tag in (*tags, *below)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Hard", "version": "1"},
        "servers": [
            {"url": "https://{name}.example.com", "variables": {"name": {"default": "api"}}}
        ],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "oauth": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": "/token", "scopes": {}}},
                }
            },
        },
    }


_USES = """
from collections.abc import Mapping, Sequence
from typing import Any, assert_type
from hard import params

def uses(types: params.TypesParam, nested: params.NestedParam) -> None:
    child = nested.get("child")
    if isinstance(child, Mapping):
        assert_type(child, params.NestedParam)
    assert_type(types.get("str"), str | None)
    assert_type(types.get("Any"), Any | None)
    assert_type(types.get("Required"), str | None)
    assert_type(types.get("m"), str | None)
    assert_type(types.get("Sequence"), Sequence[str] | None)
    assert_type(types.get("Mapping"), Mapping[str, str] | None)
"""
"""What type checkers take the keys of a dict for that have the names of types."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of a document of hard names."""
    folder = tmp_path_factory.mktemp("hard")
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(_document()), encoding="utf-8")
    diagnostics = Diagnostics()
    files = files_for(spec, diagnostics)
    assert [one for one in diagnostics if one.severity is Severity.ERROR] == []
    write(files, folder)
    (folder / "uses.py").write_text(_USES, encoding="utf-8")
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


_HIDES = """
from hard.models import Hiding
said = {"bool": "b", "dict": "d", "float": "f", "int": "i", "list": "l", "str": 1}
said |= {"a_bool": True, "a_dict": {"x": 1}, "a_float": 0.5, "an_int": 1, "a_list": [["x"]]}
assert Hiding.model_validate(said).model_dump(by_alias=True) == said
"""


def test_a_required_property_hides_no_type_from_the_others(folder: Path) -> None:
    _run("-c", _HIDES, cwd=folder)


_TELLS_APART = """
import sys
from hard import models
bold = sys.argv[1]
for tag, kind in [("one", models.One), ("two", models.Two), ("new", models.UnknownVariant)]:
    said = {"value": {bold: tag}, "x": {"x": "new"}}
    told = models.Told.model_validate(said)
    assert type(told.value) is kind, told
    assert getattr(told.value, "x" if tag != "new" else "x_") == tag
    assert (type(told.x), told.x.x) == (models.UnknownVariant, "new")
    assert told.model_dump(by_alias=True, exclude_unset=True) == said
"""


def test_a_property_that_python_reads_as_another_tells_members_apart(folder: Path) -> None:
    _run("-c", _TELLS_APART, BOLD, cwd=folder)


_TOUCHES = """
import asyncio, functools, importlib, inspect, pkgutil, sys, warnings
warnings.simplefilter("error")
import hard

for found in pkgutil.walk_packages(hard.__path__, "hard."):
    importlib.import_module(found.name)

def touch(owner, depth=0):
    names = [n for n in dir(type(owner)) if not n.startswith("_")]
    resources = [n for n in names if isinstance(vars(type(owner))[n], functools.cached_property)]
    methods = [n for n in names if inspect.isfunction(vars(type(owner))[n])]
    for name in resources:
        part = getattr(owner, name)
        assert hasattr(part, "_transport"), name
        yield from touch(part, depth + 1)
    yield from ((depth, name) for name in methods)
    assert set(names) == {*resources, *methods}

async def main():
    with hard.Hard() as client:
        found = list(touch(client))
    async with hard.AsyncHard() as client:
        assert len(list(touch(client))) == len(found)
    print(len(found))

asyncio.run(main())
"""


def test_resources_and_methods_of_any_name_are_there(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TOUCHES], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    tags = len(ATTRIBUTES) + len(CLASSES)
    methods = len(ALL) + 2 * len(ATTRIBUTES) + 2 * 2 * tags
    assert int(done.stdout) == methods + len(["close"])


def test_mypy_strict_finds_nothing(folder: Path) -> None:
    _run("-m", "mypy", "--strict", "--no-incremental", ".", cwd=folder)


def test_pyright_finds_nothing(folder: Path) -> None:
    _run("-m", "pyright", "--pythonpath", sys.executable, ".", cwd=folder)
