from __future__ import annotations

import copy
from typing import Any

import pytest

from generator.reading import HEAD, refusal, sound
from sdkgen.source import dialect


def normalised(schema: Any) -> Any:
    result = copy.deepcopy(schema)
    dialect.normalise(result)
    return result


REF = {"$ref": "#/components/schemas/A"}
NULL = {"type": "null"}


@pytest.mark.parametrize(
    ("schema", "shape"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"type": ["string", "null"], "nullable": True}, {"type": ["string", "null"]}),
        (
            {"type": ["string", "integer"], "nullable": True},
            {"type": ["string", "integer", "null"]},
        ),
        ({"type": "null", "nullable": True}, {"type": "null"}),
        (
            {"type": "string", "enum": ["a"], "nullable": True},
            {"type": ["string", "null"], "enum": ["a", None]},
        ),
        ({"enum": ["a", None], "nullable": True}, {"enum": ["a", None]}),
        ({"properties": {}, "nullable": True}, {"properties": {}}),
        ({**REF, "nullable": True}, {"anyOf": [REF, NULL]}),
        (
            {**REF, "nullable": True, "description": "d", "x-a": 1, "default": None},
            {"anyOf": [REF, NULL], "description": "d", "x-a": 1, "default": None},
        ),
        ({"allOf": [REF], "nullable": True}, {"anyOf": [REF, NULL]}),
        ({"allOf": [REF, {}], "nullable": True}, {"anyOf": [{"allOf": [REF, {}]}, NULL]}),
        (
            {"type": "object", "allOf": [REF], "nullable": True},
            {"anyOf": [{"type": "object", "allOf": [REF]}, NULL]},
        ),
        ({"anyOf": [REF, {}], "nullable": True}, {"anyOf": [REF, {}, NULL]}),
        (
            {"oneOf": [REF], "discriminator": {"propertyName": "p"}, "nullable": True},
            {"anyOf": [{"oneOf": [REF], "discriminator": {"propertyName": "p"}}, NULL]},
        ),
        ({"const": "a", "nullable": True}, {"anyOf": [{"const": "a"}, NULL]}),
        ({"type": "string", "nullable": "yes"}, {"type": "string"}),
    ],
)
def test_nullable_becomes_null_among_the_types(schema: object, shape: object) -> None:
    assert normalised(schema) == shape


@pytest.mark.parametrize(
    ("schema", "shape"),
    [
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"minimum": 1, "exclusiveMinimum": False}, {"minimum": 1}),
        ({"exclusiveMinimum": True}, {}),
        ({"exclusiveMinimum": 1}, {"exclusiveMinimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": True}, {"exclusiveMaximum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        (
            {"minimum": 1, "maximum": 2, "exclusiveMaximum": True},
            {"minimum": 1, "exclusiveMaximum": 2},
        ),
    ],
)
def test_exclusive_bounds_become_numbers(schema: object, shape: object) -> None:
    assert normalised(schema) == shape


@pytest.mark.parametrize(
    "schema", [True, {"type": "string", "format": "binary"}, {"itemSchema": {"nullable": 1}}]
)
def test_all_else_is_left_as_it_is(schema: object) -> None:
    assert normalised(schema) == schema


def test_repetitions_in_required_are_dropped() -> None:
    assert normalised({"required": ["a", "b", "a"]}) == {"required": ["a", "b"]}


NULLABLE = "{type: string, nullable: true}"
BOUND = {"type": ["string", "null"]}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_every_schema_of_a_document_is_normalised_and_no_data(version: str) -> None:
    document = sound(
        f"""\
openapi: {version}
info: {{title: T, version: '1'}}
paths:
  /a:
    parameters: [{{name: p, in: query, schema: {NULLABLE}}}]
    get:
      responses:
        200:
          description: ''
          headers: {{h: {{schema: {NULLABLE}}}}}
          content: {{a/b: {{itemSchema: {NULLABLE}, example: {NULLABLE}}}}}
      callbacks:
        c:
          '{{$url}}': {{post: {{requestBody: {{content: {{a/b: {{schema: {NULLABLE}}}}}}}}}}}
components:
  schemas:
    A:
      properties: {{default: {NULLABLE}, example: {NULLABLE}}}
      default: {NULLABLE}
      x-a: {NULLABLE}
      items: {{allOf: [{{additionalProperties: {NULLABLE}}}]}}
"""
    )
    data = {"type": "string", "nullable": True}
    path = document.root["paths"]["/a"]
    assert path["parameters"][0]["schema"] == BOUND
    assert path["get"]["responses"]["200"]["headers"]["h"]["schema"] == BOUND
    media = {"itemSchema": BOUND, "example": data}
    assert path["get"]["responses"]["200"]["content"]["a/b"] == media
    body = path["get"]["callbacks"]["c"]["{$url}"]["post"]["requestBody"]
    assert body["content"]["a/b"]["schema"] == BOUND
    assert document.at("/components/schemas/A") == {
        "properties": {"default": BOUND, "example": BOUND},
        "default": data,
        "x-a": data,
        "items": {"allOf": [{"additionalProperties": BOUND}]},
    }
    assert document.root["openapi"] == "3.1.1"


