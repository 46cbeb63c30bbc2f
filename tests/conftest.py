"""What all tests share: the option that renews snapshots, and packages made once a session."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

from packages import ROOT, generate

# How fast a machine is says nothing of what it runs.
settings.register_profile("sdkgen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sdkgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="write what is generated to snapshots/ instead of comparing it",
    )


@pytest.fixture(scope="session")
def update_snapshots(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-snapshots"))


@pytest.fixture(scope="session")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ModuleType]]:
    """Imports the package of one of the project's own documents, generated for this session."""
    folder = tmp_path_factory.mktemp("sdks")
    made: dict[str, ModuleType] = {}

    def make(document: str) -> ModuleType:
        if document not in made:
            spec = ROOT / "specs" / document
            config = spec.with_name("sdkgen.yaml")
            package = generate(spec, folder, config=config if config.exists() else None)
            made[document] = importlib.import_module(package)
        return made[document]

    sys.path.insert(0, str(folder))
    yield make
    sys.path.remove(str(folder))
