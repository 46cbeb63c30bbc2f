"""From a document to an API: every decision about names, types and streams is made here."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Final

from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics
from sdkgen.ir import api
from sdkgen.lower import names, security
from sdkgen.lower.events import Streams
from sdkgen.lower.given import GivenNames
from sdkgen.lower.operations import Operations
from sdkgen.lower.placement import place, stream_names
from sdkgen.lower.plans import Plans
from sdkgen.lower.schemas import Schemas
from sdkgen.lower.servers import Servers
from sdkgen.lower.tags import tags_by_component
from sdkgen.lower.unions import opened
from sdkgen.source.document import Document

_NUMBERS: Final = re.compile(r"[0-9]+")
_LONGEST_VERSION: Final = 6
_MOST_ROUNDS: Final = 6
"""Until no name is asked for twice. Two is what documents need that need more than one."""


def lower(document: Document, config: Config, diagnostics: Diagnostics) -> api.Api:
    """The API that a document describes.

    What is in error is left out, and each error is in `diagnostics`.
    """
    contested: set[str] = set()
    tags = tags_by_component(document.root)
    for _ in range(_MOST_ROUNDS):
        found = Diagnostics()
        given = GivenNames(config, found)
        given.take(document)
        schemas = Schemas(document, tags, given, contested)
        described = _lowered(document, config, schemas, given, found)
        if schemas.contested == contested:
            break
        contested = schemas.contested
    given.check_fields(described.definitions)
    for one in found:
        diagnostics.add(one)
    return described


def _lowered(
    document: Document,
    config: Config,
    schemas: Schemas,
    given: GivenNames,
    diagnostics: Diagnostics,
) -> api.Api:
    info = document.root.get("info")
    info = info if isinstance(info, dict) else {}
    title = str(info.get("title") or "API")
    client = config.client or names.client(title)
    package = config.package or names.package(title)
    schemes = security.schemes(document, config.client or config.package or title, diagnostics)
    servers = Servers(document, config.document_url, security.arguments_of(schemes), diagnostics)
    operations = Operations(
        document,
        diagnostics,
        schemas=schemas,
        given=given,
        streams=Streams(document, schemas, config, diagnostics),
        plans=Plans(document, config, diagnostics),
        schemes=schemes,
        servers=servers,
        locate_configured=config.locate,
    )
    placed = place(document, config, diagnostics)
    second = stream_names(placed, operations.is_dual)
    lowered: dict[tuple[str, ...], list[api.Operation]] = {}
    for one in placed:
        operation = operations.operation(one, second.get((*one.resource, one.method)))
        if operation is not None:
            lowered.setdefault(one.resource, []).append(operation)
    description = info.get("description")
    return api.Api(
        title=title,
        package=package,
        client=client,
        distribution=package.replace("_", "-"),
        version=_version(str(info.get("version", ""))),
        description=description if isinstance(description, str) else None,
        servers=servers.of_api(),
        schemes=schemes,
        resources=_tree(lowered, _tag_descriptions(document), client, ()),
        definitions=opened(schemas.definitions(), itertools.chain(*lowered.values())),
    )


def _tree(
    lowered: dict[tuple[str, ...], list[api.Operation]],
    descriptions: dict[tuple[str, ...], str],
    client: str,
    above: tuple[str, ...],
) -> tuple[api.Resource, ...]:
    depth = len(above)
    children = {
        path[: depth + 1] for path in lowered if path[:depth] == above and len(path) > depth
    }
    return tuple(
        api.Resource(
            path,
            names.resource_class(path, client),
            descriptions.get(path),
            tuple(lowered.get(path, ())),
            _tree(lowered, descriptions, client, path),
        )
        for path in sorted(children)
    )


def _tag_descriptions(document: Document) -> dict[tuple[str, ...], str]:
    tags: Iterable[object] = document.root.get("tags") or ()
    return {
        tuple(names.method(part) for part in str(tag["name"]).split(".")): tag["description"]
        for tag in tags
        if isinstance(tag, dict) and "name" in tag and isinstance(tag.get("description"), str)
    }


def _version(version: str) -> str:
    """A version that Python's tools accept (PEP 440): the numbers of the document's own."""
    numbers = [str(int(number)) for number in _NUMBERS.findall(version[:50])[:_LONGEST_VERSION]]
    return ".".join(numbers) or "0.0.0"
