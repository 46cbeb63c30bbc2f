"""Arguments have names of their own, and requests go where the document says."""

from __future__ import annotations

import pytest

from generator.lower.lowering import HEAD, lowered, only_operation
from sdkgen.config import Config
from sdkgen.emit.annotations import Annotations
from sdkgen.emit.package import package
from sdkgen.ir import api
from sdkgen.ir.types import Choice, Named, Primitive
from sdkgen.lower import names


def _operation(path: str, parameters: str, body: str = "") -> api.Operation:
    described, _ = lowered(
        f"""{HEAD}paths:
  {path!r}:
    post:
      tags: [things]
      parameters: [{parameters}]
      {body}
      responses: {{'200': {{description: ok}}}}
"""
    )
    return only_operation(described)


def _arguments(operation: api.Operation) -> dict[str, str]:
    return {f"{one.place} {one.wire}": one.name for one in operation.parameters}


def _query(*names: str) -> str:
    return ", ".join(f"{{name: {name!r}, in: query}}" for name in names)


@pytest.mark.parametrize("names", [("StartTime<", "StartTime", "StartTime>")])
@pytest.mark.parametrize("step", [1, -1])
def test_parameters_of_one_place_are_told_apart_by_their_symbols(
    names: tuple[str, ...], step: int
) -> None:
    assert _arguments(_operation("/a", _query(*names[::step]))) == {
        "query StartTime<": "start_time_less",
        "query StartTime": "start_time",
        "query StartTime>": "start_time_greater",
    }


def test_signs_before_numbers_tell_parameters_apart() -> None:
    found = _arguments(_operation("/a", _query("-1", "+1")))
    assert found == {"query -1": "minus_1", "query +1": "plus_1"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("schema: {type: string, description: What it is.}", "What it is."),
        ("description: What for., schema: {type: string, description: What it is.}", "What for."),
        ("schema: {type: string}", None),
        ("schema: {$ref: '#/components/schemas/A'}", None),
    ],
)
def test_what_a_parameter_s_schema_says_of_it_describes_it(said: str, expected: str | None) -> None:
    (one,) = _operation("/a", f"{{name: a, in: query, {said}}}").parameters
    assert one.description == expected


def test_a_parameter_called_body_is_not_the_body() -> None:
    body = "requestBody: {content: {text/plain: {schema: {type: string}}}}"
    assert _arguments(_operation("/a", _query("body"), body)) == {"query body": "query_body"}


def test_a_query_in_a_path_is_a_query() -> None:
    operation = _operation("/a?b=c&q={q}", "{name: q, in: path, required: true}")
    assert operation.path == "/a?b=c"
    assert _arguments(operation) == {"query q": "q"}


def test_a_query_in_a_path_that_is_declared_too_is_one_argument() -> None:
    operation = _operation("/a?q={q}", _query("q"))
    assert (operation.path, _arguments(operation)) == ("/a", {"query q": "q"})


@pytest.mark.parametrize(
    ("title", "package", "client"),
    [
        ("API", "api", "APIClient"),
        ("Stream", "stream", "StreamClient"),
        ("Types", "types_api", "Types"),
        ("httpx", "httpx_api", "Httpx"),
    ],
)
def test_a_package_hides_nothing_that_it_imports_or_exports(
    title: str, package: str, client: str
) -> None:
    described, _ = lowered(f"openapi: 3.1.0\ninfo: {{title: {title}, version: '1'}}\npaths: {{}}")
    assert (described.package, described.client) == (package, client)


@pytest.mark.parametrize(
    ("title", "package", "distribution"),
    [
        ("Pet shop", None, "pet-shop"),
        ("Pet shop", "PetShop", "PetShop"),
        ("Pet shop", "_x", "x"),
        ("Pet shop", "x_", "x"),
        ("Pet shop", "__init__", "init"),
        ("Café", None, "cafe"),
        ("Straße", None, "strasse"),
        ("한국 API", None, "api"),
        ("日本語", None, "api"),
        ("Pet shop", "___", "api"),
    ],
)
def test_a_package_is_installed_by_a_name_of_ascii(
    title: str, package: str | None, distribution: str
) -> None:
    document = f"openapi: 3.1.0\ninfo: {{title: {title}, version: '1'}}\npaths: {{}}"
    described, _ = lowered(document, Config(package=package))
    assert described.distribution == distribution


