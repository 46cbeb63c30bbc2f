"""When to try again, and after how long: decisions only, nothing here sleeps."""

from __future__ import annotations

import email.utils
import random
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from traceback import walk_tb
from typing import Final

import httpx

_FIRST_DELAY: Final = 0.5
_LONGEST_DELAY: Final = 8.0
_LONGEST_RETRY_AFTER: Final = 60.0
"""Seconds that a server may ask for. Where it asks for more, the caller hears of it at once."""


def is_lasting(error: httpx.RequestError) -> bool:
    """Whether what kept a request from being answered will do so again."""
    hopeless = (
        *(httpx.UnsupportedProtocol, httpx.DecodingError),
        httpx.PoolTimeout,  # to wait as long again gives no connection back
    )
    if isinstance(error, hopeless) or is_unsendable(error):
        return True
    # A certificate that nobody trusts, a server without TLS: not a handshake that was cut off.
    cause: BaseException | None = error if isinstance(error, httpx.ConnectError) else None
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    return cause is not None and not isinstance(cause, ssl.SSLEOFError)


def is_unsendable(error: httpx.RequestError) -> bool:
    """Whether it is the request that the HTTP library refuses to send.

    What a server sends over HTTP/2 against the protocol is an error of the same type.
    """
    if not isinstance(error, httpx.LocalProtocolError):
        return False
    # Behind the library's error is that of its lower half, and behind that the one of h11 or h2.
    # What is further behind, the caller was handling.
    lower = error.__cause__
    first = None if lower is None else lower.__cause__ or lower.__context__
    frames = walk_tb(None if first is None else first.__traceback__)
    return all(frame.f_code.co_name != "receive_data" for frame, _ in frames)


def is_retryable(status_code: int) -> bool:
    """Whether a request that got this status may succeed when it is sent again."""
    return status_code in (408, 409, 429) or status_code >= 500


_MOST_RESUMPTIONS: Final = 5
"""Times that a stream is asked for again without an event in between."""
_FIRST_RESUMPTION: Final = 1.0
_LONGEST_RESUMPTION: Final = 30.0


def resumption_delay(fruitless: int, retry: int | None) -> float | None:
    """Seconds until a stream that was lost is asked for again; None where it must not be.

    Args:
        fruitless: How often it was asked for since its last event.
        retry: Milliseconds that the server asks to wait (WHATWG HTML, section 9.2.6); bounded,
            so that no server can stop a client for good.
    """
    if fruitless >= _MOST_RESUMPTIONS:
        return None
    first = _FIRST_RESUMPTION if retry is None else retry / 1000
    # Never earlier than the server asks.
    return min(first * 2.0**fruitless, _LONGEST_RESUMPTION) * (1 + _jitter())


def _jitter() -> float:
    """A share of a wait, which keeps clients that failed together from coming back together."""
    return 0.25 * random.random()


@dataclass(slots=True)
class Tries:
    """The tries that one call has left.

    Attributes:
        left: How many there are still.
        repeatable: Whether what was sent can be sent again at all.
        made: How many have been made.
        allowed: How many there were in all.
    """

    left: int
    repeatable: bool = True
    made: int = field(default=0, init=False)
    allowed: int = field(init=False)

    def __post_init__(self) -> None:
        self.allowed = self.left

    def after_status(self, status_code: int, headers: Mapping[str, str]) -> float | None:
        """Seconds to wait before the next try; None where there must not be one."""
        if not is_retryable(status_code):
            return None
        asked = retry_after(headers)
        if asked is not None and asked > _LONGEST_RETRY_AFTER:
            return None
        delay = self.after_failure()
        return delay if asked is None or delay is None else asked

    def after_failure(self, retry: int | None = None) -> float | None:
        """Seconds to wait after a failure of the connection; None where no try is left.

        Args:
            retry: Milliseconds that a stream asked to wait before it was lost; bounded.
        """
        if self.left <= 0:
            return None
        self.left -= 1
        delay = min(_FIRST_DELAY * 2.0**self.made, _LONGEST_DELAY)
        self.made += 1
        delay *= 1 - _jitter()
        return delay if retry is None else max(delay, min(retry / 1000, _LONGEST_RESUMPTION))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait (RFC 9110, section 10.2.3; or `retry-after-ms`)."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    seconds = _number(value)
    if seconds is not None or value is None:
        return seconds
    try:
        moment = email.utils.parsedate_to_datetime(value)
        return max(0.0, moment.timestamp() - time.time())
    except (ValueError, OverflowError):  # no date, or one that no clock has
        return None


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text is not None else -1.0
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
