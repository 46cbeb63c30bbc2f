"""The errors that a stream gives, each with its circumstances: in what, after how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import errors
from .events import Received
from .sse import EventTooLargeError

Context = Mapping[str, Any]
"""What every error of a stream says: the arguments of `errors.StreamError` beside its message."""


def too_large(error: EventTooLargeError, context: Context) -> errors.StreamError:
    """The error of a stream that has an event beyond the limit: nothing can be read after it."""
    return errors.StreamError(f"The stream cannot be read on: {error}.", **context)


def truncated(declared_end: str, context: Context) -> errors.StreamTruncatedError:
    """The error of a stream that ended too early."""
    return errors.StreamTruncatedError(
        f"The stream ended before its declared end ({declared_end}), "
        f"after {context['events_seen']} events.",
        **context,
    )


def no_stream(size: int, context: Context) -> errors.APIResponseValidationError:
    """The error of an answer that has some bytes, and neither a media type nor events."""
    return errors.APIResponseValidationError(
        f"The answer has no media type, and {size} bytes that are no stream.",
        request=context["request"],
        response=context["response"],
    )


def undecodable(
    event: Received, why: str, context: Context, *, conceal: Callable[[str], str]
) -> errors.EventDecodeError:
    """The error in the place of an event that does not fit; the stream goes on after it."""
    known = dict(context)
    index = known.pop("events_seen")
    if event.data is not None and event.data.strip() == b"[DONE]":
        why += "; it ends many streams, but is not declared to end this one"
    return errors.EventDecodeError(
        conceal(f"Event {index} ({event.name!r}) does not fit its model: {why}."),
        **known,
        body=event.text,
        event=event.as_sent(),
        index=index,
    )


def reported(
    body: Any,
    context: Context,
    *,
    conceal: Callable[[str], str],
    declared: Callable[[int | None, Any], Any],
) -> errors.APIError:
    """The error that the server reports, as the class of the HTTP error of that kind.

    Args:
        body: The report.
        context: The stream's circumstances.
        conceal: Gives a text without credentials.
        declared: Gives the body as the type that the API declares for a status, if it does.
    """
    said = errors.message_in(body)
    message = conceal("The server reports an error in the stream" + (f": {said}" if said else "."))
    status = errors.status_in(body)
    known: dict[str, Any] = {
        "request": context["request"],
        "response": context["response"],
        "body": declared(status, body),
        "in_stream": True,
    }
    if status is None:
        return errors.APIError(message, **known)
    return errors.status_error(status)(message, status_code=status, **known)
