"""What is decided about a call without waiting: the request to send, what an answer means.

Both transports share it. Whatever leaves here for an error has been redacted first.
"""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar, cast

import httpx
import pydantic
from pydantic_core import from_json

from . import bodies, errors, params
from .auth import Credentials, Given, Scheme
from .events import json_or_text
from .grants import Grant
from .lenient import accept
from .mediatypes import is_json, is_multipart, is_xml
from .reader import LONGEST_ID, Oddities, Reader
from .redact import Redaction
from .request import (
    Arguments,
    ClientOptions,
    Kind,
    Operation,
    Outcome,
    RequestOptions,
    StreamOperation,
    Timeout,
)
from .retry import Tries, resumption_delay
from .servers import Server, checked_base_url, locate
from .sse import Decoder, EventTooLargeError, RawEvent
from .xmltext import decoded

T = TypeVar("T")
E = TypeVar("E")

# The streams of OpenAPI 3.2, section 4.14.3, and the names under which JSON Lines goes.
_MEDIA_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "sse": ("text/event-stream",),
    "jsonl": ("application/jsonl", "application/x-ndjson", "application/x-jsonlines"),
    "json-seq": ("application/json-seq",),
}
_EXCERPT: Final = 200
"""Characters of an unexpected body that a message shows."""

_MAX_ERROR_BODY: Final = 1024 * 1024
"""Bytes of an unwanted body that are read."""

_SOON: Final = 0.001
"""Seconds that a wait is given whose deadline has passed: to the HTTP library, 0 is none."""


_DEFAULT_TIMEOUT: Final = Timeout()
_DEFAULT_RETRIES: Final = 2


