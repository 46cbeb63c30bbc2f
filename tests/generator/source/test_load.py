from __future__ import annotations

import base64
import io
import os
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import httpx
import pytest

from generator.reading import HEAD
from sdkgen.diagnostics import Diagnostics, DocumentError
from sdkgen.source import load, neighbours, read, refs
from sdkgen.source.neighbours import Neighbours
from sdkgen.text import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

URL = "https://api.test/docs/openapi.yaml"


def fetch(answer: Callable[[httpx.Request], httpx.Response], url: str = URL) -> bytes:
    return load.read_bytes(url, httpx.MockTransport(answer))


def refusal(answer: Callable[[httpx.Request], httpx.Response], url: str = URL) -> str:
    with pytest.raises(DocumentError) as caught:
        fetch(answer, url)
    return str(caught.value)


def test_a_file_is_read_and_named_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(HEAD + "paths: {}")
    document = read("a.yaml", Diagnostics())
    assert document.source == "a.yaml"
    assert str(document.locate("/info")) == "a.yaml:2:7"


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(f"{HEAD}paths: {{}}".encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert read("-", Diagnostics()).source == "<stdin>"


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        read("no/such.yaml", Diagnostics())
    message = "error Source/Missing: there is no file `no/such.yaml`\n  hint: check the path"
    assert str(caught.value) == message


@pytest.mark.parametrize("name", [".", "a\0b"])
def test_what_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(DocumentError, match="error Source/Unreadable: "):
        read(name, Diagnostics())


def test_a_file_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_BYTES", 2**20)
    path = tmp_path / "a.yaml"
    path.write_bytes(b" " * (2**20 + 1))
    with pytest.raises(DocumentError, match=r"Source/TooLarge: .* is larger than 1 MiB"):
        read(str(path), Diagnostics())


def test_a_url_is_fetched() -> None:
    assert fetch(lambda _: httpx.Response(200, content=b"x")) == b"x"


def test_http_is_refused_with_a_hint() -> None:
    assert refusal(lambda _: httpx.Response(200), "http://api.test/a.yaml") == (
        "error Source/Scheme: `http://api.test/a.yaml` is not fetched: only https is safe\n"
        "  hint: use an https URL, or download the document and give its path"
    )


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_http_is_fetched_from_this_machine(host: str) -> None:
    url = f"http://{host}/openapi.json"
    assert fetch(lambda _: httpx.Response(200, content=b"x"), url) == b"x"


def test_no_proxy_is_asked_for_what_is_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    (tmp_path / "openapi.json").write_bytes(b"{}")
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/openapi.json"
        assert load.read_bytes(url) == b"{}"
        server.shutdown()


@pytest.mark.parametrize("url", [URL, "http://localhost:8000/openapi.json"])
@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/a.yaml", "http://localhost:22/", "http://localhost.test:8000/"]
)
def test_a_redirect_to_another_server_of_this_machine_is_refused(url: str, target: str) -> None:
    message = refusal(lambda _: httpx.Response(302, headers={"location": target}), url)
    assert f"`{target}` is not fetched: only https is safe" in message


@pytest.mark.parametrize("url", ["https://[", "https://\0", "https://a:b"])
def test_what_is_no_url_is_refused(url: str) -> None:
    assert "Source/Unreachable" in refusal(lambda _: httpx.Response(200), url)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.test/b"])
def test_other_schemes_are_refused(url: str) -> None:
    assert "Source/Scheme" in refusal(lambda _: httpx.Response(200), url)


def test_redirects_are_followed() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/docs/openapi.yaml":
            return httpx.Response(302, headers={"location": "../v2"})
        return httpx.Response(200, text=str(request.url))

    assert fetch(answer) == b"https://api.test/v2"


def test_a_redirect_to_http_is_refused() -> None:
    location = {"location": "http://api.test/a.yaml"}
    message = refusal(lambda _: httpx.Response(302, headers=location))
    assert "`http://api.test/a.yaml` is not fetched: only https is safe" in message


def test_redirects_are_bounded() -> None:
    requests = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(302, headers={"location": f"/{len(requests)}"})

    message = refusal(answer)
    assert message == f"error Source/Unreachable: `{URL}` redirects more than 5 times"
    assert len(requests) == 6


def test_an_error_status_is_refused() -> None:
    message = refusal(lambda _: httpx.Response(404))
    assert message == f"error Source/Unreachable: `{URL}` answers with status 404"


def test_a_server_that_cannot_be_reached_is_named() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    assert refusal(answer) == f"error Source/Unreachable: `{URL}` cannot be fetched: no route"


