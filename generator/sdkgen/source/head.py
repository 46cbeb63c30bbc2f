"""What a document says of the API as a whole: made sound, in the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from openapi_pydantic.v3.v3_1 import OpenAPI

from sdkgen.source.grammar import GRAMMAR
from sdkgen.source.malformed import MalformedError, wrong
from sdkgen.source.outline import Outline
from sdkgen.source.typed import mend
from sdkgen.text import pointers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sdkgen.diagnostics import Diagnostics
    from sdkgen.source.document import Document

_SCHEMES: Final = "/components/securitySchemes"
_FIELDS: Final = ("info", "servers", "security", "tags", "externalDocs")


def mend_head(document: Document, diagnostics: Diagnostics) -> None:
    """Leave out of `info`, `servers`, `security`, `tags` and security schemes what is malformed.

    Args:
        document: Its tree is changed; a missing title or version is an empty string there.
        diagnostics: Takes what is left out.
    """
    root = document.root
    outline = Outline(root)
    head: dict[str, Any] = {"openapi": root["openapi"]}
    head |= {field: root[field] for field in _FIELDS if root.get(field) is not None}
    _check_components(root, outline)
    _warn_of_missing(head.get("info", {}), document, diagnostics)
    head["info"] = _info(head.get("info", {}), outline)
    head["components"] = components = {"securitySchemes": _security_schemes(outline)}
    outline.origins[id(head)] = ""
    mend(OpenAPI, head, outline)
    for field in _FIELDS:
        root.pop(field, None)
        if field in head:
            root[field] = head[field]
    if components.get("securitySchemes"):
        root["components"]["securitySchemes"] = components["securitySchemes"]
    for finding in outline.findings:
        report = diagnostics.warning if finding.is_prose else diagnostics.error
        message = f"a part of the document is left out: {finding.message}"
        report("Document/Malformed", message, document.locate(finding.pointer), hint=finding.hint)


def _warn_of_missing(info: Any, document: Document, diagnostics: Diagnostics) -> None:
    """Name what `info` has to have (OpenAPI 3.1, section 4.8.2.1) and lacks."""
    if not isinstance(info, dict):
        return
    missing = [f"`{key}`" for key in ("title", "version") if info.get(key) is None]
    if missing:
        verb = "are" if missing[1:] else "is"
        diagnostics.warning(
            "Document/Incomplete",
            f"{' and '.join(missing)} of the API {verb} missing in `info`",
            document.locate("/info"),
            hint="write `info: {title: Chat, version: 1.0.0}`",
        )


def _info(said: Any, outline: Outline) -> dict[str, Any]:
    """Title and version are often missing, and no call depends on them."""
    if not isinstance(said, dict):
        outline.findings.append(wrong("/info", "info", "a mapping", said))
        said = {}
    info = {key: value for key, value in said.items() if value is not None}
    for key in ("title", "version"):
        value = info.setdefault(key, "")
        if isinstance(value, (int, float)):
            info[key] = str(value)  # `version: 1.0` in YAML
        elif not isinstance(value, str):
            outline.findings.append(wrong(f"/info/{key}", key, "text", value))
            info[key] = ""
    return info


def _check_components(root: dict[str, Any], outline: Outline) -> None:
    """Leave out what should be a mapping and is none."""
    _check_mappings(root, "", ("components",), outline)
    _check_mappings(root.get("components", {}), "/components", GRAMMAR["components"], outline)


def _check_mappings(
    holder: dict[str, Any], pointer: str, keys: Iterable[str], outline: Outline
) -> None:
    for key in keys:
        if not isinstance(holder.get(key, {}), dict):
            value = holder.pop(key)
            if value is not None:
                outline.findings.append(wrong(f"{pointer}/{key}", key, "a mapping", value))


def _security_schemes(outline: Outline) -> dict[str, Any]:
    schemes: dict[str, Any] = {}
    try:
        names = pointers.get(outline.root, _SCHEMES)
    except KeyError:
        return schemes
    for name in names if isinstance(names, dict) else ():
        try:
            schemes[name] = outline.copy("securityScheme", f"{_SCHEMES}/{pointers.escape(name)}")
        except MalformedError as error:
            outline.findings.append(error.finding)
    return schemes
