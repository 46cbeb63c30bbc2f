"""Names that a person would have chosen, whatever a document says."""

from __future__ import annotations

import pytest

from sdkgen.lower import names, routes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("maxTokens", "max_tokens"),
        ("HTTPValidationError", "http_validation_error"),
        ("X-Request-ID", "x_request_id"),
        ("class", "class_"),
        ("2fa", "v2fa"),
        ("2FAToken", "v2fa_token"),
        ("sha256Hash", "sha256_hash"),
        ("SHA256sum", "sha256sum"),
        ("GPT4oMini", "gpt4o_mini"),
        ("HTTP2Server", "http2_server"),
        ("S3BucketV2", "s3_bucket_v2"),
        ("A2A", "a2a"),
        ("A2AServer", "a2a_server"),
        ("k8sVersion", "k8s_version"),
        ("K8sCluster", "k8s_cluster"),
        ("gpt-4o", "gpt_4o"),
        ("top10Items", "top10_items"),
        ("userIDs", "user_ids"),
        ("imageURLs", "image_urls"),
        ("numGPUs", "num_gpus"),
        ("Service APIs", "service_apis"),
        ("VMs", "vms"),
        ("EC2s", "ec2s"),
        ("IDsList", "ids_list"),
        ("IDs2", "ids_2"),
        ("HTTPServer", "http_server"),
        ("OAuth2Token", "oauth2_token"),
        ("getOAuthScopes", "get_oauth_scopes"),
        ("oAuthToken", "oauth_token"),
        ("toAuthor", "to_author"),
        ("OAuthor", "o_author"),
        ("IPv4Address", "ipv4_address"),
        ("APIv2", "api_v2"),
        ("X509v3Certificate", "x509_v3_certificate"),
        ("getAPIStatus", "get_api_status"),
        ("isASet", "is_a_set"),
        ("SSEs_and_URLs", "sses_and_urls"),
        ("données", "donnees"),
        ("用户", "用户"),
        ("Größe der Straße", "grosse_der_strasse"),
        ("№ заказа", "no_заказа"),
        ("٣", "v٣"),
        ("", "value"),
        ("); import os", "import_os"),
        ("__init__", "init"),
    ],
)
def test_a_variable_s_name(text: str, expected: str) -> None:
    assert names.snake(text) == expected


@pytest.mark.parametrize(
    "name",
    ["k8s_version", "i18n", "md5sum", "m3u8", "x86_64", "a1b2_c3", "v2beta1", "sha_256", "mp3url"],
)
def test_a_name_that_is_spelled_like_a_variable_stays_as_it_is(name: str) -> None:
    assert names.snake(name) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("k8s_version", "K8sVersion"),
        ("A2A", "A2A"),
        ("userIDs", "UserIDs"),
        ("HTTP2Server", "HTTP2Server"),
        ("oAuth2Token", "OAuth2Token"),
        ("IPv4Address", "IPv4Address"),
        ("foo-bar", "FooBar"),
        ("FIMCompletionRequest", "FIMCompletionRequest"),
        ("agents.v1.Run", "AgentsV1Run"),
        ("None", "NoneModel"),
        ("BaseModel", "BaseModelModel"),
        ("3D model", "M3DModel"),
    ],
)
def test_a_class_s_name(text: str, expected: str) -> None:
    assert names.pascal(text) == expected


def test_a_name_that_is_too_long_keeps_its_beginning_and_its_end() -> None:
    long = "SimulationResult" + "DeclinedTransaction" * 4
    names_of_two = {names.pascal(f"{long}Reason"), names.pascal(f"{long}Source")}
    assert names_of_two == {
        f"SimulationResultDeclined{'TransactionDeclined' * 2}Transaction{end}"
        for end in ("Reason", "Source")
    }


@pytest.mark.parametrize("text", ["\x00", "🎉", "a" * 500, "\u202eevil", "'; drop", "a\nb"])
def test_every_name_is_a_short_ascii_identifier(text: str) -> None:
    for name in (names.snake(text), names.pascal(text), names.argument(text), names.method(text)):
        assert name.isascii()
        assert name.isidentifier()
        assert len(name) <= 81


@pytest.mark.parametrize("name", sorted(names.RESERVED_ARGUMENTS))
def test_an_argument_keeps_clear_of_what_every_method_takes(name: str) -> None:
    assert names.argument(name) == f"{name}_"


