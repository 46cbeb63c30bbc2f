"""Requests and responses as errors may show them: without what may be a credential."""

from __future__ import annotations

import re
from typing import Final

import httpx

from .auth import REDACTED

_SENSITIVE: Final = re.compile("auth|cookie|key|password|secret|token", re.IGNORECASE)
_NOT_SENSITIVE: Final = "idempotency-key"


def redacted(request: httpx.Request) -> httpx.Request:
    """The request without its body and without whatever may be a credential."""
    headers = {
        name: REDACTED if _is_sensitive(name) else value
        for name, value in request.headers.items()
        if name not in ("content-length", "transfer-encoding")
    }
    return httpx.Request(request.method, redacted_url(request.url), headers=headers)


def without_credentials(response: httpx.Response) -> httpx.Response:
    """The response, whose request is now the redacted one."""
    response.request = redacted(response.request)
    return response


def redacted_url(url: httpx.URL) -> httpx.URL:
    """The URL without user name, password and the values of keys in its query."""
    if url.userinfo:
        url = url.copy_with(username=REDACTED, password=None)
    if not any(map(_is_sensitive, url.params)):
        return url
    return url.copy_with(
        params=[
            (name, REDACTED if _is_sensitive(name) else value)
            for name, value in url.params.multi_items()
        ]
    )


def _is_sensitive(name: str) -> bool:
    return _SENSITIVE.search(name) is not None and name.lower() != _NOT_SENSITIVE
