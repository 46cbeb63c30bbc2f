"""What discriminators map to, and what extends a schema that has one."""

from __future__ import annotations

from typing import Any

from generator.lower.lowering import lowered, only_operation
from generator.reading import HEAD, document
from sdkgen.ir import api
from sdkgen.ir.types import Alias, Choice, Definitions, Model, Named, Primitive, Union
from sdkgen.source.polymorphism import settle

PATHS = """\
paths:
  /pets:
    get:
      operationId: list
      tags: [pets]
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
"""
BASE = """\
    Pet:
      type: object
      description: A pet.
      required: [type]
      properties: {type: {type: string}, name: {type: string}}
      discriminator: {propertyName: type, mapping: {cat: Cat, dog: '#/components/schemas/Dog'%s}}
    Cat:
      allOf:
        - $ref: '#/components/schemas/Pet'
        - {type: object, required: [lives], properties: {lives: {type: integer}}}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}
"""
UNION = """\
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Others'}]
      discriminator: {propertyName: type, mapping: {cat: Cat, dog: Dog, cow: Cow, gone: Gone}}
    Others: {anyOf: [{$ref: '#/components/schemas/Dog'}]}
    Cat: {type: object, properties: {type: {type: string}}}
    Dog: {type: object, properties: {type: {type: string}}}
    Cow: {type: object, properties: {type: {type: string}}}
"""


def _schemas(text: str) -> dict[str, Any]:
    read, _ = document(HEAD + PATHS + text)  # a target that there is none of is reported
    found: dict[str, Any] = read.root["components"]["schemas"]
    return found


def _lowered(text: str) -> tuple[api.Api, Definitions]:
    described, _ = lowered(PATHS + text)
    return described, described.definitions


def _fields(found: Model | Alias) -> dict[str, object]:
    assert isinstance(found, Model)
    return {field.name: field.type for field in found.fields}


def test_a_schema_with_a_mapping_means_what_extends_it() -> None:
    described, definitions = _lowered(BASE % "")
    (outcome,) = only_operation(described).returns
    assert outcome.type == Named("Pet")
    pet = definitions["Pet"]
    assert isinstance(pet, Alias)
    assert pet.type == Union((Named("Cat"), Named("Dog")), "type", is_open=True)
    assert pet.description == "A pet."
    assert _fields(definitions["Cat"]).keys() == {"type", "name", "lives"}
    assert _fields(definitions["Dog"])["type"] == Choice(("dog",))
    assert set(definitions) == {"Cat", "Dog", "Pet"}


def test_a_schema_that_is_one_of_its_kinds_is_told_apart_too() -> None:
    _, definitions = _lowered(BASE % ", pet: Pet" + "    PetBase: {type: string}\n")
    pet = definitions["Pet"]
    assert isinstance(pet, Alias)
    assert pet.type == Union(
        (Named("Cat"), Named("Dog"), Named("PetBaseBase")), "type", is_open=True
    )
    assert _fields(definitions["PetBaseBase"])["type"] == Choice(("pet",))


def test_a_schema_that_nothing_extends_stays_what_it_is() -> None:
    alone = (BASE % "").replace("allOf: [{$ref: '#/components/schemas/Pet'}]", "type: object")
    _, definitions = _lowered(alone.replace("- $ref: '#/components/schemas/Pet'", "- {}"))
    assert _fields(definitions["Pet"]).keys() == {"type", "name"}
    assert set(definitions) == {"Pet"}


def test_what_a_mapping_names_belongs_to_its_union() -> None:
    listed = [one["$ref"].rpartition("/")[2] for one in _schemas(UNION)["Pet"]["oneOf"]]
    assert listed == ["Cat", "Others", "Cow"]  # a part of a member is there, what is not is not
    _, definitions = _lowered(UNION)
    assert _fields(definitions["Cow"])["type"] == Choice(("cow",))


def test_a_part_of_a_component_is_none() -> None:
    part = UNION.replace("cow: Cow", "cow: '#/components/schemas/Others/anyOf/0/Cow'")
    assert len(_schemas(part)["Pet"]["oneOf"]) == 2


def test_unions_that_go_round_in_circles_end() -> None:
    circle = UNION.replace("anyOf: [", "anyOf: [{$ref: '#/components/schemas/Pet'}, ")
    assert len(_schemas(circle)["Pet"]["oneOf"]) == 3


class _Counted(dict[str, Any]):
    """Counts what is looked up in it."""

    looked_up = 0

    def get(self, key: str, default: Any = None) -> Any:
        self.looked_up += 1
        return super().get(key, default)


def test_what_unions_of_unions_are_made_of_is_looked_up_no_further_than_it_must() -> None:
    most = 200

    def refer(name: str) -> dict[str, str]:
        return {"$ref": f"#/components/schemas/{name}"}

    unions: dict[str, Any] = {
        f"U{at}": {
            "oneOf": [refer(f"U{at + 1}"), refer("Leaf")],
            "discriminator": {
                "propertyName": "kind",
                **({"mapping": {"leaf": refer("Leaf")["$ref"]}} if at % 2 else {}),
            },
        }
        for at in range(most)
    }
    components = _Counted({**unions, f"U{most}": {}, "Leaf": {}})
    settle(unions.values(), {"components": {"schemas": components}})
    assert [len(one["oneOf"]) for one in unions.values()] == [2] * most
    assert components.looked_up <= 2 * most


def test_a_schema_that_is_said_to_be_itself_may_be_anything() -> None:
    _, definitions = _lowered(
        "    Pet: {allOf: [{$ref: '#/components/schemas/Cat'}]}\n"
        "    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}\n"
    )
    assert definitions == {name: Alias(name, Primitive.ANY) for name in ("Cat", "Pet")}
