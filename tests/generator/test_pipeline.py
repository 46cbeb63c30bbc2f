"""A package is written anew where something has changed, and only there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from packages import ROOT
from sdkgen import pipeline, write
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
