"""The events of a YAML text: what begins and ends where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sdkgen.text.positions import Event, EventKind

_KINDS: Final[Mapping[type[yaml.Event], EventKind]] = {
    yaml.ScalarEvent: "scalar",
    yaml.AliasEvent: "scalar",
    yaml.MappingStartEvent: "map",
    yaml.SequenceStartEvent: "list",
    yaml.MappingEndEvent: "end",
    yaml.SequenceEndEvent: "end",
}


def _parser(text: str) -> Any:
    """The parser of libyaml where PyYAML was built with it: some thirty times as fast."""
    return yaml.CSafeLoader(text) if yaml.__with_libyaml__ else yaml.SafeLoader(text)


def events(text: str, places: list[Event]) -> Iterator[Any]:
    """What the parser of PyYAML meets: its event objects, with marks.

    Args:
        text: The text.
        places: Takes what begins and ends where. (Reading a text once more for its places
            takes ten times as long as keeping them.)

    Raises:
        yaml.YAMLError: It is not YAML.
    """
    parser = _parser(text)
    while (event := parser.get_event()) is not None:
        kind = _KINDS.get(event.__class__)
        if kind is not None:
            mark = event.start_mark
            places.append((kind, getattr(event, "value", ""), mark.line + 1, mark.column + 1))
        yield event
