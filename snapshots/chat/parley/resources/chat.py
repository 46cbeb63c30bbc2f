# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `chat` part of the API."""

from __future__ import annotations

from typing import Literal, Unpack

from .. import _runtime as rt
from .. import models as m

_CREATE: rt.StreamOperation[m.ChatEvent] = rt.StreamOperation(
    "POST",
    "/chat",
    events=rt.Envelopes(rt.Variant(lambda: m.ChatEvent), sentinel="[DONE]"),
    raises=(rt.json("422", lambda: m.Problem),),
    body=rt.Body("application/json"),
    security=(("token",),),
)


class Chat:
    """Conversations with the model."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        prompt: str,
        model: Literal["parley-small", "parley-large"] | str | rt.Unset = rt.UNSET,
        max_words: int | None | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.EventStream[m.ChatEvent]:
        """Answer a prompt.

        The answer arrives piece by piece, as it is written.

        Args:
            prompt: What to answer.
            model: Which model answers.
            max_words: The most words to write. Null lifts the limit.

        ``POST /chat``
        """
        return self._transport.stream(
            _CREATE,
            rt.Arguments(body={"prompt": prompt, "model": model, "max_words": max_words}),
            **options,
        )


class AsyncChat:
    """Conversations with the model."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        prompt: str,
        model: Literal["parley-small", "parley-large"] | str | rt.Unset = rt.UNSET,
        max_words: int | None | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> rt.AsyncStreamRequest[m.ChatEvent]:
        """Answer a prompt.

        The answer arrives piece by piece, as it is written.

        Args:
            prompt: What to answer.
            model: Which model answers.
            max_words: The most words to write. Null lifts the limit.

        ``POST /chat``
        """
        return self._transport.open_stream(
            _CREATE,
            rt.Arguments(body={"prompt": prompt, "model": model, "max_words": max_words}),
            **options,
        )
