"""Operations as the runtime is told of them: constants at the top of a resource's module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sdkgen.emit.annotations import Annotations
from sdkgen.emit.code import Code, Group, Labelled, assignment, literal, strings
from sdkgen.ir import api
from sdkgen.ir.streams import (
    DataKind,
    Envelopes,
    EventStream,
    EventVariant,
    Handler,
    Payloads,
    RawEvents,
)
from sdkgen.ir.types import UNKNOWN_EVENT, Primitive, TypeRef, union

_DEFAULT_DATA: Final = DataKind.JSON
_DEFAULT_MEDIA_TYPES: Final = {
    api.Kind.JSON: "application/json",
    api.Kind.TEXT: "text/plain",
    api.Kind.XML: "application/xml",
    api.Kind.BINARY: "application/octet-stream",
    api.Kind.EMPTY: None,
}
_STYLES_WITHOUT_EXPLODE: Final = ("deepObject", "json")


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Writes the descriptions of a resource's operations."""

    annotations: Annotations

    def constants(self, operation: api.Operation) -> Iterable[str]:
        """The operation as the runtime sees it: its answer, its stream, or both."""
        if operation.stream is None or operation.stream_name is not None:
            kind = f"rt.Operation[{self.result(operation)}]"
            yield self._constant(
                constant_name(operation.name),
                kind,
                "rt.Operation(",
                operation,
                self._answers("returns", operation.returns),
            )
        if operation.stream is not None:
            name = operation.stream_name or operation.name
            kind = f"rt.StreamOperation[{self.item(operation.stream)}]"
            yield self._constant(
                constant_name(name),
                kind,
                "rt.StreamOperation(",
                operation,
                # What may come in the place of the stream, for the errors that say so.
                [*self._answers("returns", _in_json(operation)), *self._stream(operation.stream)],
            )

    def _constant(
        self, name: str, kind: str, head: str, operation: api.Operation, answers: list[Code]
    ) -> str:
        items: list[Code] = [literal(operation.method), literal(operation.path)]
        items += answers
        items += self._answers("raises", operation.raises)
        if operation.body is not None:
            items.append(Labelled("body=", _body(operation.body)))
        styles = [
            f"({literal(one.place)}, {literal(one.wire)}): {_style(one.style)}"
            for one in operation.parameters
            if one.style is not None
        ]
        if styles:
            items.append(Labelled("styles=", Group("{", styles, "}", display=True)))
        if operation.security is not None:
            items.append(f"security={_tuples(operation.security)}")
        if operation.servers:
            items.append(Labelled("servers=", servers(operation.servers)))
        return assignment(name, kind, Group(head, items, ")"))

    def _answers(self, label: str, outcomes: tuple[api.Outcome, ...]) -> list[Code]:
        if not outcomes:
            return []
        items = [self._outcome(one) for one in outcomes]
        return [Labelled(f"{label}=", Group("(", items, ")", display=True))]

    def _outcome(self, outcome: api.Outcome) -> Code:
        items = [literal(outcome.status)]
        if outcome.kind is api.Kind.JSON:
            items.append(f"lambda: {self.annotations.output(outcome.type)}")
        if outcome.media_type != _DEFAULT_MEDIA_TYPES[outcome.kind]:
            items.append(literal(outcome.media_type))
        return Group(f"rt.{outcome.kind.value}(", items, ")")

    def _stream(self, stream: EventStream) -> list[Code]:
        items: list[Code] = [Labelled("events=", self._events(stream))]
        if stream.framing != "sse":
            items.append(f"framing={literal(stream.framing)}")
        if stream.media_types:
            items.append(f"media_types={strings(stream.media_types)}")
        if stream.resumable:
            items.append("resumable=True")
        return items

    def _events(self, stream: EventStream) -> Code:
        ends: list[Code] = []
        if stream.own_tag is not None:
            ends.append(f"unknown=lambda: m.{UNKNOWN_EVENT}")
        if stream.terminator.sentinel is not None:
            ends.append(f"sentinel={literal(stream.terminator.sentinel)}")
        if stream.terminator.events:
            ends.append(f"terminators={strings(stream.terminator.events)}")
        if stream.handlers:
            handlers = [_handler(one) for one in stream.handlers]
            ends.append(Labelled("handlers=", Group("(", handlers, ")", display=True)))
        match stream.content:
            case RawEvents():
                return Group("rt.RawEvents(", ends, ")")
            case Payloads(type_, data, tag):
                items: list[Code] = [f"lambda: {self.annotations.output(type_)}"]
                if data is not _DEFAULT_DATA:
                    items.append(literal(data.value))
                if tag is not None:
                    items.append(f"tag={literal(tag)}")
                return Group("rt.Payloads(", [*items, *ends], ")")
            case Envelopes(variants, gives_data, tag):
                if tag is not None:
                    ends.insert(0, f"tag={literal(tag)}")
                if gives_data:
                    ends.insert(0, 'gives="data"')
                return Group("rt.Envelopes(", [*map(_variant, variants), *ends], ")")

    def result(self, operation: api.Operation) -> str:
        """What a call that gives the whole answer returns, apart from bytes."""
        types: list[TypeRef] = [
            Primitive.NONE if one.kind is api.Kind.EMPTY else one.type for one in operation.values
        ]
        if not types:
            return "Never" if operation.is_download else "None"
        return self.annotations.output(union(*types))

    def item(self, stream: EventStream) -> str:
        """What the items of a stream are."""
        item = "rt.ServerSentEvent" if stream.item is None else self.annotations.output(stream.item)
        if not stream.may_be_unknown:
            return item
        return f"{item} | {'rt' if stream.own_tag is None else 'm'}.{UNKNOWN_EVENT}"


