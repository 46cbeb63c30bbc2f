"""A reader, read as a stream would read it."""

from __future__ import annotations

from typing import Any

from sdkgen_runtime.errors import APIError
from sdkgen_runtime.events import NOTHING, Signal
from sdkgen_runtime.reader import Reader


def read_chunk(reader: Reader[Any], chunk: bytes) -> list[Any]:
    """What a chunk gives: items, and errors in the places of others."""
    item = reader.receive(chunk)
    found = [] if item is NOTHING else [item]
    while reader.waiting or reader.plain.rest():
        found += [*read_waiting(reader), *iter(reader.next_plain, NOTHING)]
    return found


def read_waiting(reader: Reader[Any]) -> list[Any]:
    """What the events give that wait."""
    found: list[Any] = []
    while reader.waiting:
        try:
            item = reader.take()
        except APIError as error:
            found.append(error)
        else:
            found += [] if isinstance(item, Signal) else [item]
    return found
