"""Operations as methods: signatures, docstrings, and the one statement each consists of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sdkgen.emit.annotations import Annotations
from sdkgen.emit.code import (
    Code,
    Either,
    Group,
    Labelled,
    clean,
    docstring,
    layout,
    literal,
    one_line,
)
from sdkgen.emit.descriptions import Descriptions, constant_name
from sdkgen.ir import api
from sdkgen.ir.streams import EventStream
from sdkgen.ir.types import Choice

_OPTIONS: Final = "**options: Unpack[rt.RequestOptions]"
_AS_STREAM: Final = "The answer arrives as a stream."
"""What is said of a second method beside one that gives the whole answer."""


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method, finished.

    Attributes:
        overloads: Signatures for the type checker, laid out.
        signature: From `def` to the colon, laid out.
        docstring: With its quotes.
        body: The statement that it consists of.
    """

    overloads: tuple[str, ...]
    signature: str
    docstring: str
    body: str


@dataclass(frozen=True, slots=True)
class Methods:
    """Writes the methods of a resource's class, for threads or for event loops."""

    annotations: Annotations
    descriptions: Descriptions
    is_async: bool

    def of(self, operation: api.Operation) -> Iterable[MethodView]:
        """The method of an operation; two, where it may answer whole or as a stream."""
        if operation.stream is None:
            yield self._whole(operation)
            return
        if operation.stream_name is None:
            yield self._opener(operation, operation.name, operation.stream)
            return
        if operation.switch is None:
            yield self._whole(operation)
        else:
            yield self._either(operation, operation.switch, operation.stream)
        yield self._opener(operation, operation.stream_name, operation.stream)

    def _whole(self, operation: api.Operation) -> MethodView:
        verb = "download" if operation.is_download else "send"
        return self._method(operation, operation.name, self.result(operation), verb, asked=None)

    def result(self, operation: api.Operation) -> str:
        """What the whole answer is."""
        found = self.descriptions.result(operation)
        if not operation.is_download:
            return found
        binary = f"rt.{'Async' if self.is_async else ''}BinaryResponse"
        return f"{binary} | {found}" if operation.values else binary

    def _either(
        self, operation: api.Operation, switch: api.Switch, stream: EventStream
    ) -> MethodView:
        """The method that answers as its switch says: three signatures and one statement."""
        asks = switch.parameter
        streamed, whole = self.stream_type(stream), self.result(operation)
        either = f"{whole} | {streamed}"
        verb = "download" if operation.is_download else "send"
        asked = replace(asks, type=Choice((switch.value,)), required=True)
        cases: list[tuple[api.Parameter | None, str]] = [(asked, streamed)]
        if switch.others is not None:
            cases.append((replace(asks, type=switch.others), whole))
        elif not asks.required:
            cases.append((None, whole))
        if asks.type != asked.type:
            cases.append((asks, either))
        is_asked = asks.name if switch.value is True else f"{asks.name} == {literal(switch.value)}"
        call = Group(
            self._verb(f"{verb}_or_stream"),
            [
                is_asked,
                constant_name(operation.name),
                constant_name(operation.stream_name or ""),
                _arguments(operation, asks.name),
                "**options",
            ],
            ")",
        )
        return MethodView(
            tuple(
                self._signature(operation, operation.name, result, case, after=" ...")
                for case, result in cases
            ),
            self._signature(operation, operation.name, either, asks),
            self._docstring(operation, asks),
            layout(call, 2, "return "),
        )

    def _opener(self, operation: api.Operation, name: str, stream: EventStream) -> MethodView:
        """The method that gives the stream.

        For event loops, `async with client.chat.stream(...)` needs no `await`, and may have one.
        """
        item = self.descriptions.item(stream)
        result = f"rt.{'AsyncStreamRequest' if self.is_async else 'EventStream'}[{item}]"
        verb = "open_stream" if self.is_async else "stream"
        return replace(self, is_async=False)._method(operation, name, result, verb, asked=True)

    def stream_type(self, stream: EventStream) -> str:
        """What a stream is."""
        prefix = "Async" if self.is_async else ""
        return f"rt.{prefix}EventStream[{self.descriptions.item(stream)}]"

    def _method(
        self, operation: api.Operation, name: str, result: str, verb: str, *, asked: bool | None
    ) -> MethodView:
        call = Group(
            self._verb(verb),
            [constant_name(name), _arguments(operation, asked), "**options"],
            ")",
        )
        note = _AS_STREAM if name == operation.stream_name else None
        return MethodView(
            (),
            self._signature(operation, name, result),
            self._docstring(operation, None, note),
            layout(call, 2, "return "),
        )

    def _verb(self, verb: str) -> str:
        return f"{'await ' if self.is_async else ''}self._transport.{verb}("

    def _signature(
        self,
        operation: api.Operation,
        name: str,
        result: str,
        switch: api.Parameter | None = None,
        *,
        after: str = "",
    ) -> str:
        define = "async def" if self.is_async else "def"
        ordered = every_parameter(operation, switch)
        items: list[Code] = ["self"]
        items += [self._parameter(one) for one in ordered if one.place == "path"]
        keywords = [self._parameter(one) for one in ordered if one.place != "path"]
        items += ["*", *keywords] if keywords else []
        items.append(_OPTIONS)
        return layout(Group(f"{define} {name}(", items, f") -> {result}:"), 1, "", after)

    def _parameter(self, parameter: api.Parameter) -> Code:
        types = self.annotations.argument(parameter)
        label = f"{parameter.name}: "
        if parameter.required:
            return Either(label, types)
        if parameter.default is not None:
            return Either(label, types, f" = {literal(parameter.default)}")
        if types == ["Any"]:
            return f"{label}Any = rt.UNSET"
        return Either(label, [*types, "rt.Unset"], " = rt.UNSET")

    @staticmethod
    def _docstring(
        operation: api.Operation, switch: api.Parameter | None, note: str | None = None
    ) -> str:
        return docstring(_documentation(operation, every_parameter(operation, switch), note), 2)


