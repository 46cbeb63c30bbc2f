"""Exceptions that handlers of signals raise while the HTTP library waits.

It takes what is an `OSError` for its socket's own, and an alarm that raises `TimeoutError` is one:
a try of a call would seem to have failed, and the caller's exception would be lost.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Final

_DEEPEST: Final = 4
"""An error of the HTTP library has two causes: the one that its lower half has made of another."""


def raise_if_alarm(error: BaseException) -> None:
    """Raise what a handler of a signal has raised, if that is behind an error.

    Raises:
        BaseException: The handler's exception, as it was.
    """
    if threading.current_thread() is not threading.main_thread():
        return  # where no handlers run
    found: BaseException | None = error
    for _ in range(_DEEPEST):
        if found is None:
            return
        trace = found.__traceback__
        if trace is not None and (found is error or _is_inner(trace)) and _has_handler(trace):
            context = found.__context__
            try:
                raise found
            finally:
                found.__context__ = context  # not the error that it has become
        found = found.__cause__ or found.__context__


class Quietly:
    """A block whose errors are of no interest, but for what a handler of a signal raises in it."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        raise_if_alarm(error)
        return True


def _is_inner(trace: TracebackType) -> bool:
    """Whether an exception has been caught inside of the HTTP library.

    One that came further is what the caller was handling when the call began.
    """
    name: str = trace.tb_frame.f_globals.get("__name__", "")
    return name.startswith("httpcore.")


def _has_handler(trace: TracebackType) -> bool:
    """Whether a handler of a signal has raised an exception: it is given its caller's frame."""
    following = trace.tb_next
    while following is not None:
        for given in following.tb_frame.f_locals.values():
            for one in given if isinstance(given, tuple) else (given,):
                if one is trace.tb_frame:
                    return True
        trace, following = following, following.tb_next
    return False
