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


_OLD_BREAKS: Final = "\u0085\u2028\u2029"
"""Line breaks of YAML 1.1, which PyYAML's parser knows, and characters like others since 1.2
(section 5.4)."""


def _stand_ins(text: str) -> dict[int, str] | None:
    """Characters that are not in a text, for those that the parser must not see; None for none."""
    if not any(one in text for one in _OLD_BREAKS):
        return None
    used = set(text)
    unused = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in used)
    return {ord(one): stand_in for one, stand_in in zip(_OLD_BREAKS, unused, strict=False)}


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
    stand_ins = _stand_ins(text)
    back = {} if stand_ins is None else {ord(one): chr(code) for code, one in stand_ins.items()}
    parser = _parser(text if stand_ins is None else text.translate(stand_ins))
    while (event := parser.get_event()) is not None:
        kind = _KINDS.get(event.__class__)
        if kind is not None:
            if back and event.__class__ is yaml.ScalarEvent:
                event.value = event.value.translate(back)
            mark = event.start_mark
            places.append((kind, getattr(event, "value", ""), mark.line + 1, mark.column + 1))
        yield event
