"""Reads an OpenAPI document: from YAML or JSON, in one file or many, of 3.0, 3.1 or 3.2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sdkgen.source import (
    check,
    dialect,
    links,
    load,
    overlay,
    polymorphism,
    refs,
    schemas,
    spelling,
)
from sdkgen.source.document import (
    Document,
    Located,
    OperationNode,
    RefError,
    is_pure_reference,
)
from sdkgen.source.head import mend_head
from sdkgen.source.neighbours import Neighbours
from sdkgen.text import Text, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sdkgen.diagnostics import Diagnostics

__all__ = ["Document", "Located", "OperationNode", "RefError", "read", "read_text"]


def read(spec: str, diagnostics: Diagnostics, overlays: Iterable[str] = ()) -> Document:
    """Read a document.

    Args:
        spec: A path, a URL, or ``-`` for standard input.
        diagnostics: Takes everything that is wrong with it, and can be worked around.
        overlays: Paths or URLs of overlays, which change it in this order.

    Raises:
        DocumentError: There is no way on.
    """
    text = load.read(spec, diagnostics)
    changes = [load.read(one, diagnostics) for one in overlays]
    if changes and isinstance(text.data, dict):
        text = overlay.overlaid(text, changes, diagnostics)
    return _read(text, spec, diagnostics)


def read_text(text: bytes, name: str, diagnostics: Diagnostics) -> Document:
    """Read a document that is in memory already.

    Args:
        text: YAML or JSON, in UTF-8.
        name: How diagnostics call it, and where files that it refers to are looked for.
        diagnostics: Takes everything that is wrong with it, and can be worked around.

    Raises:
        DocumentError: There is no way on.
    """
    return _read(parse(text, name, diagnostics), name, diagnostics)


def _read(text: Text, address: str, diagnostics: Diagnostics) -> Document:
    dialect.check_version(text)
    neighbours = Neighbours(text, address, diagnostics)
    bundle = refs.bundle(text, neighbours, diagnostics)
    document = Document(text.name, bundle.root, bundle.origins)
    document.is_one_file = not neighbours.were_read
    referring: list[str] = []
    queries: list[tuple[str, dict[str, Any]]] = []
    for place in bundle.places():
        spelling.check(place, document, diagnostics)
        if place.kind == "mediaType" and is_pure_reference(place.value):
            referring.append(place.pointer)
        if place.kind == "parameter" and dialect.is_query_string(place.value):
            queries.append((place.pointer, place.value))
        if place.kind == "schema":
            schema = place.value
            if moved := dialect.normalise(schema):
                bundle.origins.move(place.pointer, *moved)
                schema = schema["anyOf"][0]
            schemas.check(place, document.locate, diagnostics)
            if schema.__class__ is dict and "discriminator" in schema:
                document.told_apart.append(schema)
    if bundle.is_deep:
        links.settle(bundle.places(), bundle.root, bundle.origins, diagnostics)
    dialect.settle_media_types(referring, bundle.root, bundle.origins)
    dialect.settle_query_strings(queries, bundle.origins)
    polymorphism.settle(document.told_apart, bundle.root)
    bundle.root["openapi"] = dialect.SHAPE
    mend_head(document, diagnostics)
    document.operations = check.operations(document, diagnostics)
    return document
