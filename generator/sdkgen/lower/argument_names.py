"""The names of a method's arguments: no two alike, whatever the document calls them.

Those that the configuration gives go first; what would have one of them has another then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sdkgen.ir.api import Parameter, Place
from sdkgen.lower import names

_Names = Mapping[tuple[Place, str], str]
"""By place and name on the wire: what is in the path may be in the query, too."""


def told_apart(
    parameters: Sequence[Parameter],
    whole: Parameter | None,
    given: Mapping[str, str],
) -> tuple[tuple[Parameter, ...], Parameter | None]:
    """The same arguments, each with a name of its own, whatever their order.

    Args:
        parameters: What the document has a name for.
        whole: The argument that is the body, if there is one.
        given: The names that the configuration gives, by those of the document.
    """
    chosen = _named([replace(one, name=given[one.wire]) for one in parameters if one.wire in given])
    others = [one for one in parameters if one.wire not in given]
    made = _named([whole, *others] if whole is not None else others, chosen.values())
    named = {**chosen, **made}
    return (
        tuple(replace(one, name=named[one.place, one.wire]) for one in parameters),
        whole and replace(whole, name=named[whole.place, whole.wire]),
    )


def _named(parameters: Sequence[Parameter], taken: Collection[str] = ()) -> _Names:
    """Names for arguments, none of them taken.

    Those of one place are told apart by the symbols in their names, those of several by their
    places. The body as a whole, and what is in the path, or is spelled like its name, keeps it.
    """
    for wording in (_by_symbols, _by_place):
        often = Counter([*taken, *(one.name for one in parameters)])
        within = Counter((one.name, one.place) for one in parameters)
        parameters = [
            replace(one, name=wording(one, within[one.name, one.place] > 1))
            if often[one.name] > 1
            else one
            for one in parameters
        ]
    used = set(taken)
    found = {}
    for one in parameters:
        name = one.name
        while name in used:
            name += "_"
        used.add(name)
        found[one.place, one.wire] = name
    return found


def _by_symbols(one: Parameter, within: bool) -> str:
    keeps = not within or one.name == one.wire
    return one.name if keeps else names.argument(names.with_symbols(one.wire))


def _by_place(one: Parameter, within: bool) -> str:
    keeps = one.place in ("path", "content") or (within and one.name == one.wire)
    return one.name if keeps else names.argument(f"{one.place}_{one.name}")
