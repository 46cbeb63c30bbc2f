"""Streams by configuration and by vendors' extensions: each becomes the same plan."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from generator.lower.lowering import lowered, only_operation
from packages import ROOT
from sdkgen import source
from sdkgen.config import load
from sdkgen.diagnostics import Diagnostic, Diagnostics, Severity
from sdkgen.ir import api
from sdkgen.ir.streams import (
    DataKind,
    Envelopes,
    EventVariant,
    Handler,
    Payloads,
    RawEvents,
    Terminator,
)
from sdkgen.ir.types import Alias, Choice, Field, Model, Named
from sdkgen.lower import lower


def _lowered(
    case: str, tmp_path: Path, config: str | None = None
) -> tuple[api.Api, list[Diagnostic]]:
    """A document of the project's own, with its configuration or another."""
    diagnostics = Diagnostics()
    folder = ROOT / "specs" / case
    path = folder / "sdkgen.yaml"
    if config is not None:
        path = tmp_path / "sdkgen.yaml"
        path.write_text(textwrap.dedent(config))
    return _read(folder / "openapi.yaml", path if path.exists() else None, diagnostics)


def _read(
    spec: Path, config: Path | None, diagnostics: Diagnostics
) -> tuple[api.Api, list[Diagnostic]]:
    settings = load(config, diagnostics)
    document = source.read(str(spec), diagnostics)
    return lower(document, settings, diagnostics), list(diagnostics)


def _written(
    tmp_path: Path, paths: str, config: str, more: str = ""
) -> tuple[api.Api, list[Diagnostic]]:
    """A document of these paths, with a configuration."""
    spec, settings = tmp_path / "openapi.yaml", tmp_path / "sdkgen.yaml"
    info = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
    spec.write_text(f"{info}paths: {paths}\n{more}")
    settings.write_text(textwrap.dedent(config))
    return _read(spec, settings, Diagnostics())


def _watch(streaming: str) -> str:
    """A configuration of one method that streams."""
    method = f"{{endpoint: get /w, streaming: {streaming}}}"
    return f"resources: {{w: {{methods: {{watch: {method}}}}}}}\n"


def _operations(resources: tuple[api.Resource, ...]) -> dict[str, api.Operation]:
    found = {}
    for resource in resources:
        for operation in resource.operations:
            found[".".join((*resource.path, operation.name))] = operation
        found |= _operations(resource.children)
    return found


def test_a_dual_endpoint_is_declared_by_its_discriminator_and_model(tmp_path: Path) -> None:
    described, found = _lowered("completions", tmp_path)
    assert found == []
    operation = _operations(described.resources)["chat.completions.create"]
    assert operation.stream is not None
    assert operation.stream.content == Payloads(Named("ChatCompletionChunk"), DataKind.JSON)
    assert operation.stream_name == "stream"
    assert operation.switch is not None
    assert (operation.switch.parameter.wire, operation.params) == (
        "stream",
        "ChatCompletionCreateParams",
    )
    assert [one.type for one in operation.returns] == [Named("ChatCompletion")]


def test_an_endpoint_that_always_streams_has_no_other_answer(tmp_path: Path) -> None:
    described, _ = _lowered("completions", tmp_path)
    operation = _operations(described.resources)["my_resources.stream_data"]
    assert operation.stream is not None
    assert (operation.stream.item, operation.stream_name) == (Named("StreamChunk"), None)
    assert operation.returns == ()


class Prompt(BaseModel):
    text: str


class Choosing(Prompt):
    stream: bool = False


def _exported_by_fastapi(*, takes: Any = Prompt, **options: Any) -> tuple[api.Operation, list[str]]:
    """An endpoint that says beside its type, or lack of one, that it streams."""
    app = FastAPI()
    content: dict[int | str, Any] = {200: {"content": {"text/event-stream": {}}}}

    def runs(prompt):  # type: ignore[no-untyped-def]
        raise NotImplementedError

    runs.__annotations__ = {"prompt": takes}
    app.post("/runs", responses=content, **options)(runs)
    described, found = lowered(json.dumps(app.openapi()))
    return only_operation(described), [one.code for one in found]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"response_class": StreamingResponse},
        {"takes": Prompt | None},
        {"takes": list[Prompt]},
    ],
)
def test_json_that_fastapi_adds_to_a_stream_is_no_second_answer(options: dict[str, Any]) -> None:
    operation, found = _exported_by_fastapi(**options)
    assert operation.stream is not None
    assert (operation.stream_name, operation.returns, found) == (None, (), [])


