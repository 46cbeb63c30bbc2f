"""The types of arguments: each is in a module of its own, whatever they are called."""

from __future__ import annotations

from pathlib import Path

from packages import files_for
from sdkgen.diagnostics import Diagnostics

DOCUMENT = """
openapi: 3.1.0
info: {title: Test, version: '1'}
paths:
  /rooms:
    post:
      tags: [rooms]
      operationId: ask
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/APIChat'}}}}
      responses: &answers
        '200': {description: ok, content: {application/json: {}, text/event-stream: {}}}
  /api/chat:
    post:
      tags: [api]
      operationId: chat
      requestBody:
        content: {application/json: {schema: {properties: {stream: {type: boolean}, two: {}}}}}
      responses: *answers
components:
  schemas:
    APIChat:
      type: object
      properties: {stream: {type: boolean}, one: {$ref: '#/components/schemas/Types'}}
    Types: {properties: {str: {type: string}, Sequence: {type: array, items: {type: string}}}}
"""


def _files(folder: Path) -> dict[str, str]:
    spec = folder / "openapi.yaml"
    spec.write_text(DOCUMENT, encoding="utf-8")
    return files_for(spec, Diagnostics())


def test_types_whose_modules_would_have_one_name_are_all_there(tmp_path: Path) -> None:
    files = _files(tmp_path)
    assert "class ApiChatParamsBase(" in files["test/params/api_chat_params.py"]
    assert "class APIChatParamsBase(" in files["test/params/api_chat_params_.py"]
    assert '"APIChatParams": "api_chat_params_",' in files["test/params/__init__.py"]


def test_a_dict_is_a_class_though_its_keys_are_called_like_types(tmp_path: Path) -> None:
    text = _files(tmp_path)["test/params/types_param.py"]
    assert "class TypesParam(TypedDict, total=False):" in text
    assert "    str: str\n    Sequence: Sequence[str]\n" in text
