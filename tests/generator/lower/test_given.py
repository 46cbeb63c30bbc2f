"""Names that the configuration gives, for whatever a document names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.lower.lowering import lowered
from sdkgen import config
from sdkgen.diagnostics import Diagnostic, Diagnostics
from sdkgen.ir import api
from sdkgen.ir.types import Model

DOCUMENT = """\
paths:
  /orders:
    post:
      operationId: placeOrder
      tags: [orders]
      parameters:
        - {name: X-From, in: header, schema: {type: string}}
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
components:
  schemas:
    Order:
      type: object
      properties:
        class: {type: string}
        kind: {type: string}
"""
CONFIG = """\
resources:
  shop:
    models:
      purchase:
        schema: Order
        fields: {%s}
    methods:
      place:
        endpoint: post /orders
        arguments: {%s}
"""


def run(fields: str, arguments: str, tmp_path: Path) -> tuple[api.Api, list[Diagnostic]]:
    path = tmp_path / "sdkgen.yaml"
    path.write_text(CONFIG % (fields, arguments))
    return lowered(DOCUMENT, config.load(path, Diagnostics()))


def test_resources_methods_models_fields_and_arguments_have_the_names_they_are_given(
    tmp_path: Path,
) -> None:
    described, found = run("class: grade", "X-From: sender, kind: sort", tmp_path)
    assert found == []
    (resource,) = described.resources
    (operation,) = resource.operations
    assert (resource.path, operation.name) == (("shop",), "place")
    named = {one.wire: one.name for one in operation.parameters}
    assert named == {"X-From": "sender", "class": "class_", "kind": "sort"}
    (model,) = described.definitions.values()
    assert isinstance(model, Model)
    assert model.name == "Purchase"
    assert {one.name: one.attribute for one in model.fields} == {"class": "grade", "kind": None}


def test_the_package_has_the_names_and_the_wire_has_the_documents(tmp_path: Path) -> None:
    Path(tmp_path, "api.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\nservers: [{url: https://a.example}]\n"
        + DOCUMENT
    )
    Path(tmp_path, "sdkgen.yaml").write_text(CONFIG % ("class: grade", "kind: sort"))
    command = ["generate", "api.yaml", "-o", ".", "--config", "sdkgen.yaml"]
    subprocess.run([sys.executable, "-m", "sdkgen", *command], cwd=tmp_path, check=True)
    code = """
import httpx, shop
seen = []
def answer(request):
    seen.append(request.content)
    return httpx.Response(200, json={"class": "a", "kind": "b"})
