from __future__ import annotations

import re

import httpx
import pytest

import sdkgen_runtime as rt


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
