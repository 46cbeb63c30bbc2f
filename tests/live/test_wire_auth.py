"""Credentials and servers on the wire: every kind, in alternatives, and OAuth 2.0 tokens."""

from __future__ import annotations

import asyncio
import importlib
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial, reduce
from types import ModuleType
from typing import Any

import httpx
import pytest

from servers.recording import Request, recording
from servers.tokens import CLIENT, TokenServer

ME: Any = {"client_id": CLIENT[0], "client_secret": CLIENT[1]}
GRANTED = "granted.get"
WRONG = "hunter2-1234"


Step = str | Callable[[], None]


class Vault:
    """Clients of the package for `specs/wire-auth`, of one kind."""

    def __init__(self, module: ModuleType, server: TokenServer, *, is_async: bool) -> None:
        self.module = module
        self.server = server
        self.is_async = is_async

    def call(self, *steps: Step, together: bool = False, **settings: Any) -> Request:
        """Call methods of one client, in turn or all at once; the last request."""
        extra, auth = settings.pop("extra", {}), settings.pop("auth", None)
        settings = {"base_url": f"{self.server.url}/v1", "max_retries": 0, **settings}
        if self.is_async:
            asyncio.run(self._await(steps, together, settings, extra, auth))
        else:
            http_client = httpx.Client(auth=auth)
            with http_client, self.module.Vault(http_client=http_client, **settings) as client:
                found = [_method(client, step, extra) for step in steps]
                if together:
                    with ThreadPoolExecutor(len(found)) as pool:
                        for done in [pool.submit(step) for step in found]:
                            done.result()
                else:
                    for step in found:
                        step()
        return self.server.last

    async def _await(
        self, steps: tuple[Step, ...], together: bool, settings: Any, extra: Any, auth: Any
    ) -> None:
        http_client = httpx.AsyncClient(auth=auth)
        async with (
            http_client,
            self.module.AsyncVault(http_client=http_client, **settings) as client,
        ):
            found = [_method(client, step, extra) for step in steps]
            if together:
                await asyncio.gather(*(step() for step in found))
            else:
                for step in found:
                    if (waited := step()) is not None:
                        await waited


def _method(client: Any, step: Step, extra: dict[str, Any]) -> Callable[[], Any]:
    """A method with its arguments, or what is done in between."""
    if not isinstance(step, str):
        return step
    return partial(reduce(getattr, step.split("."), client), **extra)


@pytest.fixture(params=["threads", "event loops"])
def vault(
    request: pytest.FixtureRequest,
    sdk: Callable[[str], ModuleType],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Vault]:
    module = sdk("wire-auth/openapi.yaml")
    retry = importlib.import_module(f"{module.__name__}._runtime.retry")
    monkeypatch.setattr(retry, "_FIRST_DELAY", 0.01)
    with recording(TokenServer()) as server:
        yield Vault(module, server, is_async=request.param == "event loops")


AUTHORIZATION = [
    pytest.param("keys.bearer", {"token": "t-1"}, "Bearer t-1", id="bearer"),
    pytest.param("keys.bearer", {"token": " t-1\n"}, "Bearer t-1", id="bearer with white space"),
    # RFC 7617, section 2, and its own example with a user name outside of ASCII, in UTF-8.
    pytest.param(
        "keys.basic",
        {"login": ("Aladdin", "open sesame")},
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        id="basic",
    ),
    pytest.param(
        "keys.basic", {"login": "test:123\u00a3"}, "Basic dGVzdDoxMjPCow==", id="basic as text"
    ),
    pytest.param("keys.basic", {"login": ("u", "")}, "Basic dTo=", id="basic without password"),
    pytest.param(
        "keys.digest",
        {"signature": 'keyId="1", signature="2="'},
        'Signature keyId="1", signature="2="',
        id="another scheme of HTTP",
    ),
    pytest.param(GRANTED, {"oauth": "given"}, "Bearer given", id="an access token that is given"),
    pytest.param("keys.open", {"token": "t-1", "header_key": "k"}, None, id="none"),
    pytest.param("keys.optional", {"token": "t-1"}, None, id="optional and not given"),
]


@pytest.mark.parametrize(("method", "given", "written"), AUTHORIZATION)
def test_a_credential_is_in_the_authorization_header(
    vault: Vault, method: str, given: dict[str, Any], written: str | None
) -> None:
    vault.server.token = "given"  # noqa: S105 - no secret
    assert vault.call(method, **given).header("authorization") == written


