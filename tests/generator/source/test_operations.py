from __future__ import annotations

import pytest

from generator.reading import HEAD, document, sound
from sdkgen.source import Document, OperationNode

HEAD_3_2 = HEAD.replace("3.1.0", "3.2.0")


def one(text: str) -> OperationNode:
    """The only operation of a sound document."""
    (node,) = sound(HEAD + text).operations
    return node


def names(read: Document) -> list[str]:
    return [node.endpoint for node in read.operations]


def test_an_operation_is_typed_with_its_extensions() -> None:
    node = one(
        """\
paths:
  /chat#stream:
    x-group: g
    post: {operationId: chat, tags: [a], x-name: create, deprecated: true}
"""
    )
    assert (node.method, node.path, node.pointer) == (
        "POST",
        "/chat#stream",
        "/paths/~1chat#stream/post",
    )
    assert node.operation.operationId == "chat"
    assert node.operation.tags == ["a"]
    assert node.operation.deprecated
    assert node.operation.model_extra == {"x-name": "create"}
    assert (node.parameters, node.body, node.responses) == ((), None, {})


def test_operations_come_in_the_order_of_the_document() -> None:
    read = sound(HEAD + "paths:\n  /b: {post: {}, get: {}}\n  /a: {put: {}}\n  x-c: {get: {}}\n")
    assert names(read) == ["post /b", "get /b", "put /a"]


def test_the_methods_of_3_2_are_operations() -> None:
    read = sound(f"{HEAD_3_2}paths: {{/a: {{query: {{}}, additionalOperations: {{COPY: {{}}}}}}}}")
    assert [(node.method, node.pointer) for node in read.operations] == [
        ("QUERY", "/paths/~1a/query"),
        ("COPY", "/paths/~1a/additionalOperations/COPY"),
    ]


def test_methods_without_a_field_are_spelled_as_they_are_sent() -> None:
    read = sound(f"{HEAD_3_2}paths: {{/a: {{additionalOperations: {{Copy: {{}}, COPY: {{}}}}}}}}")
    assert [node.method for node in read.operations] == ["Copy", "COPY"]
    assert len({node.endpoint for node in read.operations}) == 2


@pytest.mark.parametrize(
    ("method", "message"),
    [
        ("get", "`get` in `/a` has a field of its own; here it is left out\n  hint: "),
        ("Get", "write it beside `additionalOperations`, as `get`"),
        ("M SEARCH", "`M SEARCH` in `/a` is no method; it is left out\n  hint: write a token"),
        ("''", "`` in `/a` is no method"),
    ],
)
def test_what_is_no_additional_method_is_left_out(method: str, message: str) -> None:
    read, findings = document(
        f"{HEAD_3_2}paths: {{/a: {{get: {{}}, additionalOperations: {{{method}: {{}}}}}}}}"
    )
    assert names(read) == ["get /a"]
    (finding,) = findings
    assert message in finding
    assert "3:46: error Path/UnknownMethod: " in finding


def test_schemas_are_references_to_themselves() -> None:
    node = one(
        """\
paths:
  /a:
    post:
      parameters:
      - {name: q, in: query, schema: true, example: 5, examples: {a: 1}}
      - {name: r, in: query, content: {a/b: {schema: {type: string}}}}
      requestBody:
        content:
          multipart/form-data:
            schema: {$ref: '#/components/schemas/S'}
            encoding: {f: {headers: {H: {schema: {type: string}}}}}
            example: {a: 1}
      responses:
        200:
          headers: {H: {schema: {}}}
          content: {text/event-stream: {itemSchema: {type: string}, x-sse: 1, examples: 5}}
          links: 5
      callbacks: 5
components: {schemas: {S: {type: string}}}
"""
    )
    at = "#/paths/~1a/post"
    q, r = (found.value for found in node.parameters)
    assert q.param_schema is not None
    assert q.param_schema.model_dump(by_alias=True, exclude_none=True) == {
        "$ref": f"{at}/parameters/0/schema"
    }
    assert q.example is None
    assert q.examples is None
    assert r.model_dump(by_alias=True, exclude_none=True)["content"] == {
        "a/b": {"schema": {"$ref": f"{at}/parameters/1/content/a~1b/schema"}}
    }
    assert node.body is not None
    form = f"{at}/requestBody/content/multipart~1form-data"
    media = node.body.value.content["multipart/form-data"]
    assert media.model_dump(by_alias=True, exclude_defaults=True) == {
        "schema": {"$ref": f"{form}/schema"},
        "encoding": {
            "f": {"headers": {"H": {"schema": {"$ref": f"{form}/encoding/f/headers/H/schema"}}}}
        },
    }
    response = node.responses["200"].value
    assert response.content is not None
    assert response.content["text/event-stream"].model_extra == {
        "itemSchema": {"$ref": f"{at}/responses/200/content/text~1event-stream/itemSchema"},
        "x-sse": 1,
    }


