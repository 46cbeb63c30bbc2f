"""Parameters to arguments: their names, their types, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from sdkgen.diagnostics import Diagnostics
from sdkgen.ir import api
from sdkgen.ir.types import Primitive, TypeRef
from sdkgen.lower import names, renames
from sdkgen.lower.mediatypes import is_json, is_text
from sdkgen.lower.routes import cut
from sdkgen.lower.schemas import Schemas
from sdkgen.lower.shapes import text_of
from sdkgen.lower.styles import Styles
from sdkgen.source.document import Document, Located, OperationNode
from sdkgen.source.grammar import TOKEN
from sdkgen.text.pointers import escape, tokens

_NOT_PARAMETERS: Final = frozenset({"accept", "content-type", "authorization"})
"""OpenAPI 3.1, section 4.8.12.2.1: header parameters of these names are to be ignored."""
_SHARED: Final = re.compile("/components/(?:parameters|requestBodies|responses)/([^/]+)")


class Parameters:
    """Lowers the parameters of operations."""

    def __init__(
        self, document: Document, diagnostics: Diagnostics, *, schemas: Schemas, styles: Styles
    ) -> None:
        self._document = document
        self._diagnostics = diagnostics
        self._schemas = schemas
        self._styles = styles

    def of(self, node: OperationNode, hint: str) -> Iterable[api.Parameter]:
        """The arguments that an operation's parameters are."""
        path = route(node.path)
        places = {(one.value.name, one.value.param_in.value) for one in node.parameters}
        for located in node.parameters:
            parameter = located.value
            wire, place = parameter.name, parameter.param_in.value
            if place == "header" and not self._is_header(located):
                continue
            if place == "path" and f"{{{wire}}}" not in path:
                # Of a query that is written into the path: `/search?q={q}`.
                if (wire, "query") in places:
                    continue
                place = "query"
            said = self._document.mapping_at(located.pointer)
            own = shared_name(located.pointer) or names.pascal(f"{hint}_{wire}")
            type_ = self._type(located, own)
            yield api.Parameter(
                names.argument(renames.of_argument(said) or wire),
                wire,
                cast("api.Place", place),
                type_,
                parameter.required or place == "path",
                parameter.description or text_of(self._schema(located), "description"),
                self._style(located, place, type_),
                self._assumed(located),
            )

    def _is_header(self, located: Located[Any]) -> bool:
        """Whether a parameter is a header that can be sent; an error where none could."""
        wire = located.value.name
        if TOKEN.fullmatch(wire):
            return wire.lower() not in _NOT_PARAMETERS
        self._diagnostics.error(
            "Parameters/Name",
            f"The header parameter {wire!r} is left out: no header can have this name.",
            self._document.locate(f"{located.pointer}/name"),
            hint="Write a name of letters, digits and hyphens: X-Request-Id",
        )
        return False

    def _assumed(self, located: Located[Any]) -> bool | None:
        assumed = self._schema(located).get("default")
        return assumed if isinstance(assumed, bool) else None

    def _schema(self, located: Located[Any]) -> Mapping[str, Any]:
        """What a parameter's schema says itself; nothing where it says it elsewhere, or nowhere."""
        schema = self._document.mapping_at(located.pointer).get("schema")
        return schema if isinstance(schema, dict) else {}

    def _type(self, located: Located[Any], hint: str) -> TypeRef:
        media_type = _media_type(located)
        if media_type is not None and not is_json(media_type):
            return Primitive.STRING
        content = f"/content/{escape(media_type)}" if media_type is not None else ""
        pointer = f"{located.pointer}{content}/schema"
        try:
            self._document.at(pointer)
        except KeyError:
            return Primitive.ANY if content else Primitive.STRING
        return self._schemas.type_at(pointer, hint)

    def _style(self, located: Located[Any], place: str, type_: TypeRef) -> api.Style | None:
        media_type = _media_type(located)
        name = located.value.name
        if media_type is None:
            said = self._document.mapping_at(located.pointer)
            return self._styles.of(said, located.pointer, name, place, type_)
        if is_json(media_type):
            return api.Style("json")
        if not is_text(media_type):
            self._diagnostics.warning(
                "Parameters/MediaType",
                f"The {place} parameter `{name}` is of type `{media_type}`, which is not written "
                "here: its argument is the text to send.",
                self._document.locate(f"{located.pointer}/content/{escape(media_type)}", key=True),
                hint="Write `application/json`, or a `schema` with a `style`.",
            )
        return None


def _media_type(located: Located[Any]) -> str | None:
    """The one media type of a parameter with `content` (OpenAPI 3.1, section 4.8.12.2.3)."""
    return next(iter(located.value.content or ()), None)


def route(path: str) -> str:
    """A path key as it is sent: without a fragment, and without the query's own parameters."""
    path, query = cut(path)
    fixed = "&".join(pair for pair in query.split("&") if pair and "{" not in pair)
    return f"{path}?{fixed}" if fixed else path


def shared_name(pointer: str) -> str | None:
    """A name for what an object that operations share needs, after the object itself."""
    return names.pascal(tokens(pointer)[-1]) if _SHARED.fullmatch(pointer) else None
