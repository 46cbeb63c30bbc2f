"""An answer as it came, beside what a method makes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from inspect import isawaitable
from typing import Any, Generic, ParamSpec, TypeVar, cast, get_origin

import httpx
import pydantic

from . import errors
from .answers import Answer
from .downloads import BinaryResponse
from .streaming_sync import EventStream

P = ParamSpec("P")
T = TypeVar("T")
H = TypeVar("H")

Hook = Callable[[httpx.Response], object]


class RawResponse(Answer, Generic[T]):
    """A successful answer: what the method gives, and the response that it came in.

    Attributes:
        parsed: What the method gives.
    """

    def __init__(self, parsed: T, response: httpx.Response) -> None:
        super().__init__(response)
        self.parsed = parsed

    def __repr__(self) -> str:
        return f"<{type(self).__name__} [{self.status_code}]>"

    def header(self, name: str, type_: type[H]) -> H | None:
        """A header as a type: ``answer.header("X-Total", int)``; None where it is not there.

        Args:
            name: The header's name, in whatever case.
            type_: What its text is read as: `int`, `bool`, `datetime`, or a list of such, whose
                items commas part (RFC 9110, section 5.6.1).

        Raises:
            APIResponseValidationError: It does not fit.
        """
        text = self.headers.get(name)
        if text is None:
            return None
        value = [one.strip() for one in text.split(",")] if get_origin(type_) is list else text
        try:
            return pydantic.TypeAdapter(type_).validate_python(value)
        except pydantic.ValidationError as error:
            raise errors.APIResponseValidationError(
                f"The header {name} is {text!r}: {errors.misfit(error)}.",
                body=text,
                request=self.response.request,
                response=self.response,
            ) from error


def raw(method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
    """Call a method of a client, and give its answer with status and headers.

    For threads: ``raw(client.books.list, limit=3)``.

    Args:
        method: The method.
        args: Its arguments.
        kwargs: Likewise.

    Raises:
        SDKError: What the method raises.
        TypeError: The method is to be awaited: use `async_raw`.
    """
    seen: list[httpx.Response] = []
    result = _observed(method, seen)(*args, **kwargs)
    if isawaitable(result):
        if isinstance(result, Coroutine):
            result.close()  # it was never begun, nor will it be
        raise TypeError(f"{_called(method)} is to be awaited: use `await async_raw(...)`.")
    return RawResponse(result, seen[-1])


async def async_raw(
    method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs
) -> RawResponse[T]:
    """The same for event loops, to be awaited.

    Raises:
        SDKError: What the method raises.
        TypeError: The method is one for threads, and has been called: use `raw`.
    """
    seen: list[httpx.Response] = []
    result: Any = _observed(method, seen)(*args, **kwargs)
    if not isawaitable(result):
        if isinstance(result, EventStream | BinaryResponse):
            result.close()
        raise TypeError(f"{_called(method)} is not to be awaited: use `raw(...)`.")
    return RawResponse(await result, seen[-1])


def _called(method: object) -> str:
    return f"`{getattr(method, '__qualname__', type(method).__name__)}`"


def _observed(method: Callable[P, T], seen: list[httpx.Response]) -> Callable[P, T]:
    """A method that notes the response, and lets a hook of the caller's see it too."""
    anything: Any = method

    def observed(*args: Any, on_response: Hook | None = None, **kwargs: Any) -> Any:
        def hook(response: httpx.Response) -> object:
            seen.append(response)
            return None if on_response is None else on_response(response)

        return anything(*args, on_response=hook, **kwargs)

    return cast("Callable[P, T]", observed)