def test_references_to_anything_but_schemas_are_followed() -> None:
    read, (found,) = document(
        HEAD
        + """\
paths:
  /a: {$ref: '#/components/pathItems/I'}
components:
  pathItems:
    I: {post: {$ref: '#/not/followed', parameters: [{$ref: '#/components/parameters/P'}],
      requestBody: {$ref: '#/components/requestBodies/B'},
      responses: {200: {$ref: '#/components/responses/R'}}}}
  parameters: {P: {$ref: '#/components/parameters/Q'}, Q: {name: q, in: query}}
  requestBodies: {B: {content: {a/b: {$ref: '#/components/mediaTypes/M'}}}}
  responses: {R: {description: r, headers: {H: {$ref: '#/components/headers/H'}}}}
  headers: {H: {schema: {type: string}}}
  mediaTypes: {M: {schema: {type: string}}}
"""
    )
    assert "`$ref` says nothing" in found
    (node,) = read.operations
    assert node.pointer == "/components/pathItems/I/post"
    (parameter,) = node.parameters
    assert (parameter.value.name, parameter.pointer) == ("q", "/components/parameters/Q")
    assert node.body is not None
    assert node.body.pointer == "/components/requestBodies/B"
    assert node.body.value.model_dump(by_alias=True, exclude_none=True)["content"] == {
        "a/b": {"schema": {"$ref": "#/components/requestBodies/B/content/a~1b/schema"}}
    }
    response = node.responses["200"]
    assert response.pointer == "/components/responses/R"
    assert response.value.headers is not None
    assert response.value.headers["H"].model_dump(by_alias=True, exclude_defaults=True) == {
        "schema": {"$ref": "#/components/headers/H/schema"}
    }


def test_what_stands_beside_the_reference_of_a_path_item_wins() -> None:
    read = sound(
        HEAD
        + """\
paths:
  /a: {$ref: '#/paths/~1b', get: {operationId: own}, x-a: 1}
  /b: {get: {operationId: other}, put: {}, x-a: 2, x-b: 3}
"""
    )
    get, put, *_ = read.operations
    assert (get.operation.operationId, get.pointer) == ("own", "/paths/~1a/get")
    assert (put.path, put.pointer) == ("/a", "/paths/~1b/put")


def test_the_parameters_of_an_operation_win_by_name_and_place() -> None:
    node = one(
        """\
paths:
  /a:
    parameters:
    - {name: p, in: query, description: shared}
    - {name: q, in: query, description: shared}
    get:
      parameters:
      - {name: q, in: query, description: own}
      - {name: q, in: header, description: own}
"""
    )
    assert [
        (found.value.name, found.value.param_in.value, found.value.description, found.pointer)
        for found in node.parameters
    ] == [
        ("p", "query", "shared", "/paths/~1a/parameters/0"),
        ("q", "query", "own", "/paths/~1a/get/parameters/0"),
        ("q", "header", "own", "/paths/~1a/get/parameters/1"),
    ]


def test_servers_of_a_path_item_hold_for_its_operations() -> None:
    read = sound(
        HEAD + "paths: {/a: {servers: [{url: /p}], get: {}, put: {servers: [{url: /o}]}}}\n"
    )
    servers = [node.operation.servers or [] for node in read.operations]
    assert [[server.url for server in group] for group in servers] == [["/p"], ["/o"]]


def test_path_parameters_are_required_whatever_they_say() -> None:
    node = one("paths: {'/a/{id}': {get: {parameters: [{name: id, in: path}]}}}\n")
    assert node.parameters[0].value.required


def test_statuses_are_written_one_way() -> None:
    node = one("paths: {/a: {get: {responses: {200: {}, 4xx: {}, default: {}, x-a: 5}}}}\n")
    assert list(node.responses) == ["200", "4XX", "default"]


def test_keys_without_a_value_say_nothing() -> None:
    node = one(
        """\
paths:
  /a:
    get:
      summary:
      parameters:
      requestBody:
      responses: {200: {description: , content: {a/b: }}}
  /b:
"""
    )
    assert node.operation.summary is None
    assert node.responses["200"].value.description == ""


