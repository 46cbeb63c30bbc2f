"""`sdkgen.yaml`: what the document leaves open, checked against `config.schema.json`.

A new key is a property in the schema, a field here, and a line in `_config`.
"""

from __future__ import annotations

import difflib
import json
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from sdkgen import importable
from sdkgen.diagnostics import Locate, Location
from sdkgen.text import Text, parse
from sdkgen.text.limits import fail, shown
from sdkgen.text.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jsonschema import Draft202012Validator

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


Handle = Literal["yield", "done", "error", "break", "continue"]


@dataclass(frozen=True, slots=True)
class Handler:
    """What to do with the events that it matches; it matches all where nothing is said.

    Attributes:
        handle: What to do.
        data_starts_with: How the data of a matching event begins.
        event_types: The types of matching events; None among them for no `event:` line.
        error_property: The member of the data that, where it is there, is an error.
    """

    handle: Handle
    data_starts_with: str | None = None
    event_types: tuple[str | None, ...] | None = None
    error_property: str | None = None


@dataclass(frozen=True, slots=True)
class Streaming:
    """How event streams are read where the document does not say.

    Attributes:
        schema: What a stream's schema describes: the whole event, or its data alone.
        terminator: What ends a stream.
        gives: What the items are: the whole event, or its data alone.
        resume: Whether a stream that is lost is asked for again.
        handlers: What to do with events, tried in order; none for the standard's way.
    """

    schema: Literal["event", "data"] | None = None
    terminator: Terminator = Terminator()
    gives: Literal["event", "data"] | None = None
    resume: bool | None = None
    handlers: tuple[Handler, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodStreaming:
    """How one method streams.

    Attributes:
        switch: The argument that asks for the stream; None where there is none.
        switch_value: What it is, then, where it is no boolean.
        always: Whether the endpoint has no other answer.
        model: The path among the resources, or the schema's name, of the items' model.
        raw: Whether the items have no model.
        params_name: The name from which the types of the arguments take theirs.
        settings: What goes before the settings of the whole document.
        pointer: Where this stands in the configuration.
    """

    switch: str | None
    switch_value: str | None
    always: bool
    model: str | None
    raw: bool
    params_name: str | None
    settings: Streaming
    pointer: str


@dataclass(frozen=True, slots=True)
class Method:
    """A method by its endpoint.

    Attributes:
        name: What it is to be called.
        verb: In lower case.
        path: As the document writes it.
        arguments: The names that arguments are to have, by the document's.
        pointer: Where this stands in the configuration.
    """

    name: str
    verb: str
    path: str
    arguments: Mapping[str, str]
    streaming: MethodStreaming | None
    pointer: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model by its schema.

    Attributes:
        schema: The name of the schema.
        fields: The names that fields are to have, by the document's.
    """

    schema: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of the client.

    Attributes:
        path: The names from the client to it.
        models: By the names that they are to have.
        pointer: Where this stands in the configuration.
    """

    path: tuple[str, ...]
    models: Mapping[str, Model]
    methods: tuple[Method, ...]
    pointer: str


def _nowhere(pointer: str) -> Location:
    del pointer
    return Location("sdkgen.yaml", 1, 1)


@dataclass(frozen=True, slots=True)
class Config:
    """What the author of an SDK has decided; `None` leaves it to the document.

    Attributes:
        package: The name by which the SDK is imported.
        client: The name of the client's class.
        streaming: How event streams are read.
        resources: All resources that are named, those in others included.
        document_url: Where the document is served: relative servers count from there.
        locate: Where a pointer of the configuration stands in its file.
    """

    package: str | None = None
    client: str | None = None
    streaming: Streaming = field(default_factory=Streaming)
    resources: tuple[Resource, ...] = ()
    document_url: str | None = None
    locate: Locate = field(default=_nowhere, compare=False, repr=False)


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
    problems = _problems(text.data)
    for problem in problems:
        _report(text, problem, diagnostics)
    data = text.data
    while problems:
        # What is left out may have been needed where it stood.
        data = _without(data, problems)
        problems = _problems(data)
    config = _config(data, text)
    if config.package and (why := importable.why_not(config.package)):
        diagnostics.error(
            "Config/WrongValue",
            f"`package` cannot be {shown(config.package)}: {why}",
            text.positions.locate("/package"),
            hint=f"did you mean `{importable.instead(config.package)}`?",
        )
        return replace(config, package=None)
    return config


def _config(data: dict[str, Any], text: Text) -> Config:
    return Config(
        package=data.get("package"),
        client=data.get("client"),
        document_url=data.get("document_url"),
        streaming=_streaming(data.get("streaming", {})),
        resources=tuple(_resources(data.get("resources", {}), (), "/resources")),
        locate=text.positions.locate,
    )


def _streaming(data: Mapping[str, Any]) -> Streaming:
    terminator = data.get("terminator")
    return Streaming(
        schema=data.get("schema"),
        terminator=Terminator(events=tuple(terminator["event"]))
        if isinstance(terminator, dict)
        else Terminator(sentinel=terminator),
        gives=data.get("yield"),
        resume=data.get("resume"),
        handlers=tuple(map(_handler, data.get("on_event", ()))),
    )


def _handler(data: Mapping[str, Any]) -> Handler:
    types: tuple[str | None, ...] | None = None
    if "event_type" in data:
        said = data["event_type"]
        types = tuple(said) if isinstance(said, list) else (said,)
    return Handler(data["handle"], data.get("data_starts_with"), types, data.get("error_property"))


def _resources(data: Mapping[str, Any], above: tuple[str, ...], pointer: str) -> Iterator[Resource]:
    for name, found in data.items():
        path, place = (*above, name), f"{pointer}/{escape(name)}"
        methods = found.get("methods", {})
        yield Resource(
            path,
            {key: _model(said) for key, said in found.get("models", {}).items()},
            tuple(_method(key, methods[key], f"{place}/methods/{escape(key)}") for key in methods),
            place,
        )
        yield from _resources(found.get("subresources", {}), path, f"{place}/subresources")


def _model(said: str | Mapping[str, Any]) -> Model:
    return (
        Model(said, {}) if isinstance(said, str) else Model(said["schema"], said.get("fields", {}))
    )


def _method(name: str, data: str | Mapping[str, Any], pointer: str) -> Method:
    settings: Mapping[str, Any] = {"endpoint": data} if isinstance(data, str) else data
    verb, _, path = settings["endpoint"].partition(" ")
    streaming = None
    if "streaming" in settings:
        said = settings["streaming"]
        streaming = MethodStreaming(
            switch=said.get("param_discriminator"),
            switch_value=said.get("stream_value"),
            always="param_discriminator" in said and said["param_discriminator"] is None,
            model=said.get("stream_event_model"),
            raw="stream_event_model" in said and said["stream_event_model"] is None,
            params_name=said.get("params_type_name"),
            settings=_streaming(said),
            pointer=f"{pointer}/streaming",
        )
    arguments = settings.get("arguments", {})
    return Method(name, verb, path.strip(), arguments, streaming, pointer)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a wrong one was probably meant to be."""
    return next(iter(difflib.get_close_matches(name, list(known), 1)), None)


@dataclass(frozen=True, slots=True)
class _Problem:
    """A value that its schema does not allow, or allows but for some keys.

    Attributes:
        path: The keys and positions that lead to the value.
        missing: The keys that it needs and does not have.
        unknown: The keys that it may not have.
    """

    path: tuple[str | int, ...]
    value: Any
    schema: Mapping[str, Any]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


@cache
def _validator() -> Draft202012Validator:
    # Takes a tenth of a second to import, which runs without a configuration need not wait for.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _problems(data: Any) -> list[_Problem]:
    problems = []
    for error in _validator().iter_errors(data):
        value: Any = error.instance
        schema: Any = error.schema
        missing: tuple[str, ...] = ()
        unknown: tuple[str, ...] = ()
        if error.validator == "required":
            missing = tuple(name for name in schema["required"] if name not in value)
        elif error.validator == "additionalProperties":
            unknown = tuple(name for name in value if name not in schema["properties"])
        problems.append(_Problem(tuple(error.absolute_path), value, schema, missing, unknown))
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
    for name in problem.missing:
        diagnostics.error(
            "Config/MissingKey",
            f"`{'.'.join(path)}` has no `{name}`",
            text.positions.locate(pointer),
            hint=f"`{name}`: {problem.schema['properties'][name]['description']}",
        )
    if not problem.unknown and not problem.missing:
        subject = f"`{'.'.join(path)}`" if path else "a configuration"
        diagnostics.error(
            "Config/WrongValue",
            f"{subject} cannot be {shown(problem.value)}",
            text.positions.locate(pointer),
            hint=_allowed(problem),
        )


def _allowed(problem: _Problem) -> str | None:
    """What a value could be instead."""
    near = None
    if problem.path == ("package",) and isinstance(problem.value, str):
        near = importable.instead(problem.value)
    elif isinstance(problem.value, str):
        values = problem.schema.get("enum", [problem.schema.get("const")])
        near = nearest(problem.value, filter(None, values))
    return f"did you mean `{near}`?" if near else problem.schema.get("description")


def _nearest(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    if near:
        return f"did you mean `{near}`?"
    return "settings here are " + ", ".join(f"`{setting}`" for setting in known)


def _without(data: Any, problems: list[_Problem]) -> dict[str, Any]:
    """What is left without all that is wrong, so that it still counts."""
    for problem in problems:
        for name in problem.unknown:
            problem.value.pop(name, None)
    # From the last to the first, so that the positions of the others hold.
    for path in sorted({one.path for one in problems if not one.unknown}, reverse=True):
        if not path:
            return {}
        *above, last = path
        # An alias of YAML can be one value in two places.
        with suppress(LookupError):
            owner = data
            for token in above:
                owner = owner[token]
            del owner[last]
    found: dict[str, Any] = data
    return found