http = httpx.Client(transport=httpx.MockTransport(answer))
order = shop.Shop(http_client=http).shop.place(class_="x", sort="y")
assert seen == [b'{"class":"x","kind":"y"}'], seen
assert (type(order).__name__, order.grade, order.kind) == ("Purchase", "a", "b")
"""
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)


@pytest.mark.parametrize(
    ("fields", "arguments", "found", "said"),
    [
        (
            "clas: a",
            "",
            "6:24 Config/UnknownName",
            "no property of `Purchase` with the name `clas`",
        ),
        ("class: kind", "", "6:25 Config/SameName", "Another property of `Purchase` is `kind`"),
        (
            "class: kind, kind: sort",
            "",
            "6:25 Config/SameName",
            "Another property of `Purchase` is `kind`",
        ),
        (
            "class: copy",
            "",
            "6:25 Config/WrongValue",
            "No property of `Purchase` can have the name",
        ),
        (
            "",
            "kinds: a",
            "10:28 Config/UnknownName",
            "no argument of `place` with the name `kinds`",
        ),
        (
            "",
            "kind: timeout",
            "10:27 Config/WrongValue",
            "No argument of `place` can have the name",
        ),
    ],
)
def test_a_name_that_cannot_be_given_is_an_error_where_it_stands(
    fields: str, arguments: str, found: str, said: str, tmp_path: Path
) -> None:
    _, (error,) = run(fields, arguments, tmp_path)
    assert f"{error.location} {error.code}".endswith(f"sdkgen.yaml:{found}")
    assert said in error.message


def test_no_two_arguments_are_given_one_name(tmp_path: Path) -> None:
    _, found = run("", "X-From: sort, kind: sort", tmp_path)
    assert [one.code for one in found] == ["Config/SameName"] * 2
    assert "Another argument of `place` is `sort` already." in found[0].message


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("kind: x_from", {"kind": "x_from", "X-From": "header_x_from", "class": "class_"}),
        ("X-From: class_", {"kind": "kind", "X-From": "class_", "class": "body_class"}),
    ],
)
def test_an_argument_that_is_called_so_has_another_name_then(
    arguments: str, named: dict[str, str], tmp_path: Path
) -> None:
    described, found = run("", arguments, tmp_path)
    assert found == []
    (operation,) = described.resources[0].operations
    assert {one.wire: one.name for one in operation.parameters} == named


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("q: query", ["id", "query_id", "query", "body"]),
        ("q: body", ["id", "query_id", "body", "body_"]),
        ("id: of", ["of", "query_of", "q", "body"]),
        ("q: id", ["id_", "query_id", "id", "body"]),
    ],
)
def test_what_shares_a_name_with_another_place_or_the_body_is_told_apart(
    arguments: str, named: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "sdkgen.yaml"
    path.write_text(
        f"resources: {{a: {{methods: {{put: {{endpoint: 'put /a/{{id}}', "
        f"arguments: {{{arguments}}}}}}}}}}}"
    )
    document = """\
paths:
  /a/{id}:
    put:
      operationId: putA
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: id, in: query, schema: {type: string}}
        - {name: q, in: query, schema: {type: string}}
      requestBody: {content: {text/plain: {schema: {type: string}}}}
      responses: {'204': {description: ok}}
"""
    described, found = lowered(document, config.load(path, Diagnostics()))
    assert found == []
    (operation,) = described.resources[0].operations
    assert operation.body is not None
    assert operation.body.whole is not None
    whole = operation.body.whole
    assert [one.name for one in (*operation.parameters, whole)] == named


def test_a_name_that_is_no_name_is_refused_by_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "sdkgen.yaml"
    path.write_text(CONFIG % ("class: import", "kind: a-b"))
    diagnostics = Diagnostics()
    config.load(path, diagnostics)
    assert [one.code for one in diagnostics] == ["Config/WrongValue"] * 2


def test_models_of_one_name_in_several_resources_are_told_apart_by_these(tmp_path: Path) -> None:
    path = tmp_path / "sdkgen.yaml"
    path.write_text(
        "resources: {shop: {models: {item: Order}}, "
        "store: {subresources: {desk: {models: {item: Kind, kind: Kind}}}}}"
    )
    document = DOCUMENT.replace("kind: {type: string}", "kind: {$ref: '#/components/schemas/Kind'}")
    document += "    Kind:\n      type: object\n      properties: {a: {type: string}}\n"
    described, found = lowered(document, config.load(path, Diagnostics()))
    assert set(described.definitions) == {"ShopItem", "StoreDeskItem"}
    assert [one.code for one in found] == ["Config/SameModel"]


def test_a_name_that_another_property_has_only_in_python_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "sdkgen.yaml"
    path.write_text(CONFIG % ("kind: copy_", ""))
    document = DOCUMENT.replace("class: {type: string}", "copy: {type: string}")
    _, (error,) = lowered(document, config.load(path, Diagnostics()))
    assert error.code == "Config/SameName"
    assert "Another property of `Purchase` is `copy_` already." in error.message


def test_fields_of_a_model_that_no_method_uses_are_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "sdkgen.yaml"
    model = "resources: {shop: {models: {refund: {schema: Refund, fields: {sum: total}}}}}"
    path.write_text(model)
    unused = DOCUMENT + "    Refund: {type: object, properties: {sum: {type: integer}}}\n"
    described, findings = lowered(unused, config.load(path, Diagnostics()))
    assert findings == []
    assert "Refund" not in described.definitions
