"""Types of arguments, which take their names from the schemas of bodies."""

from __future__ import annotations

import textwrap
from pathlib import Path

from generator.lower.lowering import lowered
from sdkgen.config import Config, load
from sdkgen.diagnostics import Diagnostics

SCHEMA = "{type: object, properties: {prompt: {type: string}, stream: {type: boolean}}}"


def _types(
    *operations: str, config: Config | None = None
) -> tuple[dict[str, str | None], list[str]]:
    """What the types are called, by method; and the findings."""
    paths = "".join(map(_operation, operations))
    described, found = lowered(
        f"paths:\n{paths}components: {{schemas: {{Ask: {SCHEMA}}}}}\n", config
    )
    types = {
        ".".join((*resource.path, operation.name)): operation.params
        for resource in described.every_resource()
        for operation in resource.operations
    }
    return types, [f"{one.code}: {one.message}" for one in found]


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


def test_a_name_that_is_given_to_arguments_that_differ_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "sdkgen.yaml"
    path.write_text(
        textwrap.dedent(
            """\
            resources:
              a: {methods: {create: {endpoint: post /a, streaming: {params_type_name: asked}}}}
              b: {methods: {create: {endpoint: post /b, streaming: {params_type_name: asked}}}}
            """
        )
    )
    config = load(path, Diagnostics())
    types, found = _types("/a a room", "/b b", config=config)
    assert types == {"a.create": "ACreateParams", "b.create": "BCreateParams"}
    assert found == ["Config/SameName: Arguments that differ would both be `asked`."] * 2
