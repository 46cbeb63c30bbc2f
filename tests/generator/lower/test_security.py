"""Credentials: what a client is set up with, and what operations ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lower.lowering import lowered, only_operation
from sdkgen.config import Config, Credential, load
from sdkgen.diagnostics import Diagnostics, Severity
from sdkgen.ir.api import ClientCredentials, SecurityScheme
from sdkgen.lower.client_arguments import arguments_of

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
    (found,) = described.schemes
    assert (found.argument, found.kind, found.key) == ("access_token", "bearer", "Authorization")
    assert found.grant is None


def test_another_scheme_of_http_has_its_name_before_the_credential() -> None:
    described, _ = lowered(_document("{login: {type: http, scheme: Signature}}"))
    assert [(one.kind, one.prefix) for one in described.schemes] == [("http", "Signature")]


@pytest.mark.parametrize(
    "scheme",
    [
        '{type: http, scheme: "a b"}',
        '{type: apiKey, in: header, name: "a\\r\\nEvil: 1"}',
        '{type: apiKey, in: cookie, name: "a=b; c"}',
        "{type: apiKey, in: query}",
        "{type: http}",
        "{type: basic}",
        "{type: apiKey, name: key}",
        "{type: apiKey, in: Header, name: key}",
    ],
)
def test_a_scheme_that_cannot_be_sent_is_an_error(scheme: str) -> None:
    described, found = lowered(_document(f"{{login: {scheme}, token: {{type: http, scheme: x}}}}"))
    assert [one.name for one in described.schemes] == ["token"]
    assert [(one.code, one.location.line) for one in found if one.location] == [
        ("Security/Scheme", 6)
    ]


@pytest.mark.parametrize(
    ("scheme", "wrong", "hint"),
    [
        ("{type: htpp, scheme: x}", '`type` is "htpp"', "did you mean `http`?"),
        ("{type: apiKey, in: qurey, name: x}", '`in` is "qurey"', "did you mean `query`?"),
        ("{type: apiKey, name: x}", "`in` is missing", "Write one of `query`, `header`, `cookie`."),
        ("{type: apiKey, in: header}", "`name` is missing", "name: X-API-Key"),
    ],
)
def test_what_is_wrong_with_a_scheme_is_said_with_what_to_write(
    scheme: str, wrong: str, hint: str
) -> None:
    _, (found,) = lowered(_document(f"{{login: {scheme}, token: {{type: http, scheme: x}}}}"))
    assert found.message == f"The security scheme `login` is left out: its {wrong}."
    assert found.hint == hint


def test_a_scheme_that_is_not_there_is_an_error() -> None:
    dangling = "{$ref: '#/components/securitySchemes/nope'}"
    described, found = lowered(
        _document(f"{{login: {dangling}, token: {{type: http, scheme: x}}}}")
    )
    assert [one.name for one in described.schemes] == ["token"]
    assert found != []
    assert {one.severity for one in found} == {Severity.ERROR}


FLOW = "flows: {clientCredentials: {tokenUrl: URL, scopes: {a: A, b: B, c: C}}}"


def test_client_credentials_ask_for_the_scopes_that_operations_need() -> None:
    oauth = f"{{type: oauth2, {FLOW.replace('URL', '/token')}}}"
    described, _ = lowered(
        _document(f"{{oauth: {oauth}}}", "[{oauth: [d]}]", '[{oauth: [b, a, "x y"]}]')
    )
    (scheme,) = described.schemes
    assert scheme.grant == ClientCredentials(
        "/token",
        ("b", "a"),
        ("client_id", "client_secret"),
        ("TEST_CLIENT_ID", "TEST_CLIENT_SECRET"),
        "scopes",
        "token_url",
    )


@pytest.mark.parametrize("url", ["''", "5", "'ftp://a.example'", "'javascript:x'", "'https://[/'"])
def test_tokens_are_fetched_from_web_servers_alone(url: str) -> None:
    described, _ = lowered(_document(f"{{o: {{type: oauth2, {FLOW.replace('URL', url)}}}}}"))
    assert [one.grant for one in described.schemes] in ([], [None])


def test_arguments_of_several_clients_are_named_after_their_schemes() -> None:
    oauth = f"{{type: oauth2, {FLOW.replace('URL', '/token')}}}"
    described, _ = lowered(_document(f"{{one: {oauth}, two: {oauth}}}"))
    grants = [one.grant for one in described.schemes]
    assert [one.arguments for one in grants if one] == [
        ("one_client_id", "one_client_secret"),
        ("two_client_id", "two_client_secret"),
    ]
    described, _ = lowered(
        _document(f"{{one: {oauth}, client_id: {{type: apiKey, in: header, name: X}}}}")
    )
    assert [one.argument for one in described.schemes] == ["one", "client_id"]
    assert [one.grant.arguments[0] for one in described.schemes if one.grant] == ["one_client_id"]


def test_arguments_of_credentials_are_distinct_and_none_that_clients_have() -> None:
    bearer = "{type: http, scheme: bearer}"
    described, _ = lowered(
        _document(f"{{base_url: {bearer}, a-b: {bearer}, a_b: {bearer}, timeout: {bearer}}}")
    )
    assert [one.argument for one in described.schemes] == [
        "base_url_",
        "a_minus_b",
        "a_b",
        "timeout_",
    ]


def test_arguments_that_would_have_one_name_are_told_apart_whatever_their_order() -> None:
    oauth = f"{{type: oauth2, {FLOW.replace('URL', '/token')}}}"
    schemes = [f"import: {oauth}", f"import_: {oauth}", f"my-o: {oauth}", f"my_o: {oauth}"]
    for listed in (schemes, schemes[::-1]):
        described, _ = lowered(_document(f"{{{', '.join(listed)}}}"))
        everything = sorted(arguments_of(described.schemes))
        assert len(everything) == len({*everything}) == 5 * 4
        assert {one.name: one.argument for one in described.schemes} == {
            "import": "import_",
            "import_": "import__",
            "my-o": "my_minus_o",
            "my_o": "my_o",
        }


@pytest.mark.parametrize(
    ("own", "other"),
    [("[{token: []}]", ()), ("[]", None), ("", None)],
    ids=["another asks for one", "another asks for none", "nothing is said"],
)
def test_who_says_nothing_asks_for_nothing_where_others_say_what_they_ask_for(
    own: str, other: tuple[()] | None
) -> None:
    more = "  /open: {get: {tags: [open], responses: {}}}\ncomponents:"
    described, _ = lowered(_document(ONE, own=own).replace("components:", more))
    found = {one.path: one.security for part in described.resources for one in part.operations}
    assert found["/open"] == other


def test_a_certificate_is_nothing_that_a_request_carries() -> None:
    schemes = "{tls: {type: mutualTLS}, token: {type: http, scheme: bearer}}"
    described, _ = lowered(_document(schemes, "[{tls: [], token: []}]"))
    assert [one.name for one in described.schemes] == ["token"]
    assert only_operation(described).security == (("token",),)


def test_a_scheme_that_is_not_there_is_warned_of() -> None:
    _, found = lowered(_document(ONE, "[{other: []}]"))
    assert [(one.code, one.location and one.location.line) for one in found] == [
        ("Security/UnknownScheme", 3)
    ]


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
        ("[{other: [], token: []}, {token: []}]", "", (("token",),)),
    ],
)
def test_an_operation_s_own_requirement_goes_before_the_document_s(
    root: str, own: str, expected: object
) -> None:
    described, _ = lowered(_document(ONE, root, own))
    assert only_operation(described).security == expected


def test_the_configuration_names_credentials_and_their_variables() -> None:
    config = Config(
        credentials={"app": Credential("appKey", "APP"), "User-Login": Credential(None, "U")}
    )
    described, found = lowered(_document(TWO), config)
    assert found == []
    assert [(one.argument, one.env) for one in described.schemes] == [
        ("user_login", "U"),
        ("app_key", "APP"),
    ]


@pytest.mark.parametrize(
    ("said", "argument", "env"),
    [
        ("{env: CO_API_KEY}", "api_key", "CO_API_KEY"),
        ("{name: accessToken}", "access_token", "TEST_ACCESS_TOKEN"),
        ("{name: 5, env: 'A B'}", "api_key", "TEST_API_KEY"),
        ("token", "api_key", "TEST_API_KEY"),
    ],
)
@pytest.mark.parametrize("key", ["x-fern-bearer", "x-fern-header"])
def test_fern_s_extensions_name_a_credential_and_its_variable(
    key: str, said: str, argument: str, env: str
) -> None:
    described, found = lowered(_document(f"{{a: {{type: http, scheme: bearer, {key}: {said}}}}}"))
    assert found == []
    assert [(one.argument, one.env) for one in described.schemes] == [(argument, env)]
    own = Config(credentials={"a": Credential("mine", "MINE")})
    described, _ = lowered(_document(f"{{a: {{type: http, scheme: bearer, {key}: {said}}}}}"), own)
    assert [(one.argument, one.env) for one in described.schemes] == [("mine", "MINE")]


def test_the_configuration_declares_security_in_place_of_the_document() -> None:
    config = Config(
        security_schemes={
            "app": {"type": "apiKey", "in": "header", "name": "X-App"},
            "bearer": {"type": "http", "scheme": "bearer"},
        },
        security=[{"app": [], "bearer": []}],
    )
    described, found = lowered(_document(TWO, root="[{app: []}]"), config)
    assert found == []
    assert [(one.name, one.kind, one.place, one.key) for one in described.schemes] == [
        ("app", "key", "header", "X-App"),
        ("bearer", "bearer", "header", "Authorization"),
    ]
    assert only_operation(described).security == (("app", "bearer"),)


@pytest.mark.parametrize(
    ("own", "credentials", "kept"),
    [
        ("", {}, ["app"]),
        ("[{User-Login: []}]", {}, ["User-Login", "app"]),
        ("", {"User-Login": Credential("login", None)}, ["User-Login", "app"]),
    ],
)
def test_a_scheme_that_the_configuration_replaces_takes_no_argument_unless_it_is_asked_for(
    own: str, credentials: dict[str, Credential], kept: list[str]
) -> None:
    config = Config(security=[{"app": []}], credentials=credentials)
    described, found = lowered(_document(TWO, root="[{User-Login: []}]", own=own), config)
    assert (found, [one.name for one in described.schemes]) == ([], kept)


@pytest.mark.parametrize(
    ("config", "code", "hint"),
    [
        (
            Config(credentials={"ap": Credential("x", None)}),
            "Config/UnknownName",
            "did you mean `app`?",
        ),
        (
            Config(credentials={"app": Credential("user_login", None)}),
            "Config/SameName",
            "Give one of them another name.",
        ),
        *(
            (
                Config(credentials={"app": Credential(argument, None)}),
                "Config/WrongValue",
                f"did you mean `app_{argument}`?",
            )
            for argument in ("timeout", "self", "base_url", "httpx")
        ),
        (Config(security=[{"ap": []}]), "Config/UnknownName", "did you mean `app`?"),
        (
            Config(security_schemes={"app": {"type": "http", "scheme": "a b"}}),
            "Security/Scheme",
            "scheme: bearer",
        ),
    ],
)
def test_credentials_that_there_cannot_be_are_errors_of_the_configuration(
    config: Config, code: str, hint: str
) -> None:
    _, findings = lowered(_document(TWO), config)
    (found,) = findings
    assert (found.code, found.severity, found.hint) == (code, Severity.ERROR, hint)
    assert found.location is not None
    assert found.location.source == "sdkgen.yaml"


def test_a_credential_s_name_that_clients_have_is_an_error_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "sdkgen.yaml"
    path.write_text("credentials:\n  app:\n    env: APP\n    argument: timeout\n")
    _, (error,) = lowered(_document(TWO), load(path, Diagnostics()))
    assert str(error).startswith(f"{path}:4:15: error Config/WrongValue: No credential can have")
