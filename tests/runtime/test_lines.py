"""Sequential JSON: the same texts for every way of cutting the bytes."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sdkgen_runtime as rt
from runtime.reading import read_chunk
from sdkgen_runtime.lines import LineDecoder
from sdkgen_runtime.partial import partial_json
from sdkgen_runtime.reader import Reader
from sdkgen_runtime.sse import EventTooLargeError

LIMIT = 1000
MEBI = 2**20
CHUNK = 2**16


def read(framing: str, *chunks: bytes) -> list[bytes]:
    decoder = LineDecoder(framing, max_event_bytes=LIMIT)
    found = [text for chunk in chunks for text in decoder.feed(chunk)]
    return [text.strip() for text in found + decoder.close()]


@pytest.mark.parametrize(
    ("framing", "stream", "expected"),
    [
        ("jsonl", b'{"a":1}\n2\n', [b'{"a":1}', b"2"]),
        ("jsonl", b'{"a":1}\r\n2', [b'{"a":1}', b"2"]),
        ("jsonl", b"\n\n  \n1\n\n", [b"1"]),
        ("jsonl", b"1\n  ", [b"1"]),
        ("jsonl", b'{"a":\n2\n', [b'{"a":', b"2"]),
        ("jsonl", b"\xef\xbb\xbf1\n2\n", [b"1", b"2"]),
        ("jsonl", b"\xef\xbb\xbf1", [b"1"]),
        ("jsonl", b"1\n\xef\xbb\xbf2\n", [b"1", b"\xef\xbb\xbf2"]),
        ("jsonl", b"", []),
        ("json-seq", b'\x1e{"a":\n1}\n\x1e2\n', [b'{"a":\n1}', b"2"]),
        ("json-seq", b"\x1e\x1e1\n", [b"1"]),
        ("json-seq", b"\x1e1\n\x1e12", [b"1"]),
        ("json-seq", b"\x1e12\x1e34\n\x1etru\x1e null\x1e-1\x1e5\n", [b"34", b"5"]),
        (
            "json-seq",
            b'\x1e12\r\x1e[1]\x1e"a"\x1e {}\x1e\ttrue \x1e',
            [b"12", b"[1]", b'"a"', b"{}", b"true"],
        ),
        ("json-seq", b'\x1e1\n\x1e{"a":[1]}', [b"1", b'{"a":[1]}']),
        ("json-seq", b"\x1e1\n\x1e2 ", [b"1", b"2"]),
        ("json-seq", b'\x1e["\\\\\\"{",\n"\\\\"]\n', [b'["\\\\\\"{",\n"\\\\"]']),
        ("json-seq", b'\xef\xbb\xbf\x1e["]\\"[",\n{}]\n\x1e"a"\n', [b'["]\\"[",\n{}]', b'"a"']),
    ],
)
def test_texts_are_cut_where_they_end(framing: str, stream: bytes, expected: list[bytes]) -> None:
    assert read(framing, stream) == expected
    assert read(framing, *(bytes([one]) for one in stream)) == expected


@given(
    st.lists(
        st.sampled_from(
            [
                b"\n",
                b"\x1e",
                b"1",
                b"{",
                b"}",
                b"[]",
                b'"',
                b'"x"',
                b"\\",
                b"\r",
                b" ",
                b"\xef\xbb\xbf",
            ]
        )
    ),
    st.data(),
    st.sampled_from(["jsonl", "json-seq"]),
)
def test_the_cut_of_the_bytes_does_not_matter(
    parts: list[bytes], data: st.DataObject, framing: str
) -> None:
    stream = b"".join(parts)
    places = sorted(data.draw(st.lists(st.integers(0, len(stream)))))
    cuts = [0, *places, len(stream)]
    chunks = [stream[start:end] for start, end in pairwise(cuts)]
    assert read(framing, *chunks) == read(framing, stream)
    for limit in range(1, 8):
        whole, cut = (until_refused(framing, limit, *one) for one in ([stream], chunks))
        assert cut == whole


def until_refused(framing: str, limit: int, *chunks: bytes) -> tuple[list[bytes], bool]:
    """The texts that are given, and whether one is too long."""
    decoder = LineDecoder(framing, max_event_bytes=limit)
    found: list[bytes] = []
    try:
        for chunk in chunks:
            found += decoder.feed(chunk)
        found += decoder.close()
    except EventTooLargeError:
        return found, True
    return found, False


@pytest.mark.parametrize("framing", ["jsonl", "json-seq"])
def test_texts_before_one_that_is_too_long_are_given(framing: str) -> None:
    mark = b"\x1e" if framing == "json-seq" else b""
    stream = b"".join(mark + text + b"\n" for text in (b"1", b"[22222222]", b"3"))
    decoder = LineDecoder(framing, max_event_bytes=8)
    assert [text.strip() for text in decoder.feed(stream)] == [b"1"]
    for chunk in (b"\n", b"\n", b"22222222\n"):
        with pytest.raises(EventTooLargeError) as caught:
            decoder.feed(chunk)
    assert (caught.value.limit, caught.value.pending > 8) == (8, True)
    with pytest.raises(EventTooLargeError):
        decoder.close()


@pytest.mark.parametrize("text", [b'{"a":"}\\"["}\n', b"[\n{\n}\n]\n", b"12\n", b'"\xff"\n'])
def test_a_record_is_given_as_soon_as_its_last_byte_is_in(text: bytes) -> None:
    decoder = LineDecoder("json-seq", max_event_bytes=LIMIT)
    for _ in range(2):
        assert decoder.feed(b"\x1e" + text[:-1]) == []
        assert decoder.feed(text[-1:]) == [text]
    assert decoder.close() == []


@pytest.mark.parametrize(
    "text", [b"123", b"tru", b'{"a":', b'{"a":\n', b'[1,\n"]"', b'"abc', b'"abc\\"', b'"abc \r']
)
def test_a_text_that_has_lost_its_end_is_counted(text: bytes) -> None:
    decoder = LineDecoder("json-seq", max_event_bytes=LIMIT)
    decoder.feed(b"\x1e" + text)
    assert decoder.close() == []
    assert decoder.discarded == len(text)


@pytest.mark.parametrize("piece", [b'x","', b"x", b"\\n", b'\\"', b'","', b'["],["', b"{}"])
@pytest.mark.parametrize("framing", ["jsonl", "json-seq"])
def test_a_large_text_takes_at_most_three_times_its_size(framing: str, piece: bytes) -> None:
    text = b'["' + piece * (4 * MEBI // len(piece)) + b'"]\n'
    chunks = [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]
    decoder = LineDecoder(framing, max_event_bytes=8 * MEBI)
    tracemalloc.start()
    try:
        if framing == "json-seq":
            decoder.feed(b"\x1e")
        (found,) = (one for chunk in chunks for one in decoder.feed(chunk))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == text
    assert most < 3 * len(text) + MEBI


def test_a_number_that_may_have_lost_its_end_is_none_and_counted() -> None:
    reader: Reader[Any] = Reader(rt.Payloads(lambda: Any), framing="json-seq")
    found = read_chunk(reader, b"\x1e12\x1e34\n\x1e[5]\x1e6")
    reader.end()
    assert (found, reader.stats.discarded) == ([34, [5]], 3)
    reader.restart()
    read_chunk(reader, b"\x1e78\x1e")
    reader.restart()
    assert reader.stats.discarded == 5


@pytest.mark.parametrize("framing", ["jsonl", "json-seq"])
def test_the_limit_is_that_of_a_text_and_not_of_a_chunk(framing: str) -> None:
    decoder = LineDecoder(framing, max_event_bytes=LIMIT)
    assert len(decoder.feed(b"1\n" * LIMIT)) == LIMIT


@pytest.mark.parametrize("stream", [b"1\n1234567890\n", b"\xef\xbb\xbf1234567\n"])
@pytest.mark.parametrize("cut", [1, 1000])
def test_a_line_with_its_end_and_its_mark_may_be_as_long_as_the_limit(
    stream: bytes, cut: int
) -> None:
    chunks = [stream[at : at + cut] for at in range(0, len(stream), cut)]
    refused = {limit: until_refused("jsonl", limit, *chunks)[1] for limit in (10, 11)}
    assert refused == {10: True, 11: False}


@pytest.mark.parametrize(
    ("framing", "piece"), [("jsonl", b"xx"), ("json-seq", b"xx"), ("json-seq", b"[\n")]
)
def test_what_never_ends_is_refused(framing: str, piece: bytes) -> None:
    decoder = LineDecoder(framing, max_event_bytes=LIMIT)
    for _ in range(LIMIT // 2):
        assert decoder.feed(piece) == []
    with pytest.raises(EventTooLargeError):
        decoder.feed(b"x")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        (" \n", None),
        ('{"city": "Par', {"city": "Par"}),
        ('{"city": "Paris", "pop', {"city": "Paris"}),
        ('{"list": [1, {"a": tr', {"list": [1, {}]}),
        ('{"done": true}', {"done": True}),
        (b'["\xc3\xa9', ["é"]),
    ],
)
def test_what_there_is_of_a_json_text_can_be_looked_at(text: str, value: object) -> None:
    assert partial_json(text) == value


@pytest.mark.parametrize("text", ["n", "tru", " -", "1.", "2e+", b"fal"])
def test_of_a_scalar_that_has_only_begun_there_is_nothing_yet(text: str | bytes) -> None:
    assert partial_json(text) is None


@pytest.mark.parametrize("text", ["nonsense", "]", "}", ":", "nulx", '{"a": x', '{"a": "\ud83d'])
def test_what_is_no_json_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|not allowed"):
        partial_json(text)