@pytest.mark.parametrize(
    ("streaming", "stream_name"),
    [("terminator: DONE", None), ("param_discriminator: more, params_type_name: runs", "stream")],
)
def test_what_is_settled_of_a_stream_leaves_it_the_only_answer(
    streaming: str, stream_name: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "sdkgen.yaml"
    method = f"{{endpoint: post /a, streaming: {{{streaming}}}}}"
    path.write_text(f"resources: {{a: {{methods: {{run: {method}}}}}}}")
    described, found = lowered(
        """
        paths:
          /a:
            post:
              x-fern-streaming: true
              parameters: [{name: more, in: query, schema: {type: boolean}}]
              responses:
                '200':
                  description: ok
                  content: {application/json: {}, text/event-stream: {}}
        """,
        load(path, Diagnostics()),
    )
    assert found == []
    assert only_operation(described).stream_name == stream_name


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"takes": Choosing}, []),
        ({"takes": Choosing | None}, ["Stream/HiddenSwitch"]),
        ({"response_model": dict[str, int]}, []),
    ],
)
def test_json_that_may_be_asked_for_or_has_a_type_is_a_second_answer(
    options: dict[str, Any], codes: list[str]
) -> None:
    operation, found = _exported_by_fastapi(**options)
    assert operation.stream is not None
    assert operation.stream_name is not None
    assert [one.kind for one in operation.returns] == [api.Kind.JSON]
    assert found == codes


def test_handlers_are_kept_in_their_order(tmp_path: Path) -> None:
    described, _ = _lowered("completions", tmp_path)
    operation = _operations(described.resources)["chat.completions.create"]
    assert operation.stream is not None
    assert operation.stream.handlers == (
        Handler("done", data_starts_with="[DONE]"),
        Handler("error", event_types=("error",)),
        Handler("continue", event_types=("ping", "heartbeat")),
        Handler("yield", error_property="error"),
    )


METHOD = """
    resources:
      chat:
        methods:
          create:
            endpoint: post /chat/completions
            streaming: {param_discriminator: stream%s}
"""


@pytest.mark.parametrize(
    ("model", "expected"),
    [("", "ChatCompletionsResponse"), (", stream_event_model: StreamResponse", "StreamResponse")],
)
def test_a_model_may_be_a_schema_s_name_and_defaults_to_the_response(
    model: str, expected: str, tmp_path: Path
) -> None:
    described, _ = _lowered("completions", tmp_path, METHOD % model)
    stream = _operations(described.resources)["chat.create"].stream
    assert stream is not None
    expected = expected if model else "CreateChatCompletionResponse"
    assert stream.item == Named(expected)


@pytest.mark.parametrize("asked", ["null", "stream"])
@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{properties: {type: {const: a}, text: {type: string}}}", Payloads),
        ("{oneOf: [{properties: {type: {const: a}}}, {properties: {kind: {}}}]}", Payloads),
        ("{properties: {event: {const: a}, data: {type: string}}}", Envelopes),
        (
            "{oneOf: [{properties: {event: {const: a}}}, {properties: {data: {}}}]}",
            Envelopes,
        ),
        ("{properties: {data: {type: string}, more: {type: string}}}", None),
    ],
)
def test_the_model_defaults_to_that_of_the_stream_s_response(
    schema: str, expected: type | None, asked: str, tmp_path: Path
) -> None:
    (tmp_path / "openapi.yaml").write_text(
        textwrap.dedent(f"""\
            openapi: 3.1.0
            info: {{title: T, version: '1'}}
            paths:
              /events:
                post:
                  requestBody:
                    content:
                      application/json:
                        schema: {{type: object, properties: {{stream: {{type: boolean}}}}}}
                  responses:
                    '200': {{description: ok, content: {{text/event-stream: {{schema: {schema}}}}}}}
            """)
    )
    (tmp_path / "sdkgen.yaml").write_text(
        textwrap.dedent(f"""\
            resources:
              events:
                methods:
                  create: {{endpoint: post /events, streaming: {{param_discriminator: {asked}}}}}
            """)
    )
    diagnostics = Diagnostics()
    config = load(tmp_path / "sdkgen.yaml", diagnostics)
    document = source.read(str(tmp_path / "openapi.yaml"), diagnostics)
    described = lower(document, config, diagnostics)
    if expected is None:  # an event in all but one field
        assert [one.code for one in diagnostics] == ["Stream/UnknownField"]
        return
    assert not diagnostics.has_errors
    stream = _operations(described.resources)["events.create"].stream
    assert stream is not None
    assert isinstance(stream.content, expected)


