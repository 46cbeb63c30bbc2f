"""Names that extensions of a document give: Speakeasy's, Fern's and Stainless'."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.lower.lowering import HEAD, lowered, only_operation, only_stream, stream_document
from sdkgen import config
from sdkgen.diagnostics import Diagnostics
from sdkgen.ir.types import Alias, Model, Named

SCHEMAS = """\
paths:
  /shapes:
    get:
      operationId: listShapes
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties: {%s}
components:
  schemas:
%s
"""


def components(**said: str) -> str:
    """A document whose answer has a model by each of these components, with what they say."""
    used = ", ".join(f"{key}: {{$ref: '#/components/schemas/{key}'}}" for key in said)
    object_ = "type: object, properties: {id: {type: string}}"
    return SCHEMAS % (used, "\n".join(f"    {key}: {{{object_}{said[key]}}}" for key in said))


def inline(schema: str) -> str:
    """A document whose answer has this schema for its property `one`."""
    return SCHEMAS % (f"one: {schema}", "    Free: {type: object, properties: {a: {}}}")


@pytest.mark.parametrize(
    "said",
    [
        "x-speakeasy-name-override: Circle",
        "x-fern-type-name: Circle",
        "x-stainless-naming: {python: {model_name: circle}}",
    ],
)
def test_a_component_is_called_what_an_extension_says(said: str) -> None:
    described, found = lowered(components(Round_V2=f", {said}"))
    assert found == []
    assert {"Circle"} == described.definitions.keys() - {"ShapesListResponse"}


def test_a_name_that_the_configuration_gives_goes_first(tmp_path: Path) -> None:
    path = tmp_path / "sdkgen.yaml"
    path.write_text("resources: {a: {models: {disc: Round}}}\n")
    document = components(Round=", x-fern-type-name: Circle")
    described, found = lowered(document, config.load(path, Diagnostics()))
    assert found == []
    assert "Disc" in described.definitions
    assert "Circle" not in described.definitions


def test_a_name_that_two_would_have_goes_to_neither_and_is_told() -> None:
    override = ", x-speakeasy-name-override: Circle"
    described, found = lowered(components(Round=override, Wheel=override))
    assert {"Round", "Wheel"} <= described.definitions.keys()
    assert [f"{one.location} {one.code}" for one in found] == [
        "test.yaml:17:5 Names/Collision",
        "test.yaml:18:5 Names/Collision",
    ]
    described, found = lowered(components(Round=override, circle=""))
    assert {"Round", "Circle"} <= described.definitions.keys()
    assert [one.code for one in found] == ["Names/Collision"]


def test_names_that_change_places_are_no_two_names_alike() -> None:
    described, found = lowered(
        components(Round=", x-fern-type-name: Wheel", Wheel=", x-fern-type-name: Round")
    )
    assert found == []
    assert {"Round", "Wheel"} <= described.definitions.keys()


def test_speakeasy_s_namespaces_tell_models_apart() -> None:
    said = ", x-speakeasy-name-override: Pet, x-speakeasy-model-namespace: "
    described, found = lowered(components(a_Pet=f"{said}foo", b_Pet=f"{said}bar"))
    assert found == []
    assert {"FooPet", "BarPet"} <= described.definitions.keys()


def test_an_inline_schema_is_called_what_it_says_and_lends_it_to_what_is_in_it() -> None:
    within = "type: object, properties: {edge: {type: object, properties: {a: {type: string}}}}"
    described, _ = lowered(inline(f"{{x-fern-type-name: Square, {within}}}"))
    assert {"Square", "SquareEdge"} <= described.definitions.keys()


def test_an_inline_schema_that_repeats_the_component_it_is_called_like_is_that() -> None:
    free = "{x-fern-type-name: Free, description: %s, type: object, properties: {a: {}}}"
    described, _ = lowered(inline(free % "Anew."))
    model = described.definitions["ShapesListResponse"]
    assert isinstance(model, Model)
    assert model.fields[0].type == Named("Free")
    described, _ = lowered(inline(free.replace("{a: {}}", "{b: {}}") % "Another."))
    assert "FreeObject" in described.definitions


def test_what_stands_beside_a_reference_names_the_field_and_not_what_is_referred_to() -> None:
    beside = (
        "{$ref: '#/components/schemas/Free', x-fern-type-name: Other, "
        "x-speakeasy-name-override: only}"
    )
    described, _ = lowered(inline(beside))
    model = described.definitions["ShapesListResponse"]
    assert isinstance(model, Model)
    assert [(one.attribute, one.type) for one in model.fields] == [("only", Named("Free"))]


def test_the_name_of_a_shared_response_goes_before_fern_s_for_its_schema() -> None:
    # As in a published document, whose machine-made names say another status.
    described, _ = lowered("""\
        paths:
          /shapes:
            get:
              operationId: listShapes
              responses:
                '400': {$ref: '#/components/responses/BadRequest'}
        components:
          responses:
            BadRequest:
              description: no
              content:
                application/json:
                  schema:
                    x-fern-type-name: NotFoundErrorBody
                    type: object
                    properties: {message: {type: string}}
        """)
    (name,) = described.definitions
    assert name == "BadRequestBody"


FIELD = "{type: string, %s}"


@pytest.mark.parametrize(
    "said",
    [
        "x-speakeasy-name-override: schemaDefinition",
        "x-fern-property-name: schema_definition",
        "x-stainless-naming: {python: {property_name: schema_definition}}",
    ],
)
def test_a_field_is_called_what_an_extension_says(said: str) -> None:
    document = SCHEMAS % (f"schema: {FIELD % said}, kind: {{type: string}}", "    A: {}")
    described, found = lowered(document)
    assert found == []
    (model,) = described.definitions.values()
    assert isinstance(model, Model)
    assert {one.name: one.attribute for one in model.fields} == {
        "schema": "schema_definition",
        "kind": None,
    }


def test_the_configuration_s_name_of_a_field_is_no_other_s(tmp_path: Path) -> None:
    path = tmp_path / "sdkgen.yaml"
    path.write_text("resources: {a: {models: {a: {schema: A, fields: {x: kind}}}}}\n")
    said = "{x: {type: string, x-fern-property-name: z}, y: {type: string, %s}}"
    document = SCHEMAS % (
        "a: {$ref: '#/components/schemas/A'}",
        "    A: {type: object, properties: " + said % "x-fern-property-name: kind" + "}",
    )
    described, found = lowered(document, config.load(path, Diagnostics()))
    assert found == []
    model = described.definitions["A"]
    assert isinstance(model, Model)
    assert {one.name: one.attribute for one in model.fields} == {"x": "kind", "y": None}


def test_a_name_of_a_field_that_comes_free_is_nobody_else_s() -> None:
    fields = [
        f"a: {FIELD % 'x-fern-property-name: b'}",
        f"b: {FIELD % 'x-fern-property-name: c'}",
        f"d: {FIELD % 'x-fern-property-name: c'}",
    ]
    for properties in (fields, fields[::-1]):
        described, _ = lowered(SCHEMAS % (", ".join(properties), "    A: {}"))
        (model,) = described.definitions.values()
        assert isinstance(model, Model)
        assert {one.attribute for one in model.fields} == {None}


def test_no_field_is_called_like_the_tag_that_only_a_mapping_knows() -> None:
    kind = FIELD % "x-fern-property-name: type"
    described, _ = lowered(
        SCHEMAS
        % ("one: {$ref: '#/components/schemas/U'}", "    U: {oneOf: [%s, %s], %s}\n%s\n%s")
        % (
            "{$ref: '#/components/schemas/X'}",
            "{$ref: '#/components/schemas/Y'}",
            "discriminator: {propertyName: type, mapping: {x: X, y: Y}}",
            f"    X: {{type: object, properties: {{kind: {kind}}}}}",
            "    Y: {type: object, properties: {m: {type: string}}}",
        )
    )
    model = described.definitions["X"]
    assert isinstance(model, Model)
    assert {one.name: one.attribute for one in model.fields} == {"type": None, "kind": None}


def test_a_name_that_two_members_of_a_union_would_have_goes_to_neither() -> None:
    member = "{x-fern-type-name: Ev, type: object, properties: {type: {const: KIND}, KIND: {}}}"
    members = [member.replace("KIND", kind) for kind in ("a", "b")]
    for listed in (members, members[::-1]):
        described, _ = lowered(inline(f"{{oneOf: [{', '.join(listed)}]}}"))
        assert {"ShapesListResponseOneA", "ShapesListResponseOneB"} <= described.definitions.keys()


def test_names_of_components_that_come_free_are_nobody_else_s() -> None:
    said = ", x-fern-type-name: "
    described, _ = lowered(components(Ch1=f"{said}Ch2", Ch2=f"{said}Ch3", Ch4=f"{said}Ch3"))
    assert {"Ch1", "Ch2", "Ch4"} <= described.definitions.keys()


def test_a_property_may_be_called_properties() -> None:
    thing = "{x-speakeasy-name-override: Thing, type: object, properties: {k: {type: string}}}"
    within = f"{{properties: {{type: array, items: {thing}}}}}"
    described, _ = lowered(inline(f"{{type: object, properties: {within}}}"))
    assert "Thing" in described.definitions


def test_no_field_is_called_like_another_property_on_the_wire() -> None:
    # Models are made by either name: it would mean two of them.
    fields = f"x: {FIELD % 'x-fern-property-name: y'}, y: {FIELD % 'x-fern-property-name: z'}"
    described, _ = lowered(SCHEMAS % (fields, "    A: {}"))
    (model,) = described.definitions.values()
    assert isinstance(model, Model)
    assert {one.name: one.attribute for one in model.fields} == {"x": None, "y": "z"}


@pytest.mark.parametrize("taken", ["kind", "Kind", "__", "''", "7", "[a]"])
def test_a_name_that_no_field_can_have_is_no_name(taken: str) -> None:
    said = FIELD % f"x-fern-property-name: {taken}"
    described, _ = lowered(SCHEMAS % (f"schema: {said}, kind: {{type: string}}", "    A: {}"))
    (model,) = described.definitions.values()
    assert isinstance(model, Model)
    assert {one.attribute for one in model.fields} <= {None, "v7"}


ARGUMENTS = """\
paths:
  /shapes/{list}:
    post:
      operationId: createShape
      parameters:
        - {name: list, in: path, required: true, %s, schema: {type: string}}
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {timeout: {type: number, %s}}}
      responses: {'204': {description: ok}}
