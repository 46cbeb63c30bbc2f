# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The types of the arguments of `kernels.pull`."""

from __future__ import annotations

from typing import Literal, Required

from typing_extensions import TypedDict


class KernelPullBase(TypedDict, total=False):
    """The arguments of `kernels.pull` but for `stream`."""

    kernel: Required[str]


class KernelPullNonStreaming(KernelPullBase, total=False):
    """For the whole answer."""

    stream: Literal[False]


class KernelPullStreaming(KernelPullBase):
    """For the answer as a stream."""

    stream: Required[Literal[True]]


KernelPull = KernelPullNonStreaming | KernelPullStreaming
