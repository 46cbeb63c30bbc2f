"""The one tree of exceptions, for calls and for streams.

    SDKError                              exported as <Client>Error
    ├── MissingCredentialError            no call was made: it needs a credential
    └── APIError
        ├── APIConnectionError            no answer arrived
        │   ├── APITimeoutError           ... in time
        │   └── (StreamInterruptedError)
        ├── APIStatusError                the server said no
        │   ├── BadRequestError           400
        │   ├── AuthenticationError       401
        │   ├── PermissionDeniedError     403
        │   ├── NotFoundError             404
        │   ├── ConflictError             409
        │   ├── UnprocessableEntityError  422
        │   ├── RateLimitError            429
        │   └── InternalServerError       5xx
        ├── APIResponseValidationError    the answer is not what the API's document says
        └── StreamError
            ├── StreamInterruptedError    the connection was lost (an APIConnectionError too)
            ├── StreamTimeoutError        it fell silent (an APITimeoutError too)
            ├── StreamTruncatedError      it ended without its declared end
            └── EventDecodeError          one event could not be decoded

Requests and responses are attached without their credentials: whoever makes an
error here passes a request that has been redacted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from .retry import retry_after

if TYPE_CHECKING:
    import httpx
    import pydantic

    from .events import ServerSentEvent

TAGGED: Final = "<tagged>"
"""What stands in the place of a misfit for the members of a union that have a tag."""

_MAX_MESSAGE: Final = 500
"""Characters of a server's own words that a message repeats."""


class SDKError(Exception):
    """Everything that this package raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        # As it is, whatever its constructor asks for: errors cross processes.
        return _restored, (type(self), self.args), self.__dict__


def _restored(kind: type[SDKError], args: tuple[Any, ...]) -> SDKError:
    return kind.__new__(kind, *args)


class MissingCredentialError(SDKError):
    """A call needs a credential that the client was not given; nothing was sent."""


class APIError(SDKError):
    """A call or a stream did not end as it should.

    Attributes:
        message: What happened.
        request: The request, without credentials and body.
        response: The response, where one arrived; that of a stream with no more of its body than
            the data of the event that the error is about.
        body: What the server sent: of the declared type where it fits, else parsed JSON, else text.
        in_stream: Whether the server said so inside a stream that had begun well.
    """

    def __init__(
        self,
        message: str,
        *,
        request: httpx.Request | None = None,
        response: httpx.Response | None = None,
        body: Any = None,
        in_stream: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.request = request
        self.response = response
        self.body = body
        self.in_stream = in_stream

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, to be quoted to its operators."""
        return request_id(self.response.headers) if self.response is not None else None


class APIConnectionError(APIError):
    """The server could not be reached, or the connection broke."""


class APITimeoutError(APIConnectionError):
    """The server took longer than the timeout allows."""


class APIResponseValidationError(APIError):
    """The response is not what the API's document says; `body` has what came instead."""


class APIStatusError(APIError):
    """The server answered with an error status."""

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        request: httpx.Request | None = None,
        response: httpx.Response | None = None,
        body: Any = None,
        in_stream: bool = False,
    ) -> None:
        super().__init__(
            message, request=request, response=response, body=body, in_stream=in_stream
        )
        self.status_code = status_code

    @property
    def retry_after(self) -> float | None:
        """Seconds that the server asks to wait before another try; None where it does not say."""
        return retry_after(self.response.headers) if self.response is not None else None


class BadRequestError(APIStatusError):
    """400: the request is malformed."""


class AuthenticationError(APIStatusError):
    """401: the credential is missing or wrong."""


class PermissionDeniedError(APIStatusError):
    """403: the credential does not allow this."""


class NotFoundError(APIStatusError):
    """404: there is no such thing."""


class ConflictError(APIStatusError):
    """409: the request does not fit the present state."""


class UnprocessableEntityError(APIStatusError):
    """422: the request is well-formed but makes no sense to the server."""


class RateLimitError(APIStatusError):
    """429: too many requests."""


class InternalServerError(APIStatusError):
    """5xx: the server failed."""


class StreamError(APIError):
    """A stream that had begun did not go on as it should.

    Attributes:
        events_seen: How many events had been given before.
        last_event_id: The last event id that was given; "" where there was none.
        retryable: Whether the same call may well succeed when made again.
    """

    retryable = False

    def __init__(
        self,
        message: str,
        *,
        request: httpx.Request | None = None,
        response: httpx.Response | None = None,
        body: Any = None,
        events_seen: int = 0,
        last_event_id: str = "",
    ) -> None:
        super().__init__(message, request=request, response=response, body=body, in_stream=True)
        self.events_seen = events_seen
        self.last_event_id = last_event_id


