"""Longer and longer names for operations that cannot have the one that suits them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from sdkgen.lower import names, operation_ids, routes
from sdkgen.lower.placed import Placed

Wording = Callable[[Placed], Placed]
"""Calls an operation something else, if that adds anything to its name."""


def with_nouns(one: Placed) -> Placed:
    """With the words of its resource left in."""
    return _called(one, operation_ids.phrase(*one.identity, one.resource))


def _after_resource(one: Placed) -> Placed:
    """With all words of its operation id after those of its resource."""
    return _called(one, operation_ids.after_resource(*one.identity, one.resource))


def _spoken_out(one: Placed) -> Placed:
    """With all words of its operation id."""
    return _called(one, operation_ids.spoken(*one.identity))


def _as_action(one: Placed) -> Placed:
    """Called what its path ends with, where nothing says more of it than that it is a POST."""
    plain = one.method == "create" and one.verb == "post"
    return (
        _called(one, routes.words_below(one.node.path, one.resource))
        if plain and not one.identity[0]
        else one
    )


def with_path(one: Placed) -> Placed:
    """With the words of its path below its resource: ``list_events``."""
    return _longer(one, routes.words_below(one.node.path, one.resource))


def _with_parameters(one: Placed) -> Placed:
    """With the parameters that its path has beside that for an item of its resource."""
    below = routes.below(one.node.path, one.resource)
    if below is None:
        below = routes.segments(one.node.path)
    elif below and routes.is_parameter(below[0]):
        below = below[1:]
    found = [segment for segment in below if routes.is_parameter(segment)]
    return _longer(one, [word for segment in found for word in ("by", *names.words(segment))])


def _with_version(one: Placed) -> Placed:
    """With the version of its path: ``list_v2``."""
    versions = routes.versions(one.node.path)
    return _longer(one, [word for version in versions for word in names.words(version)])


def _with_slash(one: Placed) -> Placed:
    return _longer(one, ["slash"] if one.node.path.endswith("/") else [])


def _with_way(one: Placed) -> Placed:
    """With the words of its path before its resource: ``create_in_engines``."""
    below = routes.below(one.node.path, one.resource)
    above = [] if below is None else routes.segments(one.node.path)[: -len(below) - 1]
    way = [word for part in routes.literals(above) for word in names.words(part)]
    return _longer(one, ["in", *way] if way else [])


def _by_id(one: Placed) -> Placed:
    """With all words of its operation id, however a framework made it."""
    return _called(one, names.words(one.identity[0]))


def _by_route(one: Placed) -> Placed:
    """With all words of its path: what a server tells apart is apart."""
    words = [word for word in _route_words(one) if not routes.is_noise(word)]
    return _called(one, [one.verb, *words])


def _by_whole_route(one: Placed) -> Placed:
    """With versions and all: ``get_v3_health``."""
    return _called(one, [one.verb, *_route_words(one)])


def _in_full(one: Placed) -> Placed:
    """However long that is, and with a slash at the end, if it has one."""
    slash = ["slash"] if one.node.path.endswith("/") else []
    return replace(one, method="_".join([one.verb, *_route_words(one), *slash]))


def _with_symbols(one: Placed) -> Placed:
    """With words for what stands between those of its path: of ``/a/b`` and ``/a-b``."""
    said = one.node.path.replace("{", " by ")
    return replace(one, method="_".join([one.verb, *names.words(names.with_symbols(said))]))


def _with_case(one: Placed) -> Placed:
    """With the case of its method, unless that is as usual (RFC 9110, section 9.1)."""
    method = one.node.method
    return _longer(one, [] if method.isupper() else ["lower" if method.islower() else "mixed"])


def _called(one: Placed, words: Iterable[str]) -> Placed:
    name = "_".join(words)
    return replace(one, method=names.method(name)) if name else one


def _longer(one: Placed, words: Iterable[str]) -> Placed:
    has = names.words(one.method)
    new = [word for word in words if names.singular(word) not in map(names.singular, has)]
    return _called(one, [*has, *new]) if new else one


def _route_words(one: Placed) -> list[str]:
    return names.words(one.node.path.replace("{", " by ").replace("}", " "))


WORDINGS: Final[tuple[Wording, ...]] = (
    *(with_nouns, _after_resource, _spoken_out, _as_action),
    *(with_path, _with_parameters, _with_version, _with_slash, _with_way),
    *(_with_case, _by_id, _by_route, _by_whole_route, _in_full, _with_symbols),
)
"""One after the other, until nobody else has the name."""
