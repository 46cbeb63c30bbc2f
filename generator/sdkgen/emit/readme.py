"""The README of a package: this API's own calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sdkgen.emit import variants
from sdkgen.emit.code import clean, literal, one_line
from sdkgen.emit.methods import every_parameter
from sdkgen.ir import api
from sdkgen.ir.types import (
    Alias,
    Choice,
    Definitions,
    ListOf,
    MapOf,
    Named,
    Primitive,
    TypeRef,
    Union,
    items_of,
)


@dataclass(frozen=True, slots=True)
class ReadmeView:
    """A package's README, finished."""

    title: str
    description: str
    client: str
    error: str
    example: str
    async_example: str
    environment: tuple[str, ...]
    has_streams: bool
    has_files: bool
    has_open_unions: bool


def readme_view(described: api.Api) -> ReadmeView:
    """What the README of a package says."""
    operations = list(_operations(described.resources))
    environment = tuple(line for one in described.schemes for line in _credentials(one))
    return ReadmeView(
        one_line(described.title),
        clean(described.description or "") or f"A Python client for {clean(described.title)}.",
        described.client,
        f"{described.client}Error",
        _example(described, operations, is_async=False),
        _example(described, operations, is_async=True),
        environment,
        any(operation.stream for _, operation in operations),
        any(
            Primitive.BINARY in items_of(parameter.type)
            for _, operation in operations
            for parameter in every_parameter(operation)
        ),
        variants.are_open(described.definitions),
    )


def _credentials(scheme: api.SecurityScheme) -> Iterable[str]:
    """How a credential is given."""
    if scheme.grant is not None:
        client_id, secret = scheme.grant.arguments
        yield (
            f"`{client_id}` and `{secret}`, or the environment variables "
            f"`{scheme.grant.env[0]}` and `{scheme.grant.env[1]}`: access tokens are fetched with "
            "them, kept, and renewed before they expire"
        )
    if scheme.env is not None:
        yield f"`{scheme.argument}`, or the environment variable `{scheme.env}`"


def _operations(
    resources: Iterable[api.Resource],
) -> Iterable[tuple[api.Resource, api.Operation]]:
    for resource in resources:
        for operation in resource.operations:
            yield resource, operation
        yield from _operations(resource.children)


def _example(
    described: api.Api, operations: list[tuple[api.Resource, api.Operation]], *, is_async: bool
) -> str:
    """A call of this API, a stream if it has one, for threads or for event loops."""
    url = "" if described.base_url else 'base_url="https://..."'
    client = f"{'Async' if is_async else ''}{described.client}"
    block = "async with" if is_async else "with"
    lines = [f"from {described.package} import {client}", ""]
    margin = ""
    if is_async:
        lines += ["", "async def main() -> None:"]
        margin = "    "
    lines.append(f"{margin}{block} {client}({url}) as client:")
    streams = [one for one in operations if one[1].stream is not None]
    if not operations:
        return "\n".join([*lines, f"{margin}    ..."])
    chosen = [one for one in operations if (*one[0].path, one[1].name) == described.example]
    resource, operation = (chosen or streams or operations)[0]
    used = _Use(described.definitions, is_async).lines(resource, operation)
    return "\n".join([*lines, *(f"{margin}    {line}" for line in used)])


@dataclass(frozen=True, slots=True)
class _Use:
    """How an operation is used in an example."""

    definitions: Definitions
    is_async: bool

    def lines(self, resource: api.Resource, operation: api.Operation) -> list[str]:
        """A call, and what its answer is good for."""
        block, loop, wait = (
            ("async with", "async for", "await ") if self.is_async else ("with", "for", "")
        )
        if operation.stream is not None:
            call = self._call(resource, operation, operation.stream_name or operation.name)
            # A method beside one that gives the whole answer needs no `await`.
            opened = call if operation.stream_name else f"{wait}{call}"
            return [
                f"{block} {opened} as stream:",
                f"    {loop} event in stream:",
                "        print(event)",
            ]
        call = f"{wait}{self._call(resource, operation, operation.name)}"
        if operation.is_download and not operation.values:
            return [f"{block} {call} as answer:", f'    {wait}answer.write_to("answer.bin")']
        return [f"print({call})"]

    def _call(self, resource: api.Resource, operation: api.Operation, name: str) -> str:
        whole = operation.body.whole if operation.body else None
        parameters = [*operation.parameters, *([whole] if whole is not None else [])]
        arguments = [
            value if one.place == "path" else f"{one.name}={value}"
            for one in parameters
            if one.required and (value := self._sample(one.type))
        ]
        return f"client.{'.'.join(resource.path)}.{name}({', '.join(arguments)})"

    def _sample(self, type_: TypeRef, within: frozenset[str] = frozenset()) -> str:
        """A value that stands for any of its type, which is a part of some definitions."""
        match type_:
            case Named(name) if name not in within:
                definition = self.definitions.get(name)
                if isinstance(definition, Alias):
                    return self._sample(definition.type, within | {name})
                return "{...}"
            case Choice(values):
                return literal(values[0])
            case Union(members):
                return self._sample(members[0], within)
            case ListOf():
                return "[...]"
            case MapOf():
                return "{...}"
            case Primitive.STRING:
                return '"..."'
            case Primitive.INTEGER | Primitive.NUMBER:
                return "1"
            case Primitive.BOOLEAN:
                return "True"
        return "..."
