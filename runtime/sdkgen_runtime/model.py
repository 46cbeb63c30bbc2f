"""The base of all models."""

from __future__ import annotations

import pydantic


class SDKModel(pydantic.BaseModel):
    """An object of the API.

    Properties that the API's document does not know are kept, and sent back: servers add
    properties, and a client that was made before must not lose them.
    """

    model_config = pydantic.ConfigDict(
        extra="allow", populate_by_name=True, protected_namespaces=()
    )
