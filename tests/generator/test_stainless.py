"""A `stainless.yml` in place of an `sdkgen.yaml`."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.lower.lowering import methods
from packages import ROOT, files_for
from sdkgen import pipeline
from sdkgen.config import Config, Credential, load
from sdkgen.diagnostics import Diagnostics

SPEC = ROOT / "specs" / "completions"

AROUND = """\
# yaml-language-server: $schema=https://app.stainless.com/config.schema.json
edition: 2025-10-10
organization: {name: parley-labs, docs: 'https://docs.example.com', contact: ''}
targets:
  typescript: {edition: typescript.2025-10-10, package_name: '@parley/sdk', publish: {npm: false}}
  python:
    edition: python.2025-11-20
    package_name: parley-sdk
    production_repo: null
environments:
  production: https://api.parley.example
  local: http://localhost:8080
client_settings:
  opts:
    PARLEY_KEY: {type: string, nullable: false, read_env: PARLEY_KEY, auth: {security_scheme: Key}}
security_schemes:
  Key: {type: apiKey, in: header, name: X-Key}
security:
  - Key: []
settings: {license: MIT, disable_mock_tests: true}
readme:
  example_requests:
    default: {type: request, endpoint: post /chat/completions, params: {}}
    headline: {type: request, endpoint: post /stream, params: {}}
diagnostics: {ignored: {Ruby/NameShadowedBuiltin: true}}
"""
SAME = """\
package: parley_sdk
client: ParleyLabs
example: post /stream
environments:
  production: https://api.parley.example
  local: http://localhost:8080
credentials: {Key: {argument: parley_key, env: PARLEY_KEY}}
security_schemes:
  Key: {type: apiKey, in: header, name: X-Key}
security:
  - Key: []
"""


def _load(path: Path, text: str) -> tuple[Config, list[str]]:
    path.write_text(text)
    diagnostics = Diagnostics()
    config = load(path, diagnostics)
    return config, [str(one).removeprefix(f"{path}:") for one in diagnostics]


def test_it_gives_the_package_that_an_sdkgen_yaml_gives(tmp_path: Path) -> None:
    own = (SPEC / "sdkgen.yaml").read_text()
    made = {}
    for name, around in (("stainless.yml", AROUND), ("sdkgen.yaml", SAME)):
        (tmp_path / name).write_text(around + own)
        diagnostics = Diagnostics()
        files = files_for(SPEC / "openapi.yaml", diagnostics, config=tmp_path / name)
        assert list(diagnostics) == []
        made[name] = {path: text for path, text in files.items() if path != ".sdkgen.json"}
    assert made["stainless.yml"] == made["sdkgen.yaml"]
    client = made["stainless.yml"]["parley_sdk/client.py"]
    assert "class AsyncParleyLabs:" in client
    assert re.search(r"argument=\"parley_key\"", client)
    assert "    with client.my_resources.stream_data(" in made["stainless.yml"]["README.md"]
    assert 'rt.Server("http://localhost:8080", "local")' in client


def test_names_of_models_may_be_references(tmp_path: Path) -> None:
    plain, _ = _load(tmp_path / "sdkgen.yaml", "resources: {a: {models: {b: 'X/Y'}}}")
    said = "edition: 1\nresources: {a: {models: {b: '#/components/schemas/X~1Y'}}}"
    found, findings = _load(tmp_path / "stainless.yml", said)
    assert findings == []
    assert found.resources == plain.resources


def test_what_decides_nothing_here_is_said_once_and_all_else_still_counts(tmp_path: Path) -> None:
    found, findings = _load(
        tmp_path / "stainless.yml",
        """\
organization: {name: x}
pagination: []
openapi: {transforms: []}
resources:
  jobs:
    methods:
      list: {endpoint: get /jobs, paginated: true, skip_test_reason: {ruby: it}}
      find: {endpoint: get /job, paginated: false}
      watch: {type: websocket, endpoint: get /ws}
    subresources:
      logs: {methods: {watch: {type: websocket, endpoint: get /logs}}}
