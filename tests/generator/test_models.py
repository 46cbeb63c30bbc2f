"""Modules of models: what Python reads in them is code, and what documents say in them is not."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from symtable import symtable

import pytest

from packages import files_for
from sdkgen.diagnostics import Diagnostics
from sdkgen.emit import variants
from sdkgen.emit.written import Written
from sdkgen.ir.types import Alias, Field, Model, Named, Union

PROSE = [
    "Like this:",
    "",
    "class Cat(SDKModel):",
    "    x: (OneOf(",
    "    " + " | ".join(["member"] * 20) + ",",
    "from .con import Con",
]


def _models(folder: Path, schemas: str) -> dict[str, str]:
    """The modules of the models of an answer, by name."""
    spec = folder / "openapi.yaml"
    spec.write_text(
        f"""
openapi: 3.1.0
info: {{title: Test, version: '1'}}
paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Answer'}}}}}}
components:
  schemas:
{schemas}
""",
        encoding="utf-8",
    )
    files = files_for(spec, Diagnostics())
    folder_ = "test/models/"
    return {path.removeprefix(folder_): text for path, text in files.items() if folder_ in path}


def test_no_code_is_found_in_what_a_document_says(tmp_path: Path) -> None:
    said = "\\n".join(PROSE)
    parts = "cat: {$ref: '#/components/schemas/Cat'}, con: {$ref: '#/components/schemas/Con'}"
    models = _models(
        tmp_path,
        f"""
    Answer: {{properties: {{{parts}, zed: {{$ref: '#/components/schemas/Zed'}}}}}}
    Cat: {{properties: {{kind: {{type: string}}}}}}
    Con: {{description: "{said}", properties: {{a: {{description: "{said}"}}}}}}
    Zed: {{description: "{said}", type: array, items: {{type: string}}}}
""",
    )
    assert '"Cat": "cat",' in models["__init__.py"]
    for text in (models["con_.py"], models["zed.py"]):
        assert "import OneOf" not in text
        prose = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
        lines = [line.strip() for one in prose for line in str(one).splitlines()]
        for line in filter(None, PROSE):
            assert line.strip() in lines
    assert "import SDKModel" not in models["zed.py"]
    assert "\nfrom .con_ import Con\n" in models["answer.py"]


@pytest.mark.parametrize("count", [3, 150, 1_200, 4_900])
def test_a_union_has_any_number_of_members(count: int) -> None:
    members = [f"M{at}" for at in range(count)]
    text = f'U = TypeAliasType("U", {" | ".join(members)})\n'
    plain = Written(text, {}).text("", {})
    told_apart = Written(text, {})
    alias = Alias("U", Union(tuple(map(Named, members)), "kind"))
    changed = told_apart.text("", variants.told_apart(told_apart, [alias]))
    for one in (plain, changed):
        assert symtable(one, "u.py", "exec").lookup("M0").is_referenced()
        assert re.findall(r"\bM[0-9]+", one) == members
        assert bool(re.search("^from typing import .*Union$", one, re.MULTILINE)) == (count > 200)


def test_members_of_a_large_union_are_of_any_kind() -> None:
    members = [f"M{at}" for at in range(300)]
    members += ["list[M0]", 'Literal["a | b", "[\\"c]"]', "dict[str, m.M1]", "None"]
    text = Written(f'U = TypeAliasType("U", {" | ".join(members)})\n', {}).text("", {})
    assert text.endswith(f'\nU = TypeAliasType("U", Union[{", ".join(members)}])\n')


def test_a_model_hides_no_name_that_a_large_union_needs(tmp_path: Path) -> None:
    kinds = [f"K{at}" for at in range(201)]
    refs = ", ".join(f"{{$ref: '#/components/schemas/{one}'}}" for one in ("Union", *kinds))
    plain = "{properties: {a: {type: string}}}"
    schemas = "".join(f"    {one}: {plain}\n" for one in ("Union", *kinds))
    models = _models(tmp_path, f"    Answer: {{anyOf: [{refs}]}}\n{schemas}")
    assert "Union[UnionModel, K0, K1, " in models["answer.py"]


def test_a_module_is_not_read_again_for_each_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ast, "get_source_segment")  # which splits the whole text, each time
    fields = [f"f{at}" for at in range(1_500)]
    text = "class A(SDKModel):\n" + "".join(f'    {one}: X | Y = "é"\n' for one in fields)
    either = Union((Named("X"), Named("Y")), "kind")
    model = Model("A", tuple(Field(one, either) for one in fields))
    changes = variants.told_apart(Written(text, {}), [model])
    assert [*changes.values()] == [
        f'    {one}: Annotated[X | Y, OneOf(discriminator="kind")] = "é"' for one in fields
    ]
