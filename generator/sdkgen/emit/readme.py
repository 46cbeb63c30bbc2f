"""The README of a package: this API's own calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sdkgen.emit import variants
from sdkgen.emit.code import clean, one_line
from sdkgen.emit.examples import Examples
from sdkgen.emit.methods import every_parameter
from sdkgen.ir import api
from sdkgen.ir.types import Primitive, items_of


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
    other_server: str | None
    has_streams: bool
    has_files: bool
    has_open_unions: bool


def readme_view(described: api.Api) -> ReadmeView:
    """What the README of a package says."""
    operations = list(described.every_operation())
    environment = tuple(line for one in described.schemes for line in _credentials(one))
    return ReadmeView(
        one_line(described.title),
        clean(described.description or "") or f"A Python client for {clean(described.title)}.",
        described.client,
        f"{described.client}Error",
        _example(described, is_async=False),
        _example(described, is_async=True),
        environment,
        next(iter([*described.choice][1:]), None),
        any(operation.stream for operation in operations),
        any(
            Primitive.BINARY in items_of(parameter.type)
            for operation in operations
            for parameter in every_parameter(operation)
        ),
        bool(variants.open_discriminators(described.definitions)),
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
        is_pair = scheme.kind == "basic"
        given = f'`{scheme.argument}=("user", "password")`' if is_pair else f"`{scheme.argument}`"
        spelled = ": `user:password`" if is_pair else ""
        yield f"{given}, or the environment variable `{scheme.env}`{spelled}"


def _rank(known: tuple[tuple[str, ...], api.Operation]) -> tuple[int, ...]:
    """Where an operation stands among those that an API may be for, the likeliest first.

    It streams events, has the most to be said, and is at hand on the client.

    Args:
        known: The path of its resource, and the operation.
    """
    path, operation = known
    stream = operation.stream
    if stream is None:
        return 1, operation.deprecated
    options = len(operation.parameters)
    return 0, operation.deprecated, stream.framing != "sse", -options, len(path)


def _example(described: api.Api, *, is_async: bool) -> str:
    """A call of this API, a stream if it has one, for threads or for event loops."""
    url = "" if described.base_url else 'base_url="https://..."'
    client = f"{'Async' if is_async else ''}{described.client}"
    level = int(is_async)
    margin = "    " * level
    lines = ["", "", "async def main() -> None:"] if is_async else [""]
    lines.append(f"{margin}{'async with' if is_async else 'with'} {client}({url}) as client:")
    imports: list[str] = []
    known = [(one.path, each) for one in described.every_resource() for each in one.operations]
    if known:
        chosen = [one for one in known if (*one[0], one[1].name) == described.example]
        path, operation = chosen[0] if chosen else min(known, key=_rank)
        examples = Examples(described.definitions, is_async, level + 1)
        found = examples.of(path, operation, streams=operation.stream is not None)
        imports, lines = [*found.imports, ""] if found.imports else [], [*lines, found.code]
    else:
        lines.append(f"{margin}    ...")
    return "\n".join([*imports, f"from {described.package} import {client}", *lines])
