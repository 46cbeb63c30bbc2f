"""What leads to what, and back: graphs that may be deeper than Python's own stack is high."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

LeadsTo = Callable[[str], Iterable[str]]
"""What a thing leads to by one step."""


def deepest_first(start: str, leads_to: LeadsTo, known: Container[str]) -> Iterator[str]:
    """A thing and all that it leads to: each after what it leads to, but for circles.

    Args:
        start: The thing.
        leads_to: The graph.
        known: What is left out, with what only that leads to.
    """
    if start in known:
        return
    entered = {start}
    path = [(start, iter(leads_to(start)))]
    while path:
        here, left = path[-1]
        there = next((one for one in left if one not in entered and one not in known), None)
        if there is None:
            path.pop()
            yield here
        else:
            entered.add(there)
            path.append((there, iter(leads_to(there))))


class Circles:
    """Finds which things lead to each other: the strongly connected components of a graph.

    After Tarjan, "Depth-first search and linear graph algorithms" (SIAM J. Comput., 1972).
    """

    def __init__(self, leads_to: LeadsTo) -> None:
        self._leads_to = leads_to
        self._entered: dict[str, int] = {}
        self._circles: dict[str, frozenset[str]] = {}

    def of(self, start: str) -> frozenset[str]:
        """What a thing leads to that leads back to it, itself, too; nothing if it is in none."""
        if start not in self._circles:
            self._look(start)
        return self._circles[start]

    def _look(self, start: str) -> None:
        open_: list[str] = []  # what may yet turn out to lead to each other
        lowest: dict[str, int] = {}
        loops = set[str]()
        path: list[tuple[str, Iterator[str]]] = []
        there: str | None = start
        while there is not None or path:
            if there is not None:
                self._entered[there] = lowest[there] = len(self._entered)
                open_.append(there)
                path.append((there, iter(self._leads_to(there))))
            here, left = path[-1]
            there = None
            for one in left:
                if one not in self._entered:
                    there = one
                    break
                if one not in self._circles:
                    lowest[here] = min(lowest[here], self._entered[one])
                    loops |= {one} & {here}
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[here])
                if lowest[here] == self._entered[here]:
                    self._close(open_, here, is_loop=here in loops)

    def _close(self, open_: list[str], first: str, *, is_loop: bool) -> None:
        """All from one thing on lead to each other, and what is before them does not."""
        circle = [open_.pop()]
        while circle[-1] != first:
            circle.append(open_.pop())
        found = frozenset(circle) if is_loop or len(circle) > 1 else frozenset[str]()
        self._circles |= dict.fromkeys(circle, found)
