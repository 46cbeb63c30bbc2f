"""The names that are given to models and their fields, and to arguments: by the configuration.

Models have theirs from extensions of the document, too, where the configuration has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from sdkgen.config import Config, Method, Model
from sdkgen.diagnostics import Diagnostics, suggestion
from sdkgen.ir import api, types
from sdkgen.lower import names, renames
from sdkgen.lower.shapes import COMPONENTS
from sdkgen.source.document import Document
from sdkgen.text.pointers import escape


@dataclass(frozen=True, slots=True)
class GivenNames:
    """Names that go before those that are made from the document.

    Attributes:
        models: By the names of their schemas.
        fields: The names of attributes by those of properties, by the pointer of their schema.
    """

    config: Config
    diagnostics: Diagnostics
    models: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Mapping[str, str]] = field(default_factory=dict)
    # Where each schema with fields is named in the configuration.
    _said: dict[str, str] = field(default_factory=dict)

    def take(self, document: Document) -> None:
        """Take the names of models that the document has a schema for."""
        schemas = document.components("schemas")
        often = Counter(
            name
            for name, _ in {
                (names.pascal(name), said.schema)
                for resource in self.config.resources
                for name, said in resource.models.items()
            }
        )
        for resource in self.config.resources:
            for name, said in resource.models.items():
                pointer = f"{resource.pointer}/models/{escape(name)}"
                model = names.pascal(name)
                if often[model] > 1:  # all models share one namespace, resources do not
                    model = names.pascal("_".join((*resource.path, name)))
                if self._give(model, said, schemas, pointer):
                    schema = COMPONENTS + escape(said.schema)
                    self.fields[schema], self._said[schema] = said.fields, pointer
        self._take_said(document)

    def _take_said(self, document: Document) -> None:
        """Take the names that extensions give to schemas, where no other would have them."""
        wanted = {key: names.pascal(key) for key in document.components("schemas")} | self.models
        found = {
            key: renames.of_model(schema, COMPONENTS + escape(key))
            for key, schema in document.components("schemas").items()
            if key not in self.models
        }
        said = {key: name for key, name in found.items() if name is not None}
        taken = renames.undisputed(said, wanted)
        self.models.update(taken)
        for key in filter(lambda key: key not in taken, said):
            self.diagnostics.warning(
                "Names/Collision",
                f"Another schema is called `{said[key]}`, too, as an extension names this one: its "
                "name is made of its key.",
                document.locate(COMPONENTS + escape(key), key=True),
                hint="Give one of them another name.",
            )

    def _give(self, model: str, said: Model, schemas: Iterable[str], pointer: str) -> bool:
        schema = said.schema
        if schema not in schemas:
            message = f"The document has no schema `{schema}`."
            self._error("UnknownModel", message, pointer, suggestion(schema, schemas))
        elif self.models.setdefault(schema, model) != model:
            self._error("SameModel", f"`{schema}` is `{self.models[schema]}` already.", pointer)
        elif any(one == model and other != schema for other, one in self.models.items()):
            self._error("SameName", f"Another schema is `{model}` already.", pointer)
        else:
            return True
        return False

    def check_fields(self, definitions: types.Definitions) -> None:
        """Say which fields there are none of, and which would have one name."""
        by_schema = {COMPONENTS + escape(key): name for key, name in self.models.items()}
        for schema, fields in self.fields.items():
            model = definitions.get(by_schema[schema])
            if model is None:
                continue  # no method uses it
            known = model.fields if isinstance(model, types.Model) else ()
            called = {one.name: one.attribute or names.attribute(one.name) for one in known}
            pointer, what = f"{self._said[schema]}/fields", f"property of `{by_schema[schema]}`"
            # Models are made by the wire's names, too.
            self._check(fields, called, names.ATTRIBUTES_OF_MODELS, pointer, what, taken=called)

    def check_arguments(self, parameters: Iterable[api.Parameter], method: Method | None) -> None:
        """Say which arguments there are none of, and which are given one name."""
        if method is None or not method.arguments:
            return
        called = {one.wire: method.arguments.get(one.wire) for one in parameters}
        pointer, what = f"{method.pointer}/arguments", f"argument of `{method.name}`"
        self._check(method.arguments, called, names.RESERVED_ARGUMENTS, pointer, what)

    def _check(
        self,
        given: Mapping[str, str],
        called: Mapping[str, str | None],
        reserved: frozenset[str],
        pointer: str,
        what: str,
        *,
        taken: Container[str] = (),
    ) -> None:
        often = Counter(called.values())
        for wire, name in given.items():
            place = f"{pointer}/{escape(wire)}"
            if wire not in called:
                message = f"There is no {what} with the name `{wire}`."
                self._error("UnknownName", message, place, suggestion(wire, called))
            elif name in reserved:
                self._error("WrongValue", f"No {what} can have the name `{name}`.", place)
            elif often[name] > 1 or (name != wire and name in taken):
                self._error("SameName", f"Another {what} is `{name}` already.", place)

    def _error(self, code: str, message: str, pointer: str, hint: str | None = None) -> None:
        place = self.config.locate(pointer)
        self.diagnostics.error(f"Config/{code}", message, place, hint=hint)
