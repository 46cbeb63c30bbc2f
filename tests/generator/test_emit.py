"""What is odd in a document is no reason for a package that does not compile."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from packages import files_for
from sdkgen.diagnostics import Diagnostics

HEAD = "openapi: 3.1.0\ninfo: {title: Test, version: '1'}\n"


def _files(document: str, folder: Path) -> dict[str, str]:
    spec = folder / "openapi.yaml"
    spec.write_text(HEAD + document, encoding="utf-8")
    diagnostics = Diagnostics()
    files = files_for(spec, diagnostics)
    assert not diagnostics.has_errors
    return files


def test_an_api_without_models_is_a_package(tmp_path: Path) -> None:
    files = _files("paths: {/ping: {get: {responses: {'204': {description: ok}}}}}", tmp_path)
    assert [path for path in files if "/models/" in path] == ["test/models/__init__.py"]


def test_a_model_whose_name_is_a_keyword_in_small_letters_has_a_module(tmp_path: Path) -> None:
    files = _files(
        """
paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Task'}}}
components:
  schemas:
    Task: {type: object, properties: {source: {$ref: '#/components/schemas/Import'}}}
    Import: {type: object, properties: {url: {type: string}}}
""",
        tmp_path,
    )
    assert "from .import_model import ImportModel\n" in files["test/models/task.py"]


def test_a_long_union_is_an_annotation_of_an_argument_s_type(tmp_path: Path) -> None:
    members = [f"{{type: object, properties: {{kind: {{const: {one * 30}}}}}}}" for one in "abcd"]
    files = _files(
        f"""
paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                stream: {{type: boolean}}
                one: {{oneOf: [{", ".join(members)}]}}
      responses:
        '200':
          description: ok
          content: {{application/json: {{}}, text/event-stream: {{}}}}
""",
        tmp_path,
    )
    (text,) = (text for path, text in files.items() if path.endswith("_params.py"))
    assert "    one: (\n        m.A" in text


def test_properties_that_would_have_one_name_have_names_of_the_document_s_words(
    tmp_path: Path,
) -> None:
    properties = "{'+1': {type: integer}, '-1': {type: integer}, Any: {}, any: {}}"
    schema = f"{{type: object, properties: {properties}}}"
    content = f"content: {{application/json: {{schema: {schema}}}}}"
    files = _files(
        f"paths: {{/a: {{get: {{responses: {{'200': {{description: ok, {content}}}}}}}}}}}",
        tmp_path,
    )
    (text,) = (text for path, text in files.items() if "/models/a" in path)
    for name, wire in (("plus_1", "+1"), ("minus_1", "-1"), ("any_", "Any")):
        assert re.search(rf'^    {name}: .*alias="{re.escape(wire)}"', text, re.MULTILINE)


def test_the_examples_have_a_value_of_the_kind_of_each_argument_that_is_required(
    tmp_path: Path,
) -> None:
    files = _files(
        """
paths:
  /walks:
    post:
      tags: [walks]
      operationId: take
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [dog, mood, way, self, born, told]
              properties:
                dog: {$ref: '#/components/schemas/Dog'}
                born: {type: string, format: date}
                told: {type: object, additionalProperties: {type: boolean}}
                never: {type: string}
                mood: {$ref: '#/components/schemas/Mood'}
                way: {$ref: '#/components/schemas/Way'}
                self: {$ref: '#/components/schemas/Self'}
      responses: {'200': {description: ok, content: {application/json: {}}}}
components:
  schemas:
    Dog:
      type: object
      required: [a name, id, owner]
      properties:
        a name: {type: string}
        id: {type: string, readOnly: true}
        nick: {type: string}
        owner: {anyOf: [{$ref: '#/components/schemas/Person'}, {type: 'null'}]}
    Person: {type: object, required: [dog], properties: {dog: {$ref: '#/components/schemas/Dog'}}}
    Mood: {type: string, enum: [glad, sad]}
    Way: {type: array, items: {type: integer}}
    Self: {anyOf: [{$ref: '#/components/schemas/Other'}, {type: integer}]}
    Other: {anyOf: [{$ref: '#/components/schemas/Self'}, {type: string}]}
