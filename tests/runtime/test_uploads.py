"""Which files have bytes to send."""

from __future__ import annotations

import tempfile
from typing import Any

import pytest

from sdkgen_runtime.uploads import Source, source

# A file, one with a wrapper around it, and one that is in memory at first.
each = pytest.mark.parametrize(
    "opened", [tempfile.TemporaryFile, tempfile.NamedTemporaryFile, tempfile.SpooledTemporaryFile]
)


@each
def test_text_is_refused_before_anything_is_sent(opened: Any) -> None:
    with opened(mode="w+") as file, pytest.raises(TypeError, match="in binary mode"):
        source(file)


@each
def test_bytes_are_read_from_where_a_file_stands(opened: Any) -> None:
    with opened(mode="w+b") as file:
        file.write(b"head body")
        file.seek(5)
        found = source(file)
        assert isinstance(found, Source)
        assert (found.size, b"".join(found.read())) == (4, b"body")