""",
    )
    alone = "is of Stainless alone, and decides nothing here"
    transforms = "\n  hint: change the document itself: transforms of it are not made"
    pages = "\n  hint: methods give pages as the document has them"
    assert findings == [
        f"2:1: warning Config/NotRead: `pagination` {alone}{pages}",
        f"3:1: warning Config/NotRead: `openapi` {alone}{transforms}",
        f"7:35: warning Config/NotRead: `paginated` {alone}{pages}",
        f'9:7: warning Config/NotRead: a method of type "websocket" {alone}',
    ]
    jobs, logs = found.resources
    assert [one.name for one in jobs.methods] == ["list", "find"]
    assert (logs.path, logs.methods) == (("jobs", "logs"), ())


def test_what_a_client_would_have_had_is_named(tmp_path: Path) -> None:
    found, findings = _load(
        tmp_path / "stainless.yml",
        """\
unspecified_endpoints: [get /odd]
settings: {license: MIT, unwrap_response_fields: [data]}
client_settings:
  default_retries: {max_retries: 4}
  opts: {organization: {type: string, send_in_header: Organization}}
resources:
  $client: {methods: {rank: post /rank}}
  chat:
    models: {role: '#/components/schemas/Message/properties/role', message: Message}
""",
    )
    starts = [one.partition(" is of Stainless alone")[0] for one in findings]
    assert starts == [
        "1:1: warning Config/NotRead: `unspecified_endpoints`",
        "2:26: warning Config/NotRead: `unwrap_response_fields`",
        "4:3: warning Config/NotRead: `default_retries`",
        "5:10: warning Config/NotRead: `organization`, an option that is no credential,",
        "7:3: warning Config/NotRead: `$client`",
        "9:14: warning Config/NotRead: a model that is no schema of `components`",
    ]
    assert [[*one.models] for one in found.resources] == [[], ["message"]]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "edition: 1\nresources: {a: {methods: {b: {endpont: get /x, paginated: true}}}}",
            "2:30: error Config/MissingKey: `resources.a.methods.b` has no `endpoint`",
        ),
        (
            "edition: 1\nresources: {a: {subresource: {}}}",
            (
                "2:17: error Config/UnknownKey: `resources.a.subresource` is not a setting\n"
                "  hint: did you mean `subresources`?"
            ),
        ),
        (
            "targets:\n  python: {package_name: json}",
            (
                "2:26: error Config/WrongValue: `targets.python.package_name` cannot be"
                ' "json": it would hide the module'
            ),
        ),
        (
            "client_settings:\n  opts:\n    class: {auth: {security_scheme: a/b}}",
            (
                '3:12: error Config/WrongValue: `client_settings.opts.class` cannot be "class"\n'
                "  hint: The client's argument: a Python identifier."
            ),
        ),
        (
            "client_settings:\n  opts:\n    X-Key: {read_env: A-B, auth: {security_scheme: Key}}",
            (
                "3:23: error Config/WrongValue: `client_settings.opts.X-Key.read_env` cannot be"
                ' "A-B"\n  hint: The environment variable'
            ),
        ),
        (
            "readme: {example_requests: {headline: {endpoint: /x}}}",
            (
                "1:50: error Config/WrongValue: `readme.example_requests.headline.endpoint` cannot"
                ' be "/x"'
            ),
        ),
        (
            "targets: {}\nresources: {a: {methods: {b: Psot /x}}}",
            '2:30: error Config/WrongValue: `resources.a.methods.b` cannot be "Psot /x"',
        ),
        ("targets: 5\nresources: 7", "2:12: error Config/WrongValue: `resources` cannot be 7"),
        (
            "edition: 1\nresources: {a: 5}",
            "2:16: error Config/WrongValue: `resources.a` cannot be 5",
        ),
    ],
)
def test_what_is_wrong_in_it_is_an_error_where_it_stands(
    tmp_path: Path, text: str, finding: str
) -> None:
    _, findings = _load(tmp_path / "stainless.yml", text)
    (found, *_) = [one for one in findings if ": error " in one]
    assert found.startswith(finding)


def test_what_is_spelt_like_a_setting_is_an_error_beside_what_is_of_stainless_alone(
    tmp_path: Path,
) -> None:
    _, findings = _load(tmp_path / "stainless.yml", "edition: 1\nresorces: {}\nprism: {}\n")
    assert findings == [
        (
            "2:1: error Config/UnknownKey: `resorces` is not a setting\n"
            "  hint: did you mean `resources`?"
        ),
        "3:1: warning Config/NotRead: `prism` is of Stainless alone, and decides nothing here",
    ]


def test_options_that_are_parts_of_a_credential_are_named(tmp_path: Path) -> None:
    found, findings = _load(
        tmp_path / "stainless.yml",
        """\
