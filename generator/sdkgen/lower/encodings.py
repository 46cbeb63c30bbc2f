"""What a form says of its fields: styles, media types, and headers of their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sdkgen.diagnostics import Diagnostics, suggestion
from sdkgen.ir import api
from sdkgen.ir.types import Primitive, TypeRef, items_of
from sdkgen.lower.mediatypes import is_multipart
from sdkgen.lower.shapes import Shape, Shapes
from sdkgen.lower.styles import Styles
from sdkgen.source.document import Document, Located, RefError
from sdkgen.source.grammar import TOKEN
from sdkgen.text.pointers import escape

_STYLE_KEYS: Final = frozenset({"style", "explode", "allowReserved"})
_OURS: Final = frozenset({"content-type", "content-disposition"})
"""Said of each part anyway (OpenAPI 3.1, section 4.8.15.1; RFC 7578, section 4.2)."""
_VALUE: Final = re.compile(r"[\x20-\x7e]*")
"""RFC 9110, section 5.5: of its visible characters and spaces."""


@dataclass(slots=True)
class Encoding:
    """What is said of the fields of a form, each by its name.

    Attributes:
        styles: How they are written, where not by their media type.
        parts: Their media types.
        headers: The headers of their parts that are always the same.
    """

    styles: dict[str, api.Style] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Encodings:
    """Lowers Encoding Objects (OpenAPI 3.1, section 4.8.15)."""

    document: Document
    diagnostics: Diagnostics
    shapes: Shapes
    styles: Styles

    def add(
        self, found: Encoding, media_type: str, pointer: str, types: Mapping[str, TypeRef]
    ) -> None:
        """Add what one form says, where no other has said it.

        Args:
            found: What the others say.
            media_type: The form's.
            pointer: Where its schema is, or would be.
            types: The types of its fields.
        """
        encoding = f"{pointer.removesuffix('schema')}encoding"
        shape = self.shapes.at(pointer) or Shape()
        for name, place, said in self._said(encoding, shape):
            type_ = types.get(name, Primitive.ANY)
            if is_multipart(media_type) and name not in found.headers:
                found.headers[name] = dict(self._headers(name, f"{place}/headers", type_))
            if _STYLE_KEYS & said.keys():
                style = self.styles.of(said, place, name, "body", type_)
                found.styles.setdefault(name, style or api.Style("form", explode=True))
            elif isinstance(said.get("contentType"), str):
                found.parts.setdefault(name, said["contentType"])
        for name, member in shape.properties.items():
            schema = member.schema if isinstance(member.schema, dict) else {}
            media = schema.get("contentMediaType")
            if isinstance(media, str) and name not in found.styles:
                found.parts.setdefault(name, media)

    def _said(self, pointer: str, shape: Shape) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """The fields that have an Encoding Object, where it is, and what it says."""
        for name in self._mapping_at(pointer):
            place = f"{pointer}/{escape(name)}"
            if name in shape.properties:
                yield name, place, self._mapping_at(place)
                continue
            self._warn(
                f"`{name}` is encoded here, and is no property of the form.",
                place,
                suggestion(name, shape.properties),
            )

    def _headers(self, part: str, pointer: str, type_: TypeRef) -> Iterator[tuple[str, str]]:
        """The headers of a part that have one value; the others are a matter of its file."""
        for name in self._mapping_at(pointer):
            place = f"{pointer}/{escape(name)}"
            if name.lower() in _OURS:
                self._warn(
                    f"The `{name}` of the part `{part}` is not taken from its headers.",
                    place,
                    "Write `contentType` beside them for its media type.",
                )
                continue
            header = self._resolved(place)
            value = _constant(self._resolved(f"{header.pointer}/schema").value)
            if value is not None and TOKEN.fullmatch(name) and _VALUE.fullmatch(value):
                yield name, value
            elif value is not None or not TOKEN.fullmatch(name):
                self._warn(
                    f"The header `{name}` of the part `{part}` is not sent: no header can be "
                    "called so, or have that value.",
                    place,
                )
            elif not _is_file(type_):
                self._warn(
                    f"The header `{name}` of the part `{part}` is not sent: its schema has no "
                    "one value, and only files are given with headers.",
                    place,
                    "Write a `const` or a `default` in its schema.",
                )
            elif header.value.get("required") is True:
                self._warn(
                    f"The part `{part}` needs the header `{name}`, whose schema has no one value: "
                    "users have to give it with each file.",
                    place,
                    "Write a `const` or a `default` in its schema, or tell them: "
                    f'("name", content, "type", {{"{name}": "..."}})',
                )

    def _resolved(self, pointer: str) -> Located[Mapping[str, Any]]:
        """The object at a pointer; an empty one where there is none."""
        try:
            found = self.document.resolve(pointer)
        except RefError:
            return Located({}, pointer)
        return found if isinstance(found.value, dict) else Located({}, pointer)

    def _mapping_at(self, pointer: str) -> Mapping[str, Any]:
        try:
            return self.document.mapping_at(pointer)
        except KeyError:
            return {}

    def _warn(self, message: str, pointer: str, hint: str | None = None) -> None:
        where = self.document.locate(pointer, key=True)
        self.diagnostics.warning("Body/Encoding", message, where, hint=hint)


def _constant(schema: Mapping[str, Any]) -> str | None:
    """The one value of a header, as text; its default, where it may have others."""
    listed = schema.get("enum")
    only = listed[0] if isinstance(listed, list) and len(listed) == 1 else None
    match schema.get("const", schema.get("default", only)):
        case bool() as value:
            return "true" if value else "false"
        case str() | int() | float() as value:
            return str(value)
    return None


def _is_file(type_: TypeRef) -> bool:
    return any(one in (Primitive.BINARY, Primitive.ANY) for one in items_of(type_))
