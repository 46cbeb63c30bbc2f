"""Python values as the plain data that an API knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pydantic
import pydantic_core

from .request import UNSET

_PLAIN: Final = frozenset({str, int, float, bool})


def jsonable(value: Any) -> Any:
    """The value in JSON's own types, by the names that the API knows.

    Fields of models that were never set and are `None` are left out, as are `UNSET`
    values; fields that always have one value (a discriminator's) are sent.

    Raises:
        ValueError: It cannot be JSON.
    """
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, pydantic.RootModel):
        return jsonable(value.root)
    if isinstance(value, pydantic.BaseModel):
        return {name: jsonable(member) for name, member in members_of(value).items()}
    if isinstance(value, Mapping):
        return {
            str(jsonable(key)): jsonable(item) for key, item in value.items() if item is not UNSET
        }
    if value is UNSET:
        raise ValueError("UNSET is no value: leave the argument out.")
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [jsonable(item) for item in value if item is not UNSET]
    return pydantic_core.to_jsonable_python(value)


def members_of(model: pydantic.BaseModel) -> dict[str, Any]:
    """What a model has been given, as it is, by the names that the API knows."""
    members: dict[str, Any] = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value is not None or name in model.model_fields_set:
            members[field.serialization_alias or field.alias or name] = value
    return {**members, **(model.model_extra or {})}
