from __future__ import annotations

from typing import Any

import pytest
import yaml

from generator.reading import data
from sdkgen.diagnostics import Diagnostics, DocumentError
from sdkgen.text import parse


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param == "libyaml")


def value(text: str) -> Any:
    found, findings = data(f"key: {text}\n")
    assert findings == []
    return found["key"]


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        parse(text.encode(), "a.yaml", Diagnostics())
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("off", "off"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("tRUE", "tRUE"),
        ("null", None),
        ("~", None),
        ("", None),
        ("nULL", "nULL"),
        ("12", 12),
        ("-12", -12),
        ("+12", 12),
        ("012", 12),
        ("0o14", 12),
        ("0xC", 12),
        ("0xcafe", 0xCAFE),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1e3", 1000.0),
        ("1e-08", 1e-08),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("-1.5E+2", -150.0),
        ("1.2.3", "1.2.3"),
        (".", "."),
        ("-x", "-x"),
        ("+", "+"),
        ("e3", "e3"),
        ("2024-01-01", "2024-01-01"),
        ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"),
        ("=", "="),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("! '12'", "12"),
        ("!!int 12", 12),
        ("!!float 1e3", 1000.0),
        ("!!map {a: 1}", {"a": 1}),
        ("|\n  no\n", "no\n"),
    ],
)
def test_plain_scalars_follow_the_core_schema_of_yaml_1_2(written: str, meant: object) -> None:
    found = value(written)
    assert (found, type(found)) == (meant, type(meant))


def test_keys_are_text_as_written() -> None:
    found, findings = data("200: a\nno: b\n1e3: c\nnull: d\n'x': e\n~: f\n")
    assert list(found) == ["200", "no", "1e3", "null", "x", "~"]
    assert findings == []


def test_a_duplicate_key_is_reported_with_both_lines_and_the_last_one_holds() -> None:
    found, findings = data("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert found == {"a": {"b": 3, "c": 2}}
    assert findings == [
        (
            "api.yaml:4:3: error Source/DuplicateKey: `b` stands here twice, first in line 2;"
            " the last one holds\n"
            "  hint: remove one of the two, or rename it"
        )
    ]


def test_keys_that_yaml_1_1_would_make_equal_are_not_duplicates() -> None:
    assert data("on: 1\nyes: 2\ntrue: 3\n") == ({"on": 1, "yes": 2, "true": 3}, [])


def test_aliases_are_copies() -> None:
    found, _ = data("a: &x {b: [1]}\nc: *x\n")
    assert found == {"a": {"b": [1]}, "c": {"b": [1]}}
    assert found["a"] is not found["c"]
    assert found["a"]["b"] is not found["c"]["b"]


def test_an_alias_may_repeat_a_scalar() -> None:
    assert data("a: &x 12\nb: *x\n") == ({"a": 12, "b": 12}, [])


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}", {"a": 1, "b": 3}),
        ("x: &x {a: 1, b: 2}\ny: {b: 3, <<: *x}", {"a": 1, "b": 3}),
        ("x: &x {a: 1}\nz: &z {a: 2, c: 3}\ny: {<<: [*x, *z]}", {"a": 1, "c": 3}),
        ("x: &x {a: 1}\ny: {'<<': *x}", {"<<": {"a": 1}}),
    ],
)
def test_merge_keys_are_accepted_as_an_extension(text: str, merged: object) -> None:
    found, findings = data(text)
    assert found["y"] == merged
    assert findings == []


def test_a_merge_key_takes_mappings() -> None:
    found, findings = data("a: 1\n<<: 5\n")
    assert found == {"a": 1}
    assert findings == ["api.yaml:2:1: error Source/Merge: `<<` takes a mapping or a list of them"]


@pytest.mark.parametrize(
    "written",
    [".nan", ".inf", "-.Inf", "1e999", "9" * 5000, f"0x{'f' * 4000}", f"0o{'7' * 5000}"],
)
def test_a_number_that_json_cannot_hold_is_reported_and_read_as_text(written: str) -> None:
    found, findings = data(f"a:\n  b: {written}\n")
    assert found == {"a": {"b": written}}
    shown = written if len(written) <= 40 else written[:40] + "…"
    assert findings == [
        (
            f"api.yaml:2:6: error Source/Number: `{shown}` is no number that JSON can hold;"
            " read as text\n"
            "  hint: write a finite number, or put it in quotes"
        )
    ]


