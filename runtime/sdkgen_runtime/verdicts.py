"""What the answers to a call mean: its result, a stream to be read, or which error.

Whatever leaves here for an error has been redacted first.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar, cast

import httpx
import pydantic
from pydantic_core import from_json, to_json

from . import errors
from .blocks import RawEvent
from .caller import Caller
from .jsontext import json_or_text
from .lenient import accept
from .mediatypes import ASKED, CALLED, essence, framing_of, is_json, is_xml
from .options import RequestOptions
from .redact import with_body, without_bytes
from .request import Framing, Kind, Operation, Outcome, StreamOperation
from .retry import is_unsendable
from .sse import Decoder, EventTooLargeError
from .xmltext import decoded

T = TypeVar("T")

_EXCERPT: Final = 200
"""Characters of an unexpected body that a message shows."""

_MAX_ERROR_BODY: Final = 1024 * 1024
_MOST_SECONDS: Final = 10.0
"""Of an unwanted body, the bytes that are read, and how long that may take."""


@dataclass(slots=True)
class Verdicts(Generic[T]):
    """What is to be made of the answers to one operation.

    Attributes:
        options: Those of the call, and the client's where it has none.
    """

    caller: Caller
    operation: Operation[T]
    options: RequestOptions

    @property
    def is_stream(self) -> bool:
        """Whether a stream is asked for."""
        return isinstance(self.operation, StreamOperation)

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types by which the stream is asked for; none for an operation without one."""
        operation = self.operation
        if not isinstance(operation, StreamOperation):
            return ()
        return (*ASKED[operation.framing], *operation.media_types)

    def result(self, response: httpx.Response) -> T:
        """The value that a successful answer is.

        Raises:
            APIResponseValidationError: It is not an answer that the document declares.
        """
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

    def show(self, response: httpx.Response) -> object:
        """Let the hook see a successful answer; gives what the hook does."""
        if "on_response" not in self.options:
            return None
        self.caller.redaction.response(response)
        return self.options["on_response"](response)

    def stays_open(self, response: httpx.Response) -> bool:
        """Whether a successful answer is read by its user: a stream, or bytes.

        Where there may be bytes, what is not declared is not read as a whole either.
        """
        if self.is_stream:
            return True
        if not any(outcome.kind == "binary" for outcome in self.operation.returns):
            return False
        outcome = _match(self.operation.returns, response)
        return outcome is None or outcome.kind in ("binary", "text", "xml")

    def is_endless(self, response: httpx.Response) -> bool:
        """Whether a successful answer is a stream that was not asked for, which may never end.

        A document that allows any media type (``*/*``) has not declared it: no stream is JSON.
        """
        if self.is_stream or _media_type(response) not in ASKED["sse"]:
            return False
        outcome = _match(self.operation.returns, response)
        return outcome is None or outcome.kind in ("empty", "json")

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
        if kind in ASKED["sse"]:
            what = f"{CALLED['sse']} ({kind}), which this method does not read"
        else:
            what = f"a {response.status_code} response of type {kind}, which is not declared"
        return self._unexpected(response, body, what)

    def accepts_as_stream(self, response: httpx.Response) -> bool:
        """Whether a successful answer is the stream that was asked for.

        One that does not say what it is may be, and 204 is one that has ended (WHATWG HTML,
        section 9.2.5).
        """
        if response.status_code == httpx.codes.NO_CONTENT:
            return True
        media_type = _media_type(response)
        return media_type in ("", *self.media_types) or framing_of(media_type) == self._framing

    def not_a_stream(
        self, response: httpx.Response, body: bytes
    ) -> errors.APIResponseValidationError:
        """The error for another answer where a stream was asked for."""
        media_type = _media_type(response)
        found = framing_of(media_type)
        if found is None or self._framing is None:
            what = f"a body of type {media_type} instead of a stream"
        else:
            wanted = f"{CALLED[self._framing]} ({self.media_types[0]})"
            what = f"{CALLED[found]} ({media_type}) instead of {wanted}"
        return self._unexpected(response, body, what)

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
            hint = self.caller.credentials.hint(self.operation.security)
            message = f"{message.rstrip('.')}.{hint}" if hint else message
        response = with_body(redaction.response(response), body)
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
        if isinstance(error, httpx.LocalProtocolError):
            said = without_bytes(error)
            if is_unsendable(error):
                return errors.APIConnectionError(
                    f"The request to {request.url.host} cannot be sent: {said}", request=request
                )
        if isinstance(error, httpx.PoolTimeout):
            return errors.APITimeoutError(
                "All connections of this client are in use, and none came free in time (pool"
                " timeout). Close streams that are done with, or pass an `http_client` with higher"
                " `limits`.",
                request=request,
            )
        if isinstance(error, httpx.TimeoutException):
            kind = type(error).__name__.removesuffix("Timeout").lower()
            return errors.APITimeoutError(
                f"No answer from {request.url.host} in time ({kind} timeout).", request=request
            )
        reason = str(error) or type(error).__name__
        return errors.APIConnectionError(
            f"No answer from {request.url.host}: {reason}", request=request
        )

    def declared_failure(self, status_code: int | None, value: Any) -> Any:
        """What a failure in a stream says, as the document declares it for its status.

        It is left as it is where it is declared to be nothing, or something else.
        """
        outcome = _declared(self.operation.raises, status_code or 0, "application/json")
        if outcome is None or outcome.shape is None:
            return value
        try:
            return outcome.shape.load(to_json(value))
        except pydantic.ValidationError:
            return value

    def given_up(self, request: httpx.Request) -> errors.APIConnectionError:
        """The error for a call whose client was closed before it could be tried again."""
        return errors.APIConnectionError(
            "The client was closed while a call waited to be tried again.",
            request=self.caller.redaction.request(request),
        )

    @property
    def _framing(self) -> Framing | None:
        """How the items of the stream are told apart; None for an operation that has none."""
        return self.operation.framing if isinstance(self.operation, StreamOperation) else None

    def _error_body(self, response: httpx.Response, body: bytes) -> Any:
        raises = self.operation.raises
        outcome = _match(raises, response)
        if _media_type(response) == "text/event-stream":
            body = _first_data(body)
            outcome = outcome or _declared(raises, response.status_code, "application/json")
        return _read(outcome, body)

    def _unexpected(
        self, response: httpx.Response, body: bytes, what: str
    ) -> errors.APIResponseValidationError:
        excerpt = " ".join(body[: 4 * _EXCERPT].decode("utf-8", "replace").split())[:_EXCERPT]
        value = _read(_match(self.operation.returns, response), body)
        response = with_body(self.caller.redaction.response(response), body)
        message = f"{self.operation.method} {self.operation.path} was answered with {what}"
        message += f"; it begins {excerpt!r}." if excerpt else "."
        return errors.APIResponseValidationError(
            self.caller.credentials.conceal(message),
            body=value,
            request=response.request,
            response=response,
        )


