"""What media types are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .request import Framing

# The streams of OpenAPI 3.2, section 4.14.3, and the names under which JSON Lines mostly go.
ASKED: Final[Mapping[Framing, tuple[str, ...]]] = {
    "sse": ("text/event-stream",),
    "jsonl": (
        *("application/jsonl", "application/x-ndjson", "application/ndjson"),
        "application/x-jsonlines",
    ),
    "json-seq": ("application/json-seq",),
}
"""The media types by which a stream is asked for, whatever else it may be called."""

CALLED: Final[Mapping[Framing, str]] = {
    "sse": "server-sent events",
    "jsonl": "lines of JSON",
    "json-seq": "a JSON text sequence",
}

_LINES: Final = ("jsonl", "jsonlines", "ndjson", "ldjson", "jsonstream")
_LINES_OF_SPRING: Final = "stream+json"
"""By its suffix, it would be one text of JSON."""

URLENCODED: Final = "application/x-www-form-urlencoded"


def essence(media_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON (RFC 8259, or the suffix of RFC 6839)."""
    said = essence(media_type)
    return said in ("application/json", "text/json") or said.endswith("+json")


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
