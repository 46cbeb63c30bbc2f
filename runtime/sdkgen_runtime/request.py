"""A call as a value: what an operation is, and what one call of it carries.

Generated code makes one `Operation` an API operation, once, and one `Arguments`
a call. Both say what is wanted; how it is sent is the transport's business.
"""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

import httpx
import pydantic
from typing_extensions import TypedDict  # which pydantic knows before Python 3.12, too

from .errors import StreamError

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeout:
    """How long to wait, in seconds; `None` lifts a limit.

    Attributes:
        connect: For a connection to be made.
        read: For the next bytes of an answer, its head included.
        write: For the next bytes of a request to be taken.
        pool: For a connection of the pool to come free.
        first_event: For a stream's first event, from the call on.
        idle: Between any two signs of life of a stream, comments included.
        total: For a whole stream.
    """

    connect: float | None = 10.0
    read: float | None = 600.0
    write: float | None = 60.0
    pool: float | None = 60.0
    first_event: float | None = None
    idle: float | None = 300.0
    total: float | None = None

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            _check_seconds(f"Timeout({one.name}={value!r})", value)

    def left(self, elapsed: float, *, has_begun: bool) -> float | None:
        """Seconds until a stream's next deadline; None where there is none.

        Args:
            elapsed: Seconds since the call began.
            has_begun: Whether its first event was there.
        """
        limits = (self.total, None if has_begun else self.first_event)
        return min((limit - elapsed for limit in limits if limit is not None), default=None)

    @classmethod
    def of(cls, value: float | Timeout | httpx.Timeout | None) -> Timeout:
        """A bare number is the limit for every single wait; `None` lifts all limits.

        Raises:
            ValueError: It is no number of seconds, or leaves no time to wait.
        """
        if isinstance(value, Timeout):
            return value
        if isinstance(value, httpx.Timeout):
            return cls(**value.as_dict(), idle=value.read)
        _check_seconds(f"timeout is {value!r}", value)
        return cls(connect=value, read=value, write=value, pool=value, idle=value)


def _check_seconds(said: str, value: object) -> None:
    """Refuse what is no time to wait.

    Raises:
        ValueError: It is none.
    """
    # What waits counts in nanoseconds: beyond that is none of them, nor infinity.
    if value is not None and not (
        isinstance(value, int | float) and 0 < value <= threading.TIMEOUT_MAX
    ):
        raise ValueError(f"{said}: seconds to wait, more than 0, or None")


LIMITS: Final = httpx.Limits(max_connections=1000, max_keepalive_connections=100)
"""Connections of a client: each stream that is open has one, and the HTTP library's own limit, 100,
would have the next call wait for one of them to end."""


class ClientOptions(TypedDict, total=False):
    """How a client makes its calls. Each may be made in another way.

    Attributes:
        timeout: Seconds for every single wait, a `Timeout` (or that of httpx), or None for no
            limit.
        max_retries: How many times to try again, 2 unless given; 0 for never.
        lenient: Whether an answer that does not fit is taken as it came, in the shape of its
            type as far as possible, in place of an error.
        on_unknown_event: What becomes of an event of a kind that the API's document does not
            declare: an `UnknownEvent` (unless given), nothing, or an error.
        on_decode_error: What becomes of an event that does not fit: an error (unless given),
            or nothing.
        max_event_bytes: The most bytes that an event of a stream may have, 64 MiB unless given:
            so much is held in memory.
    """

    timeout: float | Timeout | httpx.Timeout | None
    max_retries: int
    lenient: bool
    on_unknown_event: Literal["give", "skip", "raise"]
    on_decode_error: Literal["raise", "skip"]
    max_event_bytes: int


class RequestOptions(ClientOptions, total=False):
    """What every method takes beside its own arguments.

    Attributes:
        extra_headers: Headers to add or to replace. Where a body may be of several media types,
            a `Content-Type` that is one of them says how it is written.
        extra_query: Query parameters to add.
        extra_body: Members to add to a JSON object body.
        on_response: Called with the HTTP response of every successful answer, its request without
            credentials: of one that is read as a whole with its body, of a stream before it is
            read. With an event loop, what it gives is awaited, if it can be.
        on_resume: Called with the failure before a stream that was lost is asked for again. With
            an event loop, what it gives is awaited, if it can be.
        base_url: Where this call goes, in place of where the API is served.
    """

    extra_headers: Mapping[str, str]
    extra_query: Mapping[str, Any]
    extra_body: Mapping[str, Any]
    on_response: Callable[[httpx.Response], object]
    on_resume: Callable[[StreamError], object]
    base_url: str


_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "on_unknown_event": ("give", "skip", "raise"),
    "on_decode_error": ("raise", "skip"),
}
_LEAST: Final[Mapping[str, int]] = {"max_retries": 0, "max_event_bytes": 1}


def check_options(
    options: Mapping[str, Any], known: frozenset[str], arguments: Iterable[str] = ()
) -> None:
    """Refuse keyword arguments that are neither arguments of a method nor options.

    Args:
        options: What was given.
        known: The names of options.
        arguments: The names of arguments that could have been meant.

    Raises:
        TypeError: There is one, as Python itself would say it.
        ValueError: An option has a value that says nothing.
    """
    if unknown := sorted(options.keys() - known):
        kinds = {"arguments": list(arguments), "options": sorted(known)}
        also = [f"{kind} are {', '.join(names)}" for kind, names in kinds.items() if names]
        raise TypeError(f"unexpected keyword argument {unknown[0]!r} ({'; '.join(also)})")
    if "timeout" in options:
        Timeout.of(options["timeout"])
    for name, value in options.items():
        if name in _CHOICES and value not in _CHOICES[name]:
            raise ValueError(f"{name} is {value!r}, and can be one of {', '.join(_CHOICES[name])}")
        if name in _LEAST and (not isinstance(value, int) or value < _LEAST[name]):
            raise ValueError(f"{name} is {value!r}: a whole number, {_LEAST[name]} or more")


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
