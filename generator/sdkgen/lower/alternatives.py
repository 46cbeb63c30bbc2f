"""The members of unions: what a schema is one of, unions in unions laid flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn

from sdkgen.diagnostics import fail
from sdkgen.lower.circles import Circles, deepest_first
from sdkgen.lower.shapes import (
    Shape,
    Shapes,
    is_component,
    mapped_pointer,
    members_of,
    parts_of,
)
from sdkgen.lower.tags import discriminator
from sdkgen.source.document import Document, RefError
from sdkgen.text.pointers import tokens

MAX_MEMBERS: Final = 5000
"""The largest unions of real documents have some 300."""
MAX_PROPERTIES: Final = 1_000_000
"""Of all members in all layers, and of these themselves: what a layer says is said of all below."""


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
        self._circles = Circles(self._members_and_parts)

    def of(self, pointer: str) -> list[Alternative]:
        """The members that a schema is a union of, unions in unions laid flat; or just itself.

        Raises:
            DocumentError: They are more than `MAX_MEMBERS`, or have more than `MAX_PROPERTIES`:
                layers of unions multiply.
        """
        try:
            node = self._document.resolve(pointer)
        except RefError:
            return []
        left = list(deepest_first(node.pointer, self._listed, ()))
        known: dict[str, list[Alternative]] = {one: [] for one in left}  # in a circle, nothing
        room = MAX_PROPERTIES
        for one in left:
            for member in self._members(one, known):
                room -= 1 + (len(member.shape.properties) if member.shape is not None else 0)
                if room < 0:
                    self._fail(one, f"{MAX_PROPERTIES:,} properties")
                known[one].append(member)
        return known[node.pointer]

    def _listed(self, pointer: str) -> Iterator[str]:
        """The pointers of the schemas that the one at a pointer is one of."""
        found = self.alternation(pointer)
        return self._resolved(found.members if found is not None else ())

    def _resolved(self, found: Iterable[str]) -> Iterator[str]:
        for one in found:
            with suppress(RefError):  # reported when the document was read
                yield self._document.resolve(one).pointer

    def _members(
        self, pointer: str, known: Mapping[str, list[Alternative]]
    ) -> Iterator[Alternative]:
        """The members that a schema is a union of, made one by one; or just itself."""
        schema = self._document.at(pointer)
        if not isinstance(schema, dict):
            return
        found = self.alternation(pointer)
        if found is None:
            yield Alternative(pointer, schema, self._shapes.of(schema, pointer), whole=True)
            return
        members = self._laid_flat(found.members, schema.get("discriminator"), pointer, known)
        base = found.base
        if base is None or not base.properties:
            yield from members
            return
        for one in members:
            yield replace(one, shape=base.merged(one.shape or Shape()), whole=False)

    def alternation(self, pointer: str) -> Alternation | None:
        """The union that a schema is, by itself or by a part of `allOf`; None where it is none.

        `allOf` is an intersection (JSON Schema, section 10.2.1.1): an object and a union are the
        union of its members, each with what the object has. Of several unions the first is it.
        """
        for one in list(deepest_first(pointer, self._shapes.parts_at, self._alternations)):
            self._alternations[one] = self._alternation(one)
        return self._alternations[pointer]

    def _alternation(self, pointer: str) -> Alternation | None:
        schema = self._document.at(pointer)
        if not isinstance(schema, dict):
            return None
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
        return None if node.pointer in self._circles.of(owner) else self.alternation(node.pointer)

    def _members_and_parts(self, pointer: str) -> Iterator[str]:
        """The pointers of what the schema at a pointer is one of, or made of."""
        schema = self._document.at(pointer)
        if isinstance(schema, dict):
            keyword = members_of(schema)
            listed = schema[keyword] if keyword else ()
            yield from self._resolved(f"{pointer}/{keyword}/{at}" for at in range(len(listed)))
            yield from self._shapes.parts_at(pointer)

    def _laid_flat(
        self,
        listed: Sequence[str],
        discriminator: Any,
        pointer: str,
        known: Mapping[str, list[Alternative]],
    ) -> list[Alternative]:
        tags_of = _tags(discriminator)
        members: dict[tuple[object, ...], Alternative] = {}
        for one in self._resolved(listed):
            for member in known[one]:
                tags = member.tags or tuple(tags_of.get(member.pointer, ()))
                implied = member.implied or _implied(discriminator, member.pointer)
                # What several ways lead to is one member, unless they add to it.
                key = (member.pointer, tags, implied, id(member.shape))
                members[key] = replace(member, tags=tags, implied=implied)
            if len(members) > MAX_MEMBERS:
                self._fail(pointer, f"{MAX_MEMBERS:,}")
        return list(members.values())

    def _fail(self, pointer: str, most: str) -> NoReturn:
        message = f"with what is in its members, this union has more than {most}"
        where = self._document.locate(pointer)
        fail("Schema/TooManyMembers", message, where, "list the members that there are, once each")


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
    return tokens(pointer)[-1]
