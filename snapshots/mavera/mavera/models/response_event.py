# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypeAliasType

from .._runtime.unions import OneOf
from .function_call_arguments_delta import FunctionCallArgumentsDelta
from .output_item_added import OutputItemAdded
from .output_item_done import OutputItemDone
from .output_text_delta import OutputTextDelta
from .output_text_done import OutputTextDone
from .response_completed import ResponseCompleted
from .response_created import ResponseCreated

ResponseEvent = TypeAliasType(
    "ResponseEvent",
    Annotated[
        ResponseCreated
        | OutputItemAdded
        | OutputTextDelta
        | OutputTextDone
        | FunctionCallArgumentsDelta
        | OutputItemDone
        | ResponseCompleted,
        OneOf(discriminator="type"),
    ],
)
"""What happens while a response is being written."""
