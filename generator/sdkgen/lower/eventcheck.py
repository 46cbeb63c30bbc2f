"""The check that the schemas of a stream describe events, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics, Location, nearest, suggestion
from sdkgen.ir.streams import Envelopes, EventStream, EventVariant
from sdkgen.lower.alternatives import Alternative
from sdkgen.lower.plans import StreamPlan
from sdkgen.lower.shapes import Property, Shape
from sdkgen.source.document import Document
from sdkgen.text.pointers import escape

FIELDS: Final = ("id", "event", "data", "retry")
"""WHATWG HTML, section 9.2.6: an event has these fields and no others."""

SCHEMA: Final = "x-sdkgen-sse-schema"
"""Says whether a schema is that of events, or of their data alone."""

_OPEN: Final = ("additionalProperties", "unevaluatedProperties", "patternProperties")
"""Keywords of which an object may have properties that have no name."""

DATA: Final = "x-sdkgen-sse-data"
"""Says that all data is JSON, whatever its type."""

_RETRY_OF_FASTAPI: Final = {"type": "integer", "minimum": 0}
_EVENT_OF_NINJA: Final = "SSE event with JSON data payload"
"""By which their events are told from those of others."""

_LONGEST_SENTINEL: Final = 40
"""Characters of a text that may be a sentinel; what is longer says something."""

_MOST_NAMED: Final = 3
"""Properties that an error names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class EventCheck:
    """Checks the schemas of a document's events."""

    _document: Document
    _diagnostics: Diagnostics

    def handlers(self, config: Config) -> None:
        """Check that the handlers of a configuration give items, and can all have a say."""
        handlers = config.streaming.handlers
        if handlers and not any(one.handle == "yield" for one in handlers):
            self._diagnostics.error(
                "Streaming/NothingYielded",
                "No handler of `on_event` has `handle: yield`, so that no stream would have items.",
                config.locate("/streaming/on_event"),
                hint="Add to the end of the list:\n  - kind: fallthrough\n    handle: yield",
            )

        for position, one in enumerate(handlers[:-1]):
            if one.data_starts_with is None and one.event_types is None:
                self._diagnostics.warning(
                    "Streaming/NeverReached",
                    "The handler before this one matches every event, so that this one and those "
                    "after it never have a say.",
                    config.locate(f"/streaming/on_event/{position + 1}"),
                    hint="Put what matches every event at the end.",
                )
                break

    def are_events(self, alternatives: list[Alternative], plan: StreamPlan, operation: str) -> bool:
        """Check that schemas describe events and nothing else."""
        wrong = [one for one in alternatives if not self._is_event(one, declared=plan.is_event)]
        sound = len(alternatives) - len(wrong)
        # Where none is an event, one error is enough to say that the data is described.
        others = 0 if sound else len(wrong) - 1
        counted = "another schema" if others == 1 else f"{others} more schemas"
        more = f" So {'has' if others == 1 else 'have'} {counted} of this stream." if others else ""
        for one in wrong if sound else wrong[:1]:
            self._report(
                one, plan.media or one.pointer, f"{more} The stream of {operation} is left out."
            )
        return bool(sound) and not wrong

    @staticmethod
    def _is_event(alternative: Alternative, *, declared: bool) -> bool:
        """Whether a schema is that of an event; where that is declared, it may have more in it."""
        properties = alternative.shape.properties if alternative.shape is not None else {}
        known = properties.keys() & {*FIELDS}
        return bool(known) and ((declared and "data" in known) or not _foreign(alternative))

    def warn_of_whole(self, alternatives: Sequence[Alternative], said_at: Location) -> None:
        """Say where what is declared to be the data of events looks like whole events."""
        found = [one.shape.properties.keys() if one.shape else set() for one in alternatives]
        looks = all("data" in one and {"event", *one} <= {*FIELDS} for one in found)
        named = any("event" in one for one in found)
        if looks and named:
            self._diagnostics.warning(
                "Stream/WholeEvents",
                "This is to be the data of events, and looks like whole events: it has `event` "
                "and `data`.",
                said_at,
                hint="Add `schema: event` beside it; or `schema: data`, if the data is like that.",
            )

    def warn_of_terminators(self, stream: EventStream, plan: StreamPlan) -> None:
        """Say which of the types of a stream's last event no event of it has."""
        content = stream.content
        variants = content.variants if isinstance(content, Envelopes) else ()
        names = [name for variant in variants for name in variant.names]
        if plan.terminator_at is None or not all(variant.names for variant in variants):
            return
        for event in stream.terminator.events if names else ():
            if event not in names:
                self._diagnostics.warning(
                    "Stream/UnknownTerminator",
                    f"No event of this stream is called `{event}`, by which it is to end.",
                    plan.terminator_at,
                    hint=suggestion(event, names) or f"it has `{'`, `'.join(names)}`",
                )

    def _report(self, alternative: Alternative, media: str, more: str) -> None:
        """Say what is wrong with the schema of an event, and where."""
        shape = alternative.shape
        if shape is None or not shape.properties:
            said = alternative.schema.get("type")
            kind = f", of type `{said}`," if isinstance(said, str) else ""
            self._diagnostics.error(
                "Stream/NotAnEvent",
                "An event of a stream is described by an object with some of the fields "
                f"`id`, `event`, `data` and `retry`; this schema{kind} has none of them.{more}",
                self._document.locate(alternative.pointer),
                hint=self._two_ways_out("the schema", media),
            )
            return
        foreign = _foreign(alternative)
        first, *others = foreign
        named = ", ".join(f"`{name}`" for name in (first, *others)[:_MOST_NAMED])
        if len(foreign) > _MOST_NAMED:
            rest = len(foreign) - _MOST_NAMED
            named += " and another" if rest == 1 else f" and {rest} others"
        self._diagnostics.error(
            "Stream/UnknownField",
            "An event has the fields `id`, `event`, `data` and `retry` only; "
            f"this schema has {named} too.{more}",
            self._document.locate(foreign[first], key=True),
            hint=_meant(first, shape.properties) + self._two_ways_out(f"`{first}`", media),
        )

    def warn_of_more(self, alternative: Alternative) -> None:
        """Say what of an event's schema is left out, where it is declared to be one."""
        for name, found in (alternative.shape.properties if alternative.shape else {}).items():
            if name not in FIELDS:
                self._diagnostics.warning(
                    "Stream/UnknownField",
                    "An event has the fields `id`, `event`, `data` and `retry` only; "
                    f"`{name}` is left out.",
                    self._document.locate(found.pointer, key=True),
                    hint=f"Remove `{name}` from the event.",
                )
        for keyword in _OPEN:
            if alternative.schema.get(keyword) not in (None, False):
                self._diagnostics.warning(
                    "Stream/OpenEvent",
                    "An event can have no fields but `id`, `event`, `data` and `retry`, "
                    f"whatever `{keyword}` says.",
                    self._document.locate(f"{alternative.pointer}/{keyword}", key=True),
                    hint=f"Remove `{keyword}` from the event.",
                )

    def warn_of_quoted(self, shape: Shape, *, as_json: bool) -> None:
        """FastAPI and Django Ninja write data as JSON always, also where they export text."""
        exported = None if as_json else _exporter(shape)
        if exported is not None:
            framework, without = exported
            self._diagnostics.warning(
                "Stream/TextThatMayBeJson",
                f"This schema is what {framework} exports for an event stream {without}. "
                f"{framework} sends such data as JSON, so text would arrive in quotation marks.",
                self._document.locate(shape.properties["data"].pointer),
                hint="Annotate the endpoint's items (`-> AsyncIterable[Item]`), or add beside the "
                f"schema:\n  {DATA}: json",
            )

    def warn_of_vague(self, schema: str, *, emits: bool) -> None:
        """Say that events are given as they are sent, since a schema does not describe them.

        Args:
            schema: Where it is.
            emits: Whether it is that of what Spring sends events with; else of any object.
        """
        what = "is that of the object by which Spring sends them"
        if not emits:
            what = "says no more than that one is an object"
        self._diagnostics.warning(
            "Stream/UndescribedItems",
            f"The events of this stream are given as they are sent: its schema {what}.",
            self._document.locate(schema, key=True),
            hint="Describe an event, in place of it:\n"
            "  {type: object, properties: {data: {$ref: '#/components/schemas/ITEM'}}}",
        )

    def warn_of_lines(self, schema: str) -> None:
        """Say what items are where the schema is that of all of a stream of JSON: some text.

        That is what a `schema` describes (OpenAPI 3.2, section 4.14.3), and what documents without
        `itemSchema` can say of lines.
        """
        self._diagnostics.warning(
            "Stream/UndescribedItems",
            "The items of this stream are taken for JSON of any type: its `schema` says no more "
            "than that all of it is text.",
            self._document.locate(schema, key=True),
            hint="Declare what an item is beside it, as `itemSchema`, which is read in OpenAPI 3.0 "
            "and 3.1, too; `itemSchema: {type: string}`, if each is a string of JSON.",
        )

    def warn_of_retry(self, retry: Property) -> None:
        """Say where a `retry` is said to be something else than it is (WHATWG HTML, 9.2.6)."""
        said = retry.schema.get("type", "integer") if isinstance(retry.schema, dict) else "integer"
        if not {"integer", "number"} & {*([said] if isinstance(said, str) else said)}:
            self._diagnostics.warning(
                "Stream/RetryType",
                "The `retry` of an event is a number of milliseconds, whatever its schema says.",
                self._document.locate(f"{retry.pointer}/type"),
                hint="type: integer",
            )

    def warn_of_untold(
        self, alternatives: Sequence[Alternative], variants: Sequence[EventVariant]
    ) -> None:
        """Say which events have no type that tells them from others."""
        untold = [
            one for one, variant in zip(alternatives, variants, strict=True) if not variant.names
        ]
        if len(untold) < 2:  # noqa: PLR2004 - one may be what all others are not
            return
        for one in untold:
            event = one.shape.properties.get("event") if one.shape is not None else None
            said = event.schema if event is not None and isinstance(event.schema, dict) else {}
            constant = said.get("const", (said.get("enum") or [None])[0])
            is_number = isinstance(constant, int | float) and not isinstance(constant, bool)
            self._diagnostics.warning(
                "Stream/NoType",
                f"{len(untold)} of the events of this stream have no type that tells them apart: "
                "which of them one is, is found by trying them in turn.",
                self._document.locate(event.pointer if event is not None else one.pointer),
                hint=f"An event's type is text: event: {{const: '{constant}'}}"
                if is_number
                else "event: {type: string, const: a type of its own}",
            )

    def warn_of_sentinel(self, alternative: Alternative, text: str) -> None:
        """Say of an event that is always the same short text that it is an item."""
        if len(text) > _LONGEST_SENTINEL:
            return
        self._diagnostics.warning(
            "Stream/SentinelAmongItems",
            f"An event of this stream has no type, and its data is always `{text}`: it is an item.",
            self._document.locate(alternative.pointer),
            hint="If it ends the stream, write beside the schema:\n"
            f"  x-sse-sentinel: {json.dumps(text, ensure_ascii=False)}",
        )

    def warn_of_same(
        self, alternatives: Sequence[Alternative], variants: Sequence[EventVariant]
    ) -> None:
        """Say which events are of a type that another schema before them is of, too."""
        taken: set[str] = set()
        for one, variant in zip(alternatives, variants, strict=True):
            for name in (name for name in variant.names if name in taken):
                self._diagnostics.warning(
                    "Stream/SameType",
                    f"Another event of this stream has the type `{name}`: which of the two one is, "
                    "is found by trying them in turn.",
                    self._document.locate(one.pointer),
                    hint="Make one schema of them, whose `data` is a union.",
                )
            taken.update(variant.names)

    def _two_ways_out(self, what: str, media: str) -> str:
        line = self._document.locate(media, key=True).line
        return (
            f"If {what} is part of what the server sends as data, put it under `data`:\n"
            f"  properties: {{data: {{type: object, properties: {{...}}}}}}\n"
            "If the whole schema describes the data, and not the event around it, declare that "
            f"below `text/event-stream:` (line {line}):\n"
            f"  {SCHEMA}: data\n"
            "or, for all streams of the document, in sdkgen.yaml (with `terminator: '[DONE]'`, if "
            "that is how they end):\n"
            "  streaming: {schema: data}"
        )


