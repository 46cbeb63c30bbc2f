"""Which names a package and its client can have."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from packages import files_for
from sdkgen import importable
from sdkgen.diagnostics import Diagnostics

SPEC = """\
openapi: 3.1.0
info: {title: Test, version: '1'}
paths:
  /a:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
      responses: {'204': {description: ok}}
components:
  schemas:
    A: {type: object, properties: {a: {$ref: '#/components/schemas/B'}}}
    B: {type: object, properties: {b: {type: string}}}
"""


def test_all_that_packages_export_is_known(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(SPEC)
    files = files_for(spec, Diagnostics())
    (exported,) = (
        ast.literal_eval(node.value)
        for node in ast.parse(files["test/__init__.py"]).body
        if isinstance(node, ast.Assign)
    )
    own = {"Test", "AsyncTest", "TestError", "__version__"}
    assert set(exported) - own == importable.EXPORTED


def test_no_client_has_a_name_that_its_module_uses(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(SPEC)
    files = files_for(spec, Diagnostics())
    for path in ("test/__init__.py", "test/client.py"):
        tree = ast.parse(files[path])
        names = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
        arguments = {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}
        own = {"A", "AsyncA", "value", "import_module"}  # resources, and names in a function
        public = {one for one in names if not one.startswith("_")} - own - arguments
        assert {one for one in public if importable.why_no_client(one) is None} == set()


@pytest.mark.parametrize("name", ["Parley", "parley", "Api2", "Chat_Client"])
def test_a_client_may_have_any_other_name(name: str) -> None:
    assert importable.why_no_client(name) is None


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Stream", "StreamClient"),
        ("BinaryResponse", "BinaryResponseClient"),
        ("httpx", "Httpx"),
        ("__init__", "Init"),
        ("class", "Class"),
        ("None", "NoneClient"),
        ("-", None),
    ],
)
def test_a_name_that_is_taken_has_one_that_is_near(name: str, near: str | None) -> None:
    assert importable.why_no_client(name) is not None
    assert importable.client_instead(name) == near


def test_a_module_has_underscores_more_where_another_or_a_device_has_its_name() -> None:
    assert importable.module_for("chat", {"chats"}) == "chat"
    assert importable.module_for("chat", {"chat", "chat_"}) == "chat__"
    assert importable.module_for("con", set()) == "con_"
    assert importable.module_for("con", {"con_"}) == "con__"
