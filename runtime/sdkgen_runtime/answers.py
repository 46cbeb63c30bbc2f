"""What every answer shows of the response that it came in."""

from __future__ import annotations

import warnings

import httpx

from . import errors


class Answer:
    """An answer of success.

    Attributes:
        response: The HTTP response, its request without credentials.
    """

    def __init__(self, response: httpx.Response) -> None:
        self.response = response

    @property
    def status_code(self) -> int:
        """The status of the answer."""
        return self.response.status_code

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the answer."""
        return self.response.headers

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, to be quoted to its operators."""
        return errors.request_id(self.response.headers)

    def _warn(self) -> None:
        """Say that the answer was left; where warnings are errors, this raises."""
        warnings.warn(
            f"{self!r} was left before its end. Use it in a `with` block, or close it.",
            ResourceWarning,
            source=self,
            stacklevel=3,
        )
