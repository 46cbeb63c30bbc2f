"""A package has the version of its document, in the words of PEP 440."""

from __future__ import annotations

import pytest
from packaging.version import Version

from generator.lower.lowering import lowered
from sdkgen.lower.versions import version


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1.0.0rc1", "1.0.0rc1"),
        ("2.3.4-rc.1+build.5", "2.3.4rc1+build.5"),
        ("v1beta1", "1b1"),
        ("v1alpha", "1a0"),
        ("1.0.0-BETA.02", "1.0.0b2"),
        ("1.0-preview", "1.0rc0"),
        ("1.0.0-post.2", "1.0.0.post2"),
        ("1.0.dev3", "1.0.dev3"),
        ("1.0.0+Build-7_x", "1.0.0+build.7.x"),
    ],
)
def test_a_version_that_python_knows_keeps_its_meaning(said: str, meant: str) -> None:
    assert version(said) == meant
    assert str(Version(meant)) == meant
    assert Version(said) == Version(meant)


@pytest.mark.parametrize(
    ("said", "release"),
    [
        ("1.0.0-nightly.20240101", "1.0.0"),
        ("v1.0.0-7", "1.0.0"),
        ("1.0.0-alpha.1.2", "1.0.0"),
        ("1.0.0-SNAPSHOT+sha.5114f85", "1.0.0"),
    ],
)
def test_the_numbers_of_another_pre_release_are_none_of_the_release_s(
    said: str, release: str
) -> None:
    assert version(said) == release


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("1.4", "1.4"),
        ("v2", "2"),
        ("2024-05-15", "2024.5.15"),
        ("2024-05", "2024.5"),
        ("2023-05-15-preview", "2023.5.15"),
        ("version 3.01", "3.1"),
        ("1.2.3.4.5.6.7", "1.2.3.4.5.6"),
        ("latest", "0.0.0"),
        ("", "0.0.0"),
        ("२.३", "0.0.0"),
        ("1." * 50, ".".join("111111")),
    ],
)
def test_any_other_text_is_its_numbers(said: str, numbers: str) -> None:
    assert version(said) == numbers
    assert Version(numbers).release


def test_it_is_the_version_of_the_package() -> None:
    described, _ = lowered("openapi: 3.1.0\ninfo: {title: T, version: 1.0.0-rc.1}\npaths: {}")
    assert described.version == "1.0.0rc1"
