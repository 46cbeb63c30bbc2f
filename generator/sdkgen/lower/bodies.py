"""Request bodies to arguments, and which of several media types a body has.

JSON goes first, then other JSON (`+json`), then forms, then everything else; of those that are
alike, the one that stands first. The members of objects are arguments, one by one. Where the
other media types have members, too, the arguments are those of all, and the runtime sends a form
of parts where one of them is a file; where their bodies are the same, or go as they are, a
call's `Content-Type` chooses. What is left is reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sdkgen.diagnostics import Diagnostics
from sdkgen.ir import api
from sdkgen.ir.types import Choice, Primitive, TypeRef, Union, union
from sdkgen.lower import names, renames
from sdkgen.lower.encodings import Encoding, Encodings
from sdkgen.lower.mediatypes import (
    essence,
    is_form,
    is_json,
    is_multipart,
    is_text,
    is_xml,
)
from sdkgen.lower.parameters import shared_name
from sdkgen.lower.schemas import Schemas
from sdkgen.lower.shapes import Shape, is_component
from sdkgen.lower.styles import Styles
from sdkgen.lower.xml import BODY, Xml
from sdkgen.source.document import Document, OperationNode, RefError
from sdkgen.text.pointers import escape


@dataclass(frozen=True, slots=True)
class _Offer:
    """A media type that a body may have.

    Attributes:
        pointer: Where its schema is, or would be.
        members: The arguments that are the members of an object; None for another body.
    """

    media_type: str
    pointer: str
    members: tuple[api.Parameter, ...] | None
    type: TypeRef = Primitive.ANY


class Bodies:
    """Lowers the request bodies of operations."""

    def __init__(
        self,
        document: Document,
        diagnostics: Diagnostics,
        *,
        schemas: Schemas,
        styles: Styles,
        xml: Xml,
    ) -> None:
        self._document = document
        self._xml = xml
        self._diagnostics = diagnostics
        self._schemas = schemas
        self._encodings = Encodings(document, diagnostics, schemas.shapes, styles)
        self._reported: set[str] = set()

    def of(self, node: OperationNode, hint: str) -> tuple[api.Body | None, list[api.Parameter]]:
        """The body of an operation, and the arguments that are its members."""
        if node.body is None or not node.body.value.content:
            return None, []
        hint = shared_name(node.body.pointer) or hint
        first, *rest = (
            (one, f"{node.body.pointer}/content/{escape(one)}/schema")
            for one in preferred(node.body.value.content)
        )
        offer = self._offer(*first, hint)
        offers = [offer]
        for media_type, pointer in rest:
            other = self._other(media_type, pointer, offer, hint)
            if other is not None:
                offers.append(other)
                continue
            self._warn_of_media_type(node.called, media_type, pointer, offer)
        required = bool(node.body.value.required)
        body = self._written(offers)
        if offer.members is not None:
            in_parts = any(is_multipart(one.media_type) for one in offers)
            members = [
                replace(one, in_parts=in_parts)
                for one in _merged([one.members or () for one in offers])
            ]
            optional = not required and not any(one.required for one in members)
            return replace(body, optional=optional), members
        type_ = union(*(one.type for one in offers))
        description = node.body.value.description
        if is_xml(offer.media_type):
            description = f"{description.rstrip()} {BODY}" if description else BODY
        whole = api.Parameter("body", "body", "content", type_, required, description)
        return replace(body, whole=whole), []

    def _offer(self, media_type: str, pointer: str, hint: str) -> _Offer:
        try:
            self._document.at(pointer)
        except KeyError:
            if _has_fields(media_type):
                return _Offer(media_type, pointer, None, Primitive.ANY)
            if "itemSchema" in self._document.mapping_at(pointer.removesuffix("/schema")):
                self._warn_of_objects("Items", media_type, pointer)
            return _Offer(media_type, pointer, None, _opaque(media_type, None))
        if _has_fields(media_type):
            members = self._members(pointer, hint)
            if members is not None:
                return _Offer(media_type, pointer, members)
            return _Offer(media_type, pointer, None, self._whole(pointer, hint))
        return _Offer(media_type, pointer, None, self._text_or_bytes(media_type, pointer, hint))

    def _whole(self, pointer: str, hint: str) -> TypeRef:
        return self._schemas.type_at(pointer, f"{hint}Request")

    def _text_or_bytes(self, media_type: str, pointer: str, hint: str) -> TypeRef:
        if is_xml(media_type):
            self._xml.found(media_type, pointer.removesuffix("/schema"))
            return _opaque(media_type, Primitive.ANY)
        shape = self._schemas.shapes.at(pointer)
        if shape is not None and shape.properties:
            self._warn_of_objects("Objects", media_type, pointer)
            return _opaque(media_type, Primitive.ANY)
        return _opaque(media_type, self._whole(pointer, hint))

    def _warn_of_objects(self, what: str, media_type: str, pointer: str) -> None:
        self._diagnostics.warning(
            "Body/MediaType",
            f"{what} are not written as `{media_type}` here: the body is the text or the "
            "bytes to send.",
            self._document.locate(pointer.removesuffix("/schema"), key=True),
            hint="Declare `application/json`, or a form, if the server takes one.",
        )

    def _other(self, media_type: str, pointer: str, first: _Offer, hint: str) -> _Offer | None:
        """Another media type that the same arguments can be sent with."""
        if not (_has_fields(media_type) and _has_fields(first.media_type)):
            # What goes as it is can be called anything; it can be no JSON, and JSON not it.
            opaque = not (_has_fields(media_type) or _has_fields(first.media_type))
            return self._offer(media_type, pointer, hint) if opaque else None
        if self._said(pointer) == self._said(first.pointer):
            return replace(first, media_type=media_type, pointer=pointer)
        if first.members is None:
            return None
        kind = "Json" if is_json(media_type) else "Form"
        offer = self._offer(media_type, pointer, f"{hint}{kind}")
        return offer if offer.members is not None else None

    def _warn_of_media_type(self, called: str, media_type: str, pointer: str, sent: _Offer) -> None:
        """Say what is left out: once of all bodies that lose nothing by it."""
        if is_xml(media_type) and is_json(sent.media_type):
            self._xml.found(media_type, pointer.removesuffix("/schema"))
            return
        message = (
            f"The body of {called} is sent as `{sent.media_type}`; what it would be as "
            f"`{media_type}` is left out."
        )
        if self._said(pointer) == self._said(sent.pointer):
            message = (
                f"Bodies that may be `{media_type}` or `{sent.media_type}`, as this one, are sent "
                "as the latter."
            )
            if message in self._reported:
                return
        self._reported.add(message)
        where = self._document.locate(pointer.removesuffix("/schema"), key=True)
        self._diagnostics.warning("Body/MediaType", message, where)

    def _said(self, pointer: str) -> str:
        """What a schema says of values, as text: a component by its name; nothing for none."""
        try:
            located = self._document.resolve(pointer)
        except RefError:
            return ""
        if is_component(located.pointer):
            return located.pointer
        return json.dumps(located.value, sort_keys=True, default=str)

    def _members(self, pointer: str, hint: str) -> tuple[api.Parameter, ...] | None:
        """The members of an object body as arguments; None where it is no plain object."""
        node = self._document.resolve(pointer)
        if not isinstance(node.value, dict):
            return None
        if self._schemas.alternatives.alternation(node.pointer) is not None:
            return None
        shape = self._schemas.shapes.of(node.value, node.pointer)
        if shape is None or not shape.properties:
            return None
        named = is_component(node.pointer)
        owner = self._schemas.hints.said(node.pointer) or hint
        if named:
            owner = self._schemas.name_of(node.pointer, owner)
        return tuple(
            self._member(shape, wire, owner)
            for wire, found in shape.properties.items()
            # OpenAPI 3.1, section 4.8.24.2 (JSON Schema Validation, section 9.4): not to be sent.
            if not self._schemas.shapes.says(found, "readOnly")
        )

    def _member(self, shape: Shape, wire: str, owner: str) -> api.Parameter:
        found = shape.properties[wire]
        type_ = self._schemas.type_at(
            found.pointer, self._schemas.hints.of_property(owner, found, wire)
        )
        schema = found.schema if isinstance(found.schema, dict) else {}
        text, assumed = schema.get("description"), schema.get("default")
        return api.Parameter(
            names.argument(renames.of_argument(schema) or wire),
            wire,
            "body",
            type_,
            wire in shape.required,
            text if isinstance(text, str) else None,
            assumed=assumed if isinstance(assumed, bool) else None,
        )

    def _written(self, offers: list[_Offer]) -> api.Body:
        """How the body and its fields are written."""
        said = Encoding()
        for offer in offers:
            if is_form(offer.media_type):
                types = {one.wire: one.type for one in offer.members or ()}
                self._encodings.add(said, offer.media_type, offer.pointer, types)
        sent = [_concrete(one.media_type, one.type) for one in offers]
        others = [one for one in dict.fromkeys(sent) if one != sent[0]]
        return api.Body(
            sent[0],
            tuple(others),
            styles=tuple(said.styles.items()),
            parts=tuple(said.parts.items()),
            headers=tuple((name, tuple(one.items())) for name, one in said.headers.items() if one),
        )


def preferred(content: Iterable[str]) -> list[str]:
    """The media types of a body, the one that is the most use to a caller first."""

    def rank(media_type: str) -> int:
        if essence(media_type) == "application/json":
            return 0
        return 1 if is_json(media_type) else 2 if is_form(media_type) else 3

    return sorted(content, key=rank)


def _has_fields(media_type: str) -> bool:
    """Whether the runtime makes a body of such a type, from objects for one."""
    return is_json(media_type) or is_form(media_type)


def _merged(offers: Iterable[tuple[api.Parameter, ...]]) -> list[api.Parameter]:
    """The arguments of all media types: of all types that one may have, required if in all."""
    several = list(offers)
    found: dict[str, api.Parameter] = {}
    for members in several:
        for one in members:
            known = found.get(one.wire)
            found[one.wire] = (
                one if known is None else replace(known, type=_either(known.type, one.type))
            )
    required = [{one.wire for one in members if one.required} for members in several]
    always = set.intersection(*required)
    return [replace(one, required=one.wire in always) for one in found.values()]


def _either(*types: TypeRef) -> TypeRef:
    """One of several types; what they choose from is one choice."""
    found = union(*types)
    if not isinstance(found, Union):
        return found
    values = {
        value: None for one in found.members if isinstance(one, Choice) for value in one.values
    }
    members = [Choice(tuple(values)) if isinstance(one, Choice) else one for one in found.members]
    return union(*members)


def _opaque(media_type: str, type_: TypeRef | None) -> TypeRef:
    """The type of a body that goes as it is: text and bytes, or whichever is declared."""
    is_readable = is_text(media_type) or is_xml(media_type)
    match type_:
        case None:
            return union(Primitive.STRING, Primitive.BINARY) if is_readable else Primitive.BINARY
        case Primitive.STRING | Primitive.ANY:
            return union(Primitive.STRING, Primitive.BINARY)
        case Primitive():
            return type_
        case Union(members) if all(isinstance(one, Primitive) for one in members):
            return type_
    return union(Primitive.STRING, Primitive.BINARY)


def _concrete(media_type: str, type_: TypeRef) -> str:
    """A media type to send a body with: a range of them names none (RFC 9110, section 12.5.1)."""
    if "*" not in media_type:
        return media_type
    if is_text(media_type):
        return "text/plain"
    binary = union(Primitive.STRING, Primitive.BINARY)
    is_opaque = type_ in (Primitive.BINARY, Primitive.STRING, binary)
    return "application/octet-stream" if is_opaque else "application/json"
