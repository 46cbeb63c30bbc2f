from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.reading import HEAD, document
from sdkgen.diagnostics import Diagnostics, Location
from sdkgen.source import schemas
from sdkgen.source.grammar import GRAMMAR, Place

TYPES = "array, boolean, integer, null, number, object, string"


@pytest.mark.parametrize(
    ("schema", "column", "said", "hint"),
    [
        ("{type: strin}", 24, f'`type`: "strin" is none of {TYPES}', "did you mean `string`?"),
        (
            "{type: any}",
            24,
            f'`type`: "any" is none of {TYPES}',
            "leave `type` out: any value is allowed then",
        ),
        (
            "{type: [string, file]}",
            24,
            f'`type`: ["string", "file"] is none of {TYPES}',
            None,
        ),
        (
            "{type: file}",
            24,
            f'`type`: "file" is none of {TYPES}',
            "write `type: string` and `format: binary`",
        ),
        (
            "{required: true}",
            28,
            "`required`: true is not of type 'array'",
            "name the required properties in the object around them: `required: [a]`",
        ),
        ("{required: [b, 5]}", 32, "`required`: 5 is not of type 'string'", None),
        ("{enum: x}", 24, "`enum`: \"x\" is not of type 'array'", "write a list: `enum: [x]`"),
        (
            "{items: [{}]}",
            25,
            "`items`: [{}] is not of type 'object', 'boolean'",
            "the items of a tuple are `prefixItems`",
        ),
        ("{minLength: -1}", 29, "`minLength`: -1 is less than the minimum of 0", None),
        ("{oneOf: []}", 25, "`oneOf`: [] should be non-empty", None),
        ("{$ref: 5}", 24, "`$ref`: 5 is not of type 'string'", None),
    ],
)
def test_a_malformed_keyword_is_an_error_and_left_out(
    schema: str, column: int, said: str, hint: str | None
) -> None:
    assert finding(schema) == [shown("error", column, said, hint)]


@pytest.mark.parametrize(
    ("schema", "column", "said", "hint"),
    [
        ("{description: [d]}", 31, "`description`: [\"d\"] is not of type 'string'", None),
        ("{deprecated: 1}", 30, "`deprecated`: 1 is not of type 'boolean'", None),
        (
            "{examples: 5}",
            28,
            "`examples`: 5 is not of type 'array'",
            "write a list: `examples: [5]`",
        ),
    ],
)
def test_a_malformed_annotation_is_a_warning(
    schema: str, column: int, said: str, hint: str | None
) -> None:
    assert finding(schema) == [shown("warning", column, said, hint)]


def finding(schema: str) -> list[str]:
    """What is said of a schema that begins in column 17 of line 7, and loses its only keyword."""
    text = f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A: {{properties:\n"
    read, findings = document(f"{text}            {{a: {schema}}}}}\n")
    assert read.at("/components/schemas/A/properties/a") == {}
    return findings


def shown(severity: str, column: int, said: str, hint: str | None) -> str:
    message = said.replace(":", " of a schema is left out:", 1)
    after = f"\n  hint: {hint}" if hint else ""
    return f"api.yaml:7:{column}: {severity} Schema/Malformed: {message}{after}"


def test_a_malformed_schema_costs_no_other() -> None:
    read, findings = document(
        f"""\
{HEAD}
paths: {{}}
components:
  schemas:
    A:
    B: [x]
    C: {{properties: {{d: 5, e: {{}}}}}}
"""
    )
    message = "error Schema/Malformed: a schema is a mapping or a boolean, not"
    assert findings == [
        f"api.yaml:7:7: {message} null; any value is allowed",
        f'api.yaml:8:8: {message} ["x"]; any value is allowed',
        f"api.yaml:9:25: {message} 5; any value is allowed",
    ]
    assert read.at("/components/schemas") == {
        "A": True,
        "B": True,
        "C": {"properties": {"d": True, "e": {}}},
    }


def test_a_schema_that_was_not_written_is_an_error_wherever_one_may_stand() -> None:
    read, findings = document(
        f"""\
{HEAD}
paths:
  /a:
    post:
      parameters: [{{name: q, in: query, schema: ~}}]
      requestBody:
        content:
          application/json:
            schema:
      responses: {{}}
"""
    )
    message = "error Schema/Malformed: a schema is a mapping or a boolean, not null"
    assert findings == [
        f"api.yaml:7:49: {message}; any value is allowed",
        f"api.yaml:11:20: {message}; any value is allowed",
    ]
    assert read.at("/paths/~1a/post/requestBody/content/application~1json/schema") is True


@pytest.mark.parametrize("schema", ["true", "false", "{}"])
def test_booleans_are_schemas(schema: str) -> None:
    _, findings = document(f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n")
    assert findings == []


VALUES: list[Any] = [
    *(None, True, False, 0, 1, 2.0, 1.5, -1, -0.5, "", "string", "strin", [], {}, {"a": {}}),
    [*schemas.TYPES],
    *([{}], [True], ["a", "b"], ["a", 1], ["string", "null"], ["string", "strin"], [None]),
]


@pytest.mark.parametrize("keyword", schemas.KEYWORDS)
def test_the_table_finds_what_the_metaschema_finds(keyword: str) -> None:
    metaschema = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    # Schemas within a schema are checked where they stand.
    values = VALUES if keyword not in GRAMMAR["schema"] else [{}, True, 5, "x", None, [], [{}]]
    for value in values:
        found = Diagnostics()
        place = Place("schema", "", {keyword: value}, None, "")
        schemas.check(place, lambda _: Location("a", 1, 1), found)
        assert place.value == ({} if len(found) else {keyword: value})
        assert (len(found) == 0) is metaschema.is_valid({keyword: value}), value
