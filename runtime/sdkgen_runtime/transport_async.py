"""`AsyncTransport`: sends calls and waits for their answers, for event loops.

What is decided without waiting is in `calls`; here is the loop that waits.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar, Unpack

import anyio
import httpx

from . import errors
from .alarms import raise_if_alarm
from .auth import Given
from .caller import Api, Caller, check_http_client
from .calls import Call, asks_for_stream
from .closing import Loop, has_ended, protected, running_loop
from .downloads import AsyncBinaryResponse
from .grants import Grant
from .options import LIMITS, ClientOptions, RequestOptions
from .request import Arguments, Operation, StreamOperation, Unset
from .retry import Tries
from .stream_request import AsyncStreamRequest
from .streaming_async import AsyncEventStream, UntilClosed
from .uncopied import Uncopied

T = TypeVar("T")
E = TypeVar("E")


class AsyncTransport(Uncopied):
    """Sends calls and awaits their answers."""

    def __init__(
        self,
        api: Api,
        *,
        credentials: Given,
        base_url: str | None,
        server: str | None = None,
        variables: Mapping[str, str | None] | None = None,
        http_client: httpx.AsyncClient | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        check_http_client(http_client, httpx.AsyncClient, "event loops")
        self._caller = Caller(
            api,
            credentials,
            options,
            base_url=base_url,
            server=server,
            variables=variables,
            http_client=http_client,
        )
        self._given = http_client
        # Connections belong to the event loop that made them: a client in a second `asyncio.run`
        # or `trio.run`, or in a loop of another thread, must not take those of the first.
        self._clients: dict[Loop, httpx.AsyncClient] = {}
        # So do those who wait for a token: what wakes them has to be of their loop.
        self._turns: dict[Loop, anyio.Lock] = {}

    def __repr__(self) -> str:
        return f"<AsyncTransport {self._caller!r}>"

    @property
    def client(self) -> httpx.AsyncClient:
        """The HTTP client that was passed in, or that of the event loop; made on first use."""
        if self._given is not None:
            return self._given
        loop = running_loop()
        if (known := self._clients.get(loop)) is None:
            _forget_ended(self._clients)
            known = self._clients[loop] = httpx.AsyncClient(limits=LIMITS)
        return known

    async def aclose(self) -> None:
        """Close the event loop's connections, unless they belong to a client that was passed in."""
        if self._given is None:
            await self.client.aclose()  # also one that was never used: it is not to be any more

    async def send(
        self, operation: Operation[T], arguments: Arguments, **options: Unpack[RequestOptions]
    ) -> T:
        """Make a call and give its result. Raises what `Transport.send` raises."""
        call = Call.of(self._caller, operation, arguments, options)
        response = await self._answer(call, *call.prepare(self.client))
        return call.result(response)

    async def download(
        self, operation: Operation[T], arguments: Arguments, **options: Unpack[RequestOptions]
    ) -> T | AsyncBinaryResponse:
        """Make a call whose answer may be binary. Raises what `Transport.send` raises."""
        call = Call.of(self._caller, operation, arguments, options)
        response = await self._answer(call, *call.prepare(self.client))
        if not call.stays_open(response):
            return call.result(response)
        if not call.is_declared(response):
            raise call.undeclared(response, await self._read_some(call, response))
        return AsyncBinaryResponse(response)

    async def stream(
        self,
        operation: StreamOperation[E],
        arguments: Arguments,
        **options: Unpack[RequestOptions],
    ) -> AsyncEventStream[E]:
        """Make a call that answers with a stream. Raises what `Transport.stream` raises."""
        call = Call.of(self._caller, operation, arguments, options)
        client = self.client
        request, tries = call.prepare(client)
        reader = call.reader(operation)

        async def reopen(
            failure: errors.APIError, until_closed: UntilClosed
        ) -> httpx.Response | None:
            delay = None if self.client.is_closed else call.delay_after(failure, tries, reader)
            if delay is None:
                return None
            told = call.tell(failure, reader)
            if isinstance(told, Awaitable):
                await told
            response = None
            with until_closed() as asking:
                await anyio.sleep(delay)
                if self.client.is_closed:
                    return None
                try:
                    left = call.again(request, tries, reader)
                    response = await self._exchange(call, request, left)
                except errors.APIConnectionError as error:
                    if asking.cancel_called:
                        return None  # there is nothing to be said of the failure any more
                    if reader.given:
                        raise call.not_resumed(failure, error, reader) from error
                    raise
            return None if response is None else await self._accepted(call, response)

        response = await self._accepted(call, await self._exchange(call, request, tries))
        reader.stats.time_to_headers = reader.elapsed()
        return AsyncEventStream(response, reader, call.timeout, reopen, client)

    async def send_or_stream(
        self,
        streamed: bool | Unset | None,
        whole: Operation[T],
        stream: StreamOperation[E],
        arguments: Arguments,
        **options: Unpack[RequestOptions],
    ) -> T | AsyncEventStream[E]:
        """Make a call that answers whole or with a stream, as one of its arguments says."""
        if asks_for_stream(streamed):
            return await self.stream(stream, arguments, **options)
        return await self.send(whole, arguments, **options)

    async def download_or_stream(
        self,
        streamed: bool | Unset | None,
        whole: Operation[T],
        stream: StreamOperation[E],
        arguments: Arguments,
        **options: Unpack[RequestOptions],
    ) -> T | AsyncBinaryResponse | AsyncEventStream[E]:
        """Likewise, where the whole answer may be binary."""
        if asks_for_stream(streamed):
            return await self.stream(stream, arguments, **options)
        return await self.download(whole, arguments, **options)

    def open_stream(
        self,
        operation: StreamOperation[E],
        arguments: Arguments,
        **options: Unpack[RequestOptions],
    ) -> AsyncStreamRequest[E]:
        """A stream to be opened by `async with`, or by `await`."""
        return AsyncStreamRequest(lambda: self.stream(operation, arguments, **options))

    async def _answer(
        self, call: Call[Any], request: httpx.Request, tries: Tries
    ) -> httpx.Response:
        response = await self._exchange(call, request, tries)
        await self._show(call, response)
        return response

    async def _accepted(self, call: Call[Any], response: httpx.Response) -> httpx.Response:
        await self._show(call, response)
        if not call.accepts_as_stream(response):
            raise call.not_a_stream(response, await self._read_some(call, response))
        return response

    async def _exchange(
        self, call: Call[Any], request: httpx.Request, tries: Tries
    ) -> httpx.Response:
        """Send until there is a success, or no try left."""
        renewed = False
        while True:
            body = b""
            if call.grant is not None:
                token = await self._token(call, call.grant)
                request.headers["Authorization"] = f"Bearer {token}"
            call.before_try(request)
            try:
                sent = self.client.send(request, stream=True, follow_redirects=False)
                response = protected(await sent)
                if not response.is_success:
                    body = await self._read_some(call, response)
                elif call.is_endless(response):
                    raise call.undeclared(response, await self._read_some(call, response))
                elif not call.stays_open(response):
                    await self._read(response)
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
            await self._wait(call, request, delay)

    @staticmethod
    async def _show(call: Call[Any], response: httpx.Response) -> None:
        try:
            told = call.show(response)
            if isinstance(told, Awaitable):
                await told
        except BaseException:
            await response.aclose()
            raise

    async def _wait(self, call: Call[Any], request: httpx.Request, delay: float) -> None:
        await anyio.sleep(delay)
        if self.client.is_closed:
            raise call.given_up(request)

    async def _token(self, call: Call[Any], grant: Grant) -> str:
        """The access token, fetched once for all in an event loop that wait for it."""
        rounds = grant.rounds
        if (token := grant.token()) is not None:
            return token
        if (turn := self._turns.get(loop := running_loop())) is None:
            _forget_ended(self._turns)
            turn = self._turns[loop] = anyio.Lock()
        async with turn:
            return grant.token_since(rounds) or await self._fetch(call, grant)

    async def _fetch(self, call: Call[Any], grant: Grant) -> str:
        while True:
            operation, arguments, origin = grant.request(self._caller.location.base_url)
            options: RequestOptions = {"base_url": origin, "timeout": call.timeout}
            try:
                return grant.take(await self.send(operation, arguments, **options))
            except errors.APIError as error:
                if isinstance(error, errors.APIStatusError) and grant.asks_otherwise(error):
                    continue
                raise grant.failed(error) from error.__cause__

    @staticmethod
    async def _read(response: httpx.Response) -> None:
        try:
            await response.aread()
        finally:
            await response.aclose()

    @staticmethod
    async def _read_some(call: Call[Any], response: httpx.Response) -> bytes:
        remains = call.remains(response)
        try:
            async for chunk in response.aiter_bytes():
                if remains.take(chunk):
                    break
        except httpx.RequestError as error:
            raise_if_alarm(error)  # else the status says enough
        finally:
            await response.aclose()
        return remains.body


def _forget_ended(by_loop: dict[Loop, Any]) -> None:
    for loop in [*by_loop]:
        if has_ended(loop):
            by_loop.pop(loop, None)
