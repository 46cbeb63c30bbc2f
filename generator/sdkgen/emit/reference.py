"""The reference of a package: every method, its arguments, and what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sdkgen.emit.annotations import Annotations
from sdkgen.emit.code import literal, one_line
from sdkgen.emit.descriptions import Descriptions
from sdkgen.emit.examples import Examples
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
        example: One.
    """

    call: str
    about: str
    endpoint: str
    arguments: tuple[str, ...]
    gives: str
    example: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A package's reference, finished.

    Attributes:
        has_params: Whether the package has types of arguments.
    """

    title: str
    package: str
    client: str
    has_params: bool
    methods: tuple[MethodEntry, ...]


def reference_view(described: api.Api, *, has_params: bool) -> ReferenceView:
    """What the reference of a package says."""
    entries = _Entries(described)
    return ReferenceView(
        one_line(described.title),
        described.package,
        described.client,
        has_params,
        tuple(
            entry
            for resource in described.every_resource()
            for operation in resource.operations
            for entry in entries.of(resource.path, operation)
        ),
    )


class _Entries:
    """Writes the entries of an API's methods."""

    def __init__(self, described: api.Api) -> None:
        annotations = Annotations(described.definitions)
        self._methods = Methods(annotations, Descriptions(annotations), is_async=False)
        self._examples = Examples(described.definitions)

    def of(self, path: tuple[str, ...], operation: api.Operation) -> Iterable[MethodEntry]:
        """The method of an operation; two, where it may answer whole or as a stream."""
        stream, switch = operation.stream, operation.switch
        streamed = None if stream is None else _code(self._methods.stream_type(stream))
        if streamed is None or operation.stream_name is not None:
            gives = _code(self._methods.result(operation))
            if streamed is not None and switch is not None:
                asked = _code(f"{switch.parameter.name}={literal(switch.value)}")
                gives += f"; with {asked}, {streamed}"
            yield self._entry(path, operation, gives, streams=False)
        if streamed is not None:
            yield self._entry(path, operation, streamed, streams=True)

    def _entry(
        self, path: tuple[str, ...], operation: api.Operation, gives: str, *, streams: bool
    ) -> MethodEntry:
        name, switch = operation.name, operation.switch
        if streams:
            name, switch = operation.stream_name or name, None
        annotations = self._methods.annotations
        parameters = every_parameter(operation, switch.parameter if switch is not None else None)
        example = self._examples.of(path, operation, streams=streams)
        return MethodEntry(
            _code(".".join(("client", *path, name))),
            one_line("\n\n".join(about(operation)).partition("\n\n")[0]),
            _code(f"{operation.method} {one_line(operation.path)}"),
            tuple(_argument(one, annotations) for one in parameters),
            f"Gives {gives}.",
            "\n".join([*example.imports, *[""] * len(example.imports), example.code]),
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