@pytest.mark.parametrize(
    ("method", "given", "extra", "places"),
    [
        pytest.param("keys.header", {"header_key": "k 1"}, {}, ("k 1", "", None), id="header"),
        pytest.param(
            "keys.query",
            {"query_key": "a&b=/+"},
            {"page": 2},
            (None, "page=2&vault%20key=a%26b%3D%2F%2B", None),
            id="query",
        ),
        pytest.param(
            "keys.cookie",
            {"cookie_key": "a/b+c=="},
            {"theme": "d;e"},
            (None, "", "theme=d%3Be; vault_session=a/b+c=="),
            id="cookie",
        ),
        pytest.param("keys.optional", {"header_key": "k"}, {}, ("k", "", None), id="optional"),
        pytest.param(
            "keys.combined",
            {"header_key": "k", "query_key": "q", "token": "t"},
            {},
            ("k", "vault%20key=q", None),
            id="a combination that is met",
        ),
        pytest.param(
            "keys.combined",
            {"header_key": "k", "token": "t"},
            {},
            (None, "", None),
            id="a combination that is not",
        ),
        pytest.param(
            "keys.certificate", {"header_key": "k"}, {}, ("k", "", None), id="certificate"
        ),
        pytest.param("granted.either", {"header_key": "k"}, {}, ("k", "", None), id="no client"),
    ],
)
def test_a_key_is_in_its_place(
    vault: Vault,
    method: str,
    given: dict[str, Any],
    extra: dict[str, Any],
    places: tuple[str | None, str, str | None],
) -> None:
    sent = vault.call(method, **given, extra=extra)
    assert (sent.header("x-vault-key"), sent.query, sent.header("cookie")) == places


def test_the_first_alternative_that_can_be_met_is_sent_alone(vault: Vault) -> None:
    given: Any = {"login": ("u", "p"), "token": "t", "query_key": "q"}
    sent = vault.call("keys.combined", **given)
    assert (sent.header("authorization"), sent.query) == ("Bearer t", "")


@pytest.mark.parametrize(
    ("method", "given", "said"),
    [
        pytest.param(
            "keys.bearer",
            {"header_key": "k"},
            r"GET /bearer needs a credential: pass `token` \(or set VAULT_TOKEN\)\.",
            id="another one given",
        ),
        pytest.param(
            "keys.combined",
            {"query_key": "q"},
            r"pass `header_key` \(or set VAULT_HEADER_KEY\) together with `query_key` .*; "
            r"or `token` .*; or `login`",
            id="half a combination",
        ),
        pytest.param(
            GRANTED,
            {"client_id": "me"},
            r"pass `client_id` and `client_secret` \(or set VAULT_CLIENT_ID and "
            r"VAULT_CLIENT_SECRET\) or `oauth` \(or set VAULT_OAUTH\)\.",
            id="half a client",
        ),
    ],
)
def test_a_call_without_its_credential_is_not_made_and_says_what_to_pass(
    vault: Vault, method: str, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(vault.module.MissingCredentialError, match=said):
        vault.call(method, **given)
    assert vault.server.requests == []


def test_a_client_without_any_credential_asks_as_a_stranger_and_hears_what_to_pass(
    vault: Vault,
) -> None:
    assert vault.call("keys.bearer").header("authorization") is None
    with pytest.raises(vault.module.AuthenticationError, match="pass `client_id` and `client_sec"):
        vault.call(GRANTED)


def test_what_is_carried_by_other_means_need_not_be_given(vault: Vault) -> None:
    extra = {"extra_headers": {"Authorization": "Custom 1"}}
    sent = vault.call("keys.bearer", query_key="q", extra=extra)
    assert sent.header("authorization") == "Custom 1"
    sent = vault.call("keys.bearer", query_key="q", auth=("u", "p"))
    assert sent.header("authorization") == "Basic dTpw"


# Servers.


@pytest.mark.parametrize(
    ("method", "settings", "path"),
    [
        pytest.param("keys.open", {}, "/v1/open", id="a server by name, with its defaults"),
        pytest.param("keys.open", {"base_path": "v9/beta"}, "/v9/beta/open", id="a variable"),
        pytest.param("keys.open", {"base_path": ""}, "/open", id="an empty variable"),
        pytest.param("places.elsewhere", {}, "/v2/elsewhere", id="the server of a path"),
        pytest.param("places.relative", {}, "/v3/elsewhere", id="a relative one of an operation"),
        pytest.param("places.copies", {}, "/near/copies", id="one of several of an operation"),
        pytest.param(
            "places.copies", {"server": None}, "/main/copies", id="the first of an operation's"
        ),
        pytest.param(
            "places.copies", {"server": "backup"}, "/one/copies", id="one that others do not have"
        ),
        pytest.param(
            "places.copies",
            {"server": "backup", "shelf": "two"},
            "/two/copies",
            id="a variable of it",
        ),
    ],
)
def test_a_call_goes_to_the_server_that_is_chosen(
    vault: Vault, method: str, settings: dict[str, Any], path: str
) -> None:
    port = vault.server.url.rpartition(":")[2]
    chosen: Any = {"base_url": None, "server": "local", "port": port, **settings}
    assert vault.call(method, **chosen).path == path


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("keys.open", "/own/open"),
        ("places.elsewhere", "/own/elsewhere"),
        ("places.relative", "/v3/elsewhere"),
    ],
)
def test_nothing_goes_elsewhere_where_a_base_url_is_given(
    vault: Vault, method: str, path: str
) -> None:
    assert vault.call(method, base_url=f"{vault.server.url}/own").path == path


