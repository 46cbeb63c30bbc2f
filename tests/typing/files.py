"""Checked, not run: what can be given as a file."""

from __future__ import annotations

import io
from pathlib import Path

import wire


def a_part_may_have_headers(client: wire.Wire, path: Path) -> None:
    client.bodies.headed(file=b"x", files=[path, io.BytesIO(b"x"), ("a", path)])
    client.bodies.headed(file=("a", b"x", "text/plain"))
    client.bodies.headed(file=("a", path, None, {"X-Digest": "d"}))
    client.bodies.headed(file=("a", path, None, ["X-Digest"]))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
