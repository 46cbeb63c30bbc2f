"""What JSON pointers lead to."""

from __future__ import annotations

import pytest

from sdkgen.text import pointers

ROOT = {"a": [{"-1": "b"}, *range(1, 12)], "~/": 1, "01": 2}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [("", ROOT), ("/a/11", 11), ("/a/0/-1", "b"), ("/~0~1", 1), ("/01", 2)],
)
def test_a_pointer_leads_through_keys_and_positions(pointer: str, value: object) -> None:
    assert pointers.get(ROOT, pointer) == value


@pytest.mark.parametrize(
    "token", ["-1", "+1", "01", "1_0", " 1", "\u0661", "-", "", "12", "9" * 5000]
)
def test_a_position_is_a_number_without_more(token: str) -> None:
    with pytest.raises(KeyError):
        pointers.get(ROOT, f"/a/{token}")
