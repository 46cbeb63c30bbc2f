"""An operation with its place in the package."""

from __future__ import annotations

from dataclasses import dataclass

from sdkgen.config import Method
from sdkgen.lower import names
from sdkgen.source.document import OperationNode


@dataclass(frozen=True, slots=True)
class Placed:
    """An operation's resource and its methods' names.

    Attributes:
        stream: The second method's, where the operation answers whole or as a stream.
        extension: The key with which the document names the method itself.
        configured: What the configuration says of it.
    """

    node: OperationNode
    resource: tuple[str, ...]
    method: str
    stream: str | None = None
    extension: str | None = None
    configured: Method | None = None

    @property
    def verb(self) -> str:
        """Its HTTP method as a word of Python names."""
        return verb_of(self.node)

    @property
    def identity(self) -> tuple[str, str, str]:
        """Its id, HTTP method and path: frameworks make the first of the others."""
        return self.node.operation.operationId or "", self.verb, self.node.path

    @property
    def name(self) -> tuple[str, ...]:
        """How it is found from the client on."""
        return (*self.resource, self.method)

    @property
    def hint(self) -> str:
        """The name from which its definitions take theirs, where they have none."""
        return names.pascal(f"{self.resource[-1]}_{self.method}")


def verb_of(node: OperationNode) -> str:
    """The HTTP method of an operation as a word of Python names: ``m_search``."""
    return names.method(node.method)
