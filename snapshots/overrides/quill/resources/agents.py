# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `agents` part of the API."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .. import _runtime as rt

if TYPE_CHECKING:
    from .agents_messages import AgentsMessages, AsyncAgentsMessages


class Agents:
    """The `agents` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    @cached_property
    def messages(self) -> AgentsMessages:
        """The `agents.messages` part of the API."""
        from .agents_messages import AgentsMessages

        return AgentsMessages(self._transport)


class AsyncAgents:
    """The `agents` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    @cached_property
    def messages(self) -> AsyncAgentsMessages:
        """The `agents.messages` part of the API."""
        from .agents_messages import AsyncAgentsMessages

        return AsyncAgentsMessages(self._transport)