def test_one_call_may_go_elsewhere(vault: Vault) -> None:
    extra = {"base_url": f"{vault.server.url}/once"}
    assert vault.call("keys.open", base_url="http://127.0.0.1:1", extra=extra).path == "/once/open"


@pytest.mark.parametrize(
    ("settings", "said", "method"),
    [
        ({"region": "asia"}, "one of 'eu', 'us'", "keys.open"),
        ({"server": "moon"}, "one of 'production', 'local', 'backup'", "keys.open"),
        ({"server": "backup", "shelf": "three"}, "one of 'one', 'two'", "places.copies"),
        ({"server": "local", "port": "80@evil.example"}, "another URL", "keys.open"),
        ({"server": "local", "base_path": "../admin"}, "another URL", "keys.open"),
    ],
)
def test_a_server_that_is_none_is_refused_before_anything_is_sent(
    vault: Vault, settings: dict[str, Any], said: str, method: str
) -> None:
    with pytest.raises(ValueError, match=said):
        vault.call(method, base_url=None, **settings)


# OAuth 2.0, client credentials.


def test_a_token_is_asked_for_as_the_standard_says(vault: Vault) -> None:
    sent = vault.call(GRANTED, **ME)
    asked = vault.server.requests[0]
    assert (asked.method, asked.path) == ("POST", "/v1/oauth/token")
    # RFC 6749, section 2.3.1: the pair is encoded as in a form before it becomes Basic.
    assert asked.header("authorization") == "Basic bWU6czNjcmV0JTNBJTI1JTJGJTJC"
    assert asked.body == b"grant_type=client_credentials&scope=read+write"
    assert sent.header("authorization") == "Bearer token-1"


def test_other_scopes_and_another_endpoint_can_be_given(vault: Vault) -> None:
    url = f"{vault.server.url}/elsewhere/?tenant=a"
    vault.server.endpoint = "/elsewhere/"
    vault.call(GRANTED, **ME, scopes=["admin"], token_url=url)
    assert vault.server.requests[0].query == "tenant=a"
    assert vault.server.said == [{"grant_type": "client_credentials", "scope": "admin"}]
    vault.call(GRANTED, **ME, scopes=(), token_url="/elsewhere/")  # noqa: S106 - no secret
    assert vault.server.said[1:] == [{"grant_type": "client_credentials"}]


def test_a_client_that_no_header_can_name_is_named_in_the_form(vault: Vault) -> None:
    vault.server.ways = ("form",)
    sent = vault.call(GRANTED, GRANTED, **ME)
    form = {"grant_type": "client_credentials", "scope": "read write"}
    assert vault.server.said == [form, form | ME]
    assert sent.header("authorization") == "Bearer token-2"


def test_a_token_is_kept(vault: Vault) -> None:
    vault.call(GRANTED, GRANTED, "granted.either", **ME)
    assert len(vault.server.said) == 1


@pytest.mark.parametrize("lifetime", [None, "3600", "soon"])
def test_a_token_whose_life_is_not_told_in_seconds_is_kept(vault: Vault, lifetime: Any) -> None:
    vault.server.lifetime = lifetime
    vault.call(GRANTED, GRANTED, **ME)
    assert len(vault.server.said) == 1


