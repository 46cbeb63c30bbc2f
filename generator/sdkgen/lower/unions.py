"""What tells the members of a union apart: settled once all members are known.

A discriminator that a document declares is kept if members really have it; one that it does not
declare is found where members have a property with values of their own.

Servers add members. Where a union is a part of an answer, an object that the discriminator tells
to be none of the members is kept, as it came: the union is open. As the data of an event, it is
an event of an unknown kind, and the union stays closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final

from sdkgen.ir import api
from sdkgen.ir.streams import Envelopes, Payloads
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
    leaves_of,
    reachable,
    union,
)
from sdkgen.lower.circles import Circles
from sdkgen.lower.names import class_for_item

_DATA: Final = "data"
"""The field of an event that has what it says (WHATWG HTML, section 9.2.6)."""


def settle_discriminators(definitions: Definitions) -> Definitions:
    """The same definitions, each union with the discriminator that works for it.

    Such a union inside a list or a mapping gets a name: a discriminator belongs to a
    definition or to a field, and there it would be neither.
    """
    return _Settlement(definitions).settled()


def without_circles(definitions: Definitions) -> Definitions:
    """The same definitions, none a union of itself among others: of the others alone."""

    def aliases_in(name: str) -> Iterator[str]:
        alias = definitions[name]
        for one in _members(alias.type) if isinstance(alias, Alias) else ():
            if isinstance(one, Named) and isinstance(definitions.get(one.name), Alias):
                yield one.name

    circles = Circles(aliases_in)
    return {
        name: replace(one, type=_others(name, one.type, definitions))
        if isinstance(one, Alias) and circles.of(name)
        else one
        for name, one in definitions.items()
    }


def _others(name: str, type_: TypeRef, definitions: Definitions) -> TypeRef:
    """What the type of a name is one of beside itself."""
    found: dict[TypeRef, None] = {}
    waiting, seen = [*reversed(_members(type_))], set[str]()
    while waiting:
        member = waiting.pop()
        one = definitions.get(member.name) if isinstance(member, Named) else None
        if one is None or not isinstance(one, Alias):
            found[member] = None
        elif one.name not in seen:
            seen.add(one.name)
            waiting += reversed(_members(one.type) if one.name != name else ())
    return union(*found) if found else Primitive.ANY


@dataclass(slots=True)
class _Settlement:
    definitions: Definitions
    added: dict[str, Alias] = field(default_factory=dict)

    def settled(self) -> Definitions:
        found: dict[str, Model | Alias] = {}
        for name, one in self.definitions.items():
            if isinstance(one, Alias):
                found[name] = replace(one, type=self._type(one.type, name, "item"))
            else:
                found[name] = replace(one, fields=tuple(self._fields(name, one.fields)))
        return dict(sorted((found | self.added).items()))

    def _fields(self, owner: str, fields: Iterable[Field]) -> Iterator[Field]:
        for one in fields:
            if _may_have_unions(one.type):
                yield replace(one, type=self._type(one.type, owner, one.name))
            else:
                yield one

    def _type(self, type_: TypeRef, owner: str, member: str) -> TypeRef:
        if isinstance(type_, Union):
            parts = (self._type(one, owner, member) for one in type_.members)
            return self._told_apart(replace(type_, members=tuple(parts)))
        type_ = rebuilt(type_, self._told_apart)
        inside = isinstance(type_, ListOf | MapOf)
        return self._named(type_, class_for_item(owner, member)) if inside else type_

    def _told_apart(self, found: Union) -> Union:
        return replace(found, discriminator=discriminator_of(found, self.definitions))

    def _named(self, type_: TypeRef, name: str) -> TypeRef:
        if isinstance(type_, ListOf):
            return ListOf(self._named(type_.item, name))
        if isinstance(type_, MapOf):
            return MapOf(self._named(type_.value, name))
        if not isinstance(type_, Union) or type_.discriminator is None:
            return type_
        if self.added.get(name, self.definitions.get(name)) not in (None, Alias(name, type_)):
            return replace(type_, discriminator=None)
        self.added[name] = Alias(name, type_)
        return Named(name)


def _may_have_unions(type_: TypeRef) -> bool:
    """Whether a type is a union, or could have one inside: most are neither."""
    return isinstance(type_, Union | ListOf | MapOf)


def rebuilt(type_: TypeRef, change: Callable[[Union], TypeRef]) -> TypeRef:
    """A type with every union in it changed, from the inside out."""
    if isinstance(type_, ListOf):
        return ListOf(rebuilt(type_.item, change))
    if isinstance(type_, MapOf):
        return MapOf(rebuilt(type_.value, change))
    if isinstance(type_, Union):
        return change(replace(type_, members=tuple(rebuilt(one, change) for one in type_.members)))
    return type_


def discriminator_of(found: Union, definitions: Definitions) -> str | None:
    """The property that tells a union's members apart; None where there is no such property.

    Members have tags: the only values of it that they may have, best none that another has. A
    member that has none is text, say, or an object that may say anything there.
    """
    models = []
    for member in found.members:
        definition = definitions.get(member.name) if isinstance(member, Named) else None
        if isinstance(definition, Model):
            models.append(definition)
    members = [{one.name: one.type for one in model.fields} for model in models]
    said = [] if found.discriminator is None else [found.discriminator]
    said += ("type", "event", "kind", "object", "role")
    others = [name for name in members[0] if name not in said] if members else []
    second_best = None
    for name in (*said, *others):
        told = (tags_of(one[name], definitions) if name in one else () for one in members)
        # Of a name that means nothing by itself, one member without tags tells enough.
        tags = [one for one in told if one] if name in said else [*takewhile(bool, told)]
        distinct = {tag for one in tags for tag in one}
        if len(tags) < len(members) and name not in said:
            continue  # by chance, perhaps
        fewest = 1 if name == found.discriminator and len(models) == 1 else 2
        if len(tags) >= fewest and len(distinct) == sum(map(len, tags)):
            return name
        if len(set(tags)) > 1 and name in said and second_best is None:
            second_best = name
    return second_best


def tags_of(type_: TypeRef, definitions: Definitions) -> tuple[str, ...]:
    """The texts that a property is one of; none where it may be something else."""
    types = [leaf for leaf in leaves_of(type_, definitions) if leaf is not Primitive.NONE]
    choices = [one for one in types if isinstance(one, Choice)]
    if len(choices) < len(types):
        return ()
    values = (value for one in choices for value in one.values if isinstance(value, str))
    return tuple(dict.fromkeys(values))


def _members(type_: TypeRef) -> tuple[TypeRef, ...]:
    """What a value is one of."""
    return type_.members if isinstance(type_, Union) else (type_,)


def opened(definitions: Definitions, operations: Iterable[api.Operation]) -> Definitions:
    """The same definitions, with the unions open that are parts of the operations' answers."""
    types: list[TypeRef] = []
    events = set[str]()
    for operation in operations:
        types += (one.type for one in (*operation.returns, *operation.raises))
        match None if operation.stream is None else operation.stream.content:
            case Payloads(type=data):
                types += leaves_of(data, definitions)
            case Envelopes(variants=variants):
                events.update(one.model for one in variants)
    for model in (definitions[name] for name in events):
        for one in model.fields if isinstance(model, Model) else ():
            types += leaves_of(one.type, definitions) if one.name == _DATA else (one.type,)
    parts = reachable(types, definitions)
    return {
        name: _without_lone(
            _opened(one, is_part=name in parts) if name in parts or name in events else one
        )
        for name, one in definitions.items()
    }


def _without_lone(definition: Model | Alias) -> Model | Alias:
    """A definition whose unions have several members, new ones included."""
    if isinstance(definition, Alias):
        return replace(definition, type=rebuilt(definition.type, _if_several))
    fields = (
        replace(one, type=rebuilt(one.type, _if_several)) if _may_have_unions(one.type) else one
        for one in definition.fields
    )
    return replace(definition, fields=tuple(fields))


def _if_several(found: Union) -> TypeRef:
    return found.members[0] if len(found.members) == 1 and not found.is_open else found


def _opened(definition: Model | Alias, *, is_part: bool) -> Model | Alias:
    """A definition with its unions open, but for the data of what is an event alone."""
    if isinstance(definition, Alias):
        return replace(definition, type=_open(definition.type))
    fields = tuple(
        replace(one, type=_open(one.type))
        if isinstance(one.type, Union) and (is_part or one.name != _DATA)
        else one
        for one in definition.fields
    )
    return replace(definition, fields=fields)


def _open(type_: TypeRef) -> TypeRef:
    if isinstance(type_, Union) and type_.discriminator is not None:
        return replace(type_, is_open=True)
    return type_
