"""What is decided about a call without waiting: the request to send, what an answer means.

Both transports share it. Whatever leaves here for an error has been redacted first.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

import httpx
import pydantic

from . import bodies, errors, params
from .auth import Credentials, Scheme, Secret
from .reader import Reader, json_or_text
from .redact import redacted, redacted_url, without_credentials
from .request import (
    Arguments,
    Operation,
    Outcome,
    RequestOptions,
    StreamOperation,
    Timeout,
)
from .retry import Tries
from .sse import Decoder, RawEvent
from .streaming import MAX_EVENT_BYTES, is_event_stream

if TYPE_CHECKING:
    from .events import Events

T = TypeVar("T")
E = TypeVar("E")

_EXCERPT: Final = 200
"""Characters of an unexpected body that a message shows."""


@dataclass(frozen=True, slots=True)
class Api:
    """The API that a client is for.

    Attributes:
        name: The package's name, for the `User-Agent`.
        version: The package's version, for the `User-Agent`.
        base_url: Where the API is served; None where its document does not say.
        schemes: The security schemes that it knows.
    """

    name: str
    version: str
    base_url: str | None = None
    schemes: tuple[Scheme, ...] = ()


class Caller:
    """One client's settings, from which its calls are made."""

    def __init__(
        self,
        api: Api,
        credentials: Mapping[str, Secret | None],
        base_url: str | None,
        timeout: float | Timeout | None,
        max_retries: int,
    ) -> None:
        self.api = api
        self.credentials = Credentials(api.schemes, credentials)
        self.base_url = _checked_base_url(base_url or api.base_url)
        self.timeout = Timeout() if timeout is None else Timeout.of(timeout)
        self.max_retries = max_retries

    def call(
        self, operation: Operation[T], arguments: Arguments, options: RequestOptions
    ) -> Call[T]:
        """One call of an operation."""
        timeout = Timeout.of(options["timeout"]) if "timeout" in options else self.timeout
        return Call(self, operation, arguments, options, timeout)


