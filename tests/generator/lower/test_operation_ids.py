"""What operation ids say of methods, whatever else is in the document."""

from __future__ import annotations

import pytest

from sdkgen.lower import operation_ids


def _method(identity: str, endpoint: str, resource: str) -> str | None:
    """What an operation id names at an endpoint: a verb and a path."""
    verb, path = endpoint.split()
    return operation_ids.method_from_id(identity, verb, path, (resource,))


@pytest.mark.parametrize(
    ("operation_id", "verb", "path", "resource", "expected"),
    [
        (
            "agents_api_v1_conversations_append_stream",
            "post",
            "/v1/conversations/{conversation_id}#stream",
            ("beta", "conversations"),
            "append_stream",
        ),
        ("agents_api_v1_conversations_history", "get", "/v1/x", ("conversations",), "history"),
        (
            "chat_completion_v1_chat_completions_post",
            "post",
            "/v1/chat/completions",
            ("chat",),
            "completion",
        ),
        ("create_voice_v1_audio_voices_post", "post", "/v1/audio/voices", ("voices",), "create"),
        ("files_api_routes_upload_file", "post", "/v1/files", ("files",), "upload"),
        ("batch_cancel_runs", "post", "/runs/cancel", ("runs",), "batch_cancel"),
        ("judge_conversation", "post", "/judges/{id}/live", ("judges",), "judge_conversation"),
        ("getUserById", "get", "/users/{id}", ("users",), "get"),
        ("getUsers", "get", "/users", ("users",), "list"),
        ("listUsers", "get", "/users", ("users",), "list"),
        ("create", "post", "/chat", ("chat",), "create"),
        ("ocr_v1_ocr_post", "post", "/v1/ocr", ("ocr",), None),
        ("beta_get_f_v1_f_get", "get", "/v1/f?beta=true", ("beta", "f"), "get"),
        ("messages_count_post", "post", "/messages/count", ("messages",), "count"),
        ("create_blog_post", "post", "/blog/posts", ("blog",), "create_post"),
        ("messages_post", "post", "/messages", ("messages",), None),
        # FastAPI, of a function with several routes:
        (
            "stream_run_http_threads__thread_id__runs__run_id__join_get",
            "get",
            "/threads/{thread_id}/runs/{run_id}/stream",
            ("thread_runs",),
            "stream_http",
        ),
        ("set_a__a_id__b_post", "get", "/a/{a_id}", ("a",), "set"),
        ("set_a__a_id__b", "get", "/a/{a_id}", ("a",), "set_id_b"),
        ("-____", "get", "/{_}", ("a",), None),
        ("-____get", "get", "/{_}", ("a",), "get"),
    ],
)
def test_a_method_s_name_from_an_operation_id(
    operation_id: str, verb: str, path: str, resource: tuple[str, ...], expected: str | None
) -> None:
    assert operation_ids.method_from_id(operation_id, verb, path, resource) == expected


@pytest.mark.parametrize(
    ("identity", "path", "resource", "method"),
    [
        ("CreateMemoryStore", "/memory_stores", "memory_stores", "create"),
        ("CreateMemory", "/memory_stores/{id}/memories", "memory_stores", "create_memory"),
        ("listOfferPlans", "/offers/{id}/offer_plans", "offers", "list_offer_plans"),
        ("listOfferOfferPlans", "/offers/{id}/offer_plans", "offers", "list_offer_plans"),
        ("listJobs", "/projects/{id}/jobs", "jobs", "list"),
        ("getJobsReport", "/jobs/getJobsReport", "jobs", "get_report"),
    ],
)
def test_an_id_keeps_words_of_its_resource_for_what_is_below_it(
    identity: str, path: str, resource: str, method: str
) -> None:
    assert operation_ids.method_from_id(identity, "get", path, (resource,)) == method


