"""From a document to an API: every decision about names, types and streams is made here."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from sdkgen import importable
from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics
from sdkgen.ir import api
from sdkgen.ir.types import Definitions, dict_form
from sdkgen.lower import argument_types, names, security, versions
from sdkgen.lower.class_names import ClassNames
from sdkgen.lower.client_arguments import arguments_of
from sdkgen.lower.events import Streams
from sdkgen.lower.given import GivenNames
from sdkgen.lower.operations import Operations
from sdkgen.lower.placed import Placed
from sdkgen.lower.placement import example, place
from sdkgen.lower.plans import Plans
from sdkgen.lower.schemas import Schemas
from sdkgen.lower.servers import Servers
from sdkgen.lower.tags import tags_by_component
from sdkgen.lower.unions import opened
from sdkgen.source.document import Document

_MOST_ROUNDS: Final = 6
"""Until no name is asked for twice. Two is what documents need that need more than one."""


def lower(document: Document, config: Config, diagnostics: Diagnostics) -> api.Api:
    """The API that a document describes.

    What is in error is left out, and each error is in `diagnostics`.
    """
    info = document.root.get("info")
    info = info if isinstance(info, dict) else {}
    title = str(info.get("title") or "API")
    client = config.client or names.client(title)
    package = config.package or names.package(title)
    description = info.get("description")
    schemes = security.schemes(
        document, config, config.client or config.package or title, diagnostics
    )
    servers = Servers(document, config, arguments_of(schemes), diagnostics)
    plans = Plans(document, config, diagnostics)
    placed = place(document, config, diagnostics, plans.is_dual)
    operations, definitions = _operations(
        document, config, placed, diagnostics, plans=plans, schemes=schemes, servers=servers
    )
    return api.Api(
        title=title,
        package=package,
        client=client,
        distribution=config.distribution or importable.distribution(package),
        version=versions.version(str(info.get("version", ""))),
        description=description if isinstance(description, str) else None,
        servers=servers.of_api(),
        schemes=schemes,
        resources=_tree(operations, _tag_descriptions(document), client, _modules(operations)),
        definitions=definitions,
        example=example(placed, config, diagnostics),
    )


_ByResource = dict[tuple[str, ...], list[api.Operation]]


def _operations(
    document: Document,
    config: Config,
    placed: tuple[Placed, ...],
    diagnostics: Diagnostics,
    *,
    plans: Plans,
    schemes: tuple[api.SecurityScheme, ...],
    servers: Servers,
) -> tuple[_ByResource, Definitions]:
    """All operations, and what they need, in as many rounds as names take to be settled."""
    given = GivenNames(config, diagnostics)
    given.take(document)
    tags = tags_by_component(document)
    components = document.components("schemas")
    contested: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        found = Diagnostics()
        class_names = ClassNames(components, given.models, contested)
        schemas = Schemas(document, tags, given, class_names)
        operations = Operations(
            document,
            found,
            schemas=schemas,
            given=given,
            streams=Streams(document, schemas, config, found),
            plans=plans,
            schemes=schemes,
            servers=servers,
            config=config,
        )
        lowered = [(one, schemas.lowered(partial(operations.operation, one))) for one in placed]
        if not class_names.unsettled:
            break
        contested = class_names.contested
    for one_found in found:
        diagnostics.add(one_found)
    whole = [(one, operation) for one, operation in lowered if operation is not None]
    by_resource: _ByResource = {}
    settled = schemas.definitions()
    forms = {dict_form(name, settled) for name in settled}
    for one, operation in argument_types.told_apart(whole, forms, config, diagnostics):
        by_resource.setdefault(one.resource, []).append(operation)
    definitions = opened(settled, itertools.chain(*by_resource.values()))
    given.check_fields(definitions)
    return by_resource, definitions


def _modules(paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """The modules of resources, and of those above them: of `chat.completions`, its words.

    Where there is `chat_completions` besides, one of them gets an underscore at its end. So does
    what no file can be called.
    """
    every = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
    modules: dict[str, tuple[str, ...]] = {}
    for path in sorted(every, key=lambda path: (len(path), path)):
        modules[importable.module_for("_".join(path), modules)] = path
    return {path: module for module, path in modules.items()}


def _tree(
    lowered: _ByResource,
    descriptions: dict[tuple[str, ...], str],
    client: str,
    modules: Mapping[tuple[str, ...], str],
) -> tuple[api.Resource, ...]:
    children: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for path in sorted(modules):  # with those above them
        children.setdefault(path[:-1], []).append(path)

    def below(above: tuple[str, ...]) -> tuple[api.Resource, ...]:
        return tuple(
            api.Resource(
                path,
                modules[path],
                names.resource_class(path, client),
                descriptions.get(path),
                tuple(lowered.get(path, ())),
                below(path),
            )
            for path in children.get(above, ())
        )

    return below(())


def _tag_descriptions(document: Document) -> dict[tuple[str, ...], str]:
    tags: Iterable[object] = document.root.get("tags") or ()
    return {
        tuple(names.method(part) for part in str(tag["name"]).split(".")): tag["description"]
        for tag in tags
        if isinstance(tag, dict) and "name" in tag and isinstance(tag.get("description"), str)
    }
