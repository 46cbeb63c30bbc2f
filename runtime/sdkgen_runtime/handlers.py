"""What to do with events, where the author of the package has decided it.

Handlers are tried in order, and the first that matches an event decides. They know nothing
of what an event is: only whether it is an item, a failure, the end, or of no interest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .jsontext import json_or_text, lacking

Handle = Literal["yield", "done", "error", "break", "continue"]


@dataclass(frozen=True, slots=True)
class Handler:
    """What to do with the events that it matches; it matches all where nothing is said.

    Attributes:
        handle: `yield` the item, raise an `error`, `continue` with the next event, end once the
            rest has been read (`done`), or end at once (`break`).
        data_starts_with: How the data of a matching event begins, white space before it aside.
        event_types: The types of matching events; None among them for no `event:` line.
        error_property: The member of the data that, where it is there and not empty, is an error.
    """

    handle: Handle
    data_starts_with: str | None = None
    event_types: tuple[str | None, ...] | None = None
    error_property: str | None = None

    def matches(self, name: str | None, data: bytes) -> bool:
        """Whether an event is one of its events.

        Args:
            name: The event's type; None where it has no `event:` line.
            data: The event's data.
        """
        if self.event_types is not None and name not in self.event_types:
            return False
        return self.data_starts_with is None or data.lstrip().startswith(self.prefix)

    @property
    def prefix(self) -> bytes:
        """How the data begins."""
        return (self.data_starts_with or "").lstrip().encode()

    def failure(self, data: bytes) -> Any:
        """What the `error_property` of an event's data says; None where it says nothing."""
        if self.error_property is None:
            return None
        parsed = json_or_text(data.decode("utf-8", "replace"))
        return (parsed.get(self.error_property) or None) if isinstance(parsed, Mapping) else None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """When events of one type are items, as can be told from their bytes alone.

    Attributes:
        unless_prefix: How their data begins where another handler has its say.
        lacks_error: Tells of their data that it has none of what may be an error.
    """

    unless_prefix: tuple[bytes, ...]
    lacks_error: Callable[[bytes], bool] | None

    def takes(self, data: bytes) -> bool:
        """Whether an event is an item, by its data."""
        if self.unless_prefix and data.lstrip().startswith(self.unless_prefix):
            return False
        return self.lacks_error is None or self.lacks_error(data)


def shortcut(handlers: Sequence[Handler], name: str | None) -> Shortcut | None:
    """The shortcut past some handlers, if there is one for events of a type.

    Args:
        handlers: What to do with events, tried in order.
        name: The type; None for events that have no `event:` line.
    """
    prefixes: list[bytes] = []
    for handler in handlers:
        if handler.event_types is not None and name not in handler.event_types:
            continue
        if handler.data_starts_with is not None:
            prefixes.append(handler.prefix)
        elif handler.handle == "yield":
            error = handler.error_property
            return Shortcut(tuple(prefixes), None if error is None else lacking([error]))
        else:
            return None
    return None
