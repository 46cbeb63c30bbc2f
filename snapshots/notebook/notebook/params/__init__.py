# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of arguments: a module each, imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .beta_run_params import BetaRunParams as BetaRunParams
    from .beta_run_params import BetaRunParamsNonStreaming as BetaRunParamsNonStreaming
    from .beta_run_params import BetaRunParamsStreaming as BetaRunParamsStreaming
    from .kernel_pull import KernelPull as KernelPull
    from .kernel_pull import KernelPullNonStreaming as KernelPullNonStreaming
    from .kernel_pull import KernelPullStreaming as KernelPullStreaming
    from .log_params import LogParams as LogParams
    from .log_params import LogParamsNonStreaming as LogParamsNonStreaming
    from .log_params import LogParamsStreaming as LogParamsStreaming
    from .run_params import RunParams as RunParams
    from .run_params import RunParamsNonStreaming as RunParamsNonStreaming
    from .run_params import RunParamsStreaming as RunParamsStreaming

_MODULES = {
    "BetaRunParams": "beta_run_params",
    "BetaRunParamsNonStreaming": "beta_run_params",
    "BetaRunParamsStreaming": "beta_run_params",
    "KernelPull": "kernel_pull",
    "KernelPullNonStreaming": "kernel_pull",
    "KernelPullStreaming": "kernel_pull",
    "LogParams": "log_params",
    "LogParamsNonStreaming": "log_params",
    "LogParamsStreaming": "log_params",
    "RunParams": "run_params",
    "RunParamsNonStreaming": "run_params",
    "RunParamsStreaming": "run_params",
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