def _checked_base_url(base_url: str | None) -> str:
    if not base_url:
        raise ValueError("The API's document names no server: pass base_url.")
    if not base_url.startswith(("https://", "http://")):
        raise ValueError(f"base_url is {base_url!r}: it has to begin with https:// or http://.")
    return base_url.rstrip("/")


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One call of one operation, with as many tries as it takes."""

    caller: Caller
    operation: Operation[T]
    arguments: Arguments
    options: RequestOptions
    timeout: Timeout
    started: float = field(default_factory=time.monotonic)

    def tries(self) -> Tries:
        """The tries that the call has after its first."""
        return Tries(self.options.get("max_retries", self.caller.max_retries))

    def reader(self, events: Events[E]) -> Reader[E]:
        """The reader of the call's stream."""
        return Reader(events, max_event_bytes=MAX_EVENT_BYTES, started=self.started)

    def request(self, client: httpx.Client | httpx.AsyncClient, *, stream: bool) -> httpx.Request:
        """The request, the same for every try.

        Raises:
            ValueError: An argument cannot be sent.
        """
        operation, arguments = self.operation, self.arguments
        schemes = self.caller.credentials.select(operation.security)
        body = bodies.encode(operation.body, arguments.body, self.options.get("extra_body"))
        head = self.timeout.read
        if stream and self.timeout.first_event is not None:
            head = min(self.timeout.first_event, head or self.timeout.first_event)
        return client.build_request(
            operation.method,
            self._url(schemes),
            headers=self._headers(schemes, body),
            timeout=httpx.Timeout(
                connect=self.timeout.connect,
                read=head,
                write=self.timeout.write,
                pool=self.timeout.pool,
            ),
            **body.content,
        )

    def head_received(self, request: httpx.Request) -> None:
        """From now on it is the body that is waited for."""
        if isinstance(self.operation, StreamOperation):
            request.extensions["timeout"]["read"] = self.timeout.idle

    def result(self, response: httpx.Response) -> T:
        """The value that a successful answer is.

        Raises:
            APIResponseValidationError: It is not an answer that the document declares.
        """
        outcome = _match(self.operation.returns, response)
        if outcome is None:
            if not response.content:
                return cast("T", None)
            raise self._unexpected(
                response,
                response.content,
                f"a {response.status_code} response of type {_media_type(response) or 'none'}",
            )
        match outcome.kind:
            case "empty":
                return cast("T", None)
            case "text":
                return cast("T", response.text)
            case "binary":
                return cast("T", response.content)
        assert outcome.shape is not None, "a JSON outcome has a shape"  # noqa: S101
        try:
            value: T = outcome.shape.validate_json(response.content)
        except pydantic.ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise self._unexpected(
                response,
                response.content,
                f"a body that does not fit: {first['msg']}{f' (at {place})' if place else ''}",
            ) from error
        return value

    def accepts_as_stream(self, response: httpx.Response) -> bool:
        """Whether a successful answer is the stream that was asked for."""
        return is_event_stream(response.headers)

    def not_a_stream(
        self, response: httpx.Response, body: bytes
    ) -> errors.APIResponseValidationError:
        """The error for another answer where a stream was asked for."""
        return self._unexpected(
            response, body, f"a body of type {_media_type(response)} instead of an event stream"
        )

    def status_error(self, response: httpx.Response, body: bytes) -> errors.APIStatusError:
        """The error for an answer that says no."""
        value = self._error_body(response, body)
        said = errors.message_in(_plain(value))
        message = f"{response.status_code} {response.reason_phrase}".rstrip()
        if response.is_redirect:
            said = f"redirected to {redacted_url(httpx.URL(response.headers['location']))}"
        message += f": {said}" if said else ""
        if response.status_code == httpx.codes.UNAUTHORIZED:
            message += self.caller.credentials.hint()
        return errors.status_error(response.status_code)(
            message,
            status_code=response.status_code,
            body=value,
            request=redacted(response.request),
            response=without_credentials(response),
        )

    def connection_error(self, error: httpx.RequestError) -> errors.APIConnectionError:
        """The error for a request that got no answer."""
        error.request = redacted(error.request)
        if isinstance(error, httpx.TimeoutException):
            kind = type(error).__name__.removesuffix("Timeout").lower()
            return errors.APITimeoutError(
                f"No answer from {error.request.url.host} in time ({kind} timeout).",
                request=error.request,
            )
        reason = str(error) or type(error).__name__
        return errors.APIConnectionError(
            f"No answer from {error.request.url.host}: {reason}", request=error.request
        )

    def delay_after_loss(self, error: httpx.RequestError, tries: Tries) -> float | None:
        """Seconds until the next try; None where a further one is of no use, or not left."""
        hopeless = (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.DecodingError)
        return None if isinstance(error, hopeless) else tries.after_failure()

    def delay_after(self, failure: errors.APIError, tries: Tries) -> float | None:
        """Seconds until a stream that failed before its first item is asked for again."""
        if isinstance(failure, errors.APIStatusError):
            return tries.after_status(failure.status_code, {})
        if isinstance(failure, errors.StreamTimeoutError) and self._out_of_time():
            return None
        return tries.after_failure()

    def _out_of_time(self) -> bool:
        elapsed = time.monotonic() - self.started
        limits = (self.timeout.total, self.timeout.first_event)
        return any(limit is not None and elapsed >= limit for limit in limits)

    def _url(self, schemes: Iterable[Scheme]) -> str:
        operation, arguments = self.operation, self.arguments
        path, _, fixed = operation.path.partition("?")
        query = {
            **arguments.query,
            **self.options.get("extra_query", {}),
            **self.caller.credentials.parameters(schemes, "query"),
        }
        parts = [fixed, params.query_string(query, operation.styles)]
        text = "&".join(part for part in parts if part)
        base = operation.base_url or self.caller.base_url
        url = base.rstrip("/") + params.expand_path(path, arguments.path, operation.styles)
        return f"{url}?{text}" if text else url

    def _headers(self, schemes: Iterable[Scheme], body: bodies.Body) -> httpx.Headers:
        operation, arguments, api = self.operation, self.arguments, self.caller.api
        headers = httpx.Headers(
            {"Accept": self._accept(), "User-Agent": f"{api.name}/{api.version}"}
        )
        if body.media_type is not None:
            headers["Content-Type"] = body.media_type
        if operation.method in ("POST", "PATCH"):
            headers["Idempotency-Key"] = str(uuid.uuid4())
        headers.update(params.headers(arguments.header, operation.styles))
        headers.update(self.caller.credentials.headers(schemes))
        cookies = {
            **arguments.cookie,
            **self.caller.credentials.parameters(schemes, "cookie"),
        }
        if cookie := params.cookie_header(cookies, operation.styles):
            headers["Cookie"] = cookie
        headers.update(params.headers(self.options.get("extra_headers", {}), {}))
        return headers

    def _accept(self) -> str:
        if isinstance(self.operation, StreamOperation):
            return "text/event-stream"
        media_types = dict.fromkeys(
            outcome.media_type for outcome in self.operation.returns if outcome.media_type
        )
        return ", ".join(media_types) or "*/*"

    def _error_body(self, response: httpx.Response, body: bytes) -> Any:
        if _media_type(response) == "text/event-stream":
            body = _first_data(body)
        outcome = _match(self.operation.raises, response)
        if outcome is not None and outcome.shape is not None:
            try:
                return outcome.shape.validate_json(body)
            except pydantic.ValidationError:
                pass  # an error's body is often not what the document says: raw, then
        return json_or_text(body.decode("utf-8", "replace"))

    def _unexpected(
        self, response: httpx.Response, body: bytes, what: str
    ) -> errors.APIResponseValidationError:
        excerpt = " ".join(body[: 4 * _EXCERPT].decode("utf-8", "replace").split())[:_EXCERPT]
        value = self._as_declared(response, body)
        return errors.APIResponseValidationError(
            f"{self.operation.method} {self.operation.path} was answered with {what}"
            + (f"; it begins {excerpt!r}." if excerpt else "."),
            body=value,
            request=redacted(response.request),
            response=without_credentials(response),
        )

    def _as_declared(self, response: httpx.Response, body: bytes) -> Any:
        outcome = _match(self.operation.returns, response)
        if outcome is not None and outcome.shape is not None:
            try:
                return outcome.shape.validate_json(body)
            except pydantic.ValidationError:
                pass
        return json_or_text(body.decode("utf-8", "replace"))


