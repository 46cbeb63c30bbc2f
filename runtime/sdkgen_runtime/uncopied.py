"""What has connections: there is one of it, in one process."""

from __future__ import annotations

from typing import NoReturn


class Uncopied:
    """Can be neither pickled nor copied."""

    def __reduce__(self) -> NoReturn:
        name = type(self).__name__
        what = "A client" if name.endswith("Transport") else name
        raise TypeError(
            f"{what} can be neither pickled nor copied, for it has connections, and perhaps"
            " credentials: make another client, or call again."
        )
