"""How well an operation fits the name that it wants, by what its path and its id say.

Of versions the oldest fits best: it was there first, and a line that calls it is not to call
another because that is added. The newest would be handier, once, for who begins with that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from sdkgen.lower import names, operation_ids, routes
from sdkgen.lower.placed import Placed
from sdkgen.lower.wordings import with_nouns

_OF_ONE: Final = frozenset(
    {"delete", "get", "patch", "read", "remove", "replace", "retrieve", "show", "update"}
)
"""First words of methods that are about one of many: the paths of these end in a parameter."""
_BY_ID: Final = frozenset({"by", "id"})
_ASKING: Final = {"get": 0, "head": 2, "options": 2, "trace": 2}
"""HTTP's methods that change nothing: a POST beside a GET may be for questions that are too long
for that, and the others ask about its answers.
"""


def fittest(several: Sequence[Placed]) -> list[Placed]:
    """Who fits a name best, where all want that.

    If it says too little of each of them it is the one that says no more; without that, all.
    """
    if len(several) == 1:
        return list(several)
    said = [one for one in several if not _is_unsaid(one)]
    if said:
        return _least(said, [_unfitness(one) for one in said])
    exact = [one for one in several if with_nouns(one).method == one.method]
    return exact if len(exact) == 1 else list(several)


def shallowest(several: Sequence[Placed]) -> list[Placed]:
    """Whose paths lead least far below their resource."""
    return _least(several, [_depth(one) for one in several])


def _least(several: Sequence[Placed], ranks: Sequence[_Rank]) -> list[Placed]:
    least = min(ranks)
    return [one for one, rank in zip(several, ranks, strict=True) if rank == least]


_Rank = tuple[object, ...]
"""Sorts operations; those of one rank cannot be told apart by anything that lasts."""


def _unfitness(one: Placed) -> _Rank:
    said = _identity(one)
    is_of_one = names.words(one.method)[0] in _OF_ONE
    return (
        _steps(one),
        sum(said[word] for word in _BY_ID),
        is_of_one is not routes.is_item(one.node.path),
        sum((_nouns(one) - said).values()) if said else 0,
        _depth(one),
        _ASKING.get(one.verb, 1),
        not one.node.method.isupper(),
    )


def _depth(one: Placed) -> _Rank:
    path = one.node.path
    return (_steps(one), len(routes.segments(path)), routes.ages(path), path.endswith("/"))


def _steps(one: Placed) -> tuple[bool, int]:
    """How far a path leads from its resource, in words; farthest, where it does not name that."""
    below = routes.below(one.node.path, one.resource)
    return (below is None, len(routes.literals(below or ())))


def _is_unsaid(one: Placed) -> bool:
    """Whether an operation id has words that neither the method's name nor the resource's has.

    They may be all that tells it from others. The resource can be said twice: `files_delete_file`.
    """
    known = Counter(names.singular(word) for part in one.name for word in names.words(part))
    if names.words(one.method)[0] == routes.plain_method(one.verb, one.node.path):
        known[one.verb] += 1
    more = _identity(one) - known
    if _nouns(one) <= more:
        more -= _nouns(one)
    return any(count for word, count in more.items() if word not in _BY_ID)


def _nouns(one: Placed) -> Counter[str]:
    return Counter(map(names.singular, names.words(one.resource[-1])))


def _identity(one: Placed) -> Counter[str]:
    said = operation_ids.spoken(*one.identity)
    return Counter(names.singular(word) for word in said if not routes.is_noise(word))
