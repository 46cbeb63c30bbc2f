from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sdkgen.diagnostics import Diagnostics, DocumentError
from sdkgen.source import read_text
from sdkgen.source.grammar import METHODS, reference, walk
from sdkgen.text.pointers import escape, tokens

SCHEMA = {
    "type": "object",
    "nullable": True,
    "required": ["a"],
    "properties": {"a": {"$ref": "#/components/schemas/B"}, "b": {"type": "string", "enum": ["x"]}},
    "allOf": [{"$ref": "#/components/schemas/B"}],
    "additionalProperties": {"minimum": 1, "exclusiveMinimum": True},
    "discriminator": {"propertyName": "b", "mapping": {"x": "B", "y": "#/components/schemas/B"}},
}
DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "T", "version": "1", "contact": {"name": "n"}},
    "servers": [{"url": "/", "variables": {"v": {"default": "d", "enum": ["d"]}}}],
    "security": [{"key": []}],
    "tags": [{"name": "t"}],
    "paths": {
        "/a/{id}": {
            "servers": [{"url": "/"}],
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": SCHEMA}],
            "get": {
                "operationId": "g",
                "tags": ["t"],
                "parameters": [{"$ref": "#/components/parameters/P"}],
                "responses": {"200": {"$ref": "#/components/responses/R"}},
                "security": [{"key": []}],
            },
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {
                        "multipart/form-data": {
                            "schema": SCHEMA,
                            "encoding": {"a": {"headers": {"H": {"schema": SCHEMA}}}},
                        }
                    },
                },
                "responses": {"default": {"description": "d", "content": {"a/b": {}}}},
                "callbacks": {"c": {"{$url}": {"post": {"responses": {}}}}},
            },
        },
        "/b": {"$ref": "#/components/pathItems/I"},
        "/c": {"additionalOperations": {"COPY": {}}},
    },
    "components": {
        "schemas": {"A": SCHEMA, "B": {"type": "integer"}, "C": {"$ref": "#/components/schemas/A"}},
        "parameters": {"P": {"name": "p", "in": "query", "content": {"a/b": {"schema": SCHEMA}}}},
        "responses": {"R": {"description": "r", "headers": {"H": {"schema": SCHEMA}}}},
        "pathItems": {"I": {"put": {"responses": {}}}},
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "k"}},
    },
}


def pointers(value: Any, pointer: str = "") -> list[str]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, child in items:
        below = f"{pointer}/{escape(str(key))}"
        found.append(below)
        if isinstance(child, (dict, list)):
            found += pointers(child, below)
    return found


POINTERS = pointers(DOCUMENT)
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, False, 0, -1, 1.5, "", "x", [], {}, [[]], {"": {}}, [None], ["a", "a"]),
        *({"$ref": target} for target in ("", "#", "#/", "#/paths", "#/components/schemas/A")),
        *({"$ref": target} for target in ("#/components/schemas/B/x", "x.yaml", "#/info", 5)),
        {"$ref": "#/components/schemas/C", "nullable": True},
        {"$ref": "#/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data/schema/allOf/0"},
        {"a": "x", "b": [{"c": None}]},
    ]
)


def changed(changes: list[tuple[str, Any, bool]]) -> dict[str, Any]:
    document: Any = copy.deepcopy(DOCUMENT)
    for pointer, value, remove in changes:
        *above, last = tokens(pointer)
        holder = document
        try:
            for token in above:
                holder = holder[int(token) if isinstance(holder, list) else token]
            key = int(last) if isinstance(holder, list) else last
            if remove:
                del holder[key]
            else:
                holder[key] = copy.deepcopy(value)
        except (LookupError, TypeError, ValueError):
            continue
    return dict(document)


@settings(max_examples=400)
@given(
    st.lists(st.tuples(st.sampled_from(POINTERS), VALUES, st.booleans()), min_size=1, max_size=4)
)
def test_whatever_is_malformed_ends_in_findings(changes: list[tuple[str, Any, bool]]) -> None:
    raw = changed(changes)
    diagnostics = Diagnostics()
    try:
        read = read_text(json.dumps(raw).encode(), "<memory>", diagnostics)
    except DocumentError:
        return
    said = [finding.message for finding in diagnostics]
    there = {(node.method, node.path) for node in read.operations}
    paths = raw.get("paths")
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method in item if isinstance(item, dict) else ():
            if method in METHODS and (method.upper(), path) not in there:
                names = (f"{method.upper()} {path} is left out", f"`{path}` is left out")
                assert any(name in message for name in names for message in said)
    # No later stage meets a reference of a schema that leads nowhere.
    for place in walk("openapi", read.root):
        if place.kind == "schema" and (target := reference(place.value)) is not None:
            read.at(target.removeprefix("#"))
    # The same again is the same.
    again = Diagnostics()
    assert read_text(json.dumps(raw).encode(), "<memory>", again).root == read.root
    assert list(again) == list(diagnostics)