@pytest.mark.parametrize(
    ("identity", "endpoint", "resource", "method"),
    [
        ("abort_upload", "post /uploads/{id}/abort", "uploads", "abort"),
        ("declineInvite", "post /invites/{id}/decline", "invites", "decline"),
        ("wait_run", "get /runs/{id}/wait", "runs", "wait"),
        ("reverseTransfer", "post /transfers/{id}/reverse", "transfers", "reverse"),
        ("unpauseSchedule", "post /jobs/{id}/unpause", "jobs", "unpause_schedule"),
        ("continue_agent_run", "post /agents/{id}/runs/{run}/continue", "agents", "continue_run"),
        ("enqueue_connection_test", "post /connections/test", "connections", "enqueue_test"),
        ("axfrExportZone", "get /zones/{id}/export", "zones", "axfr_export"),
        ("private_articles_list", "get /account/articles", "articles", "private_list"),
        ("TagResource", "post /tags/{arn}", "api", "tag_resource"),
        ("upload_file", "post /uploads", "uploads", "upload_file"),
        ("verifyAdminInvite", "post /admin/verify/{token}/invite", "invites", "verify_admin"),
        ("verifyAdminInvite", "post /verify/{token}/admin", "admin", "verify_invite"),
        ("teamsList", "get /teams", "other", "teams_list"),
        ("project_quota_raise", "post /projects/{id}/jobs", "jobs", "project_quota_raise"),
        ("messages_list", "get /messages", "other", "messages_list"),
        ("create_user_api_key", "post /users/{id}/keys", "users", "create_key"),
        ("app_api_usage", "get /app/ApiUsage", "app", "api_usage"),
        ("getApplicationApiUsage", "get /app/ApiUsage/{id}", "app", "get_application_api_usage"),
    ],
)
def test_no_word_before_a_verb_is_lost(
    identity: str, endpoint: str, resource: str, method: str
) -> None:
    assert _method(identity, endpoint, resource) == method


@pytest.mark.parametrize(
    ("identity", "endpoint", "resource", "method"),
    [
        ("teamsList", "get /teams", "teams", "list"),
        ("invite_create", "post /invites", "invites", "create"),
        ("run_steps_list", "get /run_steps", "run_steps", "list"),
        ("projects_jobs_list", "get /projects/{id}/jobs", "jobs", "list"),
        ("projects_jobs_list", "get /projects/{id}/jobs", "projects", "jobs_list"),
        ("users_0_update", "put /users/{id}", "users", "update"),
        ("session_id_cancel", "post /sessions/{session_id}", "sessions", "cancel"),
        ("list_filesystem_files", "get /filesystem/files", "file_system", "list_files"),
        ("CreateStream", "post /createStream", "create_stream", "create"),
        ("message_batches_get", "get /messages/batches/{batch_id}", "messages", "batches_get"),
        ("share_delete_v1", "delete /libraries/{id}/share", "accesses", "share_delete"),
        ("readCoreV1NamespacedPod", "get /api/v1/pods/{name}", "core_v1", "read_namespaced_pod"),
    ],
)
def test_words_that_lead_to_the_resource_are_left_out(
    identity: str, endpoint: str, resource: str, method: str
) -> None:
    assert _method(identity, endpoint, resource) == method


@pytest.mark.parametrize(
    ("identity", "endpoint", "resource", "method"),
    [
        ("activity/list-public-events", "get /events", "activity", "list_public_events"),
        ("ml.projects.models.tune", "post /v1/{name}:tune", "projects", "models_tune"),
        ("ml.projects.models.abortRun", "post /v1/{name}:abort", "projects", "abort_run"),
        ("books.shelves.list", "get /v1/shelves", "shelves", "list"),
        ("SyncAgents_ListByServer", "get /sync-agents", "sync_agents", "list_by_server"),
        ("SyncAgents_Get", "get /sync-agents/{id}", "sync_agents", "get"),
        ("VirtualMachines_Deallocate", "post /vm/{id}", "compute", "virtual_machines_deallocate"),
        ("PriceList_QueryItems", "get /prices", "price_list", "query_items"),
        ("Rankings_GetRank_District", "get /rankings/{id}", "rankings", "get_rank_district"),
        ("CatsController_findAll", "get /cats", "cats", "find_all"),
        ("CatsController_adopt", "post /cats/{id}/adopt", "cats", "adopt"),
        ("List_All_UserCards", "get /cards", "cards", "list_all_user"),
        ("Exchange auth_code for aToken", "post /token", "auth", "exchange_code_for_a_token"),
    ],
)
def test_groups_that_punctuation_sets_apart_are_left_out(
    identity: str, endpoint: str, resource: str, method: str
) -> None:
    assert _method(identity, endpoint, resource) == method


