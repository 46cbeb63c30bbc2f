# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `beta` part of the API."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .. import _runtime as rt

if TYPE_CHECKING:
    from .beta_runs import AsyncBetaRuns, BetaRuns


class Beta:
    """The `beta` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @cached_property
    def runs(self) -> BetaRuns:
        """The `beta.runs` part of the API."""
        from .beta_runs import BetaRuns

        return BetaRuns(self._transport)


class AsyncBeta:
    """The `beta` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @cached_property
    def runs(self) -> AsyncBetaRuns:
        """The `beta.runs` part of the API."""
        from .beta_runs import AsyncBetaRuns

        return AsyncBetaRuns(self._transport)
