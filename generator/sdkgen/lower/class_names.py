"""Names for the classes of schemas: components have them already, others need one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, pairwise
from typing import Any, Final, NamedTuple

from sdkgen.lower import names
from sdkgen.lower.shapes import COMPONENTS, is_component
from sdkgen.text.pointers import escape

_DIGEST: Final = 8
"""Characters of a digest that tell apart what has no other name: 32 bits."""


class ClassNames:
    """Which class stands for the schema at which pointer, no two alike.

    For the answer not to depend on the order of the document, a name that more than one
    definition asks for goes to none of them. By the time that it is asked for again, the first
    one has it: whatever has used it has to be done again.

    Attributes:
        contested: The names that go to none, their case folded: a file system may not tell
            modules apart that differ in capitals.
        unsettled: Those of them that a definition has got before.
    """

    def __init__(
        self, components: Iterable[str], given: Mapping[str, str], contested: Iterable[str]
    ) -> None:
        """Name all components, the same whatever their order.

        Args:
            components: The keys of the schemas of `components`.
            given: The names that were given to some of them, by their keys.
            contested: What has turned out to be asked for more than once.
        """
        self.contested = set(contested)
        self.unsettled: set[str] = set()
        self._names: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        for key, name in names_for_components(components, given).items():
            self._names[COMPONENTS + escape(key)] = name
            self._owners[name.casefold()] = COMPONENTS + escape(key)

    def get(self, pointer: str) -> str | None:
        """The name of the class for the schema at a pointer, if it has one."""
        return self._names.get(pointer)

    def component(self, name: str) -> str | None:
        """The pointer of the component whose class has a name, if one has it."""
        owner = self._owners.get(name.casefold(), "")
        return owner if is_component(owner) and self._names[owner] == name else None

    def claim(self, name: str, pointer: str) -> str:
        """A name for the class that stands for the schema at a pointer: this, or one like it."""
        for candidate in chain(self._candidates(name, pointer), _last_resort(name, pointer)):
            key = candidate.casefold()
            if key in self.contested:
                continue
            owner = self._owners.setdefault(key, pointer)
            if owner == pointer:
                self._names[pointer] = candidate
                return candidate
            if not is_component(owner):
                both = {*self._candidates(name, pointer)} & {*self._candidates(name, owner)}
                found = set(map(str.casefold, both)) - self.contested
                self.contested |= found
                self.unsettled |= found
        raise AssertionError("two pointers have one digest")

    def mark(self) -> Mark:
        """What there is now, to come back to."""
        return Mark(len(self._names), len(self._owners), frozenset(self.unsettled))

    def take_back(self, mark: Mark) -> bool:
        """Forget the names since then, if they alone have been contested; whether they were."""
        contested = self.unsettled - mark.unsettled
        later = set(islice(self._owners, mark.owners, None))
        if not contested or any(
            key in self._owners and key not in later and not is_component(self._owners[key])
            for key in contested
        ):
            return False
        shorten(self._names, mark.names)
        shorten(self._owners, mark.owners)
        self.unsettled = set(mark.unsettled)
        return True

    def _candidates(self, name: str, pointer: str) -> Iterator[str]:
        yield name
        if is_component(self._owners.get(name.casefold(), "")):
            yield f"{name}Object"
        said = said_in(pointer)
        for count in range(1, len(said) + 1):
            yield names.pascal("_".join([*said[-count:], name]))


class Mark(NamedTuple):
    """How many names there were, how many owners, and what was unsettled."""

    names: int
    owners: int
    unsettled: frozenset[str]


def shorten(found: dict[str, Any], length: int) -> None:
    """Take back what was put into a mapping last."""
    while len(found) > length:
        found.popitem()


def _last_resort(name: str, identity: str) -> Iterator[str]:
    """For schemas that differ in nothing but their position in a list.

    Args:
        name: What they are all called.
        identity: What only one of them has: its pointer, or its key.
    """
    longer = f"{name}Model"
    while len(longer) <= names.LONGEST:
        yield longer
        longer += "Model"
    digest = hashlib.sha256(identity.encode(errors="backslashreplace")).hexdigest()
    yield from (f"{name}{digest[:length]}" for length in range(_DIGEST, len(digest) + 1))


def names_for_components(keys: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """The class name of each component by its key, no two alike, whatever the order of the keys.

    Of those that a class name cannot tell apart, the one that is spelled like it keeps it; the
    others are told apart by what the class name has lost.
    """
    found: dict[str, str] = {key: given[key] for key in keys if key in given}
    left = sorted(set(keys) - found.keys())
    for wording in (names.pascal, _with_symbols, _as_model):
        worded = {key: wording(key) for key in left}
        often = Counter(map(str.casefold, worded.values()))
        taken = set(map(str.casefold, found.values()))
        found |= {
            key: name
            for key, name in worded.items()
            if name.casefold() not in taken and (often[name.casefold()] == 1 or key == name)
        }
        left = [key for key in left if key not in found]
    taken = set(map(str.casefold, found.values()))
    for key in left:
        wanted = _as_model(key)
        longer = chain([wanted], _last_resort(wanted, key))
        found[key] = next(name for name in longer if name.casefold() not in taken)
        taken.add(found[key].casefold())
    return found


def _with_symbols(key: str) -> str:
    return names.pascal(names.with_symbols(key))


def _as_model(key: str) -> str:
    return f"{_with_symbols(key)}Model"


def said_in(pointer: str) -> list[str]:
    """The parts of a pointer that are names which the document gives, and no keywords."""
    tokens = pointer.replace("#", "/").split("/")
    return [
        token.replace("~1", " ").replace("~0", "~")
        for before, token in pairwise(tokens)
        if not token.isdigit() and token not in _KEYWORDS and before != "content"
    ]


_KEYWORDS: Final = frozenset(
    {
        *("", "paths", "components", "schemas", "responses", "content", "schema", "properties"),
        *(
            "$defs",
            "definitions",
            "items",
            "oneOf",
            "anyOf",
            "allOf",
            "additionalProperties",
            "patternProperties",
            "itemSchema",
        ),
    }
)
