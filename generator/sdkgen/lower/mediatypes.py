"""What media types are."""

from __future__ import annotations

from typing import Final

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
