"""YAML to plain data, under the core schema of YAML 1.2 (§10.3) and with JSON's limits.

PyYAML's own loaders follow YAML 1.1: they make a boolean of `no`, a string of
`1e-08`, a date of `2024-01-01` and 750 of `12:30`. Its parser is version-neutral,
so this module takes the parser's events and decides itself what a scalar is.
Going by events has no recursion either: nesting cannot exhaust the stack.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

import yaml

from sdkgen.diagnostics import Diagnostics, Location, fail
from sdkgen.text.limits import MAX_DEPTH, MAX_REPEATED, report_duplicate, shortened
from sdkgen.text.positions import Event, EventPositions, Lines, Positions
from sdkgen.text.scalars import scalar
from sdkgen.text.yamlevents import events

_TAG: Final = "tag:yaml.org,2002:"
_CORE_TAGS: Final = frozenset(_TAG + name for name in ("null", "bool", "int", "float"))
_TEXT_TAGS: Final = frozenset({_TAG + "str", "!"})
_COLLECTION_TAGS: Final = frozenset({_TAG + "map", _TAG + "seq", "!"})

_Mark = Any  # yaml.Mark of the Python or of the C parser: both have line and column


def read(text: str, source: str, diagnostics: Diagnostics) -> tuple[Any, Positions]:
    """Plain data: dicts with string keys, lists, str, int, float, bool, None; nothing shared.

    And where its values are.

    Args:
        text: One YAML document.
        source: Its name in diagnostics.
        diagnostics: Takes duplicate keys, numbers that JSON has no words for, unknown tags.

    Raises:
        DocumentError: It is not YAML, or is made to exhaust its reader.
    """
    places: list[Event] = []
    data = _Reader(source, diagnostics).read(text, places)
    return data, EventPositions(source, places)


@dataclass(slots=True)
class _Anchored:
    """What an alias repeats; `value` is not there yet while the anchor is open."""

    value: Any = None
    size: int = 0
    height: int = 0
    is_open: bool = True


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    value: Any
    anchor: _Anchored | None
    first: int
    height: int = 0
    key: Any = None  # the event of the key whose value comes next
    marks: dict[str, _Mark] = field(default_factory=dict)
    merged: list[Any] = field(default_factory=list)


class _Reader:
    def __init__(self, source: str, diagnostics: Diagnostics) -> None:
        self._source = source
        self._diagnostics = diagnostics
        self._anchors: dict[str, _Anchored] = {}
        self._stack: list[_Open] = []
        self._count = 0
        self._aliased = 0
        self._documents = 0
        self._root: Any = None

    def read(self, text: str, places: list[Event]) -> Any:
        try:
            for event in events(text, places):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            mark: _Mark = error.problem_mark
            if text.startswith("\t", mark.index):
                message = "this is not YAML: a tab cannot stand here"
                self._fail("Source/Syntax", message, mark, "indent with spaces")
            self._fail("Source/Syntax", f"this is not YAML: {error.problem}", mark)
        except yaml.reader.ReaderError as error:
            self._fail_at_character(text, error)
        return self._root

    def _take(self, event: Any) -> None:
        kind = event.__class__
        top = self._stack[-1] if self._stack else None
        if kind is yaml.ScalarEvent:
            self._count += 1
            if top and top.key is None and top.value.__class__ is dict:
                top.key = event
                return
            value = self._scalar(event)
            if event.anchor:
                self._anchors[event.anchor] = _Anchored(value, 1, 0, is_open=False)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            value = self._close()
            top = self._stack[-1] if self._stack else None
        elif kind is yaml.AliasEvent:
            value = self._alias(event)
        else:
            self._open(event)
            return
        if top is None:
            self._root = value
        elif top.value.__class__ is list:
            top.value.append(value)
        else:
            self._put(top, value, event)

    def _put(self, top: _Open, value: Any, event: Any) -> None:
        """Put a value under the key that came before it."""
        if top.key is None:
            self._fail("Source/Key", "a key is text, not a collection or alias", event.start_mark)
        key: str = top.key.value
        mark: _Mark = top.key.start_mark
        plain: bool = top.key.implicit[0]
        top.key = None
        if key == "<<" and plain:
            self._merge(top, value, mark)
            return
        if key in top.marks:
            report_duplicate(key, self._at(top.marks[key]).line, self._at(mark), self._diagnostics)
        top.marks[key] = mark
        top.value[key] = value

    def _merge(self, top: _Open, value: Any, mark: _Mark) -> None:
        """`<<`: not in YAML 1.2, but in documents; own keys win, then the first that has it."""
        parts = value if isinstance(value, list) else [value]
        if all(isinstance(part, dict) for part in parts):
            top.merged.extend(parts)
        else:
            self._diagnostics.error(
                "Source/Merge", "`<<` takes a mapping or a list of them", self._at(mark)
            )

    def _open(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                hint = "remove what follows `---`, or give it a file of its own"
                self._fail("Source/Documents", "a second document", event.start_mark, hint)
        if not isinstance(event, yaml.CollectionStartEvent):
            return
        if self._stack and self._stack[-1].key is None and isinstance(self._stack[-1].value, dict):
            self._fail("Source/Key", "a key is text, not a collection", event.start_mark)
        self._check_tag(event, _COLLECTION_TAGS)
        self._check_depth(len(self._stack) + 1, event.start_mark)
        anchor = None
        if event.anchor:
            anchor = self._anchors[event.anchor] = _Anchored()
        self._count += 1
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._stack.append(_Open(value, anchor, self._count))

    def _close(self) -> Any:
        done = self._stack.pop()
        value = done.value
        for part in done.merged:
            value = {**part, **value}
        if self._stack:
            self._stack[-1].height = max(self._stack[-1].height, done.height + 1)
        if done.anchor:
            done.anchor.value = value
            done.anchor.size = self._count - done.first + 1
            done.anchor.height = done.height + 1
            done.anchor.is_open = False
        return value

    def _alias(self, event: Any) -> Any:
        """A copy of what the anchor names: later stages may change one and not the other."""
        anchored = self._anchors.get(event.anchor or "")
        if anchored is None:
            self._fail("Source/Alias", f"no anchor `&{event.anchor}` before it", event.start_mark)
        if anchored.is_open:
            message = f"`*{event.anchor}` stands inside of what it repeats"
            self._fail("Source/Alias", message, event.start_mark, "use `$ref` for recursion")
        self._count += anchored.size
        self._aliased += anchored.size
        if self._aliased > MAX_REPEATED:
            message = f"aliases repeat more than {MAX_REPEATED:,} values"
            self._fail("Source/TooLarge", message, event.start_mark, "use `$ref` to share")
        self._check_depth(len(self._stack) + anchored.height, event.start_mark)
        if self._stack:
            self._stack[-1].height = max(self._stack[-1].height, anchored.height)
        return _copy(anchored.value)

    def _scalar(self, event: Any) -> Any:
        if event.tag in _TEXT_TAGS:
            return event.value
        if event.implicit[0] or event.tag in _CORE_TAGS:
            try:
                return scalar(event.value)
            except ValueError:
                self._diagnostics.error(
                    "Source/Number",
                    f"`{shortened(event.value)}` is no number that JSON can hold; read as text",
                    self._at(event.start_mark),
                    hint="write a finite number, or put it in quotes",
                )
        else:
            self._check_tag(event, frozenset())
        return event.value

    def _check_tag(self, event: Any, allowed: frozenset[str]) -> None:
        if event.tag and event.tag not in allowed:
            message = f"the tag `{shortened(event.tag)}` means nothing in JSON; it is ignored"
            self._diagnostics.error("Source/Tag", message, self._at(event.start_mark))

    def _check_depth(self, depth: int, mark: _Mark) -> None:
        if depth > MAX_DEPTH:
            self._fail("Source/TooDeep", f"nested more than {MAX_DEPTH} levels deep", mark)

    def _fail_at_character(self, text: str, error: yaml.reader.ReaderError) -> NoReturn:
        # The two parsers count differently: look for what both refuse (YAML 1.2.2 §5.1).
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        at = Location(self._source, *Lines(text).locate(found.start() if found else 0))
        fail("Source/Syntax", f"this is not YAML: {error.reason}", at, "write it as an escape")

    def _at(self, mark: _Mark) -> Location:
        return Location(self._source, mark.line + 1, mark.column + 1)

    def _fail(self, code: str, message: str, mark: _Mark, hint: str | None = None) -> NoReturn:
        fail(code, message, self._at(mark), hint)


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_copy(child) for child in value]
    return value
