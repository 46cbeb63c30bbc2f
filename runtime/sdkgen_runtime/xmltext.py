"""XML as text and as bytes: which encoding it has."""

from __future__ import annotations

import codecs
import re
from typing import Final

_BOMS: Final = (
    # UTF-32's is UTF-16's and two bytes more.
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION: Final = re.compile(
    r"""<\?xml\s[^<>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']"""
)
"""XML 1.0, sections 2.8 and 4.3.3."""
_LONGEST_DECLARATION: Final = 200
_PYTHON_S_OWN: Final = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)
"""Codecs of text that are encodings of no document."""


def decoded(content: bytes, charset: str | None) -> str:
    """XML as text; its declaration stays what it was.

    Its encoding is that of its byte order mark, of its `Content-Type`, of its declaration, or
    UTF-8, in this order (RFC 7303, section 3.2; XML 1.0, appendix F).
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace")
    head = content[:_LONGEST_DECLARATION].decode("latin-1")
    return content.decode(_known(charset) or _declared(head) or "utf-8", "replace")


def encoded(text: str) -> bytes:
    """XML as bytes, in the encoding that its declaration names, or else in UTF-8.

    Raises:
        UnicodeEncodeError: That encoding has no such character; this is a `ValueError`.
    """
    return text.encode(_declared(text[:_LONGEST_DECLARATION]) or "utf-8")


def _declared(head: str) -> str | None:
    match = _DECLARATION.match(head)
    return _known(match[1]) if match else None


def _known(encoding: str | None) -> str | None:
    """An encoding of text, by the name that Python has for it; None for any other."""
    try:
        "".encode(encoding or "")
        name = codecs.lookup(encoding or "").name
    except (LookupError, UnicodeError):
        return None
    return None if name.replace("_", "-") in _PYTHON_S_OWN else name
