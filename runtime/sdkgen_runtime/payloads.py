"""Items that are the data of events, and how data becomes a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Literal, TypeVar

import pydantic
import pydantic_core

from . import errors
from .events import Events, Received, Signal, T_co, UnknownEvent, fits, guarded, json_or_text
from .handlers import Handler
from .lenient import accept
from .request import LazyType

T = TypeVar("T")

_NO_NAMES: Final = (b"", b"message")
"""What an event is called that has no type of its own (WHATWG HTML, section 9.2.6)."""

_REPORT: Final = b'{"error":{"message":""}}'

DataKind = Literal["json", "text", "either"]


class Payloads(Events[T_co]):
    """The items are the events' data.

    Args:
        find: Gives the type of the data.
        kind: How the data is read.
        tag: The member of the data that tells kinds of it apart. Where an event has no `event:`
            line, it is what terminators are compared with.
    """

    def __init__(
        self,
        find: Callable[[], Any],
        kind: DataKind = "json",
        *,
        tag: str | None = None,
        sentinel: str | None = None,
        terminators: Iterable[str] = (),
        handlers: Sequence[Handler] = (),
    ) -> None:
        super().__init__(sentinel=sentinel, terminators=terminators, handlers=handlers)
        self._kind: DataKind = kind
        self._tag = tag
        # Data of a kind that is not declared is an `UnknownEvent`, not a part of one.
        self._shape: LazyType[T_co] = LazyType(lambda: closed(find()))

    def load_for(self, name: str) -> Callable[[bytes], T_co] | None:
        """The validation of the data."""
        if name == "error" and not self.handlers:
            return None
        return quick_loader(self._kind, self._shape, name)

    def _find_load(self, raw_name: bytes) -> Callable[[bytes], T_co] | None:
        load = super()._find_load(raw_name)
        if load is None or raw_name not in _NO_NAMES or self._tag is None or not self.terminators:
            return load
        # JSON may spell them in another way only with escapes, which no one needs for these.
        if not all(name.isascii() and name.isprintable() for name in self.terminators):
            return None
        ends = tuple(name.encode() for name in self.terminators)
        return guarded(load, lambda data: not any(end in data for end in ends))

    def ends_with(self, event: Received) -> bool:
        """By its type, or by that of its data if it has none itself."""
        if event.name != "message" or self._tag is None or not self.terminators:
            return super().ends_with(event)
        found = json_or_text(event.text)
        return isinstance(found, dict) and found.get(self._tag) in self.terminators

    def decode_item(self, event: Received) -> T_co | UnknownEvent | Signal:
        """The event's data."""
        if event.data is None:
            return Signal.NOTHING
        if self._is_error(event):
            return Signal.ERROR
        if not event.data and self._kind == "json":
            return Signal.HEARTBEAT
        try:
            value: T_co = decode_data(event, self._kind, self._shape)
        except pydantic.ValidationError as error:
            if (other := instead(event, error, self._tag)) is None:
                raise
            return other
        return Signal.ERROR if not self.handlers and hides_report(event, value) else value

    def accept(self, event: Received) -> T_co:
        """The event's data."""
        item: T_co = accept_data(event, self._kind, self._shape)
        return item


def closed(declared: Any) -> Any:
    """A type; if it is a union that keeps new members, without these."""
    from .unions import closed as closed_union  # models are slow to import, until there are any

    return closed_union(declared)


def quick_loader(kind: DataKind, shape: LazyType[T], name: str) -> Callable[[bytes], T] | None:
    """What makes a value of data that is as it should be; None where that takes two tries.

    Args:
        kind: How the data is read.
        shape: Its type.
        name: The type of the events that it is of.
    """
    if kind == "json":
        load = shape.load
        # Where nothing is required, a report of a failure fits as well. It has no name.
        may_hide = name == "message" and fits(load, _REPORT)
        return guarded(load, _is_no_report) if may_hide else load
    if kind == "text":
        validate: Callable[[str], T] = shape.validator.validate_python
        return lambda data: validate(data.decode("utf-8", "replace"))
    return None


def _is_no_report(data: bytes) -> bool:
    return b'"error"' not in data


def decode_data(event: Received, kind: DataKind, shape: LazyType[Any]) -> Any:
    """The value that an event's data is.

    Raises:
        pydantic.ValidationError: It does not fit.
    """
    if kind == "text":
        return shape.validator.validate_python(event.text)
    try:
        return _load(event, shape)
    except pydantic.ValidationError:
        if kind == "either":
            return shape.validator.validate_python(event.text)
        raise


def accept_data(event: Received, kind: DataKind, shape: LazyType[Any]) -> Any:
    """The value that an event's data is, as far as it fits.

    Raises:
        ValueError: It is not JSON, and is to be.
    """
    return accept(shape.type, event.text if kind == "text" else pydantic_core.from_json(event.text))


def _load(event: Received, shape: LazyType[Any]) -> Any:
    data = event.data or b""
    try:
        return shape.load(data)
    except pydantic.ValidationError:
        mended = event.text.encode()
        if mended == data:
            raise
        return shape.load(mended)


def instead(
    event: Received, error: pydantic.ValidationError, tag: str | None = None
) -> UnknownEvent | Signal | None:
    """What an event means whose data does not fit; None where it means nothing else.

    Args:
        event: The event.
        error: What does not fit.
        tag: The member of the data that names its kind, where the event has no name.
    """
    found = error.errors(include_url=False, include_context=False, include_input=False)
    # All that is wrong is that a union's discriminator has a new value.
    if found[0]["type"] == "union_tag_invalid" and set(found[0]["loc"]) <= {errors.TAGGED}:
        said = None if event.is_named or tag is None else json_or_text(event.text)
        name = said.get(tag) if isinstance(said, dict) else None
        if name == "error":
            return Signal.ERROR
        return UnknownEvent(name if isinstance(name, str) else event.name, event.as_sent())
    return Signal.ERROR if errors.is_report(json_or_text(event.text)) else None


def hides_report(event: Received, data: object) -> bool:
    """Whether data is a report of a failure that fits, for nothing is required of data.

    Its `error` is unknown to the model, and of what the model knows it has nothing, but perhaps
    its kind. (A name would tell events that are no items apart.)
    """
    if event.is_named or not isinstance(data, pydantic.BaseModel):
        return False
    known = data.model_fields_set - (data.model_extra or {}).keys()
    return known <= {"type"} and errors.is_report(data.model_extra)


def is_report(event: Received) -> bool:
    """Whether an event without a name is `{"error": ...}`.

    So servers that name no event types report a failure in an event's place.
    """
    return not event.is_named and errors.is_report(json_or_text(event.text))