def test_what_normalisation_has_moved_keeps_its_place() -> None:
    document = sound(
        HEAD
        + """\
paths: {}
components:
  schemas:
    A:
      nullable: true
      oneOf:
      - {type: string}
      - {properties: {b: {allOf: [{type: string, format: uuid}], nullable: true}}}
"""
    )
    moved = "/components/schemas/A/anyOf/0/oneOf/1/properties/b/anyOf/0/format"
    assert document.at(moved) == "uuid"
    assert str(document.locate(moved)) == "api.yaml:10:58"
    assert str(document.locate(moved, key=True)) == "api.yaml:10:50"
    # There is no `anyOf` in the file: the nearest thing that is there.
    assert str(document.locate("/components/schemas/A/anyOf/1/type")) == "api.yaml:7:7"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "swagger: '2.0'\ninfo: {}",
            (
                "api.yaml:1:1: error Source/Swagger2: this is a Swagger 2.0 document;"
                " only OpenAPI 3 is read\n"
                "  hint: convert it: `npx swagger2openapi --yaml --outfile openapi.yaml <file>`,\n"
                "  or open it in https://editor.swagger.io and choose Edit > Convert to OpenAPI 3"
            ),
        ),
        (
            "info: {}\nopenapi: 4.0.0",
            (
                "api.yaml:2:10: error Source/Version: version `4.0.0` of OpenAPI is not read\n"
                "  hint: 3.0, 3.1 and 3.2 are"
            ),
        ),
        (
            "info: {}",
            (
                "api.yaml:1:1: error Source/NotOpenApi:"
                " `openapi`, the version of the document, is missing\n"
                "  hint: write `openapi: 3.1.0` as the first line"
            ),
        ),
        (
            "- openapi: 3.1.0",
            (
                'api.yaml:1:1: error Source/NotOpenApi: this is [{"openapi": "3.1.0"}],'
                " and an OpenAPI document is a mapping\n"
                "  hint: begin with `openapi: 3.1.0`"
            ),
        ),
        ("", "api.yaml:1:1: error Source/Empty: the file is empty"),
        *(
            (
                page,
                (
                    "api.yaml:1:1: error Source/Syntax: this is HTML or XML, not YAML or JSON\n"
                    "  hint: save the file itself, and not the page that shows it"
                ),
            )
            for page in ("\n<!DOCTYPE html>\n<html></html>", "<?xml version='1.0'?>", "<a/>")
        ),
        (
            "# nothing",
            (
                "api.yaml:1:1: error Source/NotOpenApi: this is null,"
                " and an OpenAPI document is a mapping\n"
                "  hint: begin with `openapi: 3.1.0`"
            ),
        ),
        (
            b"openapi: 3.1.0\ninfo: \xe9t\xe9",
            (
                "api.yaml:2:7: error Source/Encoding: the file is not UTF-8 from here on\n"
                "  hint: save it as UTF-8"
            ),
        ),
    ],
)
def test_what_is_no_openapi_3_document_is_refused(text: str | bytes, message: str) -> None:
    assert refusal(text) == message


@pytest.mark.parametrize("version", ["3.0", "3.1", "3.0.4", "3.1.99", "3.2.0", "3.1.0-rc1"])
def test_every_version_of_openapi_3_is_read(version: str) -> None:
    assert sound(HEAD.replace("3.1.0", version) + "paths: {}").operations == ()
