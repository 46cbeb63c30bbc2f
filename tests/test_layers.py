"""The layers of the house: who may import whom, read from the code itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sdkgen_runtime
from packages import ROOT, generate
from sdkgen.importable import PUBLIC

GENERATOR = ROOT / "generator" / "sdkgen"
RUNTIME = ROOT / "runtime" / "sdkgen_runtime"

# Unit of the generator: what of the generator it may import. A prefix stands for all below it.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "diagnostics": (),
    "importable": (),
    "text": ("text", "diagnostics"),
    "config": ("config_check", "stainless", "ir.streams", "text", "importable", "diagnostics"),
    "config_check": ("text", "importable", "diagnostics"),
    "stainless": ("text", "diagnostics"),
    "source": ("source", "text", "diagnostics"),
    "ir": ("ir",),
    "lower": (
        *("lower", "ir", "source.document", "source.grammar", "text.limits", "text.pointers"),
        *("config", "importable", "diagnostics"),
    ),
    "emit": ("emit", "ir", "importable", "__version__"),
    "console": ("diagnostics",),
    "failures": ("diagnostics",),
    "findings": ("diagnostics",),
    "moved": ("ir", "text.limits", "diagnostics"),
    "write": ("write", "importable", "diagnostics"),
    "pipeline": (
        *("config", "diagnostics", "emit", "findings", "ir", "lower", "moved", "source", "write"),
        "__version__",
    ),
    "cli": ("pipeline", "console", "failures", "importable", "diagnostics", "__version__"),
    "action": ("pipeline", "console", "failures", "diagnostics"),
    "__main__": ("cli",),
    "__init__": (),
}

# Libraries that have one place where they are used.
ONLY_IN = {
    "datamodel_code_generator": {"emit/models.py"},
    "httpx": {"source/load.py", "source/neighbours.py"},  # the latter names a type of it
    "jinja2": {"emit/render.py"},
    "jsonpath_rfc9535": {"source/overlay.py"},
    "typer": {"cli.py"},
    "rich": {"cli.py"},
}


def _imports(file: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _files(root: Path) -> list[Path]:
    return sorted(root.rglob("*.py"))


@pytest.mark.parametrize("file", _files(GENERATOR), ids=lambda f: str(f.relative_to(GENERATOR)))
def test_a_stage_imports_only_what_it_may(file: Path) -> None:
    unit = file.relative_to(GENERATOR).parts[0].removesuffix(".py")
    own = [name for name in _imports(file) if name.split(".")[0] == "sdkgen"]
    for name in own:
        imported = name.removeprefix("sdkgen.")
        allowed = any(imported == one or imported.startswith(f"{one}.") for one in MAY_IMPORT[unit])
        assert allowed, f"{file.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_used_in_one_place(library: str) -> None:
    users = {
        file.relative_to(GENERATOR).as_posix()
        for file in _files(GENERATOR)
        if any(name.split(".")[0] == library for name in _imports(file))
    }
    assert users == ONLY_IN[library]


def test_the_generator_never_imports_the_runtime() -> None:
    for file in _files(GENERATOR):
        assert not [name for name in _imports(file) if name.startswith("sdkgen_runtime")], file


def test_the_runtime_needs_httpx_and_pydantic_alone() -> None:
    # The last three come with the others.
    allowed = {"httpx", "pydantic", "pydantic_core", "typing_extensions", "anyio"}
    for file in _files(RUNTIME):
        outside = {
            name.split(".")[0]
            for name in _imports(file)
            if not name.startswith(".") and name.split(".")[0] not in sys.stdlib_module_names
        }
        assert outside <= allowed, f"{file.name} imports {outside - allowed}"


def test_the_runtime_imports_itself_relatively() -> None:
    for file in _files(RUNTIME):
        assert not [name for name in _imports(file) if name.startswith("sdkgen")], file


def test_the_decoder_needs_the_standard_library_alone() -> None:
    outside = [
        name
        for module in ("sse.py", "blocks.py")
        for name in _imports(RUNTIME / module)
        if not name.startswith(".blocks.") and name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert outside == []


def test_the_map_names_every_file_at_the_top_of_the_generator() -> None:
    text = (ROOT / "generator" / "README.md").read_text(encoding="utf-8")
    for path in GENERATOR.iterdir():
        if path.suffix in (".py", ".json") and path.name != "__init__.py":
            assert f"`{path.name}`" in text, path.name
        if path.is_dir() and path.name != "__pycache__":
            assert f"`{path.name}/" in text, path.name
    for folder in ("text", "source", "lower"):
        for path in (GENERATOR / folder).glob("*.py"):
            assert path.name == "__init__.py" or f"`{path.name}`" in text, path.name


def test_the_runtime_says_of_every_name_that_it_exports_who_may_use_it() -> None:
    text = (ROOT / "runtime" / "README.md").read_text(encoding="utf-8")
    _, users, generated, _ = text.partition("## Who may")[2].split("\n\n", 3)
    for name in sdkgen_runtime.__all__:
        is_error = isinstance(one := getattr(sdkgen_runtime, name), type) and issubclass(
            one, sdkgen_runtime.SDKError
        )
        assert is_error or f"`{name}`" in (users if name in PUBLIC else generated), name


def test_users_may_import_what_stands_in_signatures() -> None:
    found = set()
    for path in (ROOT / "snapshots").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                annotations = [one.annotation for one in (*node.args.args, *node.args.kwonlyargs)]
                for part in (*annotations, node.returns):
                    found |= {
                        one.attr
                        for one in (ast.walk(part) if part is not None else ())
                        if isinstance(one, ast.Attribute)
                        and isinstance(one.value, ast.Name)
                        and one.value.id == "rt"
                    }
    assert {"File", "Content", "Secret", "EventStream"} <= found
    assert found - {"Transport", "AsyncTransport"} <= PUBLIC


def test_a_package_imports_nothing_heavy_until_it_is_used(sdk_folder: Path) -> None:
    code = (
        "import sys, parley; heavy = {'httpx', 'pydantic', 'parley._runtime', 'parley.client'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
        "parley.Parley; assert 'parley.resources.chat' not in sys.modules;"
        "parley.Parley().chat; assert 'parley.models.chat_event' not in sys.modules;"
        "assert 'pydantic.main' not in sys.modules;"  # what models are made of
        "parley.models.ChatEvent; assert 'parley.models.problem' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=sdk_folder, check=True)


@pytest.fixture
def sdk_folder(tmp_path: Path) -> Path:
    generate(ROOT / "specs" / "chat" / "openapi.yaml", tmp_path)
    return tmp_path
