"""Values that are copied into a document, of which a few lines could ask for any number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sdkgen.diagnostics import fail
from sdkgen.text.limits import MAX_DEPTH, MAX_REPEATED

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdkgen.diagnostics import Location


class Copies:
    """Copies values into a document.

    Attributes:
        made: How many values have been copied.
    """

    def __init__(self) -> None:
        self.made = 0

    def of(self, value: Any, depth: int, locate: Callable[[], Location]) -> Any:
        """A copy of a value.

        Args:
            value: What to copy.
            depth: How many collections it will be in.
            locate: Says where the copy is asked for.

        Raises:
            DocumentError: It is one value too many, or too deep.
        """
        self.made += 1
        if self.made > MAX_REPEATED:
            message = f"overlays add more than {MAX_REPEATED:,} values"
            fail("Source/TooLarge", message, locate(), "use `$ref` to share")
        if not isinstance(value, dict | list):
            return value
        if depth >= MAX_DEPTH:
            message = f"with this, the document is nested more than {MAX_DEPTH} levels deep"
            fail("Source/TooDeep", message, locate())
        if isinstance(value, dict):
            return {key: self.of(child, depth + 1, locate) for key, child in value.items()}
        return [self.of(child, depth + 1, locate) for child in value]
