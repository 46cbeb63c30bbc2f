"""Servers: where an API is served, what they are called, and what is open in their URLs."""

from __future__ import annotations

import pytest

from generator.lower.lowering import HEAD, lowered, only_operation
from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics
from sdkgen.lower import lower
from sdkgen.source import read_text

OPERATION = "/x: {OWN get: {tags: [x], operationId: get, responses: {'200': {description: ok}}}}"


def _document(servers: str, own: str = "", more: str = "") -> str:
    path = OPERATION.replace("OWN", f"servers: {own}, " if own else "")
    return f"servers: {servers}\n{more}paths:\n  {path}\n"


@pytest.mark.parametrize(
    ("servers", "expected"),
    [
        ("[]", None),
        ("[{url: 'https://a.example/v1/'}]", "https://a.example/v1"),
        (
            "[{url: 'https://{r}.a.example', variables: {r: {default: eu}}}]",
            "https://eu.a.example",
        ),
        (
            "[{url: '{base}', variables: {base: {default: 'https://a.example'}}}]",
            "https://a.example",
        ),
        ("[{url: 'https://{open}.a.example'}]", None),
        ("[{url: /v1}]", None),
        ("[{url: 'ftp://a.example'}]", None),
        ("[{url: 'HTTPS://a.example/V1'}]", "https://a.example/V1"),
        ("[{url: //a.example/v1}]", "https://a.example/v1"),
        ("[{url: /v1}, {url: 'https://a.example/v1'}]", "https://a.example/v1"),
    ],
)
def test_the_base_url_is_that_of_the_first_server_that_can_be_reached(
    servers: str, expected: str | None
) -> None:
    described, _ = lowered(_document(servers))
    assert described.base_url == expected


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://[::1", "it is no URL (Invalid IPv6 URL)"),
        ("https://a.example:port", "it is no URL (Port could not be cast to integer"),
        ("https:///v1", "it is no URL (it has no host)"),
        ("//[::1", "it is no URL (Invalid IPv6 URL)"),
        ("wss://a.example", "clients speak HTTP, and not `wss`"),
        ("https://a.example/v1?key=1", "it has a `?` or `#` in it"),
        ("https://{region}.a.example/#v1", "it has a `?` or `#` in it"),
    ],
)
def test_a_server_that_no_path_can_follow_is_left_out_with_a_warning(url: str, what: str) -> None:
    for document, config, line in (
        (_document(f"[{{url: '{url}'}}]"), None, 3),
        (_document(f"[{{url: '{url}'}}]"), Config(document_url="https://b.example/a.json"), 3),
        (_document("[]"), Config(environments={"one": url}), 1),
    ):
        described, (warning,) = lowered(document, config)
        assert described.servers == ()
        assert warning.code == "Servers/Url"
        assert what in warning.message
        assert warning.location is not None
        assert warning.location.line == line


@pytest.mark.parametrize(
    ("more", "config"),
    [
        ("", Config(document_url="https://b.example/docs/openapi.yaml")),
        ("$self: https://b.example/docs/openapi.yaml\n", None),
    ],
)
@pytest.mark.parametrize(
    ("url", "expected"), [("/v1", "https://b.example/v1"), ("v1", "https://b.example/docs/v1")]
)
def test_a_relative_server_counts_from_where_the_document_is(
    url: str, expected: str, more: str, config: Config | None
) -> None:
    described, found = lowered(_document(f"[{{url: {url}}}]", more=more), config)
    assert described.base_url == expected
    assert found == []


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("", "https://b.example"),
        ("servers: []\n", "https://b.example"),
        ("servers: [{url: 'https://a.example/v1'}]\n", "https://a.example/v1"),
        ("servers: [{url: 'ftp://a.example'}]\n", None),
    ],
)
def test_a_document_that_lists_no_servers_is_that_of_the_api_at_the_root_of_its_own(
    listed: str, expected: str | None
) -> None:
    config = Config(document_url="https://b.example/docs/openapi.yaml")
    own = "servers: [], "
    described, _ = lowered(f"{listed}paths:\n  {OPERATION.replace('OWN', own)}\n", config)
    assert described.base_url == expected
    assert only_operation(described).servers == ()


