"""No text of a document becomes code, a path or a request: it is escaped, checked and bounded."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from packages import files_for
from sdkgen.diagnostics import Diagnostic, Diagnostics, Location, Severity
from sdkgen.emit.code import clean, docstring, literal

NASTY = [
    '"""\nimport os; os.system("touch pwned")\n"""',
    "'''\nraise SystemExit('pwned')\n'''",
    '"); raise SystemExit("pwned"); ("',
    "\\",
    '\\"""',
    'ends with a quote"',
    "{{ 7 * 7 }}{% for x in y %}",
    "${{ github.token }}",
    "line\u2028separator\x85next\x0b\x0c\x00null",
    "\u202egnihton\u202c \u2066hidden\u2069",
    "no\u00a0break narrow\u202fspace wide\u3000space",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f468\u200d\U0001f469",
    "\r\nInjected: header",
    "../../etc/passwd",
    "# noqa\n# type: ignore",
    "]\n[tool.evil]\nx = 1",
    "`rm -rf`",
    "",
    " ",
    "class",
    "__class__",
    "self",
    "lambda",
    "m",
    "rt",
    "None",
]


def _document(text: str) -> dict[str, Any]:
    """A document that says the same text wherever text can be said."""
    schema = {
        "type": "object",
        "title": text,
        "description": text,
        "required": [text],
        "properties": {
            text: {"type": "string", "description": text, "enum": [text, "other"]},
            "plain": {"const": text},
            f"{text}2": {"type": "array", "items": {"type": "object", "properties": {text: {}}}},
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Hostile {text}", "version": text, "description": text},
        "servers": [{"url": "https://hostile.example/" + text}],
        "tags": [{"name": text, "description": text}],
        "paths": {
            "/x/{id}/" + text.replace("/", "").replace("{", "").replace("}", ""): {
                "post": {
                    "operationId": text,
                    "tags": [text],
                    "summary": text,
                    "description": text,
                    "x-speakeasy-name-override": text,
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "schema": {}},
                        {"name": text, "in": "query", "description": text, "schema": {}},
                        {"name": text, "in": "header", "schema": {"type": "array"}},
                    ],
                    "requestBody": {"content": {"application/json": {"schema": schema}}},
                    "responses": {
                        "200": {
                            "description": text,
                            "content": {
                                "text/event-stream": {
                                    "x-speakeasy-sse-sentinel": text or "x",
                                    "schema": {
                                        "oneOf": [
                                            {
                                                "type": "object",
                                                "properties": {
                                                    "event": {"const": text},
                                                    "data": schema,
                                                },
                                            }
                                        ]
                                    },
                                },
                                f"application/{text}+json": {"schema": schema},
                            },
                        }
                    },
                }
            }
        },
        "components": {
            "securitySchemes": {
                text: {"type": "apiKey", "in": "query", "name": text, "description": text}
            },
            "schemas": {"Plain": schema},
        },
    }


@pytest.mark.parametrize("text", NASTY)
def test_nothing_that_a_document_says_is_run(text: str, tmp_path: Path) -> None:
    spec = tmp_path / "openapi.json"
    spec.write_text(json.dumps(_document(text)))
    files = files_for(spec, Diagnostics(), package="hostile")
    out = tmp_path / "out"
    for name, content in files.items():
        assert not name.startswith("/")
        assert ".." not in name
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")
        if name.endswith(".py"):
            assert ast.parse(content) is not None
            # What reorders or hides a line in an editor is nowhere but in an escape.
            assert all(one in "\n\u200c\u200d" or one.isprintable() for one in content), name
    assert set(tomllib.loads(files["pyproject.toml"])) == {"build-system", "project", "tool"}
    assert set(tomllib.loads(files["pyproject.toml"])["tool"]) == {"hatch", "ruff"}
    code = (
        "import hostile, importlib, pkgutil, sys\n"
        "for found in pkgutil.walk_packages(hostile.__path__, 'hostile.'):\n"
        "    importlib.import_module(found.name)\n"
        "for name in dir(hostile.models): getattr(hostile.models, name)\n"
        "print('imported')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=out, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "imported\n"), done.stderr
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize("text", NASTY)
def test_a_literal_is_the_text(text: str) -> None:
    written = literal(text)
    assert ast.literal_eval(written) == text
    assert "\n" not in written


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10\u00a0000 items\u3000per\u202fpage", "10 000 items per page"),
        ("a\u2028b\x85c\x0bd", "a b c d"),
        ("\u202enight\u202c \u2066hid\u200bden\x00\u00ad", "night hidden"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",) * 2,
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467",) * 2,
    ],
)
def test_prose_keeps_its_words_apart_and_its_letters_together(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("indent", [0, 1, 2])
def test_a_docstring_is_the_cleaned_text_and_nothing_else(text: str, indent: int) -> None:
    margin = "    " * indent
    written = f"{margin}{docstring(text, indent)}"
    block = "".join(f"{'    ' * level}if True:\n" for level in range(indent))
    module = ast.parse(block + written)
    strings = [node for node in ast.walk(module) if isinstance(node, ast.Constant)]
    values = [node.value for node in strings if isinstance(node.value, str)]
    assert len(values) == 1
    said = "\n".join(line.strip() for line in values[0].strip().split("\n"))
    assert said == "\n".join(line.strip() for line in clean(text).strip().split("\n"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b[31mfoo", r"\x1b[2J\x1b[31mfoo"),
        ("\x1b]0;pwn\x07respones", r"\x1b]0;pwn\x07respones"),
        ("a\nb.yaml:1:1: error A/B: c", r"a\nb.yaml:1:1: error A/B: c"),
        ("a\rb\x85c\u2028d\x9be", r"a\rb\x85c\u2028d\x9be"),
        ("\u202egnihton", r"\u202egnihton"),
        ("\udcff", r"\udcff"),
        ("Straße 日本語 🎈 `'\"\\n", "Straße 日本語 🎈 `'\"\\n"),
    ],
)
def test_a_finding_shows_what_a_terminal_would_obey(text: str, shown: str) -> None:
    found = Diagnostic("A/B", Severity.ERROR, text, Location(text, 1, 2))
    assert str(found) == f"{shown}:1:2: error A/B: {shown}"


def test_a_hint_keeps_its_lines() -> None:
    found = Diagnostic("A/B", Severity.ERROR, "a", hint="first \x1b\nsecond\x0bhalf")
    assert str(found) == "error A/B: a\n  hint: first \\x1b\n  second\\x0bhalf"


@pytest.mark.parametrize("key", ["\x1b]0;pwn\x07respones", "respones\nb.yaml:1:1: error A/B: c"])
def test_a_key_of_a_document_reaches_no_terminal_as_it_is(key: str, tmp_path: Path) -> None:
    spec = tmp_path / "openapi.json"
    operation = {"responses": {"204": {"description": "ok"}}, key: {}}
    info = {"title": "T", "version": "1"}
    document = {"openapi": "3.1.0", "info": info, "paths": {"/a": {"get": operation}}}
    spec.write_text(json.dumps(document))
    diagnostics = Diagnostics()
    files_for(spec, diagnostics)
    (found,) = diagnostics
    assert str(found).isprintable()
