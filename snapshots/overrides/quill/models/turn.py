# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypeAliasType

from .._runtime.unions import OneOf
from .musing import Musing
from .reply import Reply

Turn = TypeAliasType("Turn", Annotated[Musing | Reply, OneOf(discriminator="kind")])
