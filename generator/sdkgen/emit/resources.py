"""Resources to modules: a class for threads and one for event loops, a noun a file."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sdkgen.emit.annotations import Annotations
from sdkgen.emit.code import (
    Code,
    Either,
    Group,
    Labelled,
    assignment,
    clean,
    docstring,
    import_line,
    layout,
    literal,
)
from sdkgen.ir import api
from sdkgen.ir.types import Definitions, Primitive, TypeRef, union

_OPTIONS: Final = "**options: Unpack[rt.RequestOptions]"
_DEFAULT_DATA: Final = api.DataKind.JSON
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method, finished.

    Attributes:
        signature: From `def` to the colon, laid out.
        docstring: With its quotes.
        body: The statement that it consists of.
    """

    signature: str
    docstring: str
    body: str


@dataclass(frozen=True, slots=True)
class ChildView:
    """A resource below another."""

    attribute: str
    class_name: str
    docstring: str
    import_both: str
    import_own: str


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class of a resource, for threads or for event loops."""

    name: str
    transport: str
    prefix: str
    docstring: str
    children: tuple[ChildView, ...]
    methods: tuple[MethodView, ...]


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A module of a resource, finished."""

    docstring: str
    imports: tuple[str, ...]
    constants: tuple[str, ...]
    children: tuple[ChildView, ...]
    classes: tuple[ClassView, ...]


def module_name(resource: api.Resource) -> str:
    """The module of a resource: its path, in one word."""
    return "_".join(resource.path)


def child_view(resource: api.Resource, package: str, prefix: str = "") -> ChildView:
    """A resource as an attribute of the one above it, which finds its module in `package`."""
    words = clean(resource.description or "").split("\n")[0]
    module, name = f"{package}{module_name(resource)}", f"{prefix}{resource.class_name}"
    both = (resource.class_name, f"Async{resource.class_name}")
    return ChildView(
        resource.path[-1],
        name,
        docstring(words or f"The `{'.'.join(resource.path)}` part of the API.", 2),
        import_line(module, both, 1),
        import_line(module, [name], 2),
    )


def resource_view(resource: api.Resource, definitions: Definitions) -> ResourceView:
    """The module of a resource."""
    members = {one.name for one in resource.operations} | {
        child.path[-1] for child in resource.children
    }
    shadowed = frozenset(
        name for name in members if isinstance(getattr(builtins, name, None), type)
    )
    writer = _Writer(Annotations(definitions, shadowed))
    constants = tuple(constant for one in resource.operations for constant in writer.constants(one))
    classes = tuple(
        ClassView(
            name=f"{prefix}{resource.class_name}",
            transport=f"rt.{prefix}Transport",
            prefix=prefix,
            docstring=docstring(
                resource.description or f"The `{'.'.join(resource.path)}` part of the API.", 1
            ),
            children=tuple(child_view(child, ".", prefix) for child in resource.children),
            methods=tuple(
                method
                for one in resource.operations
                for method in writer.methods(one, is_async=bool(prefix))
            ),
        )
        for prefix in ("", "Async")
    )
    text = "\n".join(
        [*constants, *(method.signature for view in classes for method in view.methods)]
    )
    return ResourceView(
        docstring(f"The `{'.'.join(resource.path)}` part of the API.", 0),
        tuple(_imports(text, children=bool(resource.children))),
        constants,
        tuple(child_view(child, ".") for child in resource.children),
        classes,
    )


def _imports(text: str, *, children: bool) -> Iterable[str]:
    """The imports that a module's text needs, in groups."""
    standard = []
    if "builtins." in text:
        standard.append("import builtins")
    collections = [name for name in ("Mapping", "Sequence") if re.search(rf"\b{name}\[", text)]
    if collections:
        standard.append(f"from collections.abc import {', '.join(collections)}")
    moments = [
        name
        for name in ("date", "datetime")
        if re.search(rf"(?<![\w.\"])\b{name}\b(?![\w\"=:])", _code_only(text))
    ]
    if moments:
        standard.append(f"from datetime import {', '.join(moments)}")
    if children:
        standard.append("from functools import cached_property")
    typing = [
        name
        for name, used in (
            ("TYPE_CHECKING", children),
            ("Any", re.search(r"\bAny\b", text)),
            ("Literal", "Literal[" in text),
            ("Unpack", "Unpack[" in text),
        )
        if used
    ]
    if typing:
        standard.append(f"from typing import {', '.join(typing)}")
    yield from standard
    yield ""
    if "rt." in text or children:
        yield "from .. import _runtime as rt"
    if re.search(r"\bm\.", text):
        yield "from .. import models as m"


