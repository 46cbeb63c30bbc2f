"""A call as a value: what an operation is, and what one call of it carries.

Generated code makes one `Operation` an API operation, once, and one `Arguments`
a call. Both say what is wanted; how it is sent is the transport's business.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

import pydantic

if TYPE_CHECKING:
    from .events import Events
    from .servers import Server
    from .styles import Style

T = TypeVar("T")
E = TypeVar("E")


class Unset(enum.Enum):
    """The type of `UNSET`."""

    UNSET = enum.auto()

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset.UNSET
"""Stands for an argument that was not given, which is another thing than `None`."""


class LazyType(Generic[T]):
    """A type that is looked up, and its validator built, when it is first needed.

    Models live in a module each; naming them through a function keeps the import
    of a client from importing all of them.
    """

    def __init__(self, find: Callable[[], Any]) -> None:
        self._find = find

    @cached_property
    def type(self) -> Any:
        """The type."""
        return self._find()

    @cached_property
    def validator(self) -> Any:
        """The `pydantic_core.SchemaValidator` of the type; made once."""
        found = self.type
        # A model's own validator is the one that an adapter would wrap.
        model = isinstance(found, type) and issubclass(found, pydantic.BaseModel)
        if model and found.__pydantic_complete__:
            return found.__pydantic_validator__
        return pydantic.TypeAdapter(found).validator

    @cached_property
    def load(self) -> Callable[[bytes], T]:
        """From JSON text to a value, in one pass.

        Raises:
            pydantic.ValidationError: The text is no JSON, or does not fit.
        """
        load: Callable[[bytes], T] = self.validator.validate_json
        return load


Framing = Literal["sse", "jsonl", "json-seq"]
"""How the items of a stream are told apart: events, lines, or records (RFC 7464)."""

Kind = Literal["json", "text", "xml", "binary", "empty"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which an operation may answer.

    Attributes:
        status: ``200``, a range such as ``4XX``, or ``default``.
        kind: How the body is read.
        media_type: The body's media type or media type range; None where there is no body.
        shape: The type of a JSON body.
    """

    status: str
    kind: Kind
    media_type: str | None
    shape: LazyType[Any] | None = None


def json(status: str, find: Callable[[], Any], media_type: str = "application/json") -> Outcome:
    """An answer with a JSON body."""
    return Outcome(status, "json", media_type, LazyType(find))


def text(status: str, media_type: str = "text/plain") -> Outcome:
    """An answer whose body is text."""
    return Outcome(status, "text", media_type)


def xml(status: str, media_type: str = "application/xml") -> Outcome:
    """An answer whose body is XML, which is given as text."""
    return Outcome(status, "xml", media_type)


def binary(status: str, media_type: str = "application/octet-stream") -> Outcome:
    """An answer whose body is bytes."""
    return Outcome(status, "binary", media_type)


def empty(status: str) -> Outcome:
    """An answer without a body."""
    return Outcome(status, "empty", None)


@dataclass(frozen=True, slots=True)
class Body:
    """What an operation's request carries (OpenAPI 3.1, sections 4.8.13 to 4.8.15).

    Attributes:
        media_type: How it is written.
        others: How it may be written instead: in parts where there are files in it, and in any
            of these ways where a call's `Content-Type` says so.
        optional: Whether there is no body where none of its members is given.
        styles: How fields of a form are written, where not by their media type.
        parts: The media types of fields of a form, where these are declared.
        headers: The headers of parts of a form, by field.
    """

    media_type: str
    others: tuple[str, ...] = ()
    optional: bool = False
    styles: Mapping[str, Style] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)  # no slots: `Operation[T](...)` fails with them (CPython issue 90562)
class Operation(Generic[T]):
    """An operation of the API; `T` is what a call of it returns, apart from binary answers.

    Attributes:
        method: The HTTP method, in capitals.
        path: The path template; ``{name}`` stands for a path argument.
        returns: How it may succeed.
        raises: How it may fail.
        body: What its request carries; None for no body.
        styles: How parameters are written that do not follow their location's default,
            by location and name.
        security: Alternatives of scheme names, the first that can be met is used;
            None for whichever credentials the client has.
        servers: Where the operation is served, if not where the API is.
    """

    method: str
    path: str
    returns: tuple[Outcome, ...] = ()
    raises: tuple[Outcome, ...] = ()
    body: Body | None = None
    styles: Mapping[tuple[str, str], Style] = field(default_factory=dict)
    security: tuple[tuple[str, ...], ...] | None = None
    servers: tuple[Server, ...] = ()


@dataclass(frozen=True)
class StreamOperation(Operation[Any], Generic[E]):
    """An operation that answers with a stream of items of type `E`.

    Attributes:
        events: What the items are.
        framing: How they are told apart on the wire.
        media_types: What the stream may be called beside the names of its framing.
        resumable: Whether a stream that is lost is asked for again, from its last event on.
    """

    events: Events[E] = field(kw_only=True)
    framing: Framing = field(default="sse", kw_only=True)
    media_types: tuple[str, ...] = field(default=(), kw_only=True)
    resumable: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Arguments:
    """What one call carries, by the names that the API knows; `UNSET` values are left out."""

    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    header: Mapping[str, Any] = field(default_factory=dict)
    cookie: Mapping[str, Any] = field(default_factory=dict)
    body: Any = UNSET