"""


@pytest.mark.parametrize(
    ("parameter", "member"),
    [
        ("x-speakeasy-name-override: list_id", "x-speakeasy-name-override: selector_timeout"),
        ("x-fern-parameter-name: listId", "x-fern-property-name: selectorTimeout"),
        (
            "x-stainless-naming: {python: {method_argument: list_id}}",
            "x-stainless-naming: {python: {method_argument: selector_timeout}}",
        ),
    ],
)
def test_arguments_are_called_what_an_extension_says(parameter: str, member: str) -> None:
    described, found = lowered(ARGUMENTS % (parameter, member))
    assert found == []
    named = {one.wire: one.name for one in only_operation(described).parameters}
    assert named == {"list": "list_id", "timeout": "selector_timeout"}


def test_of_two_arguments_of_one_name_both_have_others() -> None:
    said = "x-fern-property-name: list, x-fern-parameter-name: list"
    described, _ = lowered(ARGUMENTS % ("x-fern-parameter-name: list", said))
    named = {one.wire: one.name for one in only_operation(described).parameters}
    assert named == {"list": "list", "timeout": "body_list"}


EVENTS = """\
oneOf:
  - {x-fern-type-name: Opened, type: object, properties: {event: {const: a}, data: {type: string}}}
  - {type: object, properties: {event: {const: b}, data: {type: string}}}
