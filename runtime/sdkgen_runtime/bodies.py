"""Request bodies: from arguments to bytes, by media type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx
import pydantic
import pydantic_core

from .mediatypes import URLENCODED, essence, is_json, is_multipart, is_xml
from .params import urlencoded
from .request import UNSET, Body
from .styles import text
from .uploads import Named, Stream, guessed, is_file, source
from .values import UnsendableError, jsonable, members_of
from .xmltext import encoded

_JSON: Final = Body("application/json")


@dataclass(frozen=True, slots=True)
class Payload:
    """What one request carries.

    Attributes:
        media_type: What the `Content-Type` says; None where there is no body.
        content: The body.
    """

    media_type: str | None = None
    content: bytes | Stream | None = None

    @property
    def replayable(self) -> bool:
        """Whether it can be sent again."""
        return not isinstance(self.content, Stream) or self.content.replayable

    @property
    def needs_loop(self) -> bool:
        """Whether only an event loop can send it."""
        return isinstance(self.content, Stream) and self.content.needs_loop

    def attach(self, request: httpx.Request) -> None:
        """Let the request send the body, if that is read while it is sent."""
        if not isinstance(self.content, Stream):
            return
        request.stream = self.content
        request.headers.pop("Content-Length", None)
        if self.content.size is None:
            request.headers["Transfer-Encoding"] = "chunked"
        else:
            request.headers["Content-Length"] = str(self.content.size)


def encode(
    body: Body | None, value: Any, extra: Mapping[str, Any] | None = None, asked: str | None = None
) -> Payload:
    """The payload that a value is.

    Args:
        body: What the operation declares; None where it declares nothing.
        value: What was given: the whole body, or its members by name.
        extra: Members to add.
        asked: The media type that the caller asks for, if any.

    Raises:
        OSError: There is no such file, or it may not be read.
        TypeError: The value is none of those that such a body can be.
        ValueError: The value cannot be sent; there are extra members and it is not an object.
    """
    if extra:
        value = _with_extra(value, extra)
        body = body or _JSON
    if value is UNSET or body is None or (body.optional and _is_nothing(value)):
        return Payload()
    offered = _chosen(body, value, asked)
    media_type = offered[0]
    if is_multipart(media_type):
        from .multipart import multipart

        return Payload(*multipart(media_type, _members(value), body))
    if essence(media_type) == URLENCODED:
        return Payload(media_type, urlencoded(_members(value), body).encode())
    if is_json(media_type) and not (is_file(value) and not isinstance(value, tuple)):
        return Payload(media_type, _json(value))
    return _opaque(offered, value)


def _json(value: Any) -> bytes:
    try:
        return pydantic_core.to_json(jsonable(value))
    except pydantic_core.PydanticSerializationError:
        raise UnsendableError("text with a lone surrogate") from None


def _with_extra(value: Any, extra: Mapping[str, Any]) -> dict[str, Any]:
    # Not made JSON yet: the body may be a form, with files in it.
    if value is not UNSET and not isinstance(value, Mapping | pydantic.BaseModel):
        raise ValueError("extra_body adds to a body that is an object; this one is not.")
    return {**({} if value is UNSET else _members(value)), **extra}


def _is_nothing(value: Any) -> bool:
    return isinstance(value, Mapping) and all(member is UNSET for member in value.values())


def _chosen(body: Body, value: Any, asked: str | None) -> tuple[str, ...]:
    """The media types for a value, the best first: only the one that is asked for, if any is."""
    offered = (body.media_type, *body.others)
    if asked is not None and essence(asked) in map(essence, offered):
        return (asked,)
    parts = tuple(filter(is_multipart, offered))
    return parts if parts and _has_files(value) else offered


def _has_files(value: Any) -> bool:
    if not isinstance(value, Mapping | pydantic.BaseModel):
        return False
    return any(
        is_file(member) or (isinstance(member, Sequence) and any(map(is_file, member)))
        for member in _members(value).values()
    )


def _members(value: Any) -> Mapping[str, Any]:
    """The members of an object, one by one: files are no JSON."""
    if isinstance(value, pydantic.RootModel):
        return _members(value.root)
    if isinstance(value, pydantic.BaseModel):
        return members_of(value)
    if not isinstance(value, Mapping):
        raise TypeError(f"A form has fields with names; a {type(value).__name__} has none.")
    return value


def _opaque(offered: Sequence[str], value: Any) -> Payload:
    """A body that goes as it is. A file may say what it is; its name has no place here.

    Raises:
        ValueError: It has headers of a part.
    """
    media_type = offered[0]
    if is_file(value):
        file = Named.of(value)
        if file.headers:
            raise ValueError(
                "A file that is the whole body is no part with headers: pass extra_headers."
            )
        media_type, value = file.media_type or guessed(file.name, offered), file.content
    if not isinstance(value, str | int | float | bool | None):
        found = source(value)
        return Payload(media_type, found if isinstance(found, bytes) else Stream([found]))
    said = text(jsonable(value))
    return Payload(media_type, encoded(said) if is_xml(media_type) else said.encode())
