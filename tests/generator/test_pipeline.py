"""A package is written anew where something has changed, and only there."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from packages import ROOT
from sdkgen import pipeline, source, write
from sdkgen.diagnostics import Diagnostics
from sdkgen.emit import package
from sdkgen.ir.api import Api

SPEC = ROOT / "specs" / "chat" / "openapi.yaml"


class Emitted(Exception):  # noqa: N818 - it is no error
    """Somebody has asked for the text of a package."""


def _emit(_: Api) -> NoReturn:
    raise Emitted


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    return Path(shutil.copy(SPEC, tmp_path / "openapi.yaml"))


@pytest.fixture
def out(spec: Path, tmp_path: Path) -> Path:
    """A package that is there, of which nothing may be made again."""
    folder = tmp_path / "sdk"
    result = pipeline.generate(pipeline.Job(str(spec)), folder, Diagnostics(), str)
    assert len(result.changes.created) == result.files > 0
    return folder


@pytest.fixture(autouse=True)
def emission(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del out  # is made before
    monkeypatch.setattr(package, "package", _emit)


def _again(spec: Path, out: Path, **settings: bool) -> pipeline.Result:
    return pipeline.generate(pipeline.Job(str(spec)), out, Diagnostics(), str, **settings)


@pytest.mark.parametrize(("number", "said"), [(0, "0 operations"), (1, "1 operation")])
def test_what_is_being_done_is_said_as_people_count(number: int, said: str, spec: Path) -> None:
    spec.write_text(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
        f"paths: {{/a: {{{'get: {responses: {}}' * number}}}}}\n"
    )
    told: list[str] = []
    pipeline.lint(pipeline.Job(str(spec)), Diagnostics(), told.append)
    assert told == [f"Reading {spec}", f"Working out {said}"]


@pytest.mark.parametrize("check", [True, False])
def test_nothing_is_made_again_of_the_same(spec: Path, out: Path, *, check: bool) -> None:
    result = _again(spec, out, check=check)
    assert result.files == sum(path.is_file() for path in out.rglob("*"))
    assert result.changes == write.Changes()


def test_words_that_say_nothing_to_the_package_change_nothing(spec: Path, out: Path) -> None:
    spec.write_text("# A comment.\n" + spec.read_text())
    assert _again(spec, out).files


def test_findings_are_reported_all_the_same(spec: Path, out: Path) -> None:
    spec.write_text(
        spec.read_text().replace("      operationId:", "      odd: 1\n      operationId:")
    )
    diagnostics = Diagnostics()
    assert pipeline.generate(pipeline.Job(str(spec)), out, diagnostics, str).files
    assert {one.code for one in diagnostics} == {"Document/UnknownKey"}


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("change", ["document", "edited", "missing", "manifest", "linked"])
def test_whatever_has_changed_is_seen(spec: Path, out: Path, change: str, *, check: bool) -> None:
    module = out / "parley" / "client.py"
    if change == "document":
        spec.write_text(spec.read_text().replace("prompt", "question"))
    elif change == "edited":
        module.write_text(module.read_text() + "# mine\n")
    elif change == "missing":
        module.unlink()
    elif change == "linked":
        module.rename(out.parent / "elsewhere.py")
        module.symlink_to(out.parent / "elsewhere.py")
    else:
        (out / write.MANIFEST).write_text("{")
    with pytest.raises(Emitted):
        _again(spec, out, check=check)


def test_a_package_can_be_made_anew_by_force(spec: Path, out: Path) -> None:
    with pytest.raises(Emitted):
        _again(spec, out, force=True)


def test_another_generator_makes_another_package(
    spec: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_own_digest", lambda: "another")
    with pytest.raises(Emitted):
        _again(spec, out)


def test_what_makes_the_models_is_a_part_of_the_generator(
    spec: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "version", lambda _: "another")
    monkeypatch.setattr(pipeline, "_own_digest", pipeline._own_digest.__wrapped__)
    with pytest.raises(Emitted):
        _again(spec, out)


@pytest.mark.parametrize("name", ["cli.py", "config.schema.json", "emit/templates/client.py.jinja"])
def test_every_file_is_a_part_of_the_generator(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = pipeline._own_digest.__wrapped__
    copy = shutil.copytree(Path(pipeline.__file__).parent, tmp_path / "sdkgen")
    monkeypatch.setattr(pipeline, "__file__", str(copy / "pipeline.py"))
    before = digest()
    (copy / name).write_text("{}", encoding="utf-8")
    assert digest() != before


def test_what_a_desktop_leaves_in_a_folder_is_no_part_of_the_generator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = pipeline._own_digest.__wrapped__
    copy = shutil.copytree(Path(pipeline.__file__).parent, tmp_path / "sdkgen")
    monkeypatch.setattr(pipeline, "__file__", str(copy / "pipeline.py"))
    before = digest()
    (copy / ".DS_Store").write_bytes(b"\x00\x00\x00\x01Bud1\xff")
    assert digest() == before


def test_a_document_may_be_called_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = (
        "/wrong: {get: {responses: {'200': {description: ok, content: {text/event-stream: %s}}}}}"
    )
    text = SPEC.read_text().replace(
        "paths:\n", f"paths:\n  {wrong % '{schema: {type: integer}}'}\n"
    )
    Path("None").write_text(text)
    diagnostics = Diagnostics()
    planned = pipeline.plan(pipeline.Job("None"), diagnostics, str)
    assert diagnostics.has_errors
    assert planned is not None


def _found(job: pipeline.Job, out: Path) -> list[str]:
    diagnostics = Diagnostics()
    assert pipeline.generate(job, out, diagnostics, str).files
    return [str(one) for one in diagnostics]


@pytest.fixture
def unread(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents cannot be read any more."""

    def refuse(*_: object) -> NoReturn:
        raise Emitted

    del out  # is made before
    monkeypatch.setattr(source, "read", refuse)


