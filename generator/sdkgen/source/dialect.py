"""OpenAPI 3.0, 3.1 and 3.2 to one shape: that of 3.1, with the new keywords of 3.2 kept."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NoReturn

from sdkgen.diagnostics import fail
from sdkgen.source.document import RefError, resolve
from sdkgen.text import pointers
from sdkgen.text.limits import shortened, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdkgen.source.document import Origins
    from sdkgen.text import Text

SHAPE: Final = "3.1.1"
"""What `openapi` says in a normalised document."""

_VERSION: Final = re.compile(r"3\.[012](?:\.\d+)?(?:-.+)?")
# Of a schema that becomes one branch of a union: what stays with the union.
_ANNOTATIONS: Final = frozenset(
    (
        *("title", "description", "default", "example", "examples", "deprecated"),
        *("readOnly", "writeOnly", "externalDocs", "$comment"),
    )
)
_FORM: Final = pointers.escape("application/x-www-form-urlencoded")
_NEEDS_UNION: Final = frozenset(("$ref", "allOf", "oneOf", "anyOf", "const"))


def check_version(text: Text) -> None:
    """Refuse a document that is not one of OpenAPI 3.0, 3.1 or 3.2.

    Raises:
        DocumentError: It is no OpenAPI document, or of a version that is not read.
    """
    if not isinstance(text.data, dict):
        at = text.positions.locate("")
        message = f"this is {shown(text.data)}, and an OpenAPI document is a mapping"
        fail("Source/NotOpenApi", message, at, "begin with `openapi: 3.1.0`")
    if "swagger" in text.data:
        _fail_as_swagger(text)
    said = text.data.get("openapi")
    if said is None:
        at, hint = text.positions.locate(""), "write `openapi: 3.1.0` as the first line"
        fail("Source/NotOpenApi", "`openapi`, the version of the document, is missing", at, hint)
    if not _VERSION.fullmatch(str(said)):
        message = f"version `{shortened(str(said))}` of OpenAPI is not read"
        at, hint = text.positions.locate("/openapi"), "3.0, 3.1 and 3.2 are"
        fail("Source/Version", message, at, hint)


def _fail_as_swagger(text: Text) -> NoReturn:
    message = f"this is a Swagger {text.data['swagger']} document; only OpenAPI 3 is read"
    hint = (
        "convert it: `npx swagger2openapi --yaml --outfile openapi.yaml <file>`,\n"
        "or open it in https://editor.swagger.io and choose Edit > Convert to OpenAPI 3"
    )
    fail("Source/Swagger2", message, text.positions.locate("/swagger", key=True), hint)


def settle_media_types(referring: Sequence[str], root: Any, origins: Origins) -> None:
    """Put Media Type Objects in the place of references to them.

    OpenAPI 3.2 has such references (section 4.14), and 3.1 has none.
    """
    parents = (one.rpartition("/")[0] for one in referring)
    above_any = {above for one in parents for above in pointers.ancestors(one)}
    for pointer in referring:
        with suppress(RefError):  # which is reported where it stands
            found = resolve(root, pointer)
            if found.pointer in above_any or not found.pointer.startswith("/"):
                continue  # what it refers to may have this very one in it, or is nowhere
            above, _, key = pointer.rpartition("/")
            pointers.get(root, above)[pointers.tokens(f"/{key}")[0]] = found.value
            origins.moved[pointer] = origins.trace(found.pointer)


def is_query_string(parameter: Any) -> bool:
    """Whether a parameter is the whole of the query."""
    return isinstance(parameter, dict) and parameter.get("in") == "querystring"


def settle_query_strings(parameters: Sequence[tuple[str, Any]], origins: Origins) -> None:
    """Make of a whole query that is a form one parameter, whose members are written each.

    OpenAPI 3.2 has `in: querystring` (section 4.12.2), and 3.1 has not. A query that is no form is
    left as it is, and refused like any parameter that stands nowhere.

    Args:
        parameters: Parameter Objects that are said to be the query, with their pointers.
        origins: Learns where their schemas are now.
    """
    for pointer, parameter in parameters:
        match parameter.get("content"):
            case {"application/x-www-form-urlencoded": dict(media), **rest} if not (
                rest or "encoding" in media
            ):
                del parameter["content"]
                parameter |= {"in": "query", "style": "form", "explode": True}
                parameter["schema"] = media.get("schema", {})
                origins.move(pointer, "/schema", f"/content/{_FORM}/schema")


def normalise(schema: Any) -> tuple[str, str] | None:
    """Rewrite one Schema Object, in place.

    Returns:
        Where a part of it is now, and where that was before, if it has moved.
    """
    if schema.__class__ is not dict:
        return None
    _exclusive(schema, "exclusiveMinimum", "minimum")
    _exclusive(schema, "exclusiveMaximum", "maximum")
    required = schema.get("required")
    if isinstance(required, list) and all(isinstance(name, str) for name in required):
        # Repetitions are common, forbidden, and without a meaning.
        schema["required"] = list(dict.fromkeys(required))
    return _nullable(schema) if "nullable" in schema else None


def _nullable(schema: dict[str, Any]) -> tuple[str, str] | None:
    """`nullable` of 3.0 (§4.7.24.1) as `null` among the types; documents of 3.1 use it too."""
    if schema.pop("nullable") is not True:
        return None
    if not _NEEDS_UNION.isdisjoint(schema):
        return _unite_with_null(schema)
    kind = schema.get("type")
    if isinstance(kind, str) and kind != "null":
        schema["type"] = [kind, "null"]
    elif isinstance(kind, list) and "null" not in kind:
        schema["type"] = [*kind, "null"]
    if isinstance(values := schema.get("enum"), list) and None not in values:
        schema["enum"] = [*values, None]
    return None


def _unite_with_null(schema: dict[str, Any]) -> tuple[str, str] | None:
    kept = {key for key in schema if key in _ANNOTATIONS or key.startswith("x-")}
    branch = {key: schema.pop(key) for key in list(schema) if key not in kept}
    moved: tuple[str, str] | None
    match branch:
        case {"allOf": [only], **rest} if not rest:
            branches, moved = [only], ("/anyOf/0", "/allOf/0")
        case {"anyOf": [*several], **rest} if not rest:
            branches, moved = several, None
        case _:
            branches, moved = [branch], ("/anyOf/0", "")
    schema["anyOf"] = [*branches, {"type": "null"}]
    return moved


def _exclusive(schema: dict[str, Any], exclusive: str, bound: str) -> None:
    """In 3.0 `exclusiveMinimum` is a boolean about `minimum`; since 3.1 it is the bound itself."""
    if (is_exclusive := schema.get(exclusive)).__class__ is not bool:
        return
    del schema[exclusive]
    if is_exclusive and bound in schema:
        schema[exclusive] = schema.pop(bound)
