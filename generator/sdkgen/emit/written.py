"""A module as the generator of models wrote it: read once, by Python, and changed by statement.

What a document says stands in it too, in docstrings; there, what looks like code is none.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from sdkgen.emit.code import IN_NAMES, NAME, WIDTH
from sdkgen.emit.imports import arranged

_UNION_LINE: Final = re.compile(rf"( +)([{IN_NAMES}.]+(?: \| [{IN_NAMES}.]+)+),")

_MOST_BARS: Final = 200
"""In a row. Each is a level deeper: pyright goes down 256 of them, Python 3,000 (in 3.11)."""

_MEMBER: Final = re.compile(rf'[{IN_NAMES}.]+(?:\[(?:[^\[\]"\n]|"(?:[^"\\\n]|\\.)*")*\])?')
_LARGE_UNION: Final = re.compile(
    rf'^({NAME} = TypeAliasType\("{NAME}", )({_MEMBER.pattern}'
    rf"(?: \| {_MEMBER.pattern}){{{_MOST_BARS},}})\)$",
    re.MULTILINE,
)

_TYPES: Final = frozenset({"bool", "bytes", "dict", "float", "int", "list", "str"})
"""The built-in types that annotations of models have."""


class Written:
    """A module, and what is to be changed in it.

    Attributes:
        imports: The names that it imports, by the dots and the name of their module.
        classes: Its classes, by name.
        aliases: The statements of its names for types, by name, each with the type.
    """

    def __init__(self, text: str, renamed: Mapping[str, str]) -> None:
        """Read a module.

        Args:
            text: The module.
            renamed: The modules that are called otherwise than in the text.
        """
        self.imports: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self.classes: dict[str, ast.ClassDef] = {}
        self.aliases: dict[str, tuple[ast.Assign, ast.expr]] = {}
        if text.count(" | ") > _MOST_BARS:  # which Python may not read
            text = _LARGE_UNION.sub(_in_brackets, text)
        self._lines = text.rstrip().encode().split(b"\n")  # its columns are counted in bytes
        self._body: list[ast.stmt] = []
        for one in self._read(text):
            match one:
                case ast.ImportFrom(module, names, level):
                    place = "." * (level or 0), renamed.get(module or "", module or "")
                    self.imports[place].update(map(_imported, names))
                    continue
                case ast.ClassDef(name):
                    self.classes[name] = one
                case ast.Assign([ast.Name(name)], ast.Call(args=[_, type_])):
                    self.aliases[name] = one, type_
                    if isinstance(type_, ast.Subscript) and self.source(type_.value) == "Union":
                        self.imports["", "typing"].add("Union")
            self._body.append(one)

    def names(self) -> Iterator[str]:
        """What is defined here."""
        yield from self.classes
        yield from self.aliases

    def source(self, node: ast.expr) -> str:
        """The text of an expression."""
        first, end = _place(node)
        lines = self._lines[first:end]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return b"\n".join(lines).decode()

    def text(self, header: str, changes: Mapping[ast.stmt, str]) -> str:
        """The module as it is to be.

        Args:
            header: What it begins with.
            changes: What is to be in the place of some of its statements.
        """
        lines = [line.decode() for line in self._lines]
        for one in reversed([*self._statements()]):
            first, end = _place(one)
            if one in changes:
                lines[first:end] = [changes[one]]
            elif not isinstance(one, ast.Expr):
                lines[first:end] = map(_laid_out, lines[first:end])
        start = _place(self._body[0])[0]
        gap = 2 if isinstance(self._body[0], ast.ClassDef) else 1
        return "\n".join([header, "", arranged(self.imports), *[""] * gap, *lines[start:], ""])

    def _read(self, text: str) -> list[ast.stmt]:
        """The statements, once every built-in type in them is what it looks like."""
        body = ast.parse(text).body
        hidden = [node for one in body if isinstance(one, ast.ClassDef) for node in _hidden(one)]
        if not hidden:
            return body
        for node in sorted(hidden, key=_end, reverse=True):
            at, end = _end(node)
            line, alias = self._lines[at], f"{node.id}_aliased"
            self._lines[at] = line[: node.col_offset] + alias.encode() + line[end:]
            self.imports["", "builtins"].add(f"{node.id} as {alias}")
        return ast.parse(b"\n".join(self._lines)).body

    def _statements(self) -> Iterator[ast.stmt]:
        for one in self._body:
            yield from one.body if isinstance(one, ast.ClassDef) else (one,)


def _in_brackets(found: re.Match[str]) -> str:
    """A union with any number of members, none deeper than another."""
    return f"{found[1]}Union[{', '.join(_MEMBER.findall(found[2]))}])"


def _imported(name: ast.alias) -> str:
    return name.name if name.asname is None else f"{name.name} as {name.asname}"


def _place(node: ast.stmt | ast.expr) -> tuple[int, int]:
    """The lines of a part of a module."""
    return node.lineno - 1, node.end_lineno or node.lineno


def _hidden(owner: ast.ClassDef) -> Iterator[ast.Name]:
    """Where a class writes a built-in type, and has an attribute of that name.

    The generator of models minds only those attributes that have a default: without one, they hide
    nothing from Python, but from mypy they do.
    """
    attributes = [one for one in owner.body if isinstance(one, ast.AnnAssign)]
    names = {one.target.id for one in attributes if isinstance(one.target, ast.Name)}
    if names := names & _TYPES:
        for one in attributes:
            for node in ast.walk(one.annotation):
                if isinstance(node, ast.Name) and node.id in names:
                    yield node


def _end(node: ast.Name) -> tuple[int, int]:
    """The line of a name, and the column where it ends."""
    return node.lineno - 1, node.end_col_offset or 0


def _laid_out(line: str) -> str:
    """A line of code; a union that does not fit on it, a member a line."""
    union = _UNION_LINE.fullmatch(line) if len(line) > WIDTH else None
    if union is None:
        return line
    margin, members = union.groups()
    return margin + members.replace(" | ", f"\n{margin}| ") + ","
