"""Where calls go: servers, their variables, and what these cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from sdkgen_runtime.servers import Server, Variable, checked_base_url, locate

REGION = Variable("region", "eu", ("eu", "us"))
TENANT = Variable("tenant-id", None, (), "tenant_id")
BASE = Variable("base", "v1")
PRODUCTION = Server("https://{region}.a.example/{base}", "production", (REGION, BASE))
OWN = Server("https://{tenant-id}.a.example", "own", (TENANT,))
ALL = (PRODUCTION, OWN)
NOTHING: Mapping[str, str | None] = {}


def test_the_first_server_is_the_default_and_others_are_chosen_by_name() -> None:
    assert locate(ALL, None, None, NOTHING).base_url == "https://eu.a.example/v1"
    given = {"region": "us", "base": None, "tenant_id": "t1"}
    assert locate(ALL, None, None, given).base_url == "https://us.a.example/v1"
    assert locate(ALL, None, "own", given).base_url == "https://t1.a.example"
    assert locate(ALL, "http://b.example/", "own", given).base_url == "http://b.example"


def test_what_cannot_be_chosen_is_an_error_that_says_what_can() -> None:
    with pytest.raises(ValueError, match="one of 'production', 'own'"):
        locate(ALL, None, "sandbox", NOTHING)
    with pytest.raises(ValueError, match="`region` is 'asia': it has to be one of 'eu', 'us'"):
        locate(ALL, None, None, {"region": "asia"})
    with pytest.raises(ValueError, match="pass `tenant_id`, or base_url"):
        locate(ALL, None, "own", NOTHING)
    with pytest.raises(ValueError, match="names no server: pass base_url"):
        locate((), None, None, NOTHING)


@pytest.mark.parametrize(
    "value",
    [
        *("evil.example/", "evil.example#", "evil.example?", "me@evil.example", "evil.example\\"),
        *("", "a b", "a\r\nEvil: 1", "a%2f", "evil.example:80", "gr\u00fcn", "[::1]"),
    ],
)
def test_a_value_in_the_host_leaves_the_host_what_it_is(value: str) -> None:
    with pytest.raises(ValueError, match=r"another URL|is not a URL"):
        locate((OWN,), None, None, {"tenant_id": value})


@pytest.mark.parametrize(
    "value", ["..", "a/../b", "?x=1", "#x", "./", "a\\b", "%2e%2e", "@evil.example:80", "a b"]
)
def test_a_value_in_the_path_stays_in_the_path(value: str) -> None:
    with pytest.raises(ValueError, match="another URL"):
        locate((PRODUCTION,), None, None, {"base": value})


def test_a_variable_may_be_scheme_host_and_port_or_all_of_a_url() -> None:
    open_ = Server(
        "{scheme}://{host}:{port}/{path}",
        variables=(Variable("scheme", "https"), Variable("host"), Variable("port", "443")),
    )
    given = {"host": "a.example", "port": "8443", "path": "v1/beta"}
    assert locate((open_,), None, None, given).base_url == "https://a.example:8443/v1/beta"
    with pytest.raises(ValueError, match="another URL"):
        locate((open_,), None, None, {**given, "scheme": "http://evil.example/?"})
    whole = Server("{url}/v1", variables=(Variable("url"),))
    assert locate((whole,), None, None, {"url": "https://a.example"}).base_url == (
        "https://a.example/v1"
    )
    with pytest.raises(ValueError, match="has to begin with https"):
        locate((whole,), None, None, {"url": "file:///etc"})


def test_one_argument_is_for_variables_that_differ_in_case_alone() -> None:
    upper = Variable("Region", "us", argument="region")
    servers = (PRODUCTION, Server("https://{Region}.b.example", "upper", (upper,)))
    assert locate(servers, None, None, {"region": "us"}).base_url == "https://us.a.example/v1"
    assert locate(servers, None, "upper", {"region": "asia"}).base_url == "https://asia.b.example"


def test_an_operation_s_own_server_is_used_unless_the_user_names_one() -> None:
    uploads = Server("https://{region}.uploads.example", variables=(REGION,))
    chosen = locate(ALL, None, None, {"region": "us"})
    assert chosen.of(()) == "https://us.a.example/v1"
    assert chosen.of((uploads,)) == "https://us.uploads.example"
    assert chosen.of((Server("/v2"),)) == "https://us.a.example/v2"
    assert chosen.of((Server("beta"),)) == "https://us.a.example/v1/beta"
    own = locate(ALL, "http://127.0.0.1:1/v1", None, {"region": "us"})
    assert own.of((uploads,)) == "http://127.0.0.1:1/v1"
    assert own.of((Server("/v2"),)) == "http://127.0.0.1:1/v2"
    assert own.of((Server("//b.example/v2"),)) == "http://127.0.0.1:1/v1"
    anywhere = Server("{base}/v2", variables=(Variable("base", "//b.example"),))
    assert own.of((anywhere,)) == "http://127.0.0.1:1/v1"


def test_an_operation_with_servers_of_its_own_goes_to_the_chosen_one_or_the_first() -> None:
    own = (Server("https://a.files.example", "production"), Server("https://b.files.example", "b"))
    given = {"tenant_id": "t1"}
    assert locate(ALL, None, None, given).of(own) == "https://a.files.example"
    assert locate(ALL, None, "production", given).of(own) == "https://a.files.example"
    assert locate(ALL, None, "own", given).of(own) == "https://a.files.example"
    chosen = locate(ALL, None, "b", given, others=("b",))
    assert (chosen.base_url, chosen.of(own)) == ("https://eu.a.example/v1", own[1].url)
    with pytest.raises(ValueError, match="one of 'production', 'own', 'b'"):
        locate(ALL, None, "c", given, others=("b",))


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/?a=b",
        "https://a.example/v1#b",
        "https://a.example?",
        "https://a.example#",
    ],
)
def test_a_base_url_is_no_more_than_where_paths_begin(url: str) -> None:
    with pytest.raises(ValueError, match="extra_query"):
        checked_base_url(url)


@pytest.mark.parametrize("url", ["https://user@a.example", "https://user:s3cret@a.example/v1"])
def test_a_base_url_has_no_credentials_which_would_replace_those_of_the_api(url: str) -> None:
    with pytest.raises(ValueError, match="user name or a password") as caught:
        checked_base_url(url)
    assert "s3cret" not in str(caught.value)


def test_a_base_url_has_a_host() -> None:
    with pytest.raises(ValueError, match="no host"):
        checked_base_url("https://")


def test_a_base_url_is_text() -> None:
    url: Any = httpx.URL("https://a.example")
    with pytest.raises(TypeError, match=r"base_url is a URL: pass str\(base_url\)"):
        checked_base_url(url)
