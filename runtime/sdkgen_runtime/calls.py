"""What is decided about a call without waiting: the request to send, and its further tries.

Both transports share it.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Self, TypeVar
from urllib.parse import urlencode

import httpx

from . import bodies, errors, params
from .auth import Scheme
from .caller import Caller
from .eventids import LONGEST_ID
from .grants import Grant
from .mediatypes import is_multipart
from .options import RequestOptions, Timeout, check_options
from .reader import MAX_EVENT_BYTES, Oddities, Reader
from .request import Arguments, Operation, StreamOperation, Unset
from .retry import Tries, is_lasting, resumption_delay
from .servers import checked_base_url
from .verdicts import Remains, Verdicts

T = TypeVar("T")
E = TypeVar("E")

_LEAST_WAIT: Final = 0.001
"""Seconds that a wait is given whose deadline has passed: to the HTTP library, 0 is none."""

_DEFAULT_TIMEOUT: Final = Timeout()
_DEFAULT_RETRIES: Final = 2


@dataclass(slots=True)
class Call(Verdicts[T]):
    """One call of one operation, with as many tries as it takes.

    Attributes:
        grant: What fetches the token that each try is to carry, once that is known.
    """

    arguments: Arguments
    started: float = field(default_factory=time.monotonic)
    grant: Grant | None = field(default=None, init=False)
    _has_begun: bool = field(default=False, init=False)

    @classmethod
    def of(
        cls,
        caller: Caller,
        operation: Operation[T],
        arguments: Arguments,
        options: RequestOptions,
    ) -> Self:
        """A call with a client's options, where it has none of its own.

        Raises:
            TypeError: One of its options is none.
        """
        check_options(options, RequestOptions.__optional_keys__)
        return cls(caller, operation, {**caller.options, **options}, arguments)

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
            max_event_bytes=self.options.get("max_event_bytes", MAX_EVENT_BYTES),
            conceal=self.caller.credentials.conceal,
            declared=self.declared_failure,
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
        extra = httpx.Headers(params.headers(self.options.get("extra_headers", {}), {}))
        schemes = self._schemes(client, extra)
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
        headers = self._headers(schemes, body, extra)
        cookies = "" if "cookie" in extra else headers.pop("Cookie", "")
        timeout = httpx.Timeout(
            connect=self.timeout.connect,
            read=self.timeout.read,
            write=self.timeout.write,
            pool=self.timeout.pool,
        )
        try:
            url = self._url(schemes)
            request = client.build_request(
                operation.method,
                url,
                headers=headers,
                timeout=timeout,
                content=body.content if isinstance(body.content, bytes) else None,
            )
            # The HTTP library has them in capitals, but case matters (RFC 9110, section 9.1).
            request.method = operation.method
            if client.params:
                request.url = _with_params(httpx.URL(url), client.params)
        except httpx.InvalidURL as error:
            raise ValueError(f"The arguments make no URL: {error}.") from error
        _add_cookies(request, cookies)
        request.url = self.caller.redaction.guarded(request.url)
        body.attach(request)
        tries = self.options.get("max_retries", _DEFAULT_RETRIES)
        return request, Tries(tries if body.replayable else 0, body.replayable)

    def _schemes(
        self, client: httpx.Client | httpx.AsyncClient, extra: httpx.Headers
    ) -> list[Scheme]:
        """What the request is to be authenticated with, apart from what it has anyway."""
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
        limits = (self.timeout.read, self._seconds_to_wait())
        known = [limit for limit in limits if limit is not None]
        request.extensions["timeout"]["read"] = min(known, default=None)

    def head_received(self, response: httpx.Response) -> None:
        """From now on it is the body that is waited for."""
        if self.is_stream:
            response.request.extensions["timeout"]["read"] = self.timeout.idle
            # A stream shows its response to its user, and puts it into its errors.
            self.caller.redaction.response(response)

    def remains(self, response: httpx.Response) -> Remains:
        """What is read of an answer that is not what was asked for, while there is time."""
        return Remains(response, self._seconds_to_wait())

    def delay_after_loss(self, error: httpx.RequestError, tries: Tries) -> float | None:
        """Seconds until the next try; None where a further one is of no use, or not left."""
        return None if is_lasting(error) else self._in_time(tries.after_failure())

    def delay_after_status(self, response: httpx.Response, tries: Tries) -> float | None:
        """Seconds until the next try; None where it is of no use, or not left."""
        return self._in_time(tries.after_status(response.status_code, response.headers))

    def delay_after(
        self, failure: errors.APIError, tries: Tries, reader: Reader[Any]
    ) -> float | None:
        """Seconds until a stream that failed is asked for again; None where it is not.

        Before anything was given it is tried again as any call is, afterwards it is resumed,
        if it can be.
        """
        self._has_begun = bool(reader.given)  # else it begins again
        if reader.given:
            return self._in_time(self._delay_to_resume(failure, tries, reader))
        if isinstance(failure, errors.APIStatusError):
            headers = {} if failure.response is None else failure.response.headers
            return self._in_time(tries.after_status(failure.status_code, headers))
        lost = isinstance(failure, errors.StreamError) and not isinstance(
            failure, errors.StreamTruncatedError
        )
        return self._in_time(tries.after_failure(reader.retry)) if lost else None

    def _delay_to_resume(
        self, failure: errors.APIError, tries: Tries, reader: Reader[Any]
    ) -> float | None:
        operation = self.operation
        resumable = isinstance(operation, StreamOperation) and operation.resumable
        if not (resumable and tries.allowed and isinstance(failure, errors.StreamError)):
            return None
        last = reader.last_event_id.strip()
        if not (last and last.isprintable() and len(last) <= LONGEST_ID):
            return None
        return resumption_delay(reader.fruitless, reader.retry)

    def tell(self, failure: errors.APIError, reader: Reader[Any]) -> object:
        """Let the hook know that a stream is about to be resumed; gives what the hook does."""
        if not (reader.given and isinstance(failure, errors.StreamError)):
            return None
        return self.options["on_resume"](failure) if "on_resume" in self.options else None

    def again(self, request: httpx.Request, tries: Tries, reader: Reader[Any]) -> Tries:
        """Make a request ask for what has not been given yet; the tries that it has."""
        if not reader.given:
            return tries
        # In UTF-8 (WHATWG HTML, section 9.2.3), without white space at its ends (RFC 9110, 5.5).
        last = reader.last_event_id.strip().encode()
        kept = [field for field in request.headers.raw if field[0].lower() != b"last-event-id"]
        request.headers = httpx.Headers([*kept, (b"Last-Event-ID", last)])
        return Tries(tries.allowed)

    def not_resumed(
        self, failure: errors.APIError, error: errors.APIError, reader: Reader[Any]
    ) -> errors.StreamInterruptedError:
        """The error of a stream that was lost, and could not be had again."""
        return errors.StreamInterruptedError(
            f"{str(failure).rstrip('.')}, and it could not be resumed: {error}", **reader.context()
        )

    def _in_time(self, delay: float | None) -> float | None:
        """A wait, if there is time for it before the stream's deadlines."""
        left = self._seconds_left()
        return None if delay is None or (left is not None and left <= delay) else delay

    def _seconds_left(self) -> float | None:
        """Seconds until the next deadline of the stream; None where there is none."""
        if not self.is_stream:
            return None
        return self.timeout.left(time.monotonic() - self.started, has_begun=self._has_begun)

    def _seconds_to_wait(self) -> float | None:
        """The same, for a single wait, which cannot be for no time at all."""
        left = self._seconds_left()
        return None if left is None else max(left, _LEAST_WAIT)

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

    def _headers(
        self, schemes: Iterable[Scheme], body: bodies.Payload, extra: httpx.Headers
    ) -> httpx.Headers:
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
        headers.update(extra)
        if body.media_type is not None and is_multipart(body.media_type):
            headers["Content-Type"] = body.media_type  # with the boundary of its parts
        return headers

    def _accept(self) -> str:
        if self.is_stream:
            return ", ".join(self.media_types)
        media_types = dict.fromkeys(
            outcome.media_type for outcome in self.operation.returns if outcome.media_type
        )
        return ", ".join(media_types) or "*/*"


def _with_params(url: httpx.URL, others: httpx.QueryParams) -> httpx.URL:
    """A call's URL with the parameters that the HTTP client adds to all, but for its own names.

    (With parameters of its own, the HTTP client leaves none of a URL's.)
    """
    kept = [(name, value) for name, value in others.multi_items() if name not in url.params]
    added = urlencode(kept).encode()
    return url.copy_with(query=b"&".join(part for part in (url.query, added) if part))


def _add_cookies(request: httpx.Request, own: str) -> None:
    """Send cookies beside those that the HTTP client has, in the place of those of their names."""
    if own:
        names = {pair.partition("=")[0] for pair in own.split("; ")}
        others = request.headers.get("Cookie", "").split("; ")
        kept = [pair for pair in others if pair and pair.partition("=")[0] not in names]
        request.headers["Cookie"] = "; ".join([*kept, own])


def asks_for_stream(said: object) -> bool:
    """Whether a call's argument asks for a stream.

    Raises:
        TypeError: It is something else, which may mean either to the server.
    """
    if not (said is None or isinstance(said, bool | Unset)):
        kind = type(said).__qualname__
        raise TypeError(f"Whether to stream is a {kind}: it has to be True or False.")
    return said is True
