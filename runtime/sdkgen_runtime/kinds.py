"""Kinds of data: what tells an object of a new kind from one that is malformed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from .values import wire_name

_FEWEST: Final = 2
"""Members, and values of a property, that there have to be for it to tell kinds apart.

Of the one that is declared to do so, one will do: others may come.
"""


class Kinds:
    """What is constant in the members of a union.

    Args:
        find: Gives the union.
        tag: The property that tells its members apart, by its name on the wire; for some it may
            have any value. Another is looked at only if it is constant in all.
    """

    def __init__(self, find: Callable[[], Any], tag: str | None) -> None:
        self._find = find
        self._tag = tag

    def new(self, value: object, name: str | None = None) -> str | None:
        """The kind of an object that is of none that is known; None where nothing says so.

        Args:
            value: What is no member of the union.
            name: What else it is called, where it does not say its kind.
        """
        if not isinstance(value, dict):
            return None
        for wire, known in self._constants.items():
            is_tag = wire == self._tag
            said = value.get(wire, name if is_tag else None)
            if isinstance(said, str) and said not in known:
                return said
            if is_tag and wire in value:
                return None  # of a known kind, whatever else is wrong with it
        return None

    def has(self, kind: str) -> bool:
        """Whether a kind is one of those that are known."""
        return any(kind in known for known in self._constants.values())

    @cached_property
    def _constants(self) -> Mapping[str, frozenset[str]]:
        """The values of the properties that tell kinds apart."""
        models = [one for one in members(self._find()) if hasattr(one, "model_fields")]
        found: dict[str, list[frozenset[str]]] = {}
        for model in models:
            for attribute, field in model.model_fields.items():
                found.setdefault(wire_name(attribute, field), []).append(_texts(field.annotation))
        return {
            wire: frozenset().union(*values)
            for wire, values in sorted(found.items(), key=lambda item: item[0] != self._tag)
            if len({*values} - {frozenset()}) >= (1 if wire == self._tag else _FEWEST)
            and (wire == self._tag or (all(values) and len(values) == len(models)))
        }


def members(declared: Any) -> Iterator[Any]:
    """The types that a value may be of, those of unions in unions too."""
    waiting, seen = [declared], set[int]()
    while waiting:
        one = waiting.pop()
        origin = get_origin(one)
        if origin is Annotated:
            waiting.append(get_args(one)[0])
        elif origin in (Union, UnionType):
            waiting += reversed(get_args(one))
        elif not hasattr(one, "__value__"):
            yield one
        elif id(one) not in seen:  # the alias of a type may be in itself, and in many others
            seen.add(id(one))
            waiting.append(one.__value__)


def _texts(annotation: Any) -> frozenset[str]:
    """The only texts that a field may have; none where it may have others."""
    types = [one for one in members(annotation) if one is not NoneType]
    if not all(get_origin(one) is Literal for one in types):
        return frozenset()
    return frozenset(text for one in types for text in get_args(one) if isinstance(text, str))