AT = "api.yaml:5:"
CONTENT = "content: {application/json: {schema: {type: object}}}"
OPERATION = "{responses: {'200': {description: OK}}}"
PATH = f"{{get: {OPERATION}}}"
PARAMETER = "{name: limit, in: query, schema: {type: integer}}"


def hint(instead: str) -> str:
    return f"\n  hint: write `{instead}`"


def quotes(key: str) -> str:
    return f"\n  hint: write it in quotes: `{key}: '5'`"


@pytest.mark.parametrize(
    ("operation", "finding"),
    [
        (
            "5",
            f"{AT}10: error Operation/LeftOut: GET /a is left out: a mapping is expected, not 5"
            + hint(OPERATION),
        ),
        (
            "{parameters: {}}",
            (
                f"{AT}23: error Operation/LeftOut: GET /a is left out:"
                " `parameters` should be a list, not {}" + hint(f"parameters: [{PARAMETER}]")
            ),
        ),
        (
            "{responses: []}",
            (
                f"{AT}22: error Operation/LeftOut: GET /a is left out:"
                " `responses` should be a mapping, not []"
                + hint("responses: {'200': {description: OK}}")
            ),
        ),
        (
            "{parameters: [{in: query, required: true}]}",
            f"{AT}24: error Operation/LeftOut: GET /a is left out: `name` is missing"
            + hint("name: chat"),
        ),
        (
            "{parameters: [{name: q, in: qery, required: true}]}",
            (
                f"{AT}38: error Operation/LeftOut: GET /a is left out:"
                " `in` should be 'query', 'header', 'path' or 'cookie', not \"qery\"\n"
                "  hint: did you mean `query`?"
            ),
        ),
        (
            "{parameters: [5]}",
            f"{AT}24: error Operation/LeftOut: GET /a is left out: a mapping is expected, not 5"
            + hint(PARAMETER),
        ),
        (
            "{requestBody: {required: true}}",
            f"{AT}24: error Operation/LeftOut: GET /a is left out: `content` is missing"
            + hint(CONTENT),
        ),
        (
            "{requestBody: {required: true, content: [a]}}",
            (
                f"{AT}50: error Operation/LeftOut: GET /a is left out:"
                ' `content` should be a mapping, not ["a"]' + hint(CONTENT)
            ),
        ),
        (
            "{requestBody: {$ref: '#/components/requestBodies/B'}}",
            (
                f"{AT}24: error Operation/LeftOut: GET /a is left out:"
                " there is nothing at `#/components/requestBodies/B`"
            ),
        ),
    ],
)
def test_an_operation_that_would_be_another_one_is_left_out_by_name(
    operation: str, finding: str
) -> None:
    read, findings = document(f"{HEAD}paths:\n  /a:\n    get: {operation}\n  /b: {{get: {{}}}}\n")
    assert names(read) == ["get /b"]
    assert [found for found in findings if "Ref/" not in found] == [finding]


