"""Raw objects to typed ones. What is malformed and can be missed is reported and left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from sdkgen.source.malformed import Finding, MalformedError, missing, wrong
from sdkgen.source.outline import Outline
from sdkgen.text.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

M = TypeVar("M", bound=BaseModel)

# In the words of documents, not of Python.
_SHOULD_BE: Final = {
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), "a mapping"),
    "list_type": "a list",
    "string_type": "text",
    **dict.fromkeys(("bool_type", "bool_parsing"), "true or false"),
}
# Fewer alternatives would mean something else: all of these or none (OpenAPI 3.1 §4.8.30).
_WHOLE: Final = "security"


@dataclass(frozen=True, slots=True)
class Parsed(Generic[M]):
    """A typed object, where it is defined, and what had to be left out of it."""

    value: M
    pointer: str
    findings: tuple[Finding, ...]


def parse(
    model: type[M], kind: str, root: Any, pointer: str, defaults: dict[str, Any] | None = None
) -> Parsed[M]:
    """Read one object of the tree.

    Args:
        model: What to make of it.
        kind: What the grammar calls it.
        root: The tree.
        pointer: Where the object is, or a reference to it.
        defaults: What holds for keys that it has not.

    Raises:
        MalformedError: Nothing can be made of it.
    """
    outline = Outline(root)
    copied = outline.copy(kind, pointer)
    raw = {**(defaults or {}), **copied}
    outline.origins[id(raw)] = start = outline.origins[id(copied)]
    value = mend(model, raw, outline)
    return Parsed(value, start, tuple(outline.findings))


def mend(model: type[M], raw: dict[str, Any], outline: Outline) -> M:
    """Validate, and leave out what fails until it passes.

    Args:
        model: What to make of `raw`.
        raw: Is changed: afterwards it has nothing malformed.
        outline: Knows where the parts of `raw` came from, and takes what is found.

    Raises:
        MalformedError: What fails is needed.
    """
    causes: dict[tuple[int, str], Finding] = {}
    while True:
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            # Where a reference might stand, both readings fail: only the other is meant.
            errors = [one for one in error.errors() if "Reference" not in one["loc"]]
            _leave_out(raw, errors or error.errors(), outline, causes)


def _leave_out(
    raw: dict[str, Any],
    errors: Sequence[ErrorDetails],
    outline: Outline,
    causes: dict[tuple[int, str], Finding],
) -> None:
    """Remove what fails; what misses something that was removed goes for the same reason."""
    doomed: dict[tuple[int, str | int], Any] = {}
    for error in errors:
        part = _find(raw, error["loc"], outline)
        cause = None
        if error["type"] == "missing":
            name = str(error["loc"][-1])
            cause = causes.get((id(part.value), name))
            finding = cause or missing(part.pointer, name)
        else:
            finding = wrong(part.pointer, str(part.key), _wanted(error), part.value)
        if part.holder is None:
            raise MalformedError(finding)
        if (id(part.holder), part.key) in doomed:
            continue
        doomed[id(part.holder), part.key] = part.holder
        causes[id(part.holder), str(part.key)] = finding
        if cause is None:
            outline.findings.append(finding)
    # From the end of each list, so that what is left keeps its index until then.
    for (_, key), holder in sorted(doomed.items(), key=_index, reverse=True):
        del holder[key]


def _index(doomed: tuple[tuple[int, str | int], Any]) -> int:
    key = doomed[0][1]
    return key if isinstance(key, int) else 0


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an object, and the collection that it can be removed from, if it is not all."""

    value: Any
    pointer: str
    holder: Any = None
    key: str | int = ""


def _find(raw: dict[str, Any], loc: Sequence[str | int], outline: Outline) -> _Part:
    """The part that pydantic speaks of; it puts the names of models among the keys."""
    part = _Part(raw, outline.origins[id(raw)])
    for token in loc:
        try:
            value = part.value[token]
        except (LookupError, TypeError):
            continue
        pointer = outline.origins.get(id(value), f"{part.pointer}/{escape(str(token))}")
        holder, key = (part.holder, part.key) if part.key == _WHOLE else (part.value, token)
        part = _Part(value, pointer, holder, key)
    return part


def _wanted(error: ErrorDetails) -> str:
    return _SHOULD_BE.get(error["type"]) or error["msg"].removeprefix("Input should be ")