def test_a_stream_s_model_may_be_a_whole_event_and_what_no_event_has_is_left_out(
    tmp_path: Path,
) -> None:
    described, found = _lowered("notebook", tmp_path)
    stream = _operations(described.resources)["runs.create"].stream
    assert stream is not None
    assert stream.content == Envelopes(
        (
            EventVariant("RunStartedEvent", ("run.started",), DataKind.JSON),
            EventVariant("RunEndedEvent", ("run.ended",), DataKind.JSON),
        )
    )
    model = described.definitions["RunStartedEvent"]
    assert isinstance(model, Model)
    assert [field.name for field in model.fields] == ["event", "data"]
    (warning,) = found
    assert (warning.severity, warning.code) == (Severity.WARNING, "Stream/UnknownField")
    assert str(warning.location).endswith("openapi.yaml:139:13")


def test_a_model_that_has_nothing_of_an_event_is_none_whatever_is_said(tmp_path: Path) -> None:
    config = METHOD % ", schema: event, stream_event_model: StreamResponse"
    described, found = _lowered("completions", tmp_path, config)
    assert _operations(described.resources)["chat.create"].stream is None
    assert [one.code for one in found if one.severity is Severity.ERROR] == ["Stream/UnknownField"]


def test_a_stream_of_which_the_document_has_no_model_gives_raw_events(tmp_path: Path) -> None:
    described, _ = _lowered("notebook", tmp_path)
    stream = _operations(described.resources)["runs.log"].stream
    assert stream is not None
    assert stream.content == RawEvents()


def test_what_tells_data_apart_may_be_in_the_mapping_alone(tmp_path: Path) -> None:
    described, _ = _lowered("notebook", tmp_path)
    stream = _operations(described.resources)["beta.runs.create"].stream
    assert stream is not None
    assert stream.content == Payloads(Named("CellEvent"), DataKind.JSON, "cellEvent")
    assert stream.own_tag == "cellEvent"
    model = described.definitions["CellEnded"]
    assert isinstance(model, Model)
    assert model.fields[0] == Field("cellEvent", Choice(("cell.ended",)), required=True)


def test_a_model_that_does_not_exist_gets_the_nearest_name(tmp_path: Path) -> None:
    _, found = _lowered("completions", tmp_path, METHOD % ", stream_event_model: StreamRespons")
    (error, *_) = found
    assert error.code == "Config/UnknownModel"
    assert str(error.location).endswith("sdkgen.yaml:7:70")
    assert error.hint == "did you mean `StreamResponse`?"


def test_an_endpoint_that_does_not_exist_gets_the_nearest_name(tmp_path: Path) -> None:
    config = "resources:\n  chat:\n    methods:\n      create: post /chat/completion\n"
    _, found = _lowered("completions", tmp_path, config)
    (error,) = [one for one in found if one.severity is Severity.ERROR]
    assert error.code == "Config/UnknownEndpoint"
    assert str(error.location).endswith("sdkgen.yaml:4:15")
    assert error.hint == "did you mean `post /chat/completions`?"


def test_a_schema_that_does_not_exist_gets_the_nearest_name(tmp_path: Path) -> None:
    config = "resources:\n  chat:\n    models:\n      chunk: StreamRespons\n"
    _, found = _lowered("completions", tmp_path, config)
    (error,) = [one for one in found if one.severity is Severity.ERROR]
    assert (error.code, error.hint) == (
        "Config/UnknownModel",
        "did you mean `StreamResponse`?",
    )


