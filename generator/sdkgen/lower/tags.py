"""What the discriminators of a document say of the objects that they tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sdkgen.lower.shapes import COMPONENTS, mapped_pointer
from sdkgen.source.document import Document

Tags = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The values that discriminators give to components' properties, by pointer and name."""


def discriminator(schema: Mapping[str, Any]) -> str | None:
    """The property that a schema says to tell its members apart (OpenAPI 3.1, section 4.8.25)."""
    found = schema.get("discriminator")
    name = found.get("propertyName") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None


def tags_by_component(document: Document) -> Tags:
    """What the discriminators of a document say.

    One without a mapping says that the values which its property is declared to have are tags.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for schema in document.told_apart:
        name = discriminator(schema)
        if name is None:
            continue
        mapping = schema["discriminator"].get("mapping")
        is_mapped = isinstance(mapping, dict)
        said = mapping.items() if is_mapped else _declared_tags(document.root, schema, name)
        for tag, target in said:
            if isinstance(target, str):
                found.setdefault(mapped_pointer(target), {}).setdefault(name, set()).add(tag)
    return {
        pointer: {name: tuple(sorted(tags[name])) for name in sorted(tags)}
        for pointer, tags in found.items()
    }


def _declared_tags(root: Any, schema: Mapping[str, Any], name: str) -> Iterator[tuple[str, str]]:
    """The values that a property is declared to have in the components that a union is of."""
    members = [*_list(schema.get("oneOf")), *_list(schema.get("anyOf"))]
    for member in members:
        reference = member.get("$ref") if isinstance(member, dict) else None
        if not isinstance(reference, str) or not reference.startswith(f"#{COMPONENTS}"):
            continue
        component = reference.removeprefix(f"#{COMPONENTS}")
        values = _list(_below(root, "components", "schemas", component, "properties", name, "enum"))
        if all(isinstance(value, str) for value in values):
            yield from ((value, reference) for value in values)


def _below(value: Any, *keys: str) -> Any:
    """What is in objects in objects, by the names on the way; None where that is nothing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
