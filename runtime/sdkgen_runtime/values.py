"""Python values as the plain data that an API knows."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import pydantic
import pydantic_core

from .request import UNSET

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

_PLAIN: Final = frozenset({str, int, bool})


class UnsendableError(TypeError):
    """A value, or what is in it, cannot be plain data.

    Attributes:
        what: What is in it.
        path: Where that is: names and positions.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        self.path: list[str] = []

    def __str__(self) -> str:
        where = f"`{'.'.join(self.path)}`" if self.path else "A value"
        return f"{where} is {self.what}, which cannot be sent."


def jsonable(value: Any) -> Any:
    """The value in JSON's own types, by the names that the API knows.

    Fields of models that were never set and are `None` are left out, as are `UNSET`
    values; fields that always have one value (a discriminator's) are sent.

    Raises:
        UnsendableError: It cannot be JSON.
        ValueError: It is `UNSET`, which is no value.
    """
    try:
        return _jsonable(value)
    except RecursionError:
        raise UnsendableError("in itself, or too deep") from None


def _jsonable(value: Any) -> Any:
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value)
        raise UnsendableError(f"{value}")  # RFC 8259, section 6: JSON has no such numbers
    if isinstance(value, pydantic.RootModel):
        return _jsonable(value.root)
    if isinstance(value, pydantic.BaseModel):
        value = members_of(value)
    if isinstance(value, Mapping):
        return _members(value.items())
    if value is UNSET:
        raise ValueError("UNSET is no value: leave the argument out.")
    if isinstance(value, bytes | bytearray | memoryview):
        return _text(bytes(value))
    if is_read(value):
        # Its content is sent in forms, and as a whole body; its name, nobody has asked for.
        raise UnsendableError(f"a file (`{type(value).__name__}`)")
    if isinstance(value, Iterable) and not isinstance(value, str):
        return _items(value)
    try:
        plain = pydantic_core.to_jsonable_python(value)
    except ValueError:
        raise UnsendableError(f"of the type `{type(value).__name__}`") from None
    # Of objects that pydantic knows, the numbers in them are not looked at yet.
    return _jsonable(plain) if isinstance(plain, dict | list | float) else plain


def is_read(value: object) -> bool:
    """Whether a value stands for a file: its path, or what is open."""
    return isinstance(value, os.PathLike) or hasattr(value, "read")


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise UnsendableError("bytes that are not UTF-8") from None


def _members(pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    key: object = None
    try:
        for key, item in pairs:
            if item is not UNSET:
                found[str(_jsonable(key))] = _jsonable(item)
    except UnsendableError as error:
        error.path.insert(0, str(key))
        raise
    return found


def _items(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    try:
        found.extend(_jsonable(item) for item in values if item is not UNSET)
    except UnsendableError as error:
        error.path.insert(0, str(len(found)))
        raise
    return found


def jsonable_at(place: object, value: Any) -> Any:
    """What stands at a place of a value, likewise in JSON's own types.

    Raises:
        UnsendableError: It cannot be JSON.
    """
    try:
        return jsonable(value)
    except UnsendableError as error:
        error.path.insert(0, str(place))
        raise


def members_of(model: pydantic.BaseModel) -> dict[str, Any]:
    """What a model has been given, as it is, by the names that the API knows."""
    members: dict[str, Any] = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value is not None or name in model.model_fields_set:
            alias = field.serialization_alias
            members[wire_name(name, field) if alias is None else alias] = value
    return {**members, **(model.model_extra or {})}


def wire_name(attribute: str, field: FieldInfo) -> str:
    """What the API calls a field of a model. An empty name is one, too."""
    return attribute if field.alias is None else field.alias