@pytest.mark.parametrize(
    ("operation", "finding"),
    [
        (
            "{parameters: [{in: query}]}",
            f"{AT}24: error Document/Malformed: a parameter is left out: `name` is missing"
            + hint("name: chat"),
        ),
        (
            "{parameters: [{name: q, in: query, style: 5}]}",
            (
                f"{AT}52: error Document/Malformed: a part of a parameter is left out:"
                " `style` should be text, not 5" + quotes("style")
            ),
        ),
        (
            "{parameters: [{name: q, in: query, content: {a/b: 5}}]}",
            (
                f"{AT}60: error Document/Malformed: a part of a parameter is left out:"
                " a mapping is expected, not 5" + hint("{schema: {type: object}}")
            ),
        ),
        (
            "{requestBody: {content: 5}}",
            (
                f"{AT}34: error Document/Malformed: a request body is left out:"
                " `content` should be a mapping, not 5" + hint(CONTENT)
            ),
        ),
        (
            "{requestBody: {content: {a/b: {encoding: {f: {explode: 5}}}}}}",
            (
                f"{AT}65: error Document/Malformed: a part of a request body is left out:"
                " `explode` should be true or false, not 5"
            ),
        ),
        (
            "{responses: {200: 5}}",
            (
                f"{AT}28: error Document/Malformed: a response is left out:"
                " a mapping is expected, not 5" + hint("{description: OK}")
            ),
        ),
        (
            "{responses: {200: {headers: {A: {$ref: '#/A'}}}}}",
            (
                f"{AT}42: error Document/Malformed: a part of a response is left out:"
                " there is nothing at `#/A`"
            ),
        ),
        (
            "{responses: {200: {description: [d]}}}",
            (
                f"{AT}42: warning Document/Malformed: a part of a response is left out:"
                ' `description` should be text, not ["d"]'
            ),
        ),
        (
            "{summary: [s]}",
            (
                f"{AT}20: warning Document/Malformed: a part of an operation is left out:"
                ' `summary` should be text, not ["s"]'
            ),
        ),
        (
            "{tags: t}",
            (
                f"{AT}17: error Document/Malformed: a part of an operation is left out:"
                ' `tags` should be a list, not "t"' + hint("tags: [chat]")
            ),
        ),
        (
            "{security: [{a: []}, b]}",
            (
                f"{AT}31: error Document/Malformed: a part of an operation is left out:"
                ' `security` should be a mapping, not "b"' + hint("security: [{bearerAuth: []}]")
            ),
        ),
        (
            "{responses: {ok: {}}}",
            (
                f"{AT}23: error Response/Status: `ok` is no status; the response is left out\n"
                "  hint: write a status such as `200`, `4XX` or `default`"
            ),
        ),
        (
            "{parameters: [{name: q, in: query}, {name: q, in: query}]}",
            (
                f"{AT}46: warning Parameter/Duplicate:"
                " the query parameter `q` is defined twice; the last one holds"
            ),
        ),
        (
            "{parameters: [{name: q, in: path, required: true}]}",
            f"{AT}24: warning Path/UnusedParameter: `/a` has no `{{q}}`; the parameter is left out",
        ),
    ],
)
def test_an_operation_goes_on_without_what_it_can_miss(operation: str, finding: str) -> None:
    read, findings = document(f"{HEAD}paths:\n  /a:\n    get: {operation}\n  /b: {{get: {{}}}}\n")
    assert names(read) == ["get /a", "get /b"]
    assert [found for found in findings if "Ref/" not in found] == [finding]


def test_what_is_wrong_in_a_list_leaves_the_rest_of_it() -> None:
    read, findings = document(HEAD + "paths: {/a: {get: {tags: [1, 2, a, 3, b]}}}\n")
    assert read.operations[0].operation.tags == ["a", "b"]
    assert [one.partition(" error ")[0] for one in findings] == [
        f"api.yaml:3:{column}:" for column in (27, 30, 36)
    ]


def test_security_is_left_out_as_a_whole() -> None:
    # Without the malformed half, `[]` would say that no credentials are needed.
    read, findings = document(HEAD + "security: [b, c]\npaths: {/a: {get: {security: [b, c]}}}\n")
    assert "security" not in read.root
    assert read.operations[0].operation.security is None
    assert [one.partition(" error ")[0] for one in findings] == ["api.yaml:3:12:", "api.yaml:4:31:"]


def test_the_cause_is_reported_and_not_what_follows_from_it() -> None:
    _, findings = document(
        HEAD + "paths: {/a: {get: {responses: {200: {content: {a/b: {encoding: 5}}}}}}}\n"
    )
    assert findings == [
        (
            "api.yaml:3:64: error Document/Malformed: a part of a response is left out:"
            " `encoding` should be a mapping, not 5"
        )
    ]


def test_a_shared_part_that_is_malformed_names_every_operation_that_needs_it() -> None:
    read, findings = document(
        HEAD
        + """\
paths:
  /a: {get: {parameters: [{$ref: '#/components/parameters/P'}]}, put: {}}
  /b: {get: {parameters: [{$ref: '#/components/parameters/P'}]}}
components: {parameters: {P: {in: query, required: true}}}
"""
    )
    assert names(read) == ["put /a"]
    assert findings == [
        f"api.yaml:6:30: error Operation/LeftOut: GET {path} is left out: `name` is missing"
        + hint("name: chat")
        for path in ("/a", "/b")
    ]


NOT_READ = "is left out, with all its operations:"


