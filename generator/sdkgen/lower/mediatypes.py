"""What media types are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sdkgen.ir.streams import Framing

# The streams of OpenAPI 3.2, section 4.14.3, and the names under which JSON Lines mostly go.
_ASKED: Final[Mapping[Framing, tuple[str, ...]]] = {
    "sse": ("text/event-stream",),
    "jsonl": (
        *("application/jsonl", "application/x-ndjson", "application/ndjson"),
        "application/x-jsonlines",
    ),
    "json-seq": ("application/json-seq",),
}
"""The media types by which packages ask for a stream anyway."""

_LINES: Final = ("jsonl", "jsonlines", "ndjson", "ldjson", "jsonstream")
_LINES_OF_SPRING: Final = "stream+json"
"""By its suffix, it would be one text of JSON."""

URLENCODED: Final = "application/x-www-form-urlencoded"


def essence(media_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON (RFC 8259, or the suffix of RFC 6839), or may be."""
    said = essence(media_type)
    return said in ("application/json", "text/json", "*/*") or said.endswith("+json")


def is_text(media_type: str) -> bool:
    """Whether a media type is text (RFC 2046, section 4.1), whatever its subtype."""
    return essence(media_type).startswith("text/")


def is_form(media_type: str) -> bool:
    """Whether a media type has fields with names."""
    return essence(media_type) == URLENCODED or is_multipart(media_type)


def is_multipart(media_type: str) -> bool:
    """Whether a media type is one of parts (RFC 2046, section 5.1)."""
    return essence(media_type).startswith("multipart/")


def is_xml(media_type: str) -> bool:
    """Whether a media type is XML (RFC 7303, sections 3 and 4.2)."""
    said = essence(media_type)
    return said in ("application/xml", "text/xml") or said.endswith("+xml")


def framing_of(media_type: str) -> Framing | None:
    """How a media type tells the items of a stream apart; None where it is no stream.

    JSON Lines have no registered name, and go under many: with `x-` or without, with hyphens, as
    `text`, as suffixes. JSON text sequences have one, and a suffix (RFC 8091).
    """
    main, _, subtype = essence(media_type).partition("/")
    if (main, subtype) == ("text", "event-stream"):
        return "sse"
    if main not in ("application", "text"):
        return None
    name = subtype.rpartition("+")[2].removeprefix("x-").replace("-", "")
    if name == "jsonseq":
        return "json-seq"
    return "jsonl" if name in _LINES or subtype == _LINES_OF_SPRING else None


def to_ask_for(framing: Framing, media_types: Iterable[str]) -> tuple[str, ...]:
    """The media types of a stream that are not asked for anyway, without parameters."""
    found = dict.fromkeys(map(essence, media_types))
    return tuple(one for one in found if one not in _ASKED[framing])
