"""Python text, made safe and laid out: the only ways for a document's text into the output."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

WIDTH: Final = 100
"""Columns of generated code."""

IN_NAMES: Final = r"\w\x80-\U0010ffff"
"""What may be in a Python name, for patterns: in code, what is beyond ASCII is nowhere else.

Combining marks may (Unicode Standard Annex 31: `XID_Continue`), and are none of `\\w`.
"""
NAME: Final = f"[{IN_NAMES}]+"
NAME_ENDS: Final = f"(?![{IN_NAMES}])"

_INDENT: Final = "    "
_JOINERS: Final = "\u200c\u200d"
"""They join and part letters of Persian and Hindi, and make one emoji of several; and they move
nothing (The Unicode Standard, section 23.2).
"""
_ARGUMENT: Final = re.compile(rf" {{4}}{NAME}: ")
"""A line of the part of a docstring that describes arguments."""


def clean(text: str) -> str:
    """Prose without what is no prose: control characters, and those that reorder a line.

    The latter would let a document show its readers other code than Python sees. Every kind of
    space is a space, so that no words are joined.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    lines = [
        line if line.isprintable() else "".join(map(_prose, line)) for line in plain.split("\n")
    ]
    return "\n".join(map(str.rstrip, "\n".join(lines).strip().split("\n")))


def _prose(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    return " " if character.isspace() else ""


def one_line(text: str | None) -> str:
    """Prose in one line."""
    return " ".join(clean(text or "").split())


def literal(value: str | int | bool | None) -> str:
    """A value as a Python literal."""
    if not isinstance(value, str):
        return repr(value)
    text = repr(value)
    return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in value else text


def strings(values: Iterable[str | None]) -> str:
    """Several texts as a Python tuple."""
    said = [literal(value) for value in values]
    return f"({', '.join(said)}{',' if len(said) == 1 else ''})"


@lru_cache(maxsize=1 << 12)
def docstring(text: str, indent: int) -> str:
    """A docstring, quotes included, for a place with so many levels of indentation."""
    margin = _INDENT * indent
    safe = clean(text).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    lines = wrap(safe, WIDTH - len(margin))
    if len(lines) == 1 and len(margin) + len(lines[0]) + 6 <= WIDTH:
        # A quote at the end would join those that close the docstring, unless it is escaped.
        one = re.sub(r'(?<!\\)((?:\\\\)*)"$', r'\1\\"', lines[0])
        return f'"""{one}"""'
    body = "\n".join(margin + line if line and at else line for at, line in enumerate(lines))
    return f'"""{body}\n{margin}"""'


def wrap(text: str, width: int) -> list[str]:
    """Prose in lines. What is laid out already (lists, tables, code) keeps its lines."""
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) <= width:
            lines.append(line)
            continue
        start = line[: len(line) - len(line.lstrip(" -*"))]
        if _ARGUMENT.match(line):
            start += _INDENT  # what follows is not the next argument
        lines += textwrap.wrap(
            line,
            width,
            subsequent_indent=" " * len(start),
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines


def import_order(name: str) -> tuple[object, ...]:
    """Sorts names and modules as isort does: constants, classes, the rest; numbers by their value.

    In small letters: `Acme` stands before `AsyncAcme`.
    """
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    parts = re.split("([0-9]+)", name.lower())
    return (kind, [int(part) if at % 2 else part for at, part in enumerate(parts)], name)


def import_line(module: str, names: Iterable[str], indent: int) -> str:
    """An import of some names, sorted and laid out as formatters do it."""
    margin, ordered = _INDENT * indent, sorted(names, key=import_order)
    line = f"{margin}from {module} import {', '.join(ordered)}"
    if len(line) <= WIDTH:
        return line
    listed = "".join(f"{margin}{_INDENT}{name},\n" for name in ordered)
    return f"{margin}from {module} import (\n{listed}{margin})"


@dataclass(frozen=True, slots=True)
class Group:
    """A bracketed list: a call's arguments, a definition's parameters, a display's items.

    Attributes:
        head: What stands before the items, opening bracket included.
        items: Text, or text with groups in it.
        tail: The closing bracket and what stands behind it.
        display: Whether it is a literal of a collection, whose items never share a line
            when they do not share it with the brackets.
    """

    head: str
    items: Sequence[Code]
    tail: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """An item with something before it: ``body=`` or ``"prompt": ``."""

    label: str
    value: Code


@dataclass(frozen=True, slots=True)
class Either:
    """Types of which a value may be any: ``label: first | second = default``."""

    label: str
    types: Sequence[str]
    default: str = ""


Code = str | Group | Labelled | Either


def layout(code: Code, indent: int, before: str = "", after: str = "") -> str:
    """Code in as few lines as fit, the way that Python's formatters lay it out.

    Args:
        code: What to lay out.
        indent: Levels of indentation of its first line.
        before: What stands before it on its first line.
        after: What stands behind it on its last line.
    """
    return "\n".join(_lines(code, indent, before, after))


def assignment(name: str, kind: str, value: Group) -> str:
    """An annotated assignment at the top of a module."""
    before = f"{name}: {kind} = "
    if len(before) + len(value.head) <= WIDTH:
        return layout(value, 0, before)
    if len(before) + 1 <= WIDTH:
        return f"{before}(\n{layout(value, 1)}\n)"
    generic, _, argument = kind.partition("[")
    target = Group(f"{generic}[", [Either("", argument[:-1].split(" | "))], "]")
    return layout(value, 0, layout(target, 0, f"{name}: ", " = "))


def _lines(code: Code, indent: int, before: str, after: str) -> list[str]:
    margin = _INDENT * indent
    if isinstance(code, Labelled):
        return _lines(code.value, indent, before + code.label, after)
    flat = f"{margin}{before}{_flat(code)}{after}"
    if isinstance(code, Either):
        if len(flat) <= WIDTH:
            return [flat]
        first, *others = code.types
        lines = [f"{margin}{before}{code.label}{first}", *(f"{margin}| {one}" for one in others)]
        return [*lines[:-1], f"{lines[-1]}{code.default}{after}"]
    if isinstance(code, str) or len(flat) <= WIDTH or not code.items:
        return [flat]
    inner = _INDENT * (indent + 1)
    shared = inner + ", ".join(_flat(item) for item in code.items)
    head, tail = f"{margin}{before}{code.head}", f"{margin}{code.tail}{after}"
    if not code.display and len(shared) <= WIDTH:
        return [head, shared, tail]
    # A lone argument gets no comma, a lone item of a display does.
    comma = "," if code.display or len(code.items) > 1 else ""
    body = [line for item in code.items for line in _lines(item, indent + 1, "", comma)]
    return [head, *body, tail]


def _flat(code: Code) -> str:
    if isinstance(code, str):
        return code
    if isinstance(code, Labelled):
        return code.label + _flat(code.value)
    if isinstance(code, Either):
        return f"{code.label}{' | '.join(code.types)}{code.default}"
    items = ", ".join(_flat(item) for item in code.items)
    lone = code.display and code.head.endswith("(") and len(code.items) == 1
    return f"{code.head}{items}{',' if lone else ''}{code.tail}"
