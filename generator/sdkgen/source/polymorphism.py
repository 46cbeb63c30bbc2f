"""What discriminators say of schemas, said by the schemas themselves.

A mapping names what there is (OpenAPI 3.1, section 4.8.25). Its targets belong to the union that
has it, listed there or not. Where a schema has a mapping and is no union, those that extend it by
`allOf` are meant wherever it is named: then it is their union, and what they extend is a schema
of its own.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final

from sdkgen.text.pointers import child, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMPONENTS: Final = "#/components/schemas"
_KEPT: Final = ("title", "description", "deprecated", "externalDocs")
"""What is said of a schema whichever of its kinds a value is."""


def settle(told_apart: Iterable[dict[str, Any]], root: dict[str, Any]) -> None:
    """Make unions of what discriminators map to.

    Args:
        told_apart: The schemas that have a discriminator. They are changed.
        root: The document. Its components may get new ones.
    """
    found = root.get("components")
    components = found.get("schemas") if isinstance(found, dict) else None
    if not isinstance(components, dict):
        return
    names = {id(schema): name for name, schema in components.items()}
    bases = {}
    for schema in told_apart:
        targets = dict.fromkeys(
            target for target in _mapped(schema).values() if _name_of(target) in components
        )
        if not targets:
            continue
        union = next((one for one in ("oneOf", "anyOf") if isinstance(schema.get(one), list)), None)
        if union is not None:
            names_left = _not_reached(map(_name_of, targets), schema[union], components)
            schema[union] += [{"$ref": one} for one in targets if _name_of(one) in names_left]
        elif (name := names.get(id(schema))) and any(
            _extends(components[_name_of(one)], name) for one in targets if _name_of(one) != name
        ):
            bases[name] = _part(name, schema, targets, components)
    for schema in components.values() if bases else ():
        parts = schema.get("allOf") if isinstance(schema, dict) else None
        if isinstance(parts, list):
            named = [(_referred(one), one) for one in parts]
            schema["allOf"] = [
                {"$ref": _reference(bases[name])} if name in bases else one for name, one in named
            ]


def _part(
    name: str, schema: dict[str, Any], targets: Iterable[str], components: dict[str, Any]
) -> str:
    """Make a schema the union of those that extend it, and give the name of what they extend."""
    own = f"{name}Base"
    while own in components:
        own += "Base"
    mapped, discriminator = _mapped(schema), schema.pop("discriminator")
    components[own] = dict(schema)
    for key in schema.keys() - {*_KEPT}:
        del schema[key]
    mapping = {
        tag: _reference(own) if _name_of(target) == name else target
        for tag, target in mapped.items()
    }
    schema["discriminator"] = {**discriminator, "mapping": mapping}
    listed = dict.fromkeys(own if _name_of(one) == name else _name_of(one) for one in targets)
    schema["oneOf"] = [{"$ref": _reference(one)} for one in listed]
    return own


def _mapped(schema: dict[str, Any]) -> dict[str, str]:
    """The references that a discriminator maps to, by tag."""
    discriminator = schema["discriminator"]
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    if not isinstance(mapping, dict):
        return {}
    return {tag: target for tag, target in mapping.items() if isinstance(target, str)}


def _not_reached(names: Iterable[str], members: list[Any], components: dict[str, Any]) -> set[str]:
    """Which of some components members neither are nor are made of."""
    left, seen = set(names), set[str]()
    waiting = deque(members)
    while left and waiting:
        member = waiting.popleft()  # what is nearest is most likely to be it
        reference = member.get("$ref") if isinstance(member, dict) else None
        if isinstance(reference, str) and (name := _name_of(reference)) not in seen:
            seen.add(name)
            left.discard(name)
            waiting.append(components.get(name))
        for keyword in ("oneOf", "anyOf", "allOf") if isinstance(member, dict) else ():
            listed = member.get(keyword)
            waiting += listed if isinstance(listed, list) else []
    return left


def _extends(schema: Any, base: str) -> bool:
    parts = schema.get("allOf") if isinstance(schema, dict) else None
    return isinstance(parts, list) and any(_referred(one) == base for one in parts)


def _referred(part: Any) -> str:
    """The component that a part refers to; empty where it does not."""
    said = part.get("$ref") if isinstance(part, dict) else None
    return _name_of(said) if isinstance(said, str) else ""


def _reference(name: str) -> str:
    return f"{_COMPONENTS}/{escape(name)}"


def _name_of(reference: str) -> str:
    """The name of a component that a reference is to; empty where it is to something else."""
    return child(_COMPONENTS, reference) or ""
