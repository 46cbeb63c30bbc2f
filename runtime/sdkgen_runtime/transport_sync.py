"""`Transport`: sends calls and waits for their answers, for threads.

What is decided without waiting is in `calls`; here is the loop that waits.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from typing import Any, Final, TypeVar, Unpack
from weakref import WeakSet

import httpx

from . import errors
from .alarms import raise_if_alarm
from .auth import Given
from .caller import Api, Caller, check_http_client
from .calls import Call, asks_for_stream
from .downloads import BinaryResponse
from .grants import Grant
from .options import LIMITS, ClientOptions, RequestOptions
from .release import elsewhere
from .request import Arguments, Operation, StreamOperation, Unset
from .retry import Tries
from .streaming_sync import EventStream, Pause
from .uncopied import Uncopied

T = TypeVar("T")
E = TypeVar("E")


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return True


_alive: Final[WeakSet[Transport]] = WeakSet()


def _after_fork() -> None:
    for transport in [*_alive]:
        transport.leave_to_parent()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


class Transport(Uncopied):
    """Sends calls and waits for their answers."""

    def __init__(
        self,
        api: Api,
        *,
        credentials: Given,
        base_url: str | None,
        server: str | None = None,
        variables: Mapping[str, str | None] | None = None,
        http_client: httpx.Client | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        check_http_client(http_client, httpx.Client, "threads")
        self._caller = Caller(
            api,
            credentials,
            options,
            base_url=base_url,
            server=server,
            variables=variables,
            http_client=http_client,
        )
        self._client = http_client
        self._owns_client = http_client is None
        self._inherited: httpx.Client | None = None
        self._is_closed = False
        self._set_up()
        _alive.add(self)

    def _set_up(self) -> None:
        # A handler of a signal may close the client in the midst of what is done under it.
        self._making = threading.RLock()
        self._one_at_a_time = threading.Lock()
        self._streams: WeakSet[EventStream[Any]] = WeakSet()

    def leave_to_parent(self) -> None:
        """Begin anew after a fork: on one connection, two would each get parts of the answers.

        Of an HTTP client that was passed in, who passed it takes care.
        """
        if self._owns_client:
            # Kept, for nobody to close what the parent uses.
            self._inherited, self._client = self._client, None
        self._set_up()

    def __repr__(self) -> str:
        return f"<Transport {self._caller!r}>"

    @property
    def client(self) -> httpx.Client:
        """The HTTP client; made on first use."""
        return self._made() if self._client is None else self._client

    def _made(self) -> httpx.Client:
        with self._making:  # once, however many threads come first
            made = self._client or httpx.Client(limits=LIMITS)
            self._client = self._client or made
            return self._client

    def close(self) -> None:
        """Close the connections, unless they belong to a client that was passed in."""
        if self._owns_client:
            with self._making:
                streams = [*self._streams]
            for stream in streams:
                stream.lose_client()
            self._is_closed = True  # however long it takes to close what is open
            # Also one that was never used: it is not to be any more.
            elsewhere(self.client.close)

    @property
    def _is_over(self) -> bool:
        return self._is_closed or self.client.is_closed

    def send(
        self, operation: Operation[T], arguments: Arguments, **options: Unpack[RequestOptions]
    ) -> T:
        """Make a call and give its result.

        Raises:
            SDKError: As `errors` has it.
            OSError: A file that is to be sent cannot be read.
            TypeError: An argument is of a type that cannot be sent.
            ValueError: An argument cannot be sent.
        """
        call = Call.of(self._caller, operation, arguments, options)
        response = self._answer(call, *call.prepare(self.client))
        return call.result(response)

    def download(
        self, operation: Operation[T], arguments: Arguments, **options: Unpack[RequestOptions]
    ) -> T | BinaryResponse:
        """Make a call whose answer may be binary. Raises what `send` raises."""
        call = Call.of(self._caller, operation, arguments, options)
        response = self._answer(call, *call.prepare(self.client))
        if not call.stays_open(response):
            return call.result(response)
        if not call.is_declared(response):
            raise call.undeclared(response, self._read_some(call, response))
        return BinaryResponse(response)

    def stream(
        self,
        operation: StreamOperation[E],
        arguments: Arguments,
        **options: Unpack[RequestOptions],
    ) -> EventStream[E]:
        """Make a call that answers with a stream. The status has been read when this returns.

        Raises:
            SDKError: As `errors` has it.
            OSError: A file that is to be sent cannot be read.
            TypeError: An argument is of a type that cannot be sent.
            ValueError: An argument cannot be sent.
        """
        call = Call.of(self._caller, operation, arguments, options)
        request, tries = call.prepare(self.client)
        reader = call.reader(operation)

        def reopen(failure: errors.APIError, pause: Pause) -> httpx.Response | None:
            delay = None if self._is_over else call.delay_after(failure, tries, reader)
            if delay is None:
                return None
            call.tell(failure, reader)
            if not pause(delay) or self._is_over:
                return None
            try:
                left = call.again(request, tries, reader)
                response = self._exchange(call, request, left, pause)
            except errors.APIConnectionError as error:
                if not pause(0):
                    return None  # there is nothing to be said of the failure any more
                if reader.given:
                    raise call.not_resumed(failure, error, reader) from error
                raise
            return self._accepted(call, response)

        response = self._accepted(call, self._exchange(call, request, tries))
        reader.stats.time_to_headers = reader.elapsed()
        opened = EventStream(response, reader, call.timeout, reopen)
        with self._making:
            self._streams.add(opened)
        return opened

    def send_or_stream(
        self,
        streamed: bool | Unset | None,
        whole: Operation[T],
        stream: StreamOperation[E],
        arguments: Arguments,
        **options: Unpack[RequestOptions],
    ) -> T | EventStream[E]:
        """Make a call that answers whole or with a stream, as one of its arguments says."""
        if asks_for_stream(streamed):
            return self.stream(stream, arguments, **options)
        return self.send(whole, arguments, **options)

    def download_or_stream(
        self,
        streamed: bool | Unset | None,
        whole: Operation[T],
        stream: StreamOperation[E],
        arguments: Arguments,
        **options: Unpack[RequestOptions],
    ) -> T | BinaryResponse | EventStream[E]:
        """Likewise, where the whole answer may be binary."""
        if asks_for_stream(streamed):
            return self.stream(stream, arguments, **options)
        return self.download(whole, arguments, **options)

    def _answer(self, call: Call[Any], request: httpx.Request, tries: Tries) -> httpx.Response:
        response = self._exchange(call, request, tries)
        self._show(call, response)
        return response

    def _accepted(self, call: Call[Any], response: httpx.Response) -> httpx.Response:
        self._show(call, response)
        if not call.accepts_as_stream(response):
            raise call.not_a_stream(response, self._read_some(call, response))
        return response

    def _exchange(
        self, call: Call[Any], request: httpx.Request, tries: Tries, pause: Pause = _sleep
    ) -> httpx.Response:
        """Send until there is a success, or no try left."""
        renewed = False
        while True:
            body = b""
            if call.grant is not None:
                token = self._token(call, call.grant)
                request.headers["Authorization"] = f"Bearer {token}"
            call.before_try(request)
            try:
                response = self._send(request)
                if not response.is_success:
                    body = self._read_some(call, response)
                elif call.is_endless(response):
                    raise call.undeclared(response, self._read_some(call, response))
                elif not call.stays_open(response):
                    self._read(response)
            except httpx.RequestError as error:
                raise_if_alarm(error)
                delay = call.delay_after_loss(error, tries)
                if delay is None:
                    raise call.connection_error(error) from error
            else:
                if response.is_success:
                    call.head_received(response)
                    return response
                if call.is_refused(response, tries) and not renewed:
                    renewed = True
                    continue
                delay = call.delay_after_status(response, tries)
                if delay is None:
                    raise call.status_error(response, body)
            self._wait(call, request, delay, pause)

    def _send(self, request: httpx.Request) -> httpx.Response:
        if self._is_closed:
            raise RuntimeError("Cannot send a request, as the client has been closed.")
        return self.client.send(request, stream=True, follow_redirects=False)

    @staticmethod
    def _show(call: Call[Any], response: httpx.Response) -> None:
        try:
            call.show(response)
        except BaseException:
            response.close()
            raise

    def _wait(self, call: Call[Any], request: httpx.Request, delay: float, pause: Pause) -> None:
        if not pause(delay) or self._is_over:
            raise call.given_up(request)

    def _token(self, call: Call[Any], grant: Grant) -> str:
        """The access token, fetched once for all that wait for it."""
        rounds = grant.rounds
        if (token := grant.token()) is not None:
            return token
        with self._one_at_a_time:
            return grant.token_since(rounds) or self._fetch(call, grant)

    def _fetch(self, call: Call[Any], grant: Grant) -> str:
        while True:
            operation, arguments, origin = grant.request(self._caller.location.base_url)
            options: RequestOptions = {"base_url": origin, "timeout": call.timeout}
            try:
                return grant.take(self.send(operation, arguments, **options))
            except errors.APIError as error:
                if isinstance(error, errors.APIStatusError) and grant.asks_otherwise(error):
                    continue
                raise grant.failed(error) from error.__cause__

    @staticmethod
    def _read(response: httpx.Response) -> None:
        try:
            response.read()
        finally:
            response.close()

    @staticmethod
    def _read_some(call: Call[Any], response: httpx.Response) -> bytes:
        remains = call.remains(response)
        try:
            for chunk in response.iter_bytes():
                if remains.take(chunk):
                    break
        except httpx.RequestError as error:
            raise_if_alarm(error)  # else the status says enough
        finally:
            response.close()
        return remains.body
