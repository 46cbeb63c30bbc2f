"""Schemas to types: every schema that an operation needs becomes a type or a definition.

Only what is reachable is defined. Constraints on values (lengths, patterns, ranges) are
left to the server: a client that refuses what its server sends helps no one. For the same
reason enumerations stay open, and objects keep properties that they do not know.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeVar

from sdkgen.ir.types import (
    Alias,
    Choice,
    Definitions,
    Field,
    ListOf,
    MapOf,
    Model,
    Named,
    Primitive,
    TypeRef,
    Union,
    optional,
    reachable,
    union,
)
from sdkgen.lower import names, renames
from sdkgen.lower.alternatives import Alternatives
from sdkgen.lower.class_names import ClassNames, shorten
from sdkgen.lower.composition import Composition
from sdkgen.lower.given import GivenNames
from sdkgen.lower.hints import Hints, item_hint
from sdkgen.lower.literals import constant, enumeration, plain
from sdkgen.lower.shapes import (
    Shape,
    Shapes,
    has_values,
    is_component,
    is_null,
    kinds_of,
    members_of,
    parts_of,
    says_something,
    text_of,
    without_parts,
)
from sdkgen.lower.tags import Tags, discriminator
from sdkgen.lower.unions import settle_discriminators, without_circles
from sdkgen.source.document import Document, RefError

T = TypeVar("T")

_LONG_CHOICE: Final = 6
"""Values of an inline enumeration, or members of an inline union, beyond which it gets a name:
signatures stay legible.
"""


class Schemas:
    """The types of a document, and the definitions that they need."""

    def __init__(
        self,
        document: Document,
        tags: Tags,
        given: GivenNames,
        class_names: ClassNames,
    ) -> None:
        """Take a document, and what is known of names.

        Args:
            document: What the schemas are in.
            tags: What its discriminators say.
            given: The names that were given to models and fields.
            class_names: Those of definitions.
        """
        self.shapes = Shapes(document)
        self.alternatives = Alternatives(document, self.shapes)
        self.hints = Hints(document, self.shapes, class_names)
        self._document = document
        self._defined: dict[str, Model | Alias] = {}
        self._types: dict[str, TypeRef] = {}
        self._unfinished: list[Callable[[], Model]] = []
        self._composition = Composition(document, self.shapes, self.alternatives, tags)
        self._names = class_names
        self._tags = tags
        self._given = given.fields

    @property
    def known(self) -> Definitions:
        """All definitions so far, in the order in which they were needed, as yet unsettled."""
        return self._defined

    def definitions(self) -> Definitions:
        """All definitions so far, in alphabetical order."""
        return settle_discriminators(without_circles(dict(sorted(self._defined.items()))))

    def type_at(self, pointer: str, hint: str) -> TypeRef:
        """The type of the schema at a pointer.

        Args:
            pointer: Where the schema is.
            hint: The name for its definition, if it needs one and has none.
        """
        type_ = self._at(pointer, hint)
        self._finish()
        return type_

    def name_of(self, pointer: str, hint: str) -> str:
        """The name of the definition that stands, or would stand, for the schema at a pointer."""
        return self._names.get(pointer) or self._names.claim(hint, pointer)

    def lowered(self, lower: Callable[[], T]) -> T:
        """What a part of the document comes to, which may ask for a name more than once.

        Then it is done again, and nothing else, if that name was not asked for before it.
        """
        while True:  # each time with more names that go to none, of which there is an end
            names_before, types, defined = self._names.mark(), len(self._types), len(self._defined)
            found = lower()
            if not self._names.take_back(names_before):
                return found
            shorten(self._types, types)
            shorten(self._defined, defined)

    def define(self, pointer: str, definition: Model | Alias) -> Named:
        """Make a definition that stands for the schema at a pointer."""
        self._defined[definition.name] = definition
        self._types[pointer] = Named(definition.name)
        return Named(definition.name)

    def defined(self, name: str) -> Model | Alias | None:
        """The definition of a name."""
        return self._defined.get(name)

    def _finish(self) -> None:
        """Find out what is in the models of which only the names are known.

        Not where they are met: one after the other, they are more than fit on Python's stack.
        """
        while self._unfinished:
            model = self._unfinished.pop()()
            self._defined[model.name] = model

    def _at(self, pointer: str, hint: str) -> TypeRef:
        try:
            node = self._document.resolve(pointer)
        except RefError:
            return Primitive.ANY  # reported when the document was read
        if is_component(node.pointer) or self._composition.is_recursive(node.pointer):
            return self._named(node.pointer)
        if (same := self._component_like(node.value, node.pointer)) is not None:
            return self._named(same)
        if node.pointer != pointer:
            hint = self.hints.there(node.pointer)
        return self._type(node.value, node.pointer, hint)

    def _component_like(self, schema: Any, pointer: str) -> str | None:
        """The component that a schema repeats where it says that it is called like one."""
        said = renames.of_model(schema, pointer)
        found = None if said is None else self._names.component(said)
        alike = found is not None and _structure(schema) == _structure(self._document.at(found))
        return found if alike else None

    def _named(self, pointer: str) -> TypeRef:
        """The type of a schema that has a name, or needs one to be a part of itself."""
        left = self._composition.deepest_first(pointer, self._types)
        recursive = [one for one in left if self._composition.is_recursive(one)]
        self._types |= {one: Named(self._name_at(one)) for one in recursive}
        for one in left:
            schema, name = self._document.at(one), self._name_at(one)
            type_ = self._type(schema, one, name)
            if name not in self._defined and (_deserves_name(type_) or one in recursive):
                self._defined[name] = Alias(name, type_, text_of(schema, "description"))
                type_ = Named(name)
            self._types[one] = type_
        return self._types[pointer]

    def _name_at(self, pointer: str) -> str:
        hint = "" if is_component(pointer) else self.hints.there(pointer)
        return self.name_of(pointer, hint)

    def _type(self, schema: Any, pointer: str, hint: str) -> TypeRef:
        if not isinstance(schema, dict):
            return Primitive.ANY
        if not is_component(pointer):
            hint = self.hints.said(pointer) or hint
        if members_of(schema):
            return self._union(pointer, schema, hint)
        if parts_of(schema, pointer):
            return self._merged(schema, pointer, hint)
        if "const" in schema:
            return constant(schema["const"])
        if has_values(schema):
            return self._enumeration(schema["enum"], pointer, hint)
        return union(*(self._of_kind(kind, schema, pointer, hint) for kind in kinds_of(schema)))

    def _of_kind(self, kind: Any, schema: Mapping[str, Any], pointer: str, hint: str) -> TypeRef:
        if kind == "object":
            return self._object(self.shapes.of(schema, pointer) or Shape(), pointer, hint)
        if kind == "array":
            if "items" not in schema:
                return ListOf(Primitive.ANY)
            return ListOf(self._at(f"{pointer}/items", item_hint(hint)))
        return plain(kind, schema)

    def _object(self, shape: Shape, pointer: str, hint: str) -> TypeRef:
        if not shape.properties:
            values = [self._at(other, f"{hint}Value") for other in shape.others]
            return MapOf(union(*values) if values else Primitive.ANY)
        return self._model(shape, pointer, hint)

    def _model(self, shape: Shape, pointer: str, hint: str, tagged: Sequence[str] = ()) -> Named:
        """The model that an object is.

        Args:
            shape: The object.
            pointer: What its definition stands for.
            hint: The name for it, if it has none.
            tagged: Where the schemas are that discriminators speak of, if they speak of others.
        """
        name = self.name_of(pointer, hint)
        if name not in self._defined:
            self._defined[name] = Model(name, ())
            self._unfinished.append(
                partial(self._finished, name, pointer, shape, tagged or (pointer,))
            )
        return Named(name)

    def _finished(self, name: str, pointer: str, shape: Shape, tagged: Sequence[str]) -> Model:
        tags: dict[str, tuple[str, ...]] = {}
        for one in tagged:
            tags |= self._tags.get(one, {})
        # A discriminator's mapping says what is in a property that the model itself forgot.
        fields = [
            Field(wire, Choice(values), required=True)
            for wire, values in tags.items()
            if wire not in shape.properties and len(values) == 1
        ]
        fields += [self._field(name, shape, wire, tags.get(wire)) for wire in shape.properties]
        given = _given_attributes(shape, tags, self._given.get(pointer, {}))
        own = (field.name for field in fields if field.name not in given)
        classes = reachable((one.type for one in fields), self._defined, lambda _: ())
        attributes = {**names.attributes(own, given.values(), classes), **given}
        fields = [
            replace(one, attribute=attributes[one.name]) if one.name in attributes else one
            for one in fields
        ]
        return Model(name, tuple(fields), shape.description, shape.is_open)

    def _field(self, owner: str, shape: Shape, wire: str, tags: tuple[str, ...] | None) -> Field:
        found = shape.properties[wire]
        type_: TypeRef = (
            Choice(tags)
            if tags
            else self._at(found.pointer, self.hints.of_property(owner, found, wire))
        )
        return Field(
            wire,
            type_,
            bool(tags) or wire in shape.required,
            text_of(found.schema, "description"),
            read_only=self.shapes.says(found, "readOnly"),
            write_only=self.shapes.says(found, "writeOnly"),
            may_be_unsaid=bool(tags) and wire not in shape.required,
        )

    def _merged(self, schema: Mapping[str, Any], pointer: str, hint: str) -> TypeRef:
        shape = self.shapes.of(schema, pointer)
        if (other := self._composition.other_name(schema, pointer)) is not None:
            return self._at(other, hint)
        found = self.alternatives.alternation(pointer)
        if found is not None and found.base is not None:
            return self._union_with_base(pointer, found.base, hint, found.told_by)
        if shape is not None:
            return self._object(shape, pointer, hint)
        # Something of it is no object: what can be said for sure is its first part.
        types = [self._at(part, hint) for part in self._composition.parts(schema, pointer)]
        own = without_parts(schema)
        if says_something(own):
            types.append(self._type(own, pointer, hint))
        return next((type_ for type_ in types if type_ is not Primitive.ANY), Primitive.ANY)

    def _union(self, pointer: str, schema: Mapping[str, Any], hint: str) -> TypeRef:
        whole = self.alternatives.alternation(pointer)
        if whole is not None and whole.base is not None and whole.base.properties:
            return self._union_with_base(pointer, whole.base, hint, whole.told_by)
        keyword = members_of(schema) or "oneOf"
        listed = [f"{pointer}/{keyword}/{position}" for position in range(len(schema[keyword]))]
        members = [one for one in listed if not is_null(self._document.at(one))]
        members = list({_structure(self._document.at(one)): one for one in members[::-1]}.values())
        members.reverse()
        inline = [one for one in members if not self._is_reference(one)]
        is_long = len(members) > _LONG_CHOICE and not is_component(pointer)
        taken = (is_component(pointer) and len(members) > 1) or is_long
        shapes = [shape for one in inline if (shape := self.shapes.at(one)) is not None]
        often = Counter(wire for shape in shapes for wire in shape.properties)
        hints = dict.fromkeys(members, hint)
        if len(inline) > 1 or taken:
            hints |= {one: self.hints.of_member(one, hint, often) for one in inline}
        types = [self._at(member, own) for member, own in hints.items()]
        found = union(*types, discriminator=discriminator(schema)) if types else Primitive.NONE
        if is_long and isinstance(found, Union):
            found = self.define(pointer, Alias(self.name_of(pointer, hint), found))
        return optional(found) if any(is_null(self._document.at(one)) for one in listed) else found

    def _union_with_base(
        self, pointer: str, base: Shape, hint: str, told_by: str | None
    ) -> TypeRef:
        """The union of members that are all an object, too: each is a model of its own."""
        alternatives = self.alternatives.of(pointer)
        members = [one for one in alternatives if not is_null(one.schema)]
        often = Counter(wire for one in members if one.shape for wire in one.shape.properties)
        types: list[TypeRef] = []
        for one in members:
            # Not the definition that may stand there, but that and more.
            own, key = self.hints.of_member(one.pointer, hint, often), f"{one.pointer}#{pointer}"
            if len(members) == 1:
                own, key = hint, pointer
            if one.shape is not None:
                types.append(self._model(one.shape, key, own, (one.pointer, pointer)))
        if not types:  # it is one of itself, or null alone
            types.append(self._model(base, pointer, hint))
        told = union(*types, discriminator=told_by)
        return optional(told) if len(members) < len(alternatives) else told

    def _is_reference(self, pointer: str) -> bool:
        try:
            return is_component(self._document.resolve(pointer).pointer)
        except RefError:
            return False

    def _enumeration(self, values: list[Any], pointer: str, hint: str) -> TypeRef:
        type_ = enumeration(values)
        if not isinstance(type_, Union) or is_component(pointer):
            return type_
        choices = (one for one in type_.members if isinstance(one, Choice))
        if not any(len(one.values) > _LONG_CHOICE for one in choices):
            return type_
        not_null = union(*(one for one in type_.members if one is not Primitive.NONE))
        named = self.define(pointer, Alias(self.name_of(pointer, hint), not_null))
        return optional(named) if Primitive.NONE in type_.members else named


def _given_attributes(
    shape: Shape, tags: Container[str], configured: Mapping[str, str]
) -> dict[str, str]:
    """The names of attributes that the configuration gives, and those that extensions give.

    None is the wire's name of another property, or of a tag: models are made by either.
    """
    found = {wire: renames.of_field(one.schema) for wire, one in shape.properties.items()}
    said = {
        wire: names.attribute(name)
        for wire, name in found.items()
        if name is not None and wire not in configured
    }
    said = {
        wire: name
        for wire, name in said.items()
        if name not in shape.properties and name not in tags
    }
    own = {**{wire: names.attribute(wire) for wire in shape.properties}, **configured}
    taken = renames.undisputed(said, own) if said else {}
    return {**{wire: name for wire, name in taken.items() if name != own[wire]}, **configured}


def _deserves_name(type_: TypeRef) -> bool:
    """Whether a component is more than another name for a primitive or another component."""
    if isinstance(type_, Union):
        named = sum(isinstance(member, Named) for member in type_.members)
        others = any(not isinstance(member, Primitive | Named) for member in type_.members)
        return others or named > 1 or (named == 1 and type_.discriminator is not None)
    return isinstance(type_, Choice | ListOf | MapOf)


def _structure(schema: Any) -> str:
    """What a schema says of values, as text: alike for schemas that differ in words alone."""
    if isinstance(schema, dict):
        words = ("title", "description", "example", "examples")
        schema = {k: v for k, v in schema.items() if k not in words and not k.startswith("x-")}
    return json.dumps(schema, sort_keys=True, default=str)