x-fern-type-name: Happening
"""


def test_events_and_their_union_are_called_what_they_say() -> None:
    described, found = lowered(stream_document(EVENTS))
    assert found == []
    assert only_stream(described).item == Named("Happening")
    assert described.definitions.keys() == {"Happening", "Opened", "HappeningBEvent"}


def test_the_items_of_a_stream_are_called_what_their_schema_says() -> None:
    data = """\
    x-fern-type-name: Piece
    oneOf:
      - {type: object, required: [type], properties: {type: {const: a}}}
      - {type: object, required: [type], properties: {type: {const: b}}}
    """
    described, _ = lowered(stream_document(data, "x-sdkgen-sse-schema: data"))
    piece = described.definitions["Piece"]
    assert isinstance(piece, Alias)
    assert {"PieceA", "PieceB"} <= described.definitions.keys()


def test_the_types_of_arguments_are_called_after_a_body_that_says_its_name() -> None:
    described, found = lowered("""\
        paths:
          /chat:
            post:
              operationId: chat
              x-fern-streaming:
                stream-condition: $request.stream
                response: {type: object, properties: {text: {type: string}}}
                response-stream: {type: object, properties: {piece: {type: string}}}
              requestBody:
                content:
                  application/json:
                    schema:
                      x-fern-type-name: ChatRequest
                      type: object
                      properties:
                        stream: {type: boolean}
                        tool: {type: object, properties: {a: {type: string}}}
              responses: {'200': {description: ok}}
        """)
    assert found == []
    (operation, *_) = described.resources[0].operations
    assert operation.params == "ChatRequestParams"
    assert "ChatRequestTool" in described.definitions


def test_the_package_has_the_names_and_the_wire_has_the_documents(tmp_path: Path) -> None:
    document = """\
