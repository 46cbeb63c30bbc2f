# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypeAliasType

from .._runtime.unions import OneOf
from .run_ended_event import RunEndedEvent
from .run_started_event import RunStartedEvent

RunEvent = TypeAliasType(
    "RunEvent", Annotated[RunStartedEvent | RunEndedEvent, OneOf(discriminator="event")]
)