def test_a_token_is_renewed_before_it_expires(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    grants = importlib.import_module(f"{vault.module.__name__}._runtime.grants")
    now = [1000.0]
    clock = type("Clock", (), {"monotonic": staticmethod(lambda: now[0])})
    monkeypatch.setattr(grants, "time", clock)

    def pass_by(seconds: float) -> Callable[[], None]:
        return lambda: now.append(now.pop() + seconds)

    # It is good for an hour, and renewed a minute before.
    vault.call(GRANTED, pass_by(3539), GRANTED, **ME)
    assert len(vault.server.said) == 1
    vault.call(GRANTED, pass_by(3541), GRANTED, **ME)
    assert len(vault.server.said) == 3
    vault.server.lifetime = 10
    vault.call(GRANTED, pass_by(8.9), GRANTED, pass_by(0.2), GRANTED, **ME)
    assert len(vault.server.said) == 5


def test_many_that_wait_share_one_request_for_a_token(vault: Vault) -> None:
    vault.call(*[GRANTED] * 8, **ME, together=True)
    assert len(vault.server.said) == 1
    assert len(vault.server.requests) == 9


def test_many_that_wait_share_the_failure(vault: Vault) -> None:
    vault.server.failures = [(503, b"{}")]
    with pytest.raises(vault.module.InternalServerError):
        vault.call(*[GRANTED] * 8, **ME, together=True)
    # Whoever came later has asked once more, and not each of them.
    assert len(vault.server.said) <= 2


def test_a_token_that_is_refused_is_renewed(vault: Vault) -> None:
    vault.server.revoked = 1
    sent = vault.call("granted.create", **ME, extra={"body": b"a body"})
    assert [one.method for one in vault.server.requests] == ["POST"] * 4
    assert (sent.header("authorization"), sent.body) == ("Bearer token-2", b"a body")


def test_a_token_that_is_refused_is_renewed_once(vault: Vault) -> None:
    vault.server.revoked = 2
    with pytest.raises(vault.module.AuthenticationError, match="is not good"):
        vault.call(GRANTED, **ME)
    assert [one.method for one in vault.server.requests] == ["POST", "GET", "POST", "GET"]


def test_a_token_that_is_refused_is_not_renewed_for_what_can_be_sent_but_once(
    vault: Vault,
) -> None:
    vault.server.revoked = 1
    with pytest.raises(vault.module.AuthenticationError, match="is not good"):
        vault.call("granted.create", **ME, extra={"body": iter([b"a body"])})
    assert [one.path for one in vault.server.requests][:1] == ["/v1/oauth/token"]
    assert len(vault.server.requests) == 2


def test_no_token_is_fetched_where_the_call_has_an_authorization_of_its_own(vault: Vault) -> None:
    vault.server.token = "mine"  # noqa: S105 - no secret
    sent = vault.call(GRANTED, **ME, extra={"extra_headers": {"authorization": "Bearer mine"}})
    assert sent.header("authorization") == "Bearer mine"
    assert vault.server.said == []


def test_the_token_endpoint_is_asked_again_where_it_may_come_round(vault: Vault) -> None:
    vault.server.failures = [(503, b"")]
    vault.call(GRANTED, **ME, max_retries=1)
    assert len(vault.server.said) == 2


REFUSALS = [
    pytest.param(
        400,
        b'{"error": "invalid_scope", "error_description": "No such scope."}',
        "AuthenticationError",
        "The token endpoint refuses the client: 400 Bad Request: No such scope.",
        id="400",
    ),
    pytest.param(429, b"{}", "RateLimitError", "429 Too Many Requests", id="429"),
    pytest.param(503, b"down", "InternalServerError", "503 Service Unavailable: down", id="503"),
    pytest.param(
        200, b"<html>", "APIResponseValidationError", "answered with no JSON object", id="no JSON"
    ),
    pytest.param(
        200,
        b'{"access_toke": "sk-1234567"}',
        "APIResponseValidationError",
        "no `access_token`",
        id="no token",
    ),
    pytest.param(
        200,
        b'{"access_token": "sk-1234567", "token_type": "mac"}',
        "APIResponseValidationError",
        "a `token_type` that is not `Bearer`",
        id="another kind of token",
    ),
    pytest.param(
        200,
        b'{"access_token": "sk-1234567\\r\\nEvil: 1"}',
        "APIResponseValidationError",
        "that no header can carry",
        id="a token with a line end",
    ),
]


@pytest.mark.parametrize(("status", "body", "kind", "said"), REFUSALS)
def test_what_the_token_endpoint_says_instead_is_a_typed_error(
    vault: Vault, status: int, body: bytes, kind: str, said: str
) -> None:
    vault.server.failures = [(status, body)]
    with pytest.raises(vault.module.APIError) as caught:
        vault.call(GRANTED, **ME)
    assert type(caught.value).__name__ == kind
    assert said in str(caught.value)
    shown = "".join(traceback.format_exception(caught.value)) + repr(vars(caught.value))
    assert "sk-1234567" not in shown
    assert len(vault.server.requests) == 1


def test_a_wrong_secret_is_an_authentication_error_that_does_not_show_it(vault: Vault) -> None:
    with pytest.raises(vault.module.AuthenticationError, match="Who are you") as caught:
        vault.call(GRANTED, client_id="me", client_secret=WRONG)
    error = caught.value
    assert error.status_code == 401
    assert error.body["error"] == "invalid_client"
    sent = [*error.request.headers.values(), error.request.content]
    assert WRONG not in "".join(traceback.format_exception(error)) + repr(sent)