def test_a_package_is_installed_by_the_name_that_the_configuration_has() -> None:
    document = "openapi: 3.1.0\ninfo: {title: Pet shop, version: '1'}\npaths: {}"
    described, _ = lowered(document, Config(package="pets", distribution="Pet.Shop_2"))
    files = package(described)
    assert '\nname = "Pet.Shop_2"\n' in files["pyproject.toml"]
    assert 'packages = ["pets"]' in files["pyproject.toml"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (["test"], "TestResource"),
        (["mapping"], "MappingResource"),
        (["self"], "SelfResource"),
        (["beta", "self"], "BetaSelf"),
    ],
)
def test_a_resource_s_class_is_neither_the_client_s_nor_one_that_modules_import(
    path: list[str], expected: str
) -> None:
    assert names.resource_class(path, "Test") == expected


@pytest.mark.parametrize(
    ("declared", "schema", "sent"),
    [
        ("*/*", "{type: object, properties: {a: {type: string}}}", "application/json"),
        ("*/*", "{type: string, format: binary}", "application/octet-stream"),
        ("image/*", "{type: string, format: binary}", "application/octet-stream"),
        ("text/*", "{type: string}", "text/plain"),
        ("Text/*", "{type: string}", "text/plain"),
    ],
)
def test_a_body_is_sent_with_a_media_type_and_not_with_a_range(
    declared: str, schema: str, sent: str
) -> None:
    body = f"requestBody: {{content: {{{declared!r}: {{schema: {schema}}}}}}}"
    found = _operation("/a", "", body).body
    assert found is not None
    assert found.media_type == sent


def test_an_answer_of_any_media_type_that_is_binary_is_no_json() -> None:
    content = "content: {'*/*': {schema: {type: string, format: binary}}}"
    described, _ = lowered(
        f"{HEAD}paths: {{/a: {{get: {{responses: {{'200': {{description: ok, {content}}}}}}}}}}}"
    )
    (outcome,) = only_operation(described).returns
    assert outcome.kind is api.Kind.BINARY


@pytest.mark.parametrize(("other", "is_success"), [("404", True), ("4XX", True), ("201", False)])
def test_the_default_response_is_that_of_success_where_no_other_is(
    other: str, *, is_success: bool
) -> None:
    described, _ = lowered(
        f"""{HEAD}paths:
  /a:
    get:
      responses:
        default: {{description: any, content: {{application/json: {{}}}}}}
        {other!r}: {{description: other, content: {{application/json: {{}}}}}}
"""
    )
    operation = only_operation(described)
    said = ([one.status for one in operation.returns], [one.status for one in operation.raises])
    assert said == ((["default"], [other]) if is_success else ([other], ["default"]))


def test_what_is_empty_in_a_document_is_no_reason_to_stop() -> None:
    described, _ = lowered(
        f"""{HEAD}paths:
  /a/{{id}}:
    get:
  /b:
    post:
      requestBody: {{content: {{application/json: }}}}
      responses:
        '200': {{description: ok, content: {{application/json: }}}}
        '400':
          description: no
          content: {{application/json: {{schema: {{oneOf: [true, {{type: string}}]}}}}}}
"""
    )
    assert len(described.resources) == 2


def _body(content: str, required: str = "true") -> api.Operation:
    return _operation("/a", "", f"requestBody: {{required: {required}, content: {{{content}}}}}")


@pytest.mark.parametrize(
    ("content", "sent", "others"),
    [
        ("text/plain: {}, application/json: {}", "application/json", ()),
        (
            "application/x+json: {}, application/json: {}",
            "application/json",
            ("application/x+json",),
        ),
        (
            "a/b: {schema: {type: string, format: binary}}, text/csv: {schema: {type: string}}",
            "a/b",
            ("text/csv",),
        ),
        ("'*/*': {}, application/json: {}", "application/json", ()),
        ("text/json: {}", "text/json", ()),
    ],
)
def test_of_several_media_types_the_most_useful_goes_first(
    content: str, sent: str, others: tuple[str, ...]
) -> None:
    body = _body(content).body
    assert body is not None
    assert (body.media_type, body.others) == (sent, others)


