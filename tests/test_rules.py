"""The tables of rules name tests: each of them is there."""

from __future__ import annotations

import ast
import re

import pytest

from packages import ROOT

TESTS = ROOT / "tests"
README = (ROOT / "runtime" / "README.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(test_[a-z0-9_]+)`", README)))
LINKS = dict(re.findall(r"^\[`(\S+)`\]: \.\./(\S+)$", README, re.MULTILINE))
FILES = sorted(set(re.findall(r"`((?:tests/|test_|bench_)[a-z_/]+\.py)`", README)))


def _tests(file: str) -> set[str]:
    """The tests of a file."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    body = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, functions)}


def test_every_test_that_the_rules_name_is_there_and_linked() -> None:
    assert len(NAMED) > 100
    tests = {file: _tests(file) for file in sorted({*LINKS.values()})}
    assert [name for name in NAMED if name not in tests.get(LINKS.get(name, ""), ())] == []


@pytest.mark.parametrize("file", FILES)
def test_every_file_that_the_rules_name_is_there(file: str) -> None:
    folders = [ROOT] if "/" in file else [TESTS, *TESTS.rglob("*/")]
    assert any((folder / file).is_file() for folder in folders)


def test_every_rule_names_a_test() -> None:
    rules = README.partition("## The rules of streams")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (?!what|rule|when)(.+) \|$", rules, re.MULTILINE)
    assert len(rows) > 60
    for row in rows:
        linked = re.findall(r"\[`(\S+)`\]", row.split(" | ")[-1])
        assert linked, row
        assert LINKS.keys() >= {*linked}, row
