"""The clients of an API: what they take, and what the runtime is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sdkgen.emit.annotations import Annotations, shadowed_by
from sdkgen.emit.code import (
    Code,
    Group,
    Labelled,
    clean,
    docstring,
    layout,
    literal,
    one_line,
    strings,
)
from sdkgen.emit.descriptions import servers
from sdkgen.emit.resources import ChildView, child_view, imported_children
from sdkgen.ir import api

_USUAL_ARGUMENTS: Final = ("client_id", "client_secret")


@dataclass(frozen=True, slots=True)
class ClassView:
    """A client, for threads or for event loops."""

    name: str
    docstring: str
    signature: str
    init_docstring: str
    transport: str
    credentials: str
    where: str
    children: tuple[ChildView, ...]
    define: str
    wait: str
    close: str
    enter: str
    exit: str
    text: str
    error_type: str


@dataclass(frozen=True, slots=True)
class ClientView:
    """The module of the clients, finished."""

    docstring: str
    api: str
    takes_builtins: bool
    takes_sequences: bool
    typing: str
    children: tuple[ChildView, ...]
    classes: tuple[ClassView, ...]


def client_view(described: api.Api) -> ClientView:
    """The module of the clients."""
    annotations = Annotations({}, shadowed_by(one.path[-1] for one in described.resources))
    classes = tuple(_class(described, annotations, prefix) for prefix in ("", "Async"))
    signatures = classes[0].signature
    return ClientView(
        docstring(f"The clients of {clean(described.title)}.", 0),
        _api(described),
        "builtins." in f"{classes[0].text} {classes[0].error_type}",
        any(one.grant is not None for one in described.schemes),
        ", ".join(
            [
                *(["TYPE_CHECKING"] if described.resources else []),
                *(["Literal"] if "Literal[" in signatures else []),
                *("Self", "Unpack"),
            ]
        ),
        imported_children(described.resources, ".resources."),
        classes,
    )


def _api(described: api.Api) -> str:
    items: list[str | Labelled] = [literal(described.package), "__version__"]
    if described.servers:
        items.append(Labelled("servers=", servers(described.servers)))
    own = {one.name for one in described.servers}
    if others := [name for name in described.choice if name not in own]:
        items.append(f"others={strings(others)}")
    schemes = [_scheme(one) for one in described.schemes]
    items.append(Labelled("schemes=", Group("(", schemes, ")", display=True)))
    return layout(Group("rt.Api(", items, ")"), 0, "_API = ")


def _scheme(scheme: api.SecurityScheme) -> Code:
    parts: list[Code] = [literal(scheme.name), literal(scheme.kind)]
    if scheme.env is not None:
        parts.append(f"env={literal(scheme.env)}")
    if scheme.place != "header":
        parts.append(f"place={literal(scheme.place)}")
    if scheme.key != "Authorization":
        parts.append(f"key={literal(scheme.key)}")
    if scheme.prefix is not None:
        parts.append(f"prefix={literal(scheme.prefix)}")
    if scheme.argument != scheme.name:
        parts.append(f"argument={literal(scheme.argument)}")
    if scheme.grant is not None:
        parts.append(Labelled("grant=", _grant(scheme.grant)))
    return Group("rt.Scheme(", parts, ")")


def _grant(grant: api.ClientCredentials) -> Code:
    parts = [literal(grant.token_url)]
    if grant.scopes:
        parts.append(f"scopes={strings(grant.scopes)}")
    if grant.arguments != _USUAL_ARGUMENTS:
        parts.append(f"arguments={strings(grant.arguments)}")
    parts.append(f"env={strings(grant.env)}")
    return Group("rt.ClientCredentials(", [*parts], ")")


def _secrets(scheme: api.SecurityScheme, text: str) -> list[str]:
    """The arguments of a client for one credential."""
    kind = "rt.Secret" if scheme.kind == "basic" else text
    said = [f"{scheme.argument}: {kind} | None = None"]
    if scheme.grant is not None:
        said += [f"{one}: {text} | None = None" for one in scheme.grant.arguments]
        said.append(f"{scheme.grant.scopes_argument}: Sequence[{text}] | None = None")
        said.append(f"{scheme.grant.url_argument}: {text} | None = None")
    return said


def _credential(scheme: api.SecurityScheme) -> Code:
    """What the runtime is given for one scheme."""
    grant, label = scheme.grant, f"{literal(scheme.name)}: "
    if grant is None:
        return f"{label}{scheme.argument}"
    parts: list[Code] = [
        scheme.argument,
        *grant.arguments,
        f"scopes={grant.scopes_argument}",
        f"token_url={grant.url_argument}",
    ]
    return Labelled(label, Group("rt.OAuth(", parts, ")"))


def _variables(described: api.Api) -> dict[str, list[api.Variable]]:
    """The variables of all servers, by the arguments that clients have for them."""
    found: dict[str, list[api.Variable]] = {}
    own = (server for one in described.every_operation() for server in one.servers)
    for server in (*described.servers, *own):
        for variable in server.variables:
            found.setdefault(variable.argument, []).append(variable)
    return found


def _choices(described: api.Api, text: str) -> list[Code]:
    """The arguments of a client for its server, and for what is open in that."""
    items: list[Code] = []
    if described.choice:
        items.append(_choice("server", described.choice, text))
    for argument, variables in _variables(described).items():
        open_ = not all(one.values for one in variables)
        values = [] if open_ else [v for x in variables for v in x.values]
        items.append(_choice(argument, values, text))
    return items


def _choice(argument: str, values: Iterable[str], text: str) -> Code:
    said = [literal(value) for value in dict.fromkeys(values)]
    if not said:
        return f"{argument}: {text} | None = None"
    return Labelled(f"{argument}: ", Group("Literal[", [*said], "] | None = None"))


def _where(described: api.Api) -> str:
    """What the runtime is told of the choice."""
    said = ["            server=server,\n"] if described.choice else []
    if variables := _variables(described):
        members: list[Code] = [f"{literal(argument)}: {argument}" for argument in variables]
        group = Labelled("variables=", Group("{", members, "}", display=True))
        said.append(layout(group, 3, "", ",") + "\n")
    return "".join(said).rstrip("\n")


def _documented_servers(described: api.Api) -> list[str]:
    lines = []
    if described.choice:
        known = ", ".join(f"`{name}` ({one.url})" for name, one in described.choice.items())
        lines.append(f"    server: Which server to use, the first unless given: {clean(known)}.")
    for argument, (first, *_) in _variables(described).items():
        words = one_line(first.description) or "A part of the server's URL."
        default = f" {clean(first.default)} unless given." if first.default else ""
        lines.append(f"    {argument}: {words}{default}")
    return lines


def _class(described: api.Api, annotations: Annotations, prefix: str) -> ClassView:
    is_async, text = bool(prefix), annotations.builtin("str")
    secrets = [argument for one in described.schemes for argument in _secrets(one, text)]
    choices = _choices(described, text)
    ordered = (
        [*secrets, *choices, f"base_url: {text} | None = None"]
        if described.servers
        else [f"base_url: {text}", *secrets, *choices]
    )
    items: list[Code] = [
        "self",
        "*",
        *ordered,
        f"http_client: httpx.{prefix}Client | None = None",
        "**options: Unpack[rt.ClientOptions]",
    ]
    credentials = Group(
        "{",
        [_credential(one) for one in described.schemes],
        "}",
        display=True,
    )
    kind = "event loops" if is_async else "threads"
    return ClassView(
        name=f"{prefix}{described.client}",
        docstring=docstring(f"A client of {clean(described.title)}, for {kind}.", 1),
        signature=layout(Group("def __init__(", items, ") -> None:"), 1),
        init_docstring=docstring(_arguments(described, is_async=is_async), 2),
        transport=f"rt.{prefix}Transport",
        credentials=layout(Labelled("credentials=", credentials), 3, "", ","),
        where=_where(described),
        children=tuple(child_view(one, ".resources.", prefix) for one in described.resources),
        define="async def" if is_async else "def",
        wait="await " if is_async else "",
        close="aclose" if is_async else "close",
        enter="__aenter__" if is_async else "__enter__",
        exit="__aexit__" if is_async else "__exit__",
        text=text,
        error_type=annotations.builtin("type"),
    )


def _arguments(described: api.Api, *, is_async: bool) -> str:
    lines = ["Set up a client; nothing is sent yet.", "", "Args:"]
    for one in described.schemes:
        lines += _documented(one)
    lines += _documented_servers(described)
    where = f" {described.base_url} unless given." if described.base_url else ""
    client = "httpx.AsyncClient" if is_async else "httpx.Client"
    lines += [
        f"    base_url: Where the API is served.{where}",
        f"    http_client: An `{client}` to send with, which stays yours to close.",
        "    options: How calls are made, by keyword, here or in each call: `timeout` (seconds for",
        "        every single wait, or a `Timeout`), `max_retries`, `lenient` and others.",
    ]
    return "\n".join(lines)


def _documented(scheme: api.SecurityScheme) -> list[str]:
    words = one_line(scheme.description) or f"The `{scheme.name}` credential."
    if scheme.kind == "basic":
        words += " A pair of a user name and a password, or `user:password`."
    said = {scheme.argument: (words, scheme.env)}
    if scheme.grant is not None:
        (client_id, secret), envs = scheme.grant.arguments, scheme.grant.env
        said[client_id] = ("Who asks for access tokens, where none is given.", envs[0])
        said[secret] = (f"The secret that belongs to `{client_id}`.", envs[1])
        needed = f" {' '.join(scheme.grant.scopes)} unless given." if scheme.grant.scopes else ""
        said[scheme.grant.scopes_argument] = (f"What the tokens are to be good for.{needed}", None)
        where = f"Where tokens are asked for. {scheme.grant.token_url} unless given."
        said[scheme.grant.url_argument] = (where, None)
    return [
        f"    {argument}: {clean(text)}"
        + (f" Taken from {env} where it is not given." if env else "")
        for argument, (text, env) in said.items()
    ]