@pytest.mark.parametrize("listed", ["", "servers: [{url: /}]\n"])
@pytest.mark.parametrize("root", ["https://b.example", "http://localhost:8000"])
def test_a_document_that_was_fetched_is_where_it_was_fetched(root: str, listed: str) -> None:
    text = f"{HEAD}{listed}paths:\n  {OPERATION.replace('OWN', '')}\n"
    document = read_text(text.encode(), f"{root}/openapi.yaml", Diagnostics())
    assert lower(document, Config(), Diagnostics()).base_url == root


def test_where_neither_a_server_nor_the_document_is_known_the_base_url_is_for_users_to_give() -> (
    None
):
    described, found = lowered(f"paths:\n  {OPERATION.replace('OWN', '')}\n")
    assert described.servers == ()
    assert found == []


@pytest.mark.parametrize(
    ("servers", "names"),
    [
        ("[{url: 'https://a.x', name: prod}, {url: 'https://b.x', name: dev}]", ["prod", "dev"]),
        (
            (
                "[{url: 'https://a.x', x-speakeasy-server-id: eu-prod, description: Production},"
                " {url: 'https://b.x', x-fern-server-name: Sandbox, description: Tests},"
                " {url: 'https://c.x', x-speakeasy-server-id: no, name: dev}]"
            ),
            ["eu_prod", "sandbox", "dev"],
        ),
        (
            (
                "[{url: 'https://a.x', x-speakeasy-server-id: '!', description: Production},"
                " {url: 'https://b.x', x-speakeasy-server-id: 7, description: Tests}]"
            ),
            ["production", "tests"],
        ),
        (
            (
                "[{url: 'https://a.x', description: Production server},"
                " {url: 'https://b.x', description: The EU sandbox.}]"
            ),
            ["production", "eu_sandbox"],
        ),
        (
            (
                "[{url: 'https://a.x', description: Use this one unless you have been told not to},"
                " {url: 'https://b.x'}]"
            ),
            ["a_x", "b_x"],
        ),
        ("[{url: 'https://a.x/v1'}, {url: 'https://a.x/v2'}]", ["a_x_v1", "a_x_v2"]),
        ("[{url: 'https://a.x'}, {url: 'https://a.x/'}]", ["a_x"]),
    ],
)
def test_servers_are_chosen_by_name_by_description_or_by_where_they_are(
    servers: str, names: list[str]
) -> None:
    described, _ = lowered(_document(servers))
    assert [one.name for one in described.servers] == names


def test_variables_are_arguments_that_clash_with_no_other() -> None:
    described, _ = lowered(
        _document(
            "[{url: 'https://{api_key}.x/{base_url}', variables: {api_key: {default: k, "
            "enum: [k, l], description: Which.}}}]"
        )
    )
    ((first, second),) = [one.variables for one in described.servers]
    assert (first.argument, first.default, first.values, first.description) == (
        "server_api_key",
        "k",
        ("k", "l"),
        "Which.",
    )
    assert (second.argument, second.default, second.values) == ("base_url_", None, ())


def test_variables_of_one_url_are_arguments_that_differ() -> None:
    for listed in ("{Region}/{region}", "{region}/{Region}"):
        described, _ = lowered(_document(f"[{{url: 'https://x.example/{listed}'}}]"))
        (server,) = described.servers
        assert {one.name: one.argument for one in server.variables} == {
            "region": "region",
            "Region": "region_",
        }


def test_a_variable_gives_way_to_all_credentials() -> None:
    key = "{type: http, scheme: bearer}"
    schemes = f"components: {{securitySchemes: {{server_p: {key}, p: {key}}}}}"
    described, _ = lowered(_document("[{url: 'https://x.example/{p}'}]") + schemes)
    ((variable,),) = [one.variables for one in described.servers]
    assert variable.argument == "server_server_p"


def test_a_server_of_a_path_is_that_of_its_operations() -> None:
    described, _ = lowered(_document("[{url: 'https://a.x'}]", own="[{url: /v2/}]"))
    assert [one.url for one in only_operation(described).servers] == ["/v2"]


