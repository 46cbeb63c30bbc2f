"""One operation: its parameters, body and responses found, typed, and put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from openapi_pydantic.v3.v3_1 import Operation, Parameter, RequestBody, Response
from openapi_pydantic.v3.v3_1.parameter import ParameterLocation
from pydantic import BaseModel

from sdkgen.source.document import Document, Located, OperationNode, RefError
from sdkgen.source.malformed import MalformedError, wrong
from sdkgen.source.typed import Parsed, parse
from sdkgen.text.limits import shortened
from sdkgen.text.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sdkgen.diagnostics import Diagnostics

M = TypeVar("M", bound=BaseModel)

_TEMPLATE: Final = re.compile(r"\{([^{}]+)\}")
NAMES: Final = {
    "operation": "an operation",
    "parameter": "a parameter",
    "requestBody": "a request body",
    "response": "a response",
}
_STATUS: Final = re.compile(r"[1-5](\d\d|XX)|default")


@dataclass(frozen=True, slots=True)
class PathItem:
    """A path item, references followed: its fields may come from several objects.

    Attributes:
        path: The key under `paths`.
        pointer: Where it stands there.
        fields: Key to pointer.
        defaults: What it says for operations that do not.
    """

    path: str
    pointer: str
    fields: dict[str, str]
    defaults: dict[str, Any]


@dataclass(slots=True)
class Parser:
    """Makes typed objects, each once, however many operations share it."""

    document: Document
    diagnostics: Diagnostics
    _known: dict[tuple[str, str], Parsed[Any] | MalformedError] = field(default_factory=dict)

    def parse(
        self, model: type[M], kind: str, pointer: str, defaults: dict[str, Any] | None = None
    ) -> Located[M]:
        """A typed object; what had to be left out of it is reported.

        Raises:
            MalformedError: Nothing can be made of it.
        """
        if (kind, pointer) not in self._known:
            self._known[kind, pointer] = self._parse(model, kind, pointer, defaults)
        found = self._known[kind, pointer]
        if isinstance(found, MalformedError):
            raise found
        return Located(found.value, found.pointer)

    def _parse(
        self, model: type[M], kind: str, pointer: str, defaults: dict[str, Any] | None
    ) -> Parsed[M] | MalformedError:
        try:
            parsed = parse(model, kind, self.document.root, pointer, defaults)
        except MalformedError as error:
            return error
        for finding in parsed.findings:
            message = f"a part of {NAMES[kind]} is left out: {finding.message}"
            report = self.warning if finding.is_prose else self.error
            report("Document/Malformed", message, finding.pointer, finding.hint)
        return parsed

    def error(
        self, code: str, message: str, pointer: str, hint: str | None = None, *, key: bool = False
    ) -> None:
        """Report what is missing from the output."""
        self.diagnostics.error(code, message, self.document.locate(pointer, key=key), hint=hint)

    def warning(
        self, code: str, message: str, pointer: str, hint: str | None = None, *, key: bool = False
    ) -> None:
        """Report what users may be surprised by."""
        self.diagnostics.warning(code, message, self.document.locate(pointer, key=key), hint=hint)


@dataclass(frozen=True, slots=True)
class OperationReader:
    """Reads one operation of a path item."""

    parser: Parser
    item: PathItem
    method: str
    pointer: str

    def read(self) -> OperationNode:
        """The operation.

        Raises:
            MalformedError: Without what is malformed it would be another operation.
        """
        above, _, key = self.pointer.rpartition("/")
        holder = self.parser.document.at(above)
        if holder[key] is None:
            holder[key] = {}  # `get:` and nothing behind it says as little as `get: {}`
        found = self.parser.parse(Operation, "operation", self.pointer, self.item.defaults)
        return OperationNode(
            method=self.method,
            path=self.item.path,
            pointer=found.pointer,
            operation=found.value,
            parameters=self._parameters(),
            body=self._body(),
            responses=self._responses(),
        )

    def _parameters(self) -> tuple[Located[Parameter], ...]:
        """Those of the path item and its own, which win by name and place (§4.8.10.1)."""
        merged: dict[tuple[str, str], Located[Parameter]] = {}
        for pointer in (self.item.fields.get("parameters"), f"{self.pointer}/parameters"):
            own: dict[tuple[str, str], Located[Parameter]] = {}
            for found in self._listed(pointer):
                name, place = identity = (found.value.name, found.value.param_in.value)
                if identity in own:
                    message = f"the {place} parameter `{name}` is defined twice; the last one holds"
                    self.parser.warning("Parameter/Duplicate", message, found.pointer)
                own[identity] = found
            merged |= own
        return tuple(self._fitting(merged.values()))

    def _listed(self, pointer: str | None) -> Iterator[Located[Parameter]]:
        listed = self._raw(pointer)
        if listed is None:
            return
        if not isinstance(listed, list):
            raise MalformedError(wrong(f"{pointer}", "parameters", "a list", listed))
        for index in range(len(listed)):
            found = self._optional(Parameter, "parameter", f"{pointer}/{index}")
            if found is not None:
                yield found

    def _fitting(self, parameters: Iterable[Located[Parameter]]) -> Iterator[Located[Parameter]]:
        """Path parameters and the names in the path, brought to agree (§4.8.2)."""
        path = self.item.path
        missing = dict.fromkeys(_TEMPLATE.findall(path))
        for found in parameters:
            parameter = found.value
            if parameter.param_in is ParameterLocation.PATH:
                if parameter.name not in missing:
                    message = f"`{path}` has no `{{{parameter.name}}}`; the parameter is left out"
                    self.parser.warning("Path/UnusedParameter", message, found.pointer)
                    continue
                del missing[parameter.name]
                parameter.required = True  # always, and often not said
            yield found
        for name in missing:
            message = f"no parameter says what `{{{name}}}` in `{path}` is; it is taken as text"
            hint = f"add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}`"
            self.parser.warning("Path/MissingParameter", message, self.item.pointer, hint, key=True)
            yield self._made_up(name)

    def _made_up(self, name: str) -> Located[Parameter]:
        """A parameter that is in no file, put into the tree as all others are.

        It stands with its path: the operation may be that of others, too.
        """
        key = f"x-sdkgen-parameter-{name}"
        made_up = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        self.parser.document.at(self.item.pointer)[key] = made_up
        return self.parser.parse(Parameter, "parameter", f"{self.item.pointer}/{escape(key)}")

    def _body(self) -> Located[RequestBody] | None:
        pointer = f"{self.pointer}/requestBody"
        if self._raw(pointer) is None:
            return None
        return self._optional(RequestBody, "requestBody", pointer)

    def _responses(self) -> dict[str, Located[Response]]:
        pointer = f"{self.pointer}/responses"
        listed = self._raw(pointer)
        if listed is None:
            return {}
        if not isinstance(listed, dict):
            raise MalformedError(wrong(pointer, "responses", "a mapping", listed))
        responses = {}
        for key in listed:
            below = f"{pointer}/{escape(key)}"
            status = key if key == "default" else key.upper()
            if key.startswith("x-"):
                continue
            if not _STATUS.fullmatch(status):
                message = f"`{shortened(key)}` is no status; the response is left out"
                hint = "write a status such as `200`, `4XX` or `default`"
                self.parser.error("Response/Status", message, below, hint, key=True)
                continue
            found = self._optional(Response, "response", below)
            if found is not None:
                responses[status] = found
        return responses

    def _optional(self, model: type[M], kind: str, pointer: str) -> Located[M] | None:
        """A part, or nothing where it is malformed and the operation can go on without it.

        Raises:
            MalformedError: It cannot, as far as one can see.
        """
        try:
            return self.parser.parse(model, kind, pointer)
        except MalformedError as error:
            if kind != "response" and self._is_needed(pointer):
                raise
            message = f"{NAMES[kind]} is left out: {error}"
            found = error.finding
            self.parser.error("Document/Malformed", message, found.pointer, found.hint)
            return None

    def _is_needed(self, pointer: str) -> bool:
        try:
            raw = self.parser.document.resolve(pointer).value
        except RefError:
            return True
        return not isinstance(raw, dict) or raw.get("in") == "path" or raw.get("required") is True

    def _raw(self, pointer: str | None) -> Any:
        try:
            return None if pointer is None else self.parser.document.at(pointer)
        except KeyError:
            return None
