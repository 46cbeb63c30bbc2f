from __future__ import annotations

import pytest

from sdkgen_runtime.auth import Credentials, Scheme

BEARER = Scheme("token", "bearer", env="PARLEY_TOKEN")
BASIC = Scheme("login", "basic")
HEADER = Scheme("key", "key", key="X-Key")
QUERY = Scheme("query", "key", place="query", key="api_key")
COOKIE = Scheme("cookie", "key", place="cookie", key="sid")
ALL = (BEARER, BASIC, HEADER, QUERY, COOKIE)


def names(schemes: list[Scheme]) -> list[str]:
    return [scheme.name for scheme in schemes]


def test_each_kind_is_carried_in_its_place() -> None:
    held = Credentials(ALL, {"token": "t", "login": ("u", "p"), "key": "k", "query": "q"})
    assert held.headers([BEARER]) == {"Authorization": "Bearer t"}
    assert held.headers([BASIC]) == {"Authorization": "Basic dTpw"}
    assert held.headers([HEADER, QUERY]) == {"X-Key": "k"}
    assert held.parameters([HEADER, QUERY], "query") == {"api_key": "q"}
    assert Credentials(ALL, {"cookie": "c"}).parameters([COOKIE], "cookie") == {"sid": "c"}


def test_a_user_name_and_password_may_be_one_text() -> None:
    assert Credentials((BASIC,), {"login": "u:p"}).headers([BASIC]) == {
        "Authorization": "Basic dTpw"
    }


def test_the_environment_stands_in_for_what_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_TOKEN", "from-env\n")
    assert Credentials((BEARER,), {}).headers([BEARER]) == {"Authorization": "Bearer from-env"}
    assert Credentials((BEARER,), {"token": "given"}).headers([BEARER]) == {
        "Authorization": "Bearer given"
    }


def test_the_first_alternative_that_can_be_met_is_used() -> None:
    held = Credentials(ALL, {"key": "k", "query": "q"})
    assert names(held.select([["token"], ["key", "login"], ["key", "query"], ["key"]])) == [
        "key",
        "query",
    ]
    assert names(held.select(None)) == ["key", "query"]
    assert held.select([["token"]]) == []
    assert held.select([]) == []
    assert held.select([[]]) == []


def test_a_credential_is_sent_though_the_api_would_do_without() -> None:
    assert names(Credentials(ALL, {"key": "k"}).select([[], ["key"]])) == ["key"]


@pytest.mark.parametrize("secret", ["a\r\nEvil: 1", "grün"])
def test_a_credential_that_no_header_can_carry_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(ValueError, match="Authorization") as caught:
        Credentials((BEARER,), {"token": secret}).headers([BEARER])
    assert secret not in str(caught.value)


def test_the_hint_says_what_to_do() -> None:
    assert "set PARLEY_TOKEN or give a credential for login" in (
        Credentials((BEARER, BASIC), {}).hint()
    )
    assert Credentials((BEARER,), {"token": "t"}).hint() == ""
    assert Credentials((), {}).hint() == ""


def test_what_is_too_short_to_be_a_secret_leaves_words_whole() -> None:
    held = Credentials((BEARER,), {"token": "a"})
    assert held.conceal("bad key") == "bad key"


def test_a_secret_is_concealed_in_text_and_repr() -> None:
    held = Credentials(ALL, {"token": "sk-12345", "login": ("u", "password"), "key": "k98765"})
    assert held.conceal("bad sk-12345 of u:password, k98765") == "bad *** of u:***, ***"
    assert repr(held) == "Credentials(key, login, token)"
    assert Credentials((BASIC,), {"login": ("u", "")}).conceal("as it is") == "as it is"
