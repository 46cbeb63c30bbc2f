# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""Ledger.

Sequences of JSON that are no event streams.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from . import models
    from ._runtime import (
        UNSET,
        APIConnectionError,
        APIError,
        APIResponseValidationError,
        APIStatusError,
        APITimeoutError,
        AsyncBinaryResponse,
        AsyncEventStream,
        AsyncStreamRequest,
        AuthenticationError,
        BadRequestError,
        BinaryResponse,
        ClientOptions,
        ConflictError,
        Content,
        EventDecodeError,
        EventStream,
        File,
        InternalServerError,
        MissingCredentialError,
        NotFoundError,
        PermissionDeniedError,
        RateLimitError,
        RawResponse,
        RequestOptions,
        Secret,
        ServerSentEvent,
        StreamError,
        StreamInterruptedError,
        StreamStats,
        StreamTimeoutError,
        StreamTruncatedError,
        Timeout,
        UnknownEvent,
        UnprocessableEntityError,
        Unset,
        async_raw,
        partial_json,
        raw,
    )
    from ._runtime import (
        SDKError as LedgerError,
    )
    from .client import AsyncLedger, Ledger

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncBinaryResponse",
    "AsyncEventStream",
    "AsyncLedger",
    "AsyncStreamRequest",
    "AuthenticationError",
    "BadRequestError",
    "BinaryResponse",
    "ClientOptions",
    "ConflictError",
    "Content",
    "EventDecodeError",
    "EventStream",
    "File",
    "InternalServerError",
    "Ledger",
    "LedgerError",
    "MissingCredentialError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "RequestOptions",
    "Secret",
    "ServerSentEvent",
    "StreamError",
    "StreamInterruptedError",
    "StreamStats",
    "StreamTimeoutError",
    "StreamTruncatedError",
    "Timeout",
    "UnknownEvent",
    "UnprocessableEntityError",
    "Unset",
    "__version__",
    "async_raw",
    "models",
    "partial_json",
    "raw",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        # What is exported is imported when it is first used: importing a package is cheap.
        from importlib import import_module

        if name == "LedgerError":
            value = import_module("._runtime", __name__).SDKError
        elif name in ("Ledger", "AsyncLedger"):
            value = getattr(import_module(".client", __name__), name)
        elif name == "models":
            value = import_module(".models", __name__)
        elif name in __all__:
            value = getattr(import_module("._runtime", __name__), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted(__all__)
