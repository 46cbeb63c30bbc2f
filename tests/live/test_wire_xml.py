"""XML on the wire: text, in the encoding that it says it has."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, Final

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from servers.uvicorn_server import running

LATIN: Final = '<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>'
ANSWERS: Final[dict[str, tuple[bytes, str, str]]] = {
    "plain": ("<a>ü</a>".encode(), "application/xml", "<a>ü</a>"),
    "charset": ("<a>ü</a>".encode("latin-1"), "text/xml; charset=iso-8859-1", "<a>ü</a>"),
    "declared": (LATIN.encode("latin-1"), "application/xml", LATIN),
    "marked": ("<a>ü</a>".encode("utf-16"), "application/xml; charset=utf-8", "<a>ü</a>"),
    "marked-8": ("\ufeff<a>ü</a>".encode(), "application/xml", "<a>ü</a>"),
    "unknown": (b"<a>\xff</a>", "application/xml; charset=klingon", "<a>\ufffd</a>"),
    "no-text": (
        b'<?xml version="1.0" encoding="punycode"?><a/>',
        "application/xml",
        '<?xml version="1.0" encoding="punycode"?><a/>',
    ),
}


async def feed(request: Request) -> Response:
    """A feed in some encoding; what was sent, if something was; JSON where that is asked for."""
    name = request.path_params["id"]
    if request.method == "GET":
        assert request.headers["accept"] == "application/xml"
        content, media_type, _ = ANSWERS.get(name, (b"<no/>", "application/xml", ""))
        return Response(content, 200 if name in ANSWERS else 404, {"Content-Type": media_type})
    sent = await request.body()
    assert request.headers["content-type"] == request.query_params["type"]
    if request.method == "PUT":
        assert request.headers["accept"] == "application/json"
        return JSONResponse({"state": sent.decode()})
    assert request.headers["accept"] == "application/atom+xml"
    return Response(sent, headers={"Content-Type": "application/atom+xml"})


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    routes = [Route("/feeds/{id}", feed, methods=["GET", "POST", "PUT"])]
    with running(Starlette(routes=routes)) as url:
        yield url


Call = Callable[..., Any]


@pytest.fixture
def wire(sdk: Callable[[str], ModuleType]) -> ModuleType:
    return sdk("wire/openapi.yaml")


@pytest.fixture(params=["threads", "event loops"])
def call(request: pytest.FixtureRequest, wire: ModuleType, url: str) -> Call:
    """Calls a method of `client.feeds`, with each kind of client."""

    def in_a_thread(method: str, *args: Any, **kwargs: Any) -> Any:
        with wire.Wire(base_url=url) as client:
            return getattr(client.feeds, method)(*args, **kwargs)

    def in_a_loop(method: str, *args: Any, **kwargs: Any) -> Any:
        async def main() -> Any:
            async with wire.AsyncWire(base_url=url) as client:
                return await getattr(client.feeds, method)(*args, **kwargs)

        return asyncio.run(main())

    return in_a_thread if request.param == "threads" else in_a_loop


@pytest.mark.parametrize("name", ANSWERS)
def test_xml_is_read_in_its_encoding(call: Call, name: str) -> None:
    assert call("get", name) == ANSWERS[name][2]


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ("<a>ü</a>", "<a>ü</a>".encode()),
        (LATIN, LATIN.encode("latin-1")),
        ("<a>ü</a>".encode("utf-16"), "<a>ü</a>".encode("utf-16")),
    ],
)
def test_xml_is_sent_in_its_encoding(call: Call, body: Any, sent: bytes) -> None:
    seen: list[bytes] = []
    found = call(
        "replace",
        "1",
        body=body,
        extra_query={"type": "text/xml"},
        on_response=lambda response: seen.append(response.content),
    )
    assert seen == [sent]
    assert found == (body if isinstance(body, str) else "<a>ü</a>")


def test_text_that_its_declared_encoding_has_no_bytes_for_is_refused(call: Call) -> None:
    with pytest.raises(ValueError, match="codec can't encode"):
        call("replace", "1", body=LATIN.replace("ü", "€"), extra_query={"type": "text/xml"})


def test_beside_json_xml_is_neither_sent_nor_asked_for(call: Call, wire: ModuleType) -> None:
    found = call("check", "1", state="s", extra_query={"type": "application/json"})
    assert found == wire.models.Job(state='{"state":"s"}')


def test_an_error_in_xml_has_it_as_text(call: Call, wire: ModuleType) -> None:
    with pytest.raises(wire.NotFoundError) as caught:
        call("get", "none")
    assert caught.value.body == "<no/>"


def test_the_docstrings_say_that_it_is_text(wire: ModuleType) -> None:
    with wire.Wire() as client:
        replaced, got = client.feeds.replace.__doc__ or "", client.feeds.get.__doc__ or ""
    assert "body: The new feed. XML, as text or bytes." in replaced
    assert "The answer is XML, as text." in got
