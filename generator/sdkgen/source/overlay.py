"""OpenAPI Overlays: changes to a document that is somebody else's, in a file of their own.

The Overlay Specification, versions 1.0 and 1.1 (https://spec.openapis.org/overlay/): actions on
what queries in JSONPath select (RFC 9535), each on the result of those before it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sdkgen.diagnostics import suggestion
from sdkgen.source import overrides
from sdkgen.source.copies import Copies
from sdkgen.source.overrides import Overrides
from sdkgen.text import Text, pointers
from sdkgen.text.limits import MAX_DEPTH, shown
from sdkgen.text.pointers import escape
from sdkgen.text.positions import OverlaidPositions, Positions

if TYPE_CHECKING:
    from sdkgen.diagnostics import Diagnostics

_VERSION: Final = re.compile(r"1\.[01]\.[0-9]+")
_FIELDS: Final = ("overlay", "info", "extends", "actions")
_ACTION_FIELDS: Final = ("target", "description", "update", "remove", "copy")

Parts = tuple[str | int, ...]
"""The keys and indexes that lead from the root of a document to one of its values."""

Origin = Callable[[str], tuple[Positions, str]]
"""Where what is below a pointer comes from: whose positions to ask, and for which pointer."""


def overlaid(document: Text, overlays: Iterable[Text], diagnostics: Diagnostics) -> Text:
    """A document with the changes of overlays, in their order.

    What an overlay has brought into it stands, for diagnostics, in the overlay.

    Args:
        document: The document. Its data is changed in place.
        overlays: The overlays, or `overrides`.
        diagnostics: Takes what is wrong with them; a wrong action changes nothing.

    Raises:
        DocumentError: With its overlays, the document is too deep or too large.
    """
    positions = OverlaidPositions(document.positions)
    copies = Copies()
    for overlay in overlays:
        if overrides.are_in(overlay):
            Overrides(overlay, positions, copies, diagnostics).apply(document.data)
            continue
        for pointer, action in _actions(overlay, diagnostics):
            _Action(document.data, positions, copies, overlay, pointer, action, diagnostics).apply()
    return Text(document.name, document.data, positions)


def _actions(overlay: Text, diagnostics: Diagnostics) -> Iterable[tuple[str, dict[str, Any]]]:
    """The actions of an overlay that are well formed, and where they stand in it."""
    said = overlay.data if isinstance(overlay.data, dict) else {}
    version = said.get("overlay")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        diagnostics.error(
            "Overlay/Version",
            f"this is no overlay that is read: `overlay` is {shown(version)}",
            overlay.positions.locate("/overlay"),
            hint="write `overlay: 1.1.0`; 1.0 and 1.1 are read, and Fern's overrides, which have"
            " no `overlay`, but parts of a document, such as `paths`",
        )
        return
    if not _has_known_keys(said, _FIELDS, "", overlay, diagnostics):
        return
    actions = said.get("actions")
    if not isinstance(actions, list):
        diagnostics.error(
            "Overlay/Action",
            "an overlay needs a list of `actions`",
            overlay.positions.locate("/actions"),
            hint="`actions: [{target: $.info, update: {title: Chat}}]`",
        )
        return
    for index, action in enumerate(actions):
        pointer = f"/actions/{index}"
        if not isinstance(action, dict) or not isinstance(action.get("target"), str):
            diagnostics.error(
                "Overlay/Action",
                "an action needs a `target`, a JSONPath query",
                overlay.positions.locate(f"{pointer}/target"),
                hint="`target: $.paths['/chat'].post`",
            )
        elif _has_known_keys(action, _ACTION_FIELDS, pointer, overlay, diagnostics):
            yield pointer, action


def _has_known_keys(
    said: dict[str, Any],
    known: tuple[str, ...],
    pointer: str,
    overlay: Text,
    diagnostics: Diagnostics,
) -> bool:
    unknown = [key for key in said if key not in known and not key.startswith("x-")]
    for key in unknown:
        diagnostics.error(
            "Overlay/UnknownKey",
            f"`{key}` says nothing in an overlay",
            overlay.positions.locate(f"{pointer}/{escape(key)}", key=True),
            hint=suggestion(key, known) or f"there are {', '.join(known)}",
        )
    return not unknown


@dataclass(frozen=True, slots=True)
class _Action:
    """One change of a document.

    Attributes:
        root: The document.
        positions: Learns what comes from elsewhere.
        copies: Makes what is added.
        overlay: Where the action stands.
        pointer: And where in there.
        said: The action.
        diagnostics: Takes what is wrong with it.
    """

    root: dict[str, Any]
    positions: OverlaidPositions
    copies: Copies
    overlay: Text
    pointer: str
    said: dict[str, Any]
    diagnostics: Diagnostics

    def apply(self) -> None:
        """Make the change, if there is one."""
        change = self._change()
        if change is None:
            self._error(
                "",
                "an action needs one of `update`, `copy` and `remove: true`",
                "`update: {...}` has what is to be added or replaced",
            )
            return
        selected = self._select("target")
        if selected == []:
            self.diagnostics.warning(
                "Overlay/NothingSelected",
                f"`{self.said['target']}` selects nothing, and the action changes nothing",
                self.overlay.positions.locate(f"{self.pointer}/target"),
            )
        if not selected:
            return
        if change == "remove":
            self._remove(selected)
        elif change == "copy":
            self._copy(selected)
        else:
            here = f"{self.pointer}/update"
            self._update(
                selected, self.said["update"], lambda below: (self.overlay.positions, here + below)
            )

    def _change(self) -> str | None:
        """The field that says what to do; None where there is not one alone."""
        remove = self.said.get("remove", False)
        if not isinstance(remove, bool):
            return None
        if remove:
            return "remove"  # beside which the others have no impact
        said = [name for name in ("update", "copy") if name in self.said]
        if len(said) != 1 or (said == ["copy"] and not isinstance(self.said["copy"], str)):
            return None
        return said[0]

    def _select(self, field: str) -> list[Parts] | None:
        """What a query selects, each once; None where it is none."""
        # Most documents have no overlay.
        import jsonpath_rfc9535 as jsonpath  # noqa: PLC0415

        query = self.said[field]
        environment = jsonpath.JSONPathEnvironment()
        environment.max_recursion_depth = MAX_DEPTH
        try:
            found = environment.finditer(query, self.root)
            return list(dict.fromkeys(node.location for node in found))
        except jsonpath.JSONPathError as error:
            self._error(
                f"/{field}",
                f"`{query}` is no JSONPath query: {error.args[0]}",
                "begin with `$`, and quote what is no plain name: `$.paths['/chat'].post`",
            )
        return None

    def _remove(self, selected: list[Parts]) -> None:
        if () in selected:
            self._error("/target", "the whole document cannot be removed")
            return
        # From the last to the first, and what is inside before what it is in: the positions of
        # the others hold.
        for parts in sorted(selected, key=_in_order, reverse=True):
            holder = self._value(parts[:-1])
            pointer = pointers.of(parts[:-1])
            if isinstance(holder, list):
                self.positions.forget_item(pointer, int(parts[-1]), len(holder))
            else:
                self.positions.forget(pointers.of(parts))
            del holder[parts[-1]]

    def _copy(self, selected: list[Parts]) -> None:
        source = self._select("copy")
        if source is None:
            return
        if len(source) != 1:
            self._error("/copy", f"`{self.said['copy']}` selects {len(source)} values, not one")
            return
        here = pointers.of(source[0])
        value = copy.deepcopy(self._value(source[0]))
        self._update(selected, value, lambda below: self.positions.trace(here + below))

    def _update(self, selected: list[Parts], value: Any, origin: Origin) -> None:
        for parts in selected:
            target, pointer = self._value(parts), pointers.of(parts)
            if isinstance(target, list) and isinstance(value, list):
                self._append(target, value, pointer, origin)
            elif isinstance(target, list):
                self._append(target, [value], pointer, lambda at: origin(at.removeprefix("/0")))
            elif isinstance(target, dict) and isinstance(value, dict):
                self._merge(target, value, pointer, origin)
            elif parts and not isinstance(target, dict) and not isinstance(value, dict | list):
                self._value(parts[:-1])[parts[-1]] = value
                self.positions.put(pointer, *origin(""))
            else:
                self._incompatible(target, value, pointer, origin(""))

    def _merge(
        self, target: dict[str, Any], value: dict[str, Any], pointer: str, origin: Origin
    ) -> None:
        for key, new in value.items():
            token = f"/{escape(key)}"
            below, there = pointer + token, _below(origin, token)
            old = target.get(key)
            if isinstance(old, dict) and isinstance(new, dict):
                self._merge(old, new, below, there)
            elif isinstance(old, list) and isinstance(new, list):
                self._append(old, new, below, there)
            elif isinstance(old, dict | list) and new is None:
                continue  # a key of YAML with nothing below it
            elif isinstance(old, dict | list) or (old is not None and isinstance(new, dict | list)):
                self._incompatible(old, new, below, there(""))
            else:
                target[key] = self._copied(new, below)
                self.positions.put(below, *there(""))

    def _append(self, target: list[Any], items: list[Any], pointer: str, origin: Origin) -> None:
        for index, item in enumerate(items):
            below = f"{pointer}/{len(target)}"
            self.positions.put(below, *origin(f"/{index}"))
            target.append(self._copied(item, below))

    def _copied(self, value: Any, pointer: str) -> Any:
        depth = pointer.count("/")
        return self.copies.of(value, depth, lambda: self.overlay.positions.locate(self.pointer))

    def _incompatible(
        self, old: Any, new: Any, pointer: str, origin: tuple[Positions, str]
    ) -> None:
        positions, there = origin
        self.diagnostics.error(
            "Overlay/Incompatible",
            f"{_kind(new)} cannot change `{pointer}`, which is {_kind(old)}",
            positions.locate(there),
            hint="remove it by an action of its own first, to put something else there",
        )

    def _value(self, parts: Parts) -> Any:
        return pointers.get(self.root, pointers.of(parts))

    def _error(self, field: str, message: str, hint: str | None = None) -> None:
        place = self.overlay.positions.locate(f"{self.pointer}{field}")
        self.diagnostics.error("Overlay/Action", message, place, hint=hint)


def _below(origin: Origin, token: str) -> Origin:
    return lambda rest: origin(token + rest)


def _in_order(parts: Parts) -> list[tuple[bool, str | int]]:
    """Sorts keys and indexes, which cannot be compared with each other."""
    return [(isinstance(part, int), part) for part in parts]


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    return "an array" if isinstance(value, list) else shown(value)