@pytest.mark.parametrize("tag", ["!include", "!!python/object/apply:os.system", "!!timestamp"])
def test_a_tag_without_a_meaning_in_json_is_reported_and_never_acted_upon(tag: str) -> None:
    found, findings = data(f"a: {tag} x\n")
    assert found == {"a": "x"}
    assert len(findings) == 1
    assert findings[0].startswith("api.yaml:1:4: error Source/Tag: the tag `")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: &x [*x]",
            (
                "a.yaml:1:8: error Source/Alias: `*x` stands inside of what it repeats\n"
                "  hint: use `$ref` for recursion"
            ),
        ),
        ("a: *x", "a.yaml:1:4: error Source/Alias: no anchor `&x` before it"),
        ("? [a]\n: b", "a.yaml:1:3: error Source/Key: a key is text, not a collection"),
        (
            "a: &x [1]\n*x : b",
            "a.yaml:2:1: error Source/Key: a key is text, not a collection or alias",
        ),
        (
            "a: 1\n---\nb: 2",
            (
                "a.yaml:2:1: error Source/Documents: a second document\n"
                "  hint: remove what follows `---`, or give it a file of its own"
            ),
        ),
        (
            "a: 1\nb: c\x07d",
            (
                "a.yaml:2:5: error Source/Syntax: this is not YAML:"
                " special characters are not allowed\n  hint: write it as an escape"
            ),
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, message: str) -> None:
    assert refusal(text).replace("control characters", "special characters") == message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a:\n\tb: 1\n", "2:1"),
        ("a:\n  \tb: 1\n", "2:3"),
        ("a:\n  b: 1\n\tc: 2\n", "3:1"),
        ("a: |\n  b\n\tc\n", "3:1"),
        ("a: \u2028\U0001f600\r\nb:\r\n\tc: d", "3:1"),
    ],
)
def test_a_tab_that_should_be_spaces_is_named(text: str, place: str) -> None:
    assert refusal(text) == (
        f"a.yaml:{place}: error Source/Syntax: this is not YAML: a tab cannot stand here\n"
        "  hint: indent with spaces"
    )


@pytest.mark.parametrize(
    ("text", "place"), [("a: b: c", "1:5"), ("a: [1\nb: 2", "2:2"), ("a:\n\t- b", "2:1")]
)
def test_a_syntax_error_has_its_place(text: str, place: str) -> None:
    assert refusal(text).startswith(f"a.yaml:{place}: error Source/Syntax: this is not YAML: ")


@pytest.mark.parametrize(
    ("text", "column"),
    [("[" * 100_000, 257), ("{a: " * 100_000, 1025), ("- " * 100_000, 513)],
)
def test_nesting_is_bounded(text: str, column: int) -> None:
    assert refusal(f"# not JSON\n{text}") == (
        f"a.yaml:2:{column}: error Source/TooDeep: nested more than 256 levels deep"
    )


def test_256_levels_are_read() -> None:
    found, _ = data("[" * 256 + "]" * 256)
    for _ in range(255):
        (found,) = found
    assert found == []


def test_aliases_cannot_nest_deeper_than_text() -> None:
    levels = [f"a{n}: &a{n} [[[[[[[[[[*a{n - 1}]]]]]]]]]]" for n in range(1, 40)]
    message = refusal("\n".join(["a0: &a0 []", *levels]))
    assert "Source/TooDeep" in message


def test_what_aliases_add_is_bounded() -> None:
    bomb = ["a0: &a0 [1]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    assert refusal("\n".join(bomb)).startswith("a.yaml:7:")
    assert "Source/TooLarge: aliases repeat more than 1,000,000 values" in refusal("\n".join(bomb))


def test_many_harmless_aliases_are_read() -> None:
    found, findings = data("a: &x {b: 1}\nc: [" + ", ".join(["*x"] * 10_000) + "]\n")
    assert len(found["c"]) == 10_000
    assert findings == []


def test_positions_are_those_of_an_editor() -> None:
    text = "a: 1\nb:\n  - x: 'é'  # comment\n    y/z: |\n      text\n  - &n [1, 'ü', 3]\nc: *n\n"
    positions = parse(text.encode(), "a.yaml", Diagnostics()).positions

    def at(pointer: str, *, key: bool = False) -> str:
        return str(positions.locate(pointer, key=key)).removeprefix("a.yaml:")

    assert (at(""), at("/a"), at("/a", key=True)) == ("1:1", "1:4", "1:1")
    assert (at("/b"), at("/b", key=True)) == ("3:3", "2:1")
    assert (at("/b/0"), at("/b/0/x"), at("/b/0/x", key=True)) == ("3:5", "3:8", "3:5")
    assert (at("/b/0/y~1z"), at("/b/0/y~1z", key=True)) == ("4:10", "4:5")
    assert (at("/b/1"), at("/b/1/2")) == ("6:5", "6:17")
    assert at("/c") == "7:4"
    # What an alias repeats has no place of its own; nor has what is not there.
    assert (at("/c/2"), at("/b/0/x/deep/down"), at("/nothing")) == ("7:4", "3:8", "1:1")


@pytest.mark.parametrize("old", ["\u0085", "\u2028", "\u2029"])
@pytest.mark.parametrize(
    "written", ["|-\n  one%stwo", '"one%stwo"', "'one%stwo'", "one%stwo", ">-\n  one%stwo"]
)
def test_the_line_breaks_of_yaml_1_1_are_characters_like_others(written: str, old: str) -> None:
    text = f"a{old}b: {written % old}\nlast: \ue000\n"
    diagnostics = Diagnostics()
    found = parse(text.encode(), "a.yaml", diagnostics)
    assert found.data == {f"a{old}b": f"one{old}two", "last": "\ue000"}
    assert str(found.positions.locate("/last")) == f"a.yaml:{text.count(chr(10))}:7"
