"""Keys that are spelt like one that would be read, and names of properties that are."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from generator.reading import HEAD, document, sound

OK = "responses: {'200': {description: ok%s}}"
PATH = "paths:\n  /x:\n    get: {%s}\n"
OPERATION = PATH % f"{OK % ''}, %s"
FERN = OPERATION % "x-fern-streaming: {%s}"
PARAMETER = OPERATION % "parameters: [{in: query, name: a, schema: {}, %s}]"
MEDIA = PATH % OK % ", content: {a/b: {%s}}"
SCHEMA = "components:\n  schemas:\n    A: {type: object, properties: {aName: {}}, %s}\n"
NO_PATHS = "paths: {/x: {get: {responses: {}}}}\n"


@pytest.mark.parametrize(
    ("where", "key", "meant"),
    [
        ("%s\n", "compnents: {}", "components"),
        ("components: {%s}\n", "schema: {}", "schemas"),
        (OPERATION, "operationID: a", "operationId"),
        (OPERATION, "reponse: {}", "responses"),
        (OPERATION, "x-speakeasy-sse-overlod: true", "x-speakeasy-sse-overload"),
        (OPERATION, "x-fern-stream: true", "x-fern-streaming"),
        (FERN, "terminater: '[DONE]'", "terminator"),
        (PARAMETER, "requird: true", "required"),
        (MEDIA, "shema: {}", "schema"),
        (MEDIA, "x-speakeasy-sse-sentinal: '[DONE]'", "x-speakeasy-sse-sentinel"),
        (SCHEMA, "enumm: [a]", "enum"),
        (SCHEMA, "readonly: true", "readOnly"),
        (SCHEMA, "min_length: 1", "minLength"),
    ],
)
def test_a_key_that_is_spelt_like_another_is_reported(where: str, key: str, meant: str) -> None:
    text = HEAD + where % key
    _, findings = document(text)
    name = key.partition(":")[0]
    (found,) = [one for one in findings if "Document/UnknownKey" in one]
    line = next(at for at, one in enumerate(text.splitlines(), 1) if f"{name}:" in one)
    column = text.splitlines()[line - 1].index(f"{name}:") + 1
    assert found == (
        f"api.yaml:{line}:{column}: warning Document/UnknownKey: `{name}` says nothing: OpenAPI "
        f"has no such key there.\n  hint: did you mean `{meant}`?"
    )


@pytest.mark.parametrize(
    "key", ["x-speakeasy-ignore", "x-speakeasy-errors", "x-speakeasy-mcp", "x-fern-audiences"]
)
def test_another_extension_of_a_vendor_is_no_misspelling(key: str) -> None:
    _, findings = document(HEAD + OPERATION % f"{key}: true")
    assert not [one for one in findings if key in one]


BESIDE_SCHEMA = "write it below `text/event-stream:`, beside the schema"
IN_OPERATION = "write it in the operation, beside `responses`"


@pytest.mark.parametrize(
    ("where", "key", "hint"),
    [
        (OPERATION, "x-speakeasy-sse-sentinel: '[DONE]'", BESIDE_SCHEMA),
        (SCHEMA, "x-sse-sentinel: '[DONE]'", BESIDE_SCHEMA),
        (PATH % OK, ", x-sdkgen-sse-schema: data", BESIDE_SCHEMA),
        ("%s\n", "x-sdkgen-sse-data: json", BESIDE_SCHEMA),
        (MEDIA, "x-fern-streaming: true", IN_OPERATION),
        (SCHEMA, "x-speakeasy-stream-request-field: live", IN_OPERATION),
    ],
)
def test_what_is_to_be_said_of_a_stream_elsewhere_is_reported(
    where: str, key: str, hint: str
) -> None:
    _, findings = document(HEAD + where % key)
    name = key.removeprefix(", ").partition(":")[0]
    (found,) = [one for one in findings if name in one]
    assert found.partition("warning ")[2] == (
        f"Document/MisplacedKey: `{name}` says nothing there.\n  hint: {hint}"
    )


def test_an_operation_has_no_keys_of_one_s_own() -> None:
    (found,) = document(HEAD + OPERATION % "odd: 1")[1]
    assert "warning Document/UnknownKey: `odd` says nothing" in found
    assert "hint" not in found


@pytest.mark.parametrize(
    ("where", "key"),
    [
        (OPERATION, "x-odd: 1"),
        (OPERATION, "x-speakeasy-retries: {}"),
        (SCHEMA, "optional: true"),
        (SCHEMA, "x-enum: [a]"),
        (SCHEMA, "example: {requird: [a]}"),
        (SCHEMA, "$comment: a"),
    ],
)
def test_what_is_like_no_other_key_is_someone_s_own(where: str, key: str) -> None:
    extra = "" if "paths" in where else NO_PATHS
    sound(HEAD + extra + where % key)


def test_what_is_required_and_sounds_like_a_property_is_reported() -> None:
    found = document(HEAD + NO_PATHS + SCHEMA % "required: [other, aname]")[1]
    (said,) = [one for one in found if "Schema/" in one]
    assert said == (
        "api.yaml:6:66: warning Schema/UnknownRequired: `aname` is required, and no property.\n"
        "  hint: did you mean `aName`?"
    )


@pytest.mark.parametrize(
    "rest",
    [
        "required: [aName]",
        "required: [somethingElse]",
        "required: [aName, aname]",
        "required: [aname], allOf: [{type: object, properties: {aname: {}}}]",
    ],
)
def test_what_may_be_a_property_all_the_same_is_not(rest: str) -> None:
    sound(HEAD + NO_PATHS + SCHEMA % rest)


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("schema", "Write `schema` below a media type, such as `application/json:`."),
        ("json", "Write a type and a subtype, such as `application/json`."),
    ],
)
def test_what_stands_below_content_is_a_media_type(key: str, hint: str) -> None:
    _, findings = document(
        HEAD + PATH % OK % f", content: {{text/event-stream: {{}}, {key}: {{}}}}"
    )
    (found,) = findings
    assert "warning Document/MediaType: `" + key in found
    assert found.endswith(f"hint: {hint}")


def test_a_media_type_in_components_has_a_name() -> None:
    sound(HEAD + NO_PATHS + "components: {mediaTypes: {json: {schema: {type: string}}}}\n")


def test_suggestions_for_one_schema_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = Mock(return_value=None)
    monkeypatch.setattr("sdkgen.source.spelling.nearest", looked)
    required = ", ".join(f"r{at}" for at in range(500))
    sound(HEAD + NO_PATHS + SCHEMA % f"required: [{required}]")
    assert looked.call_count == 50
