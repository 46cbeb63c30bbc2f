"""Fern's extension for streams (https://buildwithfern.com/learn/api-definitions/openapi)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from sdkgen.diagnostics import Diagnostics, nearest
from sdkgen.source.document import Document
from sdkgen.text.limits import shown

KEY: Final = "x-fern-streaming"
CONTEXT: Final = "x-fern-discriminator-context"
"""Says whether what tells a stream's items apart is the type of their events or in their data."""

_REQUEST: Final = "$request."


@dataclass(frozen=True, slots=True)
class Streaming:
    """What the extension says of an operation; None for what it does not say.

    Attributes:
        format: How items are told apart.
        terminator: The data that says that the stream is complete.
        condition: The argument that asks for the stream.
        resumable: Whether the stream is asked for again where it is lost.
        has_response: Whether there is a schema of the whole answer.
        has_response_stream: Whether there is one of the items.
    """

    format: Literal["sse", "json"] | None = None
    terminator: str | None = None
    condition: str | None = None
    resumable: bool | None = None
    has_response: bool = False
    has_response_stream: bool = False


def streaming(
    said: Any, operation: str, document: Document, diagnostics: Diagnostics
) -> Streaming | None:
    """What an operation's extension says; None where it declares no stream.

    Whether streams are resumable may be said for all of them, at the document's root.

    Args:
        said: Its value.
        operation: The pointer of the operation.
        document: The document.
        diagnostics: Takes what is wrong with it, which then says nothing.
    """
    if said is None or said is False:
        return None
    of_all = document.root.get(KEY)
    default = of_all.get("resumable") if isinstance(of_all, dict) else None
    if said is True:
        return Streaming(resumable=default if isinstance(default, bool) else None)
    found = _Reader(said, f"{operation}/{KEY}", document, diagnostics).read()
    if found is None or found.resumable is not None or not isinstance(default, bool):
        return found
    return replace(found, resumable=default)


@dataclass(frozen=True, slots=True)
class _Reader:
    said: Any
    pointer: str
    document: Document
    diagnostics: Diagnostics

    def read(self) -> Streaming | None:
        if not isinstance(self.said, dict):
            hint = "true, or {format: sse}"
            self._report("", f"`{KEY}` is neither `true` nor an object", hint)
            return None
        return Streaming(
            self._format(),
            self._text("terminator", "'[DONE]'"),
            self._condition(),
            self._boolean("resumable"),
            # What is wrong with these was said when the document was read.
            self.said.get("response") is not None,
            self.said.get("response-stream") is not None,
        )

    def _format(self) -> Literal["sse", "json"] | None:
        match self.said.get("format"):
            case None:
                return None
            case "sse":
                return "sse"
            case "json":
                return "json"
            case other:
                near = nearest(str(other).lower(), ("sse", "json")) or "sse"
                self._report(
                    "/format", f"`format` is {shown(other)}, and can be `sse` or `json`", near
                )
                return "sse" if near == "sse" else "json"

    def _text(self, key: str, example: str) -> str | None:
        value = self.said.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self._report(f"/{key}", f"`{key}` is {shown(value)}, which is no text", f"{key}: {example}")
        return None

    def _condition(self) -> str | None:
        found = self._text("stream-condition", "$request.stream")
        return None if found is None else found.removeprefix(_REQUEST)

    def _boolean(self, key: str) -> bool | None:
        value = self.said.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._report(f"/{key}", f"`{key}` is {shown(value)}, which is no boolean", f"{key}: true")
        return None

    def _report(self, below: str, what: str, instead: str) -> None:
        self.diagnostics.error(
            "Stream/BadExtension",
            f"{what}.",
            self.document.locate(f"{self.pointer}{below}"),
            hint=f"Write `{instead}`.",
        )