def test_the_members_of_several_media_types_are_the_arguments() -> None:
    json = "{type: object, required: [a, b], properties: {a: {enum: [x]}, b: {type: string}}}"
    form = "{type: object, required: [a], properties: {a: {enum: [y]}, c: {type: integer}}}"
    operation = _body(
        f"multipart/form-data: {{schema: {form}}}, application/json: {{schema: {json}}}"
    )
    assert {one.name: (one.type, one.required) for one in operation.parameters} == {
        "a": (Choice(("x", "y")), True),
        "b": (Primitive.STRING, False),
        "c": (Primitive.INTEGER, False),
    }


@pytest.mark.parametrize(
    ("required", "member", "optional"),
    [("true", "[]", False), ("false", "[]", True), ("false", "[a]", False)],
)
def test_a_body_is_optional_where_nothing_of_it_has_to_be_given(
    required: str, member: str, optional: bool
) -> None:
    schema = f"{{type: object, required: {member}, properties: {{a: {{type: string}}}}}}"
    body = _body(f"application/json: {{schema: {schema}}}", required).body
    assert body is not None
    assert body.optional is optional


@pytest.mark.parametrize(
    "dropped", ["text/csv: {}", "multipart/form-data: {schema: {type: integer}}"]
)
def test_a_media_type_that_is_left_out_is_reported(dropped: str) -> None:
    schema = "{type: object, properties: {a: {type: string}}}"
    content = f"{{application/json: {{schema: {schema}}}, {dropped}}}"
    _, found = lowered(
        f"{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {content}}}, responses: {{}}}}}}}}"
    )
    (warning,) = found
    assert warning.code == "Body/MediaType"
    assert f"as `{dropped.partition(':')[0]}` is left out" in warning.message
    assert warning.location is not None
    assert warning.location.line == 3


@pytest.mark.parametrize(
    ("declared", "what"),
    [
        ("itemSchema: {type: integer}", "Items"),
        ("schema: {type: object, properties: {a: {type: string}}}", "Objects"),
    ],
)
def test_a_body_of_lines_is_the_text_of_them_and_that_is_reported(declared: str, what: str) -> None:
    content = f"{{application/jsonl: {{{declared}}}}}"
    described, found = lowered(
        f"{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {content}}}, responses: {{}}}}}}}}"
    )
    (warning,) = found
    assert warning.message.startswith(f"{what} are not written as `application/jsonl` here")
    assert warning.location is not None
    assert warning.location.line == 3
    body = only_operation(described).body
    assert body is not None
    assert body.whole is not None
    assert Primitive.BINARY in getattr(body.whole.type, "members", [body.whole.type])


def test_a_body_that_loses_nothing_by_it_is_reported_once() -> None:
    content = "{application/json: {schema: {type: object}}, a/xml: {schema: {type: object}}}"
    post = f"{{post: {{requestBody: {{content: {content}}}, responses: {{}}}}}}"
    _, found = lowered(f"{HEAD}paths: {{/a: {post}, /b: {post}}}")
    (warning,) = found
    assert "`a/xml` or `application/json`" in warning.message


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ("{type: string, contentMediaType: image/png}", Primitive.BINARY),
        ("{type: string, contentMediaType: image/png, contentEncoding: base64}", Primitive.STRING),
        ("{type: string, contentMediaType: image/png, format: base64}", Primitive.STRING),
        ("{type: string, contentMediaType: text/html}", Primitive.STRING),
    ],
)
def test_text_of_a_type_that_is_no_text_is_a_file(schema: str, type_: Primitive) -> None:
    form = f"{{type: object, properties: {{a: {schema}}}}}"
    (member,) = _body(f"multipart/form-data: {{schema: {form}}}").parameters
    assert member.type is type_