def _code_only(text: str) -> str:
    """Code without its string literals."""
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", '""', text)


@dataclass(frozen=True, slots=True)
class _Writer:
    annotations: Annotations

    def constants(self, operation: api.Operation) -> Iterable[str]:
        """The operation as the runtime sees it: its answer, its stream, or both."""
        if operation.stream is None or operation.stream_name is not None:
            kind = f"rt.Operation[{self._result(operation)}]"
            yield self._constant(
                _constant(operation.name),
                kind,
                "rt.Operation(",
                operation,
                [
                    *self._answers("returns", operation.returns),
                ],
            )
        if operation.stream is not None:
            name = operation.stream_name or operation.name
            kind = f"rt.StreamOperation[{self._item(operation.stream)}]"
            yield self._constant(
                _constant(name),
                kind,
                "rt.StreamOperation(",
                operation,
                [Labelled("events=", self._events(operation.stream))],
            )

    def _constant(
        self, name: str, kind: str, head: str, operation: api.Operation, answers: list[Code]
    ) -> str:
        items: list[Code] = [literal(operation.method), literal(operation.path)]
        items += answers
        items += self._answers("raises", operation.raises)
        if operation.body is not None:
            items.append(f"body={literal(operation.body.media_type)}")
        styles = [
            f"({literal(one.place)}, {literal(one.wire)}): "
            f"rt.Style({literal(one.style.name)}, explode={one.style.explode})"
            for one in operation.parameters
            if one.style is not None
        ]
        if styles:
            items.append(Labelled("styles=", Group("{", styles, "}", display=True)))
        if operation.security is not None:
            items.append(f"security={_tuples(operation.security)}")
        if operation.base_url is not None:
            items.append(f"base_url={literal(operation.base_url)}")
        return assignment(name, kind, Group(head, items, ")"))

    def _answers(self, label: str, outcomes: tuple[api.Outcome, ...]) -> list[Code]:
        if not outcomes:
            return []
        items = [self._outcome(one) for one in outcomes]
        return [Labelled(f"{label}=", Group("(", items, ")", display=True))]

    def _outcome(self, outcome: api.Outcome) -> Code:
        defaults = {
            api.Kind.JSON: _JSON,
            api.Kind.TEXT: "text/plain",
            api.Kind.BINARY: "application/octet-stream",
            api.Kind.EMPTY: None,
        }
        items = [literal(outcome.status)]
        if outcome.kind is api.Kind.JSON:
            items.append(f"lambda: {self.annotations.output(outcome.type)}")
        if outcome.media_type != defaults[outcome.kind]:
            items.append(literal(outcome.media_type))
        return Group(f"rt.{outcome.kind.value}(", items, ")")

    def _events(self, stream: api.EventStream) -> Code:
        ends = []
        if stream.terminator.sentinel is not None:
            ends.append(f"sentinel={literal(stream.terminator.sentinel)}")
        if stream.terminator.events:
            ends.append(f"terminators={_tuple(stream.terminator.events)}")
        match stream.content:
            case api.RawEvents():
                return Group("rt.RawEvents(", ends, ")")
            case api.Payloads(type_, data):
                items = [f"lambda: {self.annotations.output(type_)}"]
                if data is not _DEFAULT_DATA:
                    items.append(literal(data.value))
                return Group("rt.Payloads(", [*items, *ends], ")")
            case api.Envelopes(variants):
                return Group("rt.Envelopes(", [*map(_variant, variants), *ends], ")")

    def methods(self, operation: api.Operation, *, is_async: bool) -> Iterable[MethodView]:
        """The method of an operation; two, where it may answer whole or as a stream."""
        if operation.stream is None or operation.stream_name is not None:
            yield self._method(
                operation,
                operation.name,
                self._result(operation),
                "await self._transport.send(" if is_async else "self._transport.send(",
                is_async=is_async,
                switch=None,
            )
        if operation.stream is None:
            return
        item = self._item(operation.stream)
        if operation.stream_name is None:
            result = f"rt.AsyncEventStream[{item}]" if is_async else f"rt.EventStream[{item}]"
            verb = "await self._transport.stream(" if is_async else "self._transport.stream("
            yield self._method(
                operation, operation.name, result, verb, is_async=is_async, switch=True
            )
        else:
            # Not a coroutine: `async with client.chat.stream(...)` needs no await.
            result = f"rt.AsyncStreamRequest[{item}]" if is_async else f"rt.EventStream[{item}]"
            verb = f"self._transport.{'open_stream' if is_async else 'stream'}("
            yield self._method(
                operation, operation.stream_name, result, verb, is_async=False, switch=True
            )

    def _method(
        self,
        operation: api.Operation,
        name: str,
        result: str,
        verb: str,
        *,
        is_async: bool,
        switch: bool | None,
    ) -> MethodView:
        parameters = _all(operation)
        positional = [one for one in parameters if one.place == "path"]
        keywords = [one for one in parameters if one.place != "path"]
        required = [one for one in keywords if one.required]
        optional = [one for one in keywords if not one.required]
        items: list[Code] = ["self", *map(self._parameter, positional)]
        if keywords:
            items += ["*", *map(self._parameter, [*required, *optional])]
        items.append(_OPTIONS)
        define = "async def" if is_async else "def"
        call = Group(
            verb,
            [_constant(name), self._arguments(operation, switch=switch), "**options"],
            ")",
        )
        return MethodView(
            layout(Group(f"{define} {name}(", items, f") -> {result}:"), 1),
            docstring(_documentation(operation, [*positional, *required, *optional]), 2),
            layout(call, 2, "return "),
        )

    def _parameter(self, parameter: api.Parameter) -> Code:
        types = self.annotations.input(parameter.type)
        label = f"{parameter.name}: "
        if parameter.required:
            return Either(label, types)
        if types == ["Any"]:
            return f"{label}Any = rt.UNSET"
        return Either(label, [*types, "rt.Unset"], " = rt.UNSET")

    def _arguments(self, operation: api.Operation, *, switch: bool | None) -> Code:
        items: list[Code] = []
        for place in ("path", "query", "header", "cookie", "body"):
            members = [
                f"{literal(one.wire)}: {one.name}"
                for one in operation.parameters
                if one.place == place
            ]
            flag = operation.switch
            if flag is not None and flag.place == place and switch is not None:
                members.append(f"{literal(flag.wire)}: {switch}")
            body = operation.body
            if place == "body" and body is not None and body.whole is not None:
                items.append(f"body={body.whole.name}")
            elif members:
                items.append(Labelled(f"{place}=", Group("{", members, "}", display=True)))
        return Group("rt.Arguments(", items, ")")

    def _result(self, operation: api.Operation) -> str:
        types: list[TypeRef] = [
            Primitive.NONE if one.kind is api.Kind.EMPTY else one.type for one in operation.returns
        ]
        return self.annotations.output(union(*types)) if types else "None"

    def _item(self, stream: api.EventStream) -> str:
        item = "rt.ServerSentEvent" if stream.item is None else self.annotations.output(stream.item)
        return f"{item} | rt.UnknownEvent" if stream.may_be_unknown else item


