"""The document between this stage and the next: one plain tree, typed operations, positions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from sdkgen.source.grammar import METHODS, reference
from sdkgen.text import pointers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openapi_pydantic.v3.v3_1 import Operation, Parameter, RequestBody, Response

    from sdkgen.diagnostics import Location
    from sdkgen.text import Text

T = TypeVar("T")


class RefError(Exception):
    """A reference that leads nowhere, or in a circle.

    Attributes:
        pointer: The object with the reference that cannot be followed.
    """

    def __init__(self, message: str, pointer: str) -> None:
        super().__init__(message)
        self.pointer = pointer


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A value and the JSON pointer of its definition, references resolved."""

    value: T
    pointer: str


@dataclass(frozen=True, slots=True)
class OperationNode:
    """One operation, with all that it refers to found and typed.

    Typed objects hold no schemas but `{"$ref": "#<pointer>"}`: schemas are read raw, from
    `Document.root`. Parameters, body and responses are here, not in `operation`.

    Attributes:
        method: As requests have it: case matters (RFC 9110, section 9.1).
        path: The key as written, `#fragment` included.
        pointer: Where the operation is defined: ``/paths/~1chat/post``.
        operation: The Operation Object; extensions are in its `model_extra`.
        parameters: Those of the path item and its own; its own win by name and place.
        body: What it sends.
        responses: By status: ``200``, ``4XX``, ``default``.
    """

    method: str
    path: str
    pointer: str
    operation: Operation
    parameters: tuple[Located[Parameter], ...]
    body: Located[RequestBody] | None
    responses: Mapping[str, Located[Response]]

    @property
    def called(self) -> str:
        """What findings call it: ``POST /chat``."""
        return f"{self.method} {self.path}"

    @property
    def endpoint(self) -> str:
        """What no two operations share. Their pointers they may: two paths can be one object."""
        key = self.method.lower()
        return f"{key if key in METHODS else self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Origins:
    """Which part of the one tree came from which file.

    Attributes:
        main: The document itself.
        moved: Pointer in the tree to the file, and the pointer in there, it was moved from.
        shifts: Pointer in the tree to the part that its object had moved, and the part before.
    """

    main: Text
    moved: dict[str, tuple[Text, str]] = field(default_factory=dict)
    shifts: dict[str, tuple[str, str]] = field(default_factory=dict)

    def trace(self, pointer: str) -> tuple[Text, str]:
        """The file that a part of the tree came from, and its pointer in there."""
        for ancestor in pointers.ancestors(pointer) if self.moved else ():
            if origin := self.moved.get(ancestor):
                text, start = origin
                return text, start + pointer[len(ancestor) :]
        return self.main, pointer

    def move(self, pointer: str, new: str, old: str) -> None:
        """Remember that the part `old` of an object is now its part `new`."""
        text, origin = self.trace(pointer)
        self.moved[pointer + new] = (text, origin + old)
        self.shifts[pointer] = (new, old)

    def settled(self, pointer: str) -> str:
        """Where a part of the tree is after all moves."""
        done, rest = "", pointer
        while rest:
            if shift := self.shifts.get(done):
                new, old = shift
                if f"{rest}/".startswith(f"{old}/"):
                    done, rest = done + new, rest[len(old) :]
                    continue
            token, slash, tail = rest[1:].partition("/")
            done, rest = f"{done}/{token}", slash + tail
        return done

    def locate(self, pointer: str, *, key: bool = False) -> Location:
        """The place in the file that a part of the tree came from."""
        text, origin = self.trace(pointer)
        if key and text is not self.main and pointer in self.moved:
            # What was moved has a key where it was moved to, or none.
            return self.main.positions.locate(pointer, key=True)
        return text.positions.locate(origin, key=key)


# Beside `$ref` these say nothing about what values are allowed.
_ANNOTATIONS: Final = frozenset(
    (
        *("summary", "description", "title", "default", "example", "examples", "deprecated"),
        *("readOnly", "writeOnly", "externalDocs", "xml", "$comment"),
    )
)


@dataclass(slots=True)
class Document:
    """An API, read: one tree of plain data in the shape of OpenAPI 3.1.

    Attributes:
        source: The path or URL, as the user gave it, or ``<stdin>``.
        root: The tree. Every `$ref` in it is `#` and a JSON pointer, not percent-encoded,
            to something that is there; every schema in it is well formed.
        origins: Which file each part came from.
        operations: In the order of the document.
        is_one_file: Whether no other file was looked into.
        told_apart: All schemas that have a discriminator.
    """

    source: str
    root: dict[str, Any]
    origins: Origins = field(repr=False)
    operations: tuple[OperationNode, ...] = ()
    is_one_file: bool = True
    told_apart: list[dict[str, Any]] = field(default_factory=list, repr=False)
    _resolved: dict[str, Located[Any]] = field(default_factory=dict, repr=False)

    def locate(self, pointer: str, *, key: bool = False) -> Location:
        """The place of a value (or of its key) in the file it came from.

        Where normalisation has moved it: the place of the nearest ancestor that is there.
        """
        return self.origins.locate(pointer, key=key)

    def at(self, pointer: str) -> Any:
        """The value at a pointer.

        Raises:
            KeyError: There is none.
        """
        return pointers.get(self.root, pointer)

    def mapping_at(self, pointer: str) -> Mapping[str, Any]:
        """The object at a pointer; an empty one where nothing is said instead (``get: null``).

        Raises:
            KeyError: There is nothing.
        """
        value = self.at(pointer)
        return value if isinstance(value, dict) else {}

    def components(self, section: str) -> Mapping[str, Any]:
        """The components of a section, ``schemas`` for one, by name; none where it has none."""
        found: Mapping[str, Any] = self.root.get("components", {}).get(section, {})
        return found

    def resolve(self, pointer: str) -> Located[Any]:
        """The first object from here on that is more than a reference.

        Raises:
            RefError: The references end nowhere, or go in a circle.
        """
        found = self._resolved.get(pointer)
        return resolve(self.root, pointer, self._resolved) if found is None else found


def resolve(root: Any, pointer: str, known: dict[str, Located[Any]] | None = None) -> Located[Any]:
    """Follow references from a pointer to the first object that is more than one.

    Args:
        root: The tree.
        pointer: Where to begin.
        known: What was found before, from everywhere on the way; what is found is added.

    Raises:
        RefError: The references end nowhere, or go in a circle.
    """
    known = {} if known is None else known
    passed: dict[str, None] = {}
    holder, here = pointer, pointer
    while here not in known:
        if here in passed:
            raise RefError("these references go in a circle", holder)
        passed[here] = None
        try:
            value = pointers.get(root, here)
        except KeyError:
            raise RefError(f"there is nothing at `#{here}`", holder) from None
        if is_pure_reference(value):
            holder, here = here, value["$ref"].removeprefix("#")
        else:
            known[here] = Located(value, here)
    known |= dict.fromkeys(passed, known[here])
    return known[here]


def is_pure_reference(value: Any) -> bool:
    """Whether an object only refers, with nothing beside but words about it."""
    return reference(value) is not None and all(
        key == "$ref" or key in _ANNOTATIONS or key.startswith("x-") for key in value
    )
