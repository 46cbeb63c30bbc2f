"""Views to text, by templates that hold no logic."""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("sdkgen.emit"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - it is Python that is written, and `code` makes it safe
    )


def render(template: str, header: str, view: Any) -> str:
    """A file, from its template and its finished view."""
    text = _environment().get_template(f"{template}.jinja").render(header=header, view=view)
    return f"{text.strip()}\n"