""",
        tmp_path,
    )
    example = """
    print(
        client.walks.take(
            dog={"a name": "...", "owner": None},
            born=date(2026, 1, 31),
            told={"...": True},
            mood="glad",
            way=[1],
            self_="...",
        )
    )
"""
    assert "```python\nfrom datetime import date\n\nfrom test import Test\n" in files["README.md"]
    assert example in files["README.md"]
    example = f"```python\nfrom datetime import date\n{textwrap.dedent(example)}```\n"
    assert example in files["reference.md"]


def test_what_is_too_large_for_an_example_is_left_out_of_it(tmp_path: Path) -> None:
    layer = """
    S{n}:
      type: object
      required: [left, right]
      properties:
        left: {{$ref: '#/components/schemas/S{below}'}}
        right: {{$ref: '#/components/schemas/S{below}'}}"""
    schemas = "".join(layer.format(n=n, below=n + 1) for n in range(40))
    files = _files(
        f"""
paths:
  /walks:
    post:
      tags: [walks]
      operationId: take
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '#/components/schemas/S0'}}}}}}
      responses: {{'200': {{description: ok}}}}
components:
  schemas:{schemas}
    S40: {{type: integer}}
""",
        tmp_path,
    )
    assert "    client.walks.take(left=..., right=...)\n" in files["README.md"]


def test_the_readme_of_an_api_of_downloads_writes_one_to_a_file(tmp_path: Path) -> None:
    files = _files(
        """
paths:
  /files/{id}:
    get:
      tags: [files]
      operationId: content
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: The file., content: {application/octet-stream: {}}}}
""",
        tmp_path,
    )
    assert (
        '    with client.files.content("...") as answer:\n'
        '        answer.write_to("answer.bin")\n' in files["README.md"]
    )
    assert (
        '        async with await client.files.content("...") as answer:\n'
        '            await answer.write_to("answer.bin")\n' in files["README.md"]
    )


def _get(tag: str, media_type: str, arguments: str, more: str = "") -> str:
    """A stream: its method is called `get`, its resource after the tag."""
    parameters = ", ".join(f"{{name: {one}, in: query, schema: {{}}}}" for one in arguments)
    content = f"{{{media_type}: {{itemSchema: {{}}}}}}"
    operation = (
        f"operationId: get_it, tags: [{tag}], parameters: [{parameters}]{more}, "
        f"responses: {{'200': {{description: ok, content: {content}}}}}"
    )
    return f"  /{tag}: {{get: {{{operation}}}}}\n"


def test_the_readme_shows_what_streams_events_and_has_most_to_be_said(tmp_path: Path) -> None:
    events = "text/event-stream"
    paths = [
        _get("a", "application/jsonl", "xyz"),
        _get("b", events, "xyz", ", deprecated: true"),
        _get("c", events, "x"),
        _get("beta.d", events, "xy"),
        _get("e", events, "xy"),
    ]
    for shown in ("e", "beta.d", "c", "a", "b"):
        readme = _files("paths:\n" + "".join(paths), tmp_path)["README.md"]
        assert f"    with client.{shown}." in readme
        paths = [one for one in paths if f"/{shown}:" not in one]


def test_the_reference_has_every_method_its_arguments_and_what_it_gives(tmp_path: Path) -> None:
    files = _files(
        """
paths:
  /chats/{id}/replies:
    post:
      tags: [chat]
      operationId: reply
      summary: "Write a reply\\n# not a heading"
      description: More about it.
      parameters:
        - {name: id, in: path, required: true, description: "Which\\nchat.", schema: {type: string}}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [mood]
              properties:
                mood: {type: string, enum: ['a`b', 'c']}
                stream: {type: boolean}
      responses:
        '200':
          description: ok
          content:
            application/json: {schema: {type: string}}
            text/event-stream: {schema: {type: object, properties: {data: {type: string}}}}
