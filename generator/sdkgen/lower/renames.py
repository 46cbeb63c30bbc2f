"""The names that a document's extensions give to models, their fields, and arguments.

Speakeasy's `x-speakeasy-name-override`, Fern's `x-fern-type-name`, `x-fern-property-name` and
`x-fern-parameter-name`, and what Stainless' `x-stainless-naming` says of Python.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import takewhile
from typing import Any, Final

from sdkgen.lower import names

_SPEAKEASY: Final = "x-speakeasy-name-override"
_NAMESPACE: Final = "x-speakeasy-model-namespace"
_STAINLESS: Final = "x-stainless-naming"
_RESPONSES: Final = "/components/responses/"


def of_model(schema: Any, pointer: str) -> str | None:
    """The name of the class for a schema; None where it has none, or is but a reference.

    Args:
        schema: The schema.
        pointer: Where it is. Of a property, Speakeasy's name is the attribute's; in a response
            that has a name, Fern's is not read: published documents have there what a machine made,
            `NotFoundErrorBody` for a status of 400.
    """
    if not isinstance(schema, dict) or "$ref" in schema:
        return None
    above = pointer.split("/")[:-1]
    # A property may be called `properties` itself: of some in a row, every other is the keyword.
    is_field = len(list(takewhile("properties".__eq__, reversed(above)))) % 2 == 1
    is_shared = pointer.startswith(_RESPONSES)
    said = _stainless(schema, "model_name")
    if said is None and not is_shared:
        said = _text(schema, "x-fern-type-name")
    if said is None and not is_field and (said := _text(schema, _SPEAKEASY)):
        # A package has one namespace for all of its models.
        said = f"{_text(schema, _NAMESPACE) or ''} {said}"
    return None if said is None else names.pascal(said)


def of_field(schema: Any) -> str | None:
    """The name of the attribute for a property with this schema."""
    return (
        _text(schema, _SPEAKEASY)
        or _text(schema, "x-fern-property-name")
        or _stainless(schema, "property_name")
    )


def of_argument(node: Any) -> str | None:
    """The name of the argument for a parameter, or for a property of a body with this schema."""
    return (
        _stainless(node, "method_argument")
        or _text(node, "x-fern-parameter-name")
        or of_field(node)
    )


def undisputed(said: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Those of the names that an extension gives which nothing else would have.

    Args:
        said: The names, by what has them.
        wanted: The names that all would have without them, by the same.
    """
    while True:  # what does not get a name goes back to its own, which another may have been given
        often = Counter(name.casefold() for name in {**wanted, **said}.values())
        left = {key: name for key, name in said.items() if often[name.casefold()] == 1}
        if len(left) == len(said):
            return left
        said = left


def _text(node: Any, key: str) -> str | None:
    value = node.get(key) if isinstance(node, dict) else None
    return value if isinstance(value, str) and names.words(value) else None


def _stainless(node: Any, key: str) -> str | None:
    said = node.get(_STAINLESS) if isinstance(node, dict) else None
    return _text(said.get("python"), key) if isinstance(said, dict) else None
