"""Which responses are those of success, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sdkgen.ir.types import Primitive
from sdkgen.lower.literals import plain
from sdkgen.lower.mediatypes import is_json, is_text, is_xml
from sdkgen.lower.shapes import says_something
from sdkgen.source.document import Document, OperationNode, RefError
from sdkgen.text.pointers import escape


def successes(node: OperationNode) -> Iterator[tuple[str, str]]:
    """Media type and pointer of each Media Type Object of success."""
    for status, response in node.responses.items():
        if is_success(status, node.responses):
            for media_type in response.value.content or {}:
                yield media_type, f"{response.pointer}/content/{escape(media_type)}"


def is_success(status: str, responses: Mapping[str, Any]) -> bool:
    """Whether a response is one of success; `default` is, where no other is."""
    if status == "default":
        return not any(other.startswith("2") for other in responses)
    return status.startswith("2")


def are_bytes(document: Document, media_type: str, pointer: str) -> bool:
    """Whether an answer is bytes, in which no items are.

    Its schema says so or, where that is none of parts, its media type does.

    Args:
        document: The document.
        media_type: The answer's media type.
        pointer: Where its Media Type Object is.
    """
    media = document.mapping_at(pointer)
    if "itemSchema" in media:
        return False
    try:
        schema = document.resolve(f"{pointer}/schema").value if "schema" in media else None
    except RefError:
        return False
    if not isinstance(schema, dict) or not says_something(schema):
        schema = {"type": "string"}
    kind = schema.get("type")
    if plain(kind, schema) is Primitive.BINARY:
        return True
    return kind == "string" and not any(of(media_type) for of in (is_json, is_text, is_xml))
