"""`sdkgen.yaml`: what the document leaves open, checked against `config.schema.json`.

A new key is a property in the schema, a field here, and a line in `_config`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from sdkgen import importable, stainless
from sdkgen.config_check import called, checked
from sdkgen.diagnostics import Locate, Location, did_you_mean, fail, nearest
from sdkgen.ir.streams import Framing, Handler, Terminator
from sdkgen.text import Text, parse
from sdkgen.text.limits import shortened, shown
from sdkgen.text.pointers import child, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sdkgen.diagnostics import Diagnostics

_SCHEMAS: Final = "#/components/schemas"


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
    terminator: Terminator = field(default_factory=Terminator)
    gives: Literal["event", "data"] | None = None
    resume: bool | None = None
    handlers: tuple[Handler, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodStreaming:
    """How one method streams.

    Attributes:
        switch: The argument that asks for the stream; None where there is none.
        switch_value: Its value that asks for the stream, where it is no boolean.
        always: Whether the endpoint has no other answer.
        model: The path among the resources, or the schema's name, of the items' model.
        raw: Whether the items have no model.
        framing: How items are told apart on the wire; None for what the document says.
        params_name: The name from which the types of the arguments take theirs.
        settings: What goes before the settings of the whole document.
        pointer: Where this stands in the configuration.
    """

    switch: str | None
    switch_value: str | None
    always: bool
    model: str | None
    raw: bool
    framing: Framing | None
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


@dataclass(frozen=True, slots=True)
class Credential:
    """What a credential is called.

    Attributes:
        argument: The client's argument for it; None for the name made from the scheme.
        env: The environment variable that stands in for it; None for one made from the argument.
    """

    argument: str | None
    env: str | None


def _nowhere(pointer: str) -> Location:
    del pointer
    return Location("sdkgen.yaml", 1, 1)


@dataclass(frozen=True, slots=True)
class Config:
    """What the author of an SDK has decided; `None` leaves it to the document.

    Attributes:
        package: The name by which the SDK is imported.
        distribution: The name under which the SDK is installed.
        client: The name of the client's class.
        example: The endpoint that the package's README shows.
        streaming: How event streams are read.
        resources: All resources that are named, those in others included.
        document_url: Where the document is served: relative servers count from there.
        overlays: What changes the document: paths from the folder of the file, or URLs.
        environments: Where the API is served, by name; none for the document's servers.
        security_schemes: Schemes that go before the document's, in the words of OpenAPI.
        security: What operations ask for that do not say it; None for what the document says.
        credentials: What credentials are called, by the names of their security schemes.
        ignored: The codes of errors that are taken for warnings, and of warnings that are not kept.
        known_in_places: The codes of findings that were to be no errors in some places only.
        skipped: The endpoints that are to be no methods, but for those that `resources` names.
        locate: Where a pointer of the configuration stands in its file.
    """

    package: str | None = None
    client: str | None = None
    streaming: Streaming = field(default_factory=Streaming)
    resources: tuple[Resource, ...] = ()
    document_url: str | None = None
    overlays: tuple[str, ...] = ()
    example: str | None = None
    distribution: str | None = None
    environments: Mapping[str, str] = field(default_factory=dict)
    security_schemes: Mapping[str, Any] = field(default_factory=dict)
    security: list[Any] | None = None
    credentials: Mapping[str, Credential] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    known_in_places: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
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
    tell_unknown = None
    beside: dict[str, Any] = {}
    if stainless.is_one(text):
        unread = stainless.Unread(text.positions, diagnostics)
        beside = {
            "skipped": frozenset(map(_endpoint, stainless.skipped(text))),
            "known_in_places": frozenset(stainless.known_in_places(text)),
        }
        text, tell_unknown = stainless.reworded(text, unread), unread.setting
    config = replace(_config(checked(text, diagnostics, tell_unknown), text), **beside)
    return _without_taken_names(config, text, diagnostics)


def _without_taken_names(config: Config, text: Text, diagnostics: Diagnostics) -> Config:
    """The configuration without a name that something cannot have."""
    nothing: dict[str, Any] = {}
    for key, (why_not, instead) in importable.SETTINGS.items():
        name = getattr(config, key)
        if name and (why := why_not(name)):
            diagnostics.error(
                "Config/WrongValue",
                f"{called(f'/{key}', text.positions)} cannot be {shown(name)}: {why}",
                text.positions.locate(f"/{key}"),
                hint=did_you_mean(instead(name)),
            )
            nothing[key] = None
    return replace(config, **nothing)


def warn_of_wrong_codes(config: Config, diagnostics: Diagnostics) -> None:
    """Name the codes in the configuration that no finding has, but one that is spelt like it.

    And those of findings that are ignored nowhere, since only some of them were to be.
    """
    found = diagnostics.codes
    for code in sorted(config.known_in_places & found):
        diagnostics.warning(
            "Config/NotRead",
            f"the places of `{code}` are of Stainless alone, and decide nothing here",
            config.locate(f"/diagnostics/ignored/{escape(code)}"),
            hint=f"`{code}: true` makes all errors of this kind warnings, and hides its warnings",
        )
    for code in sorted(config.ignored - found):
        if meant := nearest(code, found, 0.8):
            message = f"there is no finding `{shortened(code)}` to be ignored"
            where = config.locate(f"/diagnostics/ignored/{escape(code)}")
            diagnostics.warning("Config/UnknownCode", message, where, hint=did_you_mean(meant))


def _config(data: dict[str, Any], text: Text) -> Config:
    return Config(
        package=data.get("package"),
        distribution=data.get("distribution"),
        client=data.get("client"),
        example=_endpoint(data["example"]) if "example" in data else None,
        document_url=data.get("document_url"),
        overlays=tuple(data.get("overlays", ())),
        environments=data.get("environments", {}),
        security_schemes=data.get("security_schemes", {}),
        security=data.get("security"),
        credentials={
            name: Credential(said.get("argument"), said.get("env"))
            for name, said in data.get("credentials", {}).items()
        },
        ignored=frozenset(
            code for code, known in data.get("diagnostics", {}).get("ignored", {}).items() if known
        ),
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
        Model(_schema(said), {})
        if isinstance(said, str)
        else Model(_schema(said["schema"]), said.get("fields", {}))
    )


def _schema(said: str) -> str:
    """The name of a schema, also where a reference to it is written."""
    return child(_SCHEMAS, said) or said


def _method(name: str, data: str | Mapping[str, Any], pointer: str) -> Method:
    settings: Mapping[str, Any] = {"endpoint": data} if isinstance(data, str) else data
    verb, _, path = _endpoint(settings["endpoint"]).partition(" ")
    streaming = None
    if "streaming" in settings:
        said = settings["streaming"]
        streaming = MethodStreaming(
            switch=said.get("param_discriminator"),
            switch_value=said.get("stream_value"),
            always="param_discriminator" in said and said["param_discriminator"] is None,
            model=said.get("stream_event_model"),
            raw="stream_event_model" in said and said["stream_event_model"] is None,
            framing=said.get("format"),
            params_name=said.get("params_type_name"),
            settings=_streaming(said),
            pointer=f"{pointer}/streaming",
        )
    arguments = settings.get("arguments", {})
    return Method(name, verb, path, arguments, streaming, pointer)


def _endpoint(said: str) -> str:
    """A verb in lower case, and a path."""
    verb, _, path = said.partition(" ")
    return f"{verb.lower()} {path.strip()}"
