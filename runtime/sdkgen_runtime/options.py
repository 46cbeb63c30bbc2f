"""What a client and each of its calls can be told beside their arguments."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal

import httpx
from typing_extensions import TypedDict  # which pydantic knows before Python 3.12, too

from .errors import StreamError


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
    # Python waits no longer than this many seconds, some centuries; nor for ever, by `inf`.
    if value is not None and not (
        isinstance(value, int | float) and 0 < value <= threading.TIMEOUT_MAX
    ):
        raise ValueError(f"{said}: seconds to wait, more than 0, or None")


LIMITS: Final = httpx.Limits(max_connections=1000, max_keepalive_connections=100)
"""Connections of a client: each stream that is open has one, and the HTTP library's own limit, 100,
would have the next call wait for one of them to end."""


class ClientOptions(TypedDict, total=False):
    """How a client makes its calls; each call can be told otherwise.

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
        extra_body: Members to add to a body that is an object of JSON or a form.
        on_response: Called with the HTTP response of every success, whose request has no
            credentials any more. The body has been read by then, except that of a stream or of a
            binary answer. In an event loop, an awaitable that it returns is awaited.
        on_resume: Called with the failure before a stream that was lost is asked for again. In an
            event loop, an awaitable that it returns is awaited.
        base_url: Where this call is sent, in place of the client's own `base_url`.
    """

    extra_headers: Mapping[str, str]
    extra_query: Mapping[str, Any]
    extra_body: Mapping[str, Any]
    on_response: Callable[[httpx.Response], object]
    on_resume: Callable[[StreamError], object]
    base_url: str


_KINDS: Final[Mapping[str, tuple[type, str]]] = {
    "lenient": (bool, "True or False"),
    "extra_headers": (Mapping, "a mapping"),
    "extra_query": (Mapping, "a mapping"),
    "extra_body": (Mapping, "a mapping"),
}
_HOOKS: Final = ("on_response", "on_resume")
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
        TypeError: There is one, as Python itself would say it; or an option is of another type.
        ValueError: An option has a value that says nothing.
    """
    if unknown := sorted(options.keys() - known):
        kinds = {"arguments": list(arguments), "options": sorted(known)}
        also = [f"{kind} are {', '.join(names)}" for kind, names in kinds.items() if names]
        raise TypeError(f"unexpected keyword argument {unknown[0]!r} ({'; '.join(also)})")
    if "timeout" in options:
        Timeout.of(options["timeout"])
    for name, value in options.items():
        kind, wanted = _KINDS.get(name, (object, "a function"))
        if not isinstance(value, kind) or (name in _HOOKS and not callable(value)):
            # It is not shown: it may have a credential.
            raise TypeError(f"{name} is of type {type(value).__qualname__}, and has to be {wanted}")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise ValueError(f"{name} is {value!r}, and can be one of {', '.join(_CHOICES[name])}")
        if name in _LEAST and (
            isinstance(value, bool) or not isinstance(value, int) or value < _LEAST[name]
        ):
            raise ValueError(f"{name} is {value!r}: a whole number, {_LEAST[name]} or more")
