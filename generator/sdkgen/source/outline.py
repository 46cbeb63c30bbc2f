"""Copies of objects, without what typed parsing need not see.

Schemas become references to themselves, so that none can fail the object that holds it;
references to anything else become what they refer to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from sdkgen.source.document import RefError, resolve
from sdkgen.source.grammar import GRAMMAR, Shape
from sdkgen.source.malformed import Finding, MalformedError, no_mapping, wrong
from sdkgen.text.pointers import escape

# A call needs no examples, links or callbacks. Of an operation, the parts that may be
# references are read on their own.
_LEFT_OUT: Final = frozenset(("example", "examples", "links", "callbacks"))
_LEFT_OUT_OF: Final = {
    "operation": frozenset(("parameters", "requestBody", "responses")),
    # Each could have more of the other in it, in layers without an end, and nobody reads that.
    "header": frozenset(("content",)),
    "encoding": frozenset(("encoding", "prefixEncoding", "itemEncoding")),
}


@dataclass(slots=True)
class Outline:
    """Copies parts of a tree, and knows where they came from.

    Attributes:
        root: The tree.
        origins: Pointer of each object in the copy, by identity.
        findings: What could not be copied.
    """

    root: Any
    origins: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def copy(self, kind: str, pointer: str) -> dict[str, Any]:
        """Copy an object of the tree.

        Raises:
            MalformedError: It is not a mapping, or a reference leads to none.
        """
        try:
            found = resolve(self.root, pointer)
        except RefError as error:
            raise MalformedError(Finding(error.pointer, str(error))) from None
        value, pointer = found.value, found.pointer
        if value is None:
            value = {}  # `application/json:` in YAML, with nothing after it
        if not isinstance(value, dict):
            raise MalformedError(no_mapping(pointer, kind, value))
        left_out = _LEFT_OUT | _LEFT_OUT_OF.get(kind, frozenset())
        copied = {
            key: child for key, child in value.items() if child is not None and key not in left_out
        }
        for key, (shape, child_kind) in GRAMMAR.get(kind, {}).items():
            if key in copied and not key.startswith("x-"):
                copied[key] = self._parts(copied[key], shape, child_kind, f"{pointer}/{key}")
        if kind == "response" and not isinstance(said := copied.setdefault("description", ""), str):
            # Required, often missing, and no loss.
            self.findings.append(wrong(f"{pointer}/description", "description", "text", said))
            copied["description"] = ""
        self.origins[id(copied)] = pointer
        return copied

    def _parts(self, value: Any, shape: Shape, kind: str, pointer: str) -> Any:
        """The children under one key, each copied; the malformed ones left out."""
        if shape == "list" and isinstance(value, list):
            copies = (self._part(kind, f"{pointer}/{index}") for index in range(len(value)))
            return [copied for copied in copies if copied is not None]
        if shape == "map" and isinstance(value, dict):
            named = ((name, self._part(kind, f"{pointer}/{escape(name)}")) for name in value)
            return {name: copied for name, copied in named if copied is not None}
        return self._part(kind, pointer) if shape == "one" else value

    def _part(self, kind: str, pointer: str) -> dict[str, Any] | None:
        if kind == "schema":
            return {"$ref": f"#{pointer}"}
        try:
            return self.copy(kind, pointer)
        except MalformedError as error:
            self.findings.append(error.finding)
            return None
