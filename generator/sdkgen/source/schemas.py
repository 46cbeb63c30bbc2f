"""Whether Schema Objects are well formed, one object at a time.

A table finds the keywords whose values cannot be right, in a fraction of the time that
validating a document takes; the official metaschema then says what is wrong with them.
A keyword that says nothing usable is reported and left out, so that no later stage
meets a malformed schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sdkgen.diagnostics import suggestion
from sdkgen.source.grammar import GRAMMAR
from sdkgen.text.limits import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdkgen.diagnostics import Diagnostics, Locate
    from sdkgen.source.grammar import Place

TYPES: Final = ("array", "boolean", "integer", "null", "number", "object", "string")
_HINTS_BY_VALUE: Final = {
    ("type", "any"): "leave `type` out: any value is allowed then",
    ("type", "file"): "write `type: string` and `format: binary`",
    ("type", "date"): "write `type: string` and `format: date`",
    ("type", "datetime"): "write `type: string` and `format: date-time`",
}


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_positive(value: Any) -> bool:
    return _is_number(value) and value > 0


def _is_count(value: Any) -> bool:
    # JSON Schema counts 2.0 among the integers (2020-12 Core §4.2.3).
    return _is_number(value) and value >= 0 and value == int(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_full_list(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 0


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


def _is_schema(value: Any) -> bool:
    return isinstance(value, (dict, bool))


def _is_names(value: Any) -> bool:
    # Normalised, so without repetitions.
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_type(value: Any) -> bool:
    if isinstance(value, str):
        return value in TYPES
    return _is_full_list(value) and _is_names(value) and set(value) <= set(TYPES)


_SHAPES: Final[dict[str, Callable[[Any], bool]]] = {
    "type": _is_type,
    "required": _is_names,
    "enum": _is_list,
    "multipleOf": _is_positive,
    "uniqueItems": _is_flag,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _is_number),
    **dict.fromkeys(
        (
            *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
            *("minContains", "maxContains"),
        ),
        _is_count,
    ),
    **dict.fromkeys(("$ref", "pattern", "format", "contentEncoding", "contentMediaType"), _is_text),
    **{
        field: {"one": _is_schema, "list": _is_full_list, "map": _is_map}[shape]
        for field, (shape, _) in GRAMMAR["schema"].items()
    },
}
# These only speak about values: the output is whole without them.
_ANNOTATIONS: Final[dict[str, Callable[[Any], bool]]] = {
    **dict.fromkeys(("title", "description", "$comment"), _is_text),
    **dict.fromkeys(("deprecated", "readOnly", "writeOnly"), _is_flag),
    "examples": _is_list,
}
KEYWORDS: Final = {**_SHAPES, **_ANNOTATIONS}


def check(place: Place, locate: Locate, diagnostics: Diagnostics) -> None:
    """Report what is malformed in one schema, and leave it out, in place."""
    schema = place.value
    if isinstance(schema, bool):
        return
    if schema.__class__ is not dict:
        message = f"a schema is a mapping or a boolean, not {shown(schema)}; any value is allowed"
        diagnostics.error("Schema/Malformed", message, locate(place.pointer))
        place.parent[place.key] = True
        return
    wrong = [
        key
        for key, value in schema.items()
        if (is_right := KEYWORDS.get(key)) is not None and not is_right(value)
    ]
    for key in wrong:
        _report(place, key, locate, diagnostics)
        del schema[key]


def _report(place: Place, key: str, locate: Locate, diagnostics: Diagnostics) -> None:
    value = place.value[key]
    below, why = _explanation(key, value)
    report = diagnostics.warning if key in _ANNOTATIONS else diagnostics.error
    report(
        "Schema/Malformed",
        f"`{key}` of a schema is left out: {why}",
        locate(f"{place.pointer}/{key}{below}"),
        hint=_hint(place, key, value),
    )


def _explanation(key: str, value: Any) -> tuple[str, str]:
    """What the metaschema of JSON Schema 2020-12 says of one keyword, and where in its value."""
    if key == "type":
        return "", f"{shown(value)} is none of {', '.join(TYPES)}"
    # Takes a tenth of a second to import, which sound documents need not wait for.
    from jsonschema import Draft202012Validator  # noqa: PLC0415
    from jsonschema.exceptions import best_match  # noqa: PLC0415

    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    error = best_match(validator.iter_errors({key: value}))
    if error is None:
        return "", f"{shown(value)} is not what it can be"
    below = "".join(f"/{token}" for token in list(error.absolute_path)[1:])
    said = error.message.removeprefix(repr(error.instance))
    return below, shown(error.instance) + said


def _hint(place: Place, key: str, value: Any) -> str | None:
    if hint := _HINTS_BY_VALUE.get((key, value if isinstance(value, str) else "")):
        return hint
    if key == "type" and (hint := suggestion(str(value), TYPES)):
        return hint
    if key == "required" and isinstance(value, bool):
        is_property = place.pointer.split("/")[-2:-1] == ["properties"]
        name = place.key if is_property else "name"
        return f"name the required properties in the object around them: `required: [{name}]`"
    if key == "items" and isinstance(value, list):
        return "the items of a tuple are `prefixItems`"
    if key in ("enum", "required", "examples") and isinstance(value, (str, int, float)):
        return f"write a list: `{key}: [{value}]`"
    return None
