"""Responses to the ways in which an operation may answer.

Where one response may be of several media types, the client chooses between them by what it asks
for: JSON, if its schema says what is in it, and bytes, if it is but text or nothing is said. XML,
which is text here, is never asked for beside JSON. What the statuses leave open is the server's
choice, and all of it is given.
"""

from __future__ import annotations

import http
from dataclasses import dataclass
from typing import Final

from sdkgen.diagnostics import Diagnostics
from sdkgen.ir import api
from sdkgen.ir.types import Primitive
from sdkgen.lower import names
from sdkgen.lower.eventdata import EventData
from sdkgen.lower.mediatypes import framing_of, is_json, is_text, is_xml
from sdkgen.lower.parameters import shared_name
from sdkgen.lower.plans import StreamPlan
from sdkgen.lower.schemas import Schemas
from sdkgen.lower.successes import is_success
from sdkgen.lower.xml import Xml
from sdkgen.source.document import Document, OperationNode
from sdkgen.text.pointers import escape

_VAGUE: Final = (Primitive.ANY, Primitive.STRING, Primitive.BINARY)
"""The types of JSON that is offered beside bytes, and probably stands for the same bytes."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an operation's responses come to, streams aside."""

    returns: tuple[api.Outcome, ...]
    raises: tuple[api.Outcome, ...]


class Answers:
    """Lowers the responses of operations."""

    def __init__(
        self, document: Document, schemas: Schemas, diagnostics: Diagnostics, xml: Xml
    ) -> None:
        self._document = document
        self._xml = xml
        self._schemas = schemas
        self._diagnostics = diagnostics
        self._data = EventData(document, schemas)

    def of(self, node: OperationNode, hint: str, plan: StreamPlan | None) -> Answered:
        """How an operation may answer.

        Args:
            node: The operation.
            hint: What its answers are called, where the document has no name for them.
            plan: How it streams, if it does.
        """
        returns: list[api.Outcome] = []
        raises: list[api.Outcome] = []
        for status, response in node.responses.items():
            if is_success(status, node.responses) and node.method == "HEAD":
                # Never has content, whatever is declared (RFC 9110, section 9.3.2).
                returns.append(api.Outcome(status, api.Kind.EMPTY, None, Primitive.NONE))
            elif is_success(status, node.responses):
                offered = self._offered(node, status, hint, first=not returns)
                returns += self._chosen(node, status, offered)
                if not response.value.content:
                    returns.append(api.Outcome(status, api.Kind.EMPTY, None, Primitive.NONE))
            else:
                raises += self._offered(node, status, hint, first=False)
        if plan is not None and plan.whole is not None:
            type_ = self._schemas.type_at(plan.whole, f"{hint}Response")
            returns = [api.Outcome("200", api.Kind.JSON, "application/json", type_)]
        elif plan is not None and (
            plan.always or all(one.kind is api.Kind.EMPTY for one in returns)
        ):
            returns = []
        elif plan is None and not returns:
            # Nothing is said of success: whatever JSON comes is given as it is.
            returns = [api.Outcome("2XX", api.Kind.JSON, "application/json", Primitive.ANY)]
        return Answered(tuple(returns), tuple(raises))

    def _offered(
        self, node: OperationNode, status: str, hint: str, *, first: bool
    ) -> list[api.Outcome]:
        """The media types of one response that are no streams, but for errors."""
        found: list[api.Outcome] = []
        response = node.responses[status]
        shared = shared_name(response.pointer)
        success = is_success(status, node.responses)
        for media_type in response.value.content or {}:
            pointer = f"{response.pointer}/content/{escape(media_type)}"
            is_first = first and not found
            name = _answer_name(hint, status, first=is_first, success=success)
            name = f"{shared}Body" if shared else name
            if framing_of(media_type) is None:
                found.append(self._outcome(status, media_type, pointer, name))
            elif (
                framing_of(media_type) == "sse"
                and not success
                and (said := self._data.of_failure(pointer)) is not None
            ):
                type_ = self._schemas.type_at(said, name)
                found.append(api.Outcome(status, api.Kind.JSON, media_type, type_))
        return found

    def _outcome(self, status: str, media_type: str, pointer: str, hint: str) -> api.Outcome:
        declared = "schema" in self._document.mapping_at(pointer)
        if is_json(media_type):
            type_ = self._schemas.type_at(f"{pointer}/schema", hint) if declared else Primitive.ANY
            if type_ is Primitive.BINARY and "*" in media_type:
                return api.Outcome(status, api.Kind.BINARY, media_type, type_)
            return api.Outcome(status, api.Kind.JSON, media_type, type_)
        if is_xml(media_type):
            self._xml.found(media_type, pointer)
            return api.Outcome(status, api.Kind.XML, media_type, Primitive.STRING)
        if is_text(media_type):
            return api.Outcome(status, api.Kind.TEXT, media_type, Primitive.STRING)
        return api.Outcome(status, api.Kind.BINARY, media_type, Primitive.BINARY)

    def _chosen(
        self, node: OperationNode, status: str, offered: list[api.Outcome]
    ) -> list[api.Outcome]:
        """Those of the media types of a response that are asked for."""
        if any(one.kind is api.Kind.JSON for one in offered):
            offered = [one for one in offered if one.kind is not api.Kind.XML]
        left_out = _left_out(offered)
        asked = [one for one in offered if one not in left_out]
        for one in left_out:
            others = ", ".join(f"`{other.media_type}`" for other in asked)
            pointer = f"{node.responses[status].pointer}/content/{escape(one.media_type or '')}"
            self._diagnostics.warning(
                "Response/MediaType",
                f"{node.called} is asked for {others}; what it would answer "
                f"as `{one.media_type}` is left out.",
                self._document.locate(pointer, key=True),
                hint="Give it a status of its own, if it is not for clients to choose.",
            )
        return asked


def _left_out(offered: list[api.Outcome]) -> list[api.Outcome]:
    """Of JSON and bytes in one response, those that are not asked for."""
    as_bytes = [one for one in offered if one.kind is api.Kind.BINARY]
    as_json = [one for one in offered if one.kind is api.Kind.JSON]
    if not as_bytes or not as_json:
        return []
    return as_json if all(one.type in _VAGUE for one in as_json) else as_bytes


def _answer_name(hint: str, status: str, *, first: bool, success: bool) -> str:
    """A name for the body of an answer: ``ChatCreateResponse``, ``ChatCreateConflictError``."""
    kind = "response" if success else "error"
    if success and first:
        return names.pascal(f"{hint}_{kind}")
    ranges = {"4": "client", "5": "server"}
    try:
        phrase = http.HTTPStatus(int(status)).phrase
    except ValueError:
        phrase = ranges.get(status[:1], "")
    return names.pascal(f"{hint}_{phrase}_{kind}")