@pytest.mark.parametrize(
    ("config", "code", "place", "message"),
    [
        (
            "a: {methods: {x: post /stream}}, b: {methods: {y: post /stream}}",
            "Config/SameEndpoint",
            "1:63",
            "`post /stream` is a method already: `a.x`.",
        ),
        (
            "a: {models: {x: Message}}, b: {models: {y: Message}}",
            "Config/SameModel",
            "1:56",
            "`Message` is `X` already.",
        ),
        (
            "a: {models: {x: Message, X: StreamResponse}}",
            "Config/SameName",
            "1:41",
            "Another schema is `AX` already.",
        ),
        (
            "a: {methods: {b: post /stream}, subresources: {b: {methods: {c: *e}}}}",
            "Config/SameName",
            "1:30",
            "POST /stream and another method or resource would both be `a.b`.",
        ),
    ],
)
def test_what_is_named_twice_is_an_error_and_never_left_out_in_silence(
    config: str, code: str, place: str, message: str, tmp_path: Path
) -> None:
    text = "resources: {" + config.replace("*e", "post /chat/completions") + "}"
    _, found = _lowered("completions", tmp_path, text)
    (error,) = [one for one in found if one.severity is Severity.ERROR]
    assert (error.code, error.message) == (code, message)
    assert str(error.location).endswith(f"sdkgen.yaml:{place}")


def test_an_example_of_no_endpoint_is_an_error(tmp_path: Path) -> None:
    described, found = _lowered("completions", tmp_path, "example: post /chat/completion")
    (error,) = [one for one in found if one.severity is Severity.ERROR]
    assert (error.code, error.message, error.hint) == (
        "Config/UnknownEndpoint",
        "The document has no endpoint `post /chat/completion`.",
        "did you mean `post /chat/completions`?",
    )
    assert str(error.location).endswith("sdkgen.yaml:1:10")
    assert described.example is None


NO_BOOLEAN = (
    "Name a boolean of the body, the query or the headers, or another argument and its "
    "`stream_value`."
)


@pytest.mark.parametrize(
    ("name", "what", "hint"),
    [
        ("strem", "does not exist", "did you mean `stream`?"),
        (
            "model",
            "is no boolean",
            NO_BOOLEAN,
        ),
    ],
)
def test_a_discriminator_that_is_no_boolean_argument_is_an_error(
    name: str, what: str, hint: str, tmp_path: Path
) -> None:
    config = METHOD.replace("param_discriminator: stream", f"param_discriminator: {name}") % ""
    _, (error,) = _lowered("completions", tmp_path, config)
    assert (error.code, error.hint) == ("Streaming/UnknownParameter", hint)
    assert f"`{name}`" in error.message
    assert what in error.message
    assert str(error.location).endswith("sdkgen.yaml:7:42")


def test_a_value_that_no_argument_has_is_an_error(tmp_path: Path) -> None:
    config = "param_discriminator: stream, stream_value: sse"
    _, (error,) = _lowered(
        "completions", tmp_path, METHOD.replace("param_discriminator: stream", config) % ""
    )
    assert error.code == "Streaming/UnknownParameter"
    assert "is never `sse`" in error.message


def test_a_text_that_may_be_any_may_ask_for_a_stream(tmp_path: Path) -> None:
    config = "param_discriminator: model, stream_value: live"
    described, found = _lowered(
        "completions", tmp_path, METHOD.replace("param_discriminator: stream", config) % ""
    )
    assert found == []
    switches = [one.switch for one in _operations(described.resources).values()]
    assert [(one.parameter.wire, one.value) for one in switches if one] == [("model", "live")]


def test_a_value_that_an_enumeration_lacks_is_an_error(tmp_path: Path) -> None:
    config = (ROOT / "specs" / "speech" / "sdkgen.yaml").read_text()
    wrong = config.replace("stream_value: live", "stream_value: lives")
    _, (error,) = _lowered("speech", tmp_path, wrong)
    assert (error.code, error.hint) == ("Streaming/UnknownParameter", "did you mean `live`?")
    assert "is never `lives`" in error.message


@pytest.mark.parametrize("wrong", ["strem", "model"])
def test_the_discriminator_of_what_always_streams_is_looked_at(wrong: str, tmp_path: Path) -> None:
    _, (error,) = _lowered(
        "chat",
        tmp_path,
        f"""
        resources:
          chat:
            methods:
              create: {{endpoint: post /chat, streaming: {{param_discriminator: {wrong}}}}}
        """,
    )
    assert (error.code, error.hint) == ("Streaming/UnknownParameter", NO_BOOLEAN)
    assert f"`{wrong}`" in error.message


