"""Documents that say less than their authors think: warnings, not silence."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import Mock

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from sse_starlette import EventSourceResponse

from generator.lower.lowering import lowered, only_operation
from sdkgen.config import load
from sdkgen.diagnostics import Diagnostics, Severity
from sdkgen.ir.types import Named
from sdkgen.lower.parameters import route

STREAM = "{in: query, name: stream, schema: {type: boolean}}"
OK = "{'200': {description: ok, content: {application/json: {}}}}"


def _operation(rest: str) -> str:
    return f"paths:\n  /x:\n    get: {{tags: [x], {rest}}}\n"


@pytest.mark.parametrize(
    ("rest", "code", "message", "hint"),
    [
        (
            "responses: {'200': {description: ok, content: {text/event-steam: {}}}}",
            "Stream/UnknownMediaType",
            "`text/event-steam`",
            "did you mean `text/event-stream`?",
        ),
        (
            "responses: {'200': {description: ok, content: {application/event-stream: {}}}}",
            "Stream/UnknownMediaType",
            "`application/event-stream`",
            "did you mean `text/event-stream`?",
        ),
        (
            "responses: {'200': {description: ok, content: {TEXT/EVENT_STREAM: {}}}}",
            "Stream/UnknownMediaType",
            "`TEXT/EVENT_STREAM`",
            "did you mean `text/event-stream`?",
        ),
        (
            "responses: {'200': {description: ok, content: {text/evnt-stream: {}}}}",
            "Stream/UnknownMediaType",
            "`text/evnt-stream`",
            "did you mean `text/event-stream`?",
        ),
        (
            (
                "responses: {'200': {description: ok, content: {text/event-stream: {}, "
                "application/jsonl: {}}}}"
            ),
            "Stream/Another",
            "another stream of ",
            "Put the stream first",
        ),
        (
            f"parameters: [{STREAM}], responses: {OK}",
            "Stream/Undeclared",
            "boolean `stream`",
            "param_discriminator: stream",
        ),
    ],
)
def test_what_is_probably_a_mistake_is_said(rest: str, code: str, message: str, hint: str) -> None:
    _, found = lowered(_operation(rest))
    (warning,) = {one for one in found if one.code == code}
    assert warning.severity is Severity.WARNING
    assert message in warning.message
    assert hint in (warning.hint or "")
    assert warning.location is not None
    assert warning.location.line == 5


def test_a_stream_that_another_key_of_the_endpoint_declares_is_not() -> None:
    streams = "{'200': {description: ok, content: {text/event-stream: {}}}}"
    sibling = f"  '/x#stream':\n    get: {{tags: [x], operationId: s, responses: {streams}}}\n"
    operation = _operation(f"parameters: [{STREAM}], responses: {OK}")
    assert [one.code for one in lowered(operation + sibling)[1]] == []


def test_how_to_configure_a_stream_can_be_pasted(tmp_path: Path) -> None:
    given = "{in: path, name: the 'one', required: true, schema: {type: string}}"
    document = f"""paths:
  /x/{{the 'one'}}/y: {{get: {{tags: [x], parameters: [{given}, {STREAM}], responses: {OK}}}}}
