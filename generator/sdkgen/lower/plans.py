"""Which answer of an operation is a stream, and how it is to be read.

It may be said by the document, in the words of OpenAPI or of a vendor's extension, or by the
configuration, which goes first. What is left of it all is one `StreamPlan`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from sdkgen.config import Config, Method, MethodStreaming, Streaming
from sdkgen.diagnostics import Diagnostics, Location, suggestion
from sdkgen.ir.streams import Framing, Terminator
from sdkgen.lower import fastapi, fern
from sdkgen.lower.alternatives import Alternatives
from sdkgen.lower.mediatypes import framing_of, is_json, is_text
from sdkgen.lower.shapes import COMPONENTS, Shapes, says_something
from sdkgen.lower.successes import are_bytes, successes
from sdkgen.source.document import Document, OperationNode, RefError
from sdkgen.text.limits import shown
from sdkgen.text.pointers import escape

_SWITCH: Final = "stream"
_SWITCH_FIELD: Final = "x-speakeasy-stream-request-field"
_OVERLOAD: Final = "x-speakeasy-sse-overload"


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamPlan:
    """How an operation streams.

    Attributes:
        media: Where the Media Type Object of the stream is; None where there is none.
        payload: Where the schema of the items is, if that is said elsewhere.
        whole: Where the schema of the other answer is, if that is said elsewhere.
        framing: How items are told apart on the wire.
        settings: How the stream is read.
        switch: The name of the argument that asks for the stream; None where none may.
        switch_value: The value of that argument that asks for the stream.
        switch_at: Where it is said that there is such an argument; None where it is inferred.
        always: Whether there is no other answer, whatever the responses say.
        is_event: Whether the schema is said, of this one operation, to be that of an event.
        may_be_events: Whether the schema of the items, if it is said elsewhere, may be that of
            events.
        may_be_data: Whether the schema that the stream itself has may be that of data.
        media_types: What the stream may be called, whatever the names of its framing are.
        params: The name for the types of the arguments.
        payload_at: Where it is said what the items are, if not whether they are whole events.
        terminator_at: Where it is said of this one operation which events end its stream.
    """

    media: str | None = None
    payload: str | None = None
    whole: str | None = None
    framing: Framing
    settings: Streaming
    switch: str | None = _SWITCH
    switch_value: bool | str = True
    switch_at: Location | None = None
    always: bool = False
    is_event: bool = False
    may_be_events: bool = False
    may_be_data: bool = False
    params: str | None = None
    media_types: tuple[str, ...] = ()
    payload_at: Location | None = None
    terminator_at: Location | None = None


class Plans:
    """Finds the plans of a document's operations.

    Attributes:
        is_fastapi: Whether FastAPI has exported the document.
    """

    def __init__(self, document: Document, config: Config, diagnostics: Diagnostics) -> None:
        self._document = document
        self._config = config
        self._diagnostics = diagnostics
        self._alternatives = Alternatives(document, Shapes(document))
        self.is_fastapi = fastapi.is_maker(document)
        self._names: dict[str, frozenset[str] | None] = {}
        self._models = {
            ".".join((*resource.path, name)): model.schema
            for resource in config.resources
            for name, model in resource.models.items()
        }

    def plan(self, node: OperationNode, method: Method | None) -> StreamPlan | None:
        """How an operation streams; None where it does not."""
        found = self._declared(node)
        found = self._by_fern(node, found)
        said = method.streaming if method is not None else None
        if said is None:
            return found
        if found is None and not _declares(said):
            self._report_nothing(node, said)
            return None
        return self._configured(node, said, found)

    def is_dual(self, node: OperationNode, method: Method | None) -> bool:
        """Whether an operation answers whole or as a stream."""
        plan = self.plan(node, method)
        if plan is None or plan.always:
            return False
        return plan.whole is not None or any(
            framing_of(media_type) is None for media_type, _ in successes(node)
        )

    def _declared(self, node: OperationNode) -> StreamPlan | None:
        """What the responses say."""
        found: StreamPlan | None = None
        for media_type, pointer in successes(node):
            framing = framing_of(media_type)
            if framing is None:
                continue
            if found is None:
                switch, said_at = self._switch(node)
                found = StreamPlan(
                    media=pointer,
                    framing=framing,
                    settings=_for(framing, self._config.streaming),
                    switch=switch,
                    switch_at=said_at,
                    media_types=(media_type,),
                    always=self._is_alone(node, switch),
                )
            else:
                self._diagnostics.warning(
                    "Stream/Another",
                    f"This is another stream of {node.called}, and is left "
                    "out: the one before it is read.",
                    self._document.locate(pointer, key=True),
                    hint="Put the stream first that is to be read, or make two operations of them.",
                )
        return found

    def _is_alone(self, node: OperationNode, switch: str | None) -> bool:
        """Whether the other answer is what FastAPI adds, and nothing could ask for either."""
        others = {
            media_type: self._document.at(pointer)
            for media_type, pointer in successes(node)
            if framing_of(media_type) is None
        }
        return fastapi.says_nothing(others) and self.is_fastapi and not self._may_take(node, switch)

    def _may_take(self, node: OperationNode, name: str | None) -> bool:
        """Whether an operation has an argument of a name, as far as one can see."""
        if any(one.value.name == name for one in node.parameters):
            return True
        if node.body is None:
            return False
        content = f"{node.body.pointer}/content"
        known = (
            self._names_in(f"{content}/{escape(one)}/schema") for one in node.body.value.content
        )
        return any(names is None or name in names for names in known)

    def _names_in(self, schema: str) -> frozenset[str] | None:
        """The properties that a value may have; None where one cannot see."""
        try:
            pointer = self._document.resolve(schema).pointer
        except RefError:
            return None
        if pointer not in self._names:
            members = self._alternatives.of(pointer)
            objects = [one.shape.properties for one in members if one.shape is not None]
            vague = any(one.shape is None and not says_something(one.schema) for one in members)
            self._names[pointer] = None if vague else frozenset().union(*objects)
        return self._names[pointer]

    def _switch(self, node: OperationNode) -> tuple[str | None, Location | None]:
        """The argument that asks for the stream, and where Speakeasy's extensions say so."""
        extra = node.operation.model_extra or {}
        field, overload = extra.get(_SWITCH_FIELD), extra.get(_OVERLOAD)
        if field is not None and not isinstance(field, str):
            self._report_wrong(node, _SWITCH_FIELD, field, "the name of an argument: `stream`")
        if overload is not None and not isinstance(overload, bool):
            self._report_wrong(node, _OVERLOAD, overload, "`true` or `false`")
        if isinstance(field, str) and overload is not False:
            return field, self._document.locate(f"{node.pointer}/{_SWITCH_FIELD}")
        if overload is True:
            return _SWITCH, self._document.locate(f"{node.pointer}/{_OVERLOAD}")
        return None if overload is False else _SWITCH, None

    def _report_wrong(self, node: OperationNode, key: str, value: Any, instead: str) -> None:
        self._diagnostics.error(
            "Stream/BadExtension",
            f"`{key}` is {shown(value)}; it has to be {instead}.",
            self._document.locate(f"{node.pointer}/{key}"),
        )

    def _report_nothing(self, node: OperationNode, said: MethodStreaming) -> None:
        self._diagnostics.error(
            "Streaming/NoStream",
            f"{node.called} declares no stream, and this does not say what the items of one are.",
            self._config.locate(said.pointer),
            hint="stream_event_model: SCHEMA, or null for events as they are sent",
        )

    def _by_fern(self, node: OperationNode, found: StreamPlan | None) -> StreamPlan | None:
        """What Fern's extension says."""
        extra = node.operation.model_extra or {}
        said = fern.streaming(extra.get(fern.KEY), node.pointer, self._document, self._diagnostics)
        if said is None:
            return found
        pointer = f"{node.pointer}/{fern.KEY}"
        if found is None and not said.has_response_stream and self._has_only_bytes(node):
            if extra[fern.KEY] is not True:  # they come in pieces, as it says, and no more is said
                self._warn_of_bytes(node, pointer)
            return None
        framing: Framing = "sse" if said.format == "sse" else "jsonl"
        if found is not None:
            if said.format is None or (found.framing == "sse") == (framing == "sse"):
                framing = found.framing  # which may be that of JSON text sequences
            else:
                self._warn_of_format(said.format, found, f"{pointer}/format")
        payload = f"{pointer}/response-stream" if said.has_response_stream else None
        if payload is None and (found is None or said.condition is None):
            payload = self._schema_of_success(node, streamed=found is not None)
        settings = _for(framing, self._config.streaming)
        if said.terminator is not None:
            settings = replace(settings, terminator=Terminator(sentinel=said.terminator))
        if said.resumable is not None:
            settings = replace(settings, resume=said.resumable)
        condition = said.condition
        return StreamPlan(
            media=found.media if found is not None else None,
            payload=payload,
            whole=f"{pointer}/response" if said.has_response else None,
            framing=framing,
            settings=settings,
            switch=condition if condition is not None else _SWITCH,
            switch_at=self._document.locate(f"{pointer}/stream-condition") if condition else None,
            always=condition is None,
            may_be_events=True,
            media_types=found.media_types if found else self._names_of_json(node, framing),
        )

    def _has_only_bytes(self, node: OperationNode) -> bool:
        """Whether all that an operation answers with is bytes."""
        declared = [*successes(node)]
        return bool(declared) and all(are_bytes(self._document, *one) for one in declared)

    def _warn_of_bytes(self, node: OperationNode, pointer: str) -> None:
        """Say where Fern's extension declares a stream of items, and the answer is bytes."""
        media_type, _ = next(successes(node))
        self._diagnostics.warning(
            "Stream/NoItems",
            f"{node.called} answers with bytes (`{media_type}`), which have no items: they are "
            f"given as they come, whatever else `{fern.KEY}` says.",
            self._document.locate(pointer, key=True),
            hint=f"Write `{fern.KEY}: true`, or describe the items in `response-stream`.",
        )

    def _warn_of_format(self, said: str, found: StreamPlan, pointer: str) -> None:
        """Say where Fern's extension and the media type of a stream contradict each other."""
        read, instead = ("events", "json") if said == "sse" else ("lines of JSON", "sse")
        self._diagnostics.warning(
            "Stream/Contradiction",
            f"`format: {said}` says that this stream is {read}, and it is declared as "
            f"`{found.media_types[0]}`: it is read as {read}.",
            self._document.locate(pointer),
            hint=f"Write `format: {instead}`, or leave it out, if the media type is right.",
        )

    def _configured(
        self, node: OperationNode, said: MethodStreaming, found: StreamPlan | None
    ) -> StreamPlan:
        """What the configuration says."""
        framing = said.framing or (found.framing if found is not None else "sse")
        base = found or StreamPlan(framing=framing, settings=_for(framing, self._config.streaming))
        base = replace(self._with_switch(base, said), framing=framing)
        # Where the media type tells the answers apart, it can be that of one of them only.
        is_asked = said.always or said.switch is not None
        payload = base.payload
        if said.raw:
            base, payload = replace(base, media=None), None
        elif said.model is not None:
            payload = self._model(said) or payload
        elif found is None:
            payload = self._schema_of_success(node, streamed=False)
        return replace(
            base,
            payload=payload,
            settings=_merged(base.settings, said.settings),
            always=said.always or (base.always and said.switch is None),
            is_event=said.settings.schema == "event",
            may_be_events=base.may_be_events and payload == base.payload,
            # Where no model is named, it is that of the response (Stainless).
            may_be_data=is_asked,
            params=said.params_name,
            media_types=self._names_of_json(node, base.framing)
            if found is None and is_asked
            else base.media_types,
            payload_at=self._place(said, "stream_event_model")
            if said.model is not None and said.settings.schema is None
            else None,
            terminator_at=self._place(said, "terminator")
            if said.settings.terminator.events
            else None,
        )

    def _with_switch(self, plan: StreamPlan, said: MethodStreaming) -> StreamPlan:
        """The plan with the argument that the configuration says to ask for the stream."""
        if said.switch is not None:
            value = plan.switch_value if said.switch_value is None else said.switch_value
            place = self._place(said, "param_discriminator")
            return replace(plan, switch=said.switch, switch_value=value, switch_at=place)
        if said.switch_value is not None:
            self._diagnostics.error(
                "Config/MissingKey",
                "`stream_value` is the value of an argument, and `param_discriminator`, which "
                "names it, is missing.",
                self._place(said, "stream_value"),
                hint="param_discriminator: stream_format",
            )
        return plan

    def _place(self, said: MethodStreaming, key: str) -> Location:
        """Where a setting of a method's stream stands."""
        return self._config.locate(f"{said.pointer}/{key}")

    def _model(self, said: MethodStreaming) -> str | None:
        """Where the schema is that a `stream_event_model` names."""
        schemas = self._document.components("schemas")
        name = self._models.get(said.model or "", said.model or "")
        if name in schemas:
            return COMPONENTS + escape(name)
        if said.model in self._models:
            return None  # there is no such schema: reported where the model is named
        hint = suggestion(said.model or "", [*self._models, *schemas])
        self._diagnostics.error(
            "Config/UnknownModel",
            f"`stream_event_model` is `{said.model}`, which is neither a model of a resource nor "
            "a schema of the document.",
            self._place(said, "stream_event_model"),
            hint=hint or "name a schema of `components.schemas`",
        )
        return None

    def _names_of_json(self, node: OperationNode, framing: Framing) -> tuple[str, ...]:
        """What a stream that the responses do not declare may be called: what they do declare.

        No server sends events under another name, but lines of JSON are sent as JSON.
        """
        if framing == "sse":
            return ()
        return tuple(
            one
            for one, at in successes(node)
            if (is_json(one) or is_text(one)) and not are_bytes(self._document, one, at)
        )

    def _schema_of_success(self, node: OperationNode, *, streamed: bool) -> str | None:
        for media_type, pointer in successes(node):
            if (framing_of(media_type) is not None) == streamed and not are_bytes(
                self._document, media_type, pointer
            ):
                keywords = self._document.mapping_at(pointer)
                return f"{pointer}/{'itemSchema' if 'itemSchema' in keywords else 'schema'}"
        return None


def _declares(said: MethodStreaming) -> bool:
    """Whether a method's settings are those of a stream that the document does not declare."""
    settled = said.always or said.raw or said.settings.schema is not None
    return settled or any((said.switch, said.switch_value, said.model, said.framing))


def _for(framing: Framing, document: Streaming) -> Streaming:
    """The document's settings for streams of one kind.

    What ends all event streams of a document is no declaration that sequences of JSON end by it:
    they are whole without it. (Where it comes all the same, handlers still end them.)
    """
    if framing == "sse":
        return document
    handlers = [
        replace(one, handle="break") if one.handle == "done" else one for one in document.handlers
    ]
    return replace(document, terminator=Terminator(), handlers=tuple(handlers))


def _merged(document: Streaming, method: Streaming) -> Streaming:
    """The settings of a method, and the document's where it has none."""
    own = method.terminator.sentinel is not None or method.terminator.events
    return Streaming(
        schema=method.schema or document.schema,
        terminator=method.terminator if own else document.terminator,
        gives=method.gives or document.gives,
        resume=document.resume if method.resume is None else method.resume,
        handlers=method.handlers or document.handlers,
    )