def test_a_value_of_no_argument_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    config = METHOD.replace("param_discriminator: stream", "stream_value: sse") % ""
    described, (error,) = _lowered("completions", tmp_path, config)
    assert (error.code, error.hint) == ("Config/MissingKey", "param_discriminator: stream_format")
    switch = _operations(described.resources)["chat.create"].switch
    assert switch is not None
    assert switch.value is True


@pytest.mark.parametrize(
    ("schema", "asks"),
    [
        ("{const: false}", False),
        ("{enum: [false]}", False),
        ("{const: true}", True),
        ("{enum: [true, false]}", True),
    ],
)
def test_only_what_can_be_true_asks_for_a_stream(schema: str, *, asks: bool) -> None:
    body = f"{{type: object, properties: {{stream: {schema}}}}}"
    content = "{application/json: {schema: {type: integer}}, text/event-stream: {}}"
    described, _ = lowered(
        f"""
        paths:
          /chat:
            post:
              requestBody: {{content: {{application/json: {{schema: {body}}}}}}}
              responses: {{'200': {{description: ok, content: {content}}}}}
        """
    )
    assert (only_operation(described).switch is not None) is asks


def test_the_types_of_arguments_are_named_after_the_body_s_schema(tmp_path: Path) -> None:
    described, found = _lowered("completions", tmp_path, METHOD % "")
    operation = _operations(described.resources)["chat.create"]
    assert operation.params == "CreateChatCompletionRequestParams"
    assert found == []


def test_arguments_whose_types_cannot_be_named_are_warned_of(tmp_path: Path) -> None:
    config = """
        resources:
          books:
            methods:
              write:
                endpoint: post /books/{book_id}/reviews
                streaming: {param_discriminator: stream}
    """
    diagnostics = Diagnostics()
    path = tmp_path / "sdkgen.yaml"
    path.write_text(textwrap.dedent(config))
    document = source.read(str(ROOT / "specs/bookshop/openapi-3.1.yaml"), diagnostics)
    described = lower(document, load(path, diagnostics), diagnostics)
    (warning,) = diagnostics
    assert warning.code == "Streaming/CannotInferParamsName"
    assert "params_type_name" in (warning.hint or "")
    assert _operations(described.resources)["books.write"].params == "BooksWriteParams"


@pytest.mark.parametrize(
    ("switch", "framing", "media_types"),
    [
        # The argument says which answer it is, not its media type.
        ("stream", "jsonl", ("application/json",)),
        ("stream", "sse", ()),
        ("null", "json-seq", ("application/json",)),
        ("null", "sse", ()),
    ],
)
def test_the_format_of_a_stream_may_be_said_where_the_document_has_none(
    switch: str, framing: str, media_types: tuple[str, ...], tmp_path: Path
) -> None:
    said = f"param_discriminator: {switch}, format: {framing}"
    config = METHOD.replace("param_discriminator: stream", said) % ""
    described, found = _lowered("completions", tmp_path, config)
    stream = _operations(described.resources)["chat.create"].stream
    assert stream is not None
    assert (stream.framing, stream.media_types, found) == (framing, media_types, [])
    assert isinstance(stream.content, Payloads)


def test_a_model_that_is_named_is_that_of_data_whatever_the_schemas_of_the_document_are(
    tmp_path: Path,
) -> None:
    config = METHOD % ", stream_event_model: StreamResponse"
    for said, kind in (("", Payloads), (", schema: event", Envelopes)):
        own = textwrap.dedent(config.replace("StreamResponse}", f"StreamResponse{said}}}"))
        described, _ = _lowered("completions", tmp_path, f"streaming: {{schema: event}}\n{own}")
        stream = _operations(described.resources)["chat.create"].stream
        assert stream is None or isinstance(stream.content, kind), said
        assert (stream is None) == bool(said)  # it is not one of events