""",
        tmp_path,
    )
    _, _, methods = files["reference.md"].partition("\n## ")
    arguments = (
        '- `id` (`str`): Which chat.\n- `mood` (`` Literal["a`b", "c"] | str ``)\n'
        "- `stream` (`bool`, optional)"
    )
    called = """client.chat.reply("...", mood="a`b")"""
    assert methods.split("\n\n")[:8] == [
        "`client.chat.reply`",
        "Write a reply # not a heading.",
        "`POST /chats/{id}/replies`",
        arguments,
        "Gives `str`; with `stream=True`, `rt.EventStream[m.ChatReplyEvent]`.",
        f"```python\nprint({called})\n```",
        "## `client.chat.stream`",
        "Write a reply # not a heading.",
    ]
    opened = called.replace(".reply", ".stream")
    assert methods.endswith(
        "\n\nGives `rt.EventStream[m.ChatReplyEvent]`.\n\n"
        f"```python\nwith {opened} as stream:\n"
        "    for event in stream:\n        print(event)\n```\n"
    )
    assert files["reference.md"].startswith("# The methods of Test\n")
    assert "[reference.md](reference.md)" in files["README.md"]


SWITCH = """
paths:
  /a:
    post:
      tags: [chat]
      operationId: create
      requestBody:
        content: {application/json: {schema: {type: object, properties: {stream: STREAM}}}}
      responses:
        '200':
          description: ok
          content:
            application/json: {schema: {type: string}}
            text/event-stream: {schema: {type: object, properties: {data: {type: string}}}}
"""


def test_who_asks_for_nothing_gets_the_whole_answer_whatever_is_the_default(
    tmp_path: Path,
) -> None:
    document = SWITCH.replace("STREAM", "{type: boolean, default: true}")
    text = _files(document, tmp_path)["test/resources/chat.py"]
    assert "self, *, stream: Literal[False] = False, **options" in text
    assert text.count("self, *, stream: bool = False, **options") == 4
    assert 'rt.Arguments(body={"stream": stream})' in text


def test_a_switch_that_has_one_value_is_given_or_not(tmp_path: Path) -> None:
    for said in ("{type: boolean, const: true}", "{type: boolean, enum: [true]}"):
        text = _files(SWITCH.replace("STREAM", said), tmp_path)["test/resources/chat.py"]
        assert text.count("@overload") == 4
        assert "Literal[False]" not in text


def test_combining_marks_are_parts_of_names(tmp_path: Path) -> None:
    place = "{type: object, description: กินที่นี่, properties: {city: {type: string}}}"
    files = _files(
        f"""
paths:
  /a:
    post:
      requestBody:
        content: {{application/json: {{schema: {{items: {{$ref: '#/components/schemas/Xที่'}}}}}}}}
      responses: {{'200': {{description: ok}}}}
components:
  schemas:
    Xที่: {{type: object, required: [ที่อยู่], properties: {{ที่อยู่: {place}}}}}
""",
        tmp_path,
    )
    texts = {path: text for path, text in files.items() if "/models/" in path or "/params/" in path}
    written = "".join(texts.values())
    assert "class Xที่(SDKModel):\n    ที่อยู่: Xที่ที่อยู่\n" in written
    assert "class Xที่ที่อยู่(SDKModel):" in written
    assert "กินที่นี่" in written
    assert "    city: str | None" in written
    assert "m.Xที่ที่อยู่ | p.Xที่ที่อยู่Param" in written


def test_what_a_value_is_called_means_nothing_in_an_annotation(tmp_path: Path) -> None:
    values = "{enum: [cart.File, part.FileName]}"
    files = _files(
        f"""
paths:
  /a:
    post:
      parameters: [{{name: q, in: query, schema: {values}}}]
      requestBody:
        content:
          application/json:
            schema: {{type: object, properties: {{kind: {values}}}}}
      responses: {{'204': {{description: ok}}}}
""",
        tmp_path,
    )
    found = re.findall(r"(\w+): (Literal\[.*?\])", files["test/resources/a.py"])
    taken = 'Literal["cart.File", "part.FileName"]'
    assert found == [("q", taken), ("kind", taken)] * 2


def test_each_method_has_a_description_of_its_own(tmp_path: Path) -> None:
    stream = "'200': {description: ok, content: {text/event-stream: {}}}"
    files = _files(
        f"""
