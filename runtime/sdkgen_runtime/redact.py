"""Requests and responses as errors may show them: without what may be a credential."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from typing import Final

import httpx

from .auth import REDACTED, Scheme

_SENSITIVE: Final = re.compile(
    "auth|cookie|key|password|secret|^sig$|signature|token", re.IGNORECASE
)
_NOT_SENSITIVE: Final = "idempotency-key"
_OF_CODED: Final = (b"content-encoding", b"content-length", b"transfer-encoding")
"""Headers of a body as it was sent (RFC 9110, section 8.4; RFC 9112, section 6)."""
_BYTES: Final = re.compile(r"""b(['"]).*\1""", re.DOTALL)


class Redaction:
    """Knows the names that carry credentials: the API's own, and those that look like it."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        self._names = {scheme.key.lower() for scheme in schemes}

    def request(self, request: httpx.Request) -> httpx.Request:
        """The request without its body and without whatever may be a credential."""
        # In bytes: an event id that goes back may have any characters.
        headers = [
            (name, REDACTED.encode() if self._is_sensitive(name.decode("ascii")) else value)
            for name, value in request.headers.raw
            if name.lower() not in (b"content-length", b"transfer-encoding")
        ]
        # The limits are those that the reading of its answer keeps to, also when they change.
        limits = request.extensions.get("timeout")
        extensions = {} if limits is None else {"timeout": limits}
        return httpx.Request(
            request.method, self.url(request.url), headers=headers, extensions=extensions
        )

    def response(self, response: httpx.Response) -> httpx.Response:
        """The response, whose request is now the redacted one."""
        response.request = self.request(response.request)
        # What a redirect would have asked for: the same credentials, at another place.
        response.next_request = None
        return response

    def guarded(self, url: httpx.URL) -> httpx.URL:
        """The URL itself, which is written as `url` has it: the HTTP library logs it."""
        shown = self.url(url)
        return url if shown is url else _GuardedURL(url, str(shown))

    def url(self, url: httpx.URL) -> httpx.URL:
        """The URL without user name, password and the values of keys in its query."""
        if url.userinfo:
            url = url.copy_with(username=REDACTED, password=None)
        if not any(map(self._is_sensitive, url.params)):
            return url
        return url.copy_with(
            params=[
                (name, REDACTED if self._is_sensitive(name) else value)
                for name, value in url.params.multi_items()
            ]
        )

    def _is_sensitive(self, name: str) -> bool:
        name = name.lower()
        if name in self._names:
            return True
        return _SENSITIVE.search(name) is not None and name != _NOT_SENSITIVE


def with_body(response: httpx.Response, body: bytes) -> httpx.Response:
    """A response that can be asked for its text, which is what was read of it, decoded."""
    extensions = {
        key: value
        for key, value in response.extensions.items()
        if key in ("http_version", "reason_phrase")
    }
    found = httpx.Response(
        response.status_code,
        headers=[one for one in response.headers.raw if one[0].lower() not in _OF_CODED],
        content=body,
        request=response.request,
        extensions=extensions,
        history=response.history,
        default_encoding=response.default_encoding,
    )
    found.headers.pop("content-length", None)  # of what is here, which nobody has sent
    with contextlib.suppress(RuntimeError):  # one that was there as a whole has taken no time
        found.elapsed = response.elapsed
    return found


def without_bytes(error: httpx.LocalProtocolError) -> str:
    """What the HTTP library says of a request that it refuses, without what it repeats of it.

    That is bytes: the value of a header, say. From now on, its errors say no more than this.
    """
    said = _BYTES.sub(REDACTED, str(error))
    cause: BaseException | None = error
    while cause is not None:
        cause.args = (said,)
        cause = cause.__cause__
    return said


class _GuardedURL(httpx.URL):
    """A URL that is sent as it is, and written without what may be a credential."""

    def __init__(self, url: httpx.URL, shown: str) -> None:
        super().__init__(url)
        self._shown = shown

    def __str__(self) -> str:
        return self._shown

    def __repr__(self) -> str:
        return f"URL({self._shown!r})"
