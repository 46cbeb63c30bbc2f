"""Definitions to model modules: the only place that knows datamodel-code-generator.

It is given a document made for it, of nothing but finished definitions: each has its class
name for a key, and nothing in it can clash.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datamodel_code_generator import GenerateConfig, InputFileType, LiteralType, generate
from datamodel_code_generator.enums import DataModelType, ModuleSplitMode
from datamodel_code_generator.format import DatetimeClassType, Formatter, PythonVersion

from sdkgen.emit import variants
from sdkgen.emit.code import WIDTH, clean
from sdkgen.emit.marks import Marks
from sdkgen.emit.written import Written
from sdkgen.importable import DEVICES, module_for
from sdkgen.ir.types import (
    UNKNOWN_EVENT,
    UNKNOWN_VARIANT,
    Alias,
    Choice,
    Definitions,
    Field,
    ListOf,
    MapOf,
    Model,
    Named,
    Primitive,
    TypeRef,
    Union,
    Value,
    leaves_of,
)

# The generator of models takes absolute names only, and imports the base into modules that
# have no use for it; packages import their runtime relatively.
_BASE_MODULE: Final = "sdkgen_runtime.model"
_BASE: Final = "SDKModel"

_COMPONENTS: Final = "#/components/schemas/"

_PRIMITIVES: Final[Mapping[Primitive, Mapping[str, str]]] = {
    Primitive.ANY: {},
    Primitive.NONE: {"type": "null"},
    Primitive.STRING: {"type": "string"},
    Primitive.INTEGER: {"type": "integer"},
    Primitive.NUMBER: {"type": "number"},
    Primitive.BOOLEAN: {"type": "boolean"},
    Primitive.DATETIME: {"type": "string", "format": "date-time"},
    Primitive.DATE: {"type": "string", "format": "date"},
    Primitive.BINARY: {"type": "string"},
}


def modules(
    definitions: Definitions, header: str, event_tags: Sequence[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The modules of all definitions, and where each definition is.

    Args:
        definitions: The definitions.
        header: What every module begins with.
        event_tags: What tells events apart, beside what the runtime's `UnknownEvent` knows.

    Returns:
        The text of each module by its file name, and the module of each definition by name.
    """
    if not definitions:
        return {}, {}
    with warnings.catch_warnings():
        # Its warnings are about documents that people write; this one is made.
        warnings.simplefilter("ignore")
        names = called(definitions, event_tags)
        marks = Marks(document(definitions, event_tags), names.values())
        config = settings(definitions, header, marks, names)
        generated = generate(marks.document(), config=config)
    texts = {
        marks.shown(path[-1]).removesuffix(".py"): marks.shown(text)
        for path, text in (generated.items() if isinstance(generated, Mapping) else ())
        if path != ("__init__.py",)
    }
    renamed = {module: module_for(module, texts) for module in DEVICES & texts.keys()}
    written = {
        renamed.get(module, module): Written(text, renamed) for module, text in texts.items()
    }
    homes = {name: module for module, one in written.items() for name in one.names()}
    files = {f"{module}.py": _finished(one, definitions, header) for module, one in written.items()}
    unknown = _unknown(definitions, event_tags)
    for name in unknown:
        files[f"{homes[name]}.py"] = variants.module(name, written[homes[name]], header)
    return files, {name: homes[name] for name in (*definitions, *unknown)}


def document(definitions: Definitions, event_tags: Sequence[str]) -> dict[str, Any]:
    """The document that the generator of models is given."""
    schemas = {name: _definition(one, definitions) for name, one in definitions.items()}
    schemas |= {
        name: variants.schema(tags) for name, tags in _unknown(definitions, event_tags).items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {},
        "components": {"schemas": schemas},
    }


