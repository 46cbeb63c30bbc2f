"""Keys that nobody will read, because they are spelt like one that would be.

OpenAPI leaves room for extensions and JSON Schema for keywords of one's own, so a key that is
not known is no defect. One that is a letter or two off is.
"""

from __future__ import annotations

import functools
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sdkgen.diagnostics import did_you_mean, nearest
from sdkgen.source.grammar import FERN, GRAMMAR
from sdkgen.source.schemas import KEYWORDS
from sdkgen.text.pointers import escape

if TYPE_CHECKING:
    from sdkgen.diagnostics import Diagnostics
    from sdkgen.source.document import Document
    from sdkgen.source.grammar import Place

_ALIKE: Final = 0.8
"""How alike two words are of which one is meant to be the other (`difflib`, from 0 to 1)."""

_MAX_SUGGESTIONS: Final = 50
"""For each, all properties of a schema are gone through. Nobody misspells more of one schema."""

_VALUE: Final = (
    *("description", "required", "deprecated", "style", "explode", "allowReserved"),
    *("example", "examples"),
)
_REFERENCE: Final = ("$ref", "summary", "description")

# The fixed fields of OpenAPI 3.0 to 3.2, and the extensions that are read.
_KEYS: Final[dict[str, frozenset[str]]] = {
    kind: frozenset((*GRAMMAR.get(kind, ()), *keys))
    for kind, keys in {
        "openapi": (
            *("openapi", "info", "servers", "security", "tags", "externalDocs"),
            *("jsonSchemaDialect", "$self", FERN),
        ),
        "components": ("examples",),
        "operation": (
            *("tags", "summary", "description", "externalDocs", "operationId", "deprecated"),
            *("security", "servers", "x-fern-sdk-group-name", "x-fern-sdk-method-name"),
            *("x-speakeasy-group", "x-speakeasy-name-override", "x-speakeasy-sse-overload"),
            "x-speakeasy-stream-request-field",
        ),
        "parameter": ("name", "in", "allowEmptyValue", *_VALUE, *_REFERENCE),
        "header": (*_VALUE, *_REFERENCE),
        "requestBody": ("required", *_REFERENCE),
        "response": _REFERENCE,
        "mediaType": (
            *("example", "examples", "x-sdkgen-sse-schema", "x-sdkgen-sse-data"),
            *("x-speakeasy-sse-sentinel", "x-sse-sentinel", *_REFERENCE),
        ),
        "encoding": ("contentType", "style", "explode", "allowReserved"),
        "securityScheme": (
            *("type", "name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl"),
            *("oauth2MetadataUrl", "deprecated", *_REFERENCE),
        ),
        "schema": (
            *KEYWORDS,
            *("default", "const", "discriminator", "example", "externalDocs", "nullable", "xml"),
            *("$anchor", "$dynamicAnchor", "$dynamicRef", "$id", "$schema", "$vocabulary"),
            "dependentRequired",
        ),
        FERN: (
            *("format", "terminator", "stream-condition", "stream-description", "resumable"),
            *("response", "response-stream"),
        ),
    }.items()
}

_OF_STREAMS: Final = {
    key: kind
    for kind in ("mediaType", "operation")
    for key in _KEYS[kind]
    if key.startswith("x-") and ("sse" in key or "stream" in key)
}
_WHERE: Final = {
    "mediaType": "write it below `text/event-stream:`, beside the schema",
    "operation": "write it in the operation, beside `responses`",
}


def check(place: Place, document: Document, diagnostics: Diagnostics) -> None:
    """Report the keys of one object that are probably misspelt."""
    value, kind = place.value, place.kind
    if value.__class__ is not dict or kind not in _KEYS:
        return
    _check_keys(value, kind, place.pointer, document, diagnostics)
    if kind == "mediaType":
        _check_media_type(place.pointer, document, diagnostics)
    if kind == "schema" and "required" in value and "/allOf/" not in place.pointer:
        _check_required(value, place.pointer, document, diagnostics)


def _check_keys(
    value: dict[str, Any], kind: str, pointer: str, document: Document, diagnostics: Diagnostics
) -> None:
    known = _KEYS[kind]
    if value.keys() <= known:
        return  # as nearly all are, for a third of the time
    for key in value.keys() - known:
        if key in _OF_STREAMS:
            diagnostics.warning(
                "Document/MisplacedKey",
                f"`{key}` says nothing there.",
                document.locate(f"{pointer}/{escape(key)}", key=True),
                hint=_WHERE[_OF_STREAMS[key]],
            )
            continue
        near = _meant(key, kind)
        # Of operations, which have no keywords of one's own, a whole part may be lost.
        if near or (kind == "operation" and not key.startswith("x-")):
            diagnostics.warning(
                "Document/UnknownKey",
                f"`{key}` says nothing: OpenAPI has no such key there.",
                document.locate(f"{pointer}/{escape(key)}", key=True),
                hint=did_you_mean(near),
            )


def _check_media_type(pointer: str, document: Document, diagnostics: Diagnostics) -> None:
    """What stands below `content` is a media type, which has a slash (RFC 9110, section 8.3.1)."""
    above, _, key = pointer.rpartition("/")
    if "~1" in key or not above.endswith("/content"):
        return
    is_field = key in _KEYS["mediaType"]
    diagnostics.warning(
        "Document/MediaType",
        f"`{key}` is no media type.",
        document.locate(pointer, key=True),
        hint=f"Write `{key}` below a media type, such as `application/json:`."
        if is_field
        else "Write a type and a subtype, such as `application/json`.",
    )


def _check_required(
    schema: dict[str, Any], pointer: str, document: Document, diagnostics: Diagnostics
) -> None:
    """A property may be required and not described, but seldom one that sounds like another."""
    properties, required = schema.get("properties"), schema["required"]
    if not (isinstance(properties, dict) and isinstance(required, list)) or "allOf" in schema:
        return
    unknown = (
        (position, name)
        for position, name in enumerate(required)
        if isinstance(name, str) and name not in properties
    )
    for position, name in islice(unknown, _MAX_SUGGESTIONS):
        near = nearest(name, (one for one in sorted(properties) if one not in required), _ALIKE)
        if near:
            diagnostics.warning(
                "Schema/UnknownRequired",
                f"`{name}` is required, and no property.",
                document.locate(f"{pointer}/required/{position}"),
                hint=did_you_mean(near),
            )


@functools.lru_cache(maxsize=4096)
def _meant(key: str, kind: str) -> str | None:
    """The key that one was probably meant to be; documents have few keys, each often."""
    is_extension = key.startswith("x-")
    known = [one for one in sorted(_KEYS[kind]) if one.startswith("x-") == is_extension]
    vendor = "-".join([*key.split("-")[:2], ""]) if is_extension else ""
    if names := [one.removeprefix(vendor) for one in known if vendor and one.startswith(vendor)]:
        # What all names of a vendor have in common makes none of them like another.
        near = nearest(key.removeprefix(vendor), names, _ALIKE)
        return near and vendor + near
    return nearest(key, known, _ALIKE)
