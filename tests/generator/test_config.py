from __future__ import annotations

import json
import keyword
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from jsonschema import Draft202012Validator

from sdkgen.config import Config, Streaming, load
from sdkgen.config_check import SCHEMA
from sdkgen.diagnostics import Diagnostics, DocumentError
from sdkgen.ir.streams import Terminator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sdkgen.yaml"


def config(path: Path, text: str) -> tuple[Config, list[str]]:
    path.write_text(text)
    diagnostics = Diagnostics()
    found = load(path, diagnostics)
    return found, [str(finding).replace(str(path), "sdkgen.yaml") for finding in diagnostics]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}", "streaming: {}"])
def test_a_file_that_decides_nothing_leaves_all_to_the_document(path: Path, text: str) -> None:
    assert config(path, text) == (Config(None, None, Streaming(None, Terminator(None, ()))), [])


def test_no_file_leaves_all_to_the_document() -> None:
    assert load(None, Diagnostics()) == Config()


def test_every_setting_is_read(path: Path) -> None:
    found, findings = config(
        path,
        "package: parley\nclient: Parley\nstreaming: {schema: data, terminator: '[DONE]'}\n",
    )
    assert findings == []
    assert found == Config("parley", "Parley", Streaming("data", Terminator("[DONE]")))


def test_events_may_end_a_stream(path: Path) -> None:
    found, findings = config(path, "streaming:\n  schema: event\n  terminator: {event: [a, b]}\n")
    assert findings == []
    assert found.streaming == Streaming("event", Terminator(None, ("a", "b")))


