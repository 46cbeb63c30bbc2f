"""What is wrong with a part of a document, and what to write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sdkgen.diagnostics import suggestion
from sdkgen.text.limits import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROSE: Final = frozenset(
    ("title", "summary", "description", "externalDocs", "termsOfService", "contact", "license")
)
_TEXT: Final = "text"
_CONTENT: Final = "{application/json: {schema: {type: object}}}"
_PARAMETER: Final = "{name: limit, in: query, schema: {type: integer}}"

_BY_KEY: Final[Mapping[str, str]] = {
    "/components/parameters": f"{{Limit: {_PARAMETER}}}",
    "/components/responses": "{NotFound: {description: Not found}}",
    "/components/securitySchemes": "{bearerAuth: {type: http, scheme: bearer}}",
    "/tags": "[{name: chat}]",
    "components": "{schemas: {Chat: {type: object}}}",
    "content": _CONTENT,
    "in": "query",
    "info": "{title: Chat, version: 1.0.0}",
    "name": "chat",
    "parameters": f"[{_PARAMETER}]",
    "responses": "{'200': {description: OK}}",
    "scheme": "bearer",
    "schemas": "{Chat: {type: object}}",
    "security": "[{bearerAuth: []}]",
    "servers": "[{url: 'https://api.example.com'}]",
    "tags": "[chat]",
    "type": "http",
    "url": "https://api.example.com",
}
"""What may stand under a key, or at a pointer where that is something else."""
_BY_KIND: Final[Mapping[str, str]] = {
    "header": "{schema: {type: string}}",
    "mediaType": "{schema: {type: object}}",
    "pathItem": "{get: {responses: {'200': {description: OK}}}}",
    "operation": "{responses: {'200': {description: OK}}}",
    "parameter": _PARAMETER,
    "requestBody": f"{{content: {_CONTENT}}}",
    "response": "{description: OK}",
    "securityScheme": "{type: http, scheme: bearer}",
}
"""What an object may be, by what the grammar calls it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a part of the tree.

    Attributes:
        pointer: The part to blame.
        message: What is wrong with it.
        hint: What to write instead.
    """

    pointer: str
    message: str
    hint: str | None = None

    @property
    def is_prose(self) -> bool:
        """Whether that part only speaks to people: the output is whole without it."""
        return self.pointer.rpartition("/")[2] in _PROSE


class MalformedError(Exception):
    """An object that nothing can be made of."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def missing(pointer: str, key: str) -> Finding:
    """An object lacks a key that it has to have."""
    example = _BY_KEY.get(key)
    hint = None if example is None else f"write `{key}: {example}`"
    return Finding(pointer, f"`{key}` is missing", hint)


def no_mapping(pointer: str, kind: str, value: Any) -> Finding:
    """Something else stands where an object has to be.

    Args:
        pointer: Where.
        kind: What the grammar calls the object.
        value: What stands there.
    """
    example = _BY_KIND.get(kind)
    hint = None if example is None else f"write `{example}`"
    return Finding(pointer, f"a mapping is expected, not {shown(value)}", hint)


def wrong(pointer: str, key: str, wanted: str, value: Any) -> Finding:
    """A value of another type stands under a key.

    Args:
        pointer: Where.
        key: The key.
        wanted: What should stand there, in words; where it is one of some texts, these in quotes.
        value: What stands there.
    """
    message = f"`{key}` should be {wanted}, not {shown(value)}"
    return Finding(pointer, message, _instead(pointer, key, wanted, value))


def _instead(pointer: str, key: str, wanted: str, value: Any) -> str | None:
    if wanted == _TEXT:
        is_scalar = isinstance(value, (int, float))
        return f"write it in quotes: `{key}: '{shown(value)}'`" if is_scalar else None
    if isinstance(value, str) and (choices := re.findall(r"'([^']*)'", wanted)):
        return suggestion(value, choices)
    example = _BY_KEY.get(pointer) or _BY_KEY.get(key) if wanted.startswith("a ") else None
    return None if example is None else f"write `{key}: {example}`"
