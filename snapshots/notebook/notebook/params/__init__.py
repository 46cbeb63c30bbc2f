# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of arguments, for code that gathers them before it calls."""

from .beta_run_params import BetaRunParams, BetaRunParamsNonStreaming, BetaRunParamsStreaming
from .log_params import LogParams, LogParamsNonStreaming, LogParamsStreaming
from .run_params import RunParams, RunParamsNonStreaming, RunParamsStreaming

__all__ = [
    "BetaRunParams",
    "BetaRunParamsNonStreaming",
    "BetaRunParamsStreaming",
    "LogParams",
    "LogParamsNonStreaming",
    "LogParamsStreaming",
    "RunParams",
    "RunParamsNonStreaming",
    "RunParamsStreaming",
]