def test_an_object_of_which_nothing_is_said_is_data_where_an_argument_asks_for_it(
    tmp_path: Path,
) -> None:
    body = "{content: {application/json: {schema: {properties: {stream: {type: boolean}}}}}}"
    content = "{application/json: {schema: {}}, text/event-stream: {schema: {type: object}}}"
    paths = (
        "{/chat/completions: {post: {tags: [chat], operationId: create, "
        f"requestBody: {body}, responses: {{'200': {{description: ok, content: {content}}}}}}}}}}}"
    )
    for config, kind in ((METHOD % "", Payloads), ("{}", RawEvents)):
        described, _ = _written(tmp_path, paths, config)
        stream = _operations(described.resources)["chat.create"].stream
        assert stream is not None
        assert isinstance(stream.content, kind)


def test_what_spring_sends_is_no_surprise_where_the_configuration_says_that_it_streams(
    tmp_path: Path,
) -> None:
    described, found = _written(
        tmp_path,
        "{/w: {get: {tags: [w], operationId: watch, responses: {'200': {description: ok, "
        "content: {'*/*': {schema: {$ref: '#/components/schemas/SseEmitter'}}}}}}}}",
        _watch("{param_discriminator: null, stream_event_model: null}"),
        "components: {schemas: {SseEmitter: {type: object, properties: {timeout: {}}}}}\n",
    )
    stream = _operations(described.resources)["w.watch"].stream
    assert stream is not None
    assert stream.content == RawEvents()
    assert found == []


@pytest.mark.parametrize(
    ("description", "body", "is_alone"),
    [
        ("Successful Response", "{type: array}", True),
        ("Successful Response", "{}", False),  # anyone may send a `stream` in it
        ("OK", "{type: array}", False),  # others name operations alike
    ],
)
def test_json_that_fastapi_adds_is_left_out_where_nothing_else_could_be_meant(
    description: str, body: str, tmp_path: Path, *, is_alone: bool
) -> None:
    content = "{application/json: {schema: {}}, text/event-stream: {}}"
    described, _ = _written(
        tmp_path,
        "{/w: {post: {tags: [w], operationId: go_w_post, "
        f"requestBody: {{content: {{application/json: {{schema: {body}}}}}}}, "
        f"responses: {{'200': {{description: {description}, content: {content}}}}}}}}}}}",
        "{}",
    )
    (operation,) = _operations(described.resources).values()
    assert operation.stream is not None
    assert (operation.returns == ()) is is_alone


def test_lines_of_json_are_asked_for_by_what_may_be_lines_of_json(tmp_path: Path) -> None:
    schema = "{schema: {type: object, properties: {n: {type: integer}}}}"
    types = ("application/json", "application/vnd.k8s.protobuf", "application/yaml", "text/plain")
    content = ", ".join(f"{one}: {schema}" for one in types)
    described, _ = _written(
        tmp_path,
        "{/w: {get: {tags: [w], operationId: watch, responses: {'200': {description: ok, "
        f"content: {{{content}}}}}}}}}}}}}",
        _watch("{param_discriminator: null, format: jsonl}"),
    )
    stream = _operations(described.resources)["w.watch"].stream
    assert stream is not None
    assert stream.media_types == ("application/json", "text/plain")


@pytest.mark.parametrize("said", ["resume: true", "terminator: '[DONE]'", "yield: data"])
def test_a_stream_that_no_one_declares_is_an_error(said: str, tmp_path: Path) -> None:
    config = METHOD.replace("param_discriminator: stream", said) % ""
    described, found = _lowered("completions", tmp_path, config)
    error = next(one for one in found if one.severity is Severity.ERROR)
    assert error.code == "Streaming/NoStream"
    assert str(error.location).endswith("sdkgen.yaml:7:20")
    assert _operations(described.resources)["chat.create"].stream is None


def test_no_handler_that_yields_is_an_error(tmp_path: Path) -> None:
    config = "streaming:\n  on_event:\n    - {event_type: error, handle: error}\n"
    _, (error,) = _lowered("selam", tmp_path, config)
    assert error.code == "Streaming/NothingYielded"
    assert "kind: fallthrough" in (error.hint or "")


def test_a_handler_that_is_never_reached_is_warned_of(tmp_path: Path) -> None:
    config = """
        streaming:
          on_event:
            - {kind: fallthrough, handle: yield}
            - {event_type: error, handle: error}
    """
    _, (warning,) = _lowered("selam", tmp_path, config)
    assert (warning.code, warning.severity) == ("Streaming/NeverReached", Severity.WARNING)
    assert str(warning.location).endswith("sdkgen.yaml:5:7")