def _match(outcomes: tuple[Outcome, ...], response: httpx.Response) -> Outcome | None:
    """The declared outcome that an answer is: by status, then by media type.

    An exact status goes before a range, a range before `default` (OpenAPI 3.1, section 4.8.16).
    """
    status = str(response.status_code)
    for wanted in (status, f"{status[0]}XX", "default"):
        of_status = [outcome for outcome in outcomes if outcome.status.upper() == wanted.upper()]
        if of_status:
            return _match_media_type(of_status, _media_type(response))
    return None


def _match_media_type(outcomes: list[Outcome], media_type: str) -> Outcome | None:
    main = media_type.partition("/")[0]
    for wanted in (media_type, f"{main}/*", "*/*", None):
        for outcome in outcomes:
            declared = outcome.media_type and outcome.media_type.partition(";")[0].strip().lower()
            if declared == wanted:
                return outcome
    if not media_type or bodies.is_json(media_type):
        return next((outcome for outcome in outcomes if outcome.kind == "json"), None)
    return None


def _media_type(response: httpx.Response) -> str:
    content_type: str = response.headers.get("content-type", "")
    return content_type.partition(";")[0].strip().lower()


def _first_data(stream: bytes) -> bytes:
    """The data of the first event of a stream that is all there."""
    for event in Decoder().feed(stream + b"\n\n"):
        data = event.data if isinstance(event, RawEvent) else event
        if data is not None:
            return data
    return b""


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, pydantic.BaseModel) else value