servers: [{url: https://a.example}]
paths:
  /shapes/{list}:
    post:
      operationId: createShape
      tags: [shapes]
      parameters:
        - {name: list, in: path, required: true, x-speakeasy-name-override: list_id,
           schema: {type: string}}
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Round'}}}
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Round'}}}
components:
  schemas:
    Round:
      x-speakeasy-name-override: Circle
      type: object
      required: [schema]
      properties:
        schema: {type: string, x-speakeasy-name-override: definition}
        of: {type: array, x-fern-property-name: rings, items: {$ref: '#/components/schemas/Round'}}
        same: {type: string, x-fern-property-name: same}
"""
    Path(tmp_path, "api.yaml").write_text(HEAD.replace("Test", "Shop") + document)
    command = [sys.executable, "-m", "sdkgen", "generate", "api.yaml", "-o", "."]
    subprocess.run(command, cwd=tmp_path, check=True)
    code = """
import httpx, shop
from shop.models import Circle
seen = []
def answer(request):
    seen.append((request.url.path, request.content))
    return httpx.Response(200, json={"schema": "a", "of": [{"schema": "b"}]})
http = httpx.Client(transport=httpx.MockTransport(answer))
shapes = shop.Shop(http_client=http).shapes
circle = shapes.create("l1", definition="x", rings=[Circle(definition="y"), {"schema": "z"}])
sent = b'{"schema":"x","of":[{"schema":"y"},{"schema":"z"}]}'
assert seen == [("/shapes/l1", sent)], seen
assert circle == Circle(definition="a", rings=[Circle(definition="b")])
assert circle.model_dump(by_alias=True, exclude_none=True)["of"] == [{"schema": "b"}]
shapes.create(list_id="l2", definition="x")
"""
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    assert "Field(alias=" not in next(
        line
        for line in Path(tmp_path, "shop/models/circle.py").read_text().splitlines()
        if "same" in line
    )
    check = [sys.executable, "-m", "mypy", "--strict", "shop"]
    done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