def every_parameter(
    operation: api.Operation, switch: api.Parameter | None = None
) -> list[api.Parameter]:
    """The arguments of a method: those in the path, then the required, then the others."""
    whole = operation.body.whole if operation.body is not None else None
    parameters = [*operation.parameters, *(one for one in (whole, switch) if one is not None)]
    return sorted(parameters, key=lambda one: (one.place != "path", not one.required))


def _arguments(operation: api.Operation, asked: bool | str | None) -> Code:
    """The arguments of a call as the runtime takes them.

    Args:
        operation: The operation that is called.
        asked: Whether a stream is asked for, or the argument that says so; None where it is
            left alone.
    """
    items: list[Code] = []
    for place in ("path", "query", "header", "cookie", "body"):
        members = [
            f"{literal(one.wire)}: {one.name}" for one in operation.parameters if one.place == place
        ]
        switch = operation.switch
        if switch is not None and switch.parameter.place == place and asked is not None:
            value = literal(switch.value) if asked is True else asked
            members.append(f"{literal(switch.parameter.wire)}: {value}")
        if place == "body" and operation.body is not None and operation.body.whole is not None:
            items.append(f"body={operation.body.whole.name}")
        elif members:
            items.append(Labelled(f"{place}=", Group("{", members, "}", display=True)))
    return Group("rt.Arguments(", items, ")")


def _documentation(
    operation: api.Operation, parameters: list[api.Parameter], note: str | None
) -> str:
    paragraphs = [*about(operation), *filter(None, [note])]
    described = [one for one in parameters if words_about(one)]
    if described:
        lines = [f"    {one.name}: {words_about(one)}" for one in described]
        paragraphs.append("\n".join(["Args:", *lines]))
    paragraphs.append(f"``{operation.method} {clean(operation.path)}``")
    return "\n\n".join(paragraphs)


def about(operation: api.Operation) -> Iterable[str]:
    """What an operation does, paragraph by paragraph."""
    summary = clean(operation.summary or "").strip()
    description = clean(operation.description or "").strip()
    if summary:
        yield summary if summary.endswith((".", "!", "?")) else f"{summary}."
    if description and description.rstrip(".") != summary.rstrip("."):
        yield description
    if operation.deprecated:
        yield "Deprecated."
    if any(one.kind is api.Kind.XML for one in operation.values):
        yield "The answer is XML, as text."


def words_about(parameter: api.Parameter) -> str:
    """What an argument is, in one line."""
    return one_line(parameter.description)
