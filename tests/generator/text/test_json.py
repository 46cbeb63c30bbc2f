from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.reading import data
from sdkgen.diagnostics import Diagnostics, DocumentError
from sdkgen.text import jsontext, parse
from sdkgen.text.pointers import escape


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        parse(text.encode(), "a.json", Diagnostics())
    return str(caught.value)


def test_json_is_read_as_json() -> None:
    # As YAML, the tab, the surrogates and the long key would each be an error.
    text = '{\n\t"a": "\\ud83d\\ude00", "' + "k" * 2000 + '": [1e3, -0, true, null]}'
    found, findings = data(text, "a.json")
    assert found == {"a": "😀", "k" * 2000: [1000.0, 0, True, None]}
    assert findings == []


@pytest.mark.parametrize(
    ("text", "read", "columns"),
    [
        (r"\ud800x", "\ufffdx", [8]),
        (r"\uDE00\uD83D", "\ufffd\ufffd", [8, 14]),
        (r"\ud83d\ud83d\ude00", "\ufffd😀", [8]),
        (r"\\ud83d", r"\ud83d", []),
    ],
)
def test_half_a_character_is_u_fffd(text: str, read: str, columns: list[int]) -> None:
    """No file could have the names and the constants that are written with it."""
    found, findings = data(f'{{"k": "{text}"}}', "a.json")
    assert found == {"k": read}
    where = [one.partition(" warning Source/HalfCharacter: ")[0] for one in findings]
    assert where == [f"a.json:1:{column}:" for column in columns]
    found, findings = data(f'{{"{text}": 1}}', "a.json")
    assert found == {read: 1}
    assert len(findings) == len(columns)


def test_what_is_read_as_yaml_after_all_keeps_what_json_calls_half_a_character() -> None:
    assert data(r"{a: '\ud83d'}", "a.yaml") == ({"a": r"\ud83d"}, [])


def test_json_is_known_by_its_first_character_too() -> None:
    assert data('\n {"a":\t"\\ud83d\\ude00"}', "a.yaml") == ({"a": "😀"}, [])


def test_yaml_may_begin_as_json_does() -> None:
    assert data("{a: 1, b: [x]}", "a.yaml") == ({"a": 1, "b": ["x"]}, [])


def test_a_byte_order_mark_is_nothing() -> None:
    assert data('\ufeff{"a": 1}', "a.json") == ({"a": 1}, [])
    assert data("\ufeffa: 1", "a.yaml") == ({"a": 1}, [])


def test_duplicate_keys_are_reported_with_both_lines_and_the_last_one_holds() -> None:
    text = '{"a": [{"b": 1, "c": {"b": 5}},\n {"b": 1,\n  "\\u0062": 2}],\n "b": 3}'
    found, findings = data(text, "a.json")
    assert found == {"a": [{"b": 1, "c": {"b": 5}}, {"b": 2}], "b": 3}
    assert findings == [
        (
            "a.json:3:3: error Source/DuplicateKey: `b` stands here twice, first in line 2;"
            " the last one holds\n"
            "  hint: remove one of the two, or rename it"
        )
    ]


def test_duplicates_are_found_after_a_collection_too() -> None:
    _, findings = data('{"a": {"x": 1}, "b": [1], "a": 2, "c": {}, "c": 3}', "a.json")
    assert [finding.partition(" stands")[0] for finding in findings] == [
        "a.json:1:27: error Source/DuplicateKey: `a`",
        "a.json:1:44: error Source/DuplicateKey: `c`",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"a"\n: 1,\n"b" 2}',
            "a.json:3:5: error Source/Syntax: this is not JSON: Expecting ':' delimiter",
        ),
        ("{} {}", "a.json:1:4: error Source/Syntax: this is not JSON: Extra data"),
        (" \n", "a.json:1:1: error Source/Empty: the file is empty"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(text: str, message: str) -> None:
    assert refusal(text) == message


@pytest.mark.parametrize("written", ["NaN", "-Infinity", "1e999", "9" * 5000])
def test_a_number_that_json_cannot_hold_is_refused(written: str) -> None:
    shown = written if len(written) <= 40 else written[:40] + "…"
    assert refusal('{"a": "NaN",\n  "b": [1, ' + written + "]}") == (
        f"a.json:2:12: error Source/Number: `{shown}` is no number that JSON can hold\n"
        "  hint: write a finite number, or put it in quotes"
    )


@pytest.mark.parametrize(
    ("opening", "closing", "column"),
    [("[", "]", 257), ('{"a":', "}", 1281)],
)
@pytest.mark.parametrize("depth", [257, 900, 100_000])
def test_nesting_is_bounded(opening: str, closing: str, column: int, depth: int) -> None:
    text = opening * depth + "1" + closing * depth
    assert refusal(text) == (
        f"a.json:1:{column}: error Source/TooDeep: nested more than 256 levels deep"
    )


@pytest.mark.parametrize("text", ["5", '"x"', "null"])
def test_a_json_text_may_be_a_scalar(text: str) -> None:
    assert data(text, "a.json") == (json.loads(text), [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1', "8: error Source/Syntax: this is not JSON"),
        ('{"a": 1} x', "10: error Source/Syntax: this is not JSON: Extra data"),
        ('{"a": {"b" 1}}', "12: error Source/Syntax: this is not JSON: Expecting ':'"),
        ('{"a": {"b": {"c": 1,}}}', "error Source/Syntax: this is not JSON"),
        ('{"a": {"b": 1 "c": 2}}', "15: error Source/Syntax: this is not JSON: Expecting ','"),
        ('{"a": {b: 1}}', "8: error Source/Syntax: this is not JSON: Expecting property name"),
        ('{"a": {"b": NaN}}', "13: error Source/Number: `NaN` is no number"),
    ],
)
def test_what_is_wrong_with_maps_in_maps_is_said_with_its_place(text: str, said: str) -> None:
    assert said in refusal(text)


def test_256_levels_are_read() -> None:
    data("[" * 256 + "]" * 256, "a.json")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(_VALUES, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_every_value_is_where_the_index_says(value: Any, ascii_only: bool, indent: Any) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    read, positions = jsontext.read(text, "a.json", Diagnostics())
    assert read == value
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def check(value: Any, pointer: str) -> None:
        place = positions.locate(pointer)
        rest = text[starts[place.line - 1] + place.column - 1 :]
        assert json.JSONDecoder().raw_decode(rest)[0] == value
        if isinstance(value, dict):
            for key, child in value.items():
                below = f"{pointer}/{escape(key)}"
                place = positions.locate(below, key=True)
                rest = text[starts[place.line - 1] + place.column - 1 :]
                assert json.JSONDecoder().raw_decode(rest)[0] == key
                check(child, below)
        if isinstance(value, list):
            for index, child in enumerate(value):
                check(child, f"{pointer}/{index}")

    check(value, "")


def test_half_characters_are_replaced_in_any_number_and_the_first_of_them_reported() -> None:
    found, findings = data('{"a": "' + r"\ud800" * 1000 + '"}')
    assert found == {"a": "\ufffd" * 1000}
    assert len(findings) == 50
