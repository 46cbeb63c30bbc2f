"""Objects there and back: what each direction has, what is unset, and what nobody declared."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from servers.uvicorn_server import running


async def _echo(request: Request) -> JSONResponse:
    """What came in, and where it goes as the server knows it."""
    sent = await request.json()
    return JSONResponse({"sent": sent, "to": {"id": "7", "street": "Elm", "floor": 3}})


async def _send_news(_: Request) -> JSONResponse:
    """A letter such as the document does not know yet."""
    new: dict[str, Any] = {"type": "seal", "wax": {"colour": "red"}}
    parts = [{"type": "text", "text": "Dear"}, new, {"type": "enclosure", "parts": [new]}]
    to = {"id": "7", "street": "Elm"}
    return JSONResponse({"to": to, "parts": parts, "carried-by": {"kind-of": "ship", "mast": 3}})


async def _send_nonsense(_: Request) -> JSONResponse:
    """A letter with a part that is of a declared kind, and not like it."""
    return JSONResponse({"to": {"id": "7", "street": "Elm"}, "parts": [{"type": "text"}]})


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    routes = [
        Route("/letters", _echo, methods=["POST"]),
        Route("/news/letters", _send_news, methods=["POST"]),
        Route("/nonsense/letters", _send_nonsense, methods=["POST"]),
    ]
    with running(Starlette(routes=routes)) as served:
        yield served


@pytest.fixture
def letters(sdk: Callable[[str], ModuleType]) -> ModuleType:
    return sdk("letters/openapi.yaml")


@pytest.fixture
def send(letters: ModuleType, url: str) -> Iterator[Callable[..., Any]]:
    with letters.Letters(base_url=url) as client:
        yield client.letters.send


def test_an_answer_may_have_what_is_undeclared_and_lacks_what_requests_alone_have(
    send: Callable[..., Any],
) -> None:
    letter = send(to={"street": "Elm"}, parts=[])
    assert (letter.pin, letter.to.id) == (None, "7")
    assert letter.model_extra == {"sent": {"to": {"street": "Elm"}, "parts": []}}
    assert letter.to.model_extra == {"floor": 3}


def test_what_came_goes_back_whole(send: Callable[..., Any]) -> None:
    letter = send(to={"street": "Elm"}, parts=[])
    again = send(to=letter.to, parts=[])
    assert again.model_extra["sent"]["to"] == {"id": "7", "street": "Elm", "floor": 3}


def test_a_dict_is_sent_as_it_is_with_models_in_it(
    letters: ModuleType, send: Callable[..., Any]
) -> None:
    text = letters.models.Text(type="text", text="Dear")
    parts = [{"type": "enclosure", "parts": [text, {"type": "text", "text": "Jane"}]}]
    sent = send(to={"street": "Elm", "door-code": "1"}, parts=parts).model_extra["sent"]
    assert sent == {
        "to": {"street": "Elm", "door-code": "1"},
        "parts": [
            {
                "type": "enclosure",
                "parts": [{"type": "text", "text": "Dear"}, {"type": "text", "text": "Jane"}],
            }
        ],
    }


def test_null_is_sent_and_what_is_unset_is_not(
    letters: ModuleType, send: Callable[..., Any]
) -> None:
    models = letters.models
    parts = [models.Text(text="a"), models.Text(text="a", tone=None)]
    sent = send(to={"street": "Elm"}, parts=parts, stamp=None).model_extra["sent"]
    assert sent["parts"] == [
        {"type": "text", "text": "a"},
        {"type": "text", "text": "a", "tone": None},
    ]
    assert sent["stamp"] is None
    assert "stamp" not in send(to={"street": "Elm"}, parts=[]).model_extra["sent"]


def test_the_default_of_an_object_is_left_to_the_server(
    letters: ModuleType, send: Callable[..., Any]
) -> None:
    enclosure = letters.models.Enclosure(parts=[])
    assert enclosure.back is None
    (sent,) = send(to={"street": "Elm"}, parts=[enclosure]).model_extra["sent"]["parts"]
    assert sent == {"type": "enclosure", "parts": []}


def test_a_new_member_of_a_union_is_kept_and_sent_back(
    letters: ModuleType, send: Callable[..., Any], url: str
) -> None:
    letter = send(to={"street": "Elm"}, parts=[], base_url=f"{url}/news")
    text, seal, enclosure = letter.parts
    unknown = letters.models.UnknownVariant
    assert isinstance(text, letters.models.Text)
    assert [type(seal), type(enclosure.parts[0]), type(letter.carried_by)] == [unknown] * 3
    assert (seal.type, seal.wax) == ("seal", {"colour": "red"})
    assert (letter.carried_by.kind_of, letter.carried_by.mast) == ("ship", 3)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sent = send(to={"street": "Elm"}, parts=letter.parts).model_extra["sent"]
    assert sent["parts"] == [
        {"type": "text", "text": "Dear"},
        {"type": "seal", "wax": {"colour": "red"}},
        {"type": "enclosure", "parts": [{"type": "seal", "wax": {"colour": "red"}}]},
    ]


def test_what_tells_the_members_of_another_union_apart_is_no_attribute_of_a_new_one(
    send: Callable[..., Any], url: str
) -> None:
    letter = send(to={"street": "Elm"}, parts=[], base_url=f"{url}/news")
    assert hasattr(letter.carried_by, "kind_of")
    assert not hasattr(letter.parts[1], "kind_of")


def test_a_member_that_is_not_like_its_kind_is_no_new_one(
    letters: ModuleType, send: Callable[..., Any], url: str
) -> None:
    with pytest.raises(
        letters.APIResponseValidationError, match=r"Field required \(at parts\.0\.text\.text\)"
    ):
        send(to={"street": "Elm"}, parts=[], base_url=f"{url}/nonsense")
