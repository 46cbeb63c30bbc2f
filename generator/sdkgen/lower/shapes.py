"""Objects as they really are: what `allOf` and `$ref` of a schema add up to.

A `Shape` is an object's properties from wherever they come, each with its pointer, so that
a finding about a property can still say where it is written.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from sdkgen.lower.circles import deepest_first
from sdkgen.source.document import Document, RefError
from sdkgen.text.pointers import escape

COMPONENTS: Final = "/components/schemas/"

_STRUCTURE: Final = frozenset(
    {
        *("type", "properties", "additionalProperties", "required", "items", "prefixItems"),
        *("enum", "const", "oneOf", "anyOf", "allOf", "$ref", "format", "patternProperties"),
    }
)
"""Keywords that say what a value is; a schema without any of them says nothing about it."""

_NOTHING: Final[Mapping[str, tuple[Any, ...]]] = {
    "additionalProperties": (True, {}),
    "properties": ({},),
    "required": ([],),
}
"""Values of such keywords that say nothing all the same."""

_CONTENT: Final = frozenset({"contentMediaType", "contentSchema"})


@dataclass(frozen=True, slots=True)
class Property:
    """A property's schema.

    Attributes:
        pointer: Where it is; of several that hold together, the last that says what it is.
        schema: What it says; all that they say, where there are several.
    """

    pointer: str
    schema: Any

    def narrowed(self, added: Property) -> Property:
        """This and another schema of the same property, both of which hold."""
        if not isinstance(self.schema, dict) or not isinstance(added.schema, dict):
            return added
        says_more = not (_STRUCTURE | _CONTENT).isdisjoint(added.schema.keys() - {"format"})
        place = added if says_more else self
        return Property(place.pointer, {**self.schema, **added.schema})


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: its properties, which of them it must have, and what else it may have.

    Attributes:
        others: The pointers of the schemas of other properties, each of which has one of them;
            none where they may be anything.
        is_open: Whether it is said in so many words that there may be other properties.
    """

    properties: Mapping[str, Property] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    description: str | None = None
    others: tuple[str, ...] = ()
    is_open: bool = False

    def merged(self, other: Shape) -> Shape:
        """Both at once. Where both say the same of a property, what the other one says holds."""
        properties = dict(self.properties)
        for name, added in other.properties.items():
            known = properties.get(name)
            properties[name] = added if known is None else known.narrowed(added)
        return Shape(
            properties,
            self.required | other.required,
            other.description or self.description,
            other.others or self.others,
            other.is_open or self.is_open,
        )


def is_component(pointer: str) -> bool:
    """Whether a pointer is that of a schema with a name of its own."""
    return pointer.startswith(COMPONENTS) and "/" not in pointer[len(COMPONENTS) :]


def says_something(schema: Any) -> bool:
    """Whether a schema says anything of what its values are."""
    return isinstance(schema, dict) and not _STRUCTURE.isdisjoint(schema)


def says_only_object(schema: Any) -> bool:
    """Whether all that a schema says is that a value is an object, of whatever properties."""
    if not isinstance(schema, dict) or schema.get("type") != "object":
        return False
    said = _STRUCTURE.intersection(schema) - {"type"}
    return all(schema[one] in _NOTHING.get(one, ()) for one in said)


def text_of(schema: Any, keyword: str) -> str | None:
    """What a schema says in words, in its title or its description; None where it says nothing."""
    value = schema.get(keyword) if isinstance(schema, dict) else None
    return value if isinstance(value, str) and value.strip() else None


def kinds_of(schema: Mapping[str, Any]) -> list[Any]:
    """The types that a schema says values have, or what it looks like where it says nothing."""
    said = schema.get("type")
    if isinstance(said, list):
        return said
    if said is None and (
        "properties" in schema or isinstance(schema.get("additionalProperties"), dict)
    ):
        return ["object"]
    return ["array" if said is None and "items" in schema else said]


def has_values(schema: Mapping[str, Any]) -> bool:
    """Whether a schema lists the values that it allows."""
    return "const" in schema or (isinstance(schema.get("enum"), list) and bool(schema["enum"]))


def members_of(schema: Mapping[str, Any]) -> str | None:
    """The keyword under which a schema lists alternatives: `oneOf` or `anyOf`."""
    for keyword in ("oneOf", "anyOf"):
        listed = schema.get(keyword)
        if isinstance(listed, list) and any(_is_alternative(member) for member in listed):
            return keyword
    return None


def _is_alternative(member: Any) -> bool:
    """Whether a member of a union is a type, and not a mere condition (``required: [a]``)."""
    return says_something(member) and set(member) & _STRUCTURE != {"required"}


def is_null(schema: Any) -> bool:
    """Whether a schema's one value is null."""
    return isinstance(schema, dict) and (
        schema.get("type") == "null"
        or ("const" in schema and schema["const"] is None)
        or schema.get("enum") == [None]
    )


