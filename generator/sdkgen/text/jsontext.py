"""JSON to plain data, by the standard library; and what it has wrong, by a small scanner."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from sdkgen.diagnostics import Diagnostics, Location, fail
from sdkgen.text.jsonplaces import JsonPositions, Members, after_space
from sdkgen.text.limits import MAX_DEPTH, report_duplicate, shortened
from sdkgen.text.positions import Event, Lines, Positions

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}]|[^][{},:"\s]+', re.DOTALL)
_SURROGATE: Final = re.compile(r"\\u[Dd][89A-Fa-f]")
_ESCAPE: Final = re.compile(
    r"\\(?:u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}"
    r"|(?P<half>u[Dd][89A-Fa-f][0-9A-Fa-f]{2})|.)",
    re.DOTALL,
)
"""Two halves of a character, one alone (RFC 8259, section 7), or what else is escaped."""

_MAX_HALVES: Final = 50
"""Half characters that are reported. A text of 64 MiB has room for eleven million."""

_NOTED: Final = 3
"""Levels of maps (`components`, `schemas`, each schema) whose members are noted in passing."""


class _OddError(ValueError):
    """What is not JSON."""


class _NumberError(ValueError):
    """A number that JSON has no words for, or that Python does not convert."""


def read(text: str, source: str, diagnostics: Diagnostics) -> tuple[Any, Positions]:
    """Plain data: dicts, lists, str, int, float, bool, None; and where that stands.

    Args:
        text: One JSON value (RFC 8259).
        source: Its name in diagnostics.
        diagnostics: Takes duplicate keys, of which the last one holds, and halves of characters.

    Raises:
        DocumentError: It is not JSON, or nests too deep.
    """
    duplicates = False
    text, halves = _mended(text)

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal duplicates
        value = dict(pairs)
        duplicates |= len(value) != len(pairs)
        return value

    decoder = json.JSONDecoder(
        object_pairs_hook=members, parse_constant=_refuse, parse_float=_float, parse_int=_int
    )
    places: dict[int, Members] = {}
    try:
        try:
            value = _read_noting(text, decoder, places)
        except (_OddError, json.JSONDecodeError):
            value = decoder.decode(text)  # which says what is wrong, and where
    except json.JSONDecodeError as error:
        location = Location(source, error.lineno, error.colno)
        fail("Source/Syntax", f"this is not JSON: {error.msg}", location)
    except _NumberError as error:
        _fail_at_number(text, source, str(error))
    except RecursionError:
        _fail_at_depth(text, source)
    if _is_too_deep(value):
        _fail_at_depth(text, source)
    if duplicates:
        _report_duplicates(text, source, diagnostics)
    if halves:
        _report_halves(halves, text, source, diagnostics)
    return value, JsonPositions(source, text, places)


def _mended(text: str) -> tuple[str, list[re.Match[str]]]:
    """A text in which half a character stands for U+FFFD; and where the first of these are.

    JSON's grammar allows it (RFC 8259, section 8.2), but no file can have it: UTF-8 has no bytes
    for it. All else stays where it is: either escape has six characters.
    """
    halves: list[re.Match[str]] = []
    if not _SURROGATE.search(text):
        return text, halves

    def whole(found: re.Match[str]) -> str:
        if not found["half"]:
            return found[0]
        if len(halves) < _MAX_HALVES:
            halves.append(found)
        return r"\ufffd"

    return _ESCAPE.sub(whole, text), halves


def _read_noting(text: str, decoder: json.JSONDecoder, places: dict[int, Members]) -> Any:
    """The value that a text is; notes where the members of its uppermost maps are.

    Raises:
        _OddError: It is not JSON.
    """
    value, end = _read_map(text, after_space(text, 0), decoder, places, _NOTED)
    if after_space(text, end) != len(text):
        raise _OddError
    return value


def _read_map(
    text: str, at: int, decoder: json.JSONDecoder, places: dict[int, Members], levels: int
) -> tuple[Any, int]:
    """A value and its end; notes where its members are, and theirs, so many levels deep.

    Raises:
        _OddError: It is not JSON.
    """
    if not levels or not text.startswith("{", at):
        found: tuple[Any, int] = decoder.raw_decode(text, at)
        return found
    noted = places[at] = {}
    pairs = []
    at = after_space(text, at + 1)
    while text.startswith('"', at):
        key = at
        name, at = decoder.raw_decode(text, key)
        at = after_space(text, at)
        if not text.startswith(":", at):
            raise _OddError
        at = after_space(text, at + 1)
        noted[name] = key, at
        value, at = _read_map(text, at, decoder, places, levels - 1)
        pairs.append((name, value))
        at = after_space(text, at)
        if not text.startswith(",", at):
            break
        at = after_space(text, at + 1)
        if not text.startswith('"', at):
            raise _OddError
    if not text.startswith("}", at):
        raise _OddError
    assert decoder.object_pairs_hook is not None  # noqa: S101
    return decoder.object_pairs_hook(pairs), at + 1


def _refuse(text: str) -> NoReturn:
    raise _NumberError(text)


def _float(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text)


def _int(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        _refuse(text)


def _is_too_deep(value: Any) -> bool:
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_DEPTH):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True


def _lexemes(text: str) -> Iterator[tuple[str, int, int]]:
    lines = Lines(text)
    for match in _TOKEN.finditer(text):
        yield match[0], *lines.locate(match.start())


def _events(text: str) -> Iterator[Event]:
    for lexeme, line, column in _lexemes(text):
        if lexeme == "{":
            yield "map", "", line, column
        elif lexeme == "[":
            yield "list", "", line, column
        elif lexeme in "]}":
            yield "end", "", line, column
        elif lexeme[0] == '"':
            # Only a key's text is wanted, but a scanner without memory cannot tell it from a
            # value: so unescape what has escapes, which in practice is prose alone.
            name = json.loads(lexeme, strict=False) if "\\" in lexeme else lexeme[1:-1]
            yield "scalar", name, line, column
        else:
            yield "scalar", lexeme, line, column


def _fail_at_number(text: str, source: str, number: str) -> NoReturn:
    at = next(
        (Location(source, line, col) for lexeme, line, col in _lexemes(text) if lexeme == number),
        Location(source, 1, 1),
    )
    message = f"`{shortened(number)}` is no number that JSON can hold"
    fail("Source/Number", message, at, "write a finite number, or put it in quotes")


def _fail_at_depth(text: str, source: str) -> NoReturn:
    depth, at = 0, Location(source, 1, 1)
    for lexeme, line, column in _lexemes(text):
        depth += (lexeme in "[{") - (lexeme in "]}")
        if depth > MAX_DEPTH:
            at = Location(source, line, column)
            break
    fail("Source/TooDeep", f"nested more than {MAX_DEPTH} levels deep", at)


def _report_halves(
    halves: list[re.Match[str]], text: str, source: str, diagnostics: Diagnostics
) -> None:
    lines = Lines(text)
    for half in halves:
        diagnostics.warning(
            "Source/HalfCharacter",
            f"`{half[0]}` is half a character, which UTF-8 cannot write; read as U+FFFD",
            Location(source, *lines.locate(half.start())),
            hint="write both halves: \\ud83d\\ude00",
        )


def _report_duplicates(text: str, source: str, diagnostics: Diagnostics) -> None:
    """Read again, with positions: this is rare, and `json` gives none."""
    stack: list[dict[str, int] | None] = []  # the lines of the keys of each open map
    is_key: list[bool] = []
    for kind, name, line, column in _events(text):
        if kind == "end":
            stack.pop()
            is_key.pop()
            continue
        if stack and (keys := stack[-1]) is not None:
            is_key[-1] = not is_key[-1]
            if is_key[-1]:
                if name in keys:
                    place = Location(source, line, column)
                    report_duplicate(name, keys[name], place, diagnostics)
                keys[name] = line
                continue
        if kind != "scalar":
            stack.append({} if kind == "map" else None)
            is_key.append(False)
