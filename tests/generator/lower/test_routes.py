"""What paths say of methods, whatever else is in the document."""

from __future__ import annotations

import pytest

from sdkgen.lower import routes


@pytest.mark.parametrize(
    ("endpoint", "resource", "method"),
    [
        ("get /jobs", "jobs", "list"),
        ("get /orgs/{org}/jobs/{id}", "jobs", "retrieve"),
        ("get /jobs/{id}/events", "jobs", "list_events"),
        ("get /jobs/{id}/events/{event}", "jobs", "retrieve_event"),
        ("get /jobs/{id}/events/{year}/{month}", "jobs", "retrieve_events"),
        ("delete /v2/power-forms/{id}/locks/{lock}.json", "PowerForms", "delete_lock"),
        ("delete /powerforms/{id}/locks", "PowerForms", "delete_locks"),
        ("put /jobs/{id}/status", "jobs", "replace_status"),
        ("post /jobs", "jobs", "create"),
        ("post /jobs/{id}", "jobs", "create"),
        ("post /jobs/{id}/events", "jobs", "create_event"),
        ("post /jobs/{id}/cancel", "jobs", "cancel"),
        ("post /jobs/{id}/steps/{step}/cancel", "jobs", "steps_cancel"),
        ("post /jobs/list-events", "jobs", "list_events"),
        ("get /users/{id}/roles", "administration", "list"),
        ("post /users/{id}/disable", "administration", "disable"),
        ("post /users/{id}-{name}", "administration", "create"),
    ],
)
def test_a_path_says_what_is_below_its_resource(endpoint: str, resource: str, method: str) -> None:
    verb, path = endpoint.split()
    assert routes.method_from_path(verb, path, (resource,)) == method


def test_versions_are_sorted_as_they_come_out() -> None:
    paths = ["/x", "/v1alpha/x", "/v1alpha2/x", "/v1beta1/x", "/v1/x", "/v1.1/x", "/v2/x", "/v10/x"]
    ages = [routes.ages(path) for path in paths]
    assert ages == sorted(set(ages))