class Shapes:
    """Finds the shapes of a document's schemas."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[str, Shape | None] = {}
        self._unions: dict[str, bool] = {}

    def at(self, pointer: str) -> Shape | None:
        """The object that the schema at a pointer is; None where it is something else."""
        try:
            node = self._document.resolve(pointer)
        except RefError:
            return None
        left = list(deepest_first(node.pointer, self.parts_at, self._known))
        self._known |= dict.fromkeys(left)  # for who comes back in a circle
        for one in left:
            self._known[one] = self.of(self._document.at(one), one)
        return self._known[node.pointer]

    def parts_at(self, pointer: str) -> Iterator[str]:
        """The pointers of what the schema at a pointer is made of."""
        schema = self._document.at(pointer)
        for part in parts_of(schema, pointer) if isinstance(schema, dict) else ():
            with suppress(RefError):  # reported when the document was read
                yield self._document.resolve(part).pointer

    def of(self, schema: Any, pointer: str) -> Shape | None:
        """The object that a schema is, unions aside; None where it is something else."""
        if not isinstance(schema, dict) or not _may_be_object(schema):
            return None
        parts: list[Shape] = []
        for part in parts_of(schema, pointer):
            if says_something(self._document.at(part)):
                found = self.at(part)
                if found is not None:
                    parts.append(found)
                elif not self._is_union(part):
                    return None
        own = self._own(schema, pointer)
        if own is None and not parts:
            return None
        own = own or Shape(description=schema.get("description"))
        return functools.reduce(Shape.merged, [*parts, own], Shape())

    def _is_union(self, pointer: str) -> bool:
        """Whether a schema is a union, by itself or by what it is made of."""
        try:
            start = self._document.resolve(pointer).pointer
        except RefError:
            return False
        left = list(deepest_first(start, self.parts_at, self._unions))
        self._unions |= dict.fromkeys(left, False)  # for who comes back in a circle
        for one in left:
            schema = self._document.at(one)
            is_union = isinstance(schema, dict) and members_of(schema) is not None
            self._unions[one] = is_union or any(map(self._unions.get, self.parts_at(one)))
        return self._unions[start]

    @staticmethod
    def _own(schema: Mapping[str, Any], pointer: str) -> Shape | None:
        """What a schema itself says of an object."""
        properties = schema.get("properties")
        extra = schema.get("additionalProperties")
        listed = schema.get("required") if isinstance(schema.get("required"), list) else None
        is_object = schema.get("type") == "object" or (
            isinstance(schema.get("type"), list) and "object" in schema["type"]
        )
        if not (is_object or properties or isinstance(extra, dict) or listed):
            return None
        return Shape(
            {
                name: Property(f"{pointer}/properties/{escape(name)}", value)
                for name, value in (properties or {}).items()
            },
            frozenset(name for name in listed or () if isinstance(name, str)),
            schema.get("description"),
            _others(schema, pointer),
            is_open=extra is True or isinstance(extra, dict),
        )

    def says(self, found: Property, keyword: str) -> bool:
        """Whether a property, or the schema that it refers to, has a keyword that is true."""
        schema = found.schema
        if isinstance(schema, dict) and "$ref" in schema and keyword not in schema:
            try:
                schema = self._document.resolve(found.pointer).value
            except RefError:
                return False
        return isinstance(schema, dict) and schema.get(keyword) is True

    def texts(self, schema: Any) -> tuple[str | None, ...]:
        """The only texts that a schema allows, and None for null; none where it allows others."""
        return self._texts(schema, {})

    def _texts(
        self, schema: Any, known: dict[str, tuple[str | None, ...]]
    ) -> tuple[str | None, ...]:
        """Likewise. What references lead to is looked at once: `known` has it."""
        if not isinstance(schema, dict):
            return ()
        if is_null(schema):
            return (None,)
        listed = [schema["const"]] if "const" in schema else schema.get("enum")
        if isinstance(listed, list):
            return tuple(listed) if all(isinstance(one, str | None) for one in listed) else ()
        reference, parts = schema.get("$ref"), schema.get("allOf")
        if isinstance(reference, str) and (
            found := self._texts_at(reference.removeprefix("#"), known)
        ):
            return found
        for part in parts if isinstance(parts, list) else ():
            if found := self._texts(part, known):
                return found
        keyword = members_of(schema)
        members = [self._texts(one, known) for one in schema[keyword]] if keyword else []
        if not all(members):
            return ()
        return tuple(dict.fromkeys(one for member in members for one in member))

    def _texts_at(
        self, pointer: str, known: dict[str, tuple[str | None, ...]]
    ) -> tuple[str | None, ...]:
        if pointer not in known:
            known[pointer] = ()  # for who comes back here in a circle
            with suppress(KeyError):
                known[pointer] = self._texts(self._document.at(pointer), known)
        return known[pointer]


def parts_of(schema: Mapping[str, Any], pointer: str) -> list[str]:
    """The pointers of what a schema is made of beside itself."""
    parts = []
    if isinstance(schema.get("$ref"), str):
        parts.append(schema["$ref"].removeprefix("#"))
    if isinstance(schema.get("allOf"), list):
        parts += [f"{pointer}/allOf/{position}" for position in range(len(schema["allOf"]))]
    return parts


def without_parts(schema: Mapping[str, Any]) -> dict[str, Any]:
    """What a schema says itself, beside what it is made of."""
    return {key: value for key, value in schema.items() if key not in ("$ref", "allOf")}


def _others(schema: Mapping[str, Any], pointer: str) -> tuple[str, ...]:
    """The pointers of the schemas of the properties that an object does not list."""
    found = {f"{pointer}/additionalProperties": schema.get("additionalProperties", True)}
    for pattern, value in schema.get("patternProperties", {}).items():
        found[f"{pointer}/patternProperties/{escape(pattern)}"] = value
    allowed = {where: value for where, value in found.items() if value is not False}
    return tuple(allowed) if all(map(says_something, allowed.values())) else ()


def _may_be_object(schema: Mapping[str, Any]) -> bool:
    said = schema.get("type", "object")
    return said == "object" or (isinstance(said, list) and "object" in said)


def mapped_pointer(target: str) -> str:
    """The pointer that a discriminator's mapping names, by reference or by schema name."""
    return target[1:] if target.startswith("#") else COMPONENTS + escape(target)
