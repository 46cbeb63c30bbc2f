"""How the values of parameters and of forms are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from sdkgen.diagnostics import Diagnostics
from sdkgen.ir import api
from sdkgen.ir.types import ListOf, MapOf, Model, Named, Primitive, TypeRef, leaves_of
from sdkgen.lower.schemas import Schemas
from sdkgen.source.document import Document

_STYLES: Final[Mapping[str, tuple[str, ...]]] = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
    "body": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
}
"""The styles of each place, its default first: OpenAPI 3.1, sections 4.8.12.2 and 4.8.15.1, and
`cookie` of OpenAPI 3.2, section 4.12.3."""

_FORM: Final = api.Style("form", explode=True)


class Styles:
    """Decides how values are written; what a document leaves undefined is reported."""

    def __init__(self, document: Document, schemas: Schemas, diagnostics: Diagnostics) -> None:
        self._document = document
        self._schemas = schemas
        self._diagnostics = diagnostics
        self._said: set[str] = set()

    def of(
        self, said: Mapping[str, Any], pointer: str, name: str, place: str, type_: TypeRef
    ) -> api.Style | None:
        """How a value is written, where that matters and is not its place's default.

        Args:
            said: The object with `style`, `explode` and `allowReserved`.
            pointer: Where it stands.
            name: The name of what is written.
            place: Where it goes.
            type_: What it is.
        """
        default = _STYLES[place][0]
        style = said.get("style", default)
        if style not in _STYLES[place]:
            self._warn(
                f"{_subject(name, place)} has the style `{style}`, which is none of its place: "
                f"it is written as `{default}`.",
                pointer,
                f"Write one of {', '.join(f'`{one}`' for one in _STYLES[place])}.",
            )
            style = default
        explode = said.get("explode")
        if not isinstance(explode, bool):
            explode = style in ("form", "deepObject", "cookie")
        found = self._defined(
            api.Style(
                cast("api.StyleName", style),
                explode,
                # OpenAPI 3.1, section 4.8.12.2.2: of other places it says nothing.
                said.get("allowReserved") is True and place in ("query", "body"),
            ),
            type_,
            _subject(name, place),
            pointer,
        )
        if found == api.Style(default, default == "form"):  # type: ignore[arg-type]
            return None
        is_plain = self._kinds(type_) <= {"primitive"} and found.name in ("form", "simple")
        return None if is_plain and not found.reserved else found

    def _defined(self, style: api.Style, type_: TypeRef, subject: str, pointer: str) -> api.Style:
        """The style, or what is done instead where it is not defined for such values."""
        known = self._kinds(type_) - {"any"}
        others = ", ".join(f"{kind}s" for kind in sorted(known - {"object"}))
        match style.name:
            case "spaceDelimited" | "pipeDelimited" if style.explode:
                self._warn(
                    f"{subject} has the style `{style.name}` with `explode: true`, which OpenAPI "
                    "does not define: each item is written for itself, as in style `form`.",
                    pointer,
                    "Write `explode: false`, or `style: form`.",
                )
                return api.Style("form", explode=True, reserved=style.reserved)
            case "spaceDelimited" | "pipeDelimited" if known and known <= {"primitive"}:
                self._warn(
                    f"{subject} has the style `{style.name}`, which OpenAPI defines for arrays and "
                    "objects: it is written as in style `form`.",
                    pointer,
                    "Write `style: form`.",
                )
                return api.Style("form", explode=True, reserved=style.reserved)
            case "deepObject" if not style.explode or others:
                case = "`explode: false`" if not style.explode else others
                self._warn(
                    f"{subject} has the style `deepObject`, which OpenAPI does not define for "
                    f"{case}: {_DEEP}.",
                    pointer,
                    "Write an object with `explode: true`, or another style.",
                )
                return api.Style("deepObject", explode=True, reserved=style.reserved)
            case "deepObject":
                return style
        if self._is_nested(type_):
            self._warn(
                f"{subject} has arrays or objects inside of others, for which OpenAPI defines no "
                f"style: in `{style.name}` those are written as JSON.",
                pointer,
                "Write `style: deepObject`, or `content: {application/json: {schema: ...}}`.",
            )
        return style

    def _kinds(self, type_: TypeRef) -> frozenset[str]:
        """What values of a type are to a style: `primitive`, `array`, `object`, or `any`."""
        return frozenset(map(_kind, leaves_of(type_, self._schemas.known))) - {""}

    def _is_nested(self, type_: TypeRef) -> bool:
        """Whether values have arrays or objects in them that have such in turn."""
        inside: list[TypeRef] = []
        for one in leaves_of(type_, self._schemas.known):
            match one:
                case ListOf(inner) | MapOf(inner):
                    inside.append(inner)
                case Named(name) if isinstance(model := self._schemas.defined(name), Model):
                    inside += (field.type for field in model.fields)
        return any(not self._kinds(one).isdisjoint({"array", "object"}) for one in inside)

    def _warn(self, message: str, pointer: str, hint: str) -> None:
        """Say it once of all parameters of one name: one document has hundreds of them."""
        if message in self._said:
            return
        self._said.add(message)
        self._diagnostics.warning(
            "Parameters/Style", message, self._document.locate(pointer), hint=hint
        )


_DEEP: Final = (
    "every step down is a pair of brackets, with a key or a position in it (`a[b]=1`, `a[0]=1`)"
)


def _kind(type_: TypeRef) -> str:
    """What a value that is no union is to a style; nothing for null."""
    match type_:
        case Primitive.ANY:
            return "any"
        case Primitive.NONE:
            return ""
        case ListOf():
            return "array"
        case MapOf() | Named():
            return "object"
    return "primitive"


def _subject(name: str, place: str) -> str:
    return f"The property `{name}`" if place == "body" else f"The {place} parameter `{name}`"
