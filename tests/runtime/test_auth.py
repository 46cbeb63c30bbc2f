from __future__ import annotations

from typing import Any

import pytest

from sdkgen_runtime.auth import ClientCredentials, Credentials, OAuth, Scheme
from sdkgen_runtime.errors import AuthenticationError, InternalServerError, MissingCredentialError
from sdkgen_runtime.grants import Grant

BEARER = Scheme("token", "bearer", env="PARLEY_TOKEN")
BASIC = Scheme("login", "basic")
HEADER = Scheme("key", "key", key="X-Key")
QUERY = Scheme("query", "key", place="query", key="api_key")
COOKIE = Scheme("cookie", "key", place="cookie", key="sid")
OTHER = Scheme("other", "http", prefix="Signature")
ALL = (BEARER, BASIC, HEADER, QUERY, COOKIE)


def names(schemes: list[Scheme]) -> list[str]:
    return [scheme.name for scheme in schemes]


def test_each_kind_is_carried_in_its_place() -> None:
    held = Credentials(ALL, {"token": "t", "login": ("u", "p"), "key": "k", "query": "q"})
    assert held.headers([BEARER]) == {"Authorization": "Bearer t"}
    assert held.headers([BASIC]) == {"Authorization": "Basic dTpw"}
    assert held.headers([HEADER, QUERY]) == {"X-Key": "k"}
    assert held.parameters([HEADER, QUERY]) == {"api_key": "q"}
    assert Credentials(ALL, {"cookie": "a=/+"}).cookies([HEADER, COOKIE]) == ["sid=a=/+"]
    other = Credentials((OTHER,), {"other": "keyId=1, signature=2"})
    assert other.headers([OTHER]) == {"Authorization": "Signature keyId=1, signature=2"}


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
    assert held.select([]) == []
    assert held.select([[]]) == []
    assert held.select([["token"], []]) == []


def test_a_client_without_any_credential_asks_as_a_stranger() -> None:
    assert Credentials(ALL, {}).select([["token"]]) == []


def test_where_none_can_be_met_the_error_names_what_to_pass() -> None:
    granted = Scheme(
        "oauth", "bearer", argument="access_token", grant=ClientCredentials("t", env=("ID", "SEC"))
    )
    held = Credentials((*ALL, granted), {"key": "k"})
    half = Credentials((*ALL, granted), {"oauth": OAuth(None, "id")})
    with pytest.raises(MissingCredentialError, match="client_secret"):
        half.select([["oauth"]])
    with pytest.raises(MissingCredentialError) as caught:
        held.select([["token"], ["key", "query"], ["oauth"]], called="GET /x")
    assert str(caught.value) == (
        "GET /x needs a credential: pass `token` (or set PARLEY_TOKEN); or `key` together with "
        "`query`; or `client_id` and `client_secret` (or set ID and SEC) or `access_token`."
    )


def test_what_the_request_has_anyway_need_not_be_given() -> None:
    held = Credentials(ALL, {"key": "k"})
    assert names(held.select([["key", "query"]], {("query", "api_key")})) == ["key"]
    assert held.select([["token"]], {("header", "authorization")}) == []