@pytest.mark.parametrize(
    ("item", "column", "code", "message"),
    [
        ("/a: 5", 7, "Malformed", f"`/a` {NOT_READ} a mapping is expected, not 5" + hint(PATH)),
        (
            "/a: {$ref: '#/b'}",
            14,
            "Malformed",
            f"`/a` {NOT_READ} there is nothing at `#/b`",
        ),
        (
            "/a: {$ref: '#/paths/~1a'}",
            7,
            "Malformed",
            f"`/a` {NOT_READ} these references go in a circle",
        ),
        (
            "/a: {additionalOperations: 5}",
            30,
            "Malformed",
            f"`/a` {NOT_READ} a mapping is expected, not 5" + hint(PATH),
        ),
        (
            "a: {get: {}}",
            3,
            "Malformed",
            f"`a` {NOT_READ} a path begins with `/`\n  hint: write `/a`",
        ),
        (
            "$ref: paths.yaml",
            3,
            "Malformed",
            f"`$ref` {NOT_READ} a path begins with `/`\n  hint: refer to each path on its own",
        ),
        (
            "/a: {gett: {}}",
            8,
            "UnknownMethod",
            "`gett` in `/a` is no method; it is left out\n  hint: did you mean `get`?",
        ),
        (
            "/a: {POST: {}}",
            8,
            "UnknownMethod",
            "`POST` in `/a` is no method; it is left out\n  hint: did you mean `post`?",
        ),
    ],
)
def test_a_path_that_is_left_out_is_named(item: str, column: int, code: str, message: str) -> None:
    read, findings = document(f"{HEAD}paths:\n  {item}\n  /b: {{get: {{}}}}\n")
    assert names(read) == ["get /b"]
    findings = [found for found in findings if "Ref/" not in found]
    assert findings == [f"api.yaml:4:{column}: error Path/{code}: {message}"]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", "1:1: warning Path/None: there are no `paths`, so there are no operations"),
        ("paths: []", "3:8: error Path/None: there are no `paths`, so there are no operations"),
    ],
)
def test_a_document_without_paths_has_no_operations(text: str, finding: str) -> None:
    read, findings = document(HEAD + text)
    assert read.operations == ()
    assert findings == [f"api.yaml:{finding}"]


def test_a_path_parameter_that_nobody_defines_is_text() -> None:
    read, findings = document(
        HEAD
        + """\
paths:
  /a/{b}/{c}:
    get: {parameters: [{name: c, in: path, required: true, schema: {type: integer}}]}
"""
    )
    assert findings == [
        (
            "api.yaml:4:3: warning Path/MissingParameter:"
            " no parameter says what `{b}` in `/a/{b}/{c}` is; it is taken as text\n"
            "  hint: add `{name: b, in: path, required: true, schema: {type: string}}`"
        )
    ]
    _, made_up = read.operations[0].parameters
    assert (made_up.value.name, made_up.value.required) == ("b", True)
    assert read.at(f"{made_up.pointer}/schema") == {"type": "string"}
    assert str(read.locate(made_up.pointer)) == "api.yaml:5:5"


def test_what_nobody_defines_for_one_path_is_none_of_those_that_share_its_operation() -> None:
    read, findings = document(
        HEAD
        + """\
components: {pathItems: {Item: {get: {}, put: {parameters: []}}}}
paths:
  /a/{b/c}: {$ref: '#/components/pathItems/Item'}
  /d/{e}: {$ref: '#/components/pathItems/Item'}
  /f: {$ref: '#/components/pathItems/Item'}
"""
    )
    assert [found.split(": ")[1] for found in findings] == ["warning Path/MissingParameter"] * 2
    made_up = [[one.value.name for one in each.parameters] for each in read.operations]
    assert made_up == [["b/c"], ["b/c"], ["e"], ["e"], [], []]


def test_an_operation_id_that_is_used_twice_is_a_warning() -> None:
    read, findings = document(
        HEAD + "paths:\n  /a: {get: {operationId: x}, put: {}}\n  /b: {get: {operationId: x}}\n"
    )
    assert len(read.operations) == 3
    assert findings == [
        (
            "api.yaml:5:27: warning Operation/DuplicateId: `x` is the `operationId` of GET /a too\n"
            "  hint: give each operation an id of its own"
        )
    ]


def test_objects_that_contain_themselves_end() -> None:
    read = sound(
        HEAD
        + """\
paths: {/a: {get: {responses: {200: {headers: {H: {$ref: '#/components/headers/H'}}}}}}}
components:
  headers:
    H: {content: {a/b: {encoding: {c: {headers: {H: {$ref: '#/components/headers/H'}}}}}}}
"""
    )
    assert names(read) == ["get /a"]


