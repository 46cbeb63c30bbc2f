"""Names of the types of arguments: no two types have one, though their bodies have one schema."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics
from sdkgen.ir import api
from sdkgen.lower import names
from sdkgen.lower.placed import Placed

Lowered = tuple[Placed, api.Operation]


def told_apart(
    lowered: Sequence[Lowered], forms: Collection[str], config: Config, diagnostics: Diagnostics
) -> list[Lowered]:
    """The same operations: where types that differ have one name, they are named after methods.

    Args:
        lowered: The operations, each with its place.
        forms: The names of dicts that are taken for models: these stand beside the types.
        config: Has the names that are given.
        diagnostics: Takes those of them that would be of more than one type.
    """
    found = list(lowered)
    for one, _ in (clashing := _clashing(found, forms)):
        said = None if one.configured is None else one.configured.streaming
        if said is not None and said.params_name is not None:
            diagnostics.warning(
                "Config/SameName",
                f"Types that differ would both be `{said.params_name}`: this one is called after "
                "its method.",
                config.locate(said.pointer),
                hint="Give one of them another name.",
            )
    for wording in (_after_method, _after_path, _after_endpoint):
        renamed = {one.node.endpoint: f"{wording(one)}Params" for one, _ in clashing}
        found = [
            (one, replace(operation, params=renamed.get(one.node.endpoint, operation.params)))
            for one, operation in found
        ]
        clashing = _clashing(found, forms)
    return found


def _after_method(one: Placed) -> str:
    return names.pascal("_".join((*one.resource[-1:], one.method)))


def _after_path(one: Placed) -> str:
    return names.pascal("_".join((*one.resource, one.method)))


def _after_endpoint(one: Placed) -> str:
    """A name that no other has: `a.b_c` and `a_b.c` are the same words."""
    digest = hashlib.sha256(one.node.endpoint.encode(errors="backslashreplace")).hexdigest()
    return f"{_after_path(one)}{digest[:8]}"


def _clashing(lowered: Sequence[Lowered], forms: Collection[str]) -> list[Lowered]:
    """The operations of whose arguments' types one has the name of another type."""
    by_name: defaultdict[str, list[api.Operation]] = defaultdict(list)
    for _, operation in lowered:
        for name in operation.params_names:
            by_name[name].append(operation)
    taken = {
        name
        for name, several in by_name.items()
        if name in forms or any(_type(one) != _type(several[0]) for one in several)
    }
    return [one for one in lowered if not taken.isdisjoint(one[1].params_names)]


def _type(operation: api.Operation) -> tuple[object, ...]:
    whole = None if operation.body is None else operation.body.whole
    return (operation.params, operation.parameters, whole, operation.switch)
