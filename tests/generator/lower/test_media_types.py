"""Which media types are streams, and what is said of those that look like it."""

from __future__ import annotations

import pytest

import sdkgen_runtime.mediatypes as of_the_runtime
from generator.lower.lowering import HEAD, lowered, only_operation
from sdkgen.diagnostics import Severity
from sdkgen.ir.streams import DataKind, Payloads
from sdkgen.ir.types import Named, Primitive
from sdkgen.lower import mediatypes

OF_LINES = (
    *("application/jsonlines", "application/x-jsonl", "application/json-lines", "text/jsonl"),
    *("application/nd-json", "application/x-json-stream", "application/x-ldjson", "text/x-ndjson"),
    *("application/stream+json", "application/vnd.acme.v1+ndjson"),
)
OF_RECORDS = ("application/geo+json-seq",)
OF_ONE_VALUE = (
    *("application/json", "application/geo+json", "application/vnd.stream+json", "image/jsonl"),
    *("application/json-patch+json", "text/plain", "multipart/mixed", "*/*", "jsonl"),
)


def _document(media_type: str, keyword: str, extension: str = "") -> str:
    return f"""{HEAD}paths:
  /items:
    get:
      operationId: list
      tags: [items]
      {extension}
      responses:
        '200':
          description: The items.
          content:
            {media_type}: {{{keyword}: {{$ref: '#/components/schemas/Item'}}}}
components:
  schemas:
    Item: {{type: object, properties: {{n: {{type: integer}}}}}}
"""


@pytest.mark.parametrize("keyword", ["schema", "itemSchema"])
@pytest.mark.parametrize("media_type", [*OF_LINES, *OF_RECORDS])
def test_json_is_a_stream_under_each_of_its_names_and_is_asked_for_by_it(
    media_type: str, keyword: str
) -> None:
    described, found = lowered(_document(f"{media_type}; charset=utf-8", keyword))
    operation = only_operation(described)
    assert operation.stream is not None
    assert operation.stream.content == Payloads(Named("Item"), DataKind.JSON)
    assert operation.stream.framing == ("jsonl" if media_type in OF_LINES else "json-seq")
    assert operation.stream.media_types == (media_type,)
    assert (operation.returns, found) == ((), [])


@pytest.mark.parametrize(
    "media_type",
    ["application/jsonl", "application/x-ndjson", "application/json-seq", "text/event-stream"],
)
def test_what_is_asked_for_anyway_is_not_named(media_type: str) -> None:
    stream = only_operation(lowered(_document(media_type, "schema: {}, x-of"))[0]).stream
    assert stream is not None
    assert stream.media_types == ()


@pytest.mark.parametrize("media_type", ["application/json", "multipart/mixed", "text/plain"])
def test_an_item_schema_under_a_media_type_that_is_no_stream_is_warned_of(media_type: str) -> None:
    described, (warning,) = lowered(_document(media_type, "itemSchema"))
    assert only_operation(described).stream is None
    assert (warning.code, warning.severity) == ("Stream/UnknownMediaType", Severity.WARNING)
    assert f"`itemSchema` is that of a stream's items, and `{media_type}`" in warning.message
    assert str(warning.location) == f"test.yaml:13:{16 + len(media_type)}"
    assert "`application/jsonl`" in (warning.hint or "")


def test_an_item_schema_that_a_vendor_s_extension_makes_use_of_is_not() -> None:
    document = _document("application/json", "itemSchema", "x-fern-streaming: true")
    described, found = lowered(document)
    stream = only_operation(described).stream
    assert stream is not None
    assert (stream.item, found) == (Named("Item"), [])


def test_an_item_schema_beside_another_says_nothing_of_the_whole_answer() -> None:
    described, (warning,) = lowered(_document("application/json", "schema: {}, itemSchema"))
    (answer,) = only_operation(described).returns
    assert (answer.type, warning.code) == (Primitive.ANY, "Stream/UnknownMediaType")


@pytest.mark.parametrize(
    "media_type", [*OF_LINES, *OF_RECORDS, *OF_ONE_VALUE, "text/event-stream", "Text/JSONL;a=b"]
)
def test_generator_and_packages_agree_on_what_a_stream_is(media_type: str) -> None:
    found = mediatypes.framing_of(media_type)
    assert found == of_the_runtime.framing_of(media_type)
    assert (found is None) is (media_type in OF_ONE_VALUE)


def test_generator_and_packages_agree_on_what_is_asked_for() -> None:
    for framing, asked in of_the_runtime.ASKED.items():
        assert mediatypes.to_ask_for(framing, [*asked, "application/json"]) == ("application/json",)
