"""The members of unions: what a schema is one of, unions in unions laid flat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
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


class Alternatives:
    """Finds the members of a document's unions."""

    def __init__(self, document: Document, shapes: Shapes) -> None:
        self._document = document
        self._shapes = shapes

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
        keyword = members_of(schema)
        if keyword is not None:
            rest = {key: value for key, value in schema.items() if key != keyword}
            base = self._shapes.of(rest, pointer)
            listed = [f"{pointer}/{keyword}/{at}" for at in range(len(schema[keyword]))]
        elif (union := self._union_in(schema, pointer)) is not None:
            own = {key: value for key, value in schema.items() if key not in ("$ref", "allOf")}
            base = self._shapes.of(own, pointer) or Shape()
            for part in parts_of(schema, pointer):
                if part != union:
                    base = (self._shapes.at(part) or Shape()).merged(base)
            listed = [union]
        else:
            return [Alternative(pointer, schema, self._shapes.of(schema, pointer), whole=True)]
        members = self._laid_flat(listed, schema.get("discriminator"), pointer, known)
        if base is None or not base.properties:
            return members
        return [
            replace(one, shape=base.merged(one.shape or Shape()), whole=False) for one in members
        ]

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

    def _union_in(self, schema: Mapping[str, Any], pointer: str) -> str | None:
        """The one member of `allOf` that is a union, beside what all its members have."""
        unions = []
        for part in parts_of(schema, pointer):
            with suppress(RefError):
                value = self._document.resolve(part).value
                if isinstance(value, dict) and members_of(value) is not None:
                    unions.append(part)
        return unions[0] if len(unions) == 1 and "allOf" in schema else None


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
