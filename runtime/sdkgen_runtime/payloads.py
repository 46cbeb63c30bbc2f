"""Items that are the data of events, and how data becomes a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, TypeVar, Unpack

import pydantic

from . import errors
from .events import (
    MESSAGE,
    About,
    Events,
    Received,
    Signal,
    T_co,
    UnknownEvent,
    fits,
    guarded,
)
from .jsontext import json_or_text, lacking, mended, read_json
from .kinds import Kinds
from .lenient import accept
from .request import LazyType

T = TypeVar("T")

_REPORT: Final = b'{"error":{"message":""}}'

DataKind = Literal["json", "text", "either"]


class Payloads(Events[T_co]):
    """The items are the events' data.

    Args:
        find: Gives the type of the data.
        kind: How the data is read.
        about: As for all `Events`.
    """

    def __init__(
        self,
        find: Callable[[], Any],
        kind: DataKind = "json",
        **about: Unpack[About],
    ) -> None:
        super().__init__(**about)
        self._kind: DataKind = kind
        # Data of a kind that is not declared is an `UnknownEvent`, not a part of one.
        self._shape: LazyType[T_co] = LazyType(lambda: closed(find()))
        self._kinds = Kinds(lambda: self._shape.type, self.tag)

    def knows(self, name: str) -> bool:
        """Whether a type is that of a kind of data."""
        return super().knows(name) or self._kinds.has(name)

    def load_for(self, name: str) -> Callable[[bytes], T_co] | None:
        """The validation of the data."""
        if name == "error" and not self.handlers:
            return None
        return quick_loader(self._kind, self._shape, name)

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
        except pydantic.ValidationError:
            if (other := instead(event, self._kinds)) is None:
                raise
            return other if isinstance(other, Signal) else self._unknown(other, event)
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
        may_hide = name == MESSAGE and fits(load, _REPORT)
        return guarded(load, lacking(["error"])) if may_hide else load
    if kind == "text":
        validate: Callable[[str], T] = shape.validator.validate_python
        return lambda data: validate(data.decode("utf-8", "replace"))
    return None


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
    return accept(shape.type, event.text if kind == "text" else read_json(event.text))


def _load(event: Received, shape: LazyType[Any]) -> Any:
    data = event.data or b""
    try:
        return shape.load(data)
    except pydantic.ValidationError:
        text = mended(event.text)
        if text == data:
            raise
        return shape.load(text)


def instead(event: Received, kinds: Kinds) -> str | Signal | None:
    """What an event means whose data does not fit.

    Returns:
        The name of an event of an unknown kind, or `Signal.ERROR`; None where it is malformed.
    """
    found = json_or_text(event.text)
    name = event.name if event.is_named and event.name != MESSAGE else None
    kind = kinds.new(found, name)
    if kind is not None and kind != "error":
        return event.name if event.is_named else kind
    return Signal.ERROR if kind is not None or errors.is_report(found) else None


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
