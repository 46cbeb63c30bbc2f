"""Which objects stand where in an OpenAPI document: one table, and a walk along it.

Whatever the table does not reach is data (`example`, `default`, `enum`, `const`, most `x-*`):
a `$ref` in there refers to nothing, and nothing in there is ever changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sdkgen.text.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

Shape = Literal["one", "list", "map"]

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The methods that have a field of their own in a Path Item Object (OpenAPI 3.2 §4.9)."""

TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What names methods, header fields, cookies and ways to authenticate (RFC 9110 §5.6.2)."""

FERN: Final = "x-fern-streaming"
"""An extension that has schemas in it (https://buildwithfern.com/learn/api-definitions)."""

_SUBSCHEMA: Final = ("one", "schema")
_SUBSCHEMAS: Final = ("list", "schema")
_NAMED_SCHEMAS: Final = ("map", "schema")
_CONTENT: Final = ("map", "mediaType")
_HEADERS: Final = ("map", "header")

GRAMMAR: Final[dict[str, dict[str, tuple[Shape, str]]]] = {
    "openapi": {
        "paths": ("map", "pathItem"),
        "webhooks": ("map", "pathItem"),
        "components": ("one", "components"),
    },
    "components": {
        "schemas": _NAMED_SCHEMAS,
        "responses": ("map", "response"),
        "parameters": ("map", "parameter"),
        "requestBodies": ("map", "requestBody"),
        "headers": _HEADERS,
        "securitySchemes": ("map", "securityScheme"),
        "links": ("map", "link"),
        "callbacks": ("map", "callback"),
        "pathItems": ("map", "pathItem"),
        "mediaTypes": _CONTENT,
    },
    "pathItem": {
        **dict.fromkeys(METHODS, ("one", "operation")),
        "additionalOperations": ("map", "operation"),
        "parameters": ("list", "parameter"),
    },
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "requestBody"),
        "responses": ("map", "response"),
        "callbacks": ("map", "callback"),
        FERN: ("one", FERN),
    },
    FERN: {"response": _SUBSCHEMA, "response-stream": _SUBSCHEMA},
    # Every field of a Callback Object is a runtime expression: see `_fields`.
    "callback": {},
    "parameter": {"schema": _SUBSCHEMA, "content": _CONTENT},
    "header": {"schema": _SUBSCHEMA, "content": _CONTENT},
    "requestBody": {"content": _CONTENT},
    "response": {"headers": _HEADERS, "content": _CONTENT, "links": ("map", "link")},
    "mediaType": {
        "schema": _SUBSCHEMA,
        "itemSchema": _SUBSCHEMA,
        "encoding": ("map", "encoding"),
        "prefixEncoding": ("list", "encoding"),
        "itemEncoding": ("one", "encoding"),
    },
    "encoding": {
        "headers": _HEADERS,
        "encoding": ("map", "encoding"),
        "prefixEncoding": ("list", "encoding"),
        "itemEncoding": ("one", "encoding"),
    },
    "link": {},
    "securityScheme": {},
    # JSON Schema 2020-12, Core §10 and Validation §8.5; `definitions` is what `$defs` was called.
    "schema": {
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), _SUBSCHEMAS),
        **dict.fromkeys(
            ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions"),
            _NAMED_SCHEMAS,
        ),
        **dict.fromkeys(
            (
                *("items", "contains", "additionalProperties", "propertyNames"),
                *("not", "if", "then", "else", "contentSchema"),
                *("unevaluatedItems", "unevaluatedProperties"),
            ),
            _SUBSCHEMA,
        ),
    },
}

SECTIONS: Final = {kind: section for section, (_, kind) in GRAMMAR["components"].items()}
"""The kinds that a reference may name, and where under `components` they are at home."""

_EXTENSIBLE_MAPS: Final = frozenset({"paths", "webhooks", "responses"})
"""Maps in which `x-*` is an extension; elsewhere, in `properties` say, it is a name."""


class Place(NamedTuple):
    """One object of the grammar, and the collection that holds it, so that it can be replaced."""

    kind: str
    pointer: str
    value: Any
    parent: Any
    key: str | int


def walk(
    kind: str, value: Any, pointer: str = "", parent: Any = None, key: str | int = ""
) -> Iterator[Place]:
    """Every object of the grammar at and below a value, parents first.

    A value that is not what should stand there is given too, but not what is in it.
    """
    stack = [Place(kind, pointer, value, parent, key)]
    while stack:
        place = stack.pop()
        yield place
        if place.value.__class__ is dict:
            stack.extend(children(place))


def children(place: Place) -> Iterator[Place]:
    """The objects of the grammar right below one."""
    value, below = place.value, place.pointer + "/"
    for field, (shape, kind) in _fields(place).items():
        child = value.get(field)
        # What has no value is not there, but for schemas: an author has forgotten to write one.
        if child is None and (kind != "schema" or place.kind == "schema"):
            continue
        pointer = below + escape(field)
        if shape == "one":
            yield Place(kind, pointer, child, value, field)
        elif shape == "list" and child.__class__ is list:
            for index, item in enumerate(child):
                yield Place(kind, f"{pointer}/{index}", item, child, index)
        elif shape == "map" and child.__class__ is dict:
            extensible = field in _EXTENSIBLE_MAPS
            for name, item in child.items():
                if not (extensible and name.startswith("x-")):
                    yield Place(kind, f"{pointer}/{escape(name)}", item, child, name)


def _fields(place: Place) -> dict[str, tuple[Shape, str]]:
    if place.kind == "callback":
        return dict.fromkeys(
            (name for name in place.value if not name.startswith(("x-", "$"))), ("one", "pathItem")
        )
    fields = GRAMMAR[place.kind]
    return {field: fields[field] for field in place.value if field in fields}


def reference(value: Any) -> str | None:
    """What an object refers to, if it refers to anything."""
    if value.__class__ is dict and isinstance(target := value.get("$ref"), str):
        return target
    return None
