from __future__ import annotations

import pytest

from generator.reading import HEAD, SPECS, document, real_documents, sound
from sdkgen.diagnostics import Diagnostics, Severity
from sdkgen.source import RefError, read
from sdkgen.source.grammar import METHODS
from sdkgen.text.pointers import escape


def test_values_are_found_by_pointer() -> None:
    read = sound(HEAD + "paths: {}\nx-a: [{b/c: {d~e: 1}}]\n")
    assert read.at("") is read.root
    assert read.at("/x-a/0/b~1c/d~0e") == 1


@pytest.mark.parametrize("pointer", ["/x", "/x-a/1", "/x-a/b", "/x-a/0/b/c", "/openapi/0"])
def test_a_pointer_to_nothing_is_a_key_error(pointer: str) -> None:
    with pytest.raises(KeyError) as caught:
        sound(HEAD + "paths: {}\nx-a: [{b: 1}]\n").at(pointer)
    assert caught.value.args == (pointer,)


SCHEMAS = """\
paths: {}
components:
  schemas:
    A: {type: string}
    B: {$ref: '#/components/schemas/A'}
    C: {$ref: '#/components/schemas/B', description: c, x-a: 1}
    D: {$ref: '#/components/schemas/C', maxLength: 5}
    E: {$ref: '#/components/schemas/D'}
"""


@pytest.mark.parametrize(
    ("name", "target"), [("A", "A"), ("B", "A"), ("C", "A"), ("D", "D"), ("E", "D")]
)
def test_references_are_followed_to_what_is_more_than_one(name: str, target: str) -> None:
    read = sound(HEAD + SCHEMAS)
    found = read.resolve(f"/components/schemas/{name}")
    assert found.pointer == f"/components/schemas/{target}"
    assert found.value is read.at(found.pointer)


def test_what_leads_nowhere_is_an_error_that_says_where() -> None:
    read, _ = document(HEAD + "paths: {}\ncomponents: {responses: {R: {$ref: '#/components/x'}}}")
    with pytest.raises(RefError, match="there is nothing at `#/components/x`") as caught:
        read.resolve("/components/responses/R")
    assert caught.value.pointer == "/components/responses/R"


def test_a_circle_is_an_error() -> None:
    read, _ = document(
        HEAD + "paths: {}\ncomponents: {responses: {R: {$ref: '#/components/responses/R'}}}"
    )
    with pytest.raises(RefError, match="these references go in a circle"):
        read.resolve("/components/responses/R")


@pytest.mark.parametrize("name", ["api.yaml", "api.json"])
def test_a_sound_document_is_never_scanned_for_positions(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sdkgen.text.positions.Positions.locate", None)
    info = '{"title": "T", "version": "1"}'
    sound(f'{{"openapi": "3.1.0", "info": {info}, "paths": {{"/a": {{"get": {{}}}}}}}}', name)


COUNTS = {
    "anthropic.yaml": 97,
    "cohere.yaml": 41,
    "fastapi_sse.json": 8,
    "groq.yaml": 23,
    "mistral.yaml": 173,
    "oas32.yaml": 3,
    "openai.yaml": 288,
}


@real_documents
@pytest.mark.parametrize("name", COUNTS)
def test_every_operation_of_a_real_document_is_there(name: str) -> None:
    diagnostics = Diagnostics()
    found = read(str(SPECS / name), diagnostics)
    declared = {
        f"/paths/{escape(path)}/{method}"
        for path, item in found.root["paths"].items()
        for method in item
        if method in METHODS
    }
    assert {node.pointer for node in found.operations} == declared
    assert len(found.operations) == COUNTS[name]
    assert all(node.responses for node in found.operations)
    # Cohere's document has an empty union and refers to three schemas that it lacks.
    errors = [finding for finding in diagnostics if finding.severity is Severity.ERROR]
    assert len(errors) == (4 if name == "cohere.yaml" else 0)


@real_documents
def test_paths_that_differ_in_a_fragment_are_two() -> None:
    found = read(str(SPECS / "mistral.yaml"), Diagnostics())
    paths = {node.path for node in found.operations}
    assert any(path.partition("#")[0] in paths for path in paths if "#" in path)


@real_documents
@pytest.mark.parametrize("name", COUNTS)
def test_every_reference_of_a_real_document_leads_somewhere(name: str) -> None:
    found = read(str(SPECS / name), Diagnostics())

    def references(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(target := value.get("$ref"), str) and target.startswith("#/comp"):
                found.resolve(target[1:])
            for child in value.values():
                references(child)
        elif isinstance(value, list):
            for child in value:
                references(child)

    references(found.root["paths"])
    references(found.root["components"])
