# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `runs` part of the API."""

from __future__ import annotations

from typing import Literal, Unpack, overload

from .. import _runtime as rt
from .. import models as m

_CREATE: rt.Operation[m.Run] = rt.Operation(
    "POST", "/v1/runs", returns=(rt.json("200", lambda: m.Run),), body=rt.Body("application/json")
)
_STREAM: rt.StreamOperation[m.RunEvent | rt.UnknownEvent] = rt.StreamOperation(
    "POST",
    "/v1/runs",
    returns=(rt.json("200", lambda: m.Run),),
    events=rt.Envelopes(
        rt.Variant(lambda: m.RunStartedEvent, ("run.started",)),
        rt.Variant(lambda: m.RunEndedEvent, ("run.ended",)),
        terminators=("run.ended",),
    ),
    body=rt.Body("application/json"),
)
_COUNT_CELLS: rt.Operation[int] = rt.Operation(
    "POST", "/v1/runs/count_cells", returns=(rt.json("200", lambda: int),)
)
_LOG: rt.Operation[list[str]] = rt.Operation(
    "GET", "/v1/runs/{run_id}/log", returns=(rt.json("200", lambda: list[str]),)
)
_STREAM_LOG: rt.StreamOperation[rt.ServerSentEvent] = rt.StreamOperation(
    "GET",
    "/v1/runs/{run_id}/log",
    returns=(rt.json("200", lambda: list[str]),),
    events=rt.RawEvents(),
)
_OUTPUT: rt.StreamOperation[m.Output] = rt.StreamOperation(
    "GET",
    "/v1/runs/{run_id}/output",
    events=rt.Payloads(lambda: m.Output),
    framing="jsonl",
    media_types=("application/json",),
)


class Runs:
    """The `runs` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @overload
    def create(
        self, *, notebook: str, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.RunEvent | rt.UnknownEvent]: ...

    @overload
    def create(
        self,
        *,
        notebook: str,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run: ...

    @overload
    def create(
        self,
        *,
        notebook: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run | rt.EventStream[m.RunEvent | rt.UnknownEvent]: ...

    def create(
        self,
        *,
        notebook: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run | rt.EventStream[m.RunEvent | rt.UnknownEvent]:
        """Run a notebook.

        ``POST /v1/runs``
        """
        return self._transport.send_or_stream(
            stream,
            _CREATE,
            _STREAM,
            rt.Arguments(body={"notebook": notebook, "stream": stream}),
            **options,
        )

    def stream(
        self, *, notebook: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[m.RunEvent | rt.UnknownEvent]:
        """Run a notebook.

        The answer arrives as a stream.

        ``POST /v1/runs``
        """
        return self._transport.stream(
            _STREAM, rt.Arguments(body={"notebook": notebook, "stream": True}), **options
        )

    def count_cells(self, **options: Unpack[rt.RequestOptions]) -> int:
        """Count the cells of a notebook.

        ``POST /v1/runs/count_cells``
        """
        return self._transport.send(_COUNT_CELLS, rt.Arguments(), **options)

    @overload
    def log(
        self, run_id: str, *, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[rt.ServerSentEvent]: ...

    @overload
    def log(
        self,
        run_id: str,
        *,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> list[str]: ...

    @overload
    def log(
        self,
        run_id: str,
        *,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> list[str] | rt.EventStream[rt.ServerSentEvent]: ...

    def log(
        self,
        run_id: str,
        *,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> list[str] | rt.EventStream[rt.ServerSentEvent]:
        """What a run prints.

        ``GET /v1/runs/{run_id}/log``
        """
        return self._transport.send_or_stream(
            stream,
            _LOG,
            _STREAM_LOG,
            rt.Arguments(path={"run_id": run_id}, query={"stream": stream}),
            **options,
        )

    def stream_log(
        self, run_id: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.EventStream[rt.ServerSentEvent]:
        """What a run prints.

        The answer arrives as a stream.

        ``GET /v1/runs/{run_id}/log``
        """
        return self._transport.stream(
            _STREAM_LOG, rt.Arguments(path={"run_id": run_id}, query={"stream": True}), **options
        )

    def output(self, run_id: str, **options: Unpack[rt.RequestOptions]) -> rt.EventStream[m.Output]:
        """What the cells of a run give, a line of JSON each.

        ``GET /v1/runs/{run_id}/output``
        """
        return self._transport.stream(_OUTPUT, rt.Arguments(path={"run_id": run_id}), **options)


class AsyncRuns:
    """The `runs` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @overload
    async def create(
        self, *, notebook: str, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncEventStream[m.RunEvent | rt.UnknownEvent]: ...

    @overload
    async def create(
        self,
        *,
        notebook: str,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run: ...

    @overload
    async def create(
        self,
        *,
        notebook: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run | rt.AsyncEventStream[m.RunEvent | rt.UnknownEvent]: ...

    async def create(
        self,
        *,
        notebook: str,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> m.Run | rt.AsyncEventStream[m.RunEvent | rt.UnknownEvent]:
        """Run a notebook.

        ``POST /v1/runs``
        """
        return await self._transport.send_or_stream(
            stream,
            _CREATE,
            _STREAM,
            rt.Arguments(body={"notebook": notebook, "stream": stream}),
            **options,
        )

    def stream(
        self, *, notebook: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.RunEvent | rt.UnknownEvent]:
        """Run a notebook.

        The answer arrives as a stream.

        ``POST /v1/runs``
        """
        return self._transport.open_stream(
            _STREAM, rt.Arguments(body={"notebook": notebook, "stream": True}), **options
        )

    async def count_cells(self, **options: Unpack[rt.RequestOptions]) -> int:
        """Count the cells of a notebook.

        ``POST /v1/runs/count_cells``
        """
        return await self._transport.send(_COUNT_CELLS, rt.Arguments(), **options)

    @overload
    async def log(
        self, run_id: str, *, stream: Literal[True], **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncEventStream[rt.ServerSentEvent]: ...

    @overload
    async def log(
        self,
        run_id: str,
        *,
        stream: Literal[False] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> list[str]: ...

    @overload
    async def log(
        self,
        run_id: str,
        *,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> list[str] | rt.AsyncEventStream[rt.ServerSentEvent]: ...

    async def log(
        self,
        run_id: str,
        *,
        stream: bool | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> list[str] | rt.AsyncEventStream[rt.ServerSentEvent]:
        """What a run prints.

        ``GET /v1/runs/{run_id}/log``
        """
        return await self._transport.send_or_stream(
            stream,
            _LOG,
            _STREAM_LOG,
            rt.Arguments(path={"run_id": run_id}, query={"stream": stream}),
            **options,
        )

    def stream_log(
        self, run_id: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[rt.ServerSentEvent]:
        """What a run prints.

        The answer arrives as a stream.

        ``GET /v1/runs/{run_id}/log``
        """
        return self._transport.open_stream(
            _STREAM_LOG, rt.Arguments(path={"run_id": run_id}, query={"stream": True}), **options
        )

    def output(
        self, run_id: str, **options: Unpack[rt.RequestOptions]
    ) -> rt.AsyncStreamRequest[m.Output]:
        """What the cells of a run give, a line of JSON each.

        ``GET /v1/runs/{run_id}/output``
        """
        return self._transport.open_stream(
            _OUTPUT, rt.Arguments(path={"run_id": run_id}), **options
        )
