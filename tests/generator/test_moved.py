"""Names of methods that have come to mean something else since a package was written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from sdkgen import moved, pipeline
from sdkgen.diagnostics import Diagnostics


def _told(before: Any, now: dict[str, str]) -> list[str]:
    diagnostics = Diagnostics()
    moved.warn({"methods": before, "package": "jobs"}, "jobs", now, diagnostics)
    return [
        f"{one.code}: {one.message}{f' ({one.hint})' if one.hint else ''}" for one in diagnostics
    ]


def test_a_name_that_goes_to_another_endpoint_is_told_of_with_what_calls_the_first_now() -> None:
    before = {"jobs.list": "get /jobs"}
    now = {"jobs.list": "get /jobs/{id}/events", "jobs.list_all": "get /jobs"}
    (told,) = _told(before, now)
    assert told == (
        "Names/Moved: `jobs.list` was get /jobs, and is get /jobs/{id}/events now."
        " (get /jobs is `jobs.list_all` now)"
    )


def test_a_package_of_another_name_is_told_of() -> None:
    diagnostics = Diagnostics()
    now = {"jobs.list": "get /jobs"}
    moved.warn({"methods": now, "package": "jobs"}, "work", now, diagnostics)
    assert [str(one) for one in diagnostics] == [
        "warning Names/Moved: The package `jobs` is `work` now."
    ]


def test_a_name_in_a_manifest_that_anybody_may_have_edited_is_shown_in_part() -> None:
    assert moved.other_package({"package": "y" * 300}, "jobs") == "y" * 40 + "…"


@pytest.mark.parametrize(
    ("written", "is_another"),
    [
        ({"package": "cats", "methods": {"cats.list": "get /cats"}}, True),
        ({"package": "cats", "methods": {"jobs.get": "get /jobs/{job}"}}, False),
        ({"package": "jobs", "methods": {"cats.list": "get /cats"}}, False),
        ({"package": "cats", "methods": {}}, False),
        ({"package": "cats", "methods": ["get /cats"]}, False),
        ({"package": ["cats"], "methods": {"cats.list": ["get /cats"]}}, True),
        ({}, False),
    ],
)
def test_a_package_of_another_name_and_other_endpoints_is_that_of_another_api(
    written: dict[str, Any], *, is_another: bool
) -> None:
    assert moved.is_another(written, "jobs", {"jobs.get": "get /jobs/{id}"}) is is_another


def test_names_that_are_gone_are_one_finding_that_says_what_to_write_instead() -> None:
    before = {"jobs.get": "get /jobs/{id}", "jobs.run": "post /run", "jobs.list": "get /jobs"}
    now = {"jobs.list": "get /jobs", "jobs.retrieve": "get /jobs/{job}"}
    assert _told(before, now) == [
        "Names/Gone: `jobs.get` is `jobs.retrieve` now; `jobs.run` is gone."
    ]


@pytest.mark.parametrize(
    "before",
    [
        {},
        {"jobs.retrieve": "get /jobs/{job_id}"},
        {"jobs.retrieve": "get /v1/jobs/{id}"},
        None,
        ["jobs.retrieve"],
        {"jobs.retrieve": 1},
    ],
    ids=[
        "nothing",
        "another parameter",
        "another version",
        "an older package",
        "edited",
        "edited within",
    ],
)
def test_nothing_is_told_where_no_line_means_something_else(before: Any) -> None:
    assert _told(before, {"jobs.retrieve": "get /jobs/{id}"}) == []


def test_of_endpoints_that_are_alike_none_has_moved() -> None:
    alike = {
        "chat.create": "POST /chat",
        "chat.create_stream": "POST /chat",
        "users.by_id": "GET /users/{id}",
        "users.by_name": "GET /users/{name}",
    }
    assert _told(alike, alike) == []
    assert _told(alike, dict(reversed(alike.items()))) == []


def test_of_very_many_the_first_are_told_of() -> None:
    before = {f"a.m{at:03}": "get /a" for at in range(50)}
    others = {name: f"get /{at}" for at, name in enumerate(before)}
    swapped = dict(zip(others, reversed(others.values()), strict=True))
    assert len(_told(others, swapped)) == 21
    assert _told(before, {})[0].endswith("`a.m019` is gone; and 30 more.")


def test_a_package_says_what_its_methods_call_and_the_next_run_what_has_moved(
    tmp_path: Path,
) -> None:
    spec, out = tmp_path / "openapi.yaml", tmp_path / "sdk"

    def generated(*, check: bool = False, **paths: str) -> list[str]:
        spec.write_text(yaml.safe_dump(_document(paths)), encoding="utf-8")
        diagnostics = Diagnostics()
        pipeline.generate(pipeline.Job(str(spec)), out, diagnostics, str, check=check)
        return [one.message for one in diagnostics if one.code.startswith("Names/")]

    assert generated(create="/old", start="/new") == []
    for check in (True, False):
        assert generated(create="/new", start="/old", check=check) == [
            f"`runs.{name}` was POST {was}{how}, and is POST {now}{how} now."
            for name, was, now, how in (
                ("create", "/old", "/new", ""),
                ("start", "/new", "/old", ""),
                ("stream_start", "/new", "/old", " as a stream"),
                ("stream", "/old", "/new", " as a stream"),
            )
        ]
    assert generated(create="/new", start="/old") == []


def _document(paths: Mapping[str, str]) -> dict[str, Any]:
    """Endpoints that answer whole or as a stream, by their names."""
    asked = {"type": "object", "properties": {"stream": {"type": "boolean"}}}
    body = {"content": {"application/json": {"schema": asked}}}
    answer = {"description": "ok", "content": {"application/json": {}, "text/event-stream": {}}}
    shared = {"tags": ["runs"], "requestBody": body, "responses": {"200": answer}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Runner", "version": "1"},
        "servers": [{"url": "https://runner.example"}],
        "paths": {path: {"post": {"operationId": name, **shared}} for name, path in paths.items()},
    }
