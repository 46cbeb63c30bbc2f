"""What a client offers: resources, their operations, and how these answer."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sdkgen.ir.streams import EventStream
from sdkgen.ir.types import Definitions, TypeRef

Place = Literal["path", "query", "header", "cookie", "body", "content"]


StyleName = Literal[
    "form",
    "simple",
    "label",
    "matrix",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "json",
    "cookie",
]


@dataclass(frozen=True, slots=True)
class Style:
    """How a value is written (OpenAPI 3.1, section 4.8.12.2), where not as by default.

    Attributes:
        name: `json` for a value that is JSON text in its place.
        explode: Whether each item or member stands for itself.
        reserved: Whether reserved characters are left as they are.
    """

    name: StyleName
    explode: bool = False
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of a method.

    Attributes:
        name: The argument's name in Python.
        wire: The name that the API knows.
        place: Where the value goes; `body` for a member of a JSON object or of a form, `content`
            for the whole of a body.
        style: How it is written, where that is not its place's default.
        assumed: What the API takes it to be where it is not sent, if that is a boolean.
        default: What is sent where it is not given; None for nothing.
        in_parts: Whether it may be a part of its own, in which what is binary is a file.
    """

    name: str
    wire: str
    place: Place
    type: TypeRef
    required: bool
    description: str | None = None
    style: Style | None = None
    assumed: bool | None = None
    default: bool | None = None
    in_parts: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries.

    Attributes:
        media_type: How it is written.
        others: How it may be written instead.
        whole: The one argument that is the body; None where the operation's parameters in
            the place `body` are its members.
        optional: Whether there is no body where none of its members is given.
        styles: How fields of a form are written, where not by their media type.
        parts: The media types of fields of a form, where these are declared.
        headers: The headers of parts of a form that are always the same, by field.
    """

    media_type: str
    others: tuple[str, ...] = ()
    whole: Parameter | None = None
    optional: bool = False
    styles: tuple[tuple[str, Style], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Switch:
    """The argument that asks for a stream in place of a whole answer.

    Attributes:
        value: Its value that asks for the stream.
        others: The type of its other values; None where none are known.
    """

    parameter: Parameter
    value: bool | str
    others: TypeRef | None


class Kind(enum.Enum):
    """How the body of an answer is read."""

    JSON = "json"
    TEXT = "text"
    XML = "xml"
    BINARY = "binary"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which an operation may answer.

    Attributes:
        status: ``200``, a range such as ``4XX``, or ``default``.
        media_type: None where there is no body.
    """

    status: str
    kind: Kind
    media_type: str | None
    type: TypeRef


@dataclass(frozen=True, slots=True)
class Variable:
    """A part of a server's URL that is open.

    Attributes:
        name: Its name in the URL.
        argument: The client's argument for it.
        default: Its value where none is given; None where one has to be.
        values: The values that it may have; any, where there are none.
    """

    name: str
    argument: str
    default: str | None
    values: tuple[str, ...]
    description: str | None


