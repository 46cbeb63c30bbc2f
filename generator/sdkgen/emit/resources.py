"""Resources to modules: a class for threads and one for event loops, a noun a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sdkgen.emit.annotations import Annotations, shadowed_by
from sdkgen.emit.code import clean, docstring, import_line, import_order
from sdkgen.emit.descriptions import Descriptions
from sdkgen.emit.imports import imports_for, own_imports
from sdkgen.emit.methods import Methods, MethodView
from sdkgen.ir import api
from sdkgen.ir.types import Definitions


@dataclass(frozen=True, slots=True)
class ChildView:
    """A resource below another."""

    attribute: str
    class_name: str
    docstring: str
    import_both: str
    import_own: str


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class of a resource, for threads or for event loops."""

    name: str
    transport: str
    docstring: str
    children: tuple[ChildView, ...]
    methods: tuple[MethodView, ...]


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A module of a resource, finished."""

    docstring: str
    imports: tuple[str, ...]
    own_imports: tuple[str, ...]
    constants: tuple[str, ...]
    children: tuple[ChildView, ...]
    classes: tuple[ClassView, ...]


def imported_children(children: Iterable[api.Resource], package: str) -> tuple[ChildView, ...]:
    """Resources in the order in which they are imported."""
    ordered = sorted(children, key=lambda one: import_order(one.module))
    return tuple(child_view(one, package) for one in ordered)


def child_view(resource: api.Resource, package: str, prefix: str = "") -> ChildView:
    """A resource as an attribute of the one above it, which finds its module in `package`."""
    words = clean(resource.description or "").split("\n")[0]
    module, name = f"{package}{resource.module}", f"{prefix}{resource.class_name}"
    both = (resource.class_name, f"Async{resource.class_name}")
    return ChildView(
        resource.path[-1],
        name,
        docstring(words or _about(resource), 2),
        import_line(module, both, 1),
        import_line(module, [name], 2),
    )


def resource_view(resource: api.Resource, definitions: Definitions) -> ResourceView:
    """The module of a resource."""
    members = {one.name for one in resource.operations} | {
        child.path[-1] for child in resource.children
    }
    annotations = Annotations(definitions, shadowed_by(members))
    descriptions = Descriptions(annotations)
    constants = tuple(
        constant for one in resource.operations for constant in descriptions.constants(one)
    )
    classes = tuple(
        _class(resource, Methods(annotations, descriptions, is_async=is_async))
        for is_async in (False, True)
    )
    methods = [method for view in classes for method in view.methods]
    signatures = [one for method in methods for one in (*method.overloads, method.signature)]
    text = "\n".join(["rt.", *constants, *signatures])
    return ResourceView(
        docstring(_about(resource), 0),
        tuple(
            imports_for(
                text,
                extra={
                    "TYPE_CHECKING": resource.children,
                    "cached_property": resource.children,
                    "overload": any(one.overloads for one in methods),
                },
            )
        ),
        tuple(own_imports(text)),
        constants,
        imported_children(resource.children, "."),
        classes,
    )


def _class(resource: api.Resource, writer: Methods) -> ClassView:
    """The class of a resource, for threads or for event loops as its methods are."""
    prefix = "Async" if writer.is_async else ""
    return ClassView(
        name=f"{prefix}{resource.class_name}",
        transport=f"rt.{prefix}Transport",
        docstring=docstring(resource.description or _about(resource), 1),
        children=tuple(child_view(child, ".", prefix) for child in resource.children),
        methods=tuple(method for one in resource.operations for method in writer.of(one)),
    )


def _about(resource: api.Resource) -> str:
    """What is said of a resource without a description."""
    return f"The `{'.'.join(resource.path)}` part of the API."
