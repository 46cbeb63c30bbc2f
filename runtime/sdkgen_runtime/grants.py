"""Access tokens that a client fetches itself: OAuth 2.0, RFC 6749, section 4.4.

A `Grant` decides, and waits for nothing: what to ask the token endpoint, what its answer means,
how long a token is good for. The request goes out as any call does, with its timeouts and tries.
"""

from __future__ import annotations

import base64
import json
import math
import time
from collections.abc import Iterable
from typing import Any, Final, Literal
from urllib.parse import quote_plus, urljoin

import httpx

from . import errors
from .params import header_value
from .request import Arguments, Body, Operation, Outcome

_MARGIN: Final = 60.0
"""Seconds before its end at which a token is renewed; at most a tenth of its life."""

_FORM: Final = Body("application/x-www-form-urlencoded")


class Grant:
    """The access token of one client, and how it gets another."""

    def __init__(
        self, token_url: str, client_id: str, client_secret: str, scopes: tuple[str, ...]
    ) -> None:
        self._token_url = token_url
        self._client_id = client_id
        self._client_secret = client_secret
        self._scopes = scopes
        self._way: Literal["basic", "form"] = "basic"
        self._held: tuple[str, float] | None = None
        self._failure: errors.APIError | None = None
        self.rounds = 0
        """How often the token endpoint has been asked, with or without success."""

    def __repr__(self) -> str:
        return f"<Grant of {self._client_id!r}>"

    def token(self) -> str | None:
        """The token, if there is one that is still good for a while."""
        held = self._held
        return held[0] if held is not None and time.monotonic() < held[1] else None

    def token_since(self, rounds: int) -> str | None:
        """The token that others have fetched meanwhile.

        Raises:
            APIError: They have failed, and whoever waited for them has as well.
        """
        token = self.token()
        if token is None and self.rounds != rounds and self._failure is not None:
            raise self._failure
        return token

    def forget(self, authorization: str) -> None:
        """Drop a token that the API has refused, unless there is another already."""
        held = self._held
        if held is not None and authorization == f"Bearer {held[0]}":
            self._held = None

    def secrets(self) -> Iterable[str]:
        """What nobody may see."""
        yield self._client_secret
        if self._held is not None:
            yield self._held[0]

    def request(self, base_url: str) -> tuple[Operation[str], Arguments, str]:
        """What to ask, and where: the operation, its arguments, and its server.

        Raises:
            ValueError: The token endpoint is no URL.
        """
        try:
            url = httpx.URL(urljoin(f"{base_url}/", self._token_url))
        except (httpx.InvalidURL, ValueError) as error:  # the latter by `urljoin`
            raise ValueError(f"The token endpoint is no URL: {error}.") from error
        form = {"grant_type": "client_credentials"}
        if self._scopes:
            form["scope"] = " ".join(self._scopes)
        header = {"Accept": "application/json"}
        if self._way == "basic":
            # RFC 6749, section 2.3.1: both are encoded as in a form.
            pair = f"{quote_plus(self._client_id)}:{quote_plus(self._client_secret)}"
            header["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        else:
            form |= {"client_id": self._client_id, "client_secret": self._client_secret}
        operation = Operation[str](
            "POST",
            url.raw_path.decode("ascii"),
            # Whatever comes is text: nothing but `take` looks at it, for it has the token in it.
            returns=(Outcome("2XX", "text", "*/*"),),
            body=_FORM,
            security=(),
        )
        return operation, Arguments(header=header, body=form), f"{url.scheme}://{_host(url)}"

    def asks_otherwise(self, error: errors.APIStatusError) -> bool:
        """Whether to ask again in the other way of RFC 6749, section 2.3.1.

        Servers have to understand the header, and some understand the form alone.
        """
        named = isinstance(error.body, dict) and error.body.get("error") == "invalid_client"
        if self._way != "basic" or not (named or error.status_code == httpx.codes.UNAUTHORIZED):
            return False
        self._way = "form"
        return True

    def take(self, answer: str) -> str:
        """The token in the answer of the token endpoint (RFC 6749, section 5.1).

        Raises:
            APIResponseValidationError: There is none. The answer is not shown.
        """
        self.rounds += 1
        self._failure = None
        token, seconds = _read(answer)
        self._held = (token, time.monotonic() + seconds - min(_MARGIN, seconds / 10))
        return token

    def failed(self, error: errors.APIError) -> errors.APIError:
        """The error to raise, for those that waited for the same token as well."""
        self.rounds += 1
        self._way = "basic"
        passing = (errors.InternalServerError, errors.RateLimitError)
        if isinstance(error, errors.APIStatusError) and not isinstance(error, passing):
            error = errors.AuthenticationError(
                f"The token endpoint refuses the client: {error.message}",
                status_code=error.status_code,
                body=error.body,
                request=error.request,
                response=error.response,
            )
        self._failure = error
        return error


def _host(url: httpx.URL) -> str:
    userinfo = f"{url.userinfo.decode('ascii')}@" if url.userinfo else ""
    return f"{userinfo}{url.netloc.decode('ascii')}"


def _read(answer: str) -> tuple[str, float]:
    """The access token, and the seconds that it is good for."""
    try:
        said: Any = json.loads(answer)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise _misfit("no JSON object")
    token = said.get("access_token")
    if not isinstance(token, str) or not token:
        raise _misfit("no `access_token`")
    kind = said.get("token_type", "bearer")
    if not isinstance(kind, str) or kind.lower() != "bearer":  # RFC 6749, section 7.1
        raise _misfit("a `token_type` that is not `Bearer`")
    try:
        header_value("Authorization", token)
    except ValueError:
        raise _misfit("an `access_token` that no header can carry") from None
    return token, _seconds(said.get("expires_in"))


def _seconds(said: Any) -> float:
    """A life that is not told lasts until the API refuses the token."""
    try:
        seconds = float(said)
    except (TypeError, ValueError, OverflowError):
        return math.inf
    return max(seconds, 0.0)


def _misfit(what: str) -> errors.APIResponseValidationError:
    return errors.APIResponseValidationError(f"The token endpoint has answered with {what}.")