client_settings:
  opts:
    user: {auth: {security_scheme: login, role: username}}
    password: {auth: {security_scheme: login, role: password}}
    token: {auth: {security_scheme: oauth, role: value}}
    id: {auth: {security_scheme: oauth, role: client_id}}
    alone: {auth: {security_scheme: other, role: username}}
""",
    )
    alone = "is of Stainless alone, and decides nothing here\n  hint: clients"
    pair = f"{alone} take both as one argument: a tuple, or text with a colon between the two"
    assert findings == [
        f"3:5: warning Config/NotRead: `user`, a part of the credential `login`, {pair}",
        f"4:5: warning Config/NotRead: `password`, a part of the credential `login`, {pair}",
        (
            "6:5: warning Config/NotRead: `id`, a part of the credential `oauth`,"
            f" {alone} have an argument of their own for it"
        ),
        f"7:5: warning Config/NotRead: `alone`, a part of the credential `other`, {pair}",
    ]
    assert found.credentials == {"oauth": Credential("token", None)}


def test_of_several_options_for_one_credential_none_names_it(tmp_path: Path) -> None:
    found, findings = _load(
        tmp_path / "stainless.yml",
        """\
client_settings:
  opts:
    old: {auth: {security_scheme: key}}
    new: {auth: {security_scheme: key}}
""",
    )
    assert found.credentials == {}
    assert [one.partition(" is of Stainless alone")[0] for one in findings] == [
        "3:5: warning Config/NotRead: `old`, one of several options for the credential `key`,",
        "4:5: warning Config/NotRead: `new`, one of several options for the credential `key`,",
    ]
    assert findings[0].endswith("hint: keep one of them, or say the `role` of each")


SHOP = """\
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://a.example'}]
paths:
  /a: {get: &any {responses: {'200': {description: ok}}}, post: *any}
  /b: {get: *any}
  /c: {get: *any}
"""


def _methods_for(tmp_path: Path, config: str) -> dict[str, str]:
    """The methods of the shop, for which nothing is found."""
    spec, path = tmp_path / "openapi.yaml", tmp_path / "stainless.yml"
    spec.write_text(SHOP)
    path.write_text(config)
    diagnostics = Diagnostics()
    described = pipeline.lint(pipeline.Job(str(spec), path), diagnostics, str)
    assert list(diagnostics) == []
    return methods(described)


@pytest.mark.parametrize(
    "said", ["skip: true", "skip: [go, python]", "only: [go]", "{skip: [go], only: [typescript]}"]
)
def test_what_is_not_for_python_is_no_method_by_any_name(tmp_path: Path, said: str) -> None:
    said = said.strip("{}")
    method = f"methods: {{d: {{endpoint: GET /b, {said}}}, e: post /a}}"
    below = f"{said}, methods: {{f: get /a}}, subresources: {{g: {{methods: {{h: get /c}}}}}}"
    config = f"resources:\n  x: {{{method}, subresources: {{y: {{{below}}}}}}}\n"
    assert _methods_for(tmp_path, config) == {"x.e": "POST /a"}


@pytest.mark.parametrize("said", ["skip: false", "skip: [go]", "only: [python, go]", "skip: []"])
def test_what_is_for_python_is_a_method(tmp_path: Path, said: str) -> None:
    config = f"resources: {{x: {{{said}, methods: {{d: {{endpoint: get /b, {said}}}}}}}}}"
    assert _methods_for(tmp_path, config)["x.d"] == "GET /b"


def test_one_endpoint_may_have_another_method_in_other_languages(tmp_path: Path) -> None:
    config = """\
readme: {example_requests: {headline: {endpoint: get /c}}}
resources:
  x:
    methods:
      d: {endpoint: get /b, only: [ruby]}
      e: {endpoint: get /b, skip: [ruby]}
      f: {endpoint: get /c, only: [ruby]}
      g: {endpoint: get /nowhere, only: [ruby]}
      h: {type: websocket, endpoint: get /ws, only: [ruby]}
