"""What a document does not say of its answers, and its users will expect."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from sdkgen.diagnostics import Diagnostics, suggestion
from sdkgen.ir import api
from sdkgen.lower import fastapi, spring
from sdkgen.lower.mediatypes import framing_of
from sdkgen.lower.names import words
from sdkgen.lower.parameters import route
from sdkgen.lower.plans import Plans, StreamPlan
from sdkgen.lower.successes import successes
from sdkgen.lower.switches import Switches
from sdkgen.source.document import Document, OperationNode

_OK: Final = "200"

_NO_STREAM: Final = "Stream/UnknownMediaType"
_STREAMS: Final = frozenset({"stream", "streaming", "sse", "events", "subscribe"})
"""Words of paths and operation ids that say of an operation that it streams."""
_ADDED: Final = frozenset({"events"})
"""Those of them that are as often what a POST adds to."""
_ASKING: Final = frozenset({"stream", "streaming", "streamed", "sse"})
"""Words of arguments and values by which streams are asked for."""
_WHERE_DECLARED: Final = (
    "Say what it answers with where the endpoint is declared:\n"
    "  responses={200: {'content': {'text/event-stream': {}}}}\n"
    "or take FastAPI's own `EventSourceResponse` (fastapi.sse), or say in sdkgen.yaml how it "
    "streams:\n"
)


class Silences:
    """Warns of answers that are not what one would think."""

    def __init__(
        self, document: Document, plans: Plans, switches: Switches, diagnostics: Diagnostics
    ) -> None:
        self._document = document
        self._plans = plans
        self._switches = switches
        self._diagnostics = diagnostics
        self._by_endpoint = defaultdict[tuple[str, str], list[OperationNode]](list)
        for one in document.operations:
            self._by_endpoint[one.method, route(one.path)].append(one)

    def warn(self, node: OperationNode, parameters: Iterable[api.Parameter]) -> None:
        """Warn of an operation that is not known to stream."""
        asks = any(
            one.wire == "stream" and self._switches.can_be(one.type, True) for one in parameters
        )
        if asks and not self._streams_elsewhere(node):
            self._warn_of_switch(node)
        elif self._is_called_a_stream(node) and not self._streams_elsewhere(node):
            self._warn_of_name(node)
        response = node.responses.get(_OK)
        if response is not None and not response.value.content and self._plans.is_fastapi:
            self._warn_of_response_class(node)

    def warn_of_media_types(self, node: OperationNode, plan: StreamPlan | None) -> None:
        """Warn of what is declared like a stream under a media type that is none.

        Args:
            node: The operation.
            plan: How it streams, which may be said elsewhere.
        """
        for media_type, pointer in successes(node):
            items = f"{pointer}/itemSchema"
            if framing_of(media_type) is not None or (plan is not None and plan.payload == items):
                continue
            if spring.is_emitter(self._document, f"{pointer}/schema"):
                if plan is None:
                    self._warn_of_emitter(node, pointer)
                continue
            said = media_type.lower()
            alike = "event" in said or said.startswith("text/ev")
            if alike and (hint := suggestion(said, ["text/event-stream"])):
                self._diagnostics.warning(
                    _NO_STREAM,
                    f"`{media_type}` is no media type of a stream.",
                    self._document.locate(pointer, key=True),
                    hint=hint,
                )
            elif "itemSchema" in self._document.mapping_at(pointer):
                self._diagnostics.warning(
                    _NO_STREAM,
                    f"`itemSchema` is that of a stream's items, and `{media_type}` is not read as "
                    "a stream: the keyword is left out.",
                    self._document.locate(items, key=True),
                    hint="Write the media type that the server sends: `text/event-stream`, "
                    "`application/jsonl` (JSON, a text a line) or `application/json-seq`; or "
                    "`schema`, if the answer is one value.",
                )

    def warn_of_body(self, node: OperationNode, switch: str, body: api.Parameter) -> None:
        """Warn of a stream that is asked for by what is in a body of several kinds."""
        if self._switches.is_within(body.type, switch):
            self._diagnostics.warning(
                "Stream/HiddenSwitch",
                f"{node.called} answers whole or as a stream, and `{switch}` is no argument that "
                "could ask for one of them: it is in the objects that the body may be.",
                self._document.locate(f"{node.pointer}/requestBody", key=True),
                hint=f"Describe the body as one object, with `{switch}: {{type: boolean}}`.",
            )

    def warn_of_likely_switch(
        self, node: OperationNode, parameters: Iterable[api.Parameter]
    ) -> None:
        """Warn of an argument that looks as if it asked for the stream, and is not known to."""
        for one in parameters:
            values = [value for value in self._switches.choices(one.type) if _asks(value)]
            is_boolean = _asks(one.wire) and self._switches.can_be(one.type, True)
            if values or is_boolean:
                said = f", stream_value: {_quoted(values[0])}" if values else ""
                self._diagnostics.warning(
                    "Stream/LikelySwitch",
                    f"{node.called} answers whole or as a stream, and `{one.wire}` looks like what "
                    "asks for the stream: it is an argument of both methods.",
                    self._document.locate(node.pointer, key=True),
                    hint="If it is, say so in sdkgen.yaml:\n"
                    + _configured(node, f"param_discriminator: {_quoted(one.wire)}{said}"),
                )
                return

    def _streams_elsewhere(self, node: OperationNode) -> bool:
        """Whether the same endpoint is declared to stream under another key: ``/chat#stream``."""
        return any(
            self._plans.plan(one, None) is not None
            for one in self._by_endpoint[node.method, route(node.path)]
        )

    def _is_called_a_stream(self, node: OperationNode) -> bool:
        """Whether an endpoint of FastAPI is named like a stream, and its answer is anything."""
        response = node.responses.get(_OK)
        if response is None or not self._plans.is_fastapi:
            return False
        content = self._document.mapping_at(response.pointer).get("content")
        said = {*words(node.path), *words(node.operation.operationId or "")}
        streams = _STREAMS - _ADDED if node.method == "POST" else _STREAMS
        return fastapi.says_nothing(content) and not streams.isdisjoint(said)

    def _warn_of_name(self, node: OperationNode) -> None:
        self._diagnostics.warning(
            "Stream/Undeclared",
            f"{node.called} is called like a stream, and is said to answer with JSON of any "
            "type, which is what FastAPI exports for a `StreamingResponse`, too.",
            self._document.locate(node.responses[_OK].pointer, key=True),
            hint=_WHERE_DECLARED
            + _configured(node, "param_discriminator: null, stream_event_model: SCHEMA"),
        )

    def _warn_of_switch(self, node: OperationNode) -> None:
        self._diagnostics.warning(
            "Stream/Undeclared",
            f"{node.called} takes a boolean `stream`, and declares no stream.",
            self._document.locate(node.pointer, key=True),
            hint="Declare it under `responses`, as `text/event-stream`, or in sdkgen.yaml:\n"
            + _configured(node, "param_discriminator: stream, stream_event_model: SCHEMA"),
        )

    def _warn_of_emitter(self, node: OperationNode, pointer: str) -> None:
        """Springdoc does not know what an endpoint sends that is not told itself."""
        self._diagnostics.warning(
            "Stream/Undeclared",
            f"{node.called} is said to answer with the object by which Spring sends events, and "
            "not with a stream.",
            self._document.locate(pointer, key=True),
            hint="Declare its media type, where the endpoint is: produces = "
            '"text/event-stream"; or say in sdkgen.yaml that it streams:\n'
            + _configured(node, "param_discriminator: null, stream_event_model: null"),
        )

    def _warn_of_response_class(self, node: OperationNode) -> None:
        """FastAPI exports an endpoint that returns JSON with `content`, whatever it returns."""
        self._diagnostics.warning(
            "Response/NoMediaType",
            f"{node.called} is said to answer with nothing, which is what FastAPI exports for a "
            "response class without a media type: `StreamingResponse`, `FileResponse`, or the "
            "`EventSourceResponse` of sse-starlette.",
            self._document.locate(node.responses[_OK].pointer, key=True),
            hint=_WHERE_DECLARED
            + _configured(node, "param_discriminator: null, stream_event_model: SCHEMA")
            + "\nIf it is a file, write `application/octet-stream` where the endpoint is declared.",
        )


def _quoted(text: object) -> str:
    # Beyond the first 65,536 characters, YAML does not know how JSON escapes them.
    return json.dumps(text, ensure_ascii=False)


def _asks(said: object) -> bool:
    """Whether a name or a value is one by which streams are asked for."""
    return isinstance(said, str) and not _ASKING.isdisjoint(words(said))


def _configured(node: OperationNode, streaming: str) -> str:
    # In quotes: no plain scalar of a flow mapping has the braces of a path (YAML 1.2, 7.3.3).
    endpoint = node.endpoint.replace("'", "''")
    said = f"endpoint: '{endpoint}', streaming: {{{streaming}}}"
    return f"  resources: {{NAME: {{methods: {{METHOD: {{{said}}}}}}}}}"
