# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The models: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .function_call_arguments_delta import (
        FunctionCallArgumentsDelta as FunctionCallArgumentsDelta,
    )
    from .output_item import OutputItem as OutputItem
    from .output_item_added import OutputItemAdded as OutputItemAdded
    from .output_item_done import OutputItemDone as OutputItemDone
    from .output_text_delta import OutputTextDelta as OutputTextDelta
    from .output_text_done import OutputTextDone as OutputTextDone
    from .response import Response as Response
    from .response_completed import ResponseCompleted as ResponseCompleted
    from .response_created import ResponseCreated as ResponseCreated
    from .response_event import ResponseEvent as ResponseEvent
    from .response_usage import ResponseUsage as ResponseUsage

_MODULES = {
    "FunctionCallArgumentsDelta": "function_call_arguments_delta",
    "OutputItem": "output_item",
    "OutputItemAdded": "output_item_added",
    "OutputItemDone": "output_item_done",
    "OutputTextDelta": "output_text_delta",
    "OutputTextDone": "output_text_done",
    "Response": "response",
    "ResponseCompleted": "response_completed",
    "ResponseCreated": "response_created",
    "ResponseEvent": "response_event",
    "ResponseUsage": "response_usage",
}

if not TYPE_CHECKING:
    __all__ = tuple(_MODULES)

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted(__all__)
