"""What the data of an event is: text, or JSON of some type; and what tells its kinds apart."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from sdkgen.ir.streams import DataKind
from sdkgen.ir.types import Alias, Choice, Model, Named, Primitive, TypeRef, Union, leaves_of, union
from sdkgen.lower.eventcheck import FIELDS
from sdkgen.lower.mediatypes import is_json
from sdkgen.lower.schemas import Schemas
from sdkgen.lower.shapes import (
    Property,
    Shape,
    is_null,
    members_of,
    parts_of,
    says_something,
)
from sdkgen.lower.unions import discriminator_of
from sdkgen.source.document import Document, Located, RefError


@dataclass(frozen=True, slots=True)
class Data:
    """How events' data is read, and what it is then."""

    kind: DataKind
    type: TypeRef

    def as_json(self) -> Data:
        """The same where all data is JSON, whatever is said of it: of text, nothing is known."""
        return Data(DataKind.JSON, Primitive.ANY) if self.kind is DataKind.TEXT else self


class EventData:
    """Lowers the data of events."""

    def __init__(self, document: Document, schemas: Schemas) -> None:
        self._document = document
        self._schemas = schemas

    def of(self, found: Property, hint: str) -> Data:
        """How the data of an event is read, which more than one schema may speak of."""
        if content := self._content(found.schema, found.pointer, hint):
            return content
        data = self.at(found.pointer, hint)
        if data.kind is DataKind.TEXT or not is_text(found.schema):
            return data
        # One says that it is text, another one which text.
        leaves = leaves_of(data.type, self._schemas.known)
        known = all(one is Primitive.STRING or isinstance(one, Choice) for one in leaves)
        return Data(DataKind.TEXT, data.type if known else Primitive.STRING)

    def at(self, pointer: str, hint: str) -> Data:
        """How data is read: text stays text, all else is JSON."""
        members = self._members(pointer)
        contents = [self._content(one.value, one.pointer, hint) for one in members]
        parts = list(zip(members, contents, strict=True))
        kinds = {one.kind if one else self._kind(node.value, node.pointer) for node, one in parts}
        kind = kinds.pop() if len(kinds) == 1 else DataKind.EITHER
        if not members:
            kind = DataKind.JSON
        if any(contents) or kind is DataKind.TEXT:
            types = (
                one.type if one else self._schemas.type_at(node.pointer, hint)
                for node, one in parts
            )
            return Data(kind, union(*types))
        return Data(kind, self._schemas.type_at(pointer, hint))

    def only_text(self, shape: Shape | None) -> str | None:
        """The one text that an event's data can be; None where it can be something else."""
        data = None if shape is None else shape.properties.get("data")
        texts = () if data is None else self._schemas.shapes.texts(data.schema)
        return texts[0] if len(texts) == 1 else None

    def of_failure(self, media: str) -> str | None:
        """Where the schema is of what an error says that is declared to be a stream.

        That is the data of its first event; or JSON, for FastAPI exports all answers of an endpoint
        under the media type of its success.

        Args:
            media: Where its Media Type Object is.

        Returns:
            None also where it may be either: JSON that has a `data`, and nothing else of an event.
        """
        keyword = "itemSchema" if "itemSchema" in self._document.mapping_at(media) else "schema"
        said = f"{media}/{keyword}"
        shape = self._schemas.shapes.at(said)
        fields = shape.properties if shape is not None else {}
        if "data" in fields and fields.keys() <= {*FIELDS}:
            if keyword == "schema" and fields.keys() == {"data"}:
                return None
            said = fields["data"].pointer
        try:
            schema = self._document.resolve(said).value
        except RefError:
            return None
        return said if says_something(schema) and not is_text(schema) else None

    def tag(self, type_: TypeRef) -> str | None:
        """What tells the kinds of a value apart, and a new kind from a malformed value."""
        seen = set[str]()
        while isinstance(type_, Named) and type_.name not in seen:
            seen.add(type_.name)
            definition = self._schemas.defined(type_.name)
            if not isinstance(definition, Alias):
                return None
            type_ = definition.type
        if not isinstance(type_, Union):
            return None
        leaves = tuple(dict.fromkeys(leaves_of(type_, self._schemas.known)))
        return discriminator_of(replace(type_, members=leaves), self._schemas.known)

    def tag_of_model(self, model: str) -> str | None:
        """Likewise, of the data of an event by its model."""
        definition = self._schemas.defined(model)
        fields = definition.fields if isinstance(definition, Model) else ()
        return next((self.tag(field.type) for field in fields if field.name == "data"), None)

    def _members(self, pointer: str) -> list[Located[Any]]:
        """What a schema is one of, unions in unions laid flat, or itself; null aside."""
        found, waiting, seen = [], [pointer], set[str]()
        while waiting:
            try:
                node = self._document.resolve(waiting.pop())
            except RefError:
                continue  # reported when the document was read
            if node.pointer in seen or is_null(node.value):
                continue
            seen.add(node.pointer)
            keyword = members_of(node.value) if isinstance(node.value, dict) else None
            if keyword is None:
                found.append(node)
            else:
                positions = reversed(range(len(node.value[keyword])))
                waiting += [f"{node.pointer}/{keyword}/{position}" for position in positions]
        return found

    def _kind(self, schema: Any, pointer: str) -> DataKind:
        """How the data of a schema that is no union is read.

        All of what `allOf` says holds: one schema of text, wherever in it, makes it text.
        """
        waiting, seen = [(schema, pointer)], {pointer}
        while waiting:
            one, here = waiting.pop()
            said = one.get("type") if isinstance(one, dict) else None
            if is_text(one):
                return DataKind.TEXT
            if isinstance(said, list) and "string" in said:
                return DataKind.EITHER
            for part in reversed(parts_of(one, here)) if isinstance(one, dict) else ():
                with suppress(RefError):
                    found = self._document.resolve(part)
                    if found.pointer not in seen:
                        seen.add(found.pointer)
                        waiting.append((found.value, found.pointer))
        return DataKind.JSON

    def _content(self, schema: Any, pointer: str, hint: str) -> Data | None:
        """What text that is declared to be JSON holds; None for anything else."""
        media_type = schema.get("contentMediaType") if is_text(schema) else None
        if not isinstance(media_type, str) or not is_json(media_type):
            return None
        if "contentSchema" not in schema:
            return Data(DataKind.JSON, Primitive.ANY)
        type_ = self._schemas.type_at(f"{pointer}/contentSchema", hint)
        return Data(DataKind.JSON, type_)


def is_text(schema: Any) -> bool:
    """Whether a schema says of itself that its values are texts."""
    said = schema.get("type") if isinstance(schema, dict) else None
    return said == "string" or (isinstance(said, list) and set(said) <= {"string", "null"})