def test_fern_s_extension_declares_both_answers_the_switch_and_the_end(tmp_path: Path) -> None:
    described, found = _lowered("fern-chat", tmp_path)
    assert found == []
    operations = _operations(described.resources)
    chat = operations["chat.create"]
    assert chat.stream is not None
    assert (chat.stream.item, chat.stream.framing) == (Named("ChatStreamEvent"), "sse")
    assert chat.stream.terminator == Terminator("[DONE]", ())
    assert chat.stream.may_be_unknown
    assert (chat.stream_name, chat.switch and chat.switch.parameter.wire) == ("stream", "stream")
    assert [one.type for one in chat.returns] == [Named("ChatResponse")]
    assert isinstance(described.definitions["ChatStreamEvent"], Alias)
    log = operations["log.follow"]
    assert log.stream is not None
    assert (log.stream.item, log.stream.framing) == (Named("LogEntry"), "jsonl")
    assert (log.returns, log.stream_name) == ((), None)


def test_sequential_json_is_a_stream_of_its_items(tmp_path: Path) -> None:
    described, found = _lowered("jsonl", tmp_path)
    assert found == []
    operations = _operations(described.resources)
    streams = {name: one.stream for name, one in operations.items()}
    assert {name: one and (one.item, one.framing) for name, one in streams.items()} == {
        "entries.list": (Named("Entry"), "jsonl"),
        "entries.export": (Named("Entry"), "jsonl"),
        "entries.sequence": (Named("Entry"), "json-seq"),
    }


DONE = """\
streaming:
  terminator: '[DONE]'
  on_event:
    - {data_starts_with: '[DONE]', handle: done}
    - {kind: fallthrough, handle: yield, error_property: error}
"""


def test_what_ends_all_event_streams_is_not_needed_for_sequences_of_json(tmp_path: Path) -> None:
    described, found = _lowered("jsonl", tmp_path, DONE)
    assert found == []
    for operation in _operations(described.resources).values():
        assert operation.stream is not None
        assert operation.stream.terminator == Terminator()
        assert [one.handle for one in operation.stream.handlers] == ["break", "yield"]


def test_a_method_s_sequence_of_json_ends_by_what_is_said_of_it(tmp_path: Path) -> None:
    end = "{format: jsonl, param_discriminator: null, terminator: '[END]'}"
    document = "{get: {responses: {'200': {description: ok, content: {application/json: {}}}}}}"
    described, found = _written(tmp_path, f"{{/w: {document}}}", DONE + _watch(end))
    assert found == []
    stream = _operations(described.resources)["w.watch"].stream
    assert stream is not None
    assert stream.terminator == Terminator("[END]")
    assert [one.handle for one in stream.handlers] == ["break", "yield"]


def test_items_may_be_the_data_of_events_alone(tmp_path: Path) -> None:
    described, _ = _lowered("chat", tmp_path, "streaming: {yield: data}")
    stream = only_operation(described).stream
    assert stream is not None
    assert isinstance(stream.content, Envelopes)
    assert stream.content.gives_data
    assert stream.item == Named("ChatEventData")


@pytest.mark.parametrize(
    ("config", "expected"), [("", True), ("streaming: {resume: false}", False)]
)
def test_a_stream_with_a_last_event_id_parameter_can_be_resumed_unless_declared_not_to(
    config: str, expected: bool, tmp_path: Path
) -> None:
    described, _ = _lowered("items-3.2", tmp_path, config or "package: ticker")
    stream = only_operation(described).stream
    assert stream is not None
    assert stream.resumable is expected


EVENTS = """
openapi: 3.1.0
info: {title: Test, version: '1'}
paths:
  /runs:
    get: {operationId: runs, tags: [runs], responses: {'200': {description: ok}}}
components:
  schemas:
    RunEvent:
      oneOf: [{$ref: '#/components/schemas/Started'}, {$ref: '#/components/schemas/Finished'}]
    Started: {type: object, properties: {event: {const: started}, data: {type: object}}}
    Finished: {type: object, properties: {event: {const: finished}, data: {type: object}}}
    Chunk: {type: object, properties: {id: {type: string}, delta: {type: string}}}
    Note: {type: object, properties: {id: {type: string}, data: {type: string}}}
    OpenEvent:
      oneOf: [{$ref: '#/components/schemas/Started'}, {$ref: '#/components/schemas/Note'}]
    Mixed:
      oneOf: [{$ref: '#/components/schemas/Started'}, {$ref: '#/components/schemas/Chunk'}]
    Entry: {type: object, properties: {event: {type: string}, data: {}, level: {type: string}}}
"""


