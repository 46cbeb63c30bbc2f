"""What the data of an event is: text, or JSON of some type."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sdkgen.ir import api
from sdkgen.ir.types import Primitive, TypeRef, union
from sdkgen.lower.mediatypes import is_json
from sdkgen.lower.schemas import Schemas
from sdkgen.lower.shapes import Property, is_null, members_of, parts_of
from sdkgen.source.document import Document, RefError


@dataclass(frozen=True, slots=True)
class Data:
    """How events' data is read, and what it is then."""

    kind: api.DataKind
    type: TypeRef


class EventData:
    """Lowers the data of events."""

    def __init__(self, document: Document, schemas: Schemas) -> None:
        self._document = document
        self._schemas = schemas

    def of(self, found: Property, hint: str) -> Data:
        """How the data of an event is read, which more than one schema may speak of."""
        return self._content(found.schema, found.pointer, hint) or self.at(found.pointer, hint)

    def at(self, pointer: str, hint: str) -> Data:
        """How data is read: text stays text, all else is JSON."""
        try:
            node = self._document.resolve(pointer)
        except RefError:
            return Data(api.DataKind.JSON, Primitive.ANY)
        schema = node.value
        keyword = members_of(schema) if isinstance(schema, dict) else None
        if keyword is not None:
            return self._of_union(node.pointer, schema, keyword, hint)
        found = self._content(schema, node.pointer, hint)
        if found is not None:
            return found
        return Data(self._kind(schema, node.pointer), self._schemas.type_at(pointer, hint))

    def _kind(self, schema: Any, pointer: str) -> api.DataKind:
        """How the data of a schema that is no union is read.

        All of what `allOf` says holds: one schema of text, wherever in it, makes it text.
        """
        waiting, seen = [(schema, pointer)], {pointer}
        while waiting:
            one, here = waiting.pop()
            said = one.get("type") if isinstance(one, dict) else None
            if is_text(one):
                return api.DataKind.TEXT
            if isinstance(said, list) and "string" in said:
                return api.DataKind.EITHER
            for part in reversed(parts_of(one, here)) if isinstance(one, dict) else ():
                with suppress(RefError):
                    found = self._document.resolve(part)
                    if found.pointer not in seen:
                        seen.add(found.pointer)
                        waiting.append((found.value, found.pointer))
        return api.DataKind.JSON

    def _content(self, schema: Any, pointer: str, hint: str) -> Data | None:
        """What text that is declared to be JSON holds; None for anything else."""
        media_type = schema.get("contentMediaType") if is_text(schema) else None
        if not isinstance(media_type, str) or not is_json(media_type):
            return None
        if "contentSchema" not in schema:
            return Data(api.DataKind.JSON, Primitive.ANY)
        type_ = self._schemas.type_at(f"{pointer}/contentSchema", hint)
        return Data(api.DataKind.JSON, type_)

    def _of_union(self, pointer: str, schema: Mapping[str, Any], keyword: str, hint: str) -> Data:
        members = [
            f"{pointer}/{keyword}/{position}"
            for position, member in enumerate(schema[keyword])
            if not is_null(member)
        ]
        parts = [self.at(member, hint) for member in members]
        kinds = {part.kind for part in parts}
        if kinds == {api.DataKind.JSON}:
            if any(is_text(self._document.resolve(member).value) for member in members):
                return Data(api.DataKind.JSON, union(*(part.type for part in parts)))
            return Data(api.DataKind.JSON, self._schemas.type_at(pointer, hint))
        kind = api.DataKind.TEXT if kinds == {api.DataKind.TEXT} else api.DataKind.EITHER
        return Data(kind, union(*(part.type for part in parts)))


def is_text(schema: Any) -> bool:
    """Whether a schema says of itself that its values are texts."""
    said = schema.get("type") if isinstance(schema, dict) else None
    return said == "string" or (isinstance(said, list) and set(said) <= {"string", "null"})
