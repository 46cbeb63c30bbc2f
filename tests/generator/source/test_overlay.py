"""Overlays: what they change, where what they bring stands, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from generator.reading import SPECS, data, real_documents
from sdkgen.diagnostics import Diagnostics, DocumentError
from sdkgen.source import read
from sdkgen.source.overlay import overlaid
from sdkgen.text import Text, parse

DOCUMENT = """\
openapi: 3.1.0
info: {title: T, version: '1'}
tags: [{name: a}, {name: b}, {name: c}]
paths:
  /x:
    get: {tags: [a, b], summary: Old}
  /y:
    get: {tags: [c]}
    post: {tags: [a]}
"""


def _overlay(*actions: str, version: str = "1.1.0") -> str:
    lines = "".join(f"  - {action}\n" for action in actions)
    return f"overlay: {version}\ninfo: {{title: O, version: '1'}}\nactions:\n{lines}"


def _overlaid(*overlays: str, document: str = DOCUMENT) -> tuple[Text, list[str]]:
    """The document, changed, and the findings; the first overlay is `0.yaml`."""
    found = Diagnostics()
    texts = [parse(text.encode(), f"{at}.yaml", found) for at, text in enumerate(overlays)]
    changed = overlaid(parse(document.encode(), "api.yaml", found), texts, found)
    return changed, [str(one) for one in found]


def _changed(*actions: str, document: str = DOCUMENT) -> Any:
    """The data after actions that are right."""
    text, found = _overlaid(_overlay(*actions), document=document)
    assert found == []
    return text.data


@pytest.mark.parametrize(
    ("action", "pointer", "expected"),
    [
        # Objects are merged, arrays concatenated, values replaced (Overlay 1.1, Action Object).
        ("{target: $.info, update: {title: New, x-a: {b: 1}}}", "title", "New"),
        ("{target: $.info, update: {x-a: {b: 1}}}", "x-a", {"b": 1}),
        ("{target: $, update: {info: {version: '2'}}}", "version", "2"),
        ("{target: $.info.title, update: New}", "title", "New"),
        ("{target: $.info.title, update: false}", "title", False),
        ("{target: $, update: {info: }}", "title", "T"),
    ],
)
def test_an_update_is_merged_with_what_is_selected(
    action: str, pointer: str, expected: Any
) -> None:
    assert _changed(action)["info"][pointer] == expected


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("{target: $.tags, update: {name: d}}", ["a", "b", "c", "d"]),
        ("{target: $.tags, update: [{name: d}, {name: e}]}", ["a", "b", "c", "d", "e"]),
        ("{target: $, update: {tags: [{name: d}]}}", ["a", "b", "c", "d"]),
        ("{target: '$.tags[1]', update: {name: z}}", ["a", "z", "c"]),
        ("{target: '$.tags[1]', remove: true}", ["a", "c"]),
        ("{target: '$.tags[?@.name != \"b\"]', remove: true}", ["b"]),
        ("{target: '$.tags[0, 2, 0]', remove: true}", ["b"]),
        ("{target: $.tags, copy: '$.tags[0]'}", ["a", "b", "c", "a"]),
    ],
)
def test_arrays_grow_and_lose_items(action: str, expected: list[str]) -> None:
    assert [tag["name"] for tag in _changed(action)["tags"]] == expected


def test_all_that_a_query_selects_is_changed_and_nothing_is_shared() -> None:
    paths = _changed(
        "{target: $.paths.*.get, update: {x-list: [1]}}",
        "{target: \"$.paths['/x'].get['x-list']\", update: 2}",
    )["paths"]
    assert paths["/x"]["get"]["x-list"] == [1, 2]
    assert paths["/y"]["get"]["x-list"] == [1]
    assert "x-list" not in paths["/y"]["post"]


def test_what_is_appended_to_several_arrays_is_not_shared_by_them() -> None:
    paths = _changed(
        "{target: $.paths.*.get.tags, update: {name: d}}",
        "{target: \"$.paths['/x'].get.tags[2].name\", update: e}",
    )["paths"]
    assert paths["/x"]["get"]["tags"] == ["a", "b", {"name": "e"}]
    assert paths["/y"]["get"]["tags"] == ["c", {"name": "d"}]


def test_a_copy_of_what_it_is_put_into_is_of_what_was_there_before() -> None:
    changed = _changed("{target: $.info, copy: $}")
    assert changed["info"]["info"] == {"title": "T", "version": "1"}


def test_a_query_reaches_as_deep_as_a_document_may_be() -> None:
    document = "openapi: 3.1.0\nx-deep: " + "{a: " * 200 + "{last: 1}" + "}" * 200
    changed = _changed("{target: $..last, update: 2}", document=document)["x-deep"]
    for _ in range(200):
        changed = changed["a"]
    assert changed == {"last": 2}


def test_what_overlays_add_is_bounded() -> None:
    doubling = [
        action
        for key in range(40)
        for action in (
            f"{{target: $, update: {{x{key}: {{}}}}}}",
            f"{{target: $.x{key}, copy: $}}",
        )
    ]
    with pytest.raises(DocumentError, match=r"0\.yaml:\d+:5: error Source/TooLarge: overlays add"):
        _overlaid(_overlay(*doubling))


@pytest.mark.parametrize(
    ("added", "opened", "shut"), [("mapping", "{a: ", "}"), ("sequence", "[", "]")]
)
def test_what_overlays_add_is_no_deeper_than_a_document_may_be(
    added: str, opened: str, shut: str
) -> None:
    document = "openapi: 3.1.0\nx-deep: " + "{a: " * 156 + "{last: {}}" + "}" * 156

    def action(depth: int) -> str:
        inner = opened * (depth - 1) + "{}" + shut * (depth - 1)
        return f"{{target: $..last, update: {{{added}: {inner}}}}}"

    fits = 256 - 1 - 156 - 1 - 1
    assert added in str(_changed(action(fits), document=document)["x-deep"])
    with pytest.raises(DocumentError, match=r"0\.yaml:4:5: error Source/TooDeep: with this, the"):
        _overlaid(_overlay(action(fits + 1)), document=document)


def test_what_is_inside_of_something_removed_is_removed_with_it() -> None:
    assert _changed("{target: $.paths..*, remove: true}")["paths"] == {}


def test_a_path_may_be_a_copy_of_another_with_a_difference() -> None:
    paths = _changed(
        "{target: $.paths, update: {/z: {}}}",
        "{target: \"$.paths['/z']\", copy: \"$.paths['/x']\"}",
        "{target: \"$.paths['/z'].get.summary\", update: New}",
    )["paths"]
    assert paths["/x"]["get"]["summary"] == "Old"
    assert paths["/z"]["get"] == {"tags": ["a", "b"], "summary": "New"}


def test_an_alias_of_yaml_is_changed_in_one_place_alone() -> None:
    document = "openapi: 3.1.0\na: &one {n: 1}\nb: *one\n"
    assert _changed("{target: $.a.n, update: 2}", document=document) == {
        "openapi": "3.1.0",
        "a": {"n": 2},
        "b": {"n": 1},
    }


def test_removing_goes_before_all_else_that_an_action_says() -> None:
    assert "title" not in _changed("{target: $.info.title, update: New, remove: true}")["info"]


def test_overlays_come_one_after_the_other() -> None:
    first = _overlay("{target: $.info.title, update: One}", version="1.0.0")
    text, found = _overlaid(first, _overlay("{target: '$.info[?@ == \"One\"]', update: Two}"))
    assert (text.data["info"]["title"], found) == ("Two", [])


def test_what_an_overlay_brings_stands_in_the_overlay() -> None:
    text, _ = _overlaid(
        _overlay(
            "{target: '$.tags[0]', remove: true}",
            "{target: $.tags, update: {name: d, x-more: 1}}",
            "{target: $.info.title, update: New}",
        ),
        _overlay("{target: '$.tags[0]', remove: true}", "{target: $.info, copy: '$.tags[1]'}"),
    )
    assert [tag["name"] for tag in text.data["tags"]] == ["c", "d"]
    places = {
        "/tags/0/name": "api.yaml:3:37",  # it was the third
        "/tags/1": "0.yaml:5:30",
        "/tags/1/name": "0.yaml:5:37",
        "/tags/1/x-more": "0.yaml:5:48",
        "/info/title": "0.yaml:6:36",
        "/info/name": "0.yaml:5:37",
        "/info/version": "api.yaml:2:27",
        "/paths/~1x/get/summary": "api.yaml:6:34",
    }
    assert {pointer: str(text.positions.locate(pointer)) for pointer in places} == places
    assert str(text.positions.locate("/tags/1/x-more", key=True)) == "0.yaml:5:40"


def test_what_has_been_removed_and_put_again_stands_where_it_was_put() -> None:
    text, _ = _overlaid(
        _overlay(
            "{target: $.info, update: {x-a: {b: 1}}}",
            "{target: $.info.x-a, remove: true}",
            "{target: $.info, update: {x-a: {b: 2}}}",
        )
    )
    assert str(text.positions.locate("/info/x-a/b")) == "0.yaml:6:40"


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        (
            "info: {title: O}",
            "0.yaml:1:1: error Overlay/Version: this is no overlay that is read: `overlay` is null",
        ),
        (
            _overlay(version="2.0.0"),
            "0.yaml:1:10: error Overlay/Version: this is no overlay that is read: ",
        ),
        (
            "overlay: 1.1.0\naction: []",
            "0.yaml:2:1: error Overlay/UnknownKey: `action` says nothing in an overlay",
        ),
        ("overlay: 1.1.0", "0.yaml:1:1: error Overlay/Action: an overlay needs a list of"),
        (
            _overlay("{update: {}}"),
            "0.yaml:4:5: error Overlay/Action: an action needs a `target`, a JSONPath query",
        ),
        (
            _overlay("{target: $.info, updtae: {}}"),
            "0.yaml:4:22: error Overlay/UnknownKey: `updtae` says nothing in an overlay",
        ),
        (
            _overlay("{target: $.info}"),
            "0.yaml:4:5: error Overlay/Action: an action needs one of `update`, `copy` and",
        ),
        (
            _overlay("{target: $.info, update: {}, copy: $.tags}"),
            "0.yaml:4:5: error Overlay/Action: an action needs one of `update`, `copy` and",
        ),
        (
            _overlay("{target: $.info, remove: 1}"),
            "0.yaml:4:5: error Overlay/Action: an action needs one of `update`, `copy` and",
        ),
        (
            _overlay("{target: paths./x, remove: true}"),
            "0.yaml:4:14: error Overlay/Action: `paths./x` is no JSONPath query: ",
        ),
        (
            _overlay("{target: $.info, copy: '$.tags['}"),
            "0.yaml:4:28: error Overlay/Action: `$.tags[` is no JSONPath query: ",
        ),
        (
            _overlay("{target: $.info, copy: $.tags.*}"),
            "0.yaml:4:28: error Overlay/Action: `$.tags.*` selects 3 values, not one",
        ),
        (
            _overlay("{target: $, remove: true}"),
            "0.yaml:4:14: error Overlay/Action: the whole document cannot be removed",
        ),
        (
            _overlay("{target: $.nothing, remove: true}"),
            "0.yaml:4:14: warning Overlay/NothingSelected: `$.nothing` selects nothing",
        ),
        (
            _overlay("{target: $, update: {info: [1]}}"),
            "0.yaml:4:32: error Overlay/Incompatible: an array cannot change `/info`, which is an ",
        ),
        (
            _overlay("{target: $.info.title, update: {a: 1}}"),
            "0.yaml:4:36: error Overlay/Incompatible: an object cannot change `/info/title`",
        ),
    ],
)
def test_what_is_wrong_with_an_overlay_is_said_with_its_place(overlay: str, expected: str) -> None:
    text, found = _overlaid(overlay)
    assert len(found) == 1
    assert found[0].startswith(expected)
    assert text.data == data(DOCUMENT)[0]


def test_a_misspelt_word_is_told_the_right_one() -> None:
    _, (found,) = _overlaid(_overlay("{target: $.info, updtae: {}}"))
    assert found.endswith("hint: did you mean `update`?")


@real_documents
def test_a_real_document_learns_its_streams(tmp_path: Any) -> None:
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(
        _overlay(
            "{target: \"$.paths.*.post.responses['200'].content\", "
            "update: {text/event-stream: {x-sdkgen-sse-schema: data}}}"
        )
    )
    found = Diagnostics()
    document = read(str(SPECS / "anthropic.yaml"), found, [str(overlay)])
    media = "/paths/~1v1~1messages/post/responses/200/content/text~1event-stream"
    assert document.mapping_at(media) == {"x-sdkgen-sse-schema": "data"}
    assert document.locate(media).source == str(overlay)
    assert not found.has_errors