class StreamInterruptedError(StreamError, APIConnectionError):
    """The connection was lost in the middle of a stream."""

    retryable = True


class StreamTimeoutError(StreamError, APITimeoutError):
    """A stream fell silent, or took longer than the timeout allows."""

    retryable = True


class StreamTruncatedError(StreamError):
    """A stream ended without the end that the API's document declares."""

    retryable = True


class EventDecodeError(StreamError):
    """One event could not be decoded; the stream can be read on.

    Attributes:
        event: The event as it came.
        index: Its position in the stream, from 0.
    """

    def __init__(self, message: str, *, event: ServerSentEvent, index: int, **context: Any) -> None:
        super().__init__(message, events_seen=index, **context)
        self.event = event
        self.index = index


_BY_STATUS: Final[Mapping[int, type[APIStatusError]]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}

# How APIs name, inside a stream, what a status code would have said outside.
_STATUS_BY_WORD: Final[tuple[tuple[str, int], ...]] = (
    ("rate_limit", 429),
    ("too_many", 429),
    ("quota", 429),
    ("authentication", 401),
    ("invalid_api_key", 401),
    ("invalid_token", 401),  # RFC 6750, section 3.1
    ("unauthorized", 401),
    ("permission", 403),
    ("forbidden", 403),
    ("not_found", 404),
    ("conflict", 409),
    ("unprocessable", 422),
    ("invalid", 400),
    ("bad_request", 400),
    ("overloaded", 529),
    ("unavailable", 503),
    ("timeout", 504),
    ("server", 500),
    ("internal", 500),
)


_WORDS: Final = ("message", "detail", "error_description", "error", "title")
"""Where APIs say what went wrong; the third by RFC 6749, section 5.2."""


def status_error(status_code: int) -> type[APIStatusError]:
    """The class for an error status; statuses outside the registry have one too."""
    if status_code >= 500:
        return InternalServerError
    return _BY_STATUS.get(status_code, APIStatusError)


def status_in(body: Any) -> int | None:
    """The status that an error object inside a stream speaks of, if it does.

    Looked for in `status`, `status_code`, `code` and `type`, first in the object
    under `error` and then in the body itself.
    """
    for part in _error_objects(body):
        for key in ("status", "status_code", "code", "type"):
            status = _as_status(part.get(key))
            if status is not None:
                return status
    return None


def is_report(body: Any) -> bool:
    """Whether an object is a server's report of a failure, by its `error` member."""
    return isinstance(body, Mapping) and isinstance(body.get("error"), Mapping | str)


def message_in(body: Any) -> str | None:
    """The server's own words on what went wrong, shortened."""
    if isinstance(body, str):
        return _shorten(body) or None
    for part in _error_objects(body):
        for key in _WORDS:
            said = part.get(key)
            text = _first_problem(said) if isinstance(said, list) else said
            if isinstance(text, str) and text.strip():
                return _shorten(text)
    return None


def _first_problem(listed: list[Any]) -> str | None:
    """The first of a list of problems with a request, as FastAPI reports them."""
    first = listed[0] if listed else None
    if not isinstance(first, Mapping) or not isinstance(first.get("msg"), str):
        return None
    loc = first.get("loc")
    place = f"{'.'.join(map(str, loc))}: " if isinstance(loc, list) and loc else ""
    others = f" (and {len(listed) - 1} more)" if len(listed) > 1 else ""
    return f"{place}{first['msg']}{others}"


def misfit(error: pydantic.ValidationError) -> str:
    """The first thing that does not fit, in one line and without the values that came."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"] if part != TAGGED)
    return f"{first['msg']} (at {place})" if place else first["msg"]


def request_id(headers: Mapping[str, str]) -> str | None:
    """The request's id, under the names that servers commonly give it."""
    for name in ("x-request-id", "request-id", "x-correlation-id"):
        if name in headers:
            return headers[name]
    return None


def _error_objects(body: Any) -> list[Mapping[str, Any]]:
    if not isinstance(body, Mapping):
        return []
    inner = body.get("error")
    return [inner, body] if isinstance(inner, Mapping) else [body]


def _as_status(value: object) -> int | None:
    if isinstance(value, int):
        return value if 400 <= value <= 599 else None
    if not isinstance(value, str):
        return None
    if value.isascii() and value.isdigit() and len(value) == len("400"):
        return _as_status(int(value))
    # Of a problem's URI (RFC 9457, section 3.1.1), only the end names it.
    word = value.rstrip("/").rpartition("/")[2].lower().replace("-", "_").replace(" ", "_")
    return next((status for part, status in _STATUS_BY_WORD if part in word), None)


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MAX_MESSAGE else text[: _MAX_MESSAGE - 1] + "…"