def _exporter(shape: Shape) -> tuple[str, str] | None:
    """Which framework has exported an event of text, and of what kind of stream."""
    said = {name: one.schema for name, one in shape.properties.items()}
    if said.keys() == {*FIELDS} and said["data"] == {"type": "string"}:
        return ("FastAPI", "without a type") if said["retry"] == _RETRY_OF_FASTAPI else None
    data = said.get("data")
    is_text = isinstance(data, dict) and data.get("type") == "string"
    if is_text and said.keys() == {"data"} and shape.description == _EVENT_OF_NINJA:
        return "Django Ninja", "of text"
    return None


def _foreign(alternative: Alternative) -> dict[str, str]:
    """What an event has in its schema that no event has: names, and where they are."""
    properties = alternative.shape.properties if alternative.shape is not None else {}
    found = {name: one.pointer for name, one in properties.items()}
    for pointer, schema in _conditional(alternative.schema, alternative.pointer):
        if isinstance(described := schema.get("properties"), dict):
            for name in described:
                found.setdefault(name, f"{pointer}/properties/{escape(name)}")
    required = alternative.schema.get("required")
    for position, name in enumerate(required if isinstance(required, list) else ()):
        found.setdefault(name, f"{alternative.pointer}/required/{position}")
    return {name: pointer for name, pointer in found.items() if name not in FIELDS}


def _conditional(schema: Mapping[str, Any], pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What holds of a schema under conditions (JSON Schema, section 10.2.2)."""
    found = {keyword: schema.get(keyword) for keyword in ("if", "then", "else")}
    if isinstance(dependent := schema.get("dependentSchemas"), dict):
        found |= {f"dependentSchemas/{escape(name)}": one for name, one in dependent.items()}
    for below, one in found.items():
        if isinstance(one, dict):
            yield f"{pointer}/{below}", one


def _meant(name: str, beside: Container[str]) -> str:
    """The advice to write the name of a field that was spelled wrong, if it was."""
    near = nearest(name.lower(), [one for one in FIELDS if one not in beside], alike=0.75)
    return "" if near is None else f"If `{name}` is to be `{near}`, write that.\n"
