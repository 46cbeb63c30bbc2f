"""Checked, not run: what can be given as a file, and what a file is given as."""

from __future__ import annotations

import io
from pathlib import Path
from typing import assert_type

import wire
from wire import models


def a_part_may_have_headers(client: wire.Wire, path: Path) -> None:
    client.bodies.headed(file=b"x", files=[path, io.BytesIO(b"x"), ("a", path)])
    client.bodies.headed(file=("a", b"x", "text/plain"))
    client.bodies.headed(file=("a", path, None, {"X-Digest": "d"}))
    client.bodies.headed(file=("a", path, None, ["X-Digest"]))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def bytes_are_streamed_and_values_are_values(client: wire.Wire) -> None:
    assert_type(client.files.content("1"), wire.BinaryResponse)
    assert_type(client.files.preview("1"), wire.BinaryResponse | models.Job | None)
    assert_type(client.files.details("1"), models.Details)
    assert_type(client.files.sample("1"), wire.BinaryResponse)


async def likewise_for_event_loops(client: wire.AsyncWire) -> None:
    assert_type(await client.files.content("1"), wire.AsyncBinaryResponse)
    assert_type(await client.files.preview("1"), wire.AsyncBinaryResponse | models.Job | None)
    assert_type(await client.files.details("1"), models.Details)


def xml_is_text(client: wire.Wire) -> None:
    assert_type(client.feeds.get("1"), str)
    assert_type(client.feeds.replace("1", body="<a/>"), str)
    assert_type(client.feeds.replace("1", body=b"<a/>"), str)
    assert_type(client.feeds.check("1", state="s"), models.Job)