@pytest.mark.usefixtures("unread")
def test_nothing_is_read_again_where_no_file_has_changed(spec: Path, out: Path) -> None:
    before = (out / write.MANIFEST).read_bytes()
    assert _again(spec, out).files
    assert (out / write.MANIFEST).read_bytes() == before
    moved = shutil.copy(spec, out.parent / "there.yaml")
    with pytest.raises(Emitted):  # another name is another README
        _again(Path(moved), out)
    spec.write_text("# A comment.\n" + spec.read_text())
    with pytest.raises(Emitted):
        _again(spec, out)


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("said", [{"found": None}, {"found": [1]}, {"found": [{"at": ["x"]}]}])
def test_what_was_said_has_to_be_there_to_be_said_again(
    spec: Path, out: Path, said: dict[str, Any]
) -> None:
    manifest = json.loads((out / write.MANIFEST).read_text())
    (out / write.MANIFEST).write_text(json.dumps({**manifest, **said}))
    with pytest.raises(Emitted):
        _again(spec, out)


def test_what_was_said_is_said_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    spec = tmp_path / "wire.yaml"
    shutil.copy(ROOT / "specs" / "wire" / "openapi.yaml", spec)
    config = tmp_path / "sdkgen.yaml"
    config.write_text("client: Chatter\n")
    job = pipeline.Job(str(spec), config)
    first = _found(job, tmp_path / "wire")
    assert any(str(spec) in one for one in first)
    monkeypatch.setattr(source, "read", None)
    assert _found(job, tmp_path / "wire") == first
    for other in (replace(job, client="Other"), replace(job, config=None)):
        with pytest.raises(TypeError):
            _found(other, tmp_path / "wire")


def test_a_document_of_several_files_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    spec = tmp_path / "parts.yaml"
    schema = tmp_path / "pet.yaml"
    schema.write_text("type: object\nproperties: {name: {type: string}}\n")
    spec.write_text(
        "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n"
        "      responses:\n        '200':\n          description: ok\n"
        "          content: {application/json: {schema: {$ref: pet.yaml}}}\n"
    )
    job = pipeline.Job(str(spec))
    _found(job, tmp_path / "pets")
    schema.write_text("type: object\nproperties: {nick: {type: string}}\n")
    result = pipeline.generate(job, tmp_path / "pets", Diagnostics(), str)
    assert any("models" in name for name in result.changes.changed)
