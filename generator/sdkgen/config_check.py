"""The check of a configuration against `config.schema.json`: what is wrong decides nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sdkgen import importable
from sdkgen.diagnostics import did_you_mean, nearest, suggestion
from sdkgen.text import pointers
from sdkgen.text.limits import shown
from sdkgen.text.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jsonschema import Draft202012Validator, ValidationError

    from sdkgen.diagnostics import Diagnostics
    from sdkgen.text import Text
    from sdkgen.text.positions import Positions

SCHEMA: Final = Path(__file__).with_name("config.schema.json")
"""The JSON Schema of the file: editors complete and check by it."""

_ALIKE: Final = 0.8
"""How alike a key is to a setting that was probably meant, where others may be meant, too."""


def checked(
    text: Text, diagnostics: Diagnostics, tell_unknown: Callable[[str, str], None] | None = None
) -> dict[str, Any]:
    """The part of a configuration that is as it should be.

    Args:
        text: What the file says. Its data is changed.
        diagnostics: Takes what is left out.
        tell_unknown: Takes the pointers and names of keys that are no settings and are not spelt
            like one, in place of errors.
    """
    data = text.data
    problems = _problems(data)
    for problem in sorted(problems, key=lambda one: text.positions.locate(one.pointer)):
        mine = problem.unknown
        if tell_unknown is not None:
            mine = tuple(one for one in mine if nearest(one, problem.schema["properties"], _ALIKE))
            for name in problem.unknown:
                if name not in mine:
                    tell_unknown(f"{problem.pointer}/{escape(name)}", name)
        if mine or not problem.unknown:
            _report(replace(problem, unknown=mine), text.positions, diagnostics)
    while problems:
        # What is left out may have been needed where it stood.
        data = _without(data, problems)
        problems = _problems(data)
    found: dict[str, Any] = data
    return found


def called(pointer: str, positions: Positions) -> str:
    """A setting by the keys that lead to it in the file."""
    path = pointers.tokens(positions.origin(pointer))
    return f"`{'.'.join(path)}`" if path else "a configuration"


@dataclass(frozen=True, slots=True)
class _Problem:
    """A value that its schema does not allow, or allows but for some keys.

    Attributes:
        path: The keys and positions that lead to the value.
        missing: The keys that it needs and does not have.
        unknown: The keys that it may not have.
    """

    path: tuple[str | int, ...]
    value: Any
    schema: Mapping[str, Any]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def pointer(self) -> str:
        """Where the value stands."""
        return pointers.of(self.path)


@cache
def _validator() -> Draft202012Validator:
    # Takes a tenth of a second to import, which runs without a configuration need not wait for.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _problems(data: Any) -> list[_Problem]:
    problems = []
    for error in chain.from_iterable(map(_precisely, _validator().iter_errors(data))):
        value: Any = error.instance
        schema: Any = error.schema
        missing: tuple[str, ...] = ()
        unknown: tuple[str, ...] = ()
        if error.validator == "required":
            missing = tuple(name for name in schema["required"] if name not in value)
        elif error.validator == "additionalProperties":
            unknown = tuple(name for name in value if name not in schema["properties"])
        problems.append(_Problem(tuple(error.absolute_path), value, schema, missing, unknown))
    return problems


def _precisely(error: ValidationError) -> Iterator[ValidationError]:
    """What is wrong with an object by the one alternative that is for objects."""
    meant = (one for one in error.context or () if one.validator != "type" or one.path)
    return meant if isinstance(error.instance, dict) and error.context else iter((error,))


def _report(problem: _Problem, positions: Positions, diagnostics: Diagnostics) -> None:
    pointer = problem.pointer
    subject = called(pointer, positions)
    for name in problem.unknown:
        diagnostics.error(
            "Config/UnknownKey",
            f"{called(f'{pointer}/{escape(name)}', positions)} is not a setting",
            positions.locate(f"{pointer}/{escape(name)}", key=True),
            hint=_nearest(name, problem.schema["properties"]),
        )
    for name in problem.missing:
        diagnostics.error(
            "Config/MissingKey",
            f"{subject} has no `{name}`",
            positions.locate(pointer),
            hint=f"`{name}`: {problem.schema['properties'][name]['description']}",
        )
    if not problem.unknown and not problem.missing:
        diagnostics.error(
            "Config/WrongValue",
            f"{subject} cannot be {shown(problem.value)}",
            positions.locate(pointer),
            hint=_allowed(problem),
        )


def _allowed(problem: _Problem) -> str | None:
    """What a value could be instead."""
    if isinstance(problem.value, str):
        if setting := importable.SETTINGS.get(".".join(map(str, problem.path))):
            _, instead = setting
            near = instead(problem.value)
        else:
            values = problem.schema.get("enum", [problem.schema.get("const")])
            near = nearest(problem.value, filter(None, values))
        if near:
            return did_you_mean(near)
    description: str | None = problem.schema.get("description")
    examples = problem.schema.get("examples")
    # JSON is YAML.
    return f"{description} For example: `{json.dumps(examples[0])}`" if examples else description


def _nearest(name: str, known: Iterable[str]) -> str:
    listed = ", ".join(f"`{setting}`" for setting in known)
    return suggestion(name, known) or f"settings here are {listed}"


def _without(data: Any, problems: list[_Problem]) -> dict[str, Any]:
    """What is left without all that is wrong, so that it still counts."""
    for problem in problems:
        for name in problem.unknown:
            del problem.value[name]
    # From the last to the first, so that the positions of the others hold.
    for path in sorted({one.path for one in problems if not one.unknown}, reverse=True):
        if not path:
            return {}
        *above, last = path
        owner = data
        for token in above:
            owner = owner[token]
        del owner[last]
    found: dict[str, Any] = data
    return found
