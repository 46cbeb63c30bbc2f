from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest

import sdkgen_runtime as rt
from sdkgen_runtime.errors import is_report, message_in, request_id, status_error, status_in


def test_there_is_one_tree() -> None:
    kinds = [getattr(rt, name) for name in rt.__all__ if name.endswith("Error")]
    assert len(kinds) > 15
    assert all(issubclass(kind, rt.SDKError) for kind in kinds)
    assert issubclass(rt.APITimeoutError, rt.APIConnectionError)
    assert issubclass(rt.StreamInterruptedError, rt.APIConnectionError)
    assert issubclass(rt.StreamTimeoutError, rt.APITimeoutError)
    assert rt.SDKError.__base__ is Exception


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"Retry-After": "3600"}, 3600), ({"retry-after-ms": "250"}, 0.25), ({}, None)],
)
def test_an_error_says_how_long_the_server_asks_to_wait(
    headers: dict[str, str], seconds: float | None
) -> None:
    response = httpx.Response(429, headers=headers)
    assert rt.RateLimitError("slow", status_code=429, response=response).retry_after == seconds
    assert rt.RateLimitError("slow", status_code=429).retry_after is None


def _elsewhere(error: rt.SDKError) -> Any:
    return pickle.loads(pickle.dumps(error))  # noqa: S301


def test_errors_cross_processes() -> None:
    request = httpx.Request("GET", "http://a.example/x")
    response = httpx.Response(429, json={"a": 1}, request=request)
    status = rt.RateLimitError("slow", status_code=429, response=response, body={"a": 1})
    event = rt.ServerSentEvent("a", "{")
    decode = rt.EventDecodeError("odd", event=event, index=3, request=request, body="{")
    for error in (status, decode, rt.MissingCredentialError("no key")):
        found = _elsewhere(error)
        assert type(found) is type(error)
        assert str(found) == str(error)
        assert found.__dict__.keys() == error.__dict__.keys()
    found = _elsewhere(status)
    assert (found.status_code, found.response.json(), found.body) == (429, {"a": 1}, {"a": 1})
    assert _elsewhere(decode).event == event


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, rt.NotFoundError), (499, rt.APIStatusError), (503, rt.InternalServerError)],
)
def test_every_status_has_a_class(status: int, kind: type) -> None:
    assert status_error(status) is kind


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"status": 429}, 429),
        ({"error": {"code": "404"}}, 404),
        ({"error": {"type": "overloaded_error"}}, 529),
        ({"error": {"code": "invalid_api_key"}}, 401),
        ({"type": "https://internal-server.example/problems/rate-limit"}, 429),
        ({"type": "https://internal-server.example/problems/out-of-credit/"}, None),
        ({"type": "error", "error": {"type": "authentication_error"}}, 401),
        ({"code": "RESOURCE-NOT-FOUND"}, 404),
        ({"code": "rate limit exceeded"}, 429),
        ({"code": "rate_limit_exceeded"}, 429),
        ({"type": "server_error"}, 500),
        ({"status": 200}, None),
        ({"code": True}, None),
        ({"code": "1e3"}, None),
        ("text", None),
        (None, None),
    ],
)
def test_the_status_of_an_error_in_a_stream_is_read_from_its_body(
    body: object, status: int | None
) -> None:
    assert status_in(body) == status


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": {"message": "a"}, "message": "b"}, "a"),
        ({"detail": [{"loc": ["query", "limit"], "msg": "too large"}]}, "query.limit: too large"),
        ({"detail": [{"loc": "x", "msg": "a"}, {"msg": "b"}, {}]}, "a (and 2 more)"),
        ({"detail": [], "title": "b"}, "b"),
        ({"detail": [{"msg": 1}, "x"], "title": "b"}, "b"),
        ({"detail": " x \n y "}, "x y"),
        ({"error": "said"}, "said"),
        ({"message": 7, "title": "t"}, "t"),
        ("plain", "plain"),
        ("", None),
        ([], None),
    ],
)
def test_the_servers_own_words_are_found(body: object, message: str | None) -> None:
    assert message_in(body) == message


def test_long_words_are_shortened() -> None:
    assert len(message_in("x" * 10_000) or "") == 500


def test_a_report_is_an_object_with_an_error() -> None:
    assert is_report({"error": {}})
    assert is_report({"error": "x"})
    assert not any(map(is_report, ({"error": None}, {"error": False}, {}, [], "error")))


def test_the_request_id_has_many_names() -> None:
    assert request_id({"request-id": "r"}) == "r"
    assert request_id({}) is None
    response = httpx.Response(500, headers={"X-Request-ID": "r"})
    assert rt.APIError("m", response=response).request_id == "r"
    assert rt.APIError("m").request_id is None
