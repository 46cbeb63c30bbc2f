"""Fern's overrides: a part of a document, in a file of its own, that goes before the document.

As https://buildwithfern.com/learn/api-definitions/openapi/overrides has them: a JSON Merge Patch
(RFC 7396) that merges lists of objects, too, item by item.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sdkgen.diagnostics import suggestion
from sdkgen.source.grammar import METHODS
from sdkgen.text.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sdkgen.diagnostics import Diagnostics
    from sdkgen.source.copies import Copies
    from sdkgen.text import Text
    from sdkgen.text.positions import OverlaidPositions

_PARTS: Final = frozenset(("servers", "paths", "webhooks", "components", "security", "tags"))
_OF_OVERLAYS: Final = frozenset(("overlay", "actions"))


def are_in(text: Text) -> bool:
    """Whether a text is a part of a document, and not an overlay."""
    keys = text.data.keys() if isinstance(text.data, dict) else frozenset[str]()
    return bool(keys & _PARTS) and not keys & _OF_OVERLAYS


@dataclass(frozen=True, slots=True)
class Overrides:
    """A part of a document, to be merged into the whole.

    Attributes:
        text: The part.
        positions: Those of the document; they learn what comes from the part.
        copies: Makes what is added.
        diagnostics: Takes what is probably a mistake.
    """

    text: Text
    positions: OverlaidPositions
    copies: Copies
    diagnostics: Diagnostics

    def apply(self, document: dict[str, Any]) -> None:
        """Merge the part into a document, which is changed in place.

        Raises:
            DocumentError: With it, the document is too large.
        """
        self._warn_of_new_operations(document)
        self._merge(document, self.text.data, "", "")

    def _warn_of_new_operations(self, document: dict[str, Any]) -> None:
        """Warn of operations that the document does not have, and the part does not describe."""
        known = dict.fromkeys(name for name, _, _ in _operations(document))
        for name, pointer, operation in _operations(self.text.data):
            if name not in known and "responses" not in operation:
                self.diagnostics.warning(
                    "Overlay/NewOperation",
                    f"`{name}` is no operation of the document, and becomes one by this",
                    self.text.positions.locate(pointer, key=True),
                    hint=suggestion(name, known),
                )

    def _merge(self, old: dict[str, Any], new: dict[str, Any], at: str, there: str) -> None:
        """Merge objects: one ``at`` a pointer of the document, one from ``there`` in the part."""
        for key, value in new.items():
            token = f"/{escape(key)}"
            if value is None:
                old.pop(key, None)
                self.positions.forget(at + token)
            else:
                old[key] = self._merged(old.get(key), value, at + token, there + token)

    def _merged(self, old: Any, new: Any, at: str, there: str) -> Any:
        if isinstance(new, dict):
            if not isinstance(old, dict):
                self._replace(old, at, there)
                old = {}
            self._merge(old, new, at, there)
            return old
        if _are_objects(old) and _are_objects(new):
            self._merge_items(old, new, at, there)
            return old
        self._replace(old, at, there)
        return self.copies.of(new, at.count("/"), lambda: self.text.positions.locate(there))

    def _replace(self, old: Any, at: str, there: str) -> None:
        if isinstance(old, dict | list):
            self.positions.forget(at)
        self.positions.put(at, self.text.positions, there)

    def _merge_items(
        self, old: list[dict[str, Any]], new: list[dict[str, Any]], at: str, there: str
    ) -> None:
        """Merge each item into that of its name, where items have one, else into that of its place.

        (By their places alone, whoever describes one parameter would rename another.)
        """
        place_of = _places(old)
        for index, item in enumerate(new):
            place = place_of(item, index)
            if place is None:
                old.append(self._merged(None, item, f"{at}/{len(old)}", f"{there}/{index}"))
            else:
                self._merge(old[place], item, f"{at}/{place}", f"{there}/{index}")


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The operations of a document, each with its method and path, and its pointer."""
    paths = document.get("paths")
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method in METHODS:
            if isinstance(item, dict) and isinstance(item.get(method), dict):
                yield f"{method} {path}", f"/paths/{escape(path)}/{method}", item[method]


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _places(items: list[dict[str, Any]]) -> Callable[[dict[str, Any], int], int | None]:
    """Finds the place in a list that an object from another one has; None where it is new.

    Parameters are known by `name` and `in` (OpenAPI 3.1 §4.8.12), tags by `name`.
    """
    named: dict[tuple[str, ...], int] = {}
    for place, item in enumerate(items):
        name, where = _name(item), item.get("in")
        if name is not None:
            named.setdefault((name,), place)
            if isinstance(where, str):
                named.setdefault((name, where), place)
    length = len(items)

    def place_of(item: dict[str, Any], index: int) -> int | None:
        name, where = _name(item), item.get("in")
        if name is None:
            return index if index < length else None
        return named.get((name, where) if isinstance(where, str) else (name,))

    return place_of


def _name(item: dict[str, Any]) -> str | None:
    name = item.get("name")
    return name if isinstance(name, str) else None
