"""Answers that do not fit: taken as they came, as far as possible in the declared shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import pydantic

from .kinds import members
from .values import wire_name


def accept(declared: Any, value: Any) -> Any:
    """A value as its declared type, where it fits; else its parts so, and the rest as it came.

    Nothing is lost, and nothing raises. A model that lacks a required property has None there.

    Args:
        declared: The type that the API's document declares.
        value: What a server sent, read as JSON.
    """
    return _acceptor(declared)(value)


def _acceptor(declared: Any) -> Callable[[Any], Any]:
    """What accepts values as a type: to make a validator takes far longer than to use it."""
    validate = pydantic.TypeAdapter(declared).validate_python

    def accept_one(value: Any) -> Any:
        try:
            return validate(value)
        except pydantic.ValidationError:
            return _accept_parts(declared, value)

    return accept_one


@lru_cache(maxsize=1024)
def _field_acceptor(model: type[pydantic.BaseModel], name: str) -> Callable[[Any], Any]:
    return _acceptor(model.model_fields[name].rebuild_annotation())


def _accept_parts(declared: Any, value: Any) -> Any:
    declared, *others = members(declared)
    if others:
        model = _closest([declared, *others], value)
        return value if model is None else _accept_parts(model, value)
    origin, arguments = get_origin(declared), get_args(declared)
    if origin is list and isinstance(value, list):
        return [*map(_acceptor(arguments[0]), value)]
    if origin is dict and isinstance(value, dict):
        accept_one = _acceptor(arguments[1])
        return {key: accept_one(item) for key, item in value.items()}
    if _is_model(declared):
        if issubclass(declared, pydantic.RootModel):
            return declared.model_construct(accept(declared.model_fields["root"].annotation, value))
        if isinstance(value, dict):
            return _construct(declared, value)
    return value


def _construct(model: type[pydantic.BaseModel], value: Mapping[str, Any]) -> pydantic.BaseModel:
    left = dict(value)
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        wire = wire_name(name, field)
        if wire in left:
            found[name] = _field_acceptor(model, name)(left.pop(wire))
    missing = {name: None for name, field in model.model_fields.items() if field.is_required()}
    built = model.model_construct(set(found), **{**missing, **found})
    if built.__pydantic_extra__ is not None:
        built.__pydantic_extra__.update(left)
        built.__pydantic_fields_set__.update(left)
    return built


def _closest(types: Sequence[Any], value: Any) -> Any:
    """The member of a union that a value was meant for, as far as one can see; None for none."""
    models = [one for one in types if _is_model(one)]
    if isinstance(value, dict) and models:
        return max(models, key=lambda model: _likeness(model, value))
    return next((one for one in types if get_origin(one) is type(value)), None)


def _likeness(model: type[pydantic.BaseModel], value: Mapping[str, Any]) -> tuple[int, int]:
    """How many constants of a model a value has, less those it contradicts; then how many names."""
    constants = names = 0
    for name, field in model.model_fields.items():
        wire = wire_name(name, field)
        if wire not in value:
            continue
        names += 1
        types = [one for one in members(field.annotation) if one is not NoneType]
        if len(types) == 1 and get_origin(types[0]) is Literal:
            constants += 1 if value[wire] in get_args(types[0]) else -1
    return constants, names


def _is_model(declared: Any) -> bool:
    return (
        declared is not NoneType
        and isinstance(declared, type)
        and issubclass(declared, pydantic.BaseModel)
    )