@dataclass(frozen=True, slots=True)
class Server:
    """A place where the API, or an operation, is served.

    Attributes:
        url: Its URL; ``{name}`` stands for a variable. Relative to the API's for operations alone.
        name: What it is chosen by.
    """

    url: str
    name: str
    description: str | None
    variables: tuple[Variable, ...]

    @property
    def default_url(self) -> str | None:
        """The URL with all variables at their defaults; None where one has none."""
        url = self.url
        for one in self.variables:
            if one.default is None:
                return None
            url = url.replace(f"{{{one.name}}}", one.default)
        return url


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the API, as a method or two.

    Attributes:
        name: The method that gives the whole answer; the stream, where there is no other answer.
        stream_name: The method that gives the stream, where there is another answer too.
        switch: The argument that asks for the stream, where there is one.
        params: The name from which the types of its arguments take theirs, where it has a switch.
        path: The path template as it goes on the wire.
        security: Alternatives of scheme names; None where the document leaves it open.
        servers: Where it is served, if not where the API is, the first by default.
    """

    name: str
    stream_name: str | None
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Body | None
    returns: tuple[Outcome, ...]
    raises: tuple[Outcome, ...]
    stream: EventStream | None
    switch: Switch | None
    params: str | None
    security: tuple[tuple[str, ...], ...] | None
    servers: tuple[Server, ...]
    summary: str | None
    description: str | None
    deprecated: bool

    @property
    def params_names(self) -> tuple[str, ...]:
        """The names of the types of its arguments: of any, for the whole answer, for the stream."""
        kinds = ("", "NonStreaming", "Streaming")
        return () if self.params is None else tuple(f"{self.params}{kind}" for kind in kinds)

    @property
    def is_download(self) -> bool:
        """Whether it may answer with bytes, which are read as they arrive."""
        return any(one.kind is Kind.BINARY for one in self.returns)

    @property
    def values(self) -> tuple[Outcome, ...]:
        """Its answers that are read as a whole: beside bytes, text and XML are bytes, too."""
        is_read = (Kind.JSON, Kind.EMPTY) if self.is_download else tuple(Kind)
        return tuple(one for one in self.returns if one.kind in is_read)


@dataclass(frozen=True, slots=True)
class Resource:
    """A noun of the API.

    Attributes:
        path: Attribute names from the client to it: ``("beta", "conversations")``.
        module: The name of its module, which no other resource has.
        class_name: The name of its class.
    """

    path: tuple[str, ...]
    module: str
    class_name: str
    description: str | None
    operations: tuple[Operation, ...]
    children: tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """How a client fetches its access tokens itself (RFC 6749, section 4.4).

    Attributes:
        token_url: The token endpoint; relative to the server, if it is no whole URL.
        scopes: What the operations need.
        arguments: The client's arguments for its id and its secret.
        env: The environment variables that stand in for them.
        scopes_argument: The client's argument for other scopes.
        url_argument: The client's argument for another token endpoint.
    """

    token_url: str
    scopes: tuple[str, ...]
    arguments: tuple[str, str]
    env: tuple[str, str]
    scopes_argument: str
    url_argument: str


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """A credential that the API knows.

    Attributes:
        name: The scheme's name in the document.
        argument: The client's argument for it.
        env: The environment variable that stands in for the argument.
        place: Where a key is sent.
        key: Under which name a key is sent.
        prefix: The name of a scheme of HTTP that is neither of the two.
        grant: How access tokens can be fetched; None where they have to be given.
    """

    name: str
    argument: str
    env: str | None
    kind: Literal["bearer", "basic", "http", "key"]
    place: Literal["header", "query", "cookie"]
    key: str
    description: str | None
    prefix: str | None = None
    grant: ClientCredentials | None = None


@dataclass(frozen=True, slots=True)
class Api:
    """A whole API, ready to be written down.

    Attributes:
        package: The import name.
        client: The name of the client's class.
        distribution: The name under which it is installed.
        servers: Where it is served, the first by default; none where the document does not say.
        example: The operation to show as an example, by its path from the client on.
    """

    title: str
    package: str
    client: str
    distribution: str
    version: str
    description: str | None
    servers: tuple[Server, ...]
    schemes: tuple[SecurityScheme, ...]
    resources: tuple[Resource, ...]
    definitions: Definitions
    example: tuple[str, ...] | None = None

    def every_resource(self) -> Iterator[Resource]:
        """The resources, each before those below it."""
        waiting = list(reversed(self.resources))
        while waiting:
            yield (resource := waiting.pop())
            waiting += reversed(resource.children)

    def every_operation(self) -> Iterator[Operation]:
        """The operations of all resources, in the order of these."""
        for resource in self.every_resource():
            yield from resource.operations

    @property
    def choice(self) -> dict[str, Server]:
        """The servers that a client can choose, by name: those of the API, then of operations.

        A name that several have stands for the one of the API, and for that of each operation.
        """
        own = (one.servers for one in self.every_operation())
        found: dict[str, Server] = {}
        for servers in (self.servers, *own):
            for one in servers if len(servers) > 1 else ():
                found.setdefault(one.name, one)
        return found

    @property
    def base_url(self) -> str | None:
        """Where it is served unless users say otherwise; None where they have to."""
        return self.servers[0].default_url if self.servers else None