@dataclass(frozen=True, slots=True)
class Api:
    """The API that a client is for.

    Attributes:
        name: The package's name, for the `User-Agent`.
        version: The package's version, for the `User-Agent`.
        servers: Where the API is served, the first unless another is chosen.
        schemes: The security schemes that it knows.
        others: The names of servers that operations alone have.
    """

    name: str
    version: str
    servers: tuple[Server, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    others: tuple[str, ...] = ()


class Caller:
    """One client's settings, from which its calls are made."""

    def __init__(
        self,
        api: Api,
        credentials: Given,
        options: ClientOptions,
        *,
        base_url: str | None,
        server: str | None = None,
        variables: Mapping[str, str | None] | None = None,
    ) -> None:
        self.api = api
        self.credentials = Credentials(api.schemes, credentials)
        self.redaction = Redaction(api.schemes)
        self.location = locate(api.servers, base_url, server, variables or {}, others=api.others)
        self.options = options

    def __repr__(self) -> str:
        return str(self.redaction.url(httpx.URL(self.location.base_url)))

    def call(
        self, operation: Operation[T], arguments: Arguments, options: RequestOptions
    ) -> Call[T]:
        """One call of an operation."""
        return Call(self, operation, arguments, {**self.options, **options})


@dataclass(slots=True)
class Call(Generic[T]):
    """One call of one operation, with as many tries as it takes.

    Attributes:
        grant: What fetches the token that each try is to carry, once that is known.
    """

    caller: Caller
    operation: Operation[T]
    arguments: Arguments
    options: RequestOptions
    started: float = field(default_factory=time.monotonic)
    grant: Grant | None = field(default=None, init=False)

    @property
    def timeout(self) -> Timeout:
        """How long to wait."""
        return Timeout.of(self.options.get("timeout", _DEFAULT_TIMEOUT))

    def reader(self, operation: StreamOperation[E]) -> Reader[E]:
        """The reader of the call's stream."""
        return Reader(
            operation.events,
            started=self.started,
            framing=operation.framing,
            oddities=Oddities(
                lenient=self.options.get("lenient", False),
                unknown=self.options.get("on_unknown_event", "give"),
                undecodable=self.options.get("on_decode_error", "raise"),
            ),
        )

    def prepare(self, client: httpx.Client | httpx.AsyncClient) -> tuple[httpx.Request, Tries]:
        """The request, the same for every try, and the tries that it has after its first.

        Raises:
            MissingCredentialError: The operation needs a credential that was not given.
            OSError: A file that is to be sent cannot be read.
            TypeError: An argument is of a type that cannot be sent.
            ValueError: An argument cannot be sent.
        """
        operation, arguments = self.operation, self.arguments
        schemes = self._schemes(client)
        body = bodies.encode(
            operation.body,
            arguments.body,
            self.options.get("extra_body"),
            asked=self._asked_media_type(),
        )
        if body.needs_loop and isinstance(client, httpx.Client):
            raise ValueError(
                "An asynchronous iterable can only be sent by the asynchronous client."
            )
        headers = self._headers(schemes, body)
        timeout = httpx.Timeout(
            connect=self.timeout.connect,
            read=self.timeout.read,
            write=self.timeout.write,
            pool=self.timeout.pool,
        )
        try:
            request = client.build_request(
                operation.method,
                self._url(schemes),
                headers=headers,
                timeout=timeout,
                content=body.content if isinstance(body.content, bytes) else None,
            )
        except httpx.InvalidURL as error:
            raise ValueError(f"The arguments make no URL: {error}.") from error
        body.attach(request)
        tries = self.options.get("max_retries", _DEFAULT_RETRIES)
        return request, Tries(tries if body.replayable else 0, body.replayable)

    def _schemes(self, client: httpx.Client | httpx.AsyncClient) -> list[Scheme]:
        """What the request is to be authenticated with, apart from what it has anyway."""
        extra = httpx.Headers(self.options.get("extra_headers"))
        carried = {
            *(("header", name) for name in (*extra, *client.headers)),
            *(("query", name.lower()) for name in self.options.get("extra_query", ())),
            *(("query", name.lower()) for name in client.params),
            *(("cookie", name.lower()) for name in client.cookies),
        }
        own = self.operation.security
        # A client with an `auth` of its own knows better what to send.
        schemes = self.caller.credentials.select(
            own if client.auth is None or own is None else (*own, ()),
            carried,
            f"{self.operation.method} {self.operation.path}",
        )
        if "authorization" not in extra:
            self.grant = self.caller.credentials.grant(schemes)
        return schemes

    def is_refused(self, response: httpx.Response, tries: Tries) -> bool:
        """Whether it is a token of ours that the API refuses; that is dropped, then."""
        if self.grant is None or response.status_code != httpx.codes.UNAUTHORIZED:
            return False
        self.grant.forget(response.request.headers["Authorization"])
        return tries.repeatable

    def before_try(self, request: httpx.Request) -> None:
        """For now it is the head of the answer that is waited for."""
        limits = [self.timeout.read]
        if self._is_stream:
            elapsed = time.monotonic() - self.started
            limits += [
                max(limit - elapsed, _SOON)
                for limit in (self.timeout.first_event, self.timeout.total)
                if limit is not None
            ]
        known = [limit for limit in limits if limit is not None]
        request.extensions["timeout"]["read"] = min(known, default=None)

    def head_received(self, response: httpx.Response) -> None:
        """From now on it is the body that is waited for."""
        if self._is_stream:
            response.request.extensions["timeout"]["read"] = self.timeout.idle
            # A stream shows its response to its user, and puts it into its errors.
            self.caller.redaction.response(response)

    @property
    def _is_stream(self) -> bool:
        return isinstance(self.operation, StreamOperation)

    def result(self, response: httpx.Response) -> T:
        """The value that a successful answer is.

        Raises:
            APIResponseValidationError: It is not an answer that the document declares.
        """
        if "on_response" in self.options:
            self.caller.redaction.response(response)
            self.options["on_response"](response)
        outcome = _match(self.operation.returns, response)
        if outcome is None:
            if _may_be_none(self.operation.returns, response):
                return cast("T", None)
            raise self.undeclared(response, response.content)
        match outcome.kind:
            case "empty":
                return cast("T", None)
            case "text":
                return cast("T", response.text)
            case "xml":
                return cast("T", decoded(response.content, response.charset_encoding))
        assert outcome.shape is not None, "a JSON outcome has a shape"
        try:
            value: T = outcome.shape.load(response.content)
        except pydantic.ValidationError as error:
            if self.options.get("lenient"):
                with contextlib.suppress(ValueError):
                    return cast("T", accept(outcome.shape.type, from_json(response.content)))
            what = f"a body that does not fit: {errors.misfit(error)}"
            raise self._unexpected(response, response.content, what) from error
        return value

    def stays_open(self, response: httpx.Response) -> bool:
        """Whether a successful answer is read by its user: a stream, or bytes.

        Where there may be bytes, what is not declared is not read as a whole either.
        """
        if self._is_stream:
            return True
        if not any(outcome.kind == "binary" for outcome in self.operation.returns):
            return False
        outcome = _match(self.operation.returns, response)
        return outcome is None or outcome.kind in ("binary", "text", "xml")

    def is_declared(self, response: httpx.Response) -> bool:
        """Whether a successful answer is one that the document declares.

        Its request is without credentials from now on: a user will see it.
        """
        self.caller.redaction.response(response)
        return _match(self.operation.returns, response) is not None

    def undeclared(
        self, response: httpx.Response, body: bytes
    ) -> errors.APIResponseValidationError:
        """The error for an answer that the document does not declare."""
        kind = _media_type(response) or "none"
        what = f"a {response.status_code} response of type {kind}"
        return self._unexpected(response, body, what)

    def accepts_as_stream(self, response: httpx.Response) -> bool:
        """Whether a successful answer is the stream that was asked for.

        One that does not say what it is may be.
        """
        return _media_type(response) in ("", *self._media_types)

    @property
    def _media_types(self) -> tuple[str, ...]:
        """The media types of the stream; none for an operation that has none."""
        operation = self.operation
        return _MEDIA_TYPES[operation.framing] if isinstance(operation, StreamOperation) else ()

    def not_a_stream(
        self, response: httpx.Response, body: bytes
    ) -> errors.APIResponseValidationError:
        """The error for another answer where a stream was asked for."""
        return self._unexpected(
            response, body, f"a body of type {_media_type(response)} instead of a stream"
        )

    def status_error(self, response: httpx.Response, body: bytes) -> errors.APIStatusError:
        """The error for an answer that says no."""
        redaction = self.caller.redaction
        value = self._error_body(response, body)
        said = errors.message_in(_plain(value))
        message = f"{response.status_code} {response.reason_phrase}".rstrip()
        if response.has_redirect_location:
            place = response.request.url.join(response.headers["location"])
            said = f"redirected to {redaction.url(place)}, which is not followed"
        message += f": {said}" if said else ""
        if response.status_code == httpx.codes.UNAUTHORIZED:
            message += self.caller.credentials.hint(self.operation.security)
        redaction.response(response)
        return errors.status_error(response.status_code)(
            self.caller.credentials.conceal(message),
            status_code=response.status_code,
            body=value,
            request=response.request,
            response=response,
        )

    def connection_error(self, error: httpx.RequestError) -> errors.APIConnectionError:
        """The error for a request that got no answer."""
        request = error.request = self.caller.redaction.request(error.request)
        if isinstance(error, httpx.TimeoutException):
            kind = type(error).__name__.removesuffix("Timeout").lower()
            return errors.APITimeoutError(
                f"No answer from {request.url.host} in time ({kind} timeout).", request=request
            )
        reason = str(error) or type(error).__name__
        return errors.APIConnectionError(
            f"No answer from {request.url.host}: {reason}", request=request
        )

    def delay_after_loss(self, error: httpx.RequestError, tries: Tries) -> float | None:
        """Seconds until the next try; None where a further one is of no use, or not left."""
        hopeless = (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.DecodingError)
        if isinstance(error, hopeless) or self._out_of_time():
            return None
        return tries.after_failure()

    def delay_after(
        self, failure: errors.APIError, tries: Tries, reader: Reader[Any]
    ) -> float | None:
        """Seconds until a stream that failed is asked for again; None where it is not.

        Before anything was given it is tried again as any call is, afterwards it is resumed,
        if it can be.
        """
        if self._out_of_time():
            return None
        if reader.given:
            return self._delay_to_resume(failure, tries, reader)
        if isinstance(failure, errors.APIStatusError):
            return tries.after_status(failure.status_code, {})
        lost = isinstance(failure, errors.StreamError) and not isinstance(
            failure, errors.StreamTruncatedError
        )
        return tries.after_failure() if lost else None

    def _delay_to_resume(
        self, failure: errors.APIError, tries: Tries, reader: Reader[Any]
    ) -> float | None:
        operation = self.operation
        resumable = isinstance(operation, StreamOperation) and operation.resumable
        if not (resumable and tries.allowed and isinstance(failure, errors.StreamError)):
            return None
        last = reader.last_event_id
        if not (last and last.isprintable() and len(last) <= LONGEST_ID):
            return None
        delay = resumption_delay(reader.fruitless, reader.retry)
        if delay is not None and "on_resume" in self.options:
            self.options["on_resume"](failure)
        return delay

    def again(self, request: httpx.Request, tries: Tries, reader: Reader[Any]) -> Tries:
        """Make a request ask for what has not been given yet; the tries that it has."""
        if not reader.given:
            return tries
        request.headers["Last-Event-ID"] = reader.last_event_id
        return Tries(tries.allowed)

    def _out_of_time(self) -> bool:
        if not self._is_stream:
            return False
        elapsed = time.monotonic() - self.started
        limits = (self.timeout.total, self.timeout.first_event)
        return any(limit is not None and elapsed >= limit for limit in limits)

    def _url(self, schemes: Iterable[Scheme]) -> str:
        operation, arguments = self.operation, self.arguments
        path, _, fixed = operation.path.partition("?")
        query = {
            **arguments.query,
            **self.options.get("extra_query", {}),
            **self.caller.credentials.parameters(schemes),
        }
        parts = [fixed, params.query_string(query, operation.styles)]
        text = "&".join(part for part in parts if part)
        given = self.options.get("base_url")
        base = checked_base_url(given) if given else self.caller.location.of(operation.servers)
        url = base.rstrip("/") + params.expand_path(path, arguments.path, operation.styles)
        return f"{url}?{text}" if text else url

    def _asked_media_type(self) -> str | None:
        """The media type that the caller wants for the body."""
        extra = self.options.get("extra_headers", {})
        return next((one for name, one in extra.items() if name.lower() == "content-type"), None)

    def _headers(self, schemes: Iterable[Scheme], body: bodies.Payload) -> httpx.Headers:
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
        cookies = [
            params.cookie_header(arguments.cookie, operation.styles),
            *self.caller.credentials.cookies(schemes),
        ]
        if cookie := "; ".join(filter(None, cookies)):  # RFC 6265, section 4.2.1
            headers["Cookie"] = cookie
        headers.update(params.headers(self.options.get("extra_headers", {}), {}))
        if body.media_type is not None and is_multipart(body.media_type):
            headers["Content-Type"] = body.media_type  # with the boundary of its parts
        return headers

    def _accept(self) -> str:
        if self._is_stream:
            return ", ".join(self._media_types)
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
                return outcome.shape.load(body)
            except pydantic.ValidationError:
                pass  # an error's body is often not what the document says: raw, then
        return json_or_text(body.decode("utf-8", "replace"))

    def _unexpected(
        self, response: httpx.Response, body: bytes, what: str
    ) -> errors.APIResponseValidationError:
        excerpt = " ".join(body[: 4 * _EXCERPT].decode("utf-8", "replace").split())[:_EXCERPT]
        value = self._as_declared(response, body)
        self.caller.redaction.response(response)
        return errors.APIResponseValidationError(
            f"{self.operation.method} {self.operation.path} was answered with {what}"
            + (f"; it begins {excerpt!r}." if excerpt else "."),
            body=value,
            request=response.request,
            response=response,
        )

    def _as_declared(self, response: httpx.Response, body: bytes) -> Any:
        outcome = _match(self.operation.returns, response)
        if outcome is not None and outcome.shape is not None:
            try:
                return outcome.shape.load(body)
            except pydantic.ValidationError:
                pass
        return json_or_text(body.decode("utf-8", "replace"))


class Remains:
    """What is read of the body of an answer that is not what was asked for.

    Enough for an error: so much, or the first event of a stream, which may have no end.
    """

    def __init__(self, response: httpx.Response) -> None:
        self._body = bytearray()
        self._is_stream = _media_type(response) == "text/event-stream"
        self._decoder = Decoder(max_event_bytes=_MAX_ERROR_BODY)

    def take(self, chunk: bytes) -> bool:
        """Whether it is enough with this chunk."""
        self._body += chunk
        if len(self._body) >= _MAX_ERROR_BODY:
            return True
        return self._is_stream and bool(self._decoder.feed(chunk))

    @property
    def body(self) -> bytes:
        """What was taken."""
        return bytes(self._body[:_MAX_ERROR_BODY])


def _may_be_none(outcomes: tuple[Outcome, ...], response: httpx.Response) -> bool:
    """Whether an answer that is not declared is one of those without a value."""
    kinds = {outcome.kind for outcome in outcomes}
    return kinds <= {"empty"} or ("empty" in kinds and not response.content)


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
    alike: Kind | None = None
    if not media_type or is_json(media_type):
        alike = "json"
    elif is_xml(media_type):
        alike = "xml"
    return next((outcome for outcome in outcomes if outcome.kind == alike), None)


def _media_type(response: httpx.Response) -> str:
    content_type: str = response.headers.get("content-type", "")
    return content_type.partition(";")[0].strip().lower()


def _first_data(stream: bytes) -> bytes:
    """The data of the first event of a stream that is all there."""
    try:
        events = Decoder().feed(stream + b"\n\n")
    except EventTooLargeError:
        return stream
    found = (event.data if isinstance(event, RawEvent) else event for event in events)
    return next((data for data in found if data), b"")


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, pydantic.BaseModel) else value
