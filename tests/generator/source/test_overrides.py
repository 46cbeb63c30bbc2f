"""Fern's overrides: what they change, and where what they bring stands."""

from __future__ import annotations

from typing import Any

import pytest

from generator.reading import SPECS, data, real_documents
from sdkgen.diagnostics import Diagnostics
from sdkgen.source import read
from sdkgen.source.overlay import overlaid
from sdkgen.text import Text, parse

DOCUMENT = """\
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: http://a, description: A}, {url: http://b}]
tags: [{name: a}, {name: b}]
paths:
  /x:
    parameters:
      - {name: id, in: path, required: true}
      - {name: id, in: query}
      - {name: limit, in: query, schema: {type: integer}}
    get: {summary: Old, tags: [a, b], security: [], responses: {}}
  /y:
    get: {responses: {}}
"""


def _laid_over(*parts: str, document: str = DOCUMENT) -> tuple[Text, list[str]]:
    """The document, changed, and the findings; the first part is `0.yaml`."""
    found = Diagnostics()
    texts = [parse(part.encode(), f"{at}.yaml", found) for at, part in enumerate(parts)]
    changed = overlaid(parse(document.encode(), "api.yaml", found), texts, found)
    return changed, [str(one) for one in found]


def _changed(part: str) -> Any:
    text, found = _laid_over(part)
    assert found == []
    return text.data


def test_objects_are_merged_and_values_replaced() -> None:
    changed = _changed("paths: {/x: {get: {summary: New, x-fern-sdk-method-name: find}}}")
    want = data(DOCUMENT)[0]
    want["paths"]["/x"]["get"] |= {"summary": "New", "x-fern-sdk-method-name": "find"}
    assert changed == want


@pytest.mark.parametrize("part", ["paths: {/y: null}", "paths: {/y: }", "paths: {/y: null, /z: ~}"])
def test_null_removes(part: str) -> None:
    want = data(DOCUMENT)[0]
    del want["paths"]["/y"]
    assert _changed(part) == want


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("summary: {a: {b: 1, c: null}}", {"a": {"b": 1}}),
        ("summary: [1, null]", [1, None]),
        ("summary: 5", 5),
    ],
)
def test_what_is_of_another_kind_is_replaced(said: str, expected: object) -> None:
    """As RFC 7396 has it: an object is merged into an empty one, and its nulls are left out."""
    assert _changed(f"paths: {{/x: {{get: {{{said}}}}}}}")["paths"]["/x"]["get"]["summary"] == (
        expected
    )


def test_an_object_may_be_replaced_by_what_is_none() -> None:
    assert _changed("paths: {/y: {get: [1]}}")["paths"]["/y"]["get"] == [1]


@pytest.mark.parametrize("said", ["[c]", "[]", "[{a: 1}]"])
def test_lists_are_replaced(said: str) -> None:
    changed = _changed(f"paths: {{/x: {{get: {{tags: {said}}}}}}}")
    assert changed["paths"]["/x"]["get"]["tags"] == data(f"said: {said}")[0]["said"]


def test_objects_in_lists_are_merged_place_by_place() -> None:
    part = "servers: [{x-fern-server-name: One}, {url: http://c}, {url: http://d}]"
    assert _changed(part)["servers"] == [
        {"url": "http://a", "description": "A", "x-fern-server-name": "One"},
        {"url": "http://c"},
        {"url": "http://d"},
    ]


def test_parameters_and_tags_are_found_by_their_names() -> None:
    """By their places, `limit` would be the name of the path's parameter."""
    part = """\
tags: [{name: b, description: B}, {name: c}]
paths:
  /x:
    parameters:
      - {name: limit, schema: {maximum: 9}}
      - {name: id, in: query, deprecated: true}
      - {name: id, in: header}
      - {name: [], in: {}}
      - {name: limit}
"""
    changed = _changed(part)
    assert changed["tags"] == [{"name": "a"}, {"name": "b", "description": "B"}, {"name": "c"}]
    assert changed["paths"]["/x"]["parameters"] == [
        {"name": "id", "in": "path", "required": True},
        {"name": "id", "in": "query", "deprecated": True},
        {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 9}},
        {"name": "id", "in": "header"},
        {"name": [], "in": {}},
    ]


def test_what_overrides_bring_stands_in_them() -> None:
    first = "paths: {/x: {get: {tags: [c], summary: {a: 1}}}}"
    second = "tags: [{name: d}]\npaths:\n  /x:\n    get: {summary: 5}\n  /y: null\n"
    text, _ = _laid_over(first, second)
    places = {
        pointer: str(text.positions.locate(pointer))
        for pointer in (
            *("/paths/~1x/get/tags/0", "/paths/~1x/get/summary", "/paths/~1x/get/summary/a"),
            *("/tags/2/name", "/tags/0/name", "/paths/~1x/get/security"),
        )
    }
    assert places == {
        "/paths/~1x/get/tags/0": "0.yaml:1:27",
        "/paths/~1x/get/summary": "1.yaml:4:20",
        "/paths/~1x/get/summary/a": "1.yaml:4:20",
        "/tags/2/name": "1.yaml:1:15",
        "/tags/0/name": "api.yaml:4:15",
        "/paths/~1x/get/security": "api.yaml:11:49",
    }


def test_an_operation_that_the_document_does_not_have_is_a_warning() -> None:
    part = """\
paths:
  /xs:
    get: {x-fern-sdk-method-name: list}
  /x:
    get: {x-fern-sdk-method-name: get}
    put: {responses: {}}
"""
    (found,) = _laid_over(part)[1]
    assert found == (
        "0.yaml:3:5: warning Overlay/NewOperation: `get /xs` is no operation of the document, and "
        "becomes one by this\n  hint: did you mean `get /x`?"
    )


def test_overrides_and_overlays_come_one_after_the_other() -> None:
    overlay = "overlay: 1.1.0\nactions: [{target: $.info, update: {title: Second, version: '2'}}]"
    first, third = (f"{{tags: [], info: {{title: {title}}}}}" for title in ("First", "Third"))
    text, found = _laid_over(first, overlay, third)
    assert (text.data["info"], found) == ({"title": "Third", "version": "2"}, [])


@pytest.mark.parametrize(
    "text", ["1", "{}", "overlya: 1.1.0", "[paths]", "{paths: {}, actions: []}", "{1: paths}"]
)
def test_what_is_neither_part_nor_overlay_is_an_error(text: str) -> None:
    changed, (found,) = _laid_over(text)
    assert "error Overlay/Version" in found
    assert changed.data == data(DOCUMENT)[0]


@pytest.mark.parametrize("paths", ["1", "[]", "{/x: 1}", "{/x: {get: 1}}"])
def test_paths_of_any_shape_are_merged(paths: str) -> None:
    assert _changed(f"{{tags: [], paths: {paths}}}")["tags"] == []


@real_documents
def test_a_real_document_is_called_otherwise(tmp_path: Any) -> None:
    overrides = tmp_path / "openapi-overrides.yml"
    overrides.write_text("paths: {/v1/messages: {post: {x-fern-sdk-method-name: say}}}")
    found = Diagnostics()
    document = read(str(SPECS / "anthropic.yaml"), found, [str(overrides)])
    pointer = "/paths/~1v1~1messages/post"
    assert document.mapping_at(pointer)["x-fern-sdk-method-name"] == "say"
    assert document.locate(f"{pointer}/x-fern-sdk-method-name").source == str(overrides)
    assert document.locate(f"{pointer}/responses").source == str(SPECS / "anthropic.yaml")
    assert not found.has_errors