PACKAGE = 'The name by which the SDK is imported: a Python identifier. For example: `"parley"`'
TERMINATOR = (
    'What ends a stream: a text that stands in `data` ("[DONE]"),'
    " or the types of the last events (`{event: [message_stop]}`)."
    ' For example: `"[DONE]"`'
)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "\npakage: x",
            (
                "2:1: error Config/UnknownKey: `pakage` is not a setting\n"
                "  hint: did you mean `package`?"
            ),
        ),
        (
            "streaming:\n  xyz: 1",
            (
                "2:3: error Config/UnknownKey: `streaming.xyz` is not a setting\n"
                "  hint: settings here are `schema`, `terminator`, `yield`, `resume`, `on_event`"
            ),
        ),
        ("package: 5", f"1:10: error Config/WrongValue: `package` cannot be 5\n  hint: {PACKAGE}"),
        (
            "package: a-b",
            '1:10: error Config/WrongValue: `package` cannot be "a-b"\n  hint: did you mean `a_b`?',
        ),
        (
            "package: class",
            (
                '1:10: error Config/WrongValue: `package` cannot be "class"\n'
                "  hint: did you mean `class_api`?"
            ),
        ),
        (
            "package: '-'",
            f'1:10: error Config/WrongValue: `package` cannot be "-"\n  hint: {PACKAGE}',
        ),
        (
            "\npackage: json",
            (
                '2:10: error Config/WrongValue: `package` cannot be "json":'
                " it would hide the module of that name\n  hint: did you mean `json_api`?"
            ),
        ),
        (
            "package: pydantic",
            (
                '1:10: error Config/WrongValue: `package` cannot be "pydantic":'
                " it would hide the module of that name\n  hint: did you mean `pydantic_api`?"
            ),
        ),
        (
            "distribution: '@parley/sdk'",
            (
                '1:15: error Config/WrongValue: `distribution` cannot be "@parley/sdk"\n'
                "  hint: did you mean `parley-sdk`?"
            ),
        ),
        (
            "distribution: Typing.Extensions",
            (
                '1:15: error Config/WrongValue: `distribution` cannot be "Typing.Extensions":'
                " it would replace what packages need\n"
                "  hint: did you mean `Typing-Extensions-api`?"
            ),
        ),
        (
            'distribution: "parley\\n"',
            (
                '1:15: error Config/WrongValue: `distribution` cannot be "parley\\n":'
                " it is not letters and digits, with `-`, `_` or `.` between them\n"
                "  hint: did you mean `parley`?"
            ),
        ),
        (
            "client: a-b",
            '1:9: error Config/WrongValue: `client` cannot be "a-b"\n  hint: did you mean `AB`?',
        ),
        (
            "\nclient: APIStatus",
            (
                '2:9: error Config/WrongValue: `client` cannot be "APIStatus":'
                " packages have a `APIStatusError` already\n"
                "  hint: did you mean `APIStatusClient`?"
            ),
        ),
        (
            "client: rt",
            (
                '1:9: error Config/WrongValue: `client` cannot be "rt":'
                " packages have a `rt` already\n  hint: did you mean `Rt`?"
            ),
        ),
        (
            "client: __init__",
            (
                '1:9: error Config/WrongValue: `client` cannot be "__init__":'
                " what users import has no underscore before its name\n"
                "  hint: did you mean `Init`?"
            ),
        ),
        (
            "package:",
            f"1:9: error Config/WrongValue: `package` cannot be null\n  hint: {PACKAGE}",
        ),
        (
            "streaming: {schema: dta}",
            (
                '1:21: error Config/WrongValue: `streaming.schema` cannot be "dta"\n'
                "  hint: did you mean `data`?"
            ),
        ),
        (
            "streaming: {schema: x}",
            (
                '1:21: error Config/WrongValue: `streaming.schema` cannot be "x"\n'
                "  hint: What the schema of a stream describes: `event`, the event with its fields"
                " id, event, data and retry, or `data`, the payload alone."
            ),
        ),
        (
            "streaming: {terminator: {event: x}}",
            (
                '1:33: error Config/WrongValue: `streaming.terminator.event` cannot be "x"\n'
                "  hint: The types of the last events: `[message_stop]`."
            ),
        ),
        (
            "streaming: {terminator: ' '}",
            (
                '1:25: error Config/WrongValue: `streaming.terminator` cannot be " "\n'
                f"  hint: {TERMINATOR}"
            ),
        ),
        (
            "document_url: 'https:// bad'",
            (
                '1:15: error Config/WrongValue: `document_url` cannot be "https:// bad"\n'
                "  hint: Where the document is served: relative servers in it count from there, and"
                " `/` is its server where it lists none."
                ' For example: `"https://api.example.com/openapi.yaml"`'
            ),
        ),
        (
            "environments: {a: 'https://'}",
            (
                '1:19: error Config/WrongValue: `environments.a` cannot be "https://"\n'
                '  hint: The whole URL of a server. For example: `"https://api.example.com/v1"`'
            ),
        ),
        (
            "resources: null",
            (
                "1:12: error Config/WrongValue: `resources` cannot be null\n"
                "  hint: Resources by the names of the client's attributes."
                ' For example: `{"chat": {"methods": {"create": "post /chat"}}}`'
            ),
        ),
        (
            "streaming: 5",
            (
                "1:12: error Config/WrongValue: `streaming` cannot be 5\n"
                "  hint: How event streams are read where the document does not say."
                ' For example: `{"schema": "data", "terminator": "[DONE]"}`'
            ),
        ),
        (
            "[package]",
            (
                '1:1: error Config/WrongValue: a configuration cannot be ["package"]\n'
                "  hint: What sdkgen cannot read from an OpenAPI document,"
                ' or should decide otherwise. For example: `{"package": "parley"}`'
            ),
        ),
    ],
)
def test_what_is_no_setting_is_an_error_and_decides_nothing(
    path: Path, text: str, finding: str
) -> None:
    found, findings = config(path, text)
    assert findings == [f"sdkgen.yaml:{finding}"]
    assert found == Config()


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "streaming: {terminator: {event: [x], events: [y]}}",
            (
                "1:38: error Config/UnknownKey: `streaming.terminator.events` is not a setting\n"
                "  hint: did you mean `event`?"
            ),
        ),
        (
            "streaming: {on_event: [{kind: fallthrough, event_type: x, handle: yield}]}",
            (
                '1:56: error Config/WrongValue: `streaming.on_event.0.event_type` cannot be "x"\n'
                "  hint: Leave it out beside `kind: fallthrough`, which matches every event."
            ),
        ),
        (
            "streaming: {on_event: [{event_type: '', handle: yield}]}",
            (
                '1:37: error Config/WrongValue: `streaming.on_event.0.event_type` cannot be ""\n'
                "  hint: Matches events of this type, or of one of these; null for events without"
                " an `event:` line."
            ),
        ),
    ],
)
def test_what_is_wrong_in_a_part_of_a_setting_is_said_where_it_stands(
    path: Path, text: str, finding: str
) -> None:
    assert config(path, text)[1] == [f"sdkgen.yaml:{finding}"]