@pytest.mark.parametrize(
    ("media_types", "in_parts"),
    [
        (["multipart/form-data"], True),
        (["application/json", "multipart/form-data"], True),
        (["application/json"], False),
        (["application/x-www-form-urlencoded"], False),
    ],
)
def test_what_is_binary_is_a_file_where_there_are_parts(
    media_types: list[str], in_parts: bool
) -> None:
    schema = "{schema: {type: object, properties: {a: {type: string, format: binary}}}}"
    (member,) = _body(", ".join(f"{one}: {schema}" for one in media_types)).parameters
    assert member.in_parts is in_parts
    assert Annotations({}).argument(member) == (["rt.File"] if in_parts else ["bytes", "str"])


@pytest.mark.parametrize("content", ["", "content: {application/json: {schema: {type: object}}}"])
def test_an_answer_to_head_has_nothing_in_it(content: str) -> None:
    described, _ = lowered(
        f"paths: {{/a: {{head: {{responses: {{'200': {{description: ok, {content}}}}}}}}}}}"
    )
    outcome = api.Outcome("200", api.Kind.EMPTY, None, Primitive.NONE)
    assert only_operation(described).returns == (outcome,)


@pytest.mark.parametrize("name", ['"X\\r\\nY"', "'a b'", "'é'"])
def test_a_header_of_a_name_that_none_can_have_is_left_out(name: str) -> None:
    parameters = f"[{{name: {name}, in: header, schema: {{type: string}}}}]"
    described, (error,) = lowered(
        f"paths: {{/a: {{get: {{parameters: {parameters}, responses: {{}}}}}}}}"
    )
    assert error.code == "Parameters/Name"
    assert only_operation(described).parameters == ()


def test_it_is_said_once_that_xml_is_not_modelled() -> None:
    xml = "application/xml: {schema: {type: object, properties: {a: {type: string}}}}"
    answer = f"{{'200': {{description: ok, content: {{{xml}, application/json: {{}}}}}}}}"
    _, found = lowered(
        f"{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {{{xml}}}}}, responses: {answer}}},"
        f" put: {{requestBody: {{content: {{{xml}, application/json: {{}}}}}}, responses: {answer}"
        "}}}"
    )
    assert [one.code for one in found] == ["MediaType/Xml"]


@pytest.mark.parametrize(
    ("content", "is_download"),
    [
        ("application/zip: {}", True),
        ("application/zip: {}, video/mp4: {}", True),
        ("application/zip: {}, text/plain: {}", True),
        ("text/plain: {}", False),
        ("Text/Plain: {}", False),
        ("application/zip: {}, application/json: {schema: {type: object}}", False),
        ("application/zip: {}, application/json: {schema: {type: string}}", True),
        ("application/zip: {}, application/json: {}", True),
        ("application/xml: {}", False),
        ("application/zip: {}, application/xml: {}", True),
    ],
)
def test_bytes_are_downloaded_also_where_they_may_be_text(content: str, is_download: bool) -> None:
    answer = f"{{description: ok, content: {{{content}}}}}"
    described, _ = lowered(
        f"{HEAD}paths: {{/a: {{get: {{tags: [a], responses: {{'200': {answer}}}}}}}}}"
    )
    assert only_operation(described).is_download is is_download


QUERY = """
openapi: 3.2.0
info: {title: Test, version: '1'}
paths:
  /books:
    get:
      tags: [books]
      parameters:
        - name: filter
          in: querystring
          content:
            %s:
              schema: {type: object, properties: {year: {type: integer, minimum: x}}}
      responses: {'200': {description: ok}}
"""


def test_a_query_that_is_a_form_is_written_member_by_member() -> None:
    described, found = lowered(QUERY.lstrip() % "application/x-www-form-urlencoded")
    (parameter,) = only_operation(described).parameters
    assert (parameter.name, parameter.place, parameter.type) == (
        "filter",
        "query",
        Named("BooksListFilter"),
    )
    assert parameter.style is None
    assert [str(one.location) for one in found] == ["test.yaml:12:82"]


def test_a_query_of_another_type_is_an_error() -> None:
    described, found = lowered(QUERY.lstrip() % "application/json")
    assert only_operation(described).parameters == ()
    assert "Document/Malformed" in [one.code for one in found]
