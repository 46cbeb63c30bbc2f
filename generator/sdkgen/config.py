"""`sdkgen.yaml`: what the document leaves open, checked against `config.schema.json`.

A new key is a property in the schema, a field here, and a line in `_config`.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from sdkgen.text import Text, parse
from sdkgen.text.limits import fail, shown
from sdkgen.text.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sdkgen.diagnostics import Diagnostics

SCHEMA: Final = Path(__file__).with_name("config.schema.json")
"""The JSON Schema of the file: editors complete and check by it."""


@dataclass(frozen=True, slots=True)
class Terminator:
    """What ends a stream.

    Attributes:
        sentinel: Compared with the whole data of an event; never shown to users.
        events: The types of the events after which a stream is complete.
    """

    sentinel: str | None = None
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Streaming:
    """How event streams are read where the document does not say.

    Attributes:
        schema: What a stream's schema describes: the whole event, or its data alone.
        terminator: What ends a stream.
    """

    schema: Literal["event", "data"] | None = None
    terminator: Terminator = Terminator()


@dataclass(frozen=True, slots=True)
class Config:
    """What the author of an SDK has decided; `None` leaves it to the document.

    Attributes:
        package: The name by which the SDK is imported.
        client: The name of the client's class.
        streaming: How event streams are read.
    """

    package: str | None = None
    client: str | None = None
    streaming: Streaming = field(default_factory=Streaming)


def load(path: Path | None, diagnostics: Diagnostics) -> Config:
    """Read a configuration.

    Args:
        path: The file; without one, nothing is decided.
        diagnostics: Takes unknown keys and wrong values, which then decide nothing.

    Raises:
        DocumentError: There is no such file, or it is not YAML.
    """
    if path is None:
        return Config()
    try:
        raw = path.read_bytes()
    except OSError as error:
        fail("Config/Unreadable", f"`{path}` cannot be read: {error.strerror}", None)
    if not raw.strip():
        return Config()
    text = parse(raw, str(path), diagnostics)
    if text.data is None:
        return Config()
    for problem in _problems(text.data):
        _report(text, problem, diagnostics)
        _leave_out(text.data, problem)
    return _config(text.data if isinstance(text.data, dict) else {})


def _config(data: dict[str, Any]) -> Config:
    streaming = data.get("streaming", {})
    terminator = streaming.get("terminator")
    return Config(
        package=data.get("package"),
        client=data.get("client"),
        streaming=Streaming(
            schema=streaming.get("schema"),
            terminator=Terminator(events=tuple(terminator["event"]))
            if isinstance(terminator, dict)
            else Terminator(sentinel=terminator),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Problem:
    """A value that its schema does not allow, or allows but for some keys."""

    path: tuple[str | int, ...]
    value: Any
    schema: Mapping[str, Any]
    unknown: tuple[str, ...]


def _problems(data: Any) -> list[_Problem]:
    # Takes a tenth of a second to import, which runs without a configuration need not wait for.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    problems = []
    for error in validator.iter_errors(data):
        value: Any = error.instance
        schema: Any = error.schema
        is_extra = error.validator == "additionalProperties"
        unknown = (
            tuple(name for name in value if name not in schema["properties"]) if is_extra else ()
        )
        problems.append(_Problem(tuple(error.absolute_path), value, schema, unknown))
    return problems


def _report(text: Text, problem: _Problem, diagnostics: Diagnostics) -> None:
    path = [str(token) for token in problem.path]
    pointer = "".join(f"/{escape(token)}" for token in path)
    for name in problem.unknown:
        diagnostics.error(
            "Config/UnknownKey",
            f"`{'.'.join([*path, name])}` is not a setting",
            text.positions.locate(f"{pointer}/{escape(name)}", key=True),
            hint=_nearest(name, problem.schema["properties"]),
        )
    if not problem.unknown:
        subject = f"`{'.'.join(path)}`" if path else "a configuration"
        diagnostics.error(
            "Config/WrongValue",
            f"{subject} cannot be {shown(problem.value)}",
            text.positions.locate(pointer),
            hint=problem.schema.get("description"),
        )


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return f"did you mean `{near[0]}`?"
    return "settings here are " + ", ".join(f"`{setting}`" for setting in known)


def _leave_out(data: Any, problem: _Problem) -> None:
    """Remove what is wrong, so that the rest still counts."""
    for name in problem.unknown:
        del problem.value[name]
    if not problem.unknown and problem.path:
        *above, last = problem.path
        for token in above:
            data = data[token]
        data.pop(last, None)
