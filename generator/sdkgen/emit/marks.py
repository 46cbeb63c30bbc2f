"""Combining marks in names: vowels of Thai and Hindi, which the generator of models leaves out.

They may be in names (Unicode Standard Annex 31: `XID_Continue`), and to its regular expressions
they are no part of a word. So it is given letters in their places, by which no line becomes longer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

_NO_LETTERS: Final = re.compile(r"[^\w\x00-\x7f]")
_FIRST_LETTER: Final = 0x20000
"""Of CJK Unified Ideographs Extension B: letters without case, of which few documents have any."""


class Marks:
    """Puts letters in the places of the marks of a document, and marks in theirs.

    Args:
        document: The document.
        names: What else may have marks in it.
    """

    def __init__(self, document: Mapping[str, Any], names: Iterable[str]) -> None:
        self._document = document
        self._text = json.dumps(document, ensure_ascii=False)
        used = {mark for text in (self._text, *names) for mark in _NO_LETTERS.findall(text)}
        marks = sorted(mark for mark in used if f"a{mark}".isidentifier())
        letters = (chr(code) for code in range(_FIRST_LETTER, 0x2A6D7))
        free = (letter for letter in letters if letter not in self._text)
        self._letters = dict(zip(marks, free, strict=False))
        self._to_letters = str.maketrans(self._letters)
        self._to_marks = str.maketrans({letter: mark for mark, letter in self._letters.items()})
        inside = re.escape("".join(marks))
        self._hidden = re.compile(rf"(?<=\w)[{inside}]+") if marks else None

    def document(self) -> Any:
        """The document without marks."""
        return json.loads(self.hidden(self._text)) if self._letters else self._document

    def hidden(self, text: str) -> str:
        """A text with letters in the places of marks, where these belong to a name."""
        if self._hidden is None:
            return text
        return self._hidden.sub(lambda found: found[0].translate(self._to_letters), text)

    def shown(self, text: str) -> str:
        """A text with the marks again."""
        return text.translate(self._to_marks) if self._letters else text
