from __future__ import annotations

from typing import Any

import pydantic
import pytest

import sdkgen_runtime as rt
from sdkgen_runtime.request import LazyType


class Item(pydantic.BaseModel):
    n: int


def test_unset_is_false_and_not_none_and_one() -> None:
    assert not rt.UNSET
    assert repr(rt.UNSET) == "UNSET"
    assert rt.Unset.UNSET is rt.UNSET


def test_a_type_is_looked_up_when_it_is_needed_and_once() -> None:
    calls = []

    def find() -> Any:
        calls.append(1)
        return Item

    lazy: LazyType[Item] = LazyType(find)
    assert calls == []
    assert lazy.load(b'{"n":1}') == lazy.load(b'{"n":1}') == Item(n=1)
    assert lazy.validator is Item.__pydantic_validator__
    assert calls == [1]


def test_a_type_may_be_anything_that_pydantic_knows() -> None:
    assert LazyType[Any](lambda: list[Item] | None).load(b'[{"n":1}]') == [Item(n=1)]
    assert LazyType[Any](lambda: None).load(b"null") is None


@pytest.mark.parametrize("kind", [rt.Operation, rt.StreamOperation])
def test_an_operation_is_made_with_its_type_and_does_not_change(kind: Any) -> None:
    more = {"events": rt.RawEvents()} if kind is rt.StreamOperation else {}
    operation = kind[Item]("GET", "/x", **more)
    assert (operation.method, operation.path, operation.returns) == ("GET", "/x", ())
    with pytest.raises(AttributeError):
        operation.method = "POST"
