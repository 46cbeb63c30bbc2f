"""The operations of a document, each read on its own: a malformed one costs no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sdkgen.diagnostics import suggestion
from sdkgen.source.grammar import METHODS, TOKEN, reference
from sdkgen.source.malformed import Finding, MalformedError, no_mapping
from sdkgen.source.operation import OperationReader, Parser, PathItem
from sdkgen.text.pointers import escape

if TYPE_CHECKING:
    from sdkgen.diagnostics import Diagnostics
    from sdkgen.source.document import Document, OperationNode

_ITEM_FIELDS: Final = frozenset(("summary", "description", "servers", "parameters"))


def operations(document: Document, diagnostics: Diagnostics) -> tuple[OperationNode, ...]:
    """Every operation under `paths` that can be read, in the order of the document.

    Args:
        document: Its tree; a parameter that a path names and nobody defines is added to it.
        diagnostics: Names every operation that is left out, and what is left out of others.
    """
    return tuple(_Paths(Parser(document, diagnostics)).operations())


@dataclass(slots=True)
class _Paths:
    parser: Parser
    ids: dict[str, OperationNode] = field(default_factory=dict)

    def operations(self) -> Iterator[OperationNode]:
        paths = self.parser.document.root.get("paths")
        if not isinstance(paths, dict):
            message = "there are no `paths`, so there are no operations"
            report = self.parser.warning if paths is None else self.parser.error
            report("Path/None", message, "/paths")
            return
        for path in paths:
            if not path.startswith("x-"):
                yield from self._operations_at(path, f"/paths/{escape(path)}")

    def _operations_at(self, path: str, pointer: str) -> Iterator[OperationNode]:
        if not path.startswith("/"):
            hint = "refer to each path on its own" if path == "$ref" else f"write `/{path}`"
            message = f"`{path}` is left out, with all its operations: a path begins with `/`"
            self.parser.error("Path/Malformed", message, pointer, hint, key=True)
            return
        try:
            item = self._path_item(path, pointer)
            methods = list(self._methods(item))
        except MalformedError as error:
            message = f"`{path}` is left out, with all its operations: {error}"
            found = error.finding
            self.parser.error("Path/Malformed", message, found.pointer, found.hint)
            return
        for method, below in methods:
            try:
                node = OperationReader(self.parser, item, method, below).read()
            except MalformedError as error:
                message = f"{method} {path} is left out: {error}"
                found = error.finding
                self.parser.error("Operation/LeftOut", message, found.pointer, found.hint)
            else:
                self._check_id(node)
                yield node

    def _path_item(self, path: str, pointer: str) -> PathItem:
        fields: dict[str, str] = {}
        passed: list[str] = []
        here: str | None = pointer
        while here is not None:
            if here in passed:
                raise MalformedError(Finding(pointer, "these references go in a circle"))
            passed.append(here)
            value = self._mapping(here, holder=passed[-2:][0])
            fields = {key: f"{here}/{escape(key)}" for key in value if key != "$ref"} | fields
            target = reference(value)
            here = None if target is None else target[1:]
        at = self.parser.document.at
        # What the path item says of servers holds for its operations (OpenAPI 3.1 §4.8.9.1).
        defaults = {"servers": at(fields["servers"])} if "servers" in fields else {}
        return PathItem(path, pointer, fields, defaults)

    def _mapping(self, pointer: str, *, holder: str) -> dict[str, Any]:
        try:
            value = self.parser.document.at(pointer)
        except KeyError:
            message = f"there is nothing at `#{pointer}`"
            raise MalformedError(Finding(f"{holder}/$ref", message)) from None
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise MalformedError(no_mapping(pointer, "pathItem", value))
        return value

    def _methods(self, item: PathItem) -> Iterator[tuple[str, str]]:
        for key, pointer in item.fields.items():
            if key in METHODS:
                yield key.upper(), pointer
            elif key == "additionalOperations":
                yield from self._additional(item, pointer)
            elif key not in _ITEM_FIELDS and not key.startswith("x-"):
                hint = suggestion(key.lower(), METHODS)
                message = f"`{key}` in `{item.path}` is no method; it is left out"
                self.parser.error("Path/UnknownMethod", message, pointer, hint, key=True)

    def _additional(self, item: PathItem, pointer: str) -> Iterator[tuple[str, str]]:
        """The methods without a field of their own, spelled as they are sent."""
        for method in self._mapping(pointer, holder=pointer):
            below, what = f"{pointer}/{escape(method)}", f"`{method}` in `{item.path}`"
            if method.lower() in METHODS:
                message = f"{what} has a field of its own; here it is left out"
                hint = f"write it beside `additionalOperations`, as `{method.lower()}`"
                self.parser.error("Path/UnknownMethod", message, below, hint, key=True)
            elif not TOKEN.fullmatch(method):
                message = f"{what} is no method; it is left out"
                hint = "write a token, such as `COPY`: letters, digits and !#$%&'*+-.^_`|~"
                self.parser.error("Path/UnknownMethod", message, below, hint, key=True)
            else:
                yield method, below

    def _check_id(self, node: OperationNode) -> None:
        """An `operationId` is unique (OpenAPI 3.1 §4.8.10.1)."""
        name = node.operation.operationId
        if not name:
            return
        first = self.ids.setdefault(name, node)
        if first is not node:
            self.parser.warning(
                "Operation/DuplicateId",
                f"`{name}` is the `operationId` of {first.method} {first.path} too",
                f"{node.pointer}/operationId",
                "give each operation an id of its own",
            )
