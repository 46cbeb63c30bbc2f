"""Types of values that have no parts: constants, enumerations, and text and numbers by format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sdkgen.ir.types import Choice, Primitive, TypeRef, distinct, union

_PRIMITIVES: Final = {
    "string": Primitive.STRING,
    "integer": Primitive.INTEGER,
    "number": Primitive.NUMBER,
    "boolean": Primitive.BOOLEAN,
    "null": Primitive.NONE,
}
_PRIMITIVES_OF: Final = {
    str: Primitive.STRING,
    int: Primitive.INTEGER,
    float: Primitive.NUMBER,
    bool: Primitive.BOOLEAN,
    type(None): Primitive.NONE,
}
_STRING_FORMATS: Final = {
    "date-time": Primitive.DATETIME,
    "date": Primitive.DATE,
    "binary": Primitive.BINARY,
}
_ENCODED: Final = ("byte", "base64", "base64url")
"""Formats of text that stands for bytes: of OpenAPI, and of pydantic."""


def plain(kind: Any, schema: Mapping[str, Any]) -> TypeRef:
    """The type of a schema of one kind, which is neither an object nor an array.

    Args:
        kind: What its `type` says.
        schema: The schema.
    """
    if kind != "string":
        return _PRIMITIVES.get(str(kind), Primitive.ANY)
    if _is_raw(schema):
        return Primitive.BINARY
    return _STRING_FORMATS.get(str(schema.get("format")), Primitive.STRING)


def constant(value: Any) -> TypeRef:
    """The type of a value that is the only one."""
    if value is None:
        return Primitive.NONE
    if isinstance(value, str | bool | int):
        return Choice((value,))
    return Primitive.NUMBER if isinstance(value, float) else Primitive.ANY


def constant_of(schema: Any) -> Any:
    """The one value that a schema allows; None where it allows more."""
    if isinstance(schema, dict):
        if "const" in schema:
            return schema["const"]
        listed = schema.get("enum")
        if isinstance(listed, list) and len(listed) == 1:
            return listed[0]
    return None


def enumeration(values: list[Any]) -> TypeRef:
    """The type of an enumeration: open, unless it has but one value.

    Servers add values; a client that was generated before must not fail on them.
    """
    chosen = distinct(value for value in values if isinstance(value, str | int))
    if any(isinstance(value, list | dict) for value in values):
        return Primitive.ANY
    if any(isinstance(value, float) for value in values):
        kinds = {_PRIMITIVES_OF[type(value)] for value in values}
        return union(*sorted(kinds - {Primitive.INTEGER}, key=lambda kind: kind.value))
    parts: list[TypeRef] = [Choice(chosen)] if chosen else []
    if len(chosen) > 1 and all(isinstance(value, str) for value in chosen):
        parts.append(Primitive.STRING)
    elif len(chosen) > 1 and not any(isinstance(value, str | bool) for value in chosen):
        parts.append(Primitive.INTEGER)
    return union(*parts, *([Primitive.NONE] if None in values else []))


def _is_raw(schema: Mapping[str, Any]) -> bool:
    """Whether text is in fact bytes (OpenAPI 3.1, section 4.8.14.2): of a type that is no text."""
    media_type = schema.get("contentMediaType")
    return (
        isinstance(media_type, str)
        and "contentEncoding" not in schema
        and schema.get("format") not in _ENCODED
        and media_type.startswith(("image/", "audio/", "video/", "application/octet-stream"))
    )
