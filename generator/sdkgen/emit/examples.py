"""Calls as a user would write them, with what their answers are good for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sdkgen.emit.code import Code, Group, Labelled, import_line, layout
from sdkgen.emit.methods import every_parameter
from sdkgen.emit.samples import Samples
from sdkgen.ir import api
from sdkgen.ir.types import Definitions


@dataclass(frozen=True, slots=True)
class Example:
    """A program's part.

    Attributes:
        imports: What it needs beside the client.
        code: The statement.
    """

    imports: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Writes examples, for threads or for event loops.

    Attributes:
        level: How deep they are indented.
    """

    definitions: Definitions
    is_async: bool = False
    level: int = 0

    def of(self, path: tuple[str, ...], operation: api.Operation, *, streams: bool) -> Example:
        """A call of an operation.

        Args:
            path: The names from the client to the resource.
            operation: The operation.
            streams: Whether it is called for its stream.
        """
        samples = Samples(self.definitions)
        if streams:
            name, parameters = operation.stream_name or operation.name, every_parameter(operation)
            lines = self._stream(_call(path, name, parameters, samples))
        else:
            parameters = every_parameter(operation, _unasked(operation.switch))
            lines = self._answer(operation, _call(path, operation.name, parameters, samples))
        modules = samples.modules
        imports = (import_line("datetime", modules, 0),) if modules else ()
        return Example(imports, "\n".join(lines))

    def _stream(self, call: Group) -> list[str]:
        margin = "    " * (self.level + 1)
        return [
            layout(call, self.level, f"{self._kind}with ", " as stream:"),
            f"{margin}{self._kind}for event in stream:",
            f"{margin}    print(event)",
        ]

    def _answer(self, operation: api.Operation, call: Group) -> list[str]:
        wait = "await " if self.is_async else ""
        if operation.is_download and not operation.values:
            opened = layout(call, self.level, f"{self._kind}with {wait}", " as answer:")
            margin = "    " * (self.level + 1)
            return [opened, f'{margin}{wait}answer.write_to("answer.bin")']
        if all(one.kind is api.Kind.EMPTY for one in operation.returns):
            return [layout(call, self.level, wait)]
        return [layout(Group("print(", [Labelled(wait, call)], ")"), self.level)]

    @property
    def _kind(self) -> str:
        return "async " if self.is_async else ""


def _call(
    path: tuple[str, ...], name: str, parameters: list[api.Parameter], samples: Samples
) -> Group:
    arguments: list[Code] = [
        Labelled("" if one.place == "path" else f"{one.name}=", samples.of(one.type))
        for one in parameters
        if one.required
    ]
    return Group(f"client.{'.'.join(path)}.{name}(", arguments, ")")


def _unasked(switch: api.Switch | None) -> api.Parameter | None:
    """The argument that could ask for a stream, where it does not."""
    if switch is None:
        return None
    return replace(switch.parameter, type=switch.others or switch.parameter.type)
