"""Names stay with the operations that had them when others are added to a document."""

from __future__ import annotations

import itertools

import pytest

from generator.lower.lowering import lowered, methods
from sdkgen.config import Config, Method, Resource

DUAL = "{application/json: {schema: {type: object}}, text/event-stream: {}}"
OK = "responses: {'200': {description: ok}}"
TWO = f"responses: {{'200': {{description: ok, content: {DUAL}}}}}"


Line = tuple[str, str]
"""The path of an operation, and the operation under its verb."""


def _operation(endpoint: str, said: str = "", answers: str = OK) -> Line:
    """An operation of the tag `jobs`."""
    verb, path = endpoint.split()
    return path, f"{verb.lower()}: {{tags: [jobs], {said + ', ' if said else ''}{answers}}}"


def _names(operations: list[Line], config: Config | None = None) -> dict[str, str]:
    """Every method with its endpoint, which do not depend on the order of the operations."""
    found = []
    for ordered in itertools.permutations(operations):
        items: dict[str, list[str]] = {}
        for path, line in ordered:
            items.setdefault(path, []).append(line)
        paths = "".join(f"  '{path}': {{{', '.join(lines)}}}\n" for path, lines in items.items())
        found.append(methods(lowered(f"paths:\n{paths}", config)[0]))
    assert all(one == found[0] for one in found)
    return found[0]


PLAIN = [_operation("GET /jobs"), _operation("GET /jobs/{id}"), _operation("DELETE /jobs/{id}")]
PLAIN_NAMES = {
    "jobs.list": "GET /jobs",
    "jobs.retrieve": "GET /jobs/{id}",
    "jobs.delete": "DELETE /jobs/{id}",
}


@pytest.mark.parametrize(
    ("added", "name"),
    [
        ("GET /jobs/{id}/events", "list_events"),
        ("GET /jobs/{id}/events/{event}", "retrieve_event"),
        ("GET /jobs/latest", "retrieve_latest"),
        ("GET /jobs/{id}/{key}", "retrieve_by_key"),
        ("GET /v2/jobs", "list_v2"),
        ("GET /v2/jobs/{id}", "retrieve_v2"),
        ("GET /jobs/", "list_slash"),
        ("DELETE /jobs", "delete_jobs"),
        ("POST /jobs/{id}/cancel", "cancel"),
        ("POST /jobs/{id}/events", "create_event"),
        ("HEAD /jobs/{id}/lock", "head_lock"),
    ],
)
def test_what_is_added_below_a_resource_takes_no_name_from_it(added: str, name: str) -> None:
    assert _names([*PLAIN, _operation(added)]) == {**PLAIN_NAMES, f"jobs.{name}": added}


def test_the_oldest_version_keeps_its_name() -> None:
    paths = ["/v1alpha1/jobs", "/v1beta1/jobs", "/v1/jobs", "/v1.1/jobs"]
    assert _names([_operation(f"GET {path}") for path in paths]) == {
        "jobs.list": "GET /v1alpha1/jobs",
        "jobs.list_v1beta1": "GET /v1beta1/jobs",
        "jobs.list_v1": "GET /v1/jobs",
        "jobs.list_v1_1": "GET /v1.1/jobs",
    }


def test_functions_of_one_name_are_told_apart_by_their_paths() -> None:
    first = _operation("GET /jobs/", "operationId: read_all_jobs__get")
    assert _names([first]) == {"jobs.read_all": "GET /jobs/"}
    added = _operation("GET /jobs/archive", "operationId: read_all_jobs_archive_get")
    assert _names([first, added]) == {
        "jobs.read_all": "GET /jobs/",
        "jobs.read_all_archive": "GET /jobs/archive",
    }


def test_routes_of_one_function_are_told_apart_by_what_leads_to_the_resource() -> None:
    routes = ["/jobs", "/engines/{engine}/jobs", "/openai/deployments/{model}/jobs"]
    ids = [route.translate(str.maketrans("/{}", "___")) for route in routes]
    paths = [
        _operation(f"POST {route}", f"operationId: jobs{identity}_post")
        for route, identity in zip(routes, ids, strict=True)
    ]
    assert _names(paths) == {
        "jobs.create": "POST /jobs",
        "jobs.create_in_engines": "POST /engines/{engine}/jobs",
        "jobs.create_in_openai_deployments": "POST /openai/deployments/{model}/jobs",
    }


def test_an_id_that_names_the_resource_keeps_its_method_from_one_that_does_not() -> None:
    paths = [
        _operation("GET /jobs/{id}", "operationId: getJob"),
        _operation("GET /jobs/{id}/raw", "operationId: get"),
    ]
    assert _names(paths) == {"jobs.get": "GET /jobs/{id}", "jobs.get_raw": "GET /jobs/{id}/raw"}