def test_what_is_right_still_counts(path: Path) -> None:
    found, findings = config(path, "client: X\nnope: 1\nstreaming: {schema: data, terminator: 5}\n")
    assert len(findings) == 2
    assert found == Config(client="X", streaming=Streaming("data"))


def test_what_needs_what_is_wrong_decides_nothing_either(path: Path) -> None:
    found, findings = config(
        path,
        """
        streaming:
          on_event:
            - {handle: yeild}
            - {handle: done, data_starts_with: '[DONE]'}
            - {kind: fallthrough}
        resources:
          chat:
            methods:
              create: {endpoint: Psot /chat}
              delete: {type: http}
              list: get /chat
        """,
    )
    assert [one.partition(": ")[2].partition("\n")[0] for one in findings] == [
        'error Config/WrongValue: `streaming.on_event.0.handle` cannot be "yeild"',
        "error Config/MissingKey: `streaming.on_event.2` has no `handle`",
        'error Config/WrongValue: `resources.chat.methods.create.endpoint` cannot be "Psot /chat"',
        "error Config/MissingKey: `resources.chat.methods.delete` has no `endpoint`",
    ]
    assert "did you mean `yield`?" in findings[0]
    assert "`post /chat/completions`" in findings[3]
    assert [one.handle for one in found.streaming.handlers] == ["done"]
    assert [one.name for one in found.resources[0].methods] == ["list"]


def test_the_verb_of_an_endpoint_may_be_written_in_capitals(path: Path) -> None:
    text = "resources: {a: {methods: {b: VERB /B, c: {endpoint: VERB /c}}}}\nexample: VERB /c"
    found, findings = config(path, text.replace("VERB", "POST"))
    assert findings == []
    assert found == config(path, text.replace("VERB", "post"))[0]


def test_what_is_wrong_in_a_list_leaves_the_rest_of_it(path: Path) -> None:
    text = "streaming: {on_event: [1, 2, {kind: fallthrough, handle: yield}, 3]}"
    found, findings = config(path, text)
    assert [one.handle for one in found.streaming.handlers] == ["yield"]
    assert len(findings) == 3


def test_one_value_in_two_places_is_left_out_of_both(path: Path) -> None:
    text = "resources: {a: &a {methods: {x: {endpoint: 5}}, y: 1}, b: *a}"
    found, findings = config(path, text)
    assert len(findings) == 4
    assert [one.methods for one in found.resources] == [(), ()]


def test_a_duplicate_key_is_reported(path: Path) -> None:
    found, findings = config(path, "client: X\nclient: Y\n")
    assert found.client == "Y"
    assert findings[0].startswith("sdkgen.yaml:2:1: error Source/DuplicateKey: ")


@pytest.mark.parametrize(
    ("raw", "message"),
    [(b"a: b: c", ":1:5: error Source/Syntax: "), (b"a: \xff", ":1:4: error Source/Encoding: ")],
)
def test_a_file_that_cannot_be_read_has_its_place(path: Path, raw: bytes, message: str) -> None:
    path.write_bytes(raw)
    with pytest.raises(DocumentError) as caught:
        load(path, Diagnostics())
    assert str(caught.value).startswith(f"{path}{message}")


def test_a_missing_file_is_an_error(path: Path) -> None:
    with pytest.raises(DocumentError, match=f"error Config/Unreadable: `{path}` cannot be read: "):
        load(path, Diagnostics())


def test_the_schema_is_sound_and_knows_the_keywords_of_python() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert set(schema["$defs"]["keyword"]["enum"]) == set(keyword.kwlist)
    for setting in schema["properties"].values():
        assert setting["description"].endswith(".")


def _examples(schema: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    """All examples of a schema, each with the schema that it is one of."""
    if isinstance(schema, dict):
        listed = schema.get("examples")
        yield from ((schema, one) for one in (listed if isinstance(listed, list) else ()))
    children = schema.values() if isinstance(schema, dict) else schema
    for child in children if isinstance(schema, dict | list) else ():
        yield from _examples(child)


def test_each_example_that_a_hint_may_show_is_right() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    examples = list(_examples(schema))
    assert len(examples) > 20
    for described, example in examples:
        jsonschema.validate(
            example, {**described, "$defs": schema["$defs"], "$schema": schema["$schema"]}
        )