components: {{schemas: {{Item: {{type: object, properties: {{a: {{}}}}}}}}}}
"""
    (warning,) = lowered(document)[1]
    _, _, lines = (warning.hint or "").partition("in sdkgen.yaml:\n")
    for placeholder, name in {"NAME": "items", "METHOD": "follow", "SCHEMA": "Item"}.items():
        lines = lines.replace(placeholder, name)
    settings = tmp_path / "sdkgen.yaml"
    settings.write_text(lines)
    diagnostics = Diagnostics()
    described, found = lowered(document, load(settings, diagnostics))
    assert not [one for one in (*diagnostics, *found) if one.severity is Severity.ERROR]
    operation = only_operation(described)
    assert operation.stream is not None
    assert (operation.name, operation.stream.item) == ("follow", Named("Item"))


def test_a_server_without_a_host_is_warned_of() -> None:
    _, found = lowered(f"servers: [{{url: /rooms}}]\n{_operation(f'responses: {OK}')}")
    (warning,) = found
    assert warning.code == "Servers/Relative"
    assert "`/rooms`" in warning.message


@pytest.mark.parametrize(
    ("url", "given"),
    [
        (".", "that folder's URL as `base_url`."),
        ("./", "that folder's URL as `base_url`."),
        ("./v1", "a `base_url` that ends in `/v1`."),
        ("../v1/", "a `base_url` that ends in `/v1`."),
        ("v1", "a `base_url` that ends in `/v1`."),
        ("/v1", "a `base_url` that ends in `/v1`."),
    ],
)
def test_what_a_server_relative_to_the_document_asks_for_is_said(url: str, given: str) -> None:
    _, (warning,) = lowered(f"servers: [{{url: {url}}}]\n{_operation(f'responses: {OK}')}")
    assert warning.message.endswith(f"users have to give {given}")


@pytest.mark.parametrize("servers", ["[]", "[{url: /}]", "[{url: 'https://a.example'}]"])
def test_a_server_that_loses_nothing_is_not(servers: str) -> None:
    _, found = lowered(f"servers: {servers}\n{_operation(f'responses: {OK}')}")
    assert found == []


def test_a_switch_in_a_body_of_several_kinds_is_said() -> None:
    described, (warning,) = lowered(
        """
        paths:
          /runs:
            post:
              tags: [runs]
              requestBody:
                content:
                  application/json:
                    schema:
                      oneOf: [{$ref: "#/components/schemas/A"}, {$ref: "#/components/schemas/B"}]
              responses:
                '200':
                  description: ok
                  content: {application/json: {}, text/event-stream: {}}
        components:
          schemas:
            A: {type: object, properties: {a: {type: string}, stream: {const: true}}}
            B: {type: object, properties: {b: {type: string}, stream: {const: false}}}
        """
    )
    assert (warning.code, str(warning.location)) == ("Stream/HiddenSwitch", "test.yaml:8:7")
    assert "stream: {type: boolean}" in (warning.hint or "")
    assert only_operation(described).stream_name == "stream"


def test_what_could_not_ask_for_a_stream_in_a_body_of_several_kinds_is_not() -> None:
    kinds = (
        "{type: object, properties: {fast: {type: boolean}, stream: {type: string}}}",
        "{type: object, properties: {slow: {type: boolean}, stream: {type: integer}}}",
    )
    body = f"{{application/json: {{schema: {{oneOf: [{', '.join(kinds)}]}}}}}}"
    answers = OK.replace("}}}}", "}, text/event-stream: {}}}}")
    _, found = lowered(_operation(f"requestBody: {{content: {body}}}, responses: {answers}"))
    assert found == []


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        (
            "mode: {type: string, enum: [blocking, streaming]}",
            'param_discriminator: "mode", stream_value: "streaming"',
        ),
        ("use_streaming: {type: boolean}", 'param_discriminator: "use_streaming"}'),
        ("stream: {enum: ['true', 'false']}, mode: {enum: [sse, ws]}", None),  # `sse` is one
        ("upstream: {type: boolean}, mode: {enum: [a]}", None),
        ("stream_options: {type: object}", None),
        ("sse😀: {type: boolean}", 'param_discriminator: "sse😀"}'),
    ],
)
def test_what_looks_as_if_it_asked_for_a_stream_is_said(properties: str, said: str | None) -> None:
    body = f"{{application/json: {{schema: {{type: object, properties: {{{properties}}}}}}}}}"
    answers = OK.replace("}}}}", "}, text/event-stream: {}}}}")
    _, found = lowered(_operation(f"requestBody: {{content: {body}}}, responses: {answers}"))
    assert [one.code for one in found] == (["Stream/LikelySwitch"] if said else [])
    assert all(said is not None and said in (one.hint or "") for one in found)


@pytest.mark.parametrize("takes", [True, False])
def test_what_fastapi_does_not_export_of_a_response_class_is_said(*, takes: bool) -> None:
    app = FastAPI()

    def live() -> EventSourceResponse:
        raise NotImplementedError

    def live_since(since: int) -> EventSourceResponse:
        raise NotImplementedError

    app.get("/live", response_class=EventSourceResponse)(live_since if takes else live)

    @app.get("/whole")
    def whole() -> dict[str, int]:
        raise NotImplementedError

    @app.delete("/live", status_code=204)
    def end() -> None:
        raise NotImplementedError

    _, (warning,) = lowered(json.dumps(app.openapi()))
    assert (warning.code, warning.severity) == ("Response/NoMediaType", Severity.WARNING)
    assert warning.message.startswith("GET /live is said to answer with nothing, ")
    assert "endpoint: 'get /live', streaming: {param_discriminator: null, " in (warning.hint or "")


def test_what_fastapi_says_of_what_is_probably_a_stream_is_said() -> None:
    app = FastAPI()

    @app.post("/run_sse")
    async def run(since: int) -> StreamingResponse:
        raise NotImplementedError

    @app.get("/run")
    async def whole(since: int):  # type: ignore[no-untyped-def]
        raise NotImplementedError

    @app.get("/streams")
    async def all_of_them() -> list[str]:
        raise NotImplementedError

    @app.post("/runs/{run}/events")
    async def append(run: int):  # type: ignore[no-untyped-def]
        raise NotImplementedError

    _, (warning,) = lowered(json.dumps(app.openapi()))
    assert (warning.code, warning.severity) == ("Stream/Undeclared", Severity.WARNING)
    assert warning.message.startswith("POST /run_sse is called like a stream, ")
    assert "endpoint: 'post /run_sse', streaming: {param_discriminator: null, " in (
        warning.hint or ""
    )


def test_other_streams_of_an_endpoint_are_looked_for_among_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = Mock(side_effect=route)
    monkeypatch.setattr("sdkgen.lower.silences.route", looked)
    asks = "{name: stream, in: query, schema: {type: boolean}}"
    operation = f"{{post: {{tags: [a], parameters: [{asks}], responses: {{}}}}}}"
    paths = "".join(f"  /a{chr(97 + at)}: {operation}\n" for at in range(20))
    _, diagnostics = lowered(f"paths:\n{paths}")
    assert len(diagnostics) == 20
    assert looked.call_count < 3 * 2 * 20