"""
    found = _methods_for(tmp_path, config)
    assert {name: at for name, at in found.items() if at in ("GET /b", "GET /c")} == {
        "x.e": "GET /b"
    }


def test_models_may_be_for_some_languages_and_have_their_schemas_in_objects(
    tmp_path: Path,
) -> None:
    found, findings = _load(
        tmp_path / "stainless.yml",
        """\
resources:
  a:
    models:
      b: {openapi_uri: '#/components/schemas/B', skip: [go]}
      c: {openapi_uri: C, only: [go]}
      d: {type: model, openapi_uri: D, no_params_suffix: true}
      e: {type: alias, to: d}
      f: {schema: F}
      g: {openapi_uri: '#/paths/~1b', only: [python]}
      h: {openapi_uri: H, skip: python}
""",
    )
    models = {name: one.schema for name, one in found.resources[0].models.items()}
    assert models == {"b": "B", "d": "D", "f": "F", "h": "H"}
    assert [one.partition(" is of Stainless alone")[0] for one in findings] == [
        "6:40: warning Config/NotRead: `no_params_suffix`",
        '7:7: warning Config/NotRead: a model of type "alias"',
        "9:7: warning Config/NotRead: a model that is no schema of `components`",
        "10:27: warning Config/NotRead: `skip`",
    ]


PLACES = "['#/paths/~1chat', {location: '#/x', reason: it}]"


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("true", True),
        ("false", False),
        ("[]", False),
        ("[{target: python, reason: it}]", True),
        ("[{target: ruby, reason: it}]", False),
        ("[{target: ruby, reason: it}, '#/x', {target: python, reason: it}]", True),
        (PLACES, False),
        ("{'#/x': true}", False),
    ],
)
def test_findings_may_be_ignored_for_a_language(tmp_path: Path, said: str, *, known: bool) -> None:
    text = f"diagnostics: {{ignored: {{Stream/UnknownField: {said}}}}}"
    found, findings = _load(tmp_path / "stainless.yml", text)
    assert findings == []
    assert found.ignored == ({"Stream/UnknownField"} if known else set())


def test_findings_that_are_ignored_in_places_are_not_and_that_is_said_where_there_are_any(
    tmp_path: Path,
) -> None:
    config = tmp_path / "stainless.yml"
    ignored = f"{{Stream/UnknownField: {PLACES}, Stream/NotAnEvent: {PLACES}, Go/X: {PLACES}}}"
    config.write_text(f"diagnostics:\n  ignored: {ignored}")
    diagnostics = Diagnostics()
    spec = ROOT / "specs" / "chat-bad" / "openapi.yaml"
    pipeline.lint(pipeline.Job(str(spec), config), diagnostics, str)
    assert diagnostics.has_errors
    said = [str(one) for one in diagnostics if one.code == "Config/NotRead"]
    place = f"{config}:2:34: warning Config/NotRead: the places of `Stream/UnknownField` are of"
    assert [one for one in said if "Stream/UnknownField" in one] == [
        (
            f"{place} Stainless alone, and decide nothing here\n"
            "  hint: `Stream/UnknownField: true` makes all errors of this kind warnings, and hides"
            " its warnings"
        )
    ]
    assert not [one for one in said if "Go/X" in one]


def test_the_name_of_the_project_is_that_under_which_the_package_is_installed(
    tmp_path: Path,
) -> None:
    config, findings = _load(
        tmp_path / "stainless.yml",
        "targets:\n  python: {package_name: parley, project_name: Parley.SDK}",
    )
    assert (config.package, config.distribution, findings) == ("parley", "Parley.SDK", [])


@pytest.mark.parametrize(("said", "shown"), [("parley sdk", '"parley sdk"'), ("7", "7")])
def test_a_project_that_cannot_be_called_so_is_reported_where_it_is_named(
    tmp_path: Path, said: str, shown: str
) -> None:
    text = f"targets:\n  python:\n    project_name: {said}"
    config, (finding,) = _load(tmp_path / "stainless.yml", text)
    assert config.distribution is None
    where = "3:19: error Config/WrongValue: `targets.python.project_name`"
    assert finding.startswith(f"{where} cannot be {shown}\n  hint: ")


OPTIONS = """\
openapi: 3.1.0
info: {title: Test, version: '1'}
servers: [{url: 'https://a.example'}]
components:
  securitySchemes: {Key: {type: apiKey, in: header, name: X-Session-Token}}
