"""Who keeps a name that several operations want, and what the others are called.

The operation that fits a name best keeps it: an API grows below what it has already, and what is
added there is to take no name from what was there before. Where several fit a name equally well,
either may have been the first, and all make way. Without knowing what was there before, one case
remains: what fits a name better than what had it, and is added later, takes it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from sdkgen.lower.fitness import fittest, shallowest
from sdkgen.lower.placed import Placed
from sdkgen.lower.wordings import WORDINGS, Wording, with_nouns, with_path

_STREAM: Final = "stream"

_Choice = Callable[[list[Placed]], list[Placed]]
"""Of some that want one name, who fits it best."""


def settled(wanted: Sequence[Placed], dual: Collection[str]) -> tuple[list[Placed], list[Placed]]:
    """All operations that have a name to themselves now; then those for which there is none.

    Args:
        wanted: The operations, each with the name that suits it, whatever the others are called.
        dual: The endpoints of those that answer whole or as a stream.
    """
    contest = _Contest(wanted)
    # Of names that are given, none is better than another.
    lost = contest.ask([one for one in wanted if one.configured], list)
    given = [one for one in wanted if one.extension and not one.configured]
    waiting = contest.ask(given, list)
    contest.reserve_streams(wanted, dual)
    waiting += contest.ask([one for one in wanted if not (one.extension or one.configured)])
    for wording in WORDINGS:
        waiting = contest.ask(contest.reworded(waiting, wording))
    return contest.with_streams(dual), lost + waiting


class _Contest:
    """The names that were asked for, and by endpoint who fits each of them best.

    One has it; of several nobody does, nor anybody who asks for it later.
    """

    def __init__(self, wanted: Iterable[Placed]) -> None:
        self._resources = frozenset(
            one.resource[:depth] for one in wanted for depth in range(len(one.resource) + 1)
        )
        self._best: dict[tuple[str, ...], dict[str, Placed]] = {
            resource: {} for resource in self._resources
        }
        self._kept: dict[str, Placed] = {}

    def ask(self, asking: Sequence[Placed], best_of: _Choice = fittest) -> list[Placed]:
        """Give names to those that fit them best; gives the others."""
        by_name = defaultdict(list)
        for one in asking:
            by_name[one.name].append(one)
        for name in by_name.keys() - self._best.keys():
            self._best[name] = best = _by_endpoint(best_of(by_name[name]))
            if len(best) == 1:
                self._kept |= best
        return [one for one in asking if one.node.endpoint not in self._kept]

    def reworded(self, waiting: Iterable[Placed], wording: Wording) -> list[Placed]:
        """The same, with longer names where these tell them from all who fit the short ones."""
        alike: dict[tuple[str, ...], Counter[str]] = {}
        found = []
        for one in waiting:
            best = self._best[one.name]
            if one.name not in alike:
                alike[one.name] = Counter(wording(other).method for other in best.values())
            longer = wording(one)
            others = alike[one.name][longer.method] - (one.node.endpoint in best)
            found.append(one if others else longer)
        return found

    def reserve_streams(self, wanted: Iterable[Placed], dual: Collection[str]) -> None:
        """Keep `stream` for a second method, unless an operation cannot be called anything else.

        If one that can had it, a line that calls the second method would call that operation as
        soon as it is added to the document.
        """
        rightful = {
            one.name
            for one in wanted
            if one.method == _STREAM == with_nouns(one).method == with_path(one).method
        }
        by_resource = defaultdict(list)
        for one in wanted:
            if one.node.endpoint in dual and one.method != _STREAM:
                by_resource[one.resource].append(one)
        for resource, several in by_resource.items():
            name = (*resource, _STREAM)
            plain = [one for one in several if one.method == "create"]
            best = _by_endpoint(shallowest(plain or several))
            if len(best) == 1 and name not in rightful:
                self._best.setdefault(name, best)

    def with_streams(self, dual: Collection[str]) -> list[Placed]:
        """Those that have a name, with names for the second methods of those that have one."""
        taken = self._resources.union(one.name for one in self._kept.values())
        found = []
        for endpoint, one in self._kept.items():
            stream = None
            if endpoint in dual:
                short = (*one.resource, _STREAM)
                is_reserved = short not in taken and self._best.get(short, {}).keys() == {endpoint}
                stream = _STREAM if is_reserved else f"stream_{one.method}"
                while (*one.resource, stream) in taken:
                    stream += "_"
            found.append(replace(one, stream=stream))
        return found


def _by_endpoint(several: Iterable[Placed]) -> dict[str, Placed]:
    return {one.node.endpoint: one for one in several}
