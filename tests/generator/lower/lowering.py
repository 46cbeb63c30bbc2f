"""Documents in a few lines, lowered."""

from __future__ import annotations

import textwrap

from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostic, Diagnostics
from sdkgen.ir import api
from sdkgen.ir.streams import EventStream
from sdkgen.lower import lower
from sdkgen.source import read_text

HEAD = """\
openapi: 3.1.0
info: {title: Test, version: '1'}
"""


def lowered(document: str, config: Config | None = None) -> tuple[api.Api, list[Diagnostic]]:
    """The API of a document, and what was found."""
    diagnostics = Diagnostics()
    text = textwrap.dedent(document)
    if not text.startswith(("openapi", "{")):
        text = HEAD + text
    read = read_text(text.encode(), "test.yaml", diagnostics)
    return lower(read, config or Config(), diagnostics), list(diagnostics)


def stream_document(schema: str, media: str = "", keyword: str = "schema") -> str:
    """A document of one stream. Its schema stands from line 11 on, indented by 16."""
    margin = " " * 14
    lines = textwrap.indent(textwrap.dedent(schema).strip("\n"), margin + "  ")
    extra = textwrap.indent(textwrap.dedent(media).strip("\n"), margin)
    return f"""{HEAD}paths:
  /chat:
    post:
      operationId: create
      tags: [chat]
      responses:
        '200':
          description: ok
          content:
            text/event-stream:
{margin}{keyword}:
{lines}
{extra}
"""


def only_operation(described: api.Api) -> api.Operation:
    """The one operation of an API."""
    (resource,) = described.resources
    (operation,) = resource.operations
    return operation


def only_stream(described: api.Api) -> EventStream:
    """The stream of the one operation of an API."""
    stream = only_operation(described).stream
    assert stream is not None
    return stream


def methods(described: api.Api) -> dict[str, str]:
    """Each method of a client, with the endpoint that it is for."""
    return {
        ".".join((*resource.path, name)): f"{operation.method} {operation.path}"
        for resource in described.every_resource()
        for operation in resource.operations
        for name in (operation.name, operation.stream_name)
        if name is not None
    }
