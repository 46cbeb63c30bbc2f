"""The types of the arguments of methods with a switch: whole, streaming, and either.

They are for code that gathers arguments before it calls: ``client.chat.create(**arguments)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sdkgen.emit.annotations import Annotations
from sdkgen.emit.code import WIDTH, Either, Group, clean, docstring, layout
from sdkgen.emit.imports import imports_for
from sdkgen.emit.methods import every_parameter
from sdkgen.ir import api
from sdkgen.ir.types import Definitions

_TYPING: Final = {"Literal": True, "Required": True, "TypedDict": True}


@dataclass(frozen=True, slots=True)
class ParamsView:
    """A module of argument types, finished."""

    imports: tuple[str, ...]
    name: str
    called: str
    switch: str
    fields: tuple[str, ...]
    docstring: str
    either: str


def params_views(resource: api.Resource, definitions: Definitions) -> Iterable[ParamsView]:
    """The argument types of a resource's methods."""
    annotations = Annotations(definitions)
    for operation in resource.operations:
        if operation.params is None or operation.switch is None:
            continue
        fields = tuple(_field(annotations, one) for one in every_parameter(operation))
        called = ".".join((*resource.path, operation.name))
        summary = " ".join(clean(operation.summary or "").split())
        yield ParamsView(
            tuple(imports_for("\n".join(fields), extra=_TYPING)),
            operation.params,
            called,
            operation.switch.name,
            fields,
            docstring(summary or f"The arguments of `{called}`.", 1),
            _either(operation.params),
        )


def _either(name: str) -> str:
    line = f"{name} = {name}NonStreaming | {name}Streaming"
    if len(line) <= WIDTH:
        return line
    return f"{name} = (\n    {name}NonStreaming | {name}Streaming\n)"


def _field(annotations: Annotations, parameter: api.Parameter) -> str:
    types, before = Either("", annotations.argument(parameter)), f"{parameter.name}: "
    if parameter.required:
        return layout(Group("Required[", [types], "]"), 1, before)
    text = layout(types, 1, before)
    # Only in brackets is there a second line to an annotation.
    return text if "\n" not in text else layout(Group("(", [types], ")"), 1, before)