def test_an_operation_may_have_several_servers_which_clients_choose_by_name() -> None:
    own = "[{url: 'https://f.x', name: main}, {url: /b}, {url: 'https://g.x', name: backup}]"
    described, _ = lowered(_document("[{url: 'https://a.x', name: main}]", own=own))
    servers = only_operation(described).servers
    assert [(one.name, one.url) for one in servers] == [
        ("https://f.x", "https://f.x"),
        ("/b", "/b"),
        ("https://g.x", "https://g.x"),
    ]
    assert list(described.choice) == [one.name for one in servers]


def test_environments_of_the_configuration_go_before_the_servers_of_the_document() -> None:
    own = "[{url: 'https://files.example'}]"
    config = Config(environments={"production": "https://b.example/v1/", "local": "http://c:80"})
    described, found = lowered(_document("[{url: 'https://a.example'}]", own), config)
    assert found == []
    assert [(one.name, one.url) for one in described.servers] == [
        ("production", "https://b.example/v1"),
        ("local", "http://c:80"),
    ]
    assert [one.url for one in only_operation(described).servers] == ["https://files.example"]


APIMATIC = """\
openapi: 3.0.3
info:
  title: Payments
  version: '1'
  x-server-configuration:
    default-environment: production
    default-server: api
    environments:
      - name: sandbox
        servers:
          - {name: api, url: 'https://sandbox.example.com'}
          - {name: auth, url: 'https://auth.sandbox.example.com'}
      - name: production
        servers:
          - {name: api, url: 'https://{region}.example.com'}
          - {name: auth, url: 'https://auth.example.com'}
    parameters:
      - {name: region, schema: {type: string, enum: [us, eu], default: us}}
paths:
  /tokens: {post: {operationId: create, x-server-name: auth, responses: {'200': {description: x}}}}
"""


def test_the_environments_of_apimatic_are_servers_the_default_one_first() -> None:
    described, found = lowered(APIMATIC)
    assert found == []
    assert [(one.name, one.url) for one in described.servers] == [
        ("production", "https://{region}.example.com"),
        ("sandbox", "https://sandbox.example.com"),
    ]
    (region,) = described.servers[0].variables
    assert (region.name, region.default, region.values) == ("region", "us", ("us", "eu"))


def test_an_operation_of_apimatic_is_served_in_each_environment_by_the_server_that_it_names() -> (
    None
):
    described, _ = lowered(APIMATIC)
    assert [(one.name, one.url) for one in only_operation(described).servers] == [
        ("production", "https://auth.example.com"),
        ("sandbox", "https://auth.sandbox.example.com"),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "message"),
    [
        (
            "default-environment: production",
            "default-environment: producton",
            "Servers/UnknownEnvironment",
            "`x-server-configuration` has no environment `producton`.",
        ),
        (
            "default-server: api",
            "default-server: apis",
            "Servers/UnknownServer",
            "`x-server-configuration` has no server `apis`.",
        ),
        (
            "x-server-name: auth",
            "x-server-name: oauth",
            "Servers/UnknownServer",
            "`x-server-configuration` has no server `oauth`.",
        ),
    ],
)
def test_a_name_that_the_environments_do_not_have_is_reported_with_the_right_one(
    right: str, wrong: str, code: str, message: str
) -> None:
    _, (found,) = lowered(APIMATIC.replace(right, wrong))
    assert (found.code, found.message) == (code, message)
    assert found.hint == f"Write `{right.split(': ')[1]}`."
    assert found.location is not None
    assert wrong in APIMATIC.replace(right, wrong).splitlines()[found.location.line - 1]


@pytest.mark.parametrize(
    "said",
    ["7", "{}", "{environments: 7}", "{environments: [x, {}]}", "{environments: [{name: a}]}"],
)
def test_environments_that_say_nothing_leave_the_servers_of_the_document(said: str) -> None:
    info = f"info: {{title: T, version: '1', x-server-configuration: {said}}}"
    described, _ = lowered(f"openapi: 3.1.0\n{info}\n" + _document("[{url: 'https://a.example'}]"))
    assert described.base_url == "https://a.example"