def _runs(folder: Path, streaming: str) -> list[Diagnostic]:
    """What is found where the one endpoint always streams, in this way."""
    (folder / "openapi.yaml").write_text(EVENTS, "utf-8")
    (folder / "sdkgen.yaml").write_text(
        "resources:\n  runs:\n    models: {run_event: RunEvent}\n    methods:\n      follow:\n"
        "        endpoint: get /runs\n        streaming:\n          param_discriminator: null\n"
        + "".join(f"          {line}\n" for line in streaming.splitlines()),
        "utf-8",
    )
    diagnostics = Diagnostics()
    config = load(folder / "sdkgen.yaml", diagnostics)
    lower(source.read(str(folder / "openapi.yaml"), diagnostics), config, diagnostics)
    return list(diagnostics)


@pytest.mark.parametrize("model", ["RunEvent", "OpenEvent"])
def test_whole_events_that_are_declared_to_be_data_are_warned_of(
    model: str, tmp_path: Path
) -> None:
    (warning,) = _runs(tmp_path, f"stream_event_model: {model}")
    assert (warning.severity, warning.code) == (Severity.WARNING, "Stream/WholeEvents")
    assert str(warning.location).endswith("sdkgen.yaml:9:31")
    assert str(warning.hint).startswith("Add `schema: event`")


@pytest.mark.parametrize(
    "streaming",
    [
        "stream_event_model: RunEvent\nschema: event",
        "stream_event_model: RunEvent\nschema: data",
        "stream_event_model: Chunk",
        "stream_event_model: Note",  # `data` alone may be a name of theirs
        "stream_event_model: Mixed",
        "stream_event_model: Entry",
        "stream_event_model: RunEvent\nschema: event\nterminator: {event: [finished]}",
        # A note may be of any type.
        "stream_event_model: OpenEvent\nschema: event\nterminator: {event: [finished]}",
    ],
)
def test_what_is_declared_as_it_is_is_not_warned_of(streaming: str, tmp_path: Path) -> None:
    assert _runs(tmp_path, streaming) == []


def test_data_that_is_declared_to_be_whole_events_is_an_error(tmp_path: Path) -> None:
    (error,) = _runs(tmp_path, "stream_event_model: Chunk\nschema: event")
    assert (error.severity, error.code) == (Severity.ERROR, "Stream/UnknownField")
    assert "`delta`" in error.message


def test_a_last_event_that_there_is_not_gets_the_nearest_name(tmp_path: Path) -> None:
    declared = "stream_event_model: RunEvent\nschema: event\nterminator: {event: %s}"
    (warning,) = _runs(tmp_path, declared % "[finishd, started]")
    assert (warning.severity, warning.code) == (Severity.WARNING, "Stream/UnknownTerminator")
    assert str(warning.location).endswith("sdkgen.yaml:11:23")
    assert warning.hint == "did you mean `finished`?"
    (warning,) = _runs(tmp_path, declared % "[zzz]")
    assert warning.hint == "it has `started`, `finished`"


def test_a_model_of_a_schema_that_does_not_exist_is_reported_once(tmp_path: Path) -> None:
    found = _runs(tmp_path, "stream_event_model: runs.run_event")
    assert [one.code for one in found] == ["Stream/WholeEvents"]
    config = "resources:\n  runs:\n    models: {run_event: RunEvnt}\n    methods:\n      follow:\n"
    config += (
        "        endpoint: get /runs\n        streaming: {stream_event_model: runs.run_event}\n"
    )
    (tmp_path / "sdkgen.yaml").write_text(config, "utf-8")
    diagnostics = Diagnostics()
    read = source.read(str(tmp_path / "openapi.yaml"), diagnostics)
    lower(read, load(tmp_path / "sdkgen.yaml", diagnostics), diagnostics)
    (error,) = diagnostics
    assert (error.code, error.hint) == ("Config/UnknownModel", "did you mean `RunEvent`?")
