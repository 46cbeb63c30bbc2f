"""Types of arguments, which take their names from the schemas of bodies."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lower.lowering import lowered
from sdkgen.config import Config, load
from sdkgen.diagnostics import Diagnostics

SCHEMAS = """
    Ask:
      type: object
      properties: {prompt: {$ref: '#/components/schemas/Prompt'}, stream: {type: boolean}}
    Prompt: {type: object, properties: {text: {type: string}}}
"""


def _types(
    *operations: str, config: Config | None = None
) -> tuple[dict[str, str | None], list[str]]:
    """What the types are called, by method; and the findings."""
    paths = "".join(map(_operation, operations))
    described, found = lowered(f"paths:\n{paths}components:\n  schemas:{SCHEMAS}", config)
    types = {
        ".".join((*resource.path, operation.name)): operation.params
        for resource in described.every_resource()
        for operation in resource.operations
    }
    return types, [f"{one.severity.value} {one.code}: {one.message}" for one in found]


def _clash(name: str) -> str:
    said = f"Types that differ would both be `{name}`: this one is called after its method."
    return f"warning Config/SameName: {said}"


def _operation(said: str) -> str:
    """An operation that answers whole or as a stream: its path, tag and arguments."""
    path, tag, *arguments = said.split()
    listed = ", ".join(
        f"{{name: {name}, in: query, schema: {{type: string}}}}" for name in arguments
    )
    return f"""\
  {path}:
    post:
      tags: [{tag}]
      operationId: {tag.replace(".", "_")}_create
      parameters: [{listed}]
      requestBody:
        content: {{application/json: {{schema: {{$ref: '#/components/schemas/Ask'}}}}}}
      responses:
        '200': {{description: ok, content: {{application/json: {{}}, text/event-stream: {{}}}}}}
"""


def test_the_same_arguments_are_one_type() -> None:
    types, found = _types("/a a", "/b b")
    assert types == {"a.create": "AskParams", "b.create": "AskParams"}
    assert found == []


def test_arguments_that_differ_are_types_of_their_own() -> None:
    types, found = _types("/a a room", "/b b", "/c c")
    assert types == {name: f"{name[0].upper()}CreateParams" for name in types}
    assert len(types) == 3
    assert found == []


def test_resources_of_one_name_in_others_tell_arguments_apart_too() -> None:
    types, _ = _types("/a one.chat room", "/b two.chat")
    assert types == {
        "one.chat.create": "OneChatCreateParams",
        "two.chat.create": "TwoChatCreateParams",
    }


def test_words_that_are_those_of_another_path_tell_no_arguments_apart() -> None:
    types, _ = _types("/a one.chat room", "/b one_chat", "/c two.chat")
    assert len(set(types.values())) == 3
    assert types["two.chat.create"] == "TwoChatCreateParams"
    assert all(str(name).startswith("OneChatCreate") for name in [*types.values()][:2])


def _named(folder: Path, first: str, second: str) -> tuple[dict[str, str | None], list[str]]:
    """As `_types`, of two methods whose types are given names."""
    path = folder / "sdkgen.yaml"
    text = "resources:\n"
    for tag, name in (("a", first), ("b", second)):
        method = f"{{endpoint: post /{tag}, streaming: {{params_type_name: {name}}}}}"
        text += f"  {tag}: {{methods: {{create: {method}}}}}\n"
    path.write_text(text)
    return _types("/a a room", "/b b", config=load(path, Diagnostics()))


@pytest.mark.parametrize("second", ["asked", "asked_streaming"])
def test_a_name_that_is_given_to_types_that_differ_is_none_of_theirs(
    second: str, tmp_path: Path
) -> None:
    types, found = _named(tmp_path, "asked", second)
    assert types == {"a.create": "ACreateParams", "b.create": "BCreateParams"}
    assert found == [_clash(name) for name in ("asked", second)]


def test_a_name_that_the_dicts_of_a_model_have_is_given_to_no_others(tmp_path: Path) -> None:
    types, found = _named(tmp_path, "prompt_param", "asked")
    assert types == {"a.create": "ACreateParams", "b.create": "Asked"}
    assert found == [_clash("prompt_param")]
