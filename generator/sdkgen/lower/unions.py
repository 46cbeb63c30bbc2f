"""What tells the members of a union apart: settled once all members are known.

A discriminator that a document declares is kept if every member really has it; one that it
does not declare is found where all members have a property with values of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sdkgen.ir.types import (
    Alias,
    Choice,
    Definitions,
    ListOf,
    MapOf,
    Model,
    Named,
    Primitive,
    TypeRef,
    Union,
)


def settle_discriminators(definitions: Definitions) -> Definitions:
    """The same definitions, each union with the discriminator that works for it."""

    def settle(found: Union) -> Union:
        return replace(found, discriminator=discriminator_of(found, definitions))

    return {
        name: Alias(name, rebuilt(one.type, settle), one.description)
        if isinstance(one, Alias)
        else replace(
            one,
            fields=tuple(replace(field, type=rebuilt(field.type, settle)) for field in one.fields),
        )
        for name, one in definitions.items()
    }


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
    """The property that tells a union's members apart; None where there is no such property."""
    models = []
    for member in found.members:
        if member is Primitive.NONE:
            continue
        definition = definitions.get(member.name) if isinstance(member, Named) else None
        if not isinstance(definition, Model):
            return None
        models.append(definition)
    if len(models) < 2:  # noqa: PLR2004 - one model needs no telling apart
        return None
    first = [field.name for field in models[0].fields]
    candidates = [found.discriminator] if found.discriminator in first else []
    candidates += [name for name in ("type", "event", "kind", "object", "role") if name in first]
    return next((name for name in candidates if _tells_apart(name, models)), None)


def _tells_apart(name: str, models: list[Model]) -> bool:
    seen: set[object] = set()
    for model in models:
        tags = tags_of(model, name)
        if not tags or not seen.isdisjoint(tags):
            return False
        seen.update(tags)
    return True


def tags_of(model: Model, name: str) -> tuple[str, ...]:
    """The texts that a model's property is one of; none where it may be something else."""
    for field in model.fields:
        if field.name == name and field.required and isinstance(field.type, Choice):
            return tuple(value for value in field.type.values if isinstance(value, str))
    return ()
