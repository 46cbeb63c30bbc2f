"""The dict forms of models: what calls take in the place of a model, by the names on the wire.

They exist for type checkers, and for what reads annotations while a program runs: their modules
import the folders of models and forms, which import what they are asked for, and forms that are no
classes, which import no more than that.
"""

from __future__ import annotations

import keyword
import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sdkgen.emit.annotations import Annotations
from sdkgen.emit.code import (
    IN_NAMES,
    NAME,
    Either,
    Group,
    Labelled,
    docstring,
    import_line,
    layout,
    literal,
)
from sdkgen.emit.imports import imports_for, own_imports, without_strings
from sdkgen.emit.methods import every_parameter
from sdkgen.importable import module_for
from sdkgen.ir import api
from sdkgen.ir.types import Alias, Field, Model, TypeRef, dict_form, reachable, types_in

_MEMBER: Final = re.compile(rf"(?<![{IN_NAMES}.])({NAME})\.({NAME})")
_WORD_START: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class DictView:
    """A module of a dict form, finished.

    Attributes:
        form: A class, a call that makes one, or a union.
        imports: What it needs when it is imported.
        own_imports: What it needs of its package.
    """

    name: str
    module: str
    form: str
    imports: tuple[str, ...]
    own_imports: tuple[str, ...]
    docstring: str
    code: str


def dict_views(described: api.Api) -> Iterator[DictView]:
    """The dict forms of all models that arguments accept."""
    annotations = Annotations(described.definitions)
    accepted = _accepted(described, annotations)
    modules: dict[str, str] = {}
    homes: dict[str, str] = {}
    for name in accepted:
        form = dict_form(name, described.definitions)
        modules[module := module_for(module_name(form), modules)] = form
        # What is no class, and is made of itself or of each other, is more than pyright can follow
        # through the folder's door, which is for the rest: it imports no more than is asked for.
        definition = described.definitions[name]
        if isinstance(definition, Alias) or not _are_attributes(definition):
            homes[form] = module
    writer = _Writer(
        replace(annotations, homes=homes),
        {name: module for module, name in modules.items()},
        homes,
    )
    for name in accepted:
        definition = described.definitions[name]
        yield (
            writer.model(definition) if isinstance(definition, Model) else writer.alias(definition)
        )


def module_name(name: str) -> str:
    """The module of a type of arguments."""
    return _WORD_START.sub("_", name).lower()


def key(name: str, types: list[str], *, required: bool) -> str:
    """A key in the body of a `TypedDict` that need not have it."""
    before = f"{name}: "
    if required:
        return layout(Group("Required[", [Either("", types)], "]"), 1, before)
    text = layout(Either("", types), 1, before)
    # Only in brackets is there a second line to an annotation.
    return text if "\n" not in text else layout(Group("(", [Either("", types)], ")"), 1, before)


def _accepted(described: api.Api, annotations: Annotations) -> list[str]:
    """The definitions of which arguments accept a dict form, and those inside them."""
    types = (
        parameter.type
        for operation in described.every_operation()
        for parameter in every_parameter(operation)
    )

    def inside(definition: Model | Alias) -> Iterable[TypeRef]:
        if isinstance(definition, Model):
            return (field.type for field in _sent(definition))
        return types_in(definition) if annotations.has_dict_form(definition.name) else ()

    found = reachable(types, described.definitions, inside)
    return sorted(filter(annotations.has_dict_form, found))


def _sent(model: Model) -> Iterable[Field]:
    """The properties that a request may have (JSON Schema Validation, section 9.4).

    To type checkers, no key of a `TypedDict` is empty: what is called so is in models alone.
    """
    return (field for field in model.fields if field.name and not field.read_only)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes dict forms.

    Attributes:
        annotations: Writes types, in which forms that are no classes are named by their modules.
        modules: The modules of all forms, by name.
        homes: Those of all that are no classes.
    """

    annotations: Annotations
    modules: Mapping[str, str]
    homes: dict[str, str]

    def model(self, model: Model) -> DictView:
        """A dict in the place of a model."""
        name = dict_form(model.name, self.annotations.definitions)
        is_class = _are_attributes(model)
        homes = self.homes if is_class else ChainMap({name: ""}, self.homes)
        annotations = replace(self.annotations, homes=homes)
        types = {field.name: annotations.member(field.type) for field in _sent(model)}
        required = {one.name for one in model.fields if one.required and not one.may_be_unsaid}
        used = "\n".join(text for one in types.values() for text in one)
        if is_class:
            form = "class"
            code = "\n".join(key(one, types[one], required=one in required) for one in types)
        else:
            form, code = "call", _call(name, types, required)
        extra = {"Required": required & types.keys()}
        return DictView(
            name,
            self.modules[name],
            form,
            tuple(imports_for(used, extra=extra)),
            self._own_imports(used),
            docstring(model.description or f"`{model.name}` as a dict.", int(form == "class")),
            code,
        )

    def alias(self, alias: Alias) -> DictView:
        """What is taken for a type that models are a part of."""
        name = dict_form(alias.name, self.annotations.definitions)
        homes = ChainMap({name: ""}, self.homes)
        types = replace(self.annotations, homes=homes).member(alias.type)
        used = "\n".join(types)
        # In quotes, for what they name is looked up when it is asked for.
        quoted = [literal(one) for one in types]
        value = Group("Union[", quoted, "]", display=True) if len(quoted) > 1 else quoted[0]
        extra = {"Union": len(quoted) > 1}
        return DictView(
            name,
            self.modules[name],
            "union",
            tuple(imports_for(used, extra=extra)),
            self._own_imports(used),
            docstring(alias.description or f"What is taken for `{alias.name}`.", 0),
            layout(Group("TypeAliasType(", [literal(name), value], ")"), 0, f"{name} = "),
        )

    def _own_imports(self, used: str) -> tuple[str, ...]:
        named = _MEMBER.findall(without_strings(used))
        beside = {module for module, form in named if self.homes.get(form) == module}
        lines = [import_line(".", beside, 0)] if beside else []
        return (*own_imports(used), *lines)


def _are_attributes(model: Model) -> bool:
    """Whether a dict form can be a class: the keys are names. Its types may have the same."""
    keys = (field.name for field in _sent(model))
    return not any(
        not (one.isascii() and one.isidentifier()) or keyword.iskeyword(one) or one.startswith("__")
        for one in keys
    )


def _call(name: str, types: Mapping[str, list[str]], required: set[str]) -> str:
    items = []
    for one, alternatives in types.items():
        text = " | ".join(alternatives)
        text = f"Required[{text}]" if one in required else text
        items.append(Labelled(f"{literal(one)}: ", literal(text)))
    keys = Group("{", items, "}", display=True)
    return layout(Group("TypedDict(", [literal(name), keys, "total=False"], ")"), 0, f"{name} = ")