class Remains:
    """What is read of the body of an answer that is not what was asked for.

    Enough for an error: so much, or the first event of a stream, which may have no end.

    Args:
        response: The answer.
        seconds: How long there is to read it; None for as long as an error is worth it.
    """

    def __init__(self, response: httpx.Response, seconds: float | None) -> None:
        most = _MOST_SECONDS if seconds is None else min(seconds, _MOST_SECONDS)
        self._until = time.monotonic() + most
        timeouts = response.request.extensions.get("timeout", {})
        timeouts["read"] = min(timeouts.get("read") or most, most)
        self._body = bytearray()
        self.is_stream = _media_type(response) == "text/event-stream"
        self._decoder = Decoder(max_event_bytes=_MAX_ERROR_BODY)

    def take(self, chunk: bytes) -> bool:
        """Whether it is enough with this chunk."""
        self._body += chunk
        if len(self._body) >= _MAX_ERROR_BODY or time.monotonic() >= self._until:
            return True
        return self.is_stream and any(_data_of(one) for one in self._decoder.feed(chunk))

    @property
    def body(self) -> bytes:
        """What was taken."""
        return bytes(self._body[:_MAX_ERROR_BODY])


def _read(outcome: Outcome | None, body: bytes) -> Any:
    """A body as the type that is declared, where it fits; else as JSON, else as text."""
    if outcome is not None and outcome.shape is not None:
        with contextlib.suppress(pydantic.ValidationError):  # of errors, that is common
            return outcome.shape.load(body)
    return json_or_text(body.decode("utf-8", "replace"))


def _may_be_none(outcomes: tuple[Outcome, ...], response: httpx.Response) -> bool:
    """Whether an answer that is not declared is one of those without a value."""
    kinds = {outcome.kind for outcome in outcomes}
    return kinds <= {"empty"} or ("empty" in kinds and not response.content)


def _match(outcomes: tuple[Outcome, ...], response: httpx.Response) -> Outcome | None:
    """The declared outcome that an answer is: by status, then by media type."""
    return _declared(outcomes, response.status_code, _media_type(response))


def _declared(outcomes: tuple[Outcome, ...], status_code: int, media_type: str) -> Outcome | None:
    """The outcome of a status and a media type.

    An exact status goes before a range, a range before `default` (OpenAPI 3.1, section 4.8.16).
    """
    status = str(status_code)
    for wanted in (status, f"{status[0]}XX", "default"):
        of_status = [outcome for outcome in outcomes if outcome.status.upper() == wanted.upper()]
        if of_status:
            return _match_media_type(of_status, media_type)
    return None


def _match_media_type(outcomes: list[Outcome], media_type: str) -> Outcome | None:
    main = media_type.partition("/")[0]
    for wanted in (media_type, f"{main}/*", "*/*", None):
        for outcome in outcomes:
            declared = outcome.media_type and essence(outcome.media_type)
            if declared == wanted:
                return outcome
    alike: Kind | None = None
    if not media_type or is_json(media_type):
        alike = "json"
    elif is_xml(media_type):
        alike = "xml"
    return next((outcome for outcome in outcomes if outcome.kind == alike), None)


def _media_type(response: httpx.Response) -> str:
    return essence(response.headers.get("content-type", ""))


def _first_data(stream: bytes) -> bytes:
    """The data of the first event of a stream that is all there."""
    try:
        events = Decoder().feed(stream + b"\n\n")
    except EventTooLargeError:
        return stream
    return next(filter(None, map(_data_of, events)), b"")


def _data_of(event: bytes | RawEvent) -> bytes | None:
    return event if isinstance(event, bytes) else event.data


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, pydantic.BaseModel) else value
