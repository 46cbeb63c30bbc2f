"""How streams end: which data is no item, and which types of events are the last ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sdkgen.diagnostics import Diagnostics
from sdkgen.ir.streams import EventStream, Terminator
from sdkgen.lower.alternatives import Alternative
from sdkgen.lower.eventdata import EventData
from sdkgen.lower.eventmodels import EventModels
from sdkgen.lower.plans import StreamPlan
from sdkgen.lower.shapes import members_of
from sdkgen.source.document import Document
from sdkgen.text.limits import shown

_SENTINELS: Final = ("x-speakeasy-sse-sentinel", "x-sse-sentinel")
_TERMINAL: Final = "x-ms-sse-terminal-event"
"""Marks a member of a union (OpenAPI's extension registry)."""


class Terminators:
    """Finds the ends of a document's streams."""

    def __init__(
        self, document: Document, data: EventData, models: EventModels, diagnostics: Diagnostics
    ) -> None:
        self._document = document
        self._data = data
        self._models = models
        self._diagnostics = diagnostics

    def declared(self, media: Mapping[str, Any], plan: StreamPlan) -> Terminator:
        """How the stream of a Media Type Object says that it is complete."""
        terminator = plan.settings.terminator
        keyword = next((one for one in _SENTINELS if one in media), None)
        if keyword is None:
            return terminator
        sentinel = media[keyword]
        if not isinstance(sentinel, str) or not sentinel.strip():
            self._diagnostics.error(
                "Stream/BadSentinel",
                f"`{keyword}` is {shown(sentinel)}; it has to be the data of the event that ends "
                "the stream.",
                self._document.locate(f"{plan.media}/{keyword}"),
                hint=f"Write it in quotes: {keyword}: '[DONE]'",
            )
            return terminator
        return replace(terminator, sentinel=sentinel)

    def found(
        self, stream: EventStream, schema: str, alternatives: list[Alternative]
    ) -> tuple[EventStream, list[Alternative]]:
        """The stream and its events, but for the one that is no item, and only ends the stream.

        It has no type, and its data is always the one text that is declared to be the sentinel, or
        it is marked as the last event; one with a type is an item, and the last one.
        """
        end, marked = stream.terminator, self._marked(schema)
        items = []
        for one in alternatives:
            types = self._models.types_said(one)
            # Without any text, data is a heartbeat.
            text = None if types else (self._data.only_text(one.shape) or "").strip() or None
            if one.pointer in marked or one.schema.get(_TERMINAL) is True:
                end = Terminator(end.sentinel or text, tuple(dict.fromkeys((*end.events, *types))))
            if text is None or text != (end.sentinel or "").strip():
                items.append(one)
        return (replace(stream, terminator=end), items) if items else (stream, alternatives)

    def _marked(self, schema: str) -> set[str]:
        """Where the members of a union are that are marked to be the last event of a stream."""
        node = self._document.resolve(schema)
        keyword = members_of(node.value) if isinstance(node.value, dict) else None
        listed = node.value[keyword] if keyword is not None else []
        return {
            self._document.resolve(f"{node.pointer}/{keyword}/{position}").pointer
            for position, one in enumerate(listed)
            if isinstance(one, dict) and one.get(_TERMINAL) is True
        }