paths:
  /chat:
    post:
      tags: [chat]
      operationId: chat_create
      requestBody:
        content:
          application/json: {{schema: {{type: object, properties: {{stream: {{type: boolean}}}}}}}}
      responses:
        '200': {{description: ok, content: {{application/json: {{}}, text/event-stream: {{}}}}}}
  /chat/stream:
    get: {{tags: [chat], operationId: chat_stream, responses: {{{stream}}}}}
  /chat/other:
    get: {{tags: [chat], operationId: chat_stream_create, responses: {{{stream}}}}}
""",
        tmp_path,
    )
    described = re.findall(r"^(\w+): rt\.\w+", files["test/resources/chat.py"], re.MULTILINE)
    assert len(described) == 4
    assert len(set(described)) == 4


def test_clients_pass_the_values_of_variables_by_their_own_arguments(tmp_path: Path) -> None:
    document = """\
servers:
  - {url: 'https://{region}.a.example', variables: {region: {default: eu}}}
  - {url: 'https://{Region}.b.example', variables: {Region: {default: us}}}
paths:
  /a:
    servers: [{url: 'https://{region}.{Region}.example'}]
    get: {operationId: readA, responses: {'204': {description: ok}}}
"""
    client = _files(document, tmp_path)["test/client.py"]
    assert client.count('variables={"region": region, "region_": region_},') == 2


def test_layers_of_unions_are_gone_through_once(tmp_path: Path) -> None:
    names = [(name, f"{name}{at}", at + 1) for at in range(60) for name in "AB"]
    both = "{oneOf: [{$ref: '#/components/schemas/A%d'}, {$ref: '#/components/schemas/B%d'}]}"
    layers = "".join(f"    {key}: {both % (below, below)}\n" for _, key, below in names)
    first = "{$ref: '#/components/schemas/A0'}"
    files = _files(
        f"""
paths:
  /a:
    get:
      operationId: find
      parameters: [{{name: q, in: query, schema: {first}}}]
      responses:
        '200':
          description: ok
          content:
            application/json: {{schema: {{required: [a], properties: {{a: {first}}}}}}}
components:
  schemas:
{layers}
    A60: {{type: array, items: {{type: string}}}}
    B60: {{type: array, items: {{type: integer}}}}
""",
        tmp_path,
    )
    assert "A0" in files["test/resources/a.py"]


def test_no_module_is_called_like_a_device_of_windows(tmp_path: Path) -> None:
    con = "{$ref: '#/components/schemas/Con'}"
    answer = f"{{description: ok, content: {{application/json: {{schema: {con}}}}}}}"
    files = _files(
        f"""
paths:
  /aux: {{post: {{tags: [aux], operationId: make, responses: {{'200': {answer}}}}}}}
components:
  schemas:
    Con: {{properties: {{nul: {{$ref: '#/components/schemas/Nul'}}}}}}
    Nul: {{properties: {{a: {{type: string}}}}}}
""",
        tmp_path,
    )
    assert {"test/resources/aux_.py", "test/models/con_.py", "test/models/nul_.py"} <= files.keys()
    assert "from .nul_ import Nul\n" in files["test/models/con_.py"]
    assert "def aux(self) -> Aux:" in files["test/client.py"]


def test_the_reference_has_a_fence_that_is_longer_than_what_is_in_it(tmp_path: Path) -> None:
    files = _files(
        """
paths:
  /a:
    get:
      parameters: [{name: mood, in: query, schema: {type: string, enum: ['a``b`c']}}]
      responses: {'204': {description: ok}}
""",
        tmp_path,
    )
    assert '(``` Literal["a``b`c"] ```, optional)' in files["reference.md"]


def test_no_package_is_given_that_python_cannot_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sdkgen.emit.package._HEADER", "# Written by\nsomebody else")
    with pytest.raises(SyntaxError):
        _files("paths: {/ping: {get: {responses: {'204': {description: ok}}}}}", tmp_path)
