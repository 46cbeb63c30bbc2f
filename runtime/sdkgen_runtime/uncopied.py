"""What has connections: there is one of it, in one process."""

from __future__ import annotations

from typing import NoReturn


class Uncopied:
    """Can be neither pickled nor copied."""

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} can be neither pickled nor copied, for it has connections, and"
            " perhaps credentials: make another client, or call again."
        )
