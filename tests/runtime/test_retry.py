from __future__ import annotations

import email.utils
import time

import pytest

from sdkgen_runtime import retry
from sdkgen_runtime.retry import Tries, is_retryable, retry_after


def test_statuses_that_may_pass_are_tried_again() -> None:
    assert [status for status in range(400, 600) if is_retryable(status)] == [
        408,
        409,
        429,
        *range(500, 600),
    ]


def test_the_delay_doubles_up_to_a_limit_with_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.5)
    for _ in range(20):
        tries = Tries(7)
        delays = [tries.after_failure() or 0 for _ in range(7)]
        for delay, longest in zip(delays, (0.5, 1, 2, 4, 8, 8, 8), strict=True):
            assert 0.75 * longest <= delay <= longest
    assert len({Tries(1).after_failure() for _ in range(20)}) > 1


def test_no_try_is_left_when_all_are_used() -> None:
    tries = Tries(1)
    assert tries.after_failure() is not None
    assert tries.after_failure() is None
    assert tries.after_status(503, {"retry-after": "1"}) is None
    assert Tries(-1).after_failure() is None


def test_the_server_says_how_long_to_wait() -> None:
    soon = email.utils.formatdate(time.time() + 30, usegmt=True)
    past = email.utils.formatdate(time.time() - 30, usegmt=True)
    assert retry_after({"retry-after": "7"}) == 7
    assert retry_after({"retry-after": "7", "retry-after-ms": "250"}) == 0.25
    assert 25 < (retry_after({"retry-after": soon}) or 0) <= 30
    assert retry_after({"retry-after": past}) == 0
    assert Tries(1).after_status(429, {"retry-after": "7"}) == 7


@pytest.mark.parametrize(
    "value",
    [
        *("", "soon", "-1", "nan", "inf", "Fri, 99 Foo 2026 99:99 GMT"),
        "Wed, 21 Oct 2015 07:28:00 +99999999999999",
    ],
)
def test_what_says_nothing_is_ignored(value: str) -> None:
    assert retry_after({"retry-after": value}) is None
    assert retry_after({"retry-after-ms": value}) is None
    assert retry_after({}) is None


def test_a_wait_that_is_too_long_is_left_to_the_caller() -> None:
    assert Tries(2).after_status(429, {"retry-after": "61"}) is None


def test_what_will_not_pass_is_not_tried_again() -> None:
    assert Tries(2).after_status(404, {"retry-after": "1"}) is None


@pytest.mark.parametrize(("asked", "delay"), [(None, 0.01), (0, 0.01), (3000, 3.0), (10**9, 30.0)])
def test_a_stream_that_is_lost_is_waited_for_as_it_asked(asked: int | None, delay: float) -> None:
    waited = Tries(1).after_failure(asked)
    assert waited == pytest.approx(delay, rel=0.25)