def test_white_space_is_no_credential(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = Scheme("o", "bearer", env="O_TOKEN", grant=ClientCredentials("t", env=("ID", "SEC")))
    for name in ("O_TOKEN", "ID", "SEC"):
        monkeypatch.setenv(name, " \n")
    for given in (" \n", OAuth(" "), OAuth(None, " ", "\n")):
        held = Credentials((scheme,), {"o": given})
        assert held.headers([scheme]) == {}
        assert held.grant([scheme]) is None
    monkeypatch.setenv("O_TOKEN", "token-1\n")
    held = Credentials((scheme,), {"o": " "})
    assert held.headers([scheme]) == {"Authorization": "Bearer token-1"}


def test_a_client_is_asked_for_before_the_environment_is(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = Scheme("o", "bearer", env="O_TOKEN", grant=ClientCredentials("t", env=("ID", "SEC")))
    monkeypatch.setenv("O_TOKEN", "from-env")
    assert Credentials((scheme,), {}).grant([scheme]) is None
    given = Credentials((scheme,), {"o": OAuth(None, "id", "secret-1")})
    assert given.grant([scheme]) is not None
    assert given.headers([scheme]) == {}
    assert Credentials((scheme,), {"o": OAuth("t", "id", "secret-1")}).grant([scheme]) is None
    monkeypatch.delenv("O_TOKEN")
    assert Credentials((scheme,), {}).select(None) == []
    monkeypatch.setenv("ID", "id")
    monkeypatch.setenv("SEC", "secret-2")
    assert Credentials((scheme,), {}).grant([scheme]) is not None


def test_a_credential_is_sent_though_the_api_would_do_without() -> None:
    assert names(Credentials(ALL, {"key": "k"}).select([[], ["key"]])) == ["key"]


@pytest.mark.parametrize("secret", ["a\r\nEvil: 1", "grün"])
def test_a_credential_that_no_header_can_carry_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(ValueError, match="Authorization") as caught:
        Credentials((BEARER,), {"token": secret}).headers([BEARER])
    assert secret not in str(caught.value)


def test_a_credential_that_no_cookie_can_carry_is_refused_and_not_shown() -> None:
    with pytest.raises(ValueError, match="'cookie'") as caught:
        Credentials((COOKIE,), {"cookie": "a; role=admin"}).cookies([COOKIE])
    assert "admin" not in str(caught.value)


@pytest.mark.parametrize("secret", [5, ("user", 5), b"raw"])
def test_a_credential_that_is_no_text_is_refused_and_not_shown(secret: Any) -> None:
    with pytest.raises(TypeError, match=r"^`token` has to be text, and is of type [a-z]+$"):
        Credentials((BEARER,), {"token": secret})


def test_the_hint_says_what_to_do() -> None:
    assert "pass `token` (or set PARLEY_TOKEN); or `login`." in (
        Credentials((BEARER, BASIC), {}).hint(None)
    )
    assert Credentials((BEARER,), {"token": "t"}).hint(None) == ""
    assert Credentials((), {}).hint(None) == ""
    assert Credentials((BEARER,), {"token": "t"}).hint([["token"]]) == ""
    for given in ({"token": "t"}, {}):  # one that is given now would not be sent, either
        for nothing in ([], [()]):
            assert Credentials((BEARER,), given).hint(nothing) == (
                " By its document, it asks for no credential: none of the client's was sent."
            )
    assert Credentials((BEARER, BASIC), {}).hint([["login"]]) == (
        " No credential was given: pass `login`."
    )


@pytest.mark.parametrize(
    ("secret", "said", "shown"),
    [
        ("a", "bad key a", "bad key ***"),
        ("abc", "abcd: 'abc' is bad (key=abc, key_abc)", "abcd: '***' is bad (key=***, key_***)"),
        ("1-2", "1-2 and 11-2 and 1-23", "*** and 11-2 and 1-23"),
        ("$$", "a$$b", "a***b"),
        ("\u00fcb", "\u00fcb \u00fcber", "*** \u00fcber"),
    ],
)
def test_a_short_secret_is_concealed_and_leaves_words_whole(
    secret: str, said: str, shown: str
) -> None:
    assert Credentials((BEARER,), {"token": secret}).conceal(said) == shown


def test_a_secret_that_is_a_part_of_another_leaves_nothing_of_it() -> None:
    held = Credentials((BEARER, HEADER), {"token": "sk-123", HEADER.name: "sk-123456"})
    assert held.conceal("not sk-123456") == "not ***"


@pytest.mark.parametrize(
    "said", ["s3 cr+t/é", "s3%20cr%2Bt%2F%C3%A9", "s3+cr%2bt/%c3%a9", "s3%20cr+t/é"]
)
def test_a_secret_is_concealed_however_a_url_spells_it(said: str) -> None:
    held = Credentials((BEARER,), {"token": "s3 cr+t/é"})
    assert held.conceal(f"bad request: /a?key={said}&b=1") == "bad request: /a?key=***&b=1"


def test_a_secret_is_concealed_in_text_and_repr() -> None:
    held = Credentials(ALL, {"token": "sk-12345", "login": ("u", "password"), "key": "k98765"})
    assert held.conceal("bad sk-12345 of u:password, k98765") == "bad *** of u:***, ***"
    assert held.conceal("no Basic dTpwYXNzd29yZA==") == "no Basic ***"
    assert repr(held) == "Credentials(key, login, token)"
    assert "secret-1" not in repr(OAuth("secret-1", "id", "secret-1"))
    assert Credentials((BASIC,), {"login": ("u", "")}).conceal("as it is") == "as it is"


GRANTED = Scheme("oauth", "bearer", grant=ClientCredentials("/token"))


def fetching() -> tuple[Credentials, Grant]:
    """The credentials of a client that fetches its tokens, and what fetches them."""
    held = Credentials((GRANTED,), {"oauth": OAuth(None, "id", "s3cret:%/+")})
    grant = held.grant([GRANTED])
    assert grant is not None
    return held, grant


def test_a_token_that_was_fetched_is_concealed_and_a_secret_in_any_writing() -> None:
    held, grant = fetching()
    assert grant.take('{"access_token": "token-1"}') == "token-1"
    said = "token-1 of id (s3cret:%/+), sent as s3cret%3A%25%2F%2B"
    assert held.conceal(said) == "*** of id (***), sent as ***"


def test_a_token_that_is_refused_late_takes_no_newer_one_with_it() -> None:
    _, grant = fetching()
    grant.take('{"access_token": "token-1"}')
    grant.take('{"access_token": "token-2"}')
    grant.forget("Bearer token-1")
    assert grant.token() == "token-2"
    grant.forget("Bearer token-2")
    assert grant.token() is None


def test_after_a_failure_a_client_is_named_in_the_header_again() -> None:
    _, grant = fetching()
    assert grant.asks_otherwise(AuthenticationError("no", status_code=401))
    assert "Authorization" not in grant.request("http://a.test")[1].header
    grant.failed(InternalServerError("down", status_code=503))
    assert "Authorization" in grant.request("http://a.test")[1].header


@pytest.mark.parametrize(
    "url", ["https://[::1", "https://x.example:port", "https://x.example/\x00"]
)
def test_a_token_endpoint_that_is_no_url_is_said_to_be_none(url: str) -> None:
    with pytest.raises(ValueError, match=r"The token endpoint is no URL: .+\."):
        Grant(url, "me", "secret", ()).request("https://api.example")
