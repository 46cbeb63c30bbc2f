"""The types of the arguments of methods with a switch: whole, streaming, and either.

They are for code that gathers arguments before it calls: ``client.chat.create(**arguments)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sdkgen.emit.annotations import Annotations
from sdkgen.emit.code import WIDTH, docstring, literal
from sdkgen.emit.dicts import key
from sdkgen.emit.imports import imports_for, own_imports
from sdkgen.emit.methods import every_parameter
from sdkgen.ir import api
from sdkgen.ir.types import Definitions

_TYPING: Final = {"Literal": True, "Required": True}


@dataclass(frozen=True, slots=True)
class ParamsView:
    """A module of argument types, finished."""

    imports: tuple[str, ...]
    own_imports: tuple[str, ...]
    name: str
    names: tuple[str, ...]
    called: str
    streaming: str
    whole: str
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
        code = "\n".join(fields)
        called = ".".join((*resource.path, operation.name))
        yield ParamsView(
            tuple(imports_for(code, extra=_TYPING)),
            tuple(own_imports(code)),
            operation.params,
            operation.params_names,
            called,
            _asks(operation.switch),
            _asks_not(annotations, operation.switch),
            fields,
            docstring(
                f"The arguments of `{called}` but for `{operation.switch.parameter.name}`.", 1
            ),
            _either(operation.params),
        )


def _asks(switch: api.Switch) -> str:
    return key(switch.parameter.name, [f"Literal[{literal(switch.value)}]"], required=True)


def _asks_not(annotations: Annotations, switch: api.Switch) -> str:
    """What the switch may be in other calls; nothing where no other value is known or needed."""
    asks = switch.parameter
    if switch.others is None and not asks.required:
        return ""
    others = annotations.argument(replace(asks, type=switch.others or asks.type))
    return key(asks.name, others, required=asks.required)


def _either(name: str) -> str:
    line = f"{name} = {name}NonStreaming | {name}Streaming"
    if len(line) <= WIDTH:
        return line
    return f"{name} = (\n    {name}NonStreaming | {name}Streaming\n)"


def _field(annotations: Annotations, parameter: api.Parameter) -> str:
    types = annotations.argument(parameter)
    return key(parameter.name, types, required=parameter.required)
