from __future__ import annotations

import httpx
import pytest

from sdkgen_runtime.auth import Scheme
from sdkgen_runtime.redact import Redaction

REDACTION = Redaction(
    [Scheme("s", "key", key="X-Parley"), Scheme("q", "key", None, "query", "sid")]
)


def test_what_may_be_a_credential_is_hidden_and_the_rest_is_shown() -> None:
    request = httpx.Request(
        "POST",
        "https://user:pw@x.example/v1?sid=1&api_key=2&q=3&q=4&sig=5&design=6",
        headers={
            "Authorization": "Bearer t",
            "X-Parley": "k",
            "Cookie": "c",
            "X-Goog-Signature": "s",
            "Idempotency-Key": "i",
            "Accept": "a",
        },
        content=b"private",
    )
    shown = REDACTION.request(request)
    assert "pw" not in str(shown.url)
    assert "user" not in str(shown.url)
    assert shown.url.params.multi_items() == [
        ("sid", "***"),
        ("api_key", "***"),
        ("q", "3"),
        ("q", "4"),
        ("sig", "***"),
        ("design", "6"),
    ]
    hidden = ("authorization", "x-parley", "cookie", "x-goog-signature")
    assert {shown.headers[name] for name in hidden} == {"***"}
    assert (shown.headers["idempotency-key"], shown.headers["accept"]) == ("i", "a")
    assert shown.read() == b""
    assert request.headers["authorization"] == "Bearer t"


def test_a_response_is_shown_with_its_request_redacted_and_without_the_next_one() -> None:
    request = httpx.Request("GET", "https://x.example", headers={"X-Parley": "k"})
    response = httpx.Response(302, request=request)
    response.next_request = request
    assert REDACTION.response(response) is response
    assert response.request.headers["x-parley"] == "***"
    assert response.next_request is None


def test_a_url_without_credentials_stays_as_it_is() -> None:
    url = httpx.URL("https://x.example/a%20b?q=%20")
    assert REDACTION.url(url) is url


def test_a_url_that_is_sent_as_it_is_shows_no_credential_in_any_form() -> None:
    guarded = REDACTION.guarded(httpx.URL("https://x.example/a?sid=secret-1"))
    assert guarded.query == b"sid=secret-1"
    assert "secret-1" not in f"{guarded} {guarded!r}"


@pytest.mark.parametrize("user", ["TOKEN:pw", "TOKEN", ":pw"])
def test_a_url_shows_that_it_has_a_user_and_not_who(user: str) -> None:
    url = httpx.URL(f"https://{user}@x.example/a")
    assert str(REDACTION.url(url)) == str(REDACTION.guarded(url)) == "https://***@x.example/a"