@pytest.mark.parametrize(
    ("identity", "endpoint", "method"),
    [
        ("abort_upload_v1_uploads__id__post", "post /v1/uploads/{id}", "abort"),
        ("poll_uploads__id__get", "head /uploads/{id}", "poll"),
        ("UploadsUploadIdGetUpload", "get /uploads/{upload_id}", "get"),
        ("UploadsUploadIdParts", "get /uploads/{upload_id}", "parts"),
        ("post-/v1/uploads_doAbort", "post /v1/uploads", "do_abort"),
        ("abortUploadUsingPOST", "post /uploads/{id}", "abort"),
        ("getUploadUsingGET", "get /uploads/{id}", "get"),
        ("main__get", "get /", "main"),
    ],
)
def test_what_frameworks_add_to_a_function_s_name_is_left_out(
    identity: str, endpoint: str, method: str
) -> None:
    assert _method(identity, endpoint, "uploads") == method


@pytest.mark.parametrize(
    ("identity", "endpoint"),
    [
        ("post-uploads-uploadId-cancel", "post /uploads/{uploadId}/cancel"),
        ("getUploadsUploadId", "get /uploads/{uploadId}"),
        ("postApiV1UploadsIdCancel", "post /api/v1/uploads/{id}/cancel"),
        ("post-upload-tokens", "post /uploads/{id}/tokens"),
        ("uploads_post", "post /uploads"),
        ("__uploads__upload_id__get", "get /uploads/{upload_id}"),
    ],
)
def test_an_id_that_is_a_route_says_nothing_that_the_path_does_not(
    identity: str, endpoint: str
) -> None:
    assert _method(identity, endpoint, "uploads") is None


@pytest.mark.parametrize(
    ("identity", "endpoint", "method"),
    [
        ("post_clear_jobs", "post /dags/{id}/clear", "clear_jobs"),
        ("put_dag_acl", "put /dags/{id}", "put_acl"),
        ("put_dag_put", "put /dags/{id}", None),
        ("put_put", "put /puts/{id}", None),
        ("dags_get", "get /dags/{id}", "get"),
        ("dag_batches_post", "post /dags/batches", "batches_create"),
        ("dag_lemma_post", "post /dags/lemma", "lemma_post"),
    ],
)
def test_http_s_verb_stays_only_where_no_other_is(
    identity: str, endpoint: str, method: str | None
) -> None:
    assert _method(identity, endpoint, "dags") == method


@pytest.mark.parametrize("identity", ["", " ", "__", "🎉", ".", "/a.", "v1", "api", "1.2"])
def test_an_id_that_says_nothing_names_no_method(identity: str) -> None:
    found = operation_ids.method_from_id(identity, "post", "/a", ("a",))
    assert found is None or found.isidentifier()
    assert operation_ids.after_resource(identity, "post", "/a", ("a",)) == []


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        ("ml.jobs.steps.list", "steps list"),
        ("Jobs_Steps_List", "steps list"),
        ("jobs_steps_list", "steps list"),
        ("list.jobs.steps", ""),
        ("my_jobs_steps_list", ""),
        ("jobs_steps_list_jobs_get", "steps list"),
    ],
)
def test_what_an_id_says_after_its_resource(identity: str, said: str) -> None:
    assert operation_ids.after_resource(identity, "get", "/jobs", ("jobs",)) == said.split()
