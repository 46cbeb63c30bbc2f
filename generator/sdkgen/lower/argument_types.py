"""Names of the types of arguments: no two types have one, though their bodies have one schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics
from sdkgen.ir import api
from sdkgen.lower import names
from sdkgen.lower.placed import Placed

Lowered = tuple[Placed, api.Operation]


def told_apart(
    lowered: Sequence[Lowered], config: Config, diagnostics: Diagnostics
) -> list[Lowered]:
    """The same operations: where types that differ have one name, they are named after methods.

    Args:
        lowered: The operations, each with its place.
        config: Has the names that are given.
        diagnostics: Takes those of them that cannot be.
    """
    found = list(lowered)
    for one, _ in (clashing := _clashing(found)):
        said = None if one.configured is None else one.configured.streaming
        if said is not None and said.params_name is not None:
            diagnostics.error(
                "Config/SameName",
                f"Arguments that differ would both be `{said.params_name}`.",
                config.locate(said.pointer),
                hint="Give one of them another name.",
            )
    for depth in (1, None):
        renamed = {one.node.endpoint: _after_method(one, depth) for one, _ in clashing}
        found = [
            (one, replace(operation, params=renamed.get(one.node.endpoint, operation.params)))
            for one, operation in found
        ]
        clashing = _clashing(found)
    return found


def _after_method(one: Placed, depth: int | None) -> str:
    resource = one.resource if depth is None else one.resource[-depth:]
    return f"{names.pascal('_'.join((*resource, one.method)))}Params"


def _clashing(lowered: Sequence[Lowered]) -> list[Lowered]:
    by_name = defaultdict(list)
    for one, operation in lowered:
        if operation.params is not None:
            by_name[operation.params].append((one, operation))
    return [
        one
        for several in by_name.values()
        for one in several
        if any(_arguments(other) != _arguments(several[0][1]) for _, other in several)
    ]


def _arguments(operation: api.Operation) -> tuple[object, ...]:
    whole = None if operation.body is None else operation.body.whole
    return (operation.parameters, whole, operation.switch)
