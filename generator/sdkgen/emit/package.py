"""An API to the files of its package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from symtable import symtable
from typing import Final

from sdkgen import __version__
from sdkgen.emit import models, vendor
from sdkgen.emit.client import client_view
from sdkgen.emit.code import clean, docstring, import_line, import_order, literal, one_line
from sdkgen.emit.dicts import dict_views, module_name
from sdkgen.emit.params import params_views
from sdkgen.emit.readme import readme_view
from sdkgen.emit.reference import reference_view
from sdkgen.emit.render import render
from sdkgen.emit.resources import resource_view
from sdkgen.importable import PUBLIC, module_for
from sdkgen.ir import api

_HEADER: Final = (
    f"# Written by sdkgen {__version__}. Changes made here are lost: regenerate instead."
)


def package(described: api.Api) -> dict[str, str]:
    """The files of an API's package: text by path, relative and with forward slashes.

    Raises:
        SyntaxError: A file that was written is not Python; a defect of this generator.
    """
    root = described.package
    params = _params(described)
    folders = ("models", "params") if params else ("models",)
    files = {
        "pyproject.toml": render("pyproject.toml", "", _project(described)),
        "README.md": render("README.md", "", readme_view(described)),
        "reference.md": render(
            "reference.md", "", reference_view(described, has_params=bool(params))
        ),
        f"{root}/__init__.py": render("init.py", _HEADER, _door(described, folders)),
        f"{root}/_version.py": render(
            "version.py", _HEADER, {"version": literal(described.version)}
        ),
        f"{root}/client.py": render("client.py", _HEADER, client_view(described)),
        f"{root}/py.typed": "",
        f"{root}/resources/__init__.py": f'{_HEADER}\n\n"""The resources, a noun a module."""\n',
    }
    for resource in described.every_resource():
        files[f"{root}/resources/{resource.module}.py"] = render(
            "resource.py", _HEADER, resource_view(resource, described.definitions)
        )
    texts, homes = models.modules(described.definitions, _HEADER, [*_event_tags(described)])
    files |= {f"{root}/models/{name}": text for name, text in texts.items()}
    files[f"{root}/models/__init__.py"] = (
        _lazy("The models: a module each, imported when it is first used.", homes)
        if homes
        else f'{_HEADER}\n\n"""The models: there are none."""\n'
    )
    files |= params
    _check(files)
    files |= {f"{root}/_runtime/{name}": text for name, text in vendor.runtime().items()}
    return dict(sorted(files.items()))


def _event_tags(described: api.Api) -> Iterator[str]:
    """What tells the items of streams apart, beside what all unknown events have."""
    for operation in described.every_operation():
        if operation.stream is not None and operation.stream.own_tag is not None:
            yield operation.stream.own_tag


def _params(described: api.Api) -> dict[str, str]:
    """The files of the types of arguments, by path; none where there are no such types."""
    files: dict[str, str] = {}
    names: dict[str, str] = {}
    for form in dict_views(described):
        names[form.name] = form.module
        files[form.module] = render("dict.py", _HEADER, form)
    for resource in described.every_resource():
        for view in params_views(resource, described.definitions):
            module = names.get(view.name) or module_for(module_name(view.name), files)
            names |= dict.fromkeys(view.names, module)
            files[module] = render("params.py", _HEADER, view)
    if not files:
        return {}
    folder = f"{described.package}/params"
    door = _lazy("The types of arguments: a module each, imported when it is first used.", names)
    return {
        f"{folder}/__init__.py": door,
        **{f"{folder}/{module}.py": text for module, text in files.items()},
    }


def _lazy(about: str, homes: Mapping[str, str]) -> str:
    """The door of a folder: the names that are in it, each with its module."""
    by_module = sorted(homes.items(), key=lambda item: tuple(map(import_order, reversed(item))))
    imports = [import_line(f".{module}", [f"{name} as {name}"], 1) for name, module in by_module]
    view = {"docstring": docstring(about, 0), "homes": sorted(homes.items()), "imports": imports}
    return render("lazy.py", _HEADER, view)


def _check(files: dict[str, str]) -> None:
    for path, text in files.items():
        if path.endswith(".py"):
            symtable(text, path, "exec")  # reads it all, and makes no code of it


def _project(described: api.Api) -> dict[str, str]:
    summary = (
        clean(described.description or "").split("\n")[0] or f"A client for {described.title}."
    )
    return {
        "distribution": _toml(described.distribution),
        "version": _toml(described.version),
        "description": _toml(summary[:200]),
        "package": _toml(described.package),
    }


def _toml(text: str) -> str:
    """A TOML basic string (TOML 1.0, section "String")."""
    plain = one_line(text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


@dataclass(frozen=True, slots=True)
class _DoorView:
    docstring: str
    client: str
    clients: str
    error: str
    folders: tuple[str, ...]
    public: tuple[str, ...]
    exported: tuple[str, ...]


def _door(described: api.Api, folders: tuple[str, ...]) -> _DoorView:
    error = f"{described.client}Error"
    clients = (described.client, f"Async{described.client}")
    return _DoorView(
        docstring(_about(described), 0),
        described.client,
        import_line(".client", clients, 1),
        error,
        folders,
        tuple(sorted(PUBLIC, key=import_order)),
        tuple(sorted([*PUBLIC, error, *clients, "__version__", *folders], key=_export_order)),
    )


def _export_order(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, as linters sort `__all__`."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def _about(described: api.Api) -> str:
    summary = clean(described.description or "").split("\n\n")[0]
    title = clean(described.title)
    return f"{title}.\n\n{summary}" if summary else f"{title}."
