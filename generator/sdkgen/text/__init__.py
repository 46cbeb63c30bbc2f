"""YAML and JSON texts as plain data that knows, when asked, which line it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from sdkgen.diagnostics import Diagnostics, DocumentError, Location, fail
from sdkgen.text import jsontext, yamltext
from sdkgen.text.positions import Lines, Positions

__all__ = ["Text", "parse"]

_MARKUP: Final = re.compile(r"\s*<[!?a-zA-Z]")
"""How HTML and XML begin, and neither JSON nor a YAML text that anybody would write."""


@dataclass(frozen=True, slots=True)
class Text:
    """What was read: the name it has in diagnostics, its data, and where that stands."""

    name: str
    data: Any
    positions: Positions


def parse(raw: bytes, name: str, diagnostics: Diagnostics) -> Text:
    """Read a text, as JSON where it is JSON, else as YAML.

    Args:
        raw: The text, in UTF-8.
        name: How diagnostics call it; ``.json`` at its end means that YAML is not tried.
        diagnostics: Takes what can be mended, such as duplicate keys.

    Raises:
        DocumentError: There is no way to read it.
    """
    text = _decode(raw, name)
    if not text.strip():
        fail("Source/Empty", "the file is empty", Location(name, 1, 1))
    if _MARKUP.match(text):
        hint = "save the file itself, and not the page that shows it"
        fail("Source/Syntax", "this is HTML or XML, not YAML or JSON", Location(name, 1, 1), hint)
    if name.endswith(".json") or text.lstrip()[0] in "{[":
        # YAML has flow collections that begin as JSON does: what fails as JSON may be YAML.
        try:
            data, places = jsontext.read(text, name, diagnostics)
        except DocumentError as error:
            if name.endswith(".json") or error.diagnostic.code != "Source/Syntax":
                raise
        else:
            return Text(name, data, places)
    data, positions = yamltext.read(text, name, diagnostics)
    return Text(name, data, positions)


def _decode(raw: bytes, name: str) -> str:
    # RFC 8259 §8.1 has UTF-8 alone, and lets a reader ignore a byte order mark.
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        at = Location(name, *Lines(before).locate(len(before)))
        fail("Source/Encoding", "the file is not UTF-8 from here on", at, "save it as UTF-8")