def test_what_is_called_like_a_part_of_the_resource_below_it_says_so() -> None:
    tags = "tags: [memory_stores]"
    paths = [
        _operation("POST /memory_stores", "operationId: CreateMemoryStore"),
        _operation("POST /memory_stores/{id}/memories", "operationId: CreateMemory"),
    ]
    assert _names([(path, one.replace("tags: [jobs]", tags)) for path, one in paths]) == {
        "memory_stores.create": "POST /memory_stores",
        "memory_stores.create_memory": "POST /memory_stores/{id}/memories",
    }


def test_where_several_fit_a_name_equally_well_all_make_way() -> None:
    paths = [
        _operation("GET /jobs/{id}/a", "operationId: pull_jobs__id__a_get"),
        _operation("GET /jobs/{id}/b", "operationId: pull_jobs__id__b_get"),
    ]
    assert set(_names(paths)) == {"jobs.pull_a", "jobs.pull_b"}


def test_nobody_keeps_a_name_that_leaves_out_what_tells_them_apart() -> None:
    paths = [
        _operation("GET /teams/{id}/jobs", "operationId: teams_jobs_list"),
        _operation("GET /projects/{id}/jobs", "operationId: projects_jobs_list"),
    ]
    assert set(_names(paths)) == {"jobs.teams_jobs_list", "jobs.projects_jobs_list"}


CREATE = _operation("POST /jobs", "operationId: createJob", TWO)
CREATE_NAMES = {"jobs.create": "POST /jobs", "jobs.stream": "POST /jobs"}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("operationId: streamJobs", "stream_jobs"),
        ("operationId: stream_jobs_live_get", "stream_live"),
    ],
)
def test_the_stream_of_a_method_keeps_its_name_from_what_can_be_called_otherwise(
    said: str, name: str
) -> None:
    added = _operation("GET /jobs/live", said)
    assert _names([CREATE, added]) == {**CREATE_NAMES, f"jobs.{name}": "GET /jobs/live"}


@pytest.mark.parametrize(
    "said",
    [
        "operationId: live, x-speakeasy-name-override: stream",
        "operationId: live, x-fern-sdk-method-name: stream",
        "operationId: stream",
    ],
)
def test_what_can_be_called_nothing_but_stream_is(said: str) -> None:
    added = _operation("GET /jobs/stream", said)
    assert _names([CREATE, added]) == {
        "jobs.create": "POST /jobs",
        "jobs.stream_create": "POST /jobs",
        "jobs.stream": "GET /jobs/stream",
    }


def test_a_second_stream_takes_no_name_from_the_first() -> None:
    added = _operation("POST /jobs/{id}/runs", "operationId: runJob", TWO)
    assert _names([CREATE, added]) == {
        **CREATE_NAMES,
        "jobs.run": "POST /jobs/{id}/runs",
        "jobs.stream_run": "POST /jobs/{id}/runs",
    }


def test_no_second_method_has_the_name_of_a_resource() -> None:
    paths = [
        _operation("POST /jobs", "x-speakeasy-name-override: run", TWO),
        _operation("POST /other", "x-speakeasy-name-override: stop", TWO),
        ("/below", f"get: {{tags: [jobs.stream_stop], operationId: get, {OK}}}"),
    ]
    assert {*_names(paths)} == {
        *("jobs.run", "jobs.stream", "jobs.stop", "jobs.stream_stop_"),
        "jobs.stream_stop.get",
    }


def test_no_second_method_has_the_name_of_another() -> None:
    paths = [
        _operation("POST /jobs", "x-speakeasy-name-override: stream", TWO),
        _operation("GET /jobs", "x-speakeasy-name-override: stream_stream"),
    ]
    assert set(_names(paths)) == {"jobs.stream", "jobs.stream_stream_", "jobs.stream_stream"}


@pytest.mark.parametrize("name", ["list", "stream", "create"])
def test_names_that_are_given_go_before_all_others(name: str) -> None:
    method = Method(name, "get", "/jobs/{id}/deep/down", {}, None, "/resources/jobs")
    config = Config(resources=(Resource(("jobs",), {}, (method,), "/resources/jobs"),))
    paths = [_operation("GET /jobs/{id}/deep/down"), CREATE, _operation("GET /v1/jobs")]
    assert _names(paths, config)[f"jobs.{name}"] == "GET /jobs/{id}/deep/down"
    said = f"operationId: x, x-speakeasy-name-override: {name}"
    assert _names([_operation("GET /jobs/{id}/deep/down", said), *paths[1:]])[f"jobs.{name}"] == (
        "GET /jobs/{id}/deep/down"
    )