@pytest.mark.parametrize(
    ("verb", "path", "expected"),
    [
        ("get", "/books", "list"),
        ("get", "/books/{id}", "retrieve"),
        ("post", "/books", "create"),
        ("patch", "/books/{id}", "update"),
        ("put", "/books/{id}", "update"),
        ("delete", "/books/{id}", "delete"),
        ("post", "/books/{id}/cancel", "cancel"),
        ("get", "/books/{id}#short", "retrieve"),
    ],
)
def test_a_method_s_name_from_verb_and_path(verb: str, path: str, expected: str) -> None:
    assert routes.method_from_path(verb, path, ("books",)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/v1/chat/completions", "chat"),
        ("/api/v2beta1/{id}/things", "things"),
        ("/", "api"),
        ("/-/x", "x"),
    ],
)
def test_a_resource_s_name_from_a_path(path: str, expected: str) -> None:
    assert routes.resource_from_path(path) == (expected,)


@pytest.mark.parametrize(
    ("plural", "expected"),
    [("choices", "choice"), ("entries", "entry"), ("boxes", "box"), ("status", "status")],
)
def test_one_of_many(plural: str, expected: str) -> None:
    assert names.singular(plural) == expected


def test_the_items_of_a_list_are_named_after_their_owner() -> None:
    assert names.class_for_item("Chunk", "choices") == "ChunkChoice"
    assert names.class_for_item("Chunk", "data") == "ChunkDataItem"


@pytest.mark.parametrize("name", ["close", "cached_property", "overload", "builtins", "httpx", "p"])
def test_a_method_keeps_clear_of_what_its_class_has_and_uses(name: str) -> None:
    assert names.method(name) == f"{name}_"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("base exception",), "BaseExceptionResource"),
        (("never",), "NeverResource"),
        (("async jobs",), "AsyncJobsResource"),
        (("Parley",), "ParleyResource"),
        (("jobs", "async"), "JobsAsync"),
    ],
)
def test_a_resource_s_class_keeps_clear_of_what_its_module_uses(
    path: tuple[str, ...], expected: str
) -> None:
    assert names.resource_class(path, "Parley") == expected


def test_properties_that_would_have_one_name_spell_out_their_symbols() -> None:
    wires = ["+1", "-1", "any", "Any", "a-b", "a_b", "aB", "other"]
    expected = {
        "+1": "plus_1",
        "-1": "minus_1",
        "Any": "any_",
        "a-b": "a_minus_b",
        "aB": "a_b_",
    }
    assert names.attributes(wires) == names.attributes(wires[::-1]) == expected


@pytest.mark.parametrize(
    ("wires", "expected"),
    [
        (["copy", "Copy"], {"Copy": "copy__"}),
        (["Copy", "COPY"], {"COPY": "copy_", "Copy": "copy__"}),
        (["str", "Str"], {"Str": "str__"}),
        (["type", "type_", "Type"], {"type_": "type_underscore", "Type": "type__"}),
        (["+1", "-1", "Plus_1"], {"+1": "plus_1_", "-1": "minus_1"}),
    ],
)
def test_no_property_gets_a_name_that_another_will_have(
    wires: list[str], expected: dict[str, str]
) -> None:
    assert names.attributes(wires) == names.attributes(wires[::-1]) == expected


def test_properties_with_words_in_capitals_are_called_like_arguments() -> None:
    wires = ["userIDs", "A2A", "k8sVersion", "i18n", "STR"]
    expected = {"A2A": "a2a", "userIDs": "user_ids"}
    assert names.attributes(wires) == names.attributes(wires[::-1]) == expected
    assert names.attributes(wires, taken=["a2a"]) == {"userIDs": "user_ids"}


def test_properties_are_not_called_like_classes_that_stand_beside_them() -> None:
    wires = ["\u540d", "\u53cb", "name"]
    expected = {"\u540d": "\u540d_"}
    assert names.attributes(wires, classes=["\u540d", "Name"]) == expected


def test_properties_with_letters_that_python_reads_as_others_are_named_as_it_reads_them() -> None:
    wires = ["\u00b5s", "\uff76\uff85", "\U0001d431", "x", "\uff4c\uff49\uff53\uff54", "caf\u00e9"]
    expected = {
        "\u00b5s": "\u03bcs",
        "\uff76\uff85": "\u30ab\u30ca",
        "\U0001d431": "x_",
        "\uff4c\uff49\uff53\uff54": "list_",
    }
    assert names.attributes(wires) == names.attributes(wires[::-1]) == expected
