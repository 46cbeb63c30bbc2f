"""Packages of real documents, made once a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from real.documents import RealPackages, packages_in


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealPackages]:
    yield from packages_in(tmp_path_factory.mktemp("real"))
