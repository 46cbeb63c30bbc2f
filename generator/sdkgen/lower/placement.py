"""Where every operation goes, and what it is called there.

All operations are placed before any is lowered: whether a name is free is a question
about all of them, and the answer must not depend on which comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from sdkgen.config import Config, Method
from sdkgen.diagnostics import Diagnostics, Location, suggestion
from sdkgen.lower import contests, names, operation_ids, routes
from sdkgen.lower.placed import Placed, verb_of
from sdkgen.source.document import Document, OperationNode

_GROUP: Final = ("x-speakeasy-group", "x-fern-sdk-group-name")
_METHOD: Final = ("x-speakeasy-name-override", "x-fern-sdk-method-name")
_IGNORE: Final = ("x-speakeasy-ignore", "x-fern-ignore")


def place(
    document: Document,
    config: Config,
    diagnostics: Diagnostics,
    is_dual: Callable[[OperationNode, Method | None], bool],
) -> tuple[Placed, ...]:
    """Give every operation its resource and its names, in the order of the document.

    Those that the document says to ignore, or the configuration to skip, get none, unless the
    configuration names them.

    Args:
        document: Has the operations.
        config: Has the names of some of them.
        diagnostics: Takes which of them cannot have the names that they are given.
        is_dual: Whether an operation answers whole or as a stream, and has two methods.
    """
    configured = _configured(document, config, diagnostics)
    wanted = [
        configured.get(node.endpoint) or _first_choice(node)
        for node in document.operations
        if node.endpoint in configured
        or not (node.endpoint in config.skipped or _is_ignored(node, document))
    ]
    dual = {one.node.endpoint for one in wanted if is_dual(one.node, one.configured)}
    settled, lost = contests.settled(wanted, dual)
    for one in lost:
        _report_lost(one, document, config, diagnostics)
    got = {one.node.endpoint: one for one in settled}
    for one in wanted:
        found = got.get(one.node.endpoint)
        if found is not None and found.method != one.method and one.extension is not None:
            _report_renamed(one, found, document, diagnostics)
    return tuple(got[one.node.endpoint] for one in wanted if one.node.endpoint in got)


def _is_ignored(node: OperationNode, document: Document) -> bool:
    """Whether the document says, of an operation or of its path, to make no method of it."""
    at = node.pointer.rpartition("/")[0].removesuffix("/additionalOperations")
    item = document.mapping_at(at)
    extra = node.operation.model_extra or {}
    return any(said.get(key) is True for said in (extra, item) for key in _IGNORE)


def _report_renamed(
    wanted: Placed, got: Placed, document: Document, diagnostics: Diagnostics
) -> None:
    """Say that a method cannot have the name that the document gives it."""
    diagnostics.error(
        "Names/Collision",
        f"{wanted.node.called} and another method or resource would both be "
        f"`{'.'.join(wanted.name)}`; this one is called `{got.method}` instead.",
        document.locate(f"{wanted.node.pointer}/{wanted.extension}"),
        hint=f"Give one of them another name: {wanted.extension}: another_name",
    )


def _report_lost(one: Placed, document: Document, config: Config, diagnostics: Diagnostics) -> None:
    """Say that an operation is left out, since there is no name for it."""
    name = ".".join(one.name)
    if one.configured is None:
        diagnostics.error(
            "Names/Collision",
            f"{one.node.called} and another operation would both be `{name}`.",
            document.locate(one.node.pointer, key=True),
            hint=f"Name it in the document: {_METHOD[0]}: another_name",
        )
    else:
        diagnostics.error(
            "Config/SameName",
            f"{one.node.called} and another method or resource would both be `{name}`.",
            config.locate(one.configured.pointer),
            hint="Give one of them another name.",
        )


def _configured(document: Document, config: Config, diagnostics: Diagnostics) -> dict[str, Placed]:
    """The operations that the configuration places, by endpoint."""
    nodes = {node.endpoint: node for node in document.operations}
    found: dict[str, Placed] = {}
    for resource in config.resources:
        for method in resource.methods:
            endpoint = f"{method.verb} {method.path}"
            node = nodes.get(endpoint)
            if node is None:
                _report_unknown(endpoint, nodes, config.locate(method.pointer), diagnostics)
                continue
            if endpoint in found:
                diagnostics.error(
                    "Config/SameEndpoint",
                    f"`{endpoint}` is a method already: `{'.'.join(found[endpoint].name)}`.",
                    config.locate(method.pointer),
                    hint="Keep one of the two.",
                )
            path = tuple(names.method(part) for part in resource.path)
            found[endpoint] = Placed(node, path, names.method(method.name), configured=method)
    return found


def _report_unknown(
    endpoint: str, known: Iterable[str], place: Location, diagnostics: Diagnostics
) -> None:
    diagnostics.error(
        "Config/UnknownEndpoint",
        f"The document has no endpoint `{endpoint}`.",
        place,
        hint=suggestion(endpoint, known),
    )


def example(
    placed: Sequence[Placed], config: Config, diagnostics: Diagnostics
) -> tuple[str, ...] | None:
    """The operation that the configuration wants to be shown, by its path from the client on."""
    if config.example is None:
        return None
    paths = {one.node.endpoint: one.name for one in placed}
    if config.example not in paths and config.example not in config.skipped:
        _report_unknown(config.example, paths, config.locate("/example"), diagnostics)
    return paths.get(config.example)


def _first_choice(node: OperationNode) -> Placed:
    """What suits an operation, whatever the others are called."""
    resource = _resource(node)
    extension, said = _extension(node, _METHOD)
    if isinstance(said, str):
        return Placed(node, resource, names.method(said), extension=extension)
    identity, verb = node.operation.operationId, verb_of(node)
    method = identity and operation_ids.method_from_id(identity, verb, node.path, resource)
    return Placed(node, resource, method or routes.method_from_path(verb, node.path, resource))


def _resource(node: OperationNode) -> tuple[str, ...]:
    _, said = _extension(node, _GROUP)
    tags = node.operation.tags or []
    if isinstance(said, list):
        parts = [str(part) for part in said]
    elif isinstance(said, str):
        parts = said.split(".")
    else:
        parts = tags[0].split(".") if tags else []
    found = tuple(names.method(part) for part in parts if part.strip())
    found = found or routes.resource_from_path(node.path)
    # What a flag in the query sets apart is a part of the API of its own: `client.beta.models`.
    flag = None if said else routes.flag_of(node.path)
    return (names.method(flag), *found) if flag is not None and flag not in found else found


def _extension(node: OperationNode, keys: Iterable[str]) -> tuple[str | None, Any]:
    """The first of some extensions that says anything, and what it says."""
    extra: Mapping[str, Any] = node.operation.model_extra or {}
    return next(((key, extra[key]) for key in keys if extra.get(key)), (None, None))