def _all(operation: api.Operation) -> list[api.Parameter]:
    whole = operation.body.whole if operation.body is not None else None
    return [*operation.parameters, *([whole] if whole is not None else [])]


def _documentation(operation: api.Operation, parameters: list[api.Parameter]) -> str:
    paragraphs = []
    summary = clean(operation.summary or "").strip()
    description = clean(operation.description or "").strip()
    if summary:
        paragraphs.append(summary if summary.endswith((".", "!", "?")) else f"{summary}.")
    if description and description.rstrip(".") != summary.rstrip("."):
        paragraphs.append(description)
    if operation.deprecated:
        paragraphs.append("Deprecated.")
    described = [one for one in parameters if clean(one.description or "").strip()]
    if described:
        lines = ["Args:"]
        for one in described:
            words = " ".join(clean(one.description or "").split())
            lines.append(f"    {one.name}: {words}")
        paragraphs.append("\n".join(lines))
    paragraphs.append(f"``{operation.method} {clean(operation.path)}``")
    return "\n\n".join(paragraphs)


def _variant(variant: api.EventVariant) -> Code:
    items = [f"lambda: m.{variant.model}"]
    if variant.names:
        items.append(_tuple(variant.names))
    if variant.data is None:
        items.append("data=None")
    elif variant.data is not _DEFAULT_DATA:
        items.append(f"data={literal(variant.data.value)}")
    return Group("rt.Variant(", items, ")")


def _constant(method: str) -> str:
    return f"_{method.strip('_').upper()}"


def _tuple(values: tuple[str, ...]) -> str:
    return f"({', '.join(map(literal, values))}{',' if len(values) == 1 else ''})"


def _tuples(values: tuple[tuple[str, ...], ...]) -> str:
    return f"({', '.join(map(_tuple, values))}{',' if len(values) == 1 else ''})"
