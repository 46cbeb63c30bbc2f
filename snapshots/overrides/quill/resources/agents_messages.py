# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `agents.messages` part of the API."""

from __future__ import annotations

from typing import Literal, Unpack

from .. import _runtime as rt
from .. import models as m
from .. import params as p

_STREAM: rt.StreamOperation[m.Turn | m.UnknownEvent] = rt.StreamOperation(
    "POST",
    "/v1/agents/{agent_id}/messages",
    events=rt.Payloads(
        lambda: m.Turn, tag="kind", unknown=lambda: m.UnknownEvent, sentinel="[DONE]"
    ),
    body=rt.Body("application/json"),
    styles={("query", "debug"): rt.Style("json")},
)


class AgentsMessages:
    """The `agents.messages` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def stream(
        self,
        agent_id: str,
        *,
        text: str,
        debug: m.MessagesStreamDebug | p.MessagesStreamDebugParam | rt.Unset = rt.UNSET,
        max_messages: int | rt.Unset = rt.UNSET,
        speaker: Literal["user", "system"] | str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.EventStream[m.Turn | m.UnknownEvent]:
        """Args:
            max_messages: How many messages to answer with at most.

        ``POST /v1/agents/{agent_id}/messages``
        """
        return self._transport.stream(
            _STREAM,
            rt.Arguments(
                path={"agent_id": agent_id},
                query={"debug": debug, "limit": max_messages},
                body={"text": text, "role": speaker},
            ),
            **options,
        )


class AsyncAgentsMessages:
    """The `agents.messages` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def stream(
        self,
        agent_id: str,
        *,
        text: str,
        debug: m.MessagesStreamDebug | p.MessagesStreamDebugParam | rt.Unset = rt.UNSET,
        max_messages: int | rt.Unset = rt.UNSET,
        speaker: Literal["user", "system"] | str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncStreamRequest[m.Turn | m.UnknownEvent]:
        """Args:
            max_messages: How many messages to answer with at most.

        ``POST /v1/agents/{agent_id}/messages``
        """
        return self._transport.open_stream(
            _STREAM,
            rt.Arguments(
                path={"agent_id": agent_id},
                query={"debug": debug, "limit": max_messages},
                body={"text": text, "role": speaker},
            ),
            **options,
        )
