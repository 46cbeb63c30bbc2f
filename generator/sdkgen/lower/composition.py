"""What the types of schemas are made of, and which are made of themselves.

A model is a name for what it has, so that nothing is made of it but its name. What is left may be
a part of itself still: a list of lists of lists. Such a type needs a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sdkgen.lower.alternatives import Alternatives
from sdkgen.lower.circles import Circles, deepest_first
from sdkgen.lower.shapes import (
    Shape,
    Shapes,
    has_values,
    kinds_of,
    members_of,
    parts_of,
    says_something,
    without_parts,
)
from sdkgen.lower.tags import Tags
from sdkgen.source.document import Document, RefError


class Composition:
    """Knows what the types of a document's schemas are made of."""

    def __init__(
        self, document: Document, shapes: Shapes, alternatives: Alternatives, tags: Tags
    ) -> None:
        self._document = document
        self._shapes = shapes
        self._alternatives = alternatives
        self._tags = tags
        self._known: dict[str, tuple[str, ...]] = {}
        self._circles = Circles(self._made_of)

    def is_recursive(self, pointer: str) -> bool:
        """Whether the type of the schema at a pointer is made of itself, among others."""
        return bool(self._circles.of(pointer))

    def deepest_first(self, pointer: str, known: Mapping[str, object]) -> list[str]:
        """The pointers of a schema and of what its type is made of, in the order to make them.

        Args:
            pointer: Where the schema is.
            known: What is made.
        """
        return list(deepest_first(pointer, self._made_of, known))

    def other_name(self, schema: Mapping[str, Any], pointer: str) -> str | None:
        """The pointer of the schema for which one is but another name; None where it is more."""
        parts = self.parts(schema, pointer)
        own = set(schema) & {"properties", "required", "oneOf", "anyOf"}
        if len(parts) == 1 and not own and pointer not in self._tags:
            return parts[0]
        found = self._alternatives.alternation(pointer)
        if found is not None and found.base is not None and not found.base.properties:
            return found.members[0]
        return None

    def parts(self, schema: Mapping[str, Any], pointer: str) -> list[str]:
        """The pointers of what a schema is made of beside itself, and that says anything."""
        parts = parts_of(schema, pointer)
        return [part for part in parts if says_something(self._document.at(part))]

    def _made_of(self, pointer: str) -> tuple[str, ...]:
        """The pointers of what has, or may have, a name, and is in the type of a schema."""
        if pointer not in self._known:
            found: dict[str, None] = {}
            waiting = [(pointer, self._document.at(pointer))]
            while waiting:
                here, schema = waiting.pop()
                for part in self._inside(schema, here):
                    try:
                        node = self._document.resolve(part)
                    except RefError:
                        continue  # reported when the document was read
                    if node.pointer.startswith(f"{here}/"):
                        waiting.append((node.pointer, node.value))
                    else:
                        found[node.pointer] = None
            self._known[pointer] = tuple(found)
        return self._known[pointer]

    def _inside(self, schema: Any, pointer: str) -> Iterator[str]:
        """The pointers of what is in the type of a schema, as it is made of them."""
        if not isinstance(schema, dict):
            return
        whole = self._alternatives.alternation(pointer)
        is_of_models = whole is not None and whole.base is not None and whole.base.properties
        if keyword := members_of(schema):
            if not is_of_models:
                yield from (f"{pointer}/{keyword}/{at}" for at in range(len(schema[keyword])))
        elif parts_of(schema, pointer):
            shape = self._shapes.of(schema, pointer)
            if (other := self.other_name(schema, pointer)) is not None:
                yield other
            elif shape is not None and not is_of_models:
                yield from _values(shape)
            elif shape is None:
                yield from self.parts(schema, pointer)
                yield from self._inside(without_parts(schema), pointer)
        elif not has_values(schema):
            kinds = kinds_of(schema)
            if "array" in kinds and "items" in schema:
                yield f"{pointer}/items"
            if "object" in kinds:
                yield from _values(self._shapes.of(schema, pointer) or Shape())


def _values(shape: Shape) -> Iterator[str]:
    """The pointers of what an object is a mapping to, where it is one."""
    if not shape.properties:
        yield from shape.others
