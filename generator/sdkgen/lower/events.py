"""Event streams: the ways in which documents declare them, to one representation.

What a document may say under ``text/event-stream``:

=========  ============================================================  ==================
shape      example                                                       item
=========  ============================================================  ==================
envelope   an object with some of `id`, `event`, `data`, `retry`         the event's model
union      several envelopes, told apart by `event`                      a union of models
itemSchema either of them, under OpenAPI 3.2's keyword                   as above
payload    anything, where it is declared to describe the data alone     the data's model
nothing    no schema, or a bare string                                   the raw event
=========  ============================================================  ==================

A schema that has any other property is taken for a mistake and never guessed at: its
author may have described the data where an event is expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics
from sdkgen.ir.streams import (
    DataKind,
    Envelopes,
    EventStream,
    EventVariant,
    Payloads,
    RawEvents,
)
from sdkgen.ir.types import (
    Alias,
    Model,
    Named,
    Primitive,
    TypeRef,
    Union,
    optional,
    union,
)
from sdkgen.lower import dotnet, fern, spring
from sdkgen.lower.alternatives import Alternative
from sdkgen.lower.eventcheck import DATA, FIELDS, SCHEMA, EventCheck
from sdkgen.lower.eventdata import Data, EventData, is_text
from sdkgen.lower.eventmodels import EventModels
from sdkgen.lower.mediatypes import to_ask_for
from sdkgen.lower.plans import StreamPlan
from sdkgen.lower.schemas import Schemas
from sdkgen.lower.shapes import (
    is_component,
    is_null,
    says_only_object,
    says_something,
)
from sdkgen.lower.terminators import Terminators
from sdkgen.source.document import Document, RefError
from sdkgen.text.limits import shown


class Streams:
    """Lowers the streams of a document."""

    def __init__(
        self, document: Document, schemas: Schemas, config: Config, diagnostics: Diagnostics
    ) -> None:
        self._document = document
        self._schemas = schemas
        self._data = EventData(document, schemas)
        self._check = EventCheck(document, diagnostics)
        self._diagnostics = diagnostics
        self._models = EventModels(schemas, self._data, self._check)
        self._terminators = Terminators(document, self._data, self._models, diagnostics)
        self._check.handlers(config)

    def stream(self, plan: StreamPlan, hint: str, operation: str) -> EventStream | None:
        """The stream of an operation; None where it is in error.

        Args:
            plan: How the operation streams.
            hint: The name for a definition that has none of its own.
            operation: Whose stream it is, for errors: ``POST /chat``.
        """
        media = self._document.mapping_at(plan.media) if plan.media else {}
        settings = plan.settings
        stream = EventStream(
            RawEvents(),
            None,
            may_be_unknown=False,
            terminator=self._terminators.declared(media, plan),
            framing=plan.framing,
            media_types=to_ask_for(plan.framing, plan.media_types),
            handlers=settings.handlers,
            resumable=bool(settings.resume),
        )
        as_json = self._said(media, plan.media, DATA, ("json",)) == "json"
        # The model of a method's items is one of data, whatever the document's schemas are.
        default = settings.schema if plan.payload_at is None else None
        said = self._said(media, plan.media, SCHEMA, ("event", "data")) or default
        schema = plan.payload
        if schema is None and plan.media is not None:
            schema = self._schema(media, plan, said)
        if schema is None:
            return stream if plan.framing == "sse" and not as_json else _of_json(stream)
        # Only event streams have events around their data.
        if plan.framing != "sse" or self._is_data(schema, plan, said):
            if plan.framing == "sse" and plan.payload_at is not None:
                self._check.warn_of_whole(self._alternatives(schema), plan.payload_at)
            return self._payloads(stream, schema, hint, as_json=as_json)
        # Of no kind at all (`null`, or itself), it is checked as it stands.
        alternatives = self._alternatives(schema) or [Alternative(schema, {}, None, whole=True)]
        if not self._check.are_events(alternatives, plan, operation):
            return None
        stream, alternatives = self._terminators.found(stream, schema, alternatives)
        found = self._envelopes(stream, schema, alternatives, hint, as_json)
        self._check.warn_of_terminators(found, plan)
        return self._data_alone(found) if settings.gives == "data" else found

    def _is_data(self, schema: str, plan: StreamPlan, said: str | None) -> bool:
        """Whether a schema is that of events' data: as it is said, or as its dialect has it."""
        if said is not None:
            return said == "data"
        if (context := self._context(schema)) is not None:
            return context == "data"
        if plan.payload is None and (not plan.may_be_data or self._look_like_events(schema)):
            return False
        return not (plan.may_be_events and self._are_events(schema))

    def _context(self, schema: str) -> str | None:
        """Where the property is that tells the members of a union apart, as Fern has it.

        Returns:
            `data` or, where that is the type of the event, `protocol`; None where nothing is said.
        """
        discriminator = self._discriminator(schema) or {}
        said = discriminator.get(fern.CONTEXT)
        return said if said in ("protocol", "data") else None

    def _discriminator(self, schema: str) -> dict[str, Any] | None:
        try:
            node = self._document.resolve(schema).value
        except RefError:
            return None
        found = node.get("discriminator") if isinstance(node, dict) else None
        return found if isinstance(found, dict) else None

    def _are_events(self, schema: str) -> bool:
        """Whether Fern takes a union for one of events, and not of their data.

        It does where every member has nothing but the fields of events.
        """
        if self._discriminator(schema) is None:
            return False
        shapes = [one.shape for one in self._alternatives(schema)]
        return all(one is not None and one.properties.keys() <= {*FIELDS} for one in shapes)

    def _look_like_events(self, schema: str) -> bool:
        """Whether a schema has what is particular to an event, or nothing but its fields."""
        shapes = [one.shape for one in self._alternatives(schema) if one.shape is not None]
        described = [one.properties.keys() for one in shapes if one.properties]
        return any("data" in names or names <= {*FIELDS} for names in described)

    def _alternatives(self, schema: str) -> list[Alternative]:
        found = self._schemas.alternatives.of(schema)
        return [dotnet.as_event(one) for one in found if not is_null(one.schema)]

    def _said(
        self, media: Mapping[str, Any], pointer: str | None, keyword: str, allowed: tuple[str, ...]
    ) -> str | None:
        """The value of an extension of ours; None where there is none, or a wrong one."""
        value = media.get(keyword)
        if value is None or value in allowed:
            return value
        choices = " or ".join(f"`{one}`" for one in allowed)
        self._diagnostics.error(
            "Stream/BadExtension",
            f"`{keyword}` is {shown(value)}; it can be {choices}.",
            self._document.locate(f"{pointer}/{keyword}"),
        )
        return None

    def _data_alone(self, stream: EventStream) -> EventStream:
        """The stream whose items are the data of its events."""
        content = stream.content
        if not isinstance(content, Envelopes):
            return stream
        types: list[TypeRef] = []
        for variant in content.variants:
            model = self._schemas.defined(variant.model)
            fields = model.fields if isinstance(model, Model) else ()
            types += [
                one.type if one.required else optional(one.type)
                for one in fields
                if one.name == "data"
            ]
        item = union(*types) if types else Primitive.NONE
        tag = content.tag or self._data.tag(item)
        return replace(stream, content=replace(content, gives_data=True, tag=tag), item=item)

    def _schema(self, media: Mapping[str, Any], plan: StreamPlan, said: str | None) -> str | None:
        """Where the schema of one item is; None where nothing is said of items."""
        keyword = "itemSchema" if "itemSchema" in media else "schema"
        if keyword not in media:
            return None
        found, of_one = f"{plan.media}/{keyword}", keyword == "itemSchema"
        try:
            node = self._document.resolve(found)
            if not of_one and isinstance(node.value, dict) and node.value.get("type") == "array":
                # The stream as the list of its events.
                found, of_one = f"{node.pointer}/items", True
                node = self._document.resolve(found)
        except RefError:
            return None
        schema = node.value
        if not isinstance(schema, dict) or not says_something(schema):
            return None
        if plan.framing == "sse":
            # The text of an event is the event, unless that is denied.
            is_data = said == "data"
            is_vague = not (is_data or plan.may_be_data) and self._is_vague(found)
            return None if is_vague or (is_text(schema) and not is_data) else found
        if not of_one and is_text(schema) and "contentSchema" not in schema:
            # Of all lines together: each is JSON, of which nothing is said.
            self._check.warn_of_lines(found)
            return None
        return found

    def _is_vague(self, schema: str) -> bool:
        """Whether a schema says nothing of events but that they are objects; warns of it, then."""
        emits = spring.is_emitter(self._document, schema)
        if emits or says_only_object(self._document.resolve(schema).value):
            self._check.warn_of_vague(schema, emits=emits)
            return True
        return False

    def _payloads(
        self, stream: EventStream, schema: str, hint: str, *, as_json: bool
    ) -> EventStream:
        data = self._data.at(schema, f"{hint}Event")
        if stream.framing != "sse":
            # Every line is JSON: there is no text beside it.
            data = Data(DataKind.JSON, data.type)
        elif as_json:
            data = data.as_json()
        type_ = data.type
        if isinstance(type_, Union) and any(isinstance(one, Named) for one in type_.members):
            # A name keeps signatures legible, and has the discriminator with it.
            said = self._schemas.hints.said(schema)
            name = self._schemas.name_of(f"{schema}#items", said or f"{hint}Event")
            type_ = self._schemas.define(f"{schema}#items", Alias(name, type_))
        return replace(
            stream,
            content=Payloads(type_, data.kind, tag := self._data.tag(type_)),
            item=type_,
            may_be_unknown=tag is not None,
        )

    def _envelopes(
        self,
        stream: EventStream,
        schema: str,
        alternatives: list[Alternative],
        hint: str,
        as_json: bool,
    ) -> EventStream:
        several = len(alternatives) > 1
        owner = self._document.resolve(schema).pointer
        if several and is_component(owner):
            # What has a name lends it to its members, whichever operation streams them.
            hint = self._schemas.name_of(owner, hint).removesuffix("Event")
        elif several and (said := self._schemas.hints.said(owner)):
            hint = said.removesuffix("Event")
        variants: list[EventVariant] = []
        members: list[TypeRef] = []
        for one in alternatives:
            self._check.warn_of_more(one)
            variant = self._models.variant(one, f"{hint}Event", several=several, as_json=as_json)
            variants.append(variant)
            members.append(Named(variant.model))
        item: TypeRef = members[0]
        if several:
            self._check.warn_of_same(alternatives, variants)
            self._check.warn_of_untold(alternatives, variants)
            for one, variant in zip(alternatives, variants, strict=True):
                text = self._data.only_text(one.shape)
                if text is not None and not variant.names:
                    self._check.warn_of_sentinel(one, text)
            item = self._union(schema, union(*members, discriminator="event"), hint)
        tag = None if several else self._data.tag_of_model(variants[0].model)
        unknown = tag is not None or all(variant.names for variant in variants)
        content = Envelopes(tuple(variants), tag=tag)
        return replace(stream, content=content, item=item, may_be_unknown=unknown)

    def _union(self, schema: str, members: TypeRef, hint: str) -> Named:
        node = self._document.resolve(schema)
        own = is_component(node.pointer)
        pointer = node.pointer if own else f"{schema}#events"
        said = None if own else self._schemas.hints.said(node.pointer)
        name = self._schemas.name_of(pointer, said or f"{hint}Event")
        description = node.value.get("description") if own else None
        return self._schemas.define(pointer, Alias(name, members, description))


def _of_json(stream: EventStream) -> EventStream:
    """A stream of JSON of which nothing is said."""
    content = Payloads(Primitive.ANY, DataKind.JSON)
    return replace(stream, content=content, item=Primitive.ANY)
