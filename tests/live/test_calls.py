"""Generated packages make calls: parameters, bodies, answers and credentials, on the wire."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from packages import ROOT

Sdk = Callable[[str], ModuleType]


@pytest.fixture
def bookshop(sdk: Sdk) -> ModuleType:
    return sdk("bookshop/openapi-3.1.yaml")


@pytest.fixture
def client(bookshop: ModuleType, starlette_url: str) -> Iterator[Any]:
    with bookshop.Bookshop(api_key="sesame", base_url=starlette_url) as client:
        yield client


def test_parameters_go_where_the_document_says(client: Any) -> None:
    page = client.books.list(
        x_tenant="acme", author=["Le Guin", "a&b"], fields=["id", "title"], limit=2, session="s 1"
    )
    seen = json.loads(page.items[0].title)
    assert seen == {
        "query": [["author", "Le Guin"], ["author", "a&b"], ["fields", "id,title"], ["limit", "2"]],
        "tenant": "acme",
        "cookies": {"session": "s%201"},
    }


def test_values_that_the_document_does_not_know_are_kept(client: Any) -> None:
    page = client.books.list(x_tenant="acme")
    assert page.items[0].class_ == "scroll"
    assert page.model_extra == {"new": True}
    assert page.next is None


def test_the_status_decides_what_an_answer_is(client: Any, bookshop: ModuleType) -> None:
    published = dt.date(1969, 3, 1)
    added = client.books.create(title="new", class_="ebook", published=published)
    assert isinstance(added, bookshop.models.Book)
    assert (added.published, added.model_fields_set >= {"subtitle"}) == (published, False)
    assert client.books.create(title="odd", class_="ebook", subtitle=None) is None
    with pytest.raises(bookshop.ConflictError) as raised:
        client.books.create(title="known", class_="ebook")
    assert isinstance(raised.value.body, bookshop.models.Book)


def test_the_media_type_decides_what_an_answer_is(client: Any) -> None:
    assert client.books.get("plain") == "A book."
    book = client.books.get("a/b?c#d")
    assert (book.id, book.added_at.year) == ("a/b?c#d", 2026)


@pytest.mark.parametrize("argument", ["", ".", ".."])
def test_a_path_argument_cannot_lead_elsewhere(client: Any, argument: str) -> None:
    with pytest.raises(ValueError, match="book_id"):
        client.books.delete(argument)


def test_no_content_is_none(client: Any) -> None:
    assert client.books.delete("1") is None


def test_a_key_goes_into_its_header_and_its_absence_is_hinted_at(
    client: Any, bookshop: ModuleType, starlette_url: str
) -> None:
    assert client.service.health() == {"key": "none"}, "this one asks for no credential"
    with bookshop.Bookshop(base_url=starlette_url) as anonymous:
        with pytest.raises(bookshop.AuthenticationError, match="BOOKSHOP_API_KEY"):
            anonymous.books.list(x_tenant="acme")


def test_one_operation_answers_whole_or_as_a_stream(client: Any, bookshop: ModuleType) -> None:
    review = client.books.reviews.write("1", text="Good.", stars=5)
    assert isinstance(review.by, bookshop.models.Robot)
    assert review.by.model == "application/json"
    with client.books.reviews.stream("1", text="Good.") as stream:
        (event,) = stream
    assert (event.id, event.data.text) == ("1", "Good.")
    assert event.data.by.model == "text/event-stream"


def test_the_switch_decides_what_one_method_returns(
    client: Any, bookshop: ModuleType, starlette_url: str
) -> None:
    write = client.books.reviews.write
    assert write("1", text="x", stream=False).by.model == "application/json"
    with write("1", text="x", stream=True) as stream:
        assert [event.data.by.model for event in stream] == ["text/event-stream"]

    async def read() -> tuple[Any, list[Any]]:
        async with bookshop.AsyncBookshop(api_key="sesame", base_url=starlette_url) as other:
            whole = await other.books.reviews.write("1", text="whole", stream=False)
            stream = await other.books.reviews.write("1", text="streamed", stream=True)
            return whole, await stream.collect()

    whole, events = asyncio.run(read())
    assert isinstance(whole, bookshop.models.Review)
    assert [event.data.text for event in events] == ["streamed"]


@pytest.mark.parametrize("said", [1, "true"])
def test_a_switch_that_is_neither_true_nor_false_is_refused(client: Any, said: object) -> None:
    with pytest.raises(TypeError, match=rf"is a {type(said).__name__}: it has to be True"):
        client.books.reviews.write("1", text="x", stream=said)


def test_an_async_stream_beside_a_whole_answer_needs_no_await(
    bookshop: ModuleType, starlette_url: str
) -> None:
    async def read() -> tuple[str, str, str]:
        async with bookshop.AsyncBookshop(api_key="sesame", base_url=starlette_url) as client:
            review = await client.books.reviews.write("1", text="whole")
            async with client.books.reviews.stream("1", text="in a block") as stream:
                (inside,) = [event async for event in stream]
            (awaited,) = await (await client.books.reviews.stream("1", text="awaited")).collect()
            return review.text, inside.data.text, awaited.data.text

    assert asyncio.run(read()) == ("whole", "in a block", "awaited")


def test_names_of_arguments_are_checked_by_python_too(client: Any) -> None:
    with pytest.raises(TypeError, match="x_tenant"):
        client.books.list()


HEADERS: list[Any] = [
    ("X-Total", int, 41),
    ("X-As-Of", dt.datetime, dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)),
    ("X-Complete", bool, False),
    ("X-Shelves", list[str], ["sf", "poetry"]),
    ("X-Next", int, None),
]


def _check(raw: Any, bookshop: ModuleType) -> None:
    assert isinstance(raw.parsed.items[0], bookshop.models.Book)
    assert (raw.status_code, raw.request_id) == (200, "r1")
    assert [raw.header(name, type_) for name, type_, _ in HEADERS] == [is_ for *_, is_ in HEADERS]
    with pytest.raises(bookshop.APIResponseValidationError, match="X-As-Of"):
        raw.header("X-As-Of", int)
    assert "sesame" not in str(raw.response.request.headers)


def test_an_answer_can_be_had_with_its_status_and_headers(
    bookshop: ModuleType, client: Any
) -> None:
    _check(bookshop.raw(client.books.list, x_tenant="acme"), bookshop)


def test_an_answer_that_is_awaited_too(bookshop: ModuleType, starlette_url: str) -> None:
    async def get() -> Any:
        async with bookshop.AsyncBookshop(api_key="sesame", base_url=starlette_url) as client:
            return await bookshop.async_raw(client.books.list, x_tenant="acme")

    _check(asyncio.run(get()), bookshop)


def test_the_readme_s_example_prints_what_came_around_an_answer(
    bookshop: ModuleType, starlette_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    (shown,) = [one for one in blocks if f"from {bookshop.__name__} import" in one]
    assert 'api_key="..."' in shown
    program = shown.replace('api_key="..."', f'api_key="sesame", base_url="{starlette_url}"')
    exec(program, {})  # noqa: S102 - the README is ours
    assert capsys.readouterr().out == "200 r1 41\n1\n"