def test_a_body_is_bounded_while_it_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_BYTES", 2**20)
    sent = []

    class Endless(httpx.SyncByteStream):
        def __iter__(self):  # type: ignore[no-untyped-def]
            while True:
                sent.append(1)
                yield b" " * 2**16

    message = refusal(lambda _: httpx.Response(200, stream=Endless()))
    assert message == f"error Source/TooLarge: `{URL}` is larger than 1 MiB"
    assert len(sent) < 50


def from_url(files: dict[str, str]) -> tuple[object, list[str]]:
    def answer(request: httpx.Request) -> httpx.Response:
        text = files.get(str(request.url))
        return httpx.Response(404) if text is None else httpx.Response(200, text=text)

    diagnostics = Diagnostics()
    main = parse(files[URL].encode(), URL, diagnostics)
    beside = Neighbours(main, URL, diagnostics, httpx.MockTransport(answer))
    bundle = refs.bundle(main, beside, diagnostics)
    return bundle.root["components"], [str(finding) for finding in diagnostics]


def test_a_document_from_a_url_may_refer_to_files_of_its_server() -> None:
    main = "components: {schemas: {A: {items: {$ref: '../b.yaml#/B'}}}}"
    components, findings = from_url({URL: main, "https://api.test/b.yaml": "B: {type: string}"})
    assert components == {
        "schemas": {"A": {"items": {"$ref": "#/components/schemas/B"}}, "B": {"type": "string"}}
    }
    assert findings == []


@pytest.mark.parametrize(
    "target", ["https://other.test/b", "http://api.test/b", "//other.test/b", "file:///etc/passwd"]
)
def test_a_document_from_a_url_may_refer_to_no_other_server(target: str) -> None:
    main = f"components: {{schemas: {{A: {{items: {{$ref: '{target}'}}}}}}}}"
    components, findings = from_url({URL: main, target: "type: string"})
    assert components == {"schemas": {"A": {"items": {}}}}
    assert findings == [
        (
            f"{URL}:1:42: error Ref/Refused: `{target}` is not followed:"
            " only files on the server of the document itself are read"
        )
    ]


def test_a_file_of_the_server_may_not_be_a_redirect_to_another() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "https://other.test/b"})

    diagnostics = Diagnostics()
    main = parse(b"components: {schemas: {A: {$ref: b.yaml}}}", URL, diagnostics)
    beside = Neighbours(main, URL, diagnostics, httpx.MockTransport(answer))
    refs.bundle(main, beside, diagnostics)
    assert [str(finding) for finding in diagnostics] == [
        (
            f"{URL}:1:34: error Ref/Unreadable: `b.yaml`:"
            " `https://api.test/docs/b.yaml` redirects to another server"
        )
    ]


def test_what_is_secret_in_a_url_is_used_and_never_said() -> None:
    address = "https://user:s3cret@api.test/docs/openapi.yaml?token=s3cret#s3cret"
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((str(request.url), request.headers.get("authorization")))
        return httpx.Response(404)

    diagnostics = Diagnostics()
    assert load.public(address) == "https://api.test/docs/openapi.yaml"
    main = parse(b"components: {schemas: {A: {$ref: b.yaml}}}", load.public(address), diagnostics)
    refs.bundle(
        main, Neighbours(main, address, diagnostics, httpx.MockTransport(answer)), diagnostics
    )
    (found,) = map(str, diagnostics)
    assert "`https://api.test/docs/b.yaml` answers with status 404" in found
    basic = "Basic " + base64.b64encode(b"user:s3cret").decode()
    assert [sent for _, sent in asked] == [basic]

    with pytest.raises(DocumentError) as refused:
        load.read_bytes(address, httpx.MockTransport(answer))
    assert "s3cret" not in str(refused.value)
    assert asked[-1][0].endswith("/docs/openapi.yaml?token=s3cret#s3cret")


def test_a_path_may_have_what_begins_a_query_in_a_url() -> None:
    assert load.public("docs/what?/@me#1.yaml") == "docs/what?/@me#1.yaml"


def test_the_number_of_files_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "MAX_FILES", 3)
    files = {
        f"https://api.test/docs/{n}.yaml": f"items: {{$ref: '{n + 1}.yaml'}}" for n in range(10)
    }
    main = "components: {schemas: {A: {items: {$ref: '0.yaml'}}}}"
    _, findings = from_url({URL: main, **files})
    assert findings == [
        (
            "https://api.test/docs/1.yaml:1:15: error Ref/Unreadable: `2.yaml`:"
            " the document has more than 3 files"
        )
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_reference_to_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    main = tmp_path / "a.yaml"
    main.write_text(HEAD + "components: {schemas: {A: {$ref: 'pipe'}}}\npaths: {}")
    diagnostics = Diagnostics()
    read(str(main), diagnostics)
    (finding,) = diagnostics
    assert finding.code == "Ref/Unreadable"
