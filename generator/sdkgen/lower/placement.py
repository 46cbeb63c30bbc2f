"""Where every operation goes, and what it is called there.

All operations are placed before any is lowered: whether a name is free is a question
about all of them, and the answer must not depend on which comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sdkgen.config import Config, Method
from sdkgen.diagnostics import Diagnostics, Location, nearest
from sdkgen.lower import names, routes
from sdkgen.source.document import Document, OperationNode

_GROUP: Final = ("x-speakeasy-group", "x-fern-sdk-group-name")
_METHOD: Final = ("x-speakeasy-name-override", "x-fern-sdk-method-name")


@dataclass(frozen=True, slots=True)
class Placed:
    """An operation's resource and its method's name.

    Attributes:
        configured: What the configuration says of it.
    """

    node: OperationNode
    resource: tuple[str, ...]
    method: str
    configured: Method | None = None

    @property
    def hint(self) -> str:
        """The name from which its definitions take theirs, where they have none."""
        return names.pascal(f"{self.resource[-1]}_{self.method}")


def place(document: Document, config: Config, diagnostics: Diagnostics) -> tuple[Placed, ...]:
    """Give every operation its resource and its name, in the order of the document."""
    configured = _configured(document, config, diagnostics)
    placed = [
        configured.get(_endpoint(node)) or _first_choice(node) for node in document.operations
    ]
    wanted = placed
    for wording in (_with_nouns, _spoken_out, _by_route, _by_whole_route, _in_full):
        clashing = [one for one in _clashing(placed) if one.configured is None]
        if not clashing:
            break
        placed = [wording(one) if one in clashing else one for one in placed]
    else:
        for one in _clashing(placed):
            diagnostics.error(
                "Names/Collision",
                f"{one.node.method.upper()} {one.node.path} and another operation would both be "
                f"`{'.'.join((*one.resource, one.method))}`.",
                document.locate(one.node.pointer, key=True),
                hint=f"Name it in the document: {_METHOD[0]}: another_name",
            )
    _report_same_names(wanted, placed, document, diagnostics)
    for one in _clashing(placed):
        if one.configured is not None:
            diagnostics.error(
                "Config/SameName",
                f"{one.node.method.upper()} {one.node.path} and another method or resource would "
                f"both be `{'.'.join((*one.resource, one.method))}`.",
                config.locate(one.configured.pointer),
                hint="Give one of them another name.",
            )
    kept = _without_clashes(placed)
    return tuple(kept)


def _report_same_names(
    wanted: Sequence[Placed],
    placed: Sequence[Placed],
    document: Document,
    diagnostics: Diagnostics,
) -> None:
    """Say where methods cannot have the names that the document gives them."""
    left_out = _clashing(placed)  # which is said of them
    for one, got in zip(wanted, placed, strict=True):
        renamed = got.method != one.method and got not in left_out
        if renamed and _extension(one.node, _METHOD):
            key = next(key for key in _METHOD if key in (one.node.operation.model_extra or {}))
            diagnostics.error(
                "Names/Collision",
                f"{one.node.method.upper()} {one.node.path} and another method or resource would "
                f"both be `{'.'.join((*one.resource, one.method))}`; this one is called "
                f"`{got.method}` instead.",
                document.locate(f"{one.node.pointer}/{key}"),
                hint=f"Give one of them another name: {key}: another_name",
            )


def _configured(document: Document, config: Config, diagnostics: Diagnostics) -> dict[str, Placed]:
    """The operations that the configuration places, by endpoint."""
    nodes = {_endpoint(node): node for node in document.operations}
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
                    f"`{endpoint}` is a method already: "
                    f"`{'.'.join((*found[endpoint].resource, found[endpoint].method))}`.",
                    config.locate(method.pointer),
                    hint="Keep one of the two.",
                )
            path = tuple(names.method(part) for part in resource.path)
            found[endpoint] = Placed(node, path, names.method(method.name), method)
    return found


def _report_unknown(
    endpoint: str, known: Iterable[str], place: Location, diagnostics: Diagnostics
) -> None:
    near = nearest(endpoint, known)
    diagnostics.error(
        "Config/UnknownEndpoint",
        f"The document has no endpoint `{endpoint}`.",
        place,
        hint=f"did you mean `{near}`?" if near else None,
    )


def example(
    placed: Sequence[Placed], config: Config, diagnostics: Diagnostics
) -> tuple[str, ...] | None:
    """The operation that the configuration wants to be shown, by its path from the client on."""
    if config.example is None:
        return None
    paths = {_endpoint(one.node): (*one.resource, one.method) for one in placed}
    if config.example not in paths:
        _report_unknown(config.example, paths, config.locate("/example"), diagnostics)
    return paths.get(config.example)


def _endpoint(node: OperationNode) -> str:
    """What no two operations share. Their pointers they may: two paths can be one object."""
    return f"{node.method} {node.path}"


def _first_choice(node: OperationNode) -> Placed:
    resource = _resource(node)
    said = _extension(node, _METHOD)
    method = names.method(said) if isinstance(said, str) else None
    identity = node.operation.operationId
    if method is None and identity:
        method = routes.method_from_id(identity, node.method, node.path, resource)
    return Placed(
        node, resource, method or routes.method_from_path(node.method, node.path, resource)
    )


def _resource(node: OperationNode) -> tuple[str, ...]:
    said = _extension(node, _GROUP)
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


def _extension(node: OperationNode, keys: Iterable[str]) -> Any:
    extra: Mapping[str, Any] = node.operation.model_extra or {}
    return next((extra[key] for key in keys if extra.get(key)), None)


def _clashing(placed: Sequence[Placed]) -> list[Placed]:
    taken = Counter((one.resource, one.method) for one in placed)
    resources = {one.resource[:depth] for one in placed for depth in range(len(one.resource) + 1)}
    return [
        one
        for one in placed
        if taken[one.resource, one.method] > 1 or (*one.resource, one.method) in resources
    ]


def _without_clashes(placed: Sequence[Placed]) -> list[Placed]:
    left_out = _clashing(placed)
    return [one for one in placed if one not in left_out]


def _with_nouns(one: Placed) -> Placed:
    """With the words of its resource left in."""
    identity = one.node.operation.operationId
    said = routes.phrase(identity, one.node.method, one.node.path) if identity else []
    return replace(one, method=names.method("_".join(said))) if said else one


def _spoken_out(one: Placed) -> Placed:
    """With all words of its operation id."""
    identity = one.node.operation.operationId
    return replace(one, method=names.method(identity)) if identity else _by_route(one)


def _by_route(one: Placed) -> Placed:
    """With the words of its path: what a server tells apart is apart."""
    words = [word for word in _route_words(one) if not routes.is_noise(word)]
    return replace(one, method=names.method("_".join([one.node.method, *words])))


def _by_whole_route(one: Placed) -> Placed:
    """With versions and all: ``get_v3_health``."""
    return replace(one, method=names.method("_".join([one.node.method, *_route_words(one)])))


def _in_full(one: Placed) -> Placed:
    """However long that is, and with a slash at the end, if it has one."""
    slash = ["slash"] if one.node.path.endswith("/") else []
    return replace(one, method="_".join([one.node.method, *_route_words(one), *slash]))


def _route_words(one: Placed) -> list[str]:
    return names.words(one.node.path.replace("{", " by ").replace("}", " "))


def stream_names(
    placed: Iterable[Placed], is_dual: Callable[[Placed], bool]
) -> dict[tuple[str, ...], str]:
    """The second methods of operations that answer whole or as a stream, by their first.

    `stream`, where the resource has one such operation and nothing else of that name.
    """
    everything = list(placed)
    methods = {(one.resource, one.method) for one in everything}
    methods |= {
        (one.resource[:depth], one.resource[depth])
        for one in everything
        for depth in range(len(one.resource))
    }
    dual = [one for one in everything if is_dual(one)]
    by_resource = Counter(one.resource for one in dual)
    found = {}
    for one in dual:
        plain = by_resource[one.resource] == 1 or one.method == "create"
        free = (one.resource, "stream") not in methods
        found[*one.resource, one.method] = "stream" if plain and free else f"stream_{one.method}"
    return found
