"""The reference of a package: every method, its arguments, and what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sdkgen.emit.annotations import Annotations
from sdkgen.emit.code import literal, one_line
from sdkgen.emit.descriptions import Descriptions
from sdkgen.emit.methods import Methods, about, every_parameter, words_about
from sdkgen.ir import api


@dataclass(frozen=True, slots=True)
class MethodEntry:
    """A method.

    Attributes:
        call: How it is called: `client.chat.create`.
        about: What it does, in a line.
        endpoint: `POST /chat`.
        arguments: A line each.
        gives: What comes of a call.
    """

    call: str
    about: str
    endpoint: str
    arguments: tuple[str, ...]
    gives: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A package's reference, finished."""

    title: str
    package: str
    methods: tuple[MethodEntry, ...]


def reference_view(described: api.Api) -> ReferenceView:
    """What the reference of a package says."""
    annotations = Annotations(described.definitions)
    methods = Methods(annotations, Descriptions(annotations), is_async=False)
    return ReferenceView(
        one_line(described.title),
        described.package,
        tuple(
            entry
            for resource in described.every_resource()
            for operation in resource.operations
            for entry in _entries(operation, "client." + ".".join(resource.path), methods)
        ),
    )


def _entries(operation: api.Operation, owner: str, methods: Methods) -> Iterable[MethodEntry]:
    """The method of an operation; two, where it may answer whole or as a stream."""
    switch, stream = operation.switch, operation.stream
    opened = None if stream is None else f"Gives {_code(methods.stream_type(stream))}."
    whole = f"Gives {_code(methods.result(operation))}."
    if stream is None or opened is None:
        yield _entry(operation, f"{owner}.{operation.name}", None, methods, whole)
    elif operation.stream_name is None:
        yield _entry(operation, f"{owner}.{operation.name}", None, methods, opened)
    else:
        if switch is not None:
            asked = _code(f"{switch.parameter.name}={literal(switch.value)}")
            whole = f"{whole[:-1]}; with {asked} {_code(methods.stream_type(stream))}."
        parameter = None if switch is None else switch.parameter
        yield _entry(operation, f"{owner}.{operation.name}", parameter, methods, whole)
        yield _entry(operation, f"{owner}.{operation.stream_name}", None, methods, opened)


def _entry(
    operation: api.Operation,
    call: str,
    switch: api.Parameter | None,
    methods: Methods,
    gives: str,
) -> MethodEntry:
    return MethodEntry(
        _code(call),
        one_line("\n\n".join(about(operation)).partition("\n\n")[0]),
        _code(f"{operation.method} {one_line(operation.path)}"),
        tuple(_argument(one, methods.annotations) for one in every_parameter(operation, switch)),
        gives,
    )


def _argument(parameter: api.Parameter, annotations: Annotations) -> str:
    types = _code(" | ".join(annotations.argument(parameter)))
    said = words_about(parameter)
    optional = "" if parameter.required else ", optional"
    return f"{_code(parameter.name)} ({types}{optional}){': ' if said else ''}{said}"


def _code(text: str) -> str:
    """A code span, whose fence is longer than any in it (CommonMark 0.31, section 6.1)."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{text}{fence}" if fence == "`" else f"{fence} {text} {fence}"
