"""Every `$ref` made internal: what stands in other files is moved into the one tree.

First the references are collected, file by file, then a place is chosen for every
outside object, then all references are rewritten at once. Names follow from file
names and pointers alone, never from the order in which references were met.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sdkgen.diagnostics import DocumentError, did_you_mean, nearest
from sdkgen.source.document import Located, Origins, RefError, is_pure_reference, resolve
from sdkgen.source.grammar import SECTIONS, Place, walk
from sdkgen.source.links import Link, links
from sdkgen.source.neighbours import Neighbours, RefusedError
from sdkgen.source.places import Chosen, Target, choose
from sdkgen.text import pointers
from sdkgen.text.limits import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdkgen.diagnostics import Diagnostics
    from sdkgen.text import Text

_BARE_NAME: Final = re.compile(r"[\w-]+")  # with dots, it might be a file
_SHALLOW: Final = 3  # `/components/schemas/Pet`
_MAX_SUGGESTIONS: Final = 50
"""Finding the nearest name is slow; a document with more dangling references needs none."""


@dataclass(slots=True)
class Bundle:
    """One tree with internal references alone.

    Attributes:
        root: The tree.
        origins: Which file each part came from.
        islands: Kind and pointer of what is a part of the grammar only since references name it.
        is_deep: Whether references name parts of components and of paths.
    """

    root: dict[str, Any]
    origins: Origins
    islands: list[tuple[str, str]]
    is_deep: bool

    def places(self) -> Iterator[Place]:
        """Every object of the grammar in the tree."""
        yield from walk("openapi", self.root)
        for kind, pointer in self.islands:
            here = self.origins.settled(pointer)
            # What it was part of may have been left out meanwhile.
            with suppress(KeyError):
                parent = pointers.get(self.root, here.rpartition("/")[0])
                value = pointers.get(self.root, here)
                last = pointers.tokens(here)[-1] if here else ""
                key = pointers.position(last) if isinstance(parent, list) else last
                yield from walk(kind, value, here, parent, key)


def bundle(main: Text, neighbours: Neighbours, diagnostics: Diagnostics) -> Bundle:
    """Pull what a document refers to into it. The document's data is changed in place.

    Args:
        main: The document.
        neighbours: Finds and reads other files.
        diagnostics: Takes references that lead nowhere; a schema then loses its `$ref`.
    """
    return _Bundler(main, neighbours, diagnostics).run()


@dataclass(slots=True)
class _Bundler:
    main: Text
    neighbours: Neighbours
    diagnostics: Diagnostics
    links: list[Link] = field(default_factory=list)
    kinds: dict[Target, str] = field(default_factory=dict)
    homes: dict[Target, str] = field(default_factory=dict)
    suggestions: int = 0

    def run(self) -> Bundle:
        islands = self._collect()
        root = self.main.data
        outside = {t: kind for t, kind in self.kinds.items() if t.file != self.neighbours.main}
        moved: dict[str, tuple[Text, str]] = {}
        chosen = choose(root, outside, self.homes, self._value)
        for target, (pointer, is_new) in chosen.items():
            if is_new:
                _put(root, pointer, self._value(target))
                moved[pointer] = (self.neighbours.read(target.file), target.pointer)
        for link in self.links:
            if link.target:
                link.holder[link.key] = f"#{self._placed(link.target, chosen)}"
        self._break_circles(root, chosen)
        is_deep = any(
            link.target and link.target.pointer.count("/") > _SHALLOW for link in self.links
        )
        return Bundle(root, Origins(self.main, moved), islands, is_deep)

    def _collect(self) -> list[tuple[str, str]]:
        """Walk all files that references reach; give what of the main one only they reach."""
        main = self.neighbours.main
        islands: list[tuple[str, str]] = []
        seen: set[Target] = set()
        data: set[Target] = set()
        queue = [("openapi", Target(main, ""))]
        while queue:
            kind, start = queue.pop()
            if start in seen:
                continue
            if kind == "schema" and not isinstance(self._value(start), (dict, bool)):
                data.add(start)
                continue
            if start.file == main and start.pointer:
                islands.append((kind, start.pointer))
            for place in walk(kind, self._value(start), start.pointer):
                seen.add(Target(start.file, place.pointer))
                for link in links(start.file, place):
                    self.links.append(link)
                    self._aim(link, place)
                    if link.target:
                        queue.append((link.kind, link.target))
        for link in self.links:
            if link.kind == "schema" and link.target in data:
                self._leave_out(link, link.target)
        return islands

    def _leave_out(self, link: Link, target: Target) -> None:
        """Take away a reference to what is no schema, and part of something else."""
        link.target = None
        if link.key not in link.holder:  # met by itself, and as a part of something else
            return
        value = shown(self._value(target))
        message = f"`{link.holder[link.key]}` is {value}, and no schema; the reference is left out"
        self._report(link, "Schema/Malformed", message, "a schema is a mapping or a boolean")
        del link.holder[link.key]
        self.kinds.pop(target, None)
        self.homes.pop(target, None)

    def _aim(self, link: Link, place: Place) -> None:
        """Find what a link names, or report it and recover."""
        written = self._spelled_out(link)
        try:
            file, pointer = self.neighbours.find(link.file, written)
            target = Target(file, pointer)
            self._value(target)
        except RefusedError as error:
            self._report(link, "Ref/Refused", f"`{written}` is not followed: {error}", error.hint)
        except DocumentError as error:
            if error.diagnostic.location:
                self.diagnostics.add(error.diagnostic)
            self._report(link, "Ref/Unreadable", f"`{written}`: {error.diagnostic.message}")
        except KeyError:
            hint = self._nearest(target)
            self._report(link, "Ref/Dangling", f"`{written}` leads nowhere", hint)
        else:
            link.target = target
            self.kinds.setdefault(target, link.kind)
            self._settle(link, place)
            return
        if link.kind == "schema":
            del link.holder[link.key]

    def _spelled_out(self, link: Link) -> str:
        """A reference; the values of a `mapping` may also be bare names of schemas."""
        written: str = link.holder[link.key]
        pointer = f"/components/schemas/{pointers.escape(written)}"
        if link.key != "$ref" and (
            _BARE_NAME.fullmatch(written) or self._is_there(Target(link.file, pointer))
        ):
            return f"#{pointer}"
        return written

    def _is_there(self, target: Target) -> bool:
        try:
            self._value(target)
        except KeyError:
            return False
        return True

    def _settle(self, link: Link, place: Place) -> None:
        """A component that is nothing but a reference to another file is what it refers to."""
        target = link.target
        if (
            target is None
            or target.file == self.neighbours.main
            or link.file != self.neighbours.main
            or link.key != "$ref"
            or len(place.value) > 1
        ):
            return
        match pointers.tokens(place.pointer):
            case ["components", section, _] if section == SECTIONS.get(place.kind):
                pass
            case ["paths", _]:
                pass
            case _:
                return
        self.homes[target] = min(place.pointer, self.homes.get(target, place.pointer))

    def _value(self, target: Target) -> Any:
        return pointers.get(self.neighbours.read(target.file).data, target.pointer)

    def _placed(self, target: Target, chosen: dict[Target, Chosen]) -> str:
        if target.file == self.neighbours.main:
            return target.pointer
        for ancestor in pointers.ancestors(target.pointer):
            if (place := chosen.get(Target(target.file, ancestor))) is not None:
                return place.pointer + target.pointer[len(ancestor) :]
        raise AssertionError(target)

    def _break_circles(self, root: Any, chosen: dict[Target, Chosen]) -> None:
        # By what they refer to: these references are in the tree no more.
        replaced = {
            (self.neighbours.main, f"{place.pointer}/$ref")
            for target, place in chosen.items()
            if self.homes.get(target) == place.pointer
        }
        known: dict[str, Located[Any]] = {}
        for link in self.links:
            is_there = link.target and (link.file, link.pointer) not in replaced
            if is_there and link.key == "$ref" and is_pure_reference(link.holder):
                try:
                    resolve(root, link.holder["$ref"][1:], known)
                except RefError as error:
                    self._report(link, "Ref/Circle", str(error))
                    if link.kind == "schema":
                        del link.holder["$ref"]

    def _report(self, link: Link, code: str, message: str, hint: str | None = None) -> None:
        at = self.neighbours.read(link.file).positions.locate(link.pointer)
        self.diagnostics.error(code, message, at, hint=hint)

    def _nearest(self, target: Target) -> str | None:
        """The name that was probably meant."""
        self.suggestions += 1
        if self.suggestions > _MAX_SUGGESTIONS:
            return None
        data = self.neighbours.read(target.file).data
        for parent in list(pointers.ancestors(target.pointer))[1:]:
            try:
                names = pointers.get(data, parent)
            except KeyError:
                continue
            wanted = pointers.tokens(target.pointer)[len(pointers.tokens(parent))]
            near = nearest(wanted, names if isinstance(names, dict) else ())
            if near:
                return did_you_mean(f"#{parent}/{pointers.escape(near)}")
            return f"there is no `{wanted}` in `#{parent}`"
        return None


def _put(root: dict[str, Any], pointer: str, value: Any) -> None:
    *above, last = pointers.tokens(pointer)
    parent = root
    for token in above:
        parent = parent.setdefault(token, {})
    parent[last] = value
