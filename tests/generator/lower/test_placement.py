"""Operations find their resources and their names, whatever the order of the document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.lower.lowering import lowered, methods
from sdkgen.config import Config, Method, Resource
from sdkgen.diagnostics import Severity
from sdkgen.ir import api
from sdkgen.lower import _tree


def _document(*operations: str) -> str:
    paths = "".join(f"  {operation}\n" for operation in operations)
    return f"paths:\n{paths}"


OK = "responses: {'200': {description: ok}}"


def test_dotted_tags_are_nested_resources() -> None:
    described, _ = lowered(
        _document(f"/c: {{get: {{tags: [beta.conversations], operationId: listC, {OK}}}}}")
    )
    (beta,) = described.resources
    (conversations,) = beta.children
    assert (beta.operations, conversations.path) == ((), ("beta", "conversations"))
    assert conversations.class_name == "BetaConversations"


def test_resources_are_looked_through_once_however_many_there_are() -> None:
    class Counting(dict[tuple[str, ...], list[api.Operation]]):
        times = 0

        def __iter__(self) -> Iterator[tuple[str, ...]]:
            self.times += 1
            return super().__iter__()

    found = Counting({(f"a{at}", "b"): [] for at in range(9)})
    modules = {path[:depth]: "_".join(path[:depth]) for path in found for depth in (1, 2)}
    found.times = 0
    tree = _tree(found, {}, "Client", modules)
    assert [one.path for below in tree for one in (below, *below.children)] == sorted(modules)
    assert found.times <= 1


@pytest.mark.parametrize("group", ["x-speakeasy-group: a.b", "x-fern-sdk-group-name: [a, b]"])
def test_extensions_name_groups_and_methods(group: str) -> None:
    method = "x-speakeasy-name-override: doIt"
    described, _ = lowered(
        _document(f"/c: {{get: {{tags: [no], operationId: no, {group}, {method}, {OK}}}}}")
    )
    assert methods(described) == {"a.b.do_it": "GET /c"}


def test_paths_that_differ_in_a_fragment_are_one_on_the_wire_and_two_methods() -> None:
    described, found = lowered(
        _document(
            f"/c: {{post: {{tags: [c], operationId: c_start, {OK}}}}}",
            f"'/c#stream': {{post: {{tags: [c], operationId: c_start_stream, {OK}}}}}",
        )
    )
    assert methods(described) == {"c.start": "POST /c", "c.start_stream": "POST /c"}
    assert found == []


def test_what_a_flag_in_the_query_sets_apart_is_a_part_of_its_own() -> None:
    described, found = lowered(
        _document(
            f"/v1/models: {{get: {{operationId: models_list, {OK}}}}}",
            f"'/v1/models?beta=true': {{get: {{operationId: beta_models_list, {OK}}}}}",
            f"'/v1/models?page=2': {{get: {{operationId: second_page, {OK}}}}}",
        )
    )
    assert methods(described) == {
        "models.list": "GET /v1/models",
        "models.second_page": "GET /v1/models?page=2",
        "beta.models.list": "GET /v1/models?beta=true",
    }
    assert found == []


PARAMETER = "parameters: [{name: id, in: path, required: true, schema: {type: string}}]"
CLASHING = (
    f"/b/search: {{post: {{tags: [books], operationId: get_books, {OK}}}}}",
    f"'/b/{{id}}': {{get: {{tags: [books], operationId: get_book, {PARAMETER}, {OK}}}}}",
)


def test_of_clashing_names_the_others_get_their_nouns_back_in_any_order() -> None:
    forward, _ = lowered(_document(*CLASHING))
    backward, _ = lowered(_document(*reversed(CLASHING)))
    expected = {"books.get_books": "POST /b/search", "books.get": "GET /b/{id}"}
    assert methods(forward) == expected
    assert methods(backward) == expected


def test_names_that_the_document_makes_clash_are_an_error_with_the_line_to_add() -> None:
    override = "x-speakeasy-name-override: same"
    described, found = lowered(
        _document(
            f"/a-b: {{get: {{tags: [x], {override}, {OK}}}}}",
            f"/A-b: {{get: {{tags: [x], {override}, {OK}}}}}",
        )
    )
    assert {one.code for one in found} == {"Names/Collision"}
    assert {one.severity for one in found} == {Severity.ERROR}
    assert len(found) == 2
    assert all("x-speakeasy-name-override" in (one.hint or "") for one in found)
    assert described.resources == ()


def test_paths_that_differ_in_symbols_alone_are_methods_of_their_own() -> None:
    paths = ["/a/b", "/a-b", "/a_b", "/a.b", "/a/b/", "/a/{id}"]
    described, found = lowered(
        _document(*(f"'{path}': {{get: {{tags: [x], {PARAMETER}, {OK}}}}}" for path in paths))
    )
    assert not [one for one in found if one.code == "Names/Collision"]
    assert sorted(methods(described).values()) == sorted(f"GET {path}" for path in paths)
    assert "x.get_slash_a_minus_b" in methods(described)


def test_a_name_that_the_document_gives_twice_is_an_error_though_there_are_others() -> None:
    override = "x-speakeasy-name-override: same"
    described, found = lowered(
        _document(
            f"/a: {{get: {{tags: [a], operationId: one, {override}, {OK}}}}}",
            f"/b: {{get: {{tags: [a], operationId: two, {override}, {OK}}}}}",
        )
    )
    assert [one.code for one in found] == ["Names/Collision"] * 2
    assert "`a.same`; this one is called `one` instead" in found[0].message
    assert [one.location.line for one in found if one.location] == [4, 5]
    assert {*methods(described)} == {"a.one", "a.two"}


def test_a_method_makes_way_for_a_resource_of_its_name() -> None:
    described, _ = lowered(
        _document(
            f"/s: {{post: {{tags: [audio], operationId: speech, {OK}}}}}",
            f"/t: {{post: {{tags: [audio.speech], operationId: create, {OK}}}}}",
        )
    )
    assert "audio.speech.create" in methods(described)
    assert "audio.speech" not in methods(described)
    assert len(methods(described)) == 2


def test_versions_of_an_operation_are_told_apart_by_their_paths() -> None:
    described, found = lowered(
        _document(
            f"/v2/health: {{get: {{tags: [a], operationId: health, {OK}}}}}",
            f"/v3/health: {{get: {{tags: [a], operationId: health, {OK}}}}}",
        )
    )
    assert methods(described) == {
        "a.health": "GET /v2/health",
        "a.health_v3": "GET /v3/health",
    }
    assert not [one for one in found if one.code == "Names/Collision"]


def test_paths_that_share_an_object_have_a_stream_each() -> None:
    answers = "{application/json: {schema: {type: object}}, text/event-stream: {}}"
    described, _ = lowered(
        f"""
        paths:
          /a: {{$ref: '#/components/pathItems/Shared'}}
          /b: {{$ref: '#/components/pathItems/Shared'}}
        components:
          pathItems:
            Shared:
              post:
                tags: [x]
                responses: {{'200': {{description: ok, content: {answers}}}}}
        """
    )
    assert set(methods(described)) == {*("x.a", "x.stream_a", "x.b", "x.stream_b")}


def test_paths_that_differ_in_a_slash_or_in_a_long_name_s_middle_are_told_apart() -> None:
    long = "/subscriptions/{subscription}/groups/{group}/providers/network/read"
    other = "/subscriptions/{subscription}/groups/{group}/kinds/{kind}/providers/network/read"
    paths = ("/jobs", "/jobs/", long, other)
    described, found = lowered(
        _document(*(f"'{path}': {{get: {{tags: [a], operationId: x, {OK}}}}}" for path in paths))
    )
    assert set(methods(described).values()) == {f"GET {path}" for path in paths}
    assert not [one for one in found if one.code == "Names/Collision"]


def test_resources_whose_words_are_the_same_have_modules_of_their_own() -> None:
    groups = ["[chat, completions]", "[chat_completions]", "[a, b_c]", "[a_b, c]", "[a_b_c]"]
    described, _ = lowered(
        _document(
            *(
                f"/{at}: {{get: {{x-fern-sdk-group-name: {group}, operationId: get{at}, {OK}}}}}"
                for at, group in enumerate(groups)
            )
        )
    )
    modules = {".".join(one.path): one.module for one in described.every_resource()}
    assert modules == {
        "chat": "chat",
        "chat_completions": "chat_completions",
        "chat.completions": "chat_completions_",
        "a": "a",
        "a_b": "a_b",
        "a_b_c": "a_b_c",
        "a.b_c": "a_b_c_",
        "a_b.c": "a_b_c__",
    }


def test_methods_that_differ_in_case_alone_are_told_apart() -> None:
    additional = ", ".join(f"{method}: {{tags: [a], {OK}}}" for method in ("copy", "COPY", "aB"))
    described, diagnostics = lowered(_document(f"/x: {{additionalOperations: {{{additional}}}}}"))
    assert diagnostics == []
    assert methods(described) == {"a.copy": "COPY /x", "a.copy_lower": "copy /x", "a.a_b": "aB /x"}


def test_words_of_methods_are_words_of_names() -> None:
    additional = f"{{additionalOperations: {{M-SEARCH: {{tags: [t], {OK}}}}}}}"
    described, _ = lowered(_document(f"/a/b: {additional}", f"/b: {additional}"))
    assert all(name.split(".")[1].isidentifier() for name in methods(described))
    assert len(methods(described)) == 2


@pytest.mark.parametrize("key", ["x-speakeasy-ignore", "x-fern-ignore"])
def test_what_a_document_says_to_ignore_is_no_method_unless_the_configuration_names_it(
    key: str,
) -> None:
    plain, ignored, not_ignored = (
        f"{{tags: [a], {OK}{said}}}" for said in ("", f", {key}: true", f", {key}: false")
    )
    document = _document(
        f"/x: {{get: {ignored}, post: {not_ignored}}}",
        f"/y: {{{key}: true, get: {plain}, additionalOperations: {{COPY: {plain}}}}}",
    )
    described, diagnostics = lowered(document)
    assert (methods(described), diagnostics) == ({"a.create": "POST /x"}, [])
    peek = Method("peek", "get", "/y", {}, None, "")
    described, _ = lowered(document, Config(resources=(Resource(("b",), {}, (peek,), ""),)))
    assert methods(described) == {"a.create": "POST /x", "b.peek": "GET /y"}
