from __future__ import annotations

import re
from typing import Any

import httpx
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


def test_a_number_is_the_timeout_of_every_single_wait() -> None:
    timeout = rt.Timeout.of(3)
    assert (timeout.connect, timeout.read, timeout.write, timeout.pool, timeout.idle) == (3,) * 5
    assert (timeout.first_event, timeout.total) == (None, None)
    assert rt.Timeout.of(timeout) is timeout


def test_the_timeout_of_the_http_library_is_one_too_and_none_lifts_all_limits() -> None:
    timeout = rt.Timeout.of(httpx.Timeout(5, read=7))
    assert (timeout.connect, timeout.read, timeout.write, timeout.pool) == (5, 7, 5, 5)
    assert (timeout.idle, timeout.first_event, timeout.total) == (7, None, None)
    unlimited = rt.Timeout(connect=None, read=None, write=None, pool=None, idle=None)
    assert rt.Timeout.of(None) == unlimited


@pytest.mark.parametrize("seconds", [0, -1.5, float("inf"), float("nan"), 1e20])
def test_no_time_to_wait_is_refused(seconds: float) -> None:
    with pytest.raises(
        ValueError, match=f"^timeout is {re.escape(str(seconds))}: seconds to wait, more"
    ):
        rt.Timeout.of(seconds)


def test_nothing_waits_for_ever_by_default() -> None:
    timeout = rt.Timeout()
    assert None not in (timeout.connect, timeout.read, timeout.write, timeout.pool, timeout.idle)


@pytest.mark.parametrize("kind", [rt.Operation, rt.StreamOperation])
def test_an_operation_is_made_with_its_type_and_does_not_change(kind: Any) -> None:
    more = {"events": rt.RawEvents()} if kind is rt.StreamOperation else {}
    operation = kind[Item]("GET", "/x", **more)
    assert (operation.method, operation.path, operation.returns) == ("GET", "/x", ())
    with pytest.raises(AttributeError):
        operation.method = "POST"