paths:
  /x: {get: {tags: [x], operationId: list, responses: {'200': {description: ok}}}}
"""


@pytest.mark.parametrize(
    ("option", "argument"),
    [("X-Session-Token", "x_session_token"), ("PARLEY_KEY", "parley_key"), ("a.b c!", "a_b_c")],
)
def test_an_option_that_is_no_python_name_has_one_made_of_it(
    tmp_path: Path, option: str, argument: str
) -> None:
    spec, config = tmp_path / "openapi.yaml", tmp_path / "stainless.yml"
    spec.write_text(OPTIONS)
    said = "{read_env: TOKEN, auth: {security_scheme: Key}}"
    config.write_text(f"client_settings: {{opts: {{'{option}': {said}}}}}")
    diagnostics = Diagnostics()
    files = files_for(spec, diagnostics, config=config)
    assert list(diagnostics) == []
    assert f'env="TOKEN", key="X-Session-Token", argument="{argument}"' in files["test/client.py"]


def test_an_option_that_is_an_argument_of_clients_already_is_an_error_where_it_stands(
    tmp_path: Path,
) -> None:
    spec, config = tmp_path / "openapi.yaml", tmp_path / "stainless.yml"
    spec.write_text(OPTIONS)
    config.write_text("client_settings:\n  opts:\n    timeout: {auth: {security_scheme: Key}}")
    diagnostics = Diagnostics()
    pipeline.lint(pipeline.Job(str(spec), config), diagnostics, str)
    (found,) = diagnostics
    assert str(found).startswith(f"{config}:3:14: error Config/WrongValue: No credential can have")


@pytest.mark.parametrize("name", ["", "5", "!", None, 7, "3scale"])
def test_an_organization_whose_name_is_none_of_a_class_leaves_it_to_the_document(
    tmp_path: Path, name: object
) -> None:
    text = f"organization: {{name: {name!r}}}".replace("None", "null")
    found, findings = _load(tmp_path / "stainless.yml", text)
    assert (replace(found, locate=Config().locate), findings) == (Config(), [])


@pytest.mark.parametrize("name", ["stainless.yml", "stainless.yaml", "parley.stainless.yml"])
@pytest.mark.parametrize("marks", ["", "edition: 1\n"])
def test_a_file_of_its_name_is_one(tmp_path: Path, name: str, marks: str) -> None:
    resources = "resources: {a: {methods: {b: get /x, c: {endpoint: get /y, paginated: true}}}}\n"
    found, findings = _load(tmp_path / name, f"{marks}pagination: []\n{resources}")
    assert [one.name for one in found.resources[0].methods] == ["b", "c"]
    assert [one.partition(": ")[2].partition(" is")[0] for one in findings] == [
        "warning Config/NotRead: `pagination`",
        "warning Config/NotRead: `paginated`",
    ]


@pytest.mark.parametrize("name", ["sdkgen.yaml", "stainless.yaml.bak", "nostainless.yml"])
def test_a_file_of_another_name_is_one_by_its_marks(tmp_path: Path, name: str) -> None:
    text = "pagination: []"
    _, (found,) = _load(tmp_path / name, text)
    assert found.startswith("1:1: error Config/UnknownKey: `pagination` is not a setting")
    _, (found,) = _load(tmp_path / name, f"edition: 1\n{text}")
    assert found.startswith("2:1: warning Config/NotRead: `pagination`")


def test_what_it_says_in_the_words_of_an_sdkgen_yaml_counts_but_for_its_package(
    tmp_path: Path,
) -> None:
    text = "client: Parley\nexample: get x\npackage: parley\n"
    found, findings = _load(tmp_path / "stainless.yml", text)
    assert (found.client, found.package) == ("Parley", None)
    assert [one.partition("\n")[0] for one in findings] == [
        '2:10: error Config/WrongValue: `example` cannot be "get x"',
        ("3:1: warning Config/NotRead: `package` is of Stainless alone, and decides nothing here"),
    ]


def test_a_file_of_its_name_may_be_of_another_kind(tmp_path: Path) -> None:
    _, (found,) = _load(tmp_path / "stainless.yml", "[edition]")
    assert found.startswith("1:1: error Config/WrongValue: a configuration cannot be")
