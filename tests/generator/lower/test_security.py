"""Credentials and servers: what a client is set up with."""

from __future__ import annotations

import pytest

from generator.lower.lowering import lowered, only_operation
from sdkgen.ir.api import SecurityScheme
from sdkgen.lower import security

OPERATION = (
    "/x: {get: {tags: [x], operationId: get, SECURITY responses: {'200': {description: ok}}}}"
)


def _document(schemes: str, root: str = "", own: str = "") -> str:
    path = OPERATION.replace("SECURITY", f"security: {own}," if own else "")
    security_line = f"security: {root}\n" if root else ""
    return f"{security_line}paths:\n  {path}\ncomponents:\n  securitySchemes: {schemes}\n"


ONE = "{token: {type: http, scheme: bearer}}"
TWO = (
    "{User-Login: {type: http, scheme: Basic}, "
    "app: {type: apiKey, in: query, name: app_key, description: Of the app.}}"
)


def test_one_credential_is_called_api_key() -> None:
    described, _ = lowered(_document(ONE))
    assert described.schemes == (
        SecurityScheme(
            "token", "api_key", "TEST_API_KEY", "bearer", "header", "Authorization", None
        ),
    )


def test_several_credentials_are_called_after_their_schemes() -> None:
    described, _ = lowered(_document(TWO))
    assert [(one.argument, one.env, one.kind, one.place, one.key) for one in described.schemes] == [
        ("user_login", "TEST_USER_LOGIN", "basic", "header", "Authorization"),
        ("app", "TEST_APP", "key", "query", "app_key"),
    ]


@pytest.mark.parametrize(
    ("name", "argument"),
    [("ApiKeyAuth", "api_key"), ("admin-token-auth", "admin_token"), ("Auth", "auth")],
)
def test_that_a_key_is_for_authentication_goes_without_saying(name: str, argument: str) -> None:
    described, _ = lowered(_document(f"{{{name}: {{type: http, scheme: bearer}}, {TWO[1:]}"))
    assert described.schemes[0].argument == argument


@pytest.mark.parametrize("scheme", ["{type: oauth2, flows: {}}", "{type: openIdConnect}"])
def test_what_ends_in_a_bearer_token_is_one(scheme: str) -> None:
    described, _ = lowered(_document(f"{{login: {scheme}}}"))
    assert [(one.kind, one.key) for one in described.schemes] == [("bearer", "Authorization")]


def test_an_api_without_credentials_takes_one_that_is_given() -> None:
    described, _ = lowered(_document("{}"))
    (scheme,) = described.schemes
    assert (scheme.argument, scheme.env, scheme.kind) == ("api_key", None, "bearer")


@pytest.mark.parametrize(
    ("root", "own", "expected"),
    [
        ("", "", None),
        ("[{token: []}]", "", (("token",),)),
        ("[{token: []}]", "[]", ()),
        ("[]", "[{token: []}]", (("token",),)),
        ("[{}, {token: []}]", "", (("token",), ())),
        ("[{other: []}]", "", ()),
    ],
)
def test_an_operation_s_own_requirement_goes_before_the_document_s(
    root: str, own: str, expected: object
) -> None:
    described, _ = lowered(_document(ONE, root, own))
    assert only_operation(described).security == expected


@pytest.mark.parametrize(
    ("servers", "source", "expected"),
    [
        (None, "x.yaml", None),
        ([], "x.yaml", None),
        ([{"url": "https://a.example/v1/"}], "x.yaml", "https://a.example/v1"),
        (
            [{"url": "https://{r}.a.example", "variables": {"r": {"default": "eu"}}}],
            "x.yaml",
            "https://eu.a.example",
        ),
        ([{"url": "/v1"}], "x.yaml", None),
        ([{"url": "/v1"}], "https://b.example/docs/openapi.yaml", "https://b.example/v1"),
        ([{"url": "ftp://a.example"}], "x.yaml", None),
        ([{"url": 5}], "x.yaml", None),
    ],
)
def test_the_base_url_is_the_first_server_s(
    servers: object, source: str, expected: str | None
) -> None:
    assert security.base_url(servers, source) == expected