def _unknown(definitions: Definitions, event_tags: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The classes of what is not declared, each with what tells it from what is."""
    found = {
        UNKNOWN_VARIANT: variants.open_discriminators(definitions),
        UNKNOWN_EVENT: sorted(set(event_tags)),
    }
    return {name: tags for name, tags in found.items() if tags}


def _finished(written: Written, definitions: Definitions, header: str) -> str:
    """A module that imports what it has of the runtime from the package itself."""
    written.imports.pop(("", _BASE_MODULE), None)
    if written.classes:
        written.imports["..", "_runtime.model"].add(_BASE)
    own = (definitions[name] for name in written.names() if name in definitions)
    return written.text(header, variants.told_apart(written, own))


def called(definitions: Definitions, event_tags: Sequence[str]) -> dict[str, str]:
    """What properties are called in Python, by class and name, where something else is obvious."""
    found = {
        f"{name}.{field.name}": field.attribute
        for name, one in definitions.items()
        if isinstance(one, Model)
        for field in one.fields
        if field.attribute is not None
    }
    for name, tags in _unknown(definitions, event_tags).items():
        taken = {*tags}
        for tag in tags:
            text = unicodedata.normalize("NFKC", tag)  # as Python reads it in a name
            if text != tag:
                while text in taken:
                    text += "_"
                taken.add(text)
                found[f"{name}.{tag}"] = text
    return found


def settings(
    definitions: Definitions, header: str, marks: Marks, names: Mapping[str, str]
) -> GenerateConfig:
    """How the generator of models writes them."""
    return GenerateConfig(
        input_file_type=InputFileType.OpenAPI,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        base_class=f"{_BASE_MODULE}.{_BASE}",
        model_name_map={_COMPONENTS + name: name for name in map(marks.hidden, definitions)},
        aliases={marks.hidden(one): marks.hidden(name) for one, name in names.items()},
        module_split_mode=ModuleSplitMode.Single,
        use_exact_imports=True,
        treat_dot_as_module=False,
        allow_remote_refs=False,
        formatters=[Formatter.BUILTIN],
        builtin_format_line_length=WIDTH,
        use_double_quotes=True,
        custom_file_header=header,
        disable_timestamp=True,
        use_annotated=True,
        use_union_operator=True,
        use_standard_collections=True,
        use_type_alias=True,
        enum_field_as_literal=LiteralType.All,
        use_one_literal_as_default=True,
        snake_case_field=True,
        field_constraints=True,
        output_datetime_class=DatetimeClassType.Datetime,
        use_schema_description=True,
        use_field_description=True,
        use_single_line_docstring=True,
    )


def _definition(definition: Model | Alias, definitions: Definitions) -> dict[str, Any]:
    if isinstance(definition, Alias):
        schema = _schema(definition.type, definitions)
    else:
        schema = {
            "type": "object",
            "properties": {
                field.name: _property(field, definitions) for field in definition.fields
            },
            # What may be null is null where a server leaves it out, whatever is required of it.
            "required": [
                field.name
                for field in definition.fields
                if field.required
                and not field.write_only
                and Primitive.NONE not in leaves_of(field.type, definitions)
            ],
        }
    if definition.description:
        schema["description"] = clean(definition.description)
    return schema


def _property(field: Field, definitions: Definitions) -> dict[str, Any]:
    schema = _schema(field.type, definitions)
    if field.description:
        schema["description"] = clean(field.description)
    return schema


def _schema(type_: TypeRef, definitions: Definitions) -> dict[str, Any]:
    match type_:
        case Primitive():
            return dict(_PRIMITIVES[type_])
        case Named(name):
            return {"$ref": _COMPONENTS + name}
        case ListOf(item):
            return {"type": "array", "items": _schema(item, definitions)}
        case MapOf(value):
            return {"type": "object", "additionalProperties": _schema(value, definitions)}
        case Choice(values):
            return _choice(values)
        case Union():
            return _union(type_, definitions)


def _choice(values: tuple[Value, ...]) -> dict[str, Any]:
    kinds = {type(value) for value in values}
    names = {str: "string", bool: "boolean", int: "integer"}
    schema: dict[str, Any] = {"enum": list(values)}
    if len(kinds) == 1:
        schema["type"] = names[kinds.pop()]
    return schema


def _union(found: Union, definitions: Definitions) -> dict[str, Any]:
    members = [_schema(one, definitions) for one in found.members]
    if found.is_open:
        at = members.index({"type": "null"}) if Primitive.NONE in found.members else len(members)
        members.insert(at, {"$ref": _COMPONENTS + UNKNOWN_VARIANT})
    return {"anyOf": members}