def test_what_the_document_says_of_the_api_is_made_sound() -> None:
    read, findings = document(
        """\
openapi: 3.1.0
info: {version: 1.0, title: [t], description: 5}
servers: [{url: /a}, {url: 5}, 5]
tags: [{name: t}, {}]
paths: {}
components:
  schemas:
  responses: 5
  securitySchemes:
    bearer: {type: http, scheme: bearer, x-a: 1}
    same: {$ref: '#/components/securitySchemes/bearer'}
    none: {in: header}
"""
    )
    message = "Document/Malformed: a part of the document is left out:"
    assert findings == [
        f'api.yaml:2:29: warning {message} `title` should be text, not ["t"]',
        f"api.yaml:2:47: warning {message} `description` should be text, not 5"
        + quotes("description"),
        f"api.yaml:3:28: error {message} `url` should be text, not 5" + quotes("url"),
        f"api.yaml:3:32: error {message} `2` should be a mapping, not 5",
        f"api.yaml:4:19: error {message} `name` is missing" + hint("name: chat"),
        f"api.yaml:8:14: error {message} `responses` should be a mapping, not 5"
        + hint("responses: {NotFound: {description: Not found}}"),
        f"api.yaml:12:11: error {message} `type` is missing" + hint("type: http"),
    ]
    scheme = {"type": "http", "scheme": "bearer", "x-a": 1}
    del read.root["paths"], read.root["openapi"]
    assert read.root == {
        "info": {"title": "", "version": "1.0"},
        "servers": [{"url": "/a"}],
        "tags": [{"name": "t"}],
        "components": {"securitySchemes": {"bearer": scheme, "same": scheme}},
    }


def test_what_is_no_status_is_no_response() -> None:
    read, _ = document(HEAD + "paths: {/a: {get: {responses: {ok: {}, 2000: {}, 200: {}}}}}\n")
    assert list(read.operations[0].responses) == ["200"]


def test_a_malformed_info_is_reported() -> None:
    read, findings = document("openapi: 3.1.0\npaths: {}\ninfo: 5\n")
    assert read.root["info"] == {"title": "", "version": ""}
    assert findings == [
        (
            "api.yaml:3:7: error Document/Malformed: a part of the document is left out:"
            " `info` should be a mapping, not 5" + hint("info: {title: Chat, version: 1.0.0}")
        )
    ]


@pytest.mark.parametrize(
    ("info", "place", "missing"),
    [
        ("", "1:1", "`title` and `version` of the API are"),
        ("info:", "3:6", "`title` and `version` of the API are"),
        ("info: {}", "3:7", "`title` and `version` of the API are"),
        ("info: {title: T}", "3:7", "`version` of the API is"),
        ("info: {title: T, version: null}", "3:7", "`version` of the API is"),
        ("info: {version: 1.0}", "3:7", "`title` of the API is"),
    ],
)
def test_a_missing_title_or_version_is_a_warning(info: str, place: str, missing: str) -> None:
    read, findings = document(f"openapi: 3.1.0\npaths: {{}}\n{info}")
    assert findings == [
        (
            f"api.yaml:{place}: warning Document/Incomplete: {missing} missing in `info`\n"
            "  hint: write `info: {title: Chat, version: 1.0.0}`"
        )
    ]
    assert {key: type(value) for key, value in read.root["info"].items()} == {
        "title": str,
        "version": str,
    }


def test_a_media_type_may_be_a_reference() -> None:
    read = sound(
        """\
openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {description: ok, content: {text/event-stream: {$ref: '#/components/mediaTypes/E'}}}
components:
  mediaTypes:
    E: {$ref: '#/components/mediaTypes/F'}
    F: {x-sse-sentinel: END, itemSchema: {type: object}}
"""
    )
    media = "/paths/~1a/get/responses/200/content/text~1event-stream"
    assert read.mapping_at(media) == {"x-sse-sentinel": "END", "itemSchema": {"type": "object"}}
    assert str(read.locate(f"{media}/x-sse-sentinel")) == "api.yaml:11:25"


def test_headers_in_layers_are_read_once() -> None:
    next_one = "{$ref: '#/components/headers/H%d'}"
    parts = "".join(f"{part}: {{headers: {{a: {next_one}, b: {next_one}}}}}, " for part in "xy")
    layer = f"{{content: {{multipart/form-data: {{encoding: {{{parts}}}}}}}}}"
    layers = "".join(f"    H{at}: {layer % ((at + 1,) * 4)}\n" for at in range(60))
    node = one(
        "paths: {/a: {get: {responses: {'200': {headers: {H: %s}}}}}}\n" % (next_one % 0)
        + f"components:\n  headers:\n{layers}    H60: {{schema: {{type: string}}}}\n"
    )
    assert list(node.responses["200"].value.headers or ()) == ["H"]
