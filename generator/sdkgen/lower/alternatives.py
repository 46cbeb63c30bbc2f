"""The members of unions: what a schema is one of, unions in unions laid flat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sdkgen.diagnostics import fail
from sdkgen.lower.shapes import (
    COMPONENTS,
    Shape,
    Shapes,
    is_component,
    mapped_pointer,
    members_of,
    parts_of,
)
from sdkgen.lower.tags import discriminator
from sdkgen.source.document import Document, RefError

MAX_MEMBERS: Final = 5000
"""The largest unions of real documents have some 300."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the members of a union, or the one schema that is none.

    Attributes:
        pointer: Where the member itself is defined.
        schema: What stands there.
        shape: The object it is, with what the union says of all members; None for another type.
        whole: Whether the definition there is all there is to it.
        tags: The values that a discriminator's mapping gives it.
        implied: The event type that a discriminator without a mapping does: its name (OpenAPI
            3.1, section 4.8.25).
    """

    pointer: str
    schema: Any
    shape: Shape | None
    whole: bool
    tags: tuple[str, ...] = ()
    implied: str | None = None


@dataclass(frozen=True, slots=True)
class Alternation:
    """A union, which may be an object beside it: then each of its members is that, too.

    Attributes:
        members: Where the members are, or the union that `allOf` names.
        base: What is said of all of them; None where that is no object.
        told_by: The property that its discriminator names.
    """

    members: tuple[str, ...]
    base: Shape | None
    told_by: str | None


class Alternatives:
    """Finds the members of a document's unions."""

    def __init__(self, document: Document, shapes: Shapes) -> None:
        self._document = document
        self._shapes = shapes
        self._alternations: dict[str, Alternation | None] = {}
        self._below: dict[str, set[str]] = {}

    def of(self, pointer: str) -> list[Alternative]:
        """The members that a schema is a union of, unions in unions laid flat; or just itself.

        Raises:
            DocumentError: They are more than `MAX_MEMBERS`: layers of unions multiply.
        """
        return self._alternatives(pointer, {})

    def _alternatives(self, pointer: str, known: dict[str, list[Alternative]]) -> list[Alternative]:
        """Likewise. Each schema is looked at once: `known` has it."""
        try:
            node = self._document.resolve(pointer)
        except RefError:
            return []
        if node.pointer not in known:
            known[node.pointer] = []  # for who comes back here in a circle
            if isinstance(node.value, dict):
                known[node.pointer] = self._members(node.value, node.pointer, known)
        return known[node.pointer]

    def _members(
        self, schema: Mapping[str, Any], pointer: str, known: dict[str, list[Alternative]]
    ) -> list[Alternative]:
        found = self.alternation(schema, pointer)
        if found is None:
            return [Alternative(pointer, schema, self._shapes.of(schema, pointer), whole=True)]
        members = self._laid_flat(found.members, schema.get("discriminator"), pointer, known)
        base = found.base
        if base is None or not base.properties:
            return members
        return [
            replace(one, shape=base.merged(one.shape or Shape()), whole=False) for one in members
        ]

    def alternation(self, schema: Mapping[str, Any], pointer: str) -> Alternation | None:
        """The union that a schema is, by itself or by a part of `allOf`; None where it is none.

        `allOf` is an intersection (JSON Schema, section 10.2.1.1): an object and a union are the
        union of its members, each with what the object has. Of several unions the first is it.
        """
        if pointer not in self._alternations:
            self._alternations[pointer] = self._alternation(schema, pointer)
        return self._alternations[pointer]

    def _alternation(self, schema: Mapping[str, Any], pointer: str) -> Alternation | None:
        told_by, keyword = discriminator(schema), members_of(schema)
        if keyword is not None:
            rest = {key: value for key, value in schema.items() if key != keyword}
            listed = [f"{pointer}/{keyword}/{at}" for at in range(len(schema[keyword]))]
            return Alternation(tuple(listed), self._shapes.of(rest, pointer), told_by)
        for part in parts_of(schema, pointer):
            if (found := self._union_at(part, pointer)) is not None:
                base = self._shapes.of(schema, pointer)
                return Alternation((part,), base, told_by or found.told_by)
        return None

    def _union_at(self, part: str, owner: str) -> Alternation | None:
        """The union that a part of a schema is; None where it is none.

        Nor is it one for its own members: they extend the object that it is beside the union.
        """
        try:
            node = self._document.resolve(part)
        except RefError:
            return None
        if not isinstance(node.value, dict) or owner in self._reached(node.pointer):
            return None
        return self.alternation(node.value, node.pointer)

    def _reached(self, pointer: str) -> set[str]:
        """What the schema at a pointer is one of or made of, and what those are; itself, too."""
        if pointer in self._below:
            return self._below[pointer]
        found, waiting = set[str](), [pointer]
        while waiting:
            try:
                node = self._document.resolve(waiting.pop())
            except RefError:
                continue  # reported when the document was read
            if node.pointer in found or not isinstance(node.value, dict):
                continue
            found.add(node.pointer)
            keyword = members_of(node.value)
            listed = node.value[keyword] if keyword else ()
            waiting += [f"{node.pointer}/{keyword}/{position}" for position in range(len(listed))]
            waiting += parts_of(node.value, node.pointer)
        return self._below.setdefault(pointer, found)

    def _laid_flat(
        self,
        listed: Sequence[str],
        discriminator: Any,
        pointer: str,
        known: dict[str, list[Alternative]],
    ) -> list[Alternative]:
        tags_of = _tags(discriminator)
        members: dict[tuple[object, ...], Alternative] = {}
        for one in listed:
            for member in self._alternatives(one, known):
                tags = member.tags or tuple(tags_of.get(member.pointer, ()))
                implied = member.implied or _implied(discriminator, member.pointer)
                # What several ways lead to is one member, unless they add to it.
                key = (member.pointer, tags, implied, id(member.shape))
                members[key] = replace(member, tags=tags, implied=implied)
            if len(members) > MAX_MEMBERS:
                message = f"with what is in its members, this union has more than {MAX_MEMBERS:,}"
                where = self._document.locate(pointer)
                hint = "list the members that there are, once each"
                fail("Schema/TooManyMembers", message, where, hint)
        return list(members.values())


def _tags(discriminator: Any) -> dict[str, list[str]]:
    """The tags that a discriminator's mapping gives, by the pointer that it gives them to."""
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    found: dict[str, list[str]] = {}
    for tag, target in mapping.items() if isinstance(mapping, dict) else ():
        if isinstance(target, str):
            found.setdefault(mapped_pointer(target), []).append(tag)
    return found


def _implied(discriminator: Any, pointer: str) -> str | None:
    if not isinstance(discriminator, dict) or isinstance(discriminator.get("mapping"), dict):
        return None
    if discriminator.get("propertyName") != "event" or not is_component(pointer):
        return None
    return pointer.removeprefix(COMPONENTS).replace("~1", "/").replace("~0", "~")
