"""The runtime of a generated SDK.

What its users may rely on is exported by the package itself; the rest of these names
is for the generated code beside it, and changes with it.

The base of models is not here: importing it takes as long as all of this, and those who make
a client may never need it.
"""

from .auth import ClientCredentials, OAuth, Scheme, Secret
from .caller import Api
from .downloads import AsyncBinaryResponse, BinaryResponse
from .envelopes import Envelopes, Variant
from .errors import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    EventDecodeError,
    InternalServerError,
    MissingCredentialError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    SDKError,
    StreamError,
    StreamInterruptedError,
    StreamTimeoutError,
    StreamTruncatedError,
    UnprocessableEntityError,
)
from .events import RawEvents, ServerSentEvent, UnknownEvent
from .handlers import Handler
from .options import ClientOptions, RequestOptions, Timeout
from .partial import partial_json
from .payloads import Payloads
from .raw import RawResponse, async_raw, raw
from .request import (
    UNSET,
    Arguments,
    Body,
    Operation,
    StreamOperation,
    Unset,
    binary,
    empty,
    json,
    text,
    xml,
)
from .servers import Server, Variable
from .stats import StreamStats
from .stream_request import AsyncStreamRequest
from .streaming_async import AsyncEventStream
from .streaming_sync import EventStream
from .styles import Style
from .transport_async import AsyncTransport
from .transport_sync import Transport
from .uploads import Content, File

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "Api",
    "Arguments",
    "AsyncBinaryResponse",
    "AsyncEventStream",
    "AsyncStreamRequest",
    "AsyncTransport",
    "AuthenticationError",
    "BadRequestError",
    "BinaryResponse",
    "Body",
    "ClientCredentials",
    "ClientOptions",
    "ConflictError",
    "Content",
    "Envelopes",
    "EventDecodeError",
    "EventStream",
    "File",
    "Handler",
    "InternalServerError",
    "MissingCredentialError",
    "NotFoundError",
    "OAuth",
    "Operation",
    "Payloads",
    "PermissionDeniedError",
    "RateLimitError",
    "RawEvents",
    "RawResponse",
    "RequestOptions",
    "SDKError",
    "Scheme",
    "Secret",
    "Server",
    "ServerSentEvent",
    "StreamError",
    "StreamInterruptedError",
    "StreamOperation",
    "StreamStats",
    "StreamTimeoutError",
    "StreamTruncatedError",
    "Style",
    "Timeout",
    "Transport",
    "UnknownEvent",
    "UnprocessableEntityError",
    "Unset",
    "Variable",
    "Variant",
    "async_raw",
    "binary",
    "empty",
    "json",
    "partial_json",
    "raw",
    "text",
    "xml",
]
