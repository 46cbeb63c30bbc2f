"""Names for the definitions of schemas that have none: as they say, or after place, tag or kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from sdkgen.lower import names, renames
from sdkgen.lower.class_names import ClassNames, said_in
from sdkgen.lower.literals import constant_of
from sdkgen.lower.shapes import COMPONENTS, Property, Shapes, is_component, text_of
from sdkgen.source.document import Document
from sdkgen.text.pointers import escape

_ALL_OF: Final = re.compile(r"(/allOf/[0-9]+)+$")


class Hints:
    """What the definitions of a document may be called."""

    def __init__(self, document: Document, shapes: Shapes, class_names: ClassNames) -> None:
        self._document = document
        self._shapes = shapes
        self._names = class_names
        # What the members of lists say that they are called, by the pointer of the list.
        self._said_in: dict[str, Counter[str | None]] = {}

    def said(self, pointer: str) -> str | None:
        """What an extension says that a schema is called, if no other one beside it is."""
        said = renames.of_model(self._document.at(pointer), pointer)
        above, _, last = pointer.rpartition("/")
        if said is None or not last.isdigit():
            return said
        if above not in self._said_in:
            listed = self._document.at(above)
            self._said_in[above] = Counter(renames.of_model(one, pointer) for one in listed)
        return said if self._said_in[above][said] <= 1 else None

    def there(self, pointer: str) -> str:
        """For what is referred to: after where it stands, not after who refers to it."""
        if said := self.said(pointer):
            return said
        component = pointer[: pointer.find("/", len(COMPONENTS))]
        if (hint := self._names.get(component)) is None:
            return names.pascal("_".join(said_in(pointer)))
        below = pointer[len(component) :]
        for word in said_in(below):
            # As `of_property` has it.
            is_list = f"/{escape(word)}/items" in below
            hint = names.class_for_item(hint, word) if is_list else names.pascal(f"{hint}_{word}")
        return hint

    def of_property(self, owner: str, found: Property, wire: str) -> str:
        """For what a property holds: ``ChatEvent.data`` to ``ChatEventData``."""
        schema = found.schema
        # A part of an object that has a name of its own lends it to its properties.
        holder = _ALL_OF.sub("", found.pointer.rpartition("/properties/")[0])
        owner = self._names.get(holder) or owner
        called = renames.of_field(schema) or wire
        if isinstance(schema, dict) and (schema.get("type") == "array" or "items" in schema):
            # The hint is for the items; a list of them needs no name.
            return names.class_for_item(owner, called) + "s"
        return names.pascal(f"{owner}_{called}") if names.words(called) else f"{owner}Value"

    def of_member(self, pointer: str, hint: str, often: Mapping[str, int]) -> str:
        """For a member of a union that has none: as it says, or by its title, tag or kind.

        Args:
            pointer: Where the member is.
            hint: The name of the union.
            often: How many members have a property, by its name.
        """
        if is_component(pointer) and (name := self._names.get(pointer)):
            return names.pascal(f"{hint}_{name}")
        if said := self.said(pointer):
            return said
        schema = self._document.at(pointer)
        if title := text_of(schema, "title"):
            return names.pascal(
                title if names.words(title)[:1] == names.words(hint)[:1] else f"{hint}_{title}"
            )
        shape = self._shapes.at(pointer)
        for wire, found in (shape.properties if shape else {}).items():
            value = constant_of(found.schema)
            if isinstance(value, str) and wire in ("type", "event", "kind", "object", "role"):
                return names.pascal(f"{hint}_{value}")
        if shape is not None:
            known = {wire for wire in shape.properties if often.get(wire, 0) > 1}
            for wires in (shape.required - known, shape.properties.keys() - known, shape.required):
                if wires:
                    return names.pascal(f"{hint}_with_{min(wires)}")
        kind = schema.get("type", "value") if isinstance(schema, dict) else "value"
        return f"{hint}{names.pascal(str(kind))}"


def item_hint(hint: str) -> str:
    """For the items of a list that is a definition itself: they need another name."""
    one = names.singular(hint)
    return one if one != hint else f"{hint}Item"