def _in_json(operation: api.Operation) -> tuple[api.Outcome, ...]:
    return tuple(one for one in operation.returns if one.kind is api.Kind.JSON)


def _body(body: api.Body) -> Code:
    items: list[Code] = [literal(body.media_type)]
    if body.others:
        items.append(f"others={strings(body.others)}")
    if body.optional:
        items.append("optional=True")
    if body.styles:
        styles: list[Code] = [f"{literal(name)}: {_style(style)}" for name, style in body.styles]
        items.append(Labelled("styles=", Group("{", styles, "}", display=True)))
    if body.parts:
        items.append(Labelled("parts=", Group("{", _pairs(body.parts), "}", display=True)))
    if body.headers:
        headers: list[Code] = [
            Labelled(f"{literal(name)}: ", Group("{", _pairs(said), "}", display=True))
            for name, said in body.headers
        ]
        items.append(Labelled("headers=", Group("{", headers, "}", display=True)))
    return Group("rt.Body(", items, ")")


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[Code]:
    return [f"{literal(name)}: {literal(value)}" for name, value in pairs]


def _style(style: api.Style) -> str:
    said = [literal(style.name)]
    if style.name not in _STYLES_WITHOUT_EXPLODE:
        said.append(f"explode={style.explode}")
    if style.reserved:
        said.append("reserved=True")
    return f"rt.Style({', '.join(said)})"


def _variant(variant: EventVariant) -> Code:
    items = [f"lambda: m.{variant.model}"]
    if variant.names:
        items.append(strings(variant.names))
    if variant.data is None:
        items.append("data=None")
    elif variant.data is not _DEFAULT_DATA:
        items.append(f"data={literal(variant.data.value)}")
    return Group("rt.Variant(", items, ")")


def _handler(handler: Handler) -> Code:
    items = [literal(handler.handle)]
    if handler.data_starts_with is not None:
        items.append(f"data_starts_with={literal(handler.data_starts_with)}")
    if handler.event_types is not None:
        items.append(f"event_types={strings(handler.event_types)}")
    if handler.error_property is not None:
        items.append(f"error_property={literal(handler.error_property)}")
    return Group("rt.Handler(", items, ")")


def servers(described: tuple[api.Server, ...]) -> Code:
    """Servers as the runtime is told of them: by name, where there is a choice."""
    items = [_server(one, named=len(described) > 1) for one in described]
    return Group("(", items, ")", display=True)


def _server(described: api.Server, *, named: bool) -> Code:
    items: list[Code] = [literal(described.url)]
    if named:
        items.append(literal(described.name))
    if described.variables:
        variables = [_variable(one) for one in described.variables]
        items.append(Labelled("variables=", Group("(", variables, ")", display=True)))
    return Group("rt.Server(", items, ")")


def _variable(variable: api.Variable) -> Code:
    items = [literal(variable.name)]
    if variable.default is not None:
        items.append(literal(variable.default))
    if variable.values:
        items.append(f"values={strings(variable.values)}")
    if variable.argument != variable.name:
        items.append(f"argument={literal(variable.argument)}")
    return Group("rt.Variable(", [*items], ")")


def constant_name(method: str) -> str:
    """The name of the description that a method refers to: another one for each method."""
    capitals = method.upper()
    return f"_{capitals if capitals.lower() == method else method}"


def _tuples(values: tuple[tuple[str, ...], ...]) -> str:
    return f"({', '.join(map(strings, values))}{',' if len(values) == 1 else ''})"
